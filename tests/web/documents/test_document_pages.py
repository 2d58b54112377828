"""The pages of one document as pictures: of a draft what it says now, of an issued one those of the kept print."""

import io

import pytest
from PIL import Image, ImageChops

from pledges.core import pdfium
from tests.support import issuing
from tests.support.critic import SignIn
from tests.support.ward import Ward
from tests.web.documents.issuing.test_print import kept_at, refusals


def url(document) -> str:
    return f"/van-ban/{document.id}/xem"


def test_a_draft_is_seen_page_by_page(ward: Ward, sign_in: SignIn):
    document, clerk = issuing.drafted(ward), sign_in("clerk")
    page = clerk.get(clerk.get(f"/van-ban/{document.id}").link("Xem từng trang"))
    pictures = page.all("img")
    with pdfium.opened(clerk.get(page.link("In (PDF)")).bytes) as printed:
        assert len(pictures) == len(printed)
    assert Image.open(io.BytesIO(clerk.get(pictures[-1].get("src")).bytes)).format == "PNG"
    clerk.get(f"/van-ban/{document.id}/trang/{len(pictures) + 1}.png", status=404)


def test_of_an_issued_one_the_kept_print_is_seen_for_ever(ward: Ward, sign_in: SignIn):
    task, document, clerk = ward.task("KP1"), issuing.issued(ward, 5), sign_in("clerk")
    first = f"/van-ban/{document.id}/trang/1.png"
    before = clerk.get(first).bytes
    assert len(clerk.get(url(document)).all("img")) == document.pages
    ward.campaign.owner.name = "Ủy ban nhân dân phường Cao Xanh"
    ward.session.commit()
    ward.report(task, "2024-09", ["120", "40"])
    now = Image.open(io.BytesIO(clerk.get(first).bytes)).convert("L")
    assert ImageChops.difference(now, Image.open(io.BytesIO(before)).convert("L")).getbbox() is None


def test_a_page_of_what_never_changes_is_kept_by_the_browser_and_a_drafts_is_not(ward: Ward, sign_in: SignIn):
    issued, draft, clerk = issuing.issued(ward, 5), issuing.drafted(ward), sign_in("clerk")
    first = f"/van-ban/{issued.id}/trang/1.png"
    answer = clerk.get(first)
    assert answer.headers["Cache-Control"] == "private, no-cache"
    mark = answer.headers["ETag"]
    again = clerk.client.get(first, headers={"If-None-Match": mark})
    assert (again.status_code, again.headers["ETag"], again.get_data()) == (304, mark, b"")
    other = clerk.client.get(f"/van-ban/{issued.id}/trang/2.png", headers={"If-None-Match": mark})
    assert other.status_code in {200, 404}
    assert sign_in("nobody").client.get(first, headers={"If-None-Match": mark}).status_code == 302
    answer = sign_in("clerk").get(f"/van-ban/{draft.id}/trang/1.png")
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "ETag" not in answer.headers


def test_a_print_that_is_gone_is_said(ward: Ward, sign_in: SignIn):
    document = issuing.issued(ward, 5)
    kept_at(ward, document).unlink()
    page = sign_in("clerk").get(url(document))
    assert "Không có bản in để xem" in page.text
    assert not page.all("img")
    assert [one.subject_id for one in refusals(ward)] == [document.id]
    sign_in("clerk").get(f"/van-ban/{document.id}/trang/1.png", status=404)


@pytest.mark.parametrize(
    ("person", "status"),
    [("officer_kp1", 403), ("mate_kp1", 403), ("head_kp1", 404), ("admin", 403), ("ended", 403)],
)
def test_a_unit_does_not_see_it(ward: Ward, sign_in: SignIn, person: str, status: int):
    document = issuing.drafted(ward)
    for asked in (url(document), f"/van-ban/{document.id}/trang/1.png"):
        sign_in(person).get(asked, status=status)


def test_nobody_is_led_to_sign_in(ward: Ward, sign_in: SignIn):
    document = issuing.drafted(ward)
    for asked in (url(document), f"/van-ban/{document.id}/trang/1.png"):
        assert "/dang-nhap" in sign_in("nobody").get(asked, status=302).location

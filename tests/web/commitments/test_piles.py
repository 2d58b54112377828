"""One scan of the papers of many units: uploaded, looked through, filed."""

import json
from pathlib import Path

import pytest
from sqlalchemy import func, select

from pledges.audit.models import LogEntry
from pledges.codes.models import CheckCode
from pledges.codes.rules import address_of, new_code
from pledges.commitments.models import Commitment, SignedCopy
from pledges.files import operations as files
from pledges.files.models import StoredFile
from pledges.files.scanned import read_pages
from tests.support import piles
from tests.support.critic import Critic, SignIn
from tests.support.files import HTML, PDF, png, upload
from tests.support.page import Page
from tests.support.piles import BLANK, Leaf
from tests.support.ward import Ward
from tests.web.commitments.people import ONLY_THE_CLERK

HOME = "https://thidua.haphong.vn"


def address(ward: Ward) -> str:
    return f"/cam-ket/le-ky/{ward.campaign.id}/ban-quet"


def leaf(ward: Ward, commitment: Commitment) -> Leaf:
    """The first page of a unit's paper."""
    code = ward.session.scalars(select(CheckCode.code).where(CheckCode.record_id == commitment.id)).one()
    return Leaf(address_of(code, HOME))


@pytest.fixture
def other(ward: Ward) -> Commitment:
    return ward.commitment("KP2", "frozen")


@pytest.fixture
def clerk(sign_in: SignIn, of_three: Commitment, other: Commitment) -> Critic:
    return sign_in("clerk")


def bring(ward: Ward, clerk: Critic, content: bytes, name: str = "quét lễ ký.pdf") -> Page:
    """The check page that an upload leads to."""
    return clerk.follow(clerk.send(address(ward), {"pile": upload(content, name)}))


def copies(ward: Ward) -> list[SignedCopy]:
    ward.settle()
    return list(ward.session.scalars(select(SignedCopy).order_by(SignedCopy.id)))


def stored(ward: Ward) -> int:
    ward.settle()
    return ward.session.scalar(select(func.count(StoredFile.id))) or 0


def chosen(page: Page) -> list[str]:
    fields = page.form().fields
    return [
        fields[f"pages-{at}-commitment"][0] for at in range(len(fields)) if f"pages-{at}-commitment" in fields
    ]


@pytest.mark.parametrize(("name", "status"), ONLY_THE_CLERK)
def test_who_files_scans(ward: Ward, sign_in: SignIn, of_three: Commitment, name: str, status: int):
    sign_in(name).get(address(ward), status=status)


def test_nobody_is_led_to_the_sign_in(ward: Ward, sign_in: SignIn):
    assert "/dang-nhap" in sign_in("nobody").get(address(ward), status=302).location


def test_the_whole_way_of_a_pile(ward: Ward, clerk: Critic, of_three: Commitment, other: Commitment):
    content = piles.scan([leaf(ward, of_three), Leaf(), leaf(ward, other), BLANK])
    page = bring(ward, clerk, content)
    one, two = str(of_three.id), str(other.id)
    assert chosen(page) == [one, one, two, two]
    assert "Trang 4 Không có mã, xếp theo trang trước, trang trắng" in page.text
    assert copies(ward) == [], "nothing is filed before it is confirmed"
    assert stored(ward) == 1, "the pile is kept"
    done = clerk.follow(clerk.send_form(page.form(), {"pages-3-commitment": "0"}))
    assert done.said == "Đã lưu 2 bản vào hồ sơ của 2 đơn vị. 1 trang chỉ giữ trong tệp gốc."
    first, second = copies(ward)
    assert [(one.commitment_id, one.first_page, one.last_page) for one in (first, second)] == [
        (of_three.id, 1, 2),
        (other.id, 3, 3),
    ]
    assert first.filename == "quét lễ ký, trang 1-2.pdf"
    assert first.pile_id == second.pile_id
    folder: Path = ward.app.config["INSTANCE"] / "files"
    part = files.load(folder, first.file)
    assert [page.texts for page in read_pages(part)] == [(leaf(ward, of_three).code,), ()]
    assert files.load(folder, ward.session.get_one(StoredFile, first.pile_id)) == content
    logged = ward.session.scalars(select(LogEntry).where(LogEntry.action == "commitment.copy_filed"))
    assert [json.loads(one.after)["pages"] for one in logged] == [[1, 2], [3, 3]]


def test_a_page_that_is_asked_about_must_be_answered(ward: Ward, clerk: Critic, of_three: Commitment):
    page = bring(
        ward, clerk, piles.printed([Leaf(), leaf(ward, of_three), Leaf(f"{HOME}/kiem-tra?ma=2222222222")])
    )
    assert chosen(page)[0] == ""
    again = clerk.send_form(page.form(), status=200)
    assert any(error.startswith("Chưa chọn đơn vị cho trang 1, 3;") for error in again.errors)
    assert copies(ward) == []
    assert chosen(again) == chosen(page)
    answers = {f"pages-{at}-commitment": str(of_three.id) for at in (0, 2)}
    clerk.send_form(again.form(), answers)
    assert [(one.first_page, one.last_page) for one in copies(ward)] == [(1, 3)]


def test_the_code_of_another_campaign_is_asked_about(ward: Ward, clerk: Critic, of_three: Commitment):
    strange = CheckCode(
        code=new_code(), kind="ceremony", record_id=of_three.id, digest="0" * 64, given_at=ward.now
    )
    ward.session.add(strange)
    ward.session.commit()
    page = bring(ward, clerk, piles.printed([Leaf(address_of(strange.code, HOME))]))
    assert "Mã không phải của bản cam kết nào trong phong trào" in page.text
    assert chosen(page) == [""]


def test_pages_that_come_apart_make_two_copies_and_are_named(
    ward: Ward, clerk: Critic, of_three: Commitment, other: Commitment
):
    content = piles.printed([leaf(ward, of_three), leaf(ward, other), leaf(ward, of_three)])
    page = bring(ward, clerk, content)
    assert "Khu phố 1: mỗi đoạn trang liền nhau được lưu thành một bản." in page.text
    clerk.send_form(page.form())
    assert [(one.commitment_id, one.first_page) for one in copies(ward)] == [
        (of_three.id, 1),
        (other.id, 2),
        (of_three.id, 3),
    ]


def test_the_same_pages_are_not_filed_twice(ward: Ward, clerk: Critic, of_three: Commitment):
    content = piles.printed([leaf(ward, of_three)])
    forms = [bring(ward, clerk, content).form() for _time in range(2)]
    for form in (forms[0], forms[0], forms[1]):
        done = clerk.follow(clerk.send_form(form))
    assert done.said == "Các trang này đã được lưu từ trước."
    assert len(copies(ward)) == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (piles.printed([Leaf()], password="bi-mat"), "có mật khẩu"),
        (piles.printed([Leaf()])[:300], "bị hỏng hoặc chép thiếu"),
        (png(), "phải là PDF; ảnh chụp thì lưu ở từng đơn vị"),
        (HTML, "Chỉ nhận tệp PDF và ảnh"),
        (b"", "Tệp rỗng"),
    ],
    ids=["locked", "cut", "picture", "page", "empty"],
)
def test_what_is_no_pile_is_refused_in_a_sentence(ward: Ward, clerk: Critic, content: bytes, words: str):
    page = clerk.send(address(ward), {"pile": upload(content, "quét.pdf")}, status=200)
    assert any(words in error for error in page.errors), page.errors
    assert stored(ward) == 0


def test_nothing_chosen_is_said(ward: Ward, clerk: Critic):
    assert clerk.send(address(ward), status=200).errors == ["Chưa chọn tệp."]


def test_a_page_of_somebody_else_says_that_it_takes_nothing(ward: Ward, clerk: Critic):
    changed = {"form_key": "0.x.y", "pile": upload(PDF, "quét.pdf")}
    page = clerk.send(address(ward), changed, status=200)
    assert "Trang này mở cho người khác" in " ".join(page.errors)


def test_a_check_page_is_of_its_campaign_and_of_a_pile(
    ward: Ward, clerk: Critic, sign_in: SignIn, of_three: Commitment
):
    page = bring(ward, clerk, piles.printed([leaf(ward, of_three)]))
    here = page.url
    for changed in (here[:-1], here.partition("?")[0], here.replace("tep=", "tep=x")):
        clerk.get(changed, status=404)
    sign_in("leader").get(here, status=403)
    sign_in("outsider").get(here, status=403)
    picture = page.all("img")[0].get("src") or ""
    shown = clerk.get(picture)
    assert shown.bytes.startswith(b"\x89PNG")
    sign_in("leader").get(picture, status=403)
    clerk.get(picture.replace("/1.png", "/2.png"), status=404)


def test_a_forged_count_of_pages_is_refused(ward: Ward, clerk: Critic, of_three: Commitment):
    page = bring(ward, clerk, piles.printed([leaf(ward, of_three)]))
    sent = {"pages-1-commitment": str(of_three.id)}
    again = clerk.send_form(page.form(), sent, status=200, forge=True)
    assert any("không khớp với tệp" in error for error in again.errors)
    assert copies(ward) == []


def test_units_and_what_is_filed_of_them_are_listed(ward: Ward, clerk: Critic, of_three: Commitment):
    clerk.send_form(bring(ward, clerk, piles.printed([leaf(ward, of_three)])).form())
    rows = [row[:3] for row in clerk.get(address(ward)).table()[1:]]
    assert rows == [["Khu phố 1", "Đã chốt, chờ ký", "1"], ["Khu phố 2", "Đã chốt, chờ ký", "Chưa có"]]

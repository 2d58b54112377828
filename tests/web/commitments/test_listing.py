"""Who has signed, and who hasn't."""

from datetime import date

import pytest
from sqlalchemy import select

from pledges.commitments import signatures
from pledges.commitments.models import Commitment
from pledges.tasks import operations as tasks
from pledges.tasks.models import Task
from tests.support.critic import SignIn
from tests.support.page import Page
from tests.support.queries import CountQueries
from tests.support.ward import Ward
from tests.web.campaigns.filled import create_another

URL = "/cam-ket"
NOBODY = "Không có đơn vị nào như đồng chí tìm"


def rows(page: Page) -> dict[str, list[str]]:
    """Per unit, the other cells of its row."""
    blocks = (" I", " II", " III", " IV")
    found = {}
    for name, *cells in page.table()[1:]:
        short = min((name.split(f"{block}. ")[0] for block in blocks), key=len)
        found[short.strip()] = cells
    return found


@pytest.mark.parametrize(
    ("name", "units"),
    [
        ("clerk", {"Khu phố 1", "Khu phố 2"}),
        ("leader", {"Khu phố 1", "Khu phố 2"}),
        ("officer_kp1", {"Khu phố 1"}),
        ("mate_kp1", {"Khu phố 1"}),
        ("head_kp1", {"Khu phố 1"}),
        ("officer_kp2", {"Khu phố 2"}),
    ],
)
def test_each_sees_the_own_units(ward: Ward, sign_in: SignIn, name: str, units: set[str]):
    ward.task("KP1", cooperating=["KP2"])
    ward.task("KP2")
    assert set(rows(sign_in(name).get(URL))) == units


def test_a_stranger_sees_nothing(ward: Ward, sign_in: SignIn):
    ward.commitment()
    assert "Khu phố 1" not in sign_in("outsider").get(URL).text


@pytest.mark.parametrize("name", ["admin", "ended"])
def test_who_has_no_part_in_it_is_told_so(sign_in: SignIn, name: str):
    sign_in(name).get(URL, status=403)


def test_nobody_is_led_to_the_sign_in(sign_in: SignIn):
    assert "/dang-nhap" in sign_in("nobody").get(URL, status=302).location


def test_every_standing_has_its_words(ward: Ward, sign_in: SignIn, of_three: Commitment):
    seen = signatures.Seen(on=date(2024, 10, 15), place="Nhà văn hóa", certified_by="Vũ Thị Thư")
    signatures.record_on_paper(
        ward.session, of_three.signatories[2], seen, by=ward.actor("clerk"), at=ward.now
    )
    ward.session.commit()
    ward.commitment("KP2", "signed")
    ward.commitment("KP3", "draft")
    ward.task("DU")
    page = sign_in("clerk").get(URL)
    found = rows(page)
    assert found["Khu phố 1"][1] == "Chờ ký đã ký 1/3"
    assert found["Khu phố 2"][1] == "Đã ký ngày 10/4/2024, 1 trên giấy"
    assert found["Khu phố 3"][1] == "Đang soạn 1 người ký"
    assert found["Đảng ủy phường Hà Khánh"][1].strip() == "Chưa soạn"
    assert "Đơn vị đã ký 1/4" in page.text


def test_a_newly_approved_task_asks_for_a_new_edition(ward: Ward, sign_in: SignIn):
    old = ward.commitment("KP1", "signed")
    clerk = sign_in("clerk")
    assert "Soạn bản mới" not in clerk.get(URL).text
    ward.task("KP1", title="Phần việc bổ sung")
    page = clerk.get(URL)
    assert "cần ký lại: 01 phần việc mới duyệt" in rows(page)["Khu phố 1"][1]
    assert page.link("Soạn bản mới") == f"/cam-ket/soan/{ward.campaign.id}/{ward.unit('KP1').id}"
    assert page.link("Khu phố 1") == f"/cam-ket/{old.id}"


@pytest.mark.parametrize(
    ("name", "offered"), [("officer_kp1", True), ("clerk", True), ("leader", False), ("head_kp1", False)]
)
def test_only_who_prepares_is_offered_to(ward: Ward, sign_in: SignIn, name: str, offered: bool):
    ward.task()
    assert any(link.text.startswith("Soạn") for link in sign_in(name).get(URL).links) is offered


def test_the_filters_narrow_it(ward: Ward, sign_in: SignIn):
    ward.commitment("KP2", "signed")
    ward.task("KP1")
    ward.task("DU")
    clerk = sign_in("clerk")
    assert set(rows(clerk.get(URL, q="khu pho"))) == {"Khu phố 1", "Khu phố 2"}
    assert set(rows(clerk.get(URL, **{"tinh-hinh": "da-ky"}))) == {"Khu phố 2"}
    assert NOBODY in clerk.get(URL, q="không có").text


def test_its_queries_do_not_grow(ward: Ward, sign_in: SignIn, count_queries: CountQueries):
    ward.commitment("KP1", "signed")
    clerk = sign_in("clerk")
    clerk.get(URL)
    with count_queries() as few:
        clerk.get(URL)
    for unit, status in (("KP2", "signed"), ("KP3", "frozen"), ("DU", "draft")):
        ward.commitment(unit, status)
    with count_queries() as many:
        clerk.get(URL)
    assert len(many) == len(few)


def cancelled(ward: Ward, unit: str) -> None:
    """Every task of a unit is cancelled."""
    of_unit = select(Task).where(Task.lead_unit_id == ward.unit(unit).id)
    for task in ward.session.scalars(of_unit).all():
        tasks.cancel(ward.session, task, "Theo quyết định.", by=ward.actor("leader"), at=ward.now)
    ward.session.commit()


def test_it_counts_as_the_board_does(ward: Ward, sign_in: SignIn):
    """A unit whose only task was cancelled has signed, but has nothing to pledge: named beside, in neither number."""
    signed = ward.commitment("KP1", "signed")
    ward.commitment("KP2", "signed")
    leader = sign_in("leader")
    assert "Đơn vị đã ký 2/2" in leader.get(URL).text
    assert "không có phần việc trong danh mục" not in leader.get(URL).text
    cancelled(ward, "KP1")
    page = leader.get(URL)
    assert "Đơn vị đã ký 1/1" in page.text
    assert "Đơn vị đã ký cam kết 1/1" in leader.get("/theo-doi").text
    assert "không có phần việc trong danh mục: Khu phố 1." in page.text
    assert rows(page)["Khu phố 1"][1] == "Không có phần việc đã ký ngày 10/4/2024, 1 trên giấy"
    assert page.link("Khu phố 1") == f"/cam-ket/{signed.id}"
    assert set(rows(leader.get(URL, **{"tinh-hinh": "da-ky"}))) == {"Khu phố 2"}
    assert set(rows(leader.get(URL, **{"tinh-hinh": "khong-co-phan-viec"}))) == {"Khu phố 1"}


def test_a_draft_without_tasks_is_named_beside(ward: Ward, sign_in: SignIn):
    ward.commitment("KP1", "draft")
    ward.task("KP2")
    cancelled(ward, "KP1")
    page = sign_in("clerk").get(URL)
    assert rows(page)["Khu phố 1"][1] == "Không có phần việc đang soạn lần 1"
    assert "Đơn vị đã ký 0/1" in page.text


def test_by_block_and_name_and_of_another_campaign(ward, sign_in):
    for unit in ("KP1", "KP2", "VPTK"):
        ward.task(unit)
    clerk = sign_in("clerk")
    assert set(rows(clerk.get(URL, khoi="IV. Các khu phố"))) == {"Khu phố 1", "Khu phố 2"}
    assert next(iter(rows(clerk.get(URL, xep="ten")))) == "Bộ phận Văn phòng - Thống kê"
    other = create_another(ward, "HK-2025")
    page = clerk.get(URL, **{"phong-trao": str(other.id)})
    assert "Chưa có đơn vị nào để ký cam kết" in page.text
    assert page.forms[0].offered["phong-trao"] == {"", str(ward.campaign.id), str(other.id)}

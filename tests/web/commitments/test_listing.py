"""Who has signed, and who hasn't."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select

from pledges.commitments import signatures
from pledges.commitments.ceremonies.operations import CeremonyEntry, close, open_ceremony
from pledges.commitments.copies import operations as copies
from pledges.commitments.models import Commitment
from pledges.core.dates import format_instant
from pledges.files import operations as files
from pledges.tasks import operations as tasks
from pledges.tasks.models import Task
from tests.support.critic import SignIn
from tests.support.files import PDF
from tests.support.page import Page
from tests.support.queries import CountQueries
from tests.support.ward import Ward
from tests.web.campaigns.filled import create_another
from tests.web.documents.test_check import past_the_program

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


def on_paper(ward: Ward, commitment: Commitment, *positions: int) -> None:
    """These signatories sign on paper."""
    seen = signatures.Seen(on=ward.day, place="Nhà văn hóa", certified_by="Vũ Thị Thư")
    for position in positions:
        signatory = commitment.signatories[position]
        signatures.record_on_paper(ward.session, signatory, seen, by=ward.actor("clerk"), at=ward.now)
    ward.session.commit()


def test_it_says_who_is_awaited_who_refuses_and_until_when(ward: Ward, sign_in: SignIn, of_three: Commitment):
    head = ward.actor("head_kp1")
    first, second, third = of_three.signatories
    signatures.decline(ward.session, first, "Chỉ tiêu chưa sát.", by=head, at=ward.now)
    ward.session.commit()
    on_paper(ward, of_three, 1)
    cells = rows(sign_in("clerk").get(URL))["Khu phố 1"]
    assert f"{first.label} từ chối ký: “Chỉ tiêu chưa sát.”" in cells[2]
    assert f"Chờ ký: {third.label}" in cells[2]
    assert second.label not in cells[2]
    assert "Đã ký giấy, chưa lưu bản quét" in cells[2]
    assert cells[3] == "10/10/2024 quá hạn 05 ngày"


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2024, 10, 7), "còn 03 ngày"),
        (date(2024, 10, 10), "hạn hôm nay"),
        (date(2024, 10, 11), "quá hạn 01 ngày"),
    ],
)
def test_days_are_counted_to_the_day_of_the_text(
    ward: Ward, sign_in: SignIn, freeze: Callable[[date], None], of_three: Commitment, day: date, words: str
):
    freeze(day)
    assert rows(sign_in("clerk").get(URL))["Khu phố 1"][3] == f"10/10/2024 {words}"


def test_without_a_text_the_day_of_the_launch_counts_and_what_is_lacking_is_said(ward: Ward, sign_in: SignIn):
    ward.task("KP1")
    cells = rows(sign_in("clerk").get(URL))["Khu phố 1"]
    assert cells[2] == "Chưa soạn bản cam kết"
    launched = ward.campaign.launched_on
    assert launched is not None
    assert cells[3].startswith(f"{launched.day}/{launched.month}/{launched.year} quá hạn")


def test_what_was_signed_on_paper_asks_for_its_scan_until_one_is_filed(ward: Ward, sign_in: SignIn):
    signed = ward.commitment("KP1", "signed")
    clerk = sign_in("clerk")
    page = clerk.get(URL)
    assert rows(page)["Khu phố 1"][2] == "Đã ký giấy, chưa lưu bản quét. Lưu bản quét của Khu phố 1"
    assert page.link("Lưu bản quét của Khu phố 1") == f"/cam-ket/{signed.id}/luu-ban-ky"
    assert "Lưu" not in rows(sign_in("leader").get(URL))["Khu phố 1"][2].split(".")
    assert set(rows(clerk.get(URL, **{"can-lam": "ban-quet"}))) == {"Khu phố 1"}
    stored = files.store(
        ward.session, ward.app.config["INSTANCE"] / "files", PDF, by=ward.actor("clerk"), at=ward.now
    )
    copies.file_scan(ward.session, signed, stored, "a.pdf", by=ward.actor("clerk"), at=ward.now)
    ward.session.commit()
    assert rows(clerk.get(URL))["Khu phố 1"][2] == ""
    assert NOBODY in clerk.get(URL, **{"can-lam": "ban-quet"}).text


def test_units_are_found_by_way_and_by_what_is_to_be_done(ward: Ward, sign_in: SignIn, of_three: Commitment):
    ward.commitment("KP2", "signed")
    first = of_three.signatories[0]
    by = ward.actor("head_kp1")
    signatures.sign_in_app(ward.session, first, by=by, at=ward.now, on=ward.day)
    ward.session.commit()
    clerk = sign_in("clerk")
    assert set(rows(clerk.get(URL, **{"cach-ky": "paper"}))) == {"Khu phố 2"}
    assert set(rows(clerk.get(URL, **{"cach-ky": "in_app"}))) == {"Khu phố 1"}
    page = clerk.get(URL)
    assert page.link("Quá hạn ký") == f"{URL}?can-lam=qua-han"
    assert set(rows(clerk.get(page.link("Quá hạn ký")))) == {"Khu phố 1"}
    assert NOBODY in clerk.get(URL, **{"can-lam": "tu-choi"}).text


def test_a_pledged_task_that_left_the_list_asks_for_a_new_edition(ward: Ward, sign_in: SignIn):
    ward.task("KP1")
    ward.task("KP1", title="Phần việc thứ hai")
    signed = ward.commitment("KP1", "signed")
    clerk = sign_in("clerk")
    assert "cần ký lại" not in rows(clerk.get(URL))["Khu phố 1"][1]
    of_unit = select(Task).where(Task.lead_unit_id == ward.unit("KP1").id).order_by(Task.id.desc())
    task = ward.session.scalars(of_unit).first()
    assert task is not None
    tasks.cancel(ward.session, task, "Theo quyết định.", by=ward.actor("leader"), at=ward.now)
    ward.session.commit()
    page = clerk.get(URL, **{"can-lam": "ky-lai"})
    assert "cần ký lại: 01 phần việc đã bỏ" in rows(page)["Khu phố 1"][1]
    assert page.link("Soạn bản mới: Khu phố 1") == f"/cam-ket/soan/{ward.campaign.id}/{ward.unit('KP1').id}"
    assert page.link("So sánh đã cam kết so với hiện nay: Khu phố 1") == f"/cam-ket/{signed.id}/so-sanh"
    assert "Đơn vị đã ký 1/1" in page.text


def test_the_line_to_be_copied_names_who_has_not_signed(ward: Ward, sign_in: SignIn, of_three: Commitment):
    on_paper(ward, of_three, 1)
    ward.commitment("KP2", "signed")
    said = f"Đến {format_instant(ward.now)}, còn 01 đơn vị chưa ký cam kết (đã quá hạn 10/10/2024): Khu phố 1 (còn "
    for name in ("clerk", "leader"):
        assert said in sign_in(name).get(URL).text
    assert "đơn vị chưa ký cam kết" not in sign_in("head_kp1").get(URL).text
    ward.commitment("KP3", "frozen")
    page = sign_in("clerk").get(URL)
    assert "còn 02 đơn vị chưa ký cam kết: Khu phố 1 (còn" in page.text
    assert "đã quá hạn 10/10/2024); Khu phố 3 (đã quá hạn 12/4/2024)." in page.text


def test_where_all_have_signed_there_is_no_line(ward: Ward, sign_in: SignIn):
    ward.commitment("KP1", "signed")
    assert "chưa ký cam kết" not in sign_in("clerk").get(URL).text


PAPERS = {
    "Tập bản cam kết": "/van-ban/cam-ket.pdf",
    "Danh sách ký": "/van-ban/danh-sach-ky.pdf",
    "Biển tên": "/van-ban/the-ten.pdf",
    "Danh sách gọi đôn đốc ký": "/van-ban/goi-don-doc-ky.pdf",
    "Hồ sơ đã ký (ZIP)": "/van-ban/cam-ket-da-ky",
}


def test_who_organises_is_led_to_the_ceremony_and_the_papers(ward: Ward, sign_in: SignIn):
    ward.commitment("KP1", "frozen")
    ward.task("KP2")
    ward.commitment("KP3", "draft")
    clerk = sign_in("clerk")
    page = clerk.get(URL)
    for words, url in PAPERS.items():
        assert page.link(words).startswith(url)
    assert page.link("Mở lễ ký") == f"/cam-ket/le-ky/{ward.campaign.id}/mo"
    assert page.link("Soạn các bản còn thiếu") == f"/cam-ket/soan-tat-ca/{ward.campaign.id}"
    assert page.link("Chốt nhiều bản") == f"/cam-ket/chot-nhieu/{ward.campaign.id}"
    for url in [
        page.link(words) for words in (*PAPERS, "Mở lễ ký", "Soạn các bản còn thiếu", "Chốt nhiều bản")
    ]:
        clerk.get(url)
    said = CeremonyEntry(held_on=ward.day, place="Hội trường", certified_by="Vũ Thị Thư")
    held = open_ceremony(ward.session, ward.campaign, said, by=ward.actor("clerk"), at=ward.now)
    ward.session.commit()
    assert clerk.get(URL).link("Lễ ký đang mở") == f"/cam-ket/le-ky/{held.id}"
    assert sign_in("leader").get(URL).link("Lễ ký đang mở") == f"/cam-ket/le-ky/{held.id}"
    close(ward.session, held, by=ward.actor("clerk"), at=ward.now)
    ward.session.commit()
    page = clerk.get(URL)
    assert page.link("Mở lễ ký")
    assert page.link("Biên bản lễ ký ngày 15/10/2024") == f"/van-ban/bien-ban-le-ky/{held.id}.pdf"


@pytest.mark.parametrize("name", ["officer_kp1", "head_kp1"])
def test_a_unit_is_not_led_to_what_others_do(ward: Ward, sign_in: SignIn, name: str):
    ward.commitment("KP1", "frozen")
    said = {link.text for link in sign_in(name).get(URL).links}
    assert not said & {*PAPERS, "Mở lễ ký", "Soạn các bản còn thiếu", "Chốt nhiều bản"}


def test_a_text_that_lost_its_seal_does_not_take_the_board_away(ward: Ward, sign_in: SignIn):
    broken = ward.commitment("KP1", "signed")
    ward.commitment("KP2", "signed")
    past_the_program(
        ward, "UPDATE commitment SET content = replace(content, 'Khu phố 1', 'Khu phố 9') WHERE id = :id",
        id=broken.id,
    )  # fmt: skip
    assert "Đơn vị đã ký 2/2" in sign_in("clerk").get(URL).text

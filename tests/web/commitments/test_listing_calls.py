"""What the board of commitments calls for: who is awaited until when, what is lacking, what to copy, where to go."""

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
from tests.support.ward import Ward
from tests.web.commitments.test_listing import NOBODY, URL, rows
from tests.web.documents.test_check import past_the_program


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
    "Danh sách gọi đôn đốc ký": "/van-ban/goi-don-doc-ky",
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

"""What the clerk saw signed on paper."""

import json
from datetime import date

import pytest
from sqlalchemy import func, select

from pledges.accounts.authorisations import operations as authorisations
from pledges.audit.models import LogEntry
from pledges.commitments import signatures as signing
from pledges.commitments.models import Commitment, Signature, SignedCopy
from pledges.commitments.rules import CommitmentStatus, SigningWay
from pledges.core import clock
from pledges.files.models import StoredFile
from tests.support.critic import SignIn
from tests.support.files import HTML, PDF, png, upload
from tests.support.ward import Ward
from tests.web.commitments.people import authorised
from tests.web.commitments.test_file_copy import picture_of_paper


def url(commitment: Commitment):
    return f"/cam-ket/{commitment.id}/ky-giay"


def ticked(commitment: Commitment, *positions: int) -> dict[str, object]:
    numbers = [str(commitment.signatories[position].id) for position in positions]
    return {"signatories": numbers, "signed_on": "15/10/2024", "place": "Hội trường"}


def signatures(ward: Ward) -> list[Signature]:
    ward.settle()
    return list(ward.session.scalars(select(Signature).order_by(Signature.signatory_id)))


def copies(ward: Ward) -> list[SignedCopy]:
    ward.settle()
    return list(ward.session.scalars(select(SignedCopy).order_by(SignedCopy.id)))


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("clerk", 200),
        ("officer_kp1", 403),
        ("head_kp1", 403),
        ("leader", 403),
        ("officer_kp2", 403),
        ("outsider", 403),
    ],
)
def test_who_records(sign_in: SignIn, of_three: Commitment, name: str, status: int):
    sign_in(name).get(url(of_three), status=status)


def test_nobody_is_led_to_the_sign_in(sign_in: SignIn, of_three: Commitment):
    assert "/dang-nhap" in sign_in("nobody").get(url(of_three), status=302).location


def test_it_begins_with_the_planned_day_and_place(sign_in: SignIn, of_three: Commitment):
    fields = sign_in("clerk").get(url(of_three)).form().fields
    assert fields["signed_on"] == ["10/10/2024"]
    assert fields["place"] == ["Hội trường UBND phường"]
    assert fields["certified_by"] == ["Vũ Thị Thư"]
    assert "signatories" not in fields, "nobody is ticked beforehand"


def test_several_are_recorded_at_once_with_the_scan(ward: Ward, sign_in: SignIn, of_three: Commitment):
    sent = ticked(of_three, 0, 1, 2) | {"scan": upload(PDF, "Cam kết KP1.pdf")}
    page = sign_in("clerk").send(url(of_three), sent, follow=True)
    assert page.said == "Đã ghi nhận 3 chữ ký trên giấy."
    found = signatures(ward)
    assert {one.way for one in found} == {SigningWay.PAPER}
    assert {(one.signed_on, one.place, one.certified_by) for one in found} == {
        (date(2024, 10, 15), "Hội trường", "Vũ Thị Thư")
    }
    (copy,) = copies(ward)
    assert (copy.filename, copy.file_id) == (
        "Cam kết KP1.pdf",
        ward.session.scalars(select(StoredFile.id)).one(),
    )
    assert (copy.filed_by_name, copy.pile_id) == ("Vũ Thị Thư", None)
    assert of_three.status is CommitmentStatus.SIGNED
    assert page.link("Cam kết KP1.pdf") == f"/cam-ket/{of_three.id}/ban-da-ky/{copy.id}"


def test_those_who_signed_are_not_offered_again(ward: Ward, sign_in: SignIn, of_three: Commitment):
    clerk = sign_in("clerk")
    clerk.send(url(of_three), ticked(of_three, 1))
    offered = clerk.get(url(of_three)).form().offered["signatories"]
    assert offered == {str(of_three.signatories[0].id), str(of_three.signatories[2].id)}


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"signatories": None}, "Chưa đánh dấu ai đã ký."),
        ({"signed_on": "16/10/2024"}, "Ngày ký không thể ở sau hôm nay."),
        ({"signed_on": "14/10/2024"}, "Bản cam kết được chốt ngày 15/10/2024, không thể ký trước ngày đó."),
        ({"signed_on": ""}, "Chưa nhập ngày ký."),
        ({"place": ""}, "Chưa nhập nơi ký."),
        ({"certified_by": ""}, "Chưa ghi ai chứng nhận."),
    ],
)
def test_what_is_wrong_is_said_and_the_scan_stays(
    ward: Ward, sign_in: SignIn, of_three: Commitment, typed: dict[str, str | None], words: str
):
    clerk = sign_in("clerk")
    sent = ticked(of_three, 0) | {"scan": upload(png(), "Trang ký.png")} | typed
    page = clerk.send(url(of_three), sent, status=200)
    assert any(words in error for error in page.errors)
    assert "Đã giữ tệp Trang ký.png" in page.text
    assert signatures(ward) == []
    clerk.send_form(page.form(), ticked(of_three, 0) | {"certified_by": "Vũ Thị Thư"})
    assert [one.filename for one in copies(ward)] == ["Trang ký.png"]


def test_a_page_is_not_taken_as_a_scan(ward: Ward, sign_in: SignIn, of_three: Commitment):
    sent = ticked(of_three, 0) | {"scan": upload(HTML, "quét.pdf")}
    page = sign_in("clerk").send(url(of_three), sent, status=200)
    assert any("Chỉ nhận tệp PDF và ảnh" in error for error in page.errors)
    assert signatures(ward) == []


def test_a_forged_number_of_a_scan_is_nothing(ward: Ward, sign_in: SignIn, of_three: Commitment):
    sign_in("clerk").send(url(of_three), ticked(of_three, 0) | {"kept": "WzEsImEiXQ.x.y"})
    assert len(signatures(ward)) == 1
    assert copies(ward) == []


def test_three_clicks_record_once(ward: Ward, sign_in: SignIn, of_three: Commitment):
    clerk = sign_in("clerk")
    form = clerk.get(url(of_three)).form()
    answers = [
        clerk.send_form(form, ticked(of_three, 0, 1) | {"scan": upload(PDF, "a.pdf")}).location
        for _click in range(3)
    ]
    assert set(answers) == {f"/cam-ket/{of_three.id}"}
    assert len(signatures(ward)) == 2
    assert ward.session.scalar(select(func.count(StoredFile.id))) == 1


def test_one_who_signed_meanwhile_is_not_recorded_twice(ward: Ward, sign_in: SignIn, of_three: Commitment):
    clerk = sign_in("clerk")
    form = clerk.get(url(of_three)).form()
    sign_in("head_kp1").send(f"/cam-ket/{of_three.id}/ky", {"password": "con đường hoa số 5"})
    page = clerk.send_form(form, ticked(of_three, 0), status=200)
    assert "Có người vừa ký ở nơi khác; đồng chí đánh dấu lại những người còn lại." in page.errors
    assert [one.way for one in signatures(ward)] == [SigningWay.IN_APP]


@pytest.mark.parametrize(
    ("status", "words"), [("draft", "Bản cam kết chưa được chốt"), ("signed", "Bản cam kết đã đủ chữ ký.")]
)
def test_the_wrong_order_is_refused_in_words(ward: Ward, sign_in: SignIn, status: str, words: str):
    page = sign_in("clerk").get(url(ward.commitment("KP1", status)), status=409)
    assert words in page.text
    assert page.forms == []


def test_the_log_names_the_day_of_the_last_signature(ward: Ward, of_three: Commitment):
    """Recorded in another order than signed: it is complete on the day of the latest signature."""
    days = (date(2024, 10, 15), date(2024, 10, 17), date(2024, 10, 16))
    ward.hands.put(clock.at(date(2024, 10, 18), 9))
    for place, on in zip(of_three.signatories, days, strict=True):
        seen = signing.Seen(on=on, place="Nhà văn hóa", certified_by="Vũ Thị Thư")
        signing.record_on_paper(ward.session, place, seen, by=ward.actor("clerk"), at=ward.now)
    ward.session.commit()
    logged = ward.session.scalars(select(LogEntry).where(LogEntry.action == "commitment.completed")).one()
    assert of_three.signed_on == date(2024, 10, 17)
    assert json.loads(logged.after)["on"] == "2024-10-17"


def test_a_scan_with_another_units_code_is_asked_about(ward: Ward, sign_in: SignIn, of_three: Commitment):
    photograph, _other = picture_of_paper(ward, "KP2")
    clerk = sign_in("clerk")
    sent = ticked(of_three, 0) | {"scan": upload(photograph, "ảnh.jpg")}
    page = clerk.send(url(of_three), sent, status=200)
    assert page.errors == [
        "ảnh.jpg: mã in trên trang là của bản cam kết Khu phố 2, lần 1. Vẫn lưu ở đây thì đánh dấu ô này."
    ]
    assert signatures(ward) == []
    clerk.send_form(page.form(), {"compared": "y"})
    assert len(signatures(ward)) == 1
    assert [one.commitment_id for one in copies(ward)] == [of_three.id]


def test_who_signed_in_anothers_place_is_recorded_with_the_paper_that_allowed_it(
    ward: Ward, sign_in: SignIn, of_three: Commitment
):
    given = authorised(ward, "officer_kp1", of_three.signatories[0].post)
    sent = ticked(of_three, 0) | {"authorisation": str(given.id)}
    sign_in("clerk").send(url(of_three), sent, follow=True)
    (one,) = signatures(ward)
    assert (one.signer_name, one.authorisation_id) == ("Nguyễn Thị Lan", given.id)
    assert one.way is SigningWay.PAPER


def test_one_authorisation_is_for_one_place_and_for_its_own_days(
    ward: Ward, sign_in: SignIn, of_three: Commitment
):
    given = authorised(ward, "officer_kp1", of_three.signatories[0].post)
    clerk, chosen = sign_in("clerk"), {"authorisation": str(given.id)}
    page = clerk.send(url(of_three), ticked(of_three, 0, 1) | chosen, status=200)
    assert page.errors == ["Ký thay thì ghi nhận từng người: chỉ đánh dấu một vị trí ký ở trên."]
    on = date(2024, 10, 14)
    authorisations.end(ward.session, given, "Đã về đơn vị.", on=on, by=ward.actor("clerk"), at=ward.now)
    ward.session.commit()
    page = clerk.send(url(of_three), ticked(of_three, 0) | chosen, status=200)
    assert "không có hiệu lực vào ngày ký 15/10/2024" in page.errors[0]
    assert signatures(ward) == []


def test_without_an_authorisation_nobody_is_asked_for_one(sign_in: SignIn, of_three: Commitment):
    assert "Người khác ký thay" not in sign_in("clerk").get(url(of_three)).text

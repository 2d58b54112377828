"""A ceremony is opened, closed and written up; somebody else signs in a place."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from pledges.accounts.authorisations.models import Authorisation
from pledges.accounts.authorisations.rules import Capacity
from pledges.commitments.ceremonies.models import Ceremony
from pledges.commitments.models import Commitment
from pledges.core.dates import format_date
from tests.support import hall
from tests.support.critic import SignIn
from tests.support.ward import Ward
from tests.web.commitments.people import ONLY_THE_CLERK


def opening(ward: Ward) -> str:
    return f"/cam-ket/le-ky/{ward.campaign.id}/mo"


def url(held: Ceremony, what: str) -> str:
    return f"/cam-ket/le-ky/{held.id}{what}"


def ceremonies(ward: Ward) -> list[Ceremony]:
    ward.settle()
    return list(ward.session.scalars(select(Ceremony).order_by(Ceremony.id)))


@pytest.fixture
def held(ward: Ward, of_three: Commitment) -> Ceremony:
    return hall.opened(ward)


@pytest.mark.parametrize(("name", "status"), ONLY_THE_CLERK)
def test_who_opens(ward: Ward, sign_in: SignIn, name: str, status: int):
    sign_in(name).get(opening(ward), status=status)


@pytest.mark.parametrize(("name", "status"), ONLY_THE_CLERK)
@pytest.mark.parametrize("what", ["/sua", "/ket-thuc"])
def test_who_writes_it_up_and_closes(sign_in: SignIn, held: Ceremony, name: str, status: int, what: str):
    sign_in(name).get(url(held, what), status=status)


@pytest.mark.parametrize(("name", "status"), ONLY_THE_CLERK)
def test_who_records_a_deputy(sign_in: SignIn, held: Ceremony, of_three: Commitment, name: str, status: int):
    sign_in(name).get(url(held, f"/ky-thay/{of_three.signatories[0].id}"), status=status)


def test_nobody_is_led_to_the_sign_in(ward: Ward, sign_in: SignIn, held: Ceremony):
    for address in (opening(ward), url(held, "/sua"), url(held, "/ket-thuc"), url(held, "/ky-thay/1")):
        assert "/dang-nhap" in sign_in("nobody").get(address, status=302).location


def test_it_is_proposed_from_the_launch(ward: Ward, sign_in: SignIn):
    fields = sign_in("clerk").get(opening(ward)).form().fields
    assert fields["held_on"] == [format_date(ward.campaign.launched_on)]
    assert fields["place"] == [ward.campaign.launch_place]
    assert fields["chair"] == [ward.campaign.presider]
    assert fields["certified_by"] == ["Vũ Thị Thư"]


def test_a_text_frozen_later_moves_the_proposed_day(ward: Ward, sign_in: SignIn, of_three: Commitment):
    assert sign_in("clerk").get(opening(ward)).form().fields["held_on"] == ["15/10/2024"]


def test_it_says_who_is_not_ready(ward: Ward, sign_in: SignIn, of_three: Commitment):
    ward.task("KP2")
    page = sign_in("clerk").get(opening(ward))
    assert "01 đơn vị có bản cam kết đã chốt, 3 người ký." in page.text
    assert "01 đơn vị chưa chốt nên chưa ký được Khu phố 2" in page.text


def test_opened_it_leads_to_the_roll_and_a_second_time_there_too(
    ward: Ward, sign_in: SignIn, of_three: Commitment
):
    clerk = sign_in("clerk")
    page = clerk.send(opening(ward), {"secretary": "Lê Thị Ghi"}, follow=True)
    (made,) = ceremonies(ward)
    assert page.h1 == "Lễ ký cam kết ngày 15/10/2024"
    assert (made.secretary, made.opened_by_name) == ("Lê Thị Ghi", "Vũ Thị Thư")
    assert clerk.get(opening(ward), status=302).location == url(made, "")


def test_two_who_open_at_once_open_one(ward: Ward, sign_in: SignIn, of_three: Commitment):
    mine, theirs = sign_in("clerk"), sign_in("clerk")
    form = theirs.get(opening(ward)).form()
    mine.send(opening(ward))
    page = theirs.send_form(form, status=200)
    assert any("đang có một lễ ký chưa kết thúc" in error for error in page.errors)
    assert len(ceremonies(ward)) == 1


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"held_on": ""}, "Chưa nhập ngày ký."),
        ({"place": " "}, "Chưa nhập địa điểm."),
        ({"certified_by": ""}, "Chưa ghi ai chứng nhận."),
    ],
)
def test_what_is_missing_is_said(ward: Ward, sign_in: SignIn, typed: dict[str, str], words: str):
    page = sign_in("clerk").send(opening(ward), typed, status=200)
    assert any(words in error for error in page.errors)
    assert ceremonies(ward) == []


def test_closing_names_who_is_missing(ward: Ward, sign_in: SignIn, held: Ceremony, of_three: Commitment):
    hall.tick(ward, held, of_three.signatories[0])
    clerk = sign_in("clerk")
    page = clerk.get(url(held, "/ket-thuc"))
    assert "Khu phố 1: " in page.text
    assert "Chi hội trưởng Phụ nữ" in page.text
    assert of_three.signatories[0].name not in page.text
    done = clerk.send(url(held, "/ket-thuc"), follow=True)
    assert done.said.startswith("Đã kết thúc lễ ký.")
    ward.settle()
    assert (held.open, held.closed_by_name) == (False, "Vũ Thị Thư")
    assert "Lễ ký đã kết thúc" in clerk.get(url(held, "/ket-thuc")).text


def test_what_the_minutes_say_is_written_afterwards(ward: Ward, sign_in: SignIn, held: Ceremony):
    hall.close(ward, held)
    clerk = sign_in("clerk")
    said = {
        "attendees": "45",
        "began": "8 giờ 00",
        "ended": "9 giờ 15",
        "proceedings": "Các đơn vị lần lượt ký.",
    }
    page = clerk.send(url(held, "/sua"), said, follow=True)
    assert page.said == "Đã lưu thông tin lễ ký."
    for words in said.values():
        assert words in page.text
    ward.settle()
    assert held.attendees == 45
    fields = clerk.get(url(held, "/sua")).form().fields
    assert fields["attendees"] == ["45"]
    assert clerk.send(url(held, "/sua"), {"attendees": "0"}, status=200).errors


def test_the_day_of_a_ceremony_with_signatures_stays(
    ward: Ward, sign_in: SignIn, held: Ceremony, of_three: Commitment
):
    hall.tick(ward, held, of_three.signatories[0])
    page = sign_in("clerk").send(url(held, "/sua"), {"held_on": "14/10/2024"}, status=200)
    assert any("ngày và địa điểm giữ nguyên" in error for error in page.errors)
    assert page.form().fields["held_on"] == ["14/10/2024"]


def test_the_change_of_another_clerk_is_shown(ward: Ward, sign_in: SignIn, held: Ceremony):
    mine, theirs = sign_in("clerk"), sign_in("clerk")
    form = theirs.get(url(held, "/sua")).form()
    mine.send(url(held, "/sua"), {"chair": "Người khác"})
    assert "Người khác" in theirs.send_form(form, {"chair": "Tôi"}, status=409).text


@pytest.fixture
def authorisation(ward: Ward, of_three: Commitment) -> Authorisation:
    """A deputy of the head of Khu phố 1."""
    made = Authorisation(
        unit_id=of_three.unit_id, principal_post=of_three.signatories[0].post, account_id=ward.account("mate_kp1").id,
        post="Thư ký Khu phố 1", capacity=Capacity.FOR_HEAD, paper="Giấy ủy quyền số 03/GUQ",
        valid_from=date(2024, 10, 1), valid_to=date(2024, 10, 31), recorded_at=ward.now, recorded_by_id=1,
        recorded_by_name="Vũ Thị Thư",
    )  # fmt: skip
    ward.session.add(made)
    ward.session.commit()
    return made


def test_a_deputy_signs_with_the_paper_that_lets_him(
    ward: Ward, sign_in: SignIn, held: Ceremony, of_three: Commitment, authorisation: Authorisation
):
    place = of_three.signatories[0]
    clerk = sign_in("clerk")
    page = clerk.send(
        url(held, f"/ky-thay/{place.id}"), {"authorisation": str(authorisation.id)}, follow=True
    )
    assert "KT. " in page.text
    assert "Giấy ủy quyền số 03/GUQ" in page.text
    ward.settle()
    given = place.signature
    assert given is not None
    assert (given.capacity, given.authorisation_id, given.signer_post) == (
        Capacity.FOR_HEAD,
        authorisation.id,
        "Thư ký Khu phố 1",
    )
    assert "Vị trí này đã có chữ ký" in clerk.get(url(held, f"/ky-thay/{place.id}")).text


@pytest.mark.parametrize(("since", "until"), [(1, 30), (-30, -1)])
def test_a_paper_of_other_days_is_not_offered(
    ward: Ward,
    sign_in: SignIn,
    held: Ceremony,
    of_three: Commitment,
    authorisation: Authorisation,
    since: int,
    until: int,
):
    authorisation.valid_from = ward.day + timedelta(days=since)
    authorisation.valid_to = ward.day + timedelta(days=until)
    ward.session.commit()
    address = url(held, f"/ky-thay/{of_three.signatories[0].id}")
    clerk = sign_in("clerk")
    assert clerk.get(address).form().offered["authorisation"] == {""}
    sent = {"authorisation": str(authorisation.id)}
    assert clerk.send(address, sent, status=200, forge=True).errors
    ward.settle()
    assert of_three.signatories[0].signature is None


def test_the_name_that_was_left_to_the_paper_is_recorded(
    ward: Ward, sign_in: SignIn, held: Ceremony, of_three: Commitment
):
    place = of_three.signatories[2]
    clerk = sign_in("clerk")
    assert clerk.send(url(held, f"/ky-thay/{place.id}"), status=200).errors == [
        "Chọn giấy ủy quyền hoặc ghi họ tên người ký."
    ]
    clerk.send(url(held, f"/ky-thay/{place.id}"), {"name": "Bùi Thị Hội"})
    ward.settle()
    assert place.signature is not None
    assert (place.signature.signer_name, place.signature.signer_post) == (
        "Bùi Thị Hội",
        "Chi hội trưởng Phụ nữ",
    )
    assert "Bùi Thị Hội" in clerk.get(url(held, "")).text


def test_nobody_signs_in_the_place_of_a_named_person_without_a_paper(
    ward: Ward, sign_in: SignIn, held: Ceremony, of_three: Commitment
):
    place, clerk = of_three.signatories[0], sign_in("clerk")
    address = url(held, f"/ky-thay/{place.id}")
    form = clerk.get(address).form()
    assert "name" not in form.fields
    said = clerk.send_form(form, {"name": "Người Lạ"}, status=200, forge=True)
    assert said.errors == ["Chưa chọn giấy ủy quyền của người ký thay."]
    assert f"/cam-ket/{of_three.id}/thu-hoi" in [link.url for link in said.links]
    ward.settle()
    assert place.signature is None


def test_the_place_of_no_unit_is_nothing(ward: Ward, sign_in: SignIn, held: Ceremony):
    sign_in("clerk").get(url(held, "/ky-thay/999999"), status=404)


def test_a_campaign_that_is_over_has_no_ceremony(ward: Ward, sign_in: SignIn, of_three: Commitment):
    clerk = sign_in("clerk")
    form = clerk.get(opening(ward)).form()
    ward.campaign.status = type(ward.campaign.status).CONCLUDED
    ward.session.commit()
    assert clerk.send_form(form, status=200).errors
    assert ceremonies(ward) == []

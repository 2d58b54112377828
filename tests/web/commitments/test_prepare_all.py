"""Drafts for many units at once."""

import pytest
from sqlalchemy import select

from pledges.commitments.models import Commitment
from pledges.commitments.rules import CommitmentStatus
from tests.support.critic import SignIn
from tests.support.queries import CountQueries
from tests.support.ward import Ward


def url(ward: Ward) -> str:
    return f"/cam-ket/soan-tat-ca/{ward.campaign.id}"


def made(ward: Ward) -> dict[str, CommitmentStatus]:
    ward.settle()
    return {one.unit.code: one.status for one in ward.session.scalars(select(Commitment))}


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("officer_kp1", 200),
        ("mate_kp1", 200),
        ("clerk", 200),
        ("officer_kp2", 200),
        ("head_kp1", 403),
        ("leader", 403),
        ("outsider", 404),
        ("admin", 403),
    ],
)
def test_who_prepares(ward: Ward, sign_in: SignIn, name: str, status: int):
    ward.task()
    sign_in(name).get(url(ward), status=status)


def test_nobody_is_led_to_the_sign_in(ward: Ward, sign_in: SignIn):
    assert "/dang-nhap" in sign_in("nobody").get(url(ward), status=302).location


def test_a_campaign_that_is_not_there_is_not_found(sign_in: SignIn):
    sign_in("clerk").get("/cam-ket/soan-tat-ca/99", status=404)


def test_each_unit_is_shown_with_what_its_draft_will_hold(ward: Ward, sign_in: SignIn):
    ward.task("KP1")
    ward.task("KP1", "submitted", title="Phần việc nữa")
    ward.task("MTTQ")
    ward.task("KP2", "submitted")
    ward.commitment("KP3", "draft")
    page = sign_in("clerk").get(url(ward))
    assert "Khu phố 1 01 phần việc, còn 01 phần việc chờ duyệt" in page.text
    assert "Phạm Văn Đức, Bí thư chi bộ, Khu trưởng Khu phố 1 ký được trong ứng dụng" in page.text
    assert "Trưởng ban công tác Mặt trận chỉ ký trên giấy" in page.text
    assert "TM. Ban Thường trực Ủy ban MTTQ phường" in page.text
    assert "Khu phố 2" not in page.text, "nothing of it is approved"
    assert "Khu phố 3" not in page.text, "its draft is there"
    units = [str(ward.unit("MTTQ").id), str(ward.unit("KP1").id)]
    assert page.form().fields["chosen"] == units, "all are ticked at first"


@pytest.mark.parametrize(("name", "links"), [("clerk", True), ("officer_kp1", False)])
def test_a_campaign_without_a_witness_says_where_to_name_one(
    ward: Ward, sign_in: SignIn, name: str, *, links: bool
):
    ward.task("KP1")
    ward.campaign.presider = ward.campaign.presider_post = ""
    ward.session.commit()
    page = sign_in(name).get(url(ward))
    assert "Phong trào chưa có bên chứng kiến" in page.text
    assert (f"/phong-trao/{ward.campaign.id}/sua" in page.html) is links
    ward.campaign.presider = "Trần Quốc Hưng"
    ward.session.commit()
    assert "Phong trào chưa có bên chứng kiến" not in sign_in(name).get(url(ward)).text


def test_an_officer_sees_the_own_unit_alone(ward: Ward, sign_in: SignIn):
    ward.task("KP1")
    ward.task("KP2")
    officer = sign_in("officer_kp1")
    page = officer.get(url(ward))
    assert "Khu phố 2" not in page.text
    forged = [ward.unit("KP1").id, ward.unit("KP2").id]
    officer.send(url(ward), {"chosen": forged}, forge=True)
    assert made(ward) == {"KP1": CommitmentStatus.DRAFT}


def test_drafts_are_made_for_those_that_are_ticked(ward: Ward, sign_in: SignIn):
    ward.campaign.terms = "{đơn vị} làm đúng hạn."
    for unit in ("KP1", "KP2", "MTTQ"):
        ward.task(unit)
    ticked = [ward.unit("KP1").id, ward.unit("MTTQ").id]
    page = sign_in("clerk").send(url(ward), {"chosen": ticked}, follow=True)
    assert page.h1 == "Các bản cam kết đang soạn"
    assert page.said == "Đã soạn 02 bản cam kết."
    assert made(ward) == {"MTTQ": CommitmentStatus.DRAFT, "KP1": CommitmentStatus.DRAFT}
    one = ward.session.scalars(select(Commitment).where(Commitment.unit_id == ward.unit("KP1").id)).one()
    assert (one.place, one.copies, one.terms) == ("Hà Khánh", 2, "Khu phố 1 làm đúng hạn.")
    assert [signatory.account_id for signatory in one.signatories] == [ward.account("head_kp1").id, None]


def test_a_unit_that_another_began_is_named_and_the_others_are_made(ward: Ward, sign_in: SignIn):
    ward.task("KP1")
    ward.task("KP2")
    clerk = sign_in("clerk")
    form = clerk.get(url(ward)).form()
    sign_in("officer_kp2").send(f"/cam-ket/soan/{ward.campaign.id}/{ward.unit('KP2').id}")
    page = clerk.send_form(form, follow=True)
    assert page.said == (
        "Đã soạn 01 bản cam kết. Chưa soạn: Khu phố 2: Khu phố 2 đã có bản cam kết đang soạn."
    )
    assert set(made(ward)) == {"KP1", "KP2"}


def test_where_none_can_be_made_it_is_said_above_the_form(ward: Ward, sign_in: SignIn):
    ward.task("KP2")
    clerk = sign_in("clerk")
    form = clerk.get(url(ward)).form()
    ward.commitment("KP2", "draft")
    page = clerk.send_form(form, status=200)
    assert "Khu phố 2: Khu phố 2 đã có bản cam kết đang soạn." in page.errors
    assert "Không còn đơn vị nào cần soạn" in page.text


@pytest.mark.parametrize("typed", [[], ["x"], ["999"], ["99999999999999"]])
def test_nothing_ticked_makes_nothing(ward: Ward, sign_in: SignIn, typed: list[str]):
    ward.task()
    page = sign_in("clerk").send(url(ward), {"chosen": typed}, forge=True, status=200)
    assert page.errors
    assert made(ward) == {}


def test_three_clicks_make_one_draft(ward: Ward, sign_in: SignIn):
    ward.task()
    clerk = sign_in("clerk")
    form = clerk.get(url(ward)).form()
    places = {clerk.send_form(form).location for _click in range(3)}
    assert places == {f"/cam-ket/chot-nhieu/{ward.campaign.id}"}
    assert made(ward) == {"KP1": CommitmentStatus.DRAFT}


def test_more_units_ask_no_more_of_the_database(ward: Ward, sign_in: SignIn, count_queries: CountQueries):
    ward.task("KP1")
    clerk = sign_in("clerk")
    clerk.get(url(ward))
    with count_queries() as few:
        clerk.get(url(ward))
    for unit in ("KP2", "KP3", "MTTQ", "DU"):
        ward.task(unit)
    with count_queries() as many:
        clerk.get(url(ward))
    assert len(many) <= len(few), many.statements

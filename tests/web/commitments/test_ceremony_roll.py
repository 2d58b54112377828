"""The roll on which the clerk ticks."""

import json
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from pledges.audit.models import LogEntry
from pledges.commitments.ceremonies import operations as ceremonies
from pledges.commitments.ceremonies.models import Ceremony
from pledges.commitments.models import Commitment, Signature
from pledges.commitments.rules import CommitmentStatus
from pledges.commitments.signatures import sign_in_app
from pledges.core import clock
from pledges.tasks import operations as tasks
from pledges.tasks.queries import of_unit_in_campaign
from tests.support import hall
from tests.support.critic import SignIn
from tests.support.page import words
from tests.support.ward import Ward
from tests.web.commitments.rolls import button, counts, ids, press, url

LATE = "Trang mở quá lâu"


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("clerk", 200),
        ("leader", 200),
        ("officer_kp1", 404),
        ("mate_kp1", 404),
        ("head_kp1", 404),
        ("officer_kp2", 404),
        ("outsider", 404),
        ("admin", 404),
    ],
)
@pytest.mark.parametrize("what", ["", "/man-hinh", "/trang-thai"])
def test_who_sees_it(sign_in: SignIn, held: Ceremony, name: str, status: int, what: str):
    sign_in(name).get(url(held, what), status=status)


@pytest.mark.parametrize("what", ["", "/man-hinh", "/trang-thai", "/danh-dau", "/bo-danh-dau"])
def test_nobody_is_led_to_the_sign_in(sign_in: SignIn, held: Ceremony, what: str):
    assert "/dang-nhap" in sign_in("nobody").get(url(held, what), status=302).location


def test_a_leader_sees_it_without_a_button(sign_in: SignIn, held: Ceremony):
    page = sign_in("leader").get(url(held))
    assert page.forms == []
    assert not any("Kết thúc lễ ký" in link.text for link in page.links)


@pytest.mark.parametrize("name", ["leader", "officer_kp1", "outsider"])
@pytest.mark.parametrize("what", ["/danh-dau", "/bo-danh-dau"])
def test_only_clerks_tick(
    ward: Ward, sign_in: SignIn, held: Ceremony, of_three: Commitment, name: str, what: str
):
    sign_in(name).post(url(held, what), {"places": str(ids(of_three)[0])}, status=403)
    ward.settle()
    assert hall.signed(of_three) == [False, False, False]


def test_units_stand_in_the_order_of_the_list_with_who_signs(sign_in: SignIn, held: Ceremony):
    page = sign_in("clerk").get(url(held))
    assert [words(one) for one in page.all("h2")] == ["Khu phố 1", "Khu phố 2"]
    assert "Chi hội trưởng Phụ nữ" in page.text
    assert counts(page) == "Đơn vị đã ký 0/2 Người đã ký 0/4 Đơn vị chưa ký đủ 2Khu phố 1; Khu phố 2"


def test_only_an_open_roll_speaks_of_ticking(
    ward: Ward, sign_in: SignIn, held: Ceremony, of_three: Commitment
):
    clerk = sign_in("clerk")
    assert "dấu cách để đánh dấu" in clerk.get(url(held)).text
    hall.close(ward, held)
    assert "dấu cách" not in clerk.get(url(held)).text


def test_one_by_one_then_the_unit_is_signed(
    ward: Ward, sign_in: SignIn, held: Ceremony, of_three: Commitment
):
    clerk, (first, second, third) = sign_in("clerk"), ids(of_three)
    page = press(clerk, held, first)
    assert "1/3 đã ký" in page.text
    assert "Ký trên giấy lúc" in words(page.by_id(f"cho-{first}"))
    assert "Người đã ký 1/4" in counts(page)
    page = press(clerk, held, second, third)
    assert "✓ Đã ký đủ" in words(page.by_id(f"don-vi-{of_three.unit_id}"))
    assert counts(page).startswith("Đơn vị đã ký 1/2 Người đã ký 3/4")
    ward.settle()
    assert of_three.status is CommitmentStatus.SIGNED


def test_a_whole_unit_by_one_press(ward: Ward, sign_in: SignIn, held: Ceremony, of_three: Commitment):
    page = press(sign_in("clerk"), held, *ids(of_three))
    assert "Đơn vị đã ký 1/2" in counts(page)
    ward.settle()
    assert hall.signed(of_three) == [True, True, True]


def test_it_leads_back_to_the_unit(sign_in: SignIn, held: Ceremony, of_three: Commitment):
    clerk = sign_in("clerk")
    answer = clerk.send_form(button(clerk.get(url(held)), ids(of_three)[0]))
    assert answer.location == f"{url(held)}#don-vi-{of_three.unit_id}"


def test_a_double_click_ticks_once_and_undoes_nothing(
    ward: Ward, sign_in: SignIn, held: Ceremony, of_three: Commitment
):
    clerk = sign_in("clerk")
    form = button(clerk.get(url(held)), ids(of_three)[0])
    assert len({clerk.send_form(form).location for _click in range(3)}) == 1
    ward.settle()
    assert len(list(ward.session.scalars(select(Signature)))) == 1


def test_the_page_of_before_ticks_what_is_ticked_already(
    ward: Ward, sign_in: SignIn, held: Ceremony, of_three: Commitment
):
    """Two laptops: the second presses what the first has done, and is led on without a word of error."""
    mine, theirs = sign_in("clerk"), sign_in("clerk")
    form = button(theirs.get(url(held)), ids(of_three)[0])
    press(mine, held, ids(of_three)[0])
    assert theirs.follow(theirs.send_form(form)).errors == []
    ward.settle()
    assert hall.signed(of_three) == [True, False, False]


def test_a_tick_by_mistake_is_undone_and_stays_in_the_log(
    ward: Ward, sign_in: SignIn, held: Ceremony, of_three: Commitment
):
    clerk = sign_in("clerk")
    press(clerk, held, *ids(of_three))
    page = press(clerk, held, ids(of_three)[1], undo=True)
    assert "2/3 đã ký" in page.text
    assert "Đơn vị đã ký 0/2 Người đã ký 2/4" in counts(page)
    ward.settle()
    logged = ward.session.scalars(
        select(LogEntry).where(LogEntry.action == "commitment.signature_undone")
    ).one()
    assert logged.note == "Đánh dấu nhầm tại lễ ký"
    assert json.loads(logged.after)["signatory"] == of_three.signatories[1].label


def test_what_was_signed_in_the_app_is_shown_and_not_undone_here(
    ward: Ward, sign_in: SignIn, held: Ceremony, of_three: Commitment
):
    sign_in_app(ward.session, of_three.signatories[0], by=ward.actor("head_kp1"), at=ward.now, on=ward.day)
    ward.session.commit()
    page = sign_in("clerk").get(url(held))
    place = page.by_id(f"cho-{ids(of_three)[0]}")
    assert "Xác nhận điện tử nội bộ" in words(place)
    assert page.all("form", within=place) == []


def test_only_those_who_have_not_signed(sign_in: SignIn, held: Ceremony, of_three: Commitment):
    clerk = sign_in("clerk")
    press(clerk, held, *ids(of_three))
    page = clerk.get(url(held), loc="chua-ky")
    assert [words(one) for one in page.all("h2")] == ["Khu phố 2"]
    (form,) = [one for one in page.forms if one.action.partition("?")[0].endswith("/danh-dau")]
    assert "Các đơn vị đã ký đủ" in clerk.follow(clerk.send_form(form)).text


def test_units_that_are_not_frozen_are_named_with_the_way(ward: Ward, sign_in: SignIn, of_three: Commitment):
    ward.task("KP2")
    held = hall.opened(ward)
    clerk = sign_in("clerk")
    page = clerk.get(url(held))
    assert "Chưa chốt, chưa ký được 1" in counts(page)
    assert page.link("soạn bản cam kết").endswith(f"/soan/{ward.campaign.id}/{ward.unit('KP2').id}")
    draft = ward.commitment("KP2", "draft")
    assert clerk.get(url(held)).link("chốt để ký") == f"/cam-ket/{draft.id}/chot"
    ward.task("MTTQ")
    assert clerk.get(url(held)).link("Chốt nhiều bản") == f"/cam-ket/chot-nhieu/{ward.campaign.id}"


def test_a_pledge_that_left_the_list_is_named_and_not_ticked(
    ward: Ward, sign_in: SignIn, held: Ceremony, of_three: Commitment
):
    kept = ward.task(title="Việc thứ hai")
    dropped = next(
        one
        for one in ward.session.scalars(of_unit_in_campaign(ward.campaign.id, of_three.unit_id))
        if one is not kept
    )
    tasks.cancel(ward.session, dropped, "Trùng.", by=ward.actor("leader"), at=ward.now)
    ward.session.commit()
    page = sign_in("clerk").get(url(held))
    row = page.by_id(f"don-vi-{of_three.unit_id}")
    assert "không còn trong danh mục" in words(row)
    assert page.all("form", within=row) == []


def test_before_its_day_it_says_so(ward: Ward, sign_in: SignIn, of_three: Commitment):
    """No button is offered that would be refused; a page that was open since says why."""
    held = hall.opened(ward)
    clerk = sign_in("clerk")
    form = button(clerk.get(url(held)), ids(of_three)[0])
    tomorrow = hall.entry(ward, held_on=ward.day + timedelta(days=1))
    ceremonies.edit(ward.session, held, tomorrow, by=ward.actor("clerk"), at=ward.now)
    ward.session.commit()
    page = clerk.get(url(held))
    assert "Đánh dấu được từ ngày 16/10/2024" in page.text
    assert page.forms == []
    assert page.link("trang thông tin lễ ký") == url(held, "/sua")
    assert page.link("Kết thúc lễ ký") == url(held, "/ket-thuc")
    refused = clerk.send_form(form, status=200)
    assert refused.errors == ["Lễ ký ghi ngày 16/10/2024, chưa đến ngày nên chưa đánh dấu được."]


def test_a_dead_token_is_told_and_the_next_press_counts(
    ward: Ward, sign_in: SignIn, held: Ceremony, of_three: Commitment
):
    clerk = sign_in("clerk")
    form = button(clerk.get(url(held)), ids(of_three)[0])
    page = clerk.send_form(form, {"csrf_token": "x"}, status=200)
    assert any(LATE in error for error in page.errors)
    clerk.send_form(button(page, ids(of_three)[0]))
    ward.settle()
    assert hall.signed(of_three)[0]


@pytest.mark.parametrize("sent", ["", "x", "999999", "1" * 40, "²"])
def test_places_that_are_none_do_nothing(
    ward: Ward, sign_in: SignIn, held: Ceremony, of_three: Commitment, sent: str
):
    clerk = sign_in("clerk")
    form = button(clerk.get(url(held)), ids(of_three)[0])
    clerk.send_form(form, {"places": sent}, forge=True)
    ward.settle()
    assert hall.signed(of_three) == [False, False, False]


def test_after_signing_in_again_the_roll_comes(sign_in: SignIn, held: Ceremony):
    assert sign_in("clerk").get(url(held, "/danh-dau"), status=302).location == url(held)


def test_the_questions_asked_do_not_grow_with_the_units(
    ward: Ward, sign_in: SignIn, of_three: Commitment, count_queries
):
    held = hall.opened(ward)
    clerk = sign_in("clerk")
    clerk.get(url(held))
    with count_queries() as before:
        clerk.get(url(held))
    for unit in ("KP2", "MTTQ"):
        ward.commitment(unit, "frozen")
    with count_queries() as after:
        clerk.get(url(held))
    assert len(after) == len(before)


def test_a_closed_ceremony_stays_readable(ward: Ward, sign_in: SignIn, held: Ceremony, of_three: Commitment):
    clerk = sign_in("clerk")
    press(clerk, held, *ids(of_three))
    hall.close(ward, held)
    page = clerk.get(url(held))
    assert page.forms == []
    assert "Đã kết thúc" in page.text
    assert "Đơn vị đã ký 1/2 Người đã ký 3/4" in counts(page)
    ward.hands.put(clock.at(date(2024, 10, 20), 9))
    assert counts(clerk.get(url(held))) == counts(page)

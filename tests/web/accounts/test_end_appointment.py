"""Ending a post, taking back one given by mistake, and the last administrator."""

from datetime import date

import pytest
from sqlalchemy import select

from pledges.access.roles import Role
from pledges.audit.models import LogEntry
from tests.support.critic import SignIn
from tests.support.ward import Ward
from tests.web.accounts.people import administrator, give, post_of


def page_of(ward: Ward, username: str) -> str:
    return f"/quan-tri/chuc-vu/{post_of(ward, username).id}/ket-thuc"


def newest(ward: Ward) -> LogEntry:
    return ward.session.scalars(select(LogEntry).order_by(LogEntry.number.desc())).first()


def test_the_post_is_held_to_the_end_of_its_last_day(ward: Ward, sign_in: SignIn, freeze):
    page = sign_in("admin").send(page_of(ward, "clerk"), {"on": "15/10/2024"}, follow=True)
    assert page.said == "Đã ghi ngày kết thúc chức vụ Văn thư UBND phường."
    clerk = sign_in("clerk")
    clerk.get("/phan-viec")
    freeze(date(2024, 10, 16))
    clerk.get("/phan-viec", status=403)
    assert newest(ward).action == "appointment.ended"


def test_yesterday_ends_it_at_once(ward: Ward, sign_in: SignIn):
    sign_in("admin").send(page_of(ward, "clerk"), {"on": "14/10/2024"})
    sign_in("clerk").get("/phan-viec", status=403)


@pytest.mark.parametrize("since", [date(2024, 10, 15), date(2024, 11, 1)])
def test_a_post_given_by_mistake_is_taken_back_and_never_held(
    ward: Ward, sign_in: SignIn, freeze, since: date
):
    wrong = give(ward, ward.account("officer_kp2"), "UBND", Role.LEADER, "Chủ tịch", since=since)
    page = f"/quan-tri/chuc-vu/{wrong.id}/ket-thuc"
    sign_in("admin").send(page, {"on": "14/10/2024"})
    assert newest(ward).action == "appointment.withdrawn"
    for day in (ward.day, date(2024, 11, 2)):
        freeze(day)
        sign_in("officer_kp2").get("/duyet", status=403)


def test_the_last_administrator_keeps_the_post(ward: Ward, sign_in: SignIn):
    page = sign_in("admin").send(page_of(ward, "admin"), {"on": "14/10/2024"}, status=200)
    assert page.errors[0].startswith("Đây là người quản trị cuối cùng của Phường Hà Khánh.")
    assert post_of(ward, "admin").valid_to is None
    sign_in("admin").get("/quan-tri/tai-khoan")


def test_an_administrator_below_does_not_stand_in(ward: Ward, sign_in: SignIn):
    administrator(ward, "KP1", "admin_kp1")
    page = sign_in("admin").send(page_of(ward, "admin"), {"on": "14/10/2024"}, status=200)
    assert "quản trị cuối cùng" in page.errors[0]
    sign_in("admin").send(page_of(ward, "admin_kp1"), {"on": "14/10/2024"})


@pytest.mark.parametrize("unit", ["HK", "HL"])
def test_with_another_at_the_unit_or_above_it_may_end(ward: Ward, sign_in: SignIn, unit: str):
    administrator(ward, unit, "admin2")
    sign_in("admin").send(page_of(ward, "admin"), {"on": "14/10/2024"})
    assert post_of(ward, "admin").valid_to == date(2024, 10, 14)
    sign_in("admin").get("/quan-tri/tai-khoan", status=403)


def test_another_who_can_not_sign_in_does_not_count(ward: Ward, sign_in: SignIn):
    administrator(ward, "HK", "admin2").closed_at = ward.now
    ward.session.commit()
    page = sign_in("admin").send(page_of(ward, "admin"), {"on": "14/10/2024"}, status=200)
    assert "quản trị cuối cùng" in page.errors[0]


def test_a_post_of_another_tree_is_unknown_even_of_a_person_seen(ward: Ward, sign_in: SignIn):
    held = give(ward, ward.account("officer_kp1"), "HP", Role.LEADER, "Chủ tịch Hồng Phong")
    sign_in("admin").get(f"/quan-tri/chuc-vu/{held.id}/ket-thuc", status=404)


@pytest.mark.parametrize("name", ["officer_kp1", "leader", "clerk"])
def test_others_get_403(ward: Ward, sign_in: SignIn, name: str):
    sign_in(name).get(page_of(ward, "officer_kp1"), status=403)


def test_nobody_is_asked_to_sign_in(ward: Ward, sign_in: SignIn):
    assert sign_in("nobody").get(page_of(ward, "clerk"), status=302).location.startswith("/dang-nhap")

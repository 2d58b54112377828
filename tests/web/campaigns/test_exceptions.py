"""Exceptions from a period: who gives them, who reads them, what they allow, and taking them back."""

from datetime import date

import pytest
from sqlalchemy import select

from pledges.audit.models import LogEntry
from pledges.campaigns.rules import CampaignStatus
from pledges.progress.exceptions import operations
from pledges.progress.exceptions.models import PeriodException
from pledges.progress.exceptions.operations import ExceptionEntry, ExceptionRefused
from pledges.progress.exceptions.rules import ExceptionKind
from tests.support.critic import Critic, SignIn
from tests.support.page import Page
from tests.support.ward import Ward

MEMBERS = ("officer_kp1", "mate_kp1", "head_kp1", "officer_kp2", "leader", "clerk")


@pytest.fixture
def locked_ward(ward: Ward) -> Ward:
    """September was locked after 1/10; it is 15/10/2024. KP1 has two tasks, KP2 one."""
    ward.task("KP1", title="Đường hoa khu phố 1")
    ward.task("KP1", title="Nhà văn hóa khu phố 1")
    ward.task("KP2", title="Camera an ninh khu phố 2")
    ward.period("2024-09").locks_after = date(2024, 10, 1)
    ward.session.commit()
    return ward


def listing(ward: Ward) -> str:
    return f"/phong-trao/{ward.campaign.id}/ky-bao-cao"


def url(ward: Ward, month: str = "2024-09") -> str:
    return f"{listing(ward)}/{ward.period(month).id}/ngoai-le"


def grant(critic: Critic, ward: Ward, month: str = "2024-09", status: int = 302, **changes: str) -> Page:
    fields = {
        "kind": "unlocked",
        "unit": str(ward.unit("KP1").id),
        "until": "20/10/2024",
        "reason": "Mất điện, cán bộ đi học",
    }
    return critic.send(url(ward, month), fields | changes, status=status)


def given(ward: Ward) -> list[PeriodException]:
    ward.settle()
    return list(ward.session.scalars(select(PeriodException).order_by(PeriodException.id)))


@pytest.mark.parametrize("name", ["leader", "clerk"])
def test_organisers_give_an_exception_that_every_unit_reads(locked_ward: Ward, sign_in: SignIn, name: str):
    ward = locked_ward
    assert grant(sign_in(name), ward).location == f"{listing(ward)}#ngoai-le"
    (one,) = given(ward)
    assert (one.kind, one.unit.code, one.task, one.until) == (
        ExceptionKind.UNLOCKED,
        "KP1",
        None,
        date(2024, 10, 20),
    )
    assert one.granted_by_name == ward.account(name).name
    for member in MEMBERS:
        text = sign_in(member).get(listing(ward)).text
        assert one.unit.name in text
        assert "Cho báo cáo sau khi khóa, đến hết ngày 20/10/2024" in text
        assert "Mất điện, cán bộ đi học" in text
        assert one.granted_by_name in text


def test_the_title_of_a_task_is_for_those_who_may_know_of_it(locked_ward: Ward, sign_in: SignIn):
    ward = locked_ward
    task = ward.task("KP1", title="Sân chơi thiếu nhi")
    grant(sign_in("leader"), ward, task=str(task.id))
    for name in ("officer_kp1", "mate_kp1", "leader"):
        assert "Sân chơi thiếu nhi" in sign_in(name).get(listing(ward)).text
    text = sign_in("officer_kp2").get(listing(ward)).text
    assert "Sân chơi thiếu nhi" not in text
    assert "một phần việc" in text


def test_who_is_excused_needs_no_day(locked_ward: Ward, sign_in: SignIn):
    ward = locked_ward
    grant(sign_in("clerk"), ward, kind="excused", until="không rõ")
    (one,) = given(ward)
    assert (one.kind, one.until) == (ExceptionKind.EXCUSED, None)
    assert "Miễn báo cáo" in sign_in("officer_kp2").get(listing(ward)).text


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"reason": " "}, "Nhập lý do."),
        ({"unit": ""}, "Chọn đơn vị."),
        ({"until": ""}, "Nhập ngày cuối cùng được báo cáo."),
        ({"until": "14/10/2024"}, "Được báo cáo đến hết ngày: Ngày này đã qua."),
    ],
)
def test_what_makes_no_sense_is_refused(
    locked_ward: Ward, sign_in: SignIn, changes: dict[str, str], words: str
):
    page = grant(sign_in("clerk"), locked_ward, status=200, **changes)
    assert words in page.errors
    assert given(locked_ward) == []


def test_where_nothing_locks_only_an_excuse_is_offered(locked_ward: Ward, sign_in: SignIn):
    clerk = sign_in("clerk")
    form = clerk.get(url(locked_ward, "2024-10")).form()
    assert form.offered["kind"] == {"excused"}
    assert "until" not in form.fields
    entry = ExceptionEntry(locked_ward.unit("KP1"), ExceptionKind.UNLOCKED, "Bận", until=date(2024, 10, 30))
    by, at = locked_ward.actor("clerk"), locked_ward.now
    with pytest.raises(ExceptionRefused, match="Kỳ này không khóa"):
        operations.grant(locked_ward.session, locked_ward.period("2024-10"), entry, by=by, at=at)


def test_a_day_before_the_lock_needs_no_exception(locked_ward: Ward, sign_in: SignIn):
    locked_ward.period("2024-10").locks_after = date(2024, 10, 31)
    locked_ward.session.commit()
    page = grant(sign_in("clerk"), locked_ward, month="2024-10", status=200, until="31/10/2024")
    assert page.errors == ["Được báo cáo đến hết ngày: Đến ngày này kỳ chưa khóa nên không cần ngoại lệ."]
    grant(sign_in("clerk"), locked_ward, month="2024-10", until="1/11/2024")
    assert len(given(locked_ward)) == 1


def test_a_task_of_another_unit_is_refused(locked_ward: Ward, sign_in: SignIn):
    other = locked_ward.task("KP2", title="Vườn rau sạch")
    page = grant(sign_in("clerk"), locked_ward, status=200, task=str(other.id))
    assert page.errors == [f"Phần việc này do {locked_ward.unit('KP2').name} chủ trì."]


def test_the_same_is_not_given_twice_but_may_be_made_longer(locked_ward: Ward, sign_in: SignIn):
    clerk = sign_in("clerk")
    grant(clerk, locked_ward)
    page = grant(clerk, locked_ward, status=200, until="18/10/2024")
    assert page.errors == ["Đã có ngoại lệ này; xem ở danh sách ngoại lệ đã cho."]
    grant(clerk, locked_ward, until="25/10/2024")
    assert [one.until for one in given(locked_ward)] == [date(2024, 10, 20), date(2024, 10, 25)]


def test_an_exception_is_taken_back_after_being_asked(locked_ward: Ward, sign_in: SignIn):
    ward, clerk = locked_ward, sign_in("clerk")
    grant(clerk, ward)
    (one,) = given(ward)
    page = clerk.get(f"/ngoai-le/{one.id}/thu-hoi")
    assert "Từ lúc này đơn vị không viết, không gửi báo cáo của kỳ này được nữa" in page.text
    assert given(ward)[0].revoked_at is None
    clerk.send(f"/ngoai-le/{one.id}/thu-hoi", button="Thu hồi")
    (one,) = given(ward)
    assert (one.revoked_at, one.revoked_by_name) == (ward.now, ward.account("clerk").name)
    text = sign_in("officer_kp2").get(listing(ward)).text
    assert f"{one.revoked_by_name} thu hồi ngày 15/10/2024" in text
    assert "Đã thu hồi" in clerk.get(f"/ngoai-le/{one.id}/thu-hoi").text
    acts = ward.session.scalars(select(LogEntry.action).order_by(LogEntry.number.desc()).limit(2)).all()
    assert acts == ["period_exception.revoked", "period_exception.granted"]


def test_two_people_take_one_exception_back_once(locked_ward: Ward, sign_in: SignIn):
    ward = locked_ward
    grant(sign_in("clerk"), ward)
    (one,) = given(ward)
    clerk, leader = sign_in("clerk"), sign_in("leader")
    late = clerk.get(f"/ngoai-le/{one.id}/thu-hoi").form()
    leader.send(f"/ngoai-le/{one.id}/thu-hoi", button="Thu hồi")
    assert clerk.send_form(late, status=200).errors
    assert given(ward)[0].revoked_by_name == ward.account("leader").name


def test_a_concluded_campaign_gives_none(locked_ward: Ward, sign_in: SignIn):
    locked_ward.campaign.status = CampaignStatus.CONCLUDED
    locked_ward.session.commit()
    page = sign_in("clerk").get(url(locked_ward), status=409)
    assert "nên không cho ngoại lệ nữa" in page.text
    assert page.forms == []


def test_only_organisers_give_and_take_back(locked_ward: Ward, sign_in: SignIn):
    ward = locked_ward
    grant(sign_in("clerk"), ward)
    addresses = (url(ward), f"/ngoai-le/{given(ward)[0].id}/thu-hoi")
    for address in addresses:
        for name in ("officer_kp1", "mate_kp1", "officer_kp2", "head_kp1"):
            sign_in(name).get(address, status=403)
        sign_in("outsider").get(address, status=403)
        assert sign_in("nobody").get(address, status=302).location.startswith("/dang-nhap")


def test_the_period_of_another_campaign_is_not_found(locked_ward: Ward, sign_in: SignIn):
    sign_in("clerk").get(f"{listing(locked_ward)}/999/ngoai-le", status=404)


def test_the_units_offered_are_those_with_tasks(locked_ward: Ward, sign_in: SignIn):
    offered = sign_in("clerk").get(url(locked_ward)).form().offered
    assert offered["unit"] == {"", *(str(locked_ward.unit(code).id) for code in ("KP1", "KP2"))}
    assert len(offered["task"]) == 4

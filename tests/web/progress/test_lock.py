"""After the lock day nobody writes or sends a report without an exception; what was typed and saved stays."""

from collections.abc import Callable
from datetime import date

import pytest

from pledges.core import clock
from pledges.progress import operations, reading
from pledges.progress.calendar import StepRefused
from pledges.progress.exceptions.models import PeriodException
from pledges.progress.exceptions.operations import ExceptionEntry, grant, revoke
from pledges.progress.exceptions.rules import ExceptionKind
from pledges.progress.operations import ReportEntry
from pledges.tasks.models import Task
from tests.support.critic import SignIn
from tests.support.ward import Ward

Freeze = Callable[[date], None]
LOCK = date(2024, 10, 14)
"""The last day on which September took reports; it is 15/10/2024."""


def locked(ward: Ward, locks_after: date = LOCK) -> Task:
    task = ward.task("KP1")
    ward.period("2024-09").locks_after = locks_after
    ward.session.commit()
    return task


def url(ward: Ward, task: Task, end: str = "") -> str:
    return f"/phan-viec/{task.id}/bao-cao/{ward.period('2024-09').id}{end}"


def excepted(ward: Ward, until: date, task: Task | None = None, unit: str = "KP1") -> PeriodException:
    entry = ExceptionEntry(ward.unit(unit), ExceptionKind.UNLOCKED, "Cán bộ đi học", task, until)
    made = grant(ward.session, ward.period("2024-09"), entry, by=ward.actor("leader"), at=ward.now)
    ward.session.commit()
    return made


def write(ward: Ward, task: Task) -> None:
    """The operation itself, as any page would call it."""
    period, by = ward.period("2024-09"), ward.actor("officer_kp1")
    report = operations.begin(ward.session, task, period, by=by, at=ward.now)
    operations.write(ward.session, report, ReportEntry({}, "Đã làm."), by=by, at=ward.now)
    operations.submit(ward.session, report, by=by, at=ward.now)


def test_the_lock_day_itself_still_takes_reports(ward: Ward, sign_in: SignIn):
    task = locked(ward, locks_after=ward.day)
    sign_in("officer_kp1").get(url(ward, task))
    write(ward, task)


@pytest.mark.parametrize("name", ["officer_kp1", "mate_kp1", "clerk"])
def test_the_page_says_that_the_period_is_locked_and_who_may_help(ward: Ward, sign_in: SignIn, name: str):
    task = locked(ward)
    page = sign_in(name).get(url(ward, task), status=409)
    assert "Kỳ tháng 9/2024 đã khóa sau ngày 14/10/2024" in page.text
    assert f"Lãnh đạo hoặc văn thư {ward.campaign.owner.name} có thể cho ngoại lệ" in page.text
    with pytest.raises(StepRefused):
        write(ward, task)


def test_who_is_locked_reads_the_exceptions_of_others(ward: Ward, sign_in: SignIn):
    task = locked(ward)
    ward.task("KP2")
    excepted(ward, date(2024, 10, 20), unit="KP2")
    page = sign_in("officer_kp1").get(url(ward, task), status=409)
    assert "Ngoại lệ đã cho trong kỳ này" in page.text
    assert ward.unit("KP2").name in page.text
    assert "đến hết ngày 20/10/2024" in page.text
    assert "Cán bộ đi học" in page.text


def test_what_was_typed_when_the_lock_fell_stays(ward: Ward, sign_in: SignIn, freeze: Freeze):
    task = locked(ward, locks_after=ward.day)
    officer = sign_in("officer_kp1")
    form = officer.get(url(ward, task)).form()
    freeze(date(2024, 10, 16))
    page = officer.send_form(form, {"narrative": "Đã trồng xong 40 cây."}, status=409)
    assert "đã khóa sau ngày 15/10/2024" in page.text
    assert "Đã trồng xong 40 cây." in page.text


def test_a_saved_draft_stays_and_is_not_sent(ward: Ward, sign_in: SignIn, freeze: Freeze):
    task = locked(ward, locks_after=ward.day)
    report = ward.report(task, "2024-09", [30, 60], status="draft", at=ward.now)
    officer = sign_in("officer_kp1")
    form = officer.get(url(ward, task, "/gui")).form()
    freeze(date(2024, 10, 16))
    assert "đã khóa sau ngày 15/10/2024" in officer.send_form(form, status=200).text
    assert officer.get(url(ward, task, "/gui"), status=302).location == url(ward, task)
    page = officer.get(url(ward, task), status=409)
    assert "vẫn còn nguyên" in page.text
    ward.settle()
    assert report.last_round is not None
    assert (report.last_round.last_event, report.last_round.narrative) == (
        None,
        "Đã đổ bê tông ngõ 12 và ngõ 14.",
    )


@pytest.mark.parametrize("whole", [True, False], ids=["the unit", "one task"])
def test_an_exception_holds_to_the_end_of_its_last_day(
    ward: Ward, sign_in: SignIn, freeze: Freeze, *, whole: bool
):
    task = locked(ward)
    excepted(ward, date(2024, 10, 20), None if whole else task)
    officer = sign_in("officer_kp1")
    freeze(date(2024, 10, 20))
    officer.get(url(ward, task))
    write(ward, task)
    ward.session.rollback()
    freeze(date(2024, 10, 21))
    page = officer.get(url(ward, task), status=409)
    assert "Ngoại lệ đã cho đơn vị hết hiệu lực sau ngày 20/10/2024." in page.text
    with pytest.raises(StepRefused):
        write(ward, task)


def test_an_exception_is_for_its_unit_and_task_alone(ward: Ward):
    task, other = locked(ward), ward.task("KP1", title="Nhà văn hóa")
    ward.task("KP2")
    excepted(ward, date(2024, 10, 20), other)
    excepted(ward, date(2024, 10, 20), unit="KP2")
    with pytest.raises(StepRefused):
        write(ward, task)
    write(ward, other)


def test_a_revoked_exception_locks_again(ward: Ward):
    task = locked(ward)
    one = excepted(ward, date(2024, 10, 20))
    revoke(ward.session, one, by=ward.actor("clerk"), at=ward.now)
    with pytest.raises(StepRefused):
        write(ward, task)


def test_every_act_of_a_writer_is_refused(ward: Ward):
    task = locked(ward, locks_after=ward.day)
    draft = ward.report(task, "2024-09", [30, 60], status="draft", at=ward.now)
    accepted = ward.report(ward.task("KP1", title="Vườn rau"), "2024-09", [1, 60])
    by, late = ward.actor("officer_kp1"), clock.at(date(2024, 10, 16))
    acts: list[Callable[[], object]] = [
        lambda: operations.write(ward.session, draft, ReportEntry({}), by=by, at=late),
        lambda: operations.detach(ward.session, draft, 1, by=by, at=late),
        lambda: operations.submit(ward.session, draft, by=by, at=late),
        lambda: operations.begin_correction(ward.session, accepted, "Nhầm số", by=by, at=late),
    ]
    for act in acts:
        with pytest.raises(StepRefused, match="đã khóa"):
            act()


def test_what_a_leader_returned_is_sent_again_whatever_the_lock(ward: Ward, sign_in: SignIn):
    task = ward.task("KP1")
    ward.report(task, "2024-09", [30, 60], status="returned")
    ward.period("2024-09").locks_after = date(2024, 10, 1)
    ward.session.commit()
    page = sign_in("officer_kp1").get(url(ward, task))
    assert page.form()
    write(ward, task)


def test_an_exception_changes_nothing_of_being_late(ward: Ward):
    """It lets the unit report; on time is what came by the end of the grace."""
    task = locked(ward)
    excepted(ward, date(2024, 10, 20))
    write(ward, task)
    ward.session.commit()
    ledger = reading.of_task(ward.session, task)
    september = next(one for one in ledger.periods if one.id == ward.period("2024-09").id)
    assert ledger.cell(task.id, september, ward.day).late


def test_who_is_excused_reads_so_with_the_reason(ward: Ward, sign_in: SignIn):
    task = ward.task("KP1")
    entry = ExceptionEntry(ward.unit("KP1"), ExceptionKind.EXCUSED, "Kiện toàn ban điều hành")
    grant(ward.session, ward.period("2024-09"), entry, by=ward.actor("leader"), at=ward.now)
    ward.session.commit()
    page = sign_in("officer_kp1").get(f"/phan-viec/{task.id}")
    assert "Được miễn báo cáo lý do: Kiện toàn ban điều hành" in page.text
    listed = sign_in("officer_kp1").get("/bao-cao?ky=2024-09")
    assert "Được miễn báo cáo lý do: Kiện toàn ban điều hành" in listed.text


def test_who_may_is_led_to_giving_an_exception(ward: Ward, sign_in: SignIn):
    task = locked(ward)
    leads_to = f"/phong-trao/{ward.campaign.id}/ky-bao-cao/{ward.period('2024-09').id}/ngoai-le"
    assert leads_to in {link.url for link in sign_in("clerk").get(url(ward, task), status=409).links}
    assert leads_to not in {
        link.url for link in sign_in("officer_kp1").get(url(ward, task), status=409).links
    }

"""23:59:59 of the due day in Việt Nam is on time and 00:00 is late, whatever the zone of the server."""

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest

from pledges.progress import reading
from tests.support.critic import SignIn
from tests.support.ward import Ward

LAST_MOMENT = datetime(2024, 10, 25, 16, 59, 59, tzinfo=UTC)
"""23:59:59 of 25/10/2024 in Việt Nam: the due day of October."""
MIDNIGHT = LAST_MOMENT + timedelta(seconds=1)

Freeze = Callable[[datetime], None]


@pytest.fixture(params=["UTC", "America/Los_Angeles", "Asia/Ho_Chi_Minh"])
def server_zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The zone that the operating system of the server is set to."""
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield request.param
    monkeypatch.undo()
    time.tzset()


def test_the_zone_of_the_server_is_really_another_one(server_zone: str):
    hours = {"UTC": 0, "America/Los_Angeles": -7, "Asia/Ho_Chi_Minh": 7}[server_zone]
    local = datetime.fromtimestamp(LAST_MOMENT.timestamp())  # noqa: DTZ006 - the server's own clock is asked
    assert local == LAST_MOMENT.replace(tzinfo=None) + timedelta(hours=hours)


@pytest.mark.usefixtures("server_zone")
@pytest.mark.parametrize(
    ("moment", "late"), [(LAST_MOMENT, False), (MIDNIGHT, True)], ids=["23:59:59", "00:00:00"]
)
def test_a_report_sent_at_midnight(
    ward: Ward, sign_in: SignIn, freeze: Freeze, moment: datetime, *, late: bool
):
    task = ward.task("KP1")
    october = ward.period("2024-10")
    ward.report(task, october, [30, 60], status="draft", at=ward.now)
    freeze(moment)
    officer = sign_in("officer_kp1")
    page = officer.get(f"/phan-viec/{task.id}/bao-cao/{october.id}/gui")
    assert ("Báo cáo sẽ được ghi là gửi muộn" in page.text) is late
    assert ("quá hạn 1 ngày" if late else "hôm nay là ngày cuối") in page.text
    officer.send_form(page.form())
    ward.settle()
    ledger = reading.of_task(ward.session, task)
    facts = next(one for one in ledger.periods if one.id == october.id)
    shown = ledger.cell(task.id, facts, ward.day)
    assert (shown.late, shown.missing) == (late, False)
    freeze(MIDNIGHT + timedelta(hours=9))
    counts = ledger.discipline(facts, ward.day)
    assert (counts.received, counts.on_time) == (1, 0 if late else 1)
    text = sign_in("leader").get(f"/theo-doi/ky/{october.id}").text
    assert ("muộn 1 ngày" if late else "đúng hạn") in text
    assert f"{1 - late} đúng hạn / 1 phải báo cáo" in text


@pytest.mark.usefixtures("server_zone")
def test_a_report_is_missing_from_midnight_on(ward: Ward, freeze: Freeze):
    task = ward.task("KP1")
    ledger = reading.of_task(ward.session, task)
    october = next(one for one in ledger.periods if one.id == ward.period("2024-10").id)
    freeze(LAST_MOMENT)
    assert not ledger.cell(task.id, october, ward.day).missing
    freeze(MIDNIGHT)
    assert ledger.cell(task.id, october, ward.day).missing

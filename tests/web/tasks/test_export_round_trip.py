"""Exported, unchanged, imported again changes nothing: over random campaigns, through the bytes of the file."""

from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pledges.core.workbooks.writing import write
from pledges.tasks.exporting.books import list_book
from pledges.tasks.importing.content import packed
from pledges.tasks.importing.models import TaskImport
from pledges.tasks.importing.plan import Fate, Plan
from pledges.tasks.importing.planner import plan_of
from pledges.tasks.importing.reading import read_file
from pledges.tasks.models import Task
from pledges.tasks.rows.known import known_of
from pledges.tasks.rules import REGISTERED, TaskStatus
from tests.rules.tasks.lines.test_round_trip import FIRST, LAST, QUANTITY, days, indicators, text
from tests.support.ward import Ward

UNHURRIED = settings(
    deadline=None,
    max_examples=20,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
CODES = ("KP1", "KP2", "KP3", "MTTQ", "VPTK", "DU")


def drawn(draw: Any, ward: Ward, number: int) -> Task:
    """A task of the ward's campaign, of any status, with anything that can be typed in it."""
    status = draw(st.sampled_from(TaskStatus))
    start_on = draw(days(FIRST, LAST - timedelta(days=1)))
    due_on = draw(days(start_on + timedelta(days=1), LAST))
    lead, *helping = draw(st.lists(st.sampled_from(CODES), min_size=1, max_size=4, unique=True))
    rows = range(1, draw(st.integers(0, 3)) + 1)
    return Task(
        campaign=ward.campaign,
        status=status,
        number=number if status in REGISTERED else None,
        registration_number=None if status is TaskStatus.DRAFT else number,
        title=draw(text(300, least=1)),
        product=draw(text(500)),
        lead_unit=ward.unit(lead),
        cooperating=[ward.unit(code) for code in helping],
        start_on=start_on,
        due_on=due_on,
        state_funding=abs(draw(QUANTITY)),
        social_funding=abs(draw(QUANTITY)),
        movement=draw(st.none() | st.sampled_from(ward.campaign.movements)),
        indicators=[draw(indicators(start_on, due_on, position)) for position in rows],
        entered_by_id=1,
        entered_by_name="Vũ Thị Thư",
        entered_at=ward.now,
    )


def imported(ward: Ward, name: str, data: bytes) -> Plan:
    """What would come of the file; letters that look like an old font's are left as they are."""
    upload = TaskImport(id=1, version=1, campaign=ward.campaign, content="", answers="{}")
    upload.content = packed(read_file("danh mục.xlsx", data))
    upload.converted = False
    return plan_of(ward.session, upload, ward.actor(name))


@UNHURRIED
@given(st.data())
def test_what_is_exported_is_read_as_it_was(ward: Ward, data: Any):
    session, campaign = ward.session, ward.campaign
    made = [drawn(data.draw, ward, number) for number in range(1, data.draw(st.integers(1, 4)) + 1)]
    session.add_all(made)
    session.flush()
    session.expire_all()
    tasks = list(known_of(session, ward.actor("clerk"), campaign).tasks.values())
    for name in ("clerk", "leader"):
        known = known_of(session, ward.actor(name), campaign)
        plan = imported(ward, name, write(list_book(known, tasks, ["m", "cây"])))
        assert {line.fate for line in plan.lines} == {Fate.SAME}
        assert [line.task for line in plan.lines] == tasks
        assert plan.clean
        assert not plan.notes
        assert not plan.unknown_headings
    session.rollback()

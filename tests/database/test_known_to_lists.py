"""What the lines of a list are held against: only what the actor may know and do, by a few queries."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
import sqlalchemy as sa

from pledges.tasks.rows.known import Known, known_of
from pledges.tasks.rows.readings import read
from pledges.tasks.rows.writing import cells_of
from tests.support.ward import Ward


def known_to(ward: Ward, name: str) -> Known:
    ward.session.expire_all()
    return known_of(ward.session, ward.actor(name), ward.campaign)


def codes(known: Known, numbers: frozenset[int]) -> set[str]:
    return {unit.code for unit in known.units if unit.id in numbers}


@contextmanager
def statements(ward: Ward) -> Iterator[list[str]]:
    said: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        said.append(statement)

    engine = ward.session.get_bind().engine
    sa.event.listen(engine, "before_cursor_execute", note)
    try:
        yield said
    finally:
        sa.event.remove(engine, "before_cursor_execute", note)


@pytest.mark.parametrize(
    ("name", "leads"),
    [
        ("officer_kp1", {"KP1"}),
        ("clerk", {"DU", "UBND", "VPTK", "MTTQ", "KP1", "KP2", "KP3"}),
        ("leader", set()),
        ("outsider", set()),
    ],
)
def test_units_are_those_that_take_part_and_leads_those_to_enter_for(ward: Ward, name: str, leads: set[str]):
    known = known_to(ward, name)
    assert [unit.code for unit in known.units] == ["DU", "UBND", "VPTK", "MTTQ", "KP1", "KP2", "KP3"]
    assert codes(known, known.leads) == leads


def test_a_unit_that_is_gone_is_known_and_one_of_another_ward_is_not(ward: Ward):
    ward.unit("KP2").valid_to = date(2024, 5, 1)
    ward.session.commit()
    known = known_to(ward, "clerk")
    assert "KP2" in {unit.code for unit in known.units}
    assert known.unit_names.exact("Khu phố 1 Hồng Phong") == ()


def test_a_unit_that_left_its_block_is_known_while_a_task_names_it(ward: Ward):
    ward.task("KP1", cooperating=["KP2"])
    ward.unit("KP2").block = ""
    ward.unit("KP3").block = ""
    ward.session.commit()
    known = known_to(ward, "clerk")
    assert "KP2" in {unit.code for unit in known.units}
    assert "KP3" not in {unit.code for unit in known.units}


def test_tasks_are_those_that_the_actor_sees(ward: Ward):
    own, helped = ward.task("KP1"), ward.task("KP2", cooperating=["KP1"])
    other = ward.task("KP3")
    assert set(known_to(ward, "officer_kp1").tasks) == {own.id, helped.id}
    assert set(known_to(ward, "clerk").tasks) == {own.id, helped.id, other.id}
    assert known_to(ward, "outsider").tasks == {}


def test_what_the_database_gives_back_reads_as_it_was_kept(ward: Ward):
    ward.task("KP1", cooperating=["KP3", "KP2"])
    known = known_to(ward, "clerk")
    for task in known.tasks.values():
        assert read(cells_of(task, known), known, {}).unchanged


def test_the_queries_do_not_grow_with_the_tasks(ward: Ward):
    ward.task("KP1", cooperating=["KP2"])
    known_to(ward, "clerk")
    counts = []
    for more in (0, 6):
        for _one in range(more):
            ward.task("KP3", cooperating=["KP1", "KP2"])
        actor, campaign = ward.actor("clerk"), ward.campaign
        assert campaign.owner.path
        assert campaign.area.path
        with statements(ward) as said:
            known = known_of(ward.session, actor, campaign)
            for task in known.tasks.values():
                read(cells_of(task, known), known, {})
        counts.append(len(said))
    assert counts[0] == counts[1]

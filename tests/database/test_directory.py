"""Who may look units and people up: the question in SQL and the rule in Python say the same."""

from itertools import pairwise

import pytest
from sqlalchemy import select

from pledges.access.permissions import Permission, Subject, may
from pledges.access.roles import Actor, Holding, Role
from pledges.search.places import directory
from pledges.units.models import Unit
from pledges.units.queries import ancestry, below
from pledges.units.rules import UnitKind
from tests.support.databases import Database
from tests.support.ward import Ward


@pytest.fixture
def ward(database: Database) -> Ward:
    return database.ward()


def actors(ward: Ward) -> list[Actor]:
    """One of each role in each unit, and some with two posts."""
    units = ward.session.scalars(select(Unit).order_by(Unit.id)).all()
    holdings = [Holding(role, unit.id, unit.path, "") for unit in units for role in Role]
    alone = [Actor(number, "", (one,)) for number, one in enumerate(holdings, 1)]
    both = [Actor(number, "", pair) for number, pair in enumerate(pairwise(holdings[::3]), 1000)]
    return [*alone, *both, Actor(0, "", ())]


def ward_path(ward: Ward, unit: Unit) -> str | None:
    above = [*ancestry(unit.path), unit.path]
    wards = select(Unit.path).where(Unit.path.in_(above), Unit.kind == UnitKind.WARD)
    return ward.session.scalar(wards)


def test_the_directory(ward: Ward):
    subjects = {
        unit.id: Subject(unit_path=unit.path, ward_path=ward_path(ward, unit))
        for unit in ward.session.scalars(select(Unit))
    }
    seen = set()
    for actor in actors(ward):
        by_rule = {number for number, one in subjects.items() if may(actor, Permission.SEE_DIRECTORY, one)}
        paths = directory(ward.session, actor)
        assert set(ward.session.scalars(select(Unit.id).where(below(paths)))) == by_rule, actor
        seen.add(frozenset(by_rule))
    assert len(seen) > 3, "the world says too little"

"""Every door, asked by everybody about everybody's records, answers as the table says (expected.txt, docs/doors.md).

The same requests are judged three times more: nobody gets through without the permission that the door names, no
answer to a stranger holds a word of the other's records, and every answer carries the headers that protect it.
"""

from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from pledges.access import guard
from pledges.access.permissions import Permission, Subject, may, may_somewhere
from pledges.access.roles import Actor
from pledges.factory import HEADERS
from pledges.site import navigation
from tests.doors import table
from tests.doors.conftest import House
from tests.doors.knocking import ASKED, PEOPLE, WHOSE, Knock, Knocker, address, rules_of
from tests.doors.page import page
from tests.doors.places import HP, KP1, KP2, MARKS
from tests.doors.reading import said
from tests.house.sources import ROOT

STRANGE = {
    **dict.fromkeys(("officer_kp1", "mate_kp1", "head_kp1"), (KP2, HP)),
    "officer_kp2": (KP1, HP),
    **dict.fromkeys(("leader", "clerk"), (HP,)),
    "admin": (KP1, KP2, HP),
    **dict.fromkeys(("outsider", "hp_leader", "hp_clerk", "hp_admin"), (KP1, KP2, "hk")),
    **dict.fromkeys(("ended", "locked", "nobody"), tuple(MARKS)),
}
"""Whose words a person must never read, by the places of the markers."""
WHO_HOLDS_IT_OPENS = {"site.calendar"}
"""Doors that open to whoever holds the address: the secret in it is the key."""
TOLD_TO_ALL = {"overview", "campaigns"}
"""Features that tell every member of a campaign how all its units stand, titles and obstacles included."""
TOLD_TO_ADMINISTRATORS = {"documents.fallback", "upkeep.answer_request", "upkeep.personal_data"}
"""Doors that tell administrators of a ward words of its units: the pack for the day without power, requests (0036)."""
OF_SEVERAL = {
    "commitments.freeze_checked": "each own unit's, of the campaign that is seen",
    "commitments.freeze_several": "each own unit's, of the campaign that is seen",
    "commitments.prepare_all": "each own unit's, of the campaign that is seen",
    **dict.fromkeys(
        (
            "tasks.import_drop",
            "tasks.import_mended",
            "tasks.import_preview",
            "tasks.import_receipt",
            "tasks.import_write",
        ),
        "one's own upload: the permission is asked of each line that is written",
    ),
}
"""Doors whose address names what holds the records: the permission is asked of each record behind them."""
OPEN_FILES = {"static", "bootstrap.static"}
KEPT_BY_ITS_READER = "private, no-cache"
"""Of what is asked for every few seconds: the browser keeps it, and asks each time whether it may show it."""
NOTHING = sa.select(sa.literal(0))


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Subject]:
    """What the doors ask permissions of; the counts of the bar are left out, for they cost more than the doors."""
    subjects: list[Subject] = []

    def noted(actor: Actor, permission: Permission, subject: Subject) -> bool:
        subjects.append(subject)
        return may(actor, permission, subject)

    monkeypatch.setattr(guard, "may", noted)
    monkeypatch.setattr(navigation, "how_many_wait", lambda _actor: NOTHING)
    return subjects


def knocks(house: House, person: str, subjects: list[Subject]) -> Iterator[tuple[Rule, Knock]]:
    """Every request of a person; the house is as it was after each."""
    house.restored.restore()
    somebody = Knocker(house.ward, person)
    house.restored.keep()
    for rule in rules_of(house.ward.app):
        for whose in ASKED.get(person, (KP1,)):
            url = address(house.ward.app, rule, house.places, whose)
            for method in sorted({"GET", "POST"} & (rule.methods or set())):
                if url is not None:
                    subjects.clear()
                    yield rule, somebody.knock(rule, method, url, whose)
                    house.restored.restore()


@pytest.mark.parametrize("person", PEOPLE)
def test_every_door_answers_as_the_table_says(house: House, asked: list[Subject], person: str):
    rows = table.kept()
    actor = None if person == "nobody" else house.ward.actor(person)
    faults: list[str] = []
    for rule, knock in knocks(house, person, asked):
        row = rows.get((rule.endpoint, knock.method))
        told = f"{person}: {knock.method} {knock.url} ({rule.endpoint}) answered {knock.letter}"
        if row is None or not row.fits(person, WHOSE.index(knock.whose), knock.method, knock.letter):
            wanted = row.cells[person][WHOSE.index(knock.whose)] if row else "no row"
            faults.append(f"{told}, and the table says {wanted}")
        worn = getattr(house.ward.app.view_functions[rule.endpoint], "guard", None)
        if knock.letter in table.LET_IN and worn is not None and worn.permission is not None:
            assert actor is not None, told
            if not has_leave(actor, worn.permission, rule, asked):
                faults.append(f"{told}, without the permission {worn.permission.name}")
        faults += [
            f"{told}, and {fault}" for fault in (*betrayed(person, knock), *unprotected(rule, knock.answer))
        ]
    assert not faults, "\n".join(faults)


def has_leave(actor: Actor, permission: Permission, rule: Rule, subjects: list[Subject]) -> bool:
    """Whether the permission that the door names reaches what it was asked of; the table has no say in it."""
    if not rule.arguments or rule.endpoint in OF_SEVERAL or not subjects:
        return may_somewhere(actor, permission)
    return any(may(actor, permission, one) for one in subjects)


def betrayed(person: str, knock: Knock) -> Iterator[str]:
    """Words of others that an answer holds."""
    if knock.endpoint in WHO_HOLDS_IT_OPENS or knock.answer.status_code >= 300:
        words = b"" if knock.endpoint in WHO_HOLDS_IT_OPENS else knock.answer.get_data().lower()
    else:
        words = said(knock.answer)
    feature = knock.endpoint.partition(".")[0]
    for place in STRANGE[person]:
        of_the_campaign = feature in TOLD_TO_ALL and place in {KP1, KP2} and person.endswith(("_kp1", "_kp2"))
        of_the_own_ward = person == "admin" and knock.endpoint in TOLD_TO_ADMINISTRATORS and place != HP
        if MARKS[place].encode() in words and not (of_the_campaign or of_the_own_ward):
            yield f"it holds a word of {place}"


def unprotected(rule: Rule, answer: TestResponse) -> Iterator[str]:
    """Headers that an answer lacks: against framing, sniffing, and being kept on a shared computer."""
    for name in HEADERS:
        if name not in answer.headers:
            yield f"it lacks {name}"
    kept = answer.headers.get("Cache-Control", "")
    if rule.endpoint not in OPEN_FILES and not ("no-store" in kept or kept == KEPT_BY_ITS_READER):
        yield f"it may be kept: {kept}"


def test_every_door_has_its_row_and_every_row_its_door(house: House):
    doors = {
        (rule.endpoint, method)
        for rule in rules_of(house.ward.app)
        for method in {"GET", "POST"} & (rule.methods or set())
    }
    rows = set(table.kept())
    told = (
        "Write the row into tests/doors/expected.txt: `python -m tests.doors.draft` prints what the door answers now; \
judge each letter. Then `python -m tests.doors.page > docs/doors.md`."
    )
    assert doors - rows == set(), f"doors without a row. {told}"
    assert rows - doors == set(), "rows without a door: take them out"


def test_every_column_of_the_table_is_a_person():
    assert {tuple(row.cells) for row in table.kept().values()} == {tuple(PEOPLE)}


def test_a_door_that_opens_to_nobody_says_why():
    silent = [
        row.endpoint
        for row in table.kept().values()
        if not row.note and not table.LET_IN & set("".join(row.cells.values()))
    ]
    assert silent == []


def test_what_the_table_asks_is_what_is_asked():
    def places(row: table.Row, person: str) -> Any:
        return {whose for whose, letter in zip(WHOSE, row.cells[person], strict=True) if letter != "."}

    strange = [
        (row.endpoint, person)
        for row in table.kept().values()
        for person in PEOPLE
        if not places(row, person) <= set(ASKED.get(person, (KP1,)))
    ]
    assert strange == []


def test_the_page_for_people_is_what_the_table_says(house: House):
    told = "run `python -m tests.doors.page > docs/doors.md`"
    assert (ROOT / "docs" / "doors.md").read_text(encoding="utf-8") == page(house.ward.app), told

"""`python -m tests.doors.draft`: what every door answers now, as rows of the table; each is still to be judged.

With names of endpoints behind it, the rows of these alone.
"""

import sys
import tempfile
from pathlib import Path

import pytest

from pledges.documents.packs.beside import Beside
from pledges.upkeep import beside as upkeep
from tests.doors import table
from tests.doors.knocking import ASKED, NOT_ASKED, PEOPLE, WHOSE, Knocker, Restored, address, rules_of
from tests.doors.places import KP1
from tests.doors.records import fill
from tests.support import apps, world
from tests.support.clock import Hands
from tests.support.databases import build_world
from tests.support.ward import Ward

Cells = dict[str, str]


def answers(ward: Ward, instance: Path, only: set[str]) -> dict[tuple[str, str], Cells]:
    """The letters by door and person."""
    places, restored = fill(ward), Restored(instance)
    found: dict[tuple[str, str], Cells] = {}
    for person in PEOPLE:
        restored.restore()
        somebody = Knocker(ward, person)
        restored.keep()
        for rule in (one for one in rules_of(ward.app) if not only or one.endpoint in only):
            for method in sorted({"GET", "POST"} & (rule.methods or set())):
                letters = ""
                for whose in WHOSE:
                    url = (
                        address(ward.app, rule, places, whose) if whose in ASKED.get(person, (KP1,)) else None
                    )
                    letters += (
                        somebody.knock(rule, method, url, whose).letter if url is not None else NOT_ASKED
                    )
                    restored.restore()
                found.setdefault((rule.endpoint, method), {})[person] = letters
    return found


def rows_of(found: dict[tuple[str, str], Cells]) -> list[table.Row]:
    """One row for a door, two where the methods let different people in."""
    known = table.kept() if table.FILE.exists() else {}
    made: list[table.Row] = []
    for endpoint, method in sorted(found):
        cells, other = found[endpoint, method], found.get((endpoint, "GET" if method == "POST" else "POST"))
        alone = "".join(
            sorted(set("".join((other if method == "GET" and other else cells).values())) & table.LET_IN)
        )
        note = known[endpoint, method].note if (endpoint, method) in known else ""
        if other is not None and _classes(other) == _classes(cells):
            if method == "GET":
                made.append(table.Row(endpoint, table.ALL, alone, cells, note))
        else:
            made.append(table.Row(endpoint, method, alone if method == "POST" else "", cells, note))
    return made


def _classes(cells: Cells) -> Cells:
    return {
        person: "".join("y" if one in table.LET_IN else one for one in cell) for person, cell in cells.items()
    }


def main() -> None:
    """Print the table, with the head and the notes that it has."""
    head = table.FILE.read_text(encoding="utf-8").split("\n\nendpoint")[0] if table.FILE.exists() else ""
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(Beside, "begin", lambda _self, _app: None)
        patch.setattr(upkeep, "begin", lambda _app, _kind: None)
        instance = Path(folder) / "made" / "instance"
        build_world(instance)
        ward = Ward(apps.make(instance, Hands(world.DAY)))
        print(table.written(rows_of(answers(ward, instance, set(sys.argv[1:]))), PEOPLE, head), end="")  # noqa: T201 - its answer
        ward.close()


if __name__ == "__main__":
    main()

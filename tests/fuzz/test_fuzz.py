"""A thousand hostile requests, the same in every run: no fault, no lost word, nothing that was refused and written.

`benchmarks/fuzz.py` sends ten thousand by other seeds, with the same judge.
"""

from tests.doors.conftest import House
from tests.fuzz.firing import SHARES, fired, ranged
from tests.fuzz.rights import doors_named
from tests.fuzz.sending import Sent

SEED = 20241015
REQUESTS = 1000


def test_bad_input_finds_no_fault_and_loses_no_word(house: House):
    runs = {}
    for kind, results, seconds in fired(house, REQUESTS, SEED):
        runs[kind] = results
        print(f"{kind}, seed {SEED}, {seconds} s: {results.told()}")  # noqa: T201 - how a failure is run again
    assert {kind: sum(one.tried.values()) for kind, one in runs.items()} == {
        kind: int(REQUESTS * share) for kind, share in SHARES.items()
    }
    findings = [one.told() for results in runs.values() for one in results.findings]
    assert not findings, "\n\n".join(map(str, findings[:5]))


def test_every_door_with_a_right_of_its_own_is_there(house: House):
    """A right that no door has any more would be given to the next door of the name."""
    assert doors_named() <= set(house.ward.app.view_functions)


def test_the_judge_sees_what_is_wrong(house: House):
    """A fault, a line in the log, a lost word, a silent refusal: each is found where it was put."""

    def broken() -> str:
        raise ZeroDivisionError

    with ranged(house) as target:
        door = next(one for one in target.doors() if one.rule.endpoint == "tasks.register")
        blank = next(one for one in target.blanks(door) if "title" in one.typed)
        view = target.app.view_functions["tasks.register"]
        try:
            target.app.view_functions["tasks.register"] = broken
            target.ask(door, door.url, "test")
            target.app.view_functions["tasks.register"] = lambda: "<h1>Trang khác</h1>"
            target.send(blank, Sent([], {"title": ["Trồng cây".encode()]}), "test")
        finally:
            target.app.view_functions["tasks.register"] = view
    assert {one.what for one in target.results.findings} >= {
        "an exception",
        "typed and lost",
        "refused without a word",
    }

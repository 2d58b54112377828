"""A thousand hostile requests, the same in every run: no fault, no lost word, nothing that was refused and written.

`benchmarks/fuzz.py` sends ten thousand by other seeds, with the same judge.
"""

import pytest

from tests.doors.conftest import House
from tests.fuzz.firing import RUNS, SHARES, ranged
from tests.fuzz.sending import Sent

SEED = 20241015
REQUESTS = 1000


@pytest.mark.parametrize("kind", RUNS)
def test_bad_input_finds_no_fault_and_loses_no_word(house: House, kind: str):
    number = int(REQUESTS * SHARES[kind])
    with ranged(house) as target:
        RUNS[kind](target, number, SEED)
    print(f"{number} {kind}, seed {SEED}: {target.results.told()}")  # noqa: T201 - how a failure is run again
    assert sum(target.results.tried.values()) == number
    assert not target.results.findings, "\n\n".join(str(one.told()) for one in target.results.findings[:5])


def test_the_judge_sees_what_is_wrong(house: House):
    """A fault, a line in the log, a lost word, a silent refusal: each is found where it was put."""

    def broken() -> str:
        raise ZeroDivisionError

    with ranged(house) as target:
        door = next(one for one in target.doors() if one.rule.endpoint == "tasks.register")
        view = target.app.view_functions["tasks.register"]
        try:
            target.app.view_functions["tasks.register"] = broken
            target.ask(door, door.url, "test")
            target.app.view_functions["tasks.register"] = lambda: "<h1>Trang khác</h1>"
            target.send(door.person, door.url, Sent([], {"title": ["Trồng cây".encode()]}), "test")
        finally:
            target.app.view_functions["tasks.register"] = view
    assert {one.what for one in target.results.findings} >= {
        "an exception",
        "typed and lost",
        "refused without a word",
    }

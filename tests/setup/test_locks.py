"""The locks: every library pinned and hashed, none tied to a place, both agreeing with each other."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ("requirements.lock", "requirements-test.lock")
PIN = re.compile(r"^(?P<name>[a-z0-9-]+)==(?P<version>[^\s;]+)(?P<marker> ; [^\\]+)? \\$")
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}( \\)?$")


def pins(lock: str) -> dict[str, str]:
    found = map(PIN.match, (ROOT / lock).read_text(encoding="utf-8").splitlines())
    return {match["name"]: match["version"] for match in found if match}


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_nothing_but_pins_and_hashes(lock: str) -> None:
    lines = (ROOT / lock).read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not PIN.match(line) and not HASH.match(line)] == []
    ends = [index for index, line in enumerate(lines) if PIN.match(line) and not HASH.match(lines[index + 1])]
    assert ends == [], "each pin has a hash"


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_has_all_that_was_asked_for(lock: str) -> None:
    asked = (ROOT / lock.replace(".lock", ".in")).read_text(encoding="utf-8").splitlines()
    names = {normal(re.split(r"[~=<>\[]", line)[0]) for line in asked if line and line[0] not in "#-"}
    assert names
    assert names <= set(pins(lock))


def test_both_locks_agree() -> None:
    runtime, test = map(pins, LOCKS)
    shared = set(runtime) & set(test)
    assert shared
    assert {name: runtime[name] for name in shared} == {name: test[name] for name in shared}

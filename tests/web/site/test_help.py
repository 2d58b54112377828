"""Trợ giúp: the lines by which a state is found, for everybody, in the order in which they are asked."""

from collections.abc import Callable

import pytest

from pledges.progress.states import TaskState
from tests.support.critic import Critic
from tests.support.ward import Ward

SignIn = Callable[[str], Critic]


@pytest.mark.parametrize("who", ["officer_kp1", "leader", "clerk", "admin", "outsider", "ended", "nobody"])
def test_everybody_may_read_how_a_state_is_found(ward: Ward, sign_in: SignIn, who: str):
    page = sign_in(who).get("/tro-giup")
    assert page.h1 == "Trợ giúp"
    lines = page.table()[1:]
    assert {line[0] for line in lines} == {f"{state.sign}{state.label}" for state in TaskState}
    for line in lines:
        state = next(one for one in TaskState if line[0] == f"{one.sign}{one.label}")
        assert line[1] == state.rule


def test_every_line_of_the_rules_is_explained_in_order(ward: Ward, sign_in: SignIn):
    rules = [line[1] for line in sign_in("nobody").get("/tro-giup").table()[1:]]
    numbers = [int(rule.removeprefix("Dòng ").split(":")[0]) for rule in rules]
    assert set(numbers) == set(range(1, 8))
    assert numbers == sorted(numbers)


def test_blank_is_not_zero(ward: Ward, sign_in: SignIn):
    assert "không phải là số không" in sign_in("nobody").get("/tro-giup").text

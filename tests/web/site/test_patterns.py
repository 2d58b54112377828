"""The page of patterns: every component once, valid and complete, for everybody."""

from collections.abc import Callable

import pytest

from pledges.progress.states import TaskState
from tests.support.critic import Critic
from tests.support.page import words
from tests.support.ward import Ward

SignIn = Callable[[str], Critic]


@pytest.mark.parametrize("who", ["nobody", "leader"])
def test_every_state_is_shown_by_sign_and_word(ward: Ward, sign_in: SignIn, who: str):
    page = sign_in(who).get("/mau-giao-dien")
    assert page.h1 == "Các mẫu giao diện"
    shown = {words(one) for one in page.of_class("state")}
    assert {f"{state.sign}{state.label}" for state in TaskState} <= shown


@pytest.mark.parametrize(
    "component",
    [
        "kpi", "strip", "needs", "chart", "bars", "grid", "state-cell", "report-mark", "progress-bar-svg", "waits",
        "facts", "timeline", "note", "receipt", "empty", "filters", "cards", "data", "pager", "field", "choices",
        "error-summary", "form-actions", "table-region",
    ],
)  # fmt: skip
def test_a_component_is_there(ward: Ward, sign_in: SignIn, component: str):
    assert sign_in("nobody").get("/mau-giao-dien").of_class(component)


def test_it_holds_no_data_of_the_ward(ward: Ward, sign_in: SignIn):
    ward.task("KP1", title="Phần việc riêng của khu phố")
    assert "Phần việc riêng" not in sign_in("leader").get("/mau-giao-dien").text

"""Tables that become one card a row on a phone say of each figure what it is."""

import pytest

from tests.support.critic import SignIn
from tests.support.page import elements, words
from tests.support.ward import Ward
from tests.web.tasks.test_assignments import given


@pytest.mark.parametrize("path", ["/theo-doi/xep-hang", "/theo-doi/can-bo"])
def test_each_figure_is_named(ward: Ward, sign_in: SignIn, path: str):
    task = ward.task()
    ward.report(task, "2024-09", [30, 60])
    given(ward, task, "officer_kp1")
    page = sign_in("leader").get(path)
    (table,) = page.of_class("cards")
    heads = {words(one) for one in elements(table, "th") if one.get("scope") == "col"}
    cells = [one for one in elements(table, "td") if one.get("class")]
    assert len(cells) > len(heads) / 2
    assert {one.get("data-label") for one in cells} <= heads

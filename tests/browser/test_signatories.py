"""Signatories of a commitment change places within the page, or with it where no scripts run."""

import pytest

from tests.browser.grid import Open
from tests.support.browser import Person
from tests.support.ward import Ward


def said(person: Person, part: str) -> list[str]:
    """What the rows say, in their order."""
    fields = person.page.locator(f"[data-row-list] input[name$='-{part}']")
    return [one.input_value() for one in fields.all()]


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_row_goes_up_with_what_was_typed(ward: Ward, opened: Open, scripts: bool):
    clerk = opened("clerk", scripts=scripts)
    path = f"/cam-ket/soan/{ward.campaign.id}/{ward.unit('KP2').id}"
    ward.settle()
    clerk.go(path)
    first, second, third = said(clerk, "post")
    clerk.page.locator("[name='signatories-2-name']").fill("Bà Mặt")
    up = clerk.page.locator("[data-row-list] [data-row-up]")
    for row in (2, 1):
        if scripts:
            up.nth(row).click()
        else:
            clerk.press_in(up.nth(row))
    assert said(clerk, "post") == [third, first, second]
    assert said(clerk, "name") == ["Bà Mặt", "", ""]
    assert not up.first.is_visible(), "the first goes no further up"
    assert not clerk.page.locator("[data-row-list] [data-row-down]").last.is_visible()
    clerk.press_in(clerk.page.get_by_role("button", name="Lưu bản cam kết"))
    kept = clerk.page.locator("main").inner_text()
    assert kept.index(third) < kept.index(first) < kept.index(second)

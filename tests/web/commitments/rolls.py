"""Hands on the roll of a ceremony, for the tests of its pages."""

from pledges.commitments.ceremonies.models import Ceremony
from pledges.commitments.models import Commitment
from tests.support.critic import Critic
from tests.support.page import Page, PageForm, words


def url(held: Ceremony, what: str = "") -> str:
    return f"/cam-ket/le-ky/{held.id}{what}"


def button(page: Page, *places: int, undo: bool = False) -> PageForm:
    """The button for these places."""
    wanted = " ".join(map(str, places))
    end = "/bo-danh-dau" if undo else "/danh-dau"
    found = [
        one
        for one in page.forms
        if one.action.partition("?")[0].endswith(end) and one.fields["places"] == [wanted]
    ]
    assert len(found) == 1, [one.fields.get("places") for one in page.forms]
    return found[0]


def press(clerk: Critic, held: Ceremony, *places: int, undo: bool = False) -> Page:
    page = clerk.get(url(held))
    return clerk.follow(clerk.send_form(button(page, *places, undo=undo)))


def counts(page: Page) -> str:
    return words(page.by_id("roll-counts"))


def ids(commitment: Commitment) -> list[int]:
    return [one.id for one in commitment.signatories]

"""Forms whose typing outlives their page: kept whenever they are sent and not accepted, shown again, then forgotten.

A form opts in by `keeps`. Its page then has the macros of templates/parts/unsent.html, and static/js/autosave.js saves
it while it is typed into. One that `continues` shows what is unsent as soon as its page is opened; any other offers it.
"""

import logging
from collections.abc import Sequence
from typing import Any, cast

import wtforms
from flask import g, request
from sqlalchemy.exc import DBAPIError

from pledges.core import clock
from pledges.core.database import db
from pledges.core.forms import unsent
from pledges.core.forms.conflicts import shown_values
from pledges.core.forms.receipts import note_shown_again
from pledges.core.forms.sending import address_of_this_page, content_sent, sender_id
from pledges.core.forms.unsent import Fields, Page, Typing, UnsentForm
from pledges.core.refusal import Refused

log = logging.getLogger(__name__)


class PageField(wtforms.HiddenField):
    """Which page the form is of, sealed; what the browser sends of it counts for the endpoint of autosaving alone."""

    page: Page | None = None

    def _value(self) -> str:
        return unsent.seal(self.page) if self.page is not None else ""


class SeenField(wtforms.HiddenField):
    """The save that the form saw last, and the window that it stands in."""

    def _value(self) -> str:
        return str(unsent.read_seen(self.data)[0])


class Keeping(wtforms.Form):
    """What every form does for its typing.

    `page_name` is what lists call its page; its forms are named by their `title_field`, or by the `page_title`.
    """

    unsent_page = PageField()
    unsent_seen = SeenField()

    keeps = False
    continues = False
    page_name = ""
    title_field = ""
    page_title = ""

    unsent: UnsentForm | None = None
    """What is kept of this very form."""
    resumes = False
    """Whether the page shows what was typed before, and has just been opened."""
    begun: Sequence[UnsentForm] = ()
    """What else the person began on the same page."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        if not self.keeps:
            del self.unsent_page, self.unsent_seen

    def address(self) -> str:
        """The address that opens this form again."""
        return address_of_this_page()

    def own_address(self) -> str:
        """The address that opens this very form again, with what is kept of it, or leads to what became of it."""
        here, key = self.address(), cast("Any", self["form_key"])
        return here if self.continues else unsent.address_of(here, key.sealed)

    @property
    def shown_again(self) -> bool:
        """Whether the page answers a sending: browsers would send it once more to show it again."""
        return request.method == "POST"

    def begin_keeping(self) -> None:
        """Say which page this is, and what is kept of it."""
        if not self.keeps:
            return
        self.unsent_page.page = self._page()
        if request.method == "GET":
            self.unsent = g.pop("resumed", None)  # its own note tells of it, and not the frame
            self.resumes = self.unsent is not None
            path = self.address().partition("?")[0]
            found = db.session.scalars(unsent.of_page(sender_id(), path))
            self.begun = [row for row in found if row is not self.unsent]

    def go_on_as(self, other: "Keeping") -> None:
        """Stand for the other form: sent, this one is the end of what was kept of that."""
        self.begin_keeping()
        self["form_key"].data = other["form_key"].data
        if self.keeps:
            self.unsent, self.unsent_seen.data = other.unsent, other.unsent_seen.data

    @property
    def window(self) -> str:
        """The window that the form was sent from; empty where no scripts run."""
        return unsent.read_seen(request.form.get(unsent.SEEN))[1]

    def keep(self, key: str, *, instead_of: str | None = None) -> None:
        """Keep what was sent and not accepted; the page is shown whether that succeeds or not."""
        self.unsent = None
        if not self.keeps or not sender_id():
            return
        session = db.session()
        fields = self.typed_fields()
        seen, window = unsent.read_seen(request.form.get(unsent.SEEN))
        typing = Typing(sender_id(), key, self._page(), fields, seen, window)
        try:
            if instead_of is not None:
                unsent.forget(session, sender_id(), instead_of)
            self.unsent = unsent.save(session, typing, at=clock.now())
            note_shown_again(session, key, content_sent())
            session.commit()
            self._take_up(self.unsent)
        except (DBAPIError, Refused) as error:
            session.rollback()
            trace = error if isinstance(error, DBAPIError) else None
            log.warning("what was typed at %s is not kept: %s", request.path, error, exc_info=trace)

    def _take_up(self, row: UnsentForm | None) -> None:
        """Go on under the key of the row: another window may have taken the form's own."""
        if row is not None:
            self["form_key"].data, self.unsent_seen.data = row.key, str(row.revision)

    def typed_fields(self) -> Fields:
        """What was sent, as it is kept."""
        return unsent.worth_keeping(request.form.items(multi=True))

    def unsent_words(self) -> list[tuple[str, str]]:
        """What was typed, by question in words: to be read and copied where it can't be sent any more."""
        return [(self[name].label.text, words) for name, words in shown_values(self).items() if words]

    def _page(self) -> Page:
        return Page(self.address(), self.page_name, self.title_field, self.page_title)

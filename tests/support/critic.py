"""A person's browser that judges every answer it gets."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any
from urllib.parse import urljoin, urlsplit

from flask import session as cookie
from werkzeug.test import TestResponse

from pledges.accounts import sessions
from pledges.accounts.models import Account
from pledges.core.database import db
from tests.support import apps
from tests.support.coverage import unmeasured
from tests.support.judge import faults
from tests.support.memory import unnoticed
from tests.support.page import Page, PageForm
from tests.support.ward import Ward

REMEDY = (
    "left changes that nobody committed. The view owns the transaction: call db.session.commit() after the "
    "operation, inside `with form.act()`, before it redirects; or db.session.rollback() where nothing is to be kept."
)
REDIRECTS = frozenset({301, 302, 303, 307, 308})
MOST_TURNS = 5


class Critic:
    """One person at one browser; nobody signed in without an account."""

    def __init__(self, ward: Ward, username: str | None = None) -> None:
        self.ward = ward
        self.username = username
        self.client = ward.app.test_client()
        if username is not None:
            self._begin_session(username)

    def _begin_session(self, username: str) -> None:
        """What the sign-in page does after the password was right, without its price."""
        number = self.ward.account(username).id
        self.ward.settle()
        with unnoticed(self.ward.trail), self.ward.app.test_request_context(method="POST"):
            sessions.start(db.session.get_one(Account, number))
            db.session.commit()
            content = dict(cookie)
        with self.client.session_transaction() as kept:
            kept.update(content)

    @property
    def cookie(self) -> str:
        """The session's cookie, as a browser sends it."""
        kept = self.client.get_cookie("session")
        assert kept is not None, "no page was fetched yet"
        return f"{kept.key}={kept.value}"

    def get(self, url: str, status: int = 200, **arguments: Any) -> Page:
        """Fetch a page; its arguments go into the address."""
        return self._judged(url, status, lambda: self.client.get(url, query_string=arguments or None))

    def post(self, url: str, fields: Mapping[str, Any] | None = None, status: int | None = 302) -> Page:
        """Send these fields and nothing else: no page is fetched first, so no token goes along."""
        kind = "multipart/form-data" if _has_files(fields or {}) else "application/x-www-form-urlencoded"
        return self._judged(url, status, lambda: self.client.post(url, data=fields or {}, content_type=kind))

    def send(
        self,
        url: str,
        fields: Mapping[str, Any] | None = None,
        *,
        status: int = 302,
        follow: bool = False,
        action: str | None = None,
        button: str | None = None,
        forge: bool = False,
    ) -> Page:
        """Fetch the form's page, fill the fields in, and send it as a browser would.

        A value may be a list (several boxes), None (a box unticked, a field taken out) or (stream, name) for a
        file. `action` tells the form where a page has several, `button` the words of the button that is pressed.
        What a person can't send (a field or a choice that the page doesn't offer) is a fault of the test unless
        it means to `forge`. With `follow`, gives the page that it leads to.
        """
        page = self.get(url)
        return self.send_form(
            page.form(action), fields, status=status, follow=follow, button=button, forge=forge
        )

    def send_form(
        self,
        form: PageForm,
        fields: Mapping[str, Any] | None = None,
        *,
        status: int | None = 302,
        follow: bool = False,
        button: str | None = None,
        forge: bool = False,
    ) -> Page:
        """Fill in and send a form of a page that was fetched before; any answer is right to `status=None`."""
        filled = fill(form, fields or {}, button=button, forge=forge)
        page = self.post(form.action, filled, status=status)
        return self.follow(page) if follow else page

    def follow(self, page: Page) -> Page:
        """The page that a redirect leads to."""
        for _turn in range(MOST_TURNS):
            if page.status not in REDIRECTS:
                return page
            target = urljoin(page.url, page.location)
            page = self._judged(target, None, lambda target=target: self.client.get(target))
            assert page.status < 400, f"{target}: {page.status}. {_told(page)}"
        raise AssertionError(f"{page.url} leads in circles")

    def _judged(self, url: str, status: int | None, fetch: Any) -> Page:
        self.ward.settle()
        forgotten = self.ward.app.extensions[apps.FORGOTTEN]
        forgotten.clear()
        answer: TestResponse = fetch()
        page = Page(url, answer)
        assert not forgotten, f"{forgotten[0]} {REMEDY}"
        with unmeasured():
            found = faults(page, self.ward.app)
        assert not found, f"{answer.request.method} {url} ({page.status}):\n- " + "\n- ".join(found)
        expected = status in {None, page.status}
        assert expected, f"{answer.request.method} {url}: {page.status} instead of {status}. {_told(page)}"
        return page


SignIn = Callable[[str], Critic]
"""What the fixture `sign_in` gives: a person's browser by name."""


def _told(page: Page) -> str:
    if page.location:
        return f"It leads to {urlsplit(page.location).path}."
    return (
        f"{page.h1}. {' '.join(page.errors)}" if page.is_html else page.bytes[:200].decode(errors="replace")
    )


def fill(
    form: PageForm, fields: Mapping[str, Any], *, button: str | None = None, forge: bool = False
) -> dict[str, Any]:
    """What a browser sends of a form after these fields were filled in."""
    filled: dict[str, Any] = dict(form.fields)
    for name, value in fields.items():
        if not forge:
            assert name in form.names, f"the form has no field {name}: {sorted(form.names)}"
            _check_offered(form, name, value)
        if value is None:
            filled.pop(name, None)
        else:
            filled[name] = value
    if button is not None:
        pressed = [(name, value) for text, name, value in form.buttons if text == button]
        assert pressed, f"the form has no button {button}: {[text for text, _, _ in form.buttons]}"
        if pressed[0][0]:
            filled[pressed[0][0]] = pressed[0][1]
    return {name: _plain(value) for name, value in filled.items()}


def _check_offered(form: PageForm, name: str, value: Any) -> None:
    if name in form.offered and value is not None:
        wanted = value if isinstance(value, (list, tuple)) else [value]
        strange = [one for one in wanted if str(one) not in form.offered[name]]
        assert not strange, f"{name} offers {sorted(form.offered[name])}, not {strange}"


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return value if isinstance(value, tuple) or hasattr(value, "read") else str(value)


def _has_files(fields: Mapping[str, Any]) -> bool:
    def is_file(value: Any) -> bool:
        return isinstance(value, tuple) or hasattr(value, "read")

    values: Iterable[Any] = fields.values()
    return any(is_file(one) or (isinstance(one, list) and any(map(is_file, one))) for one in values)

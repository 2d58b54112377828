"""Thư nhắc việc hằng ngày: what waits for a person, by e-mail, once a day and only when something waits.

Nothing is open in the database while a letter travels. A day's letter is claimed before it is sent
(`accounts.notices.operations.claim_digest`), so that two processes never both write; a claim whose letter could not be
sent is given back, and the next run tries again.
"""

import logging
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from email.message import EmailMessage

from flask import current_app, render_template
from sqlalchemy.orm import Session

from pledges.access.roles import Actor
from pledges.accounts.models import Account
from pledges.accounts.notices.operations import claim_digest, give_back_digest
from pledges.accounts.notices.queries import to_be_written_to
from pledges.accounts.queries import actor_of, appointments_of
from pledges.core import clock
from pledges.core.database import db
from pledges.core.dates import format_date
from pledges.core.mail import Delivery, ServerGone, Undeliverable, delivery, letter
from pledges.core.numbers import two_digits
from pledges.core.refusal import Refused
from pledges.site import inbox
from pledges.site.waits.kinds import Wait

log = logging.getLogger(__name__)

UNSET = "Chưa đặt máy chủ thư (SMTP_URL): không gửi thư nào."
DEMO = "Kho minh họa không gửi thư."


@dataclass
class Sent:
    """What a run did: letters sent, letters that could not be written or were refused, whether the server was gone."""

    letters: int = 0
    refused: int = 0
    gone: bool = False

    @property
    def whole(self) -> bool:
        """Whether nothing is left to be tried again."""
        return not self.refused and not self.gone


@dataclass(frozen=True)
class Person:
    """Who may be written to."""

    id: int
    name: str
    address: str


@dataclass(frozen=True)
class Due:
    """A letter to be sent, and for how many things."""

    message: EmailMessage
    items: int


def send_due(day: date) -> Sent:
    """Write to everybody for whom something waits on the day, and who has not been written to.

    Raises `Refused` where no letter is ever sent. What goes wrong with a letter or the server is logged and counted.
    """
    if current_app.config["DEMO"]:
        raise Refused(DEMO)
    if current_app.config["SMTP_URL"] is None:
        raise Refused(UNSET)
    session, sent, way = db.session(), Sent(), None
    people = [Person(*row) for row in session.execute(to_be_written_to(day))]
    session.rollback()
    with ExitStack() as stack:
        for person in people:
            due = _due(session, person, day, sent)
            if due is None or not claim_digest(session, person.id, day, due.items, at=clock.now()):
                continue
            try:
                way = way or stack.enter_context(delivery(current_app.config["SMTP_URL"]))
                _hand_over(way, due, person, sent)
            except ServerGone as gone:
                log.warning("the mail server can't be reached, letters wait for the next run: %s", gone)
                sent.gone = True
            except Undeliverable as refused:
                log.warning("the mail server refuses the letter to account %s: %s", person.id, refused)
                sent.refused += 1
            else:
                continue
            give_back_digest(session, person.id, day)
            if sent.gone:
                break
    return sent


def _hand_over(way: Delivery, due: Due, person: Person, sent: Sent) -> None:
    way.send(due.message)
    sent.letters += 1
    log.info("sent account %s a letter about %s things", person.id, due.items)


def _due(session: Session, person: Person, day: date, sent: Sent) -> Due | None:
    """The letter to a person; None where nothing waits, or where it can't be written: others still get theirs."""
    try:
        with current_app.test_request_context(base_url=_base()):
            account = session.get_one(Account, person.id)
            waits = inbox.of(session, _actor(session, account, day), day)
            return _written(waits, person, day) if waits else None
    except Exception:
        log.exception("the letter to account %s can't be written", person.id)
        sent.refused += 1
        return None
    finally:
        session.rollback()


def _base() -> str:
    """A name that this server answers to: addresses are asked for as in a request."""
    names = current_app.config["TRUSTED_HOSTS"] or ["localhost"]
    return f"http://{names[0].lstrip('.')}"


def _actor(session: Session, account: Account, day: date) -> Actor:
    """The person with the posts held on the day."""
    held = session.scalars(appointments_of(account.id))
    return actor_of(account, [one for one in held if one.alive(day) and one.unit.alive(day)])


def _written(waits: list[Wait], person: Person, day: date) -> Due:
    number = inbox.count(waits)
    subject = f"{two_digits(number)} việc đang chờ đồng chí, ngày {format_date(day)}"
    shown = {
        "name": person.name,
        "day": day,
        "count": number,
        "waits": waits,
        "subject": subject,
        "address": current_app.config["PUBLIC_ADDRESS"],
    }
    message = letter(
        current_app.config["SMTP_FROM"],
        person.name,
        person.address,
        subject,
        text=render_template("site/digest.txt", **shown),
        html=render_template("site/digest.html", **shown),
        at=clock.now(),
    )
    return Due(message, number)

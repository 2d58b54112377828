"""What is done to notices: a feed is made anew or ended, a digest is claimed, wanted or not."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from pledges.access.roles import Actor
from pledges.accounts.models import Account
from pledges.accounts.notices.models import CalendarFeed, SentDigest
from pledges.accounts.notices.queries import feed_of
from pledges.accounts.notices.rules import digest_of, new_secret
from pledges.audit.operations import record
from pledges.core.refusal import Refused


def make_feed(session: Session, account: Account, *, by: Actor, at: datetime) -> str:
    """Lập (lại) địa chỉ lịch: the secret, which is never kept; an earlier address opens nothing any more."""
    secret = new_secret()
    feed = session.scalars(feed_of(account.id)).first()
    if feed is None:
        feed = CalendarFeed(account_id=account.id)
        session.add(feed)
    feed.secret_digest, feed.made_at = str(digest_of(secret)), at
    record(session, "calendar_feed.made", feed, by=by, at=at)
    return secret


def end_feed(session: Session, account: Account, *, by: Actor, at: datetime) -> None:
    """Bỏ địa chỉ lịch; raises `Refused` where there is none."""
    feed = session.scalars(feed_of(account.id)).first()
    if feed is None:
        raise Refused("Đồng chí chưa có địa chỉ lịch nào.")
    record(session, "calendar_feed.ended", feed, by=by, at=at)
    session.delete(feed)


def choose_digest(session: Session, account: Account, *, wanted: bool, by: Actor, at: datetime) -> None:
    """Nhận hoặc thôi nhận thư nhắc việc."""
    if account.wants_digest == wanted:
        return
    account.wants_digest = wanted
    before, after = {"wants_digest": not wanted}, {"wants_digest": wanted}
    record(session, "account.edited", account, by=by, at=at, before=before, after=after)


def claim_digest(session: Session, account_id: int, day: date, items: int, *, at: datetime) -> bool:
    """Take the day's digest of a person for this process, and commit; False where another took it before.

    Committed before the letter leaves: two processes never both write to a person. The price is that a program which
    dies between the two has sent nothing that day; the next day's letter says the same.
    """
    session.add(SentDigest(account_id=account_id, day=day, sent_at=at, items=items))
    try:
        session.commit()
    except IntegrityError:
        session.rollback()
        return False
    return True


def give_back_digest(session: Session, account_id: int, day: date) -> None:
    """The letter could not be sent: let the next run try again; commits."""
    session.execute(sa.delete(SentDigest).where(SentDigest.account_id == account_id, SentDigest.day == day))
    session.commit()

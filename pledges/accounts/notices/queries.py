"""Questions about digests and calendar feeds."""

from datetime import date

from sqlalchemy import Select, select

from pledges.accounts.models import Account
from pledges.accounts.notices.models import CalendarFeed, SentDigest


def to_be_written_to(day: date) -> Select[int, str, str]:
    """Who may get the day's digest and has not got it: number, name, e-mail address."""
    written = select(SentDigest.account_id).where(SentDigest.day == day)
    return (
        select(Account.id, Account.name, Account.email)
        .where(
            Account.email != "",
            Account.wants_digest.is_(True),
            Account.closed_at.is_(None),
            Account.id.not_in(written),
        )
        .order_by(Account.id)
    )


def feed_of(account_id: int) -> Select[CalendarFeed]:
    """A person's calendar feed, if there is one."""
    return select(CalendarFeed).where(CalendarFeed.account_id == account_id)


def account_behind(secret_digest: str) -> Select[Account]:
    """The account whose feed has the secret, while it may sign in at all."""
    return (
        select(Account)
        .join(CalendarFeed, CalendarFeed.account_id == Account.id)
        .where(
            CalendarFeed.secret_digest == secret_digest,
            Account.closed_at.is_(None),
        )
    )


def last_digest(account_id: int) -> Select[SentDigest]:
    """The newest digest that was sent to a person."""
    return (
        select(SentDigest).where(SentDigest.account_id == account_id).order_by(SentDigest.day.desc()).limit(1)
    )

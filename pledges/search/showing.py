"""What was found as a page shows it: title, status, unit, and where the words stand."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from pledges.access.permissions import Permission, Subject, may
from pledges.accounts.models import Account, Appointment
from pledges.accounts.queries import held_on, managed_by
from pledges.campaigns.models import Campaign
from pledges.campaigns.queries import listed as campaigns_listed
from pledges.campaigns.selection import url_in
from pledges.commitments.models import Commitment
from pledges.core import clock
from pledges.core.dates import format_date
from pledges.index.models import EntryKind
from pledges.index.queries import Fit
from pledges.index.rules import Asked, marked
from pledges.search.paper_texts import ANNEX_TITLE, COMMITMENT_TITLE, REPORT_TITLE
from pledges.search.places import Seeker
from pledges.search.rules import Group
from pledges.search.texts import grouped
from pledges.tasks.models import Indicator, Task, cooperation
from pledges.units.models import Unit
from pledges.units.queries import below

MOST_NAMES = 3
"""So many cooperating units are named where the words stand in their names."""


@dataclass(frozen=True)
class Tag:
    """A status of which only words and colour are known."""

    label: str
    tone: str


@dataclass(frozen=True)
class Hit:
    """One find: where it leads, how it stands, the names and facts beside it, and lines in which the words stand."""

    title: str
    url: str | None = None
    tag: Any = None
    names: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    phone: str = ""


def hits(session: Session, who: Seeker, asked: Asked, group: Group, fits: Sequence[Fit]) -> list[Hit]:
    """The finds in their order; one that has gone meanwhile is left out."""
    ids: dict[EntryKind, list[int]] = defaultdict(list)
    for fit in fits:
        kind = EntryKind.ACCOUNT if group is Group.PEOPLE else fit.kind
        ids[kind].append(fit.key)
    shown = {
        (kind, one): hit for kind, keys in ids.items() for one, hit in _SHOWN[kind](session, who, asked, keys)
    }
    found = [shown.get((EntryKind.ACCOUNT if group is Group.PEOPLE else fit.kind, fit.key)) for fit in fits]
    return [hit for hit in found if hit is not None]


Shown = Iterable[tuple[int, Hit]]


def _holds(text: str, asked: Asked) -> bool:
    return any(hit for _words, hit in marked(text, asked))


def _tasks(session: Session, who: Seeker, asked: Asked, ids: Sequence[int]) -> Shown:
    labels = grouped(
        session,
        select(Indicator.task_id, Indicator.label)
        .where(Indicator.task_id.in_(ids))
        .order_by(Indicator.task_id, Indicator.position),
    )
    helping = grouped(
        session,
        select(cooperation.c.task_id, Unit.name)
        .join(Unit, Unit.id == cooperation.c.unit_id)
        .where(cooperation.c.task_id.in_(ids))
        .order_by(cooperation.c.task_id, Unit.position, Unit.id),
    )
    for task, unit, campaign in session.execute(
        select(Task, Unit.name, Campaign.title)
        .join(Task.lead_unit)
        .join(Task.campaign)
        .where(Task.id.in_(ids))
    ):
        rest = asked.missing_in(f"{task.title} {unit} {task.product}")
        lines = [f"Sản phẩm: {task.product}"] if task.product else []
        lines += [f"Chỉ tiêu: {one.label}" for one in labels.get(task.id, ()) if _holds(one.label, rest)][:1]
        helpers = [one.name for one in helping.get(task.id, ()) if _holds(one.name, rest)]
        lines += [f"Phối hợp: {'; '.join(helpers[:MOST_NAMES])}"] if helpers else []
        facts = (f"hạn {format_date(task.due_on)}", *([campaign] if who.tells_campaigns_apart else []))
        url = url_for("progress.task", task_id=task.id)
        yield task.id, Hit(task.title, url, task.status, (*_numbers(task), unit), facts, tuple(lines))


def _numbers(task: Task) -> tuple[str, ...]:
    if task.number:
        return (f"Số {task.number}",)
    return (f"Đăng ký số {task.registration_number}",) if task.registration_number else ()


def _units(session: Session, who: Seeker, _asked: Asked, ids: Sequence[int]) -> Shown:
    for unit in session.scalars(select(Unit).where(Unit.id.in_(ids))):
        names = (f"{unit.short_name} ({unit.code})",)
        facts = tuple(filter(None, (unit.kind.label, unit.block)))
        tag = None if unit.alive(who.day) else Tag("Không hoạt động", "off")
        yield unit.id, Hit(unit.name, _page_of(unit, who), tag, names, facts)


def _page_of(unit: Unit, who: Seeker) -> str | None:
    """The unit's page for those of the unit and those who organise, else for who keeps units; for others none."""
    for campaign in who.campaigns:
        within = unit.path.startswith(campaign.area.path)
        if within and may(who.actor, Permission.SEE_TASK, campaign.subject_of(unit)):
            return url_in(campaign, "progress.unit", unit_id=unit.id)
    if may(who.actor, Permission.MANAGE_UNITS, Subject(unit_path=unit.path)):
        return url_for("units.unit", unit_id=unit.id)
    return None


def _people(session: Session, who: Seeker, _asked: Asked, ids: Sequence[int]) -> Shown:
    posts: dict[int, list[str]] = defaultdict(list)
    for account_id, post, unit in session.execute(
        select(Appointment.account_id, Appointment.post, Unit.name)
        .join(Appointment.unit)
        .where(Appointment.account_id.in_(ids), held_on(who.day), below({*who.directory, *who.managed}))
        .order_by(Unit.position, Appointment.id)
    ):
        posts[account_id].append(f"{post}, {unit}")
    kept = managed_by(who.actor).where(Account.id.in_(ids)).with_only_columns(Account.id).order_by(None)
    managed = set(session.scalars(kept)) if who.managed else set()
    for account in session.scalars(select(Account).where(Account.id.in_(ids))):
        yield (
            account.id,
            Hit(
                account.name,
                url_for("accounts.account", account_id=account.id) if account.id in managed else None,
                _state_of(account) if account.id in managed else None,
                tuple(dict.fromkeys(posts[account.id])),
                phone=account.phone,
            ),
        )


def _state_of(account: Account) -> Tag | None:
    if account.closed_at is not None:
        return Tag("Tài khoản đã đóng", "off")
    return Tag("Tài khoản tạm khóa", "back") if account.locked(clock.now()) else None


def _commitments(session: Session, _who: Seeker, asked: Asked, ids: Sequence[int]) -> Shown:
    statement = select(Commitment).where(Commitment.id.in_(ids))
    loaded = statement.options(joinedload(Commitment.unit), joinedload(Commitment.campaign))
    for one in session.scalars(loaded.options(joinedload(Commitment.signatories))).unique():
        signing = [person.label for person in one.signatories if _holds(person.label, asked)]
        edition = (f"lần {one.edition}",) if one.edition > 1 else ()
        yield (
            one.id,
            Hit(
                f"{COMMITMENT_TITLE}: {one.unit.name}",
                url_for("commitments.commitment", commitment_id=one.id),
                one.status,
                (),
                (*edition, one.campaign.title),
                (f"Người ký: {'; '.join(signing)}",) if signing else (),
            ),
        )


def _reports(session: Session, _who: Seeker, _asked: Asked, ids: Sequence[int]) -> Shown:
    for one in session.scalars(campaigns_listed().where(Campaign.id.in_(ids))):
        lines = (f"Kèm {ANNEX_TITLE.lower()}",)
        yield (
            one.id,
            Hit(REPORT_TITLE, url_in(one, "documents.listing"), None, (one.title, one.owner.name), (), lines),
        )


def _campaigns(session: Session, _who: Seeker, asked: Asked, ids: Sequence[int]) -> Shown:
    parts = (selectinload(Campaign.bases), selectinload(Campaign.movements))
    for one in session.scalars(campaigns_listed().options(*parts).where(Campaign.id.in_(ids))):
        facts = (f"{format_date(one.starts_on)} – {format_date(one.ends_on)}",)
        lines = [
            f"Căn cứ: {basis.type} số {basis.number}" for basis in one.bases if _holds(basis.number, asked)
        ]
        lines += [f"Cuộc vận động: {each.name}" for each in one.movements if _holds(each.name, asked)]
        url = url_for("campaigns.campaign", campaign_id=one.id)
        yield (
            one.id,
            Hit(
                one.title,
                url,
                one.status,
                (one.owner.name,),
                facts,
                tuple(lines[:1] or filter(None, [one.theme])),
            ),
        )


_SHOWN: dict[EntryKind, Callable[[Session, Seeker, Asked, Sequence[int]], Shown]] = {
    EntryKind.TASK: _tasks,
    EntryKind.UNIT: _units,
    EntryKind.ACCOUNT: _people,
    EntryKind.COMMITMENT: _commitments,
    EntryKind.REPORT: _reports,
    EntryKind.CAMPAIGN: _campaigns,
}

"""How far each unit of a campaign is with its commitment: the list of those who signed and those who haven't."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy.orm import Session

from pledges.access.permissions import Permission, may
from pledges.access.roles import Actor
from pledges.campaigns.models import Campaign
from pledges.commitments import queries
from pledges.commitments.models import Commitment
from pledges.commitments.rules import CommitmentStatus, SigningWay
from pledges.core.dates import format_date
from pledges.core.filters import ORDER, Question, Wishes, order, same
from pledges.tasks.models import Task
from pledges.tasks.rules import TaskStatus
from pledges.units.models import Unit


class Readiness(StrEnum):
    """Tình hình cam kết của một đơn vị."""

    NOT_PREPARED = "chua-soan"
    IN_PREPARATION = "dang-soan"
    WAITING = "cho-ky"
    SIGNED = "da-ky"
    NO_TASKS = "khong-co-phan-viec"

    @property
    def label(self) -> str:
        """The readiness in the office's words."""
        return {
            Readiness.NOT_PREPARED: "Chưa soạn",
            Readiness.IN_PREPARATION: "Đang soạn",
            Readiness.WAITING: "Chờ ký",
            Readiness.SIGNED: "Đã ký",
            Readiness.NO_TASKS: "Không có phần việc",
        }[self]

    @property
    def tone(self) -> str:
        """How a page colours it."""
        return {
            Readiness.NOT_PREPARED: "back",
            Readiness.IN_PREPARATION: "draft",
            Readiness.WAITING: "sent",
            Readiness.SIGNED: "good",
            Readiness.NO_TASKS: "draft",
        }[self]


_OF_STATUS = {
    CommitmentStatus.DRAFT: Readiness.IN_PREPARATION,
    CommitmentStatus.FROZEN: Readiness.WAITING,
}


@dataclass(frozen=True)
class UnitStanding:
    """One unit: its tasks, the edition in force, the one on its way, and what may be done now."""

    unit: Unit
    tasks: int
    uncommitted: int
    in_force: Commitment | None
    under_way: Commitment | None
    superseded: int
    withdrawn: tuple[Commitment, ...]
    may_prepare: bool

    @property
    def readiness(self) -> Readiness:
        """Where the unit stands: signed once an edition has every signature, whatever is prepared beside it.

        A unit without a task in the campaign's list has nothing to pledge, whatever it signed before.
        """
        if not self.tasks:
            return Readiness.NO_TASKS
        if self.in_force is not None:
            return Readiness.SIGNED
        return _OF_STATUS[self.under_way.status] if self.under_way is not None else Readiness.NOT_PREPARED

    @property
    def open(self) -> Commitment | None:
        """The edition that the unit's line leads to: the one on its way, the one in force, else the last withdrawn."""
        return self.under_way or self.in_force or next(iter(self.withdrawn), None)

    @property
    def words(self) -> str:
        """What stands beside the status: who signed how, how many are awaited, which editions there are."""
        said = []
        if self.in_force is not None:
            signed = _signed_words(self.in_force)
            said.append(signed if self.tasks else f"đã ký {signed}")
        if self.under_way is not None:
            beside = self.in_force is not None or not self.tasks
            said.append(_under_way_words(self.under_way, beside=beside))
        if self.superseded:
            said.append(f"{self.superseded} bản đã được thay")
        if self.withdrawn:
            said.append(f"{len(self.withdrawn)} bản đã thu hồi")
        if self.uncommitted and self.under_way is None and self.in_force is not None:
            said.append(f"{self.uncommitted} phần việc mới duyệt chưa vào cam kết")
        return "; ".join(said)


def _signed_words(commitment: Commitment) -> str:
    ways = Counter(one.signature.way for one in commitment.signatories if one.signature is not None)
    how = [
        f"{ways[way]} {words}"
        for way, words in ((SigningWay.PAPER, "trên giấy"), (SigningWay.IN_APP, "trong ứng dụng"))
        if ways[way]
    ]
    on = f"ngày {format_date(commitment.signed_on)}" if commitment.signed_on else ""
    edition = f"lần {commitment.edition}, " if commitment.edition > 1 else ""
    return f"{edition}{on}, {' và '.join(how)}".strip(", ")


def _under_way_words(commitment: Commitment, *, beside: bool) -> str:
    signed, all_of = signed_of(commitment)
    if commitment.status is CommitmentStatus.FROZEN:
        words = f"đã ký {signed}/{all_of}"
        if refused := sum(one.declined is not None for one in commitment.signatories):
            words += f", {refused} người từ chối ký"
        return f"lần {commitment.edition} chờ ký, {words}" if beside else words
    return f"đang soạn lần {commitment.edition}" if beside else f"{all_of} người ký"


def signed_of(commitment: Commitment) -> tuple[int, int]:
    """How many of the named signatories have signed, and how many there are."""
    return sum(one.signature is not None for one in commitment.signatories), len(commitment.signatories)


def questions(units: Iterable[UnitStanding]) -> tuple[Question, ...]:
    """What the list of units can be asked."""
    return (
        Question("tinh-hinh", "Tình hình", {kind.value: kind.label for kind in Readiness}),
        Question("khoi", "Khối", same(one.unit.block for one in units)),
        order({"": "Danh sách chính thức", "ten": "Tên đơn vị"}),
    )


def shown(units: Iterable[UnitStanding], wishes: Wishes) -> list[UnitStanding]:
    """The units that are asked for, in the order that is asked for."""
    found = [
        one
        for one in units
        if wishes.finds(one.unit.name_fold)
        and wishes["tinh-hinh"] in {"", one.readiness.value}
        and wishes["khoi"] in {"", one.unit.block}
    ]
    return sorted(found, key=lambda one: one.unit.name_sort) if wishes[ORDER] else found


def standings(session: Session, campaign: Campaign, actor: Actor) -> list[UnitStanding]:
    """Every unit that leads a registered task or has a commitment, within what the actor may know of; four queries."""
    commitments: dict[int, list[Commitment]] = defaultdict(list)
    for one in session.scalars(queries.seen_by(actor).where(Commitment.campaign_id == campaign.id)):
        commitments[one.unit_id].append(one)
    counts: dict[int, Counter[TaskStatus]] = defaultdict(Counter)
    for unit_id, status, number in session.execute(queries.task_counts(campaign.id)):
        counts[unit_id][status] = number
    units = session.scalars(queries.units_seen(actor, campaign.id))
    return [_standing(unit, campaign, actor, counts[unit.id], commitments[unit.id]) for unit in units]


def standing_of(session: Session, campaign: Campaign, unit: Unit, actor: Actor) -> UnitStanding | None:
    """How far one unit is; None where the actor may not know, or it has neither a task in the list nor a commitment."""
    if session.scalars(queries.units_seen(actor, campaign.id).where(Unit.id == unit.id)).first() is None:
        return None
    counts: Counter[TaskStatus] = Counter()
    for _unit, status, number in session.execute(
        queries.task_counts(campaign.id).where(Task.lead_unit_id == unit.id)
    ):
        counts[status] = number
    editions = session.scalars(
        queries.of_campaign(queries.seen_by(actor), campaign.id).where(Commitment.unit_id == unit.id)
    )
    return _standing(unit, campaign, actor, counts, editions)


def _standing(
    unit: Unit, campaign: Campaign, actor: Actor, counts: Counter[TaskStatus], editions: Iterable[Commitment]
) -> UnitStanding:
    editions = list(editions)
    under_way = next((one for one in editions if one.status in _OF_STATUS), None)
    fresh = counts[TaskStatus.APPROVED]
    return UnitStanding(
        unit=unit,
        tasks=counts.total(),
        uncommitted=fresh,
        in_force=next((one for one in editions if one.status is CommitmentStatus.SIGNED), None),
        under_way=under_way,
        superseded=sum(one.status is CommitmentStatus.SUPERSEDED for one in editions),
        withdrawn=tuple(one for one in editions if one.status is CommitmentStatus.WITHDRAWN),
        may_prepare=bool(fresh)
        and under_way is None
        and may(actor, Permission.PREPARE_COMMITMENT, campaign.subject_of(unit)),
    )

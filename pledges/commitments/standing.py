"""How far each unit of a campaign is with its commitment: the one rule of who signed, who has not, what is lacking."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy.orm import Session

from pledges.access.permissions import Permission, may
from pledges.access.roles import Actor
from pledges.campaigns.models import Campaign
from pledges.commitments import queries
from pledges.commitments.comparison import Renewal, to_renew
from pledges.commitments.content import sealed_content
from pledges.commitments.models import Commitment, Signatory
from pledges.commitments.readiness import UnitReadiness, readiness_of
from pledges.commitments.rules import BrokenSeal, CommitmentStatus, CopyKind, SigningWay
from pledges.commitments.standing_words import signed_words, under_way_words
from pledges.commitments.unit_tasks import UnitTasks, tasks_of_unit, tasks_of_units
from pledges.tasks.rules import TaskStatus
from pledges.units.models import Unit


class Stage(StrEnum):
    """Tình hình cam kết của một đơn vị."""

    NOT_PREPARED = "chua-soan"
    IN_PREPARATION = "dang-soan"
    WAITING = "cho-ky"
    SIGNED = "da-ky"
    NO_TASKS = "khong-co-phan-viec"

    @property
    def label(self) -> str:
        """The stage in the office's words."""
        return {
            Stage.NOT_PREPARED: "Chưa soạn",
            Stage.IN_PREPARATION: "Đang soạn",
            Stage.WAITING: "Chờ ký",
            Stage.SIGNED: "Đã ký",
            Stage.NO_TASKS: "Không có phần việc",
        }[self]

    @property
    def tone(self) -> str:
        """How a page colours it."""
        return {
            Stage.NOT_PREPARED: "back",
            Stage.IN_PREPARATION: "draft",
            Stage.WAITING: "sent",
            Stage.SIGNED: "good",
            Stage.NO_TASKS: "draft",
        }[self]


_OF_STATUS = {
    CommitmentStatus.DRAFT: Stage.IN_PREPARATION,
    CommitmentStatus.FROZEN: Stage.WAITING,
}
NOT_SIGNED = frozenset({Stage.NOT_PREPARED, Stage.IN_PREPARATION, Stage.WAITING})
"""How a unit stands whose commitment still asks for something."""


@dataclass(frozen=True)
class UnitStanding:
    """One unit: its tasks, the edition in force, the one on its way, and what may be done now.

    `renewal` says why the edition in force no longer says what is to be done; `due_on` is the day on which the unit
    is to sign.
    """

    unit: Unit
    tasks: int
    renewal: Renewal | None
    in_force: Commitment | None
    under_way: Commitment | None
    superseded: int
    withdrawn: tuple[Commitment, ...]
    lacks: UnitReadiness
    due_on: date | None
    may_prepare: bool

    @property
    def stage(self) -> Stage:
        """Where the unit stands: signed once an edition has every signature, whatever is prepared beside it.

        A unit without a task in the campaign's list has nothing to pledge, whatever it signed before.
        """
        if not self.tasks:
            return Stage.NO_TASKS
        if self.in_force is not None:
            return Stage.SIGNED
        return _OF_STATUS[self.under_way.status] if self.under_way is not None else Stage.NOT_PREPARED

    @property
    def open(self) -> Commitment | None:
        """The edition that the unit's line leads to: the one on its way, the one in force, else the last withdrawn."""
        return self.under_way or self.in_force or next(iter(self.withdrawn), None)

    @property
    def drafted(self) -> bool:
        """Whether a text is being written, which can perhaps be frozen."""
        return self.under_way is not None and self.under_way.status is CommitmentStatus.DRAFT

    @property
    def frozen(self) -> bool:
        """Whether there is a text that is signed or can be."""
        return self.in_force is not None or (self.under_way is not None and not self.drafted)

    @property
    def waits(self) -> bool:
        """Whether something is to be signed, or made ready for it: what a deadline is for."""
        return self.stage in NOT_SIGNED or (self.under_way is not None and bool(self.tasks))

    @property
    def awaited(self) -> tuple[Signatory, ...]:
        """Who has not signed the text that waits to be signed."""
        if self.under_way is None or self.under_way.status is not CommitmentStatus.FROZEN:
            return ()
        return tuple(one for one in self.under_way.signatories if one.signature is None)

    @property
    def needs_renewal(self) -> bool:
        """Whether the edition in force no longer says what is to be done, and no new one can be signed yet."""
        return self.renewal is not None and (self.under_way is None or self.drafted)

    @property
    def renewing(self) -> bool:
        """Whether the unit counts as signed, and a new edition waits for its signatures."""
        return self.stage is Stage.SIGNED and self.under_way is not None and not self.drafted

    @property
    def ways(self) -> Counter[SigningWay]:
        """How the edition in force, or the one on its way, was signed so far: the number of signatures by their way."""
        shown = self.in_force or self.under_way
        places = shown.signatories if shown is not None else ()
        return Counter(one.signature.way for one in places if one.signature is not None)

    @property
    def unscanned(self) -> bool:
        """Whether something was signed on paper, and no scan of that paper is filed."""
        return any(
            one is not None and _on_paper(one) and not _scanned(one)
            for one in (self.in_force, self.under_way)
        )

    @property
    def words(self) -> str:
        """What stands beside the status: who signed how, how many are awaited, which editions there are."""
        said = []
        if self.in_force is not None:
            signed = signed_words(self.in_force)
            said.append(signed if self.tasks else f"đã ký {signed}")
        if self.under_way is not None:
            beside = self.in_force is not None or not self.tasks
            given = signed_of(self.under_way)
            said.append(under_way_words(self.under_way, given, beside=beside, renewing=self.renewing))
        if self.superseded:
            said.append(f"{self.superseded} bản đã được thay")
        if self.withdrawn:
            said.append(f"{len(self.withdrawn)} bản đã thu hồi")
        if self.renewal is not None and self.needs_renewal:
            said.append(f"cần ký lại: {self.renewal.words}")
        return "; ".join(said)

    def days_left(self, today: date) -> int | None:
        """How many days there are until it is to be signed, less than none when it is overdue; None where no day is."""
        return (self.due_on - today).days if self.due_on is not None and self.waits else None


def _on_paper(commitment: Commitment) -> bool:
    return any(
        one.signature is not None and one.signature.way is SigningWay.PAPER for one in commitment.signatories
    )


def _scanned(commitment: Commitment) -> bool:
    return any(copy.kind is CopyKind.SCAN and copy.aside_at is None for copy in commitment.filed)


def signed_of(commitment: Commitment) -> tuple[int, int]:
    """How many of the named signatories have signed, and how many there are."""
    return sum(one.signature is not None for one in commitment.signatories), len(commitment.signatories)


def standings(session: Session, campaign: Campaign, actor: Actor) -> list[UnitStanding]:
    """Every unit that leads a registered task or has a commitment, within what the actor may know of.

    A fixed number of queries, however many units there are.
    """
    commitments: dict[int, list[Commitment]] = defaultdict(list)
    for one in session.scalars(queries.of_campaign(queries.seen_by(actor), campaign.id)):
        commitments[one.unit_id].append(one)
    tasks = tasks_of_units(session, campaign.id)
    renewals = _renewals(session, [one for of_unit in commitments.values() for one in of_unit])
    return [
        _standing(unit, campaign, actor, tasks[unit.id], commitments[unit.id], renewals.get(unit.id))
        for unit in session.scalars(queries.units_seen(actor, campaign.id))
    ]


def standing_of(session: Session, campaign: Campaign, unit: Unit, actor: Actor) -> UnitStanding | None:
    """How far one unit is; None where the actor may not know, or it has neither a task in the list nor a commitment."""
    if session.scalars(queries.units_seen(actor, campaign.id).where(Unit.id == unit.id)).first() is None:
        return None
    tasks = tasks_of_unit(session, campaign.id, unit.id)
    asked = queries.of_campaign(queries.seen_by(actor), campaign.id).where(Commitment.unit_id == unit.id)
    editions = list(session.scalars(asked))
    return _standing(unit, campaign, actor, tasks, editions, _renewals(session, editions).get(unit.id))


def _renewals(session: Session, editions: Sequence[Commitment]) -> dict[int, Renewal]:
    """By unit, why it signs again. Of a text that lost its seal nothing can be said; its own page says that it did."""
    signed = [one for one in editions if one.status is CommitmentStatus.SIGNED and _sealed(one)]
    return to_renew(session, signed)


def _sealed(commitment: Commitment) -> bool:
    try:
        return bool(sealed_content(commitment))
    except BrokenSeal:
        return False


def _standing(
    unit: Unit,
    campaign: Campaign,
    actor: Actor,
    tasks: UnitTasks,
    editions: Sequence[Commitment],
    renewal: Renewal | None,
) -> UnitStanding:
    under_way = next((one for one in editions if one.status in _OF_STATUS), None)
    in_force = next((one for one in editions if one.status is CommitmentStatus.SIGNED), None)
    to_pledge = bool(tasks.counts[TaskStatus.APPROVED]) if in_force is None else renewal is not None
    return UnitStanding(
        unit=unit,
        tasks=tasks.registered,
        renewal=renewal,
        in_force=in_force,
        under_way=under_way,
        superseded=sum(one.status is CommitmentStatus.SUPERSEDED for one in editions),
        withdrawn=tuple(one for one in editions if one.status is CommitmentStatus.WITHDRAWN),
        lacks=readiness_of(campaign, unit, under_way, tasks),
        due_on=_due_on(campaign, under_way),
        may_prepare=to_pledge
        and under_way is None
        and may(actor, Permission.PREPARE_COMMITMENT, campaign.subject_of(unit)),
    )


def _due_on(campaign: Campaign, under_way: Commitment | None) -> date | None:
    """The day that the commitment is dated at, else the day of the launch."""
    dated_on = under_way.dated_on if under_way is not None else None
    return dated_on or campaign.launched_on

"""A world made at random, beside the small one: units, people, campaigns, tasks, reports and commitments."""

import random
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from pledges.access.roles import Actor, Holding, Role
from pledges.accounts.authorisations.models import Authorisation
from pledges.accounts.authorisations.rules import Capacity
from pledges.accounts.models import Account
from pledges.campaigns.models import Campaign
from pledges.campaigns.rules import CampaignKind
from pledges.commitments.models import Commitment, Decline, Signatory, Signature
from pledges.commitments.rules import SigningWay
from pledges.progress.calendar import ReportEventKind
from pledges.progress.models import Period, Report, ReportEvent, ReportRound, RoundWriter
from pledges.tasks.models import Indicator, Task, TaskEvent
from pledges.tasks.rules import TaskEventKind, TaskStatus
from pledges.units.models import Unit
from pledges.units.rules import DocumentStyle, UnitKind
from tests.support.ward import Ward
from tests.support.world import MADE_AT

PEOPLE, UNITS, CAMPAIGNS, TASKS = 30, 16, 4, 50
FIRST_PERSON = 1000


@dataclass
class Chance:
    """A world made at random, beside the small one."""

    dice: random.Random
    session: Session
    actors: list[Actor]

    def someone(self) -> int:
        return self.dice.choice(self.actors).account_id

    def event(self, kind: Any, model: Any, by: int | None = None) -> Any:
        number = self.someone() if by is None else by
        return model(kind=kind, at=MADE_AT, by_id=number, by_name="Ai đó", by_post="", reason="vì thế")


def make_units(session: Session, dice: random.Random) -> list[Unit]:
    made: list[Unit] = []
    for number in range(UNITS):
        parent = dice.choice(made) if made and dice.random() < 0.9 else None
        unit = Unit(
            code=f"R{number}", name=f"Đơn vị {number}", short_name=f"R{number}", kind=UnitKind.OFFICE,
            document_style=DocumentStyle.STATE, position=number, parent=parent,
        )  # fmt: skip
        session.add(unit)
        session.flush()
        unit.path = f"{parent.path if parent else '/'}{unit.id}/"
        made.append(unit)
    return made


def make_actors(made: list[Unit], dice: random.Random) -> list[Actor]:
    roles = list(Role)
    return [
        Actor(
            FIRST_PERSON + number,
            f"Người {number}",
            tuple(
                Holding(dice.choice(roles), unit.id, unit.path, "")
                for unit in dice.sample(made, dice.choice([0, 1, 1, 2, 3]))
            ),
        )
        for number in range(PEOPLE)
    ]


def make_campaign(chance: Chance, number: int, made: list[Unit]) -> Campaign:
    owner = chance.dice.choice(made[UNITS // 2 :])
    area = owner.parent if owner.parent and chance.dice.random() < 0.5 else owner
    campaign = Campaign(
        code=f"R{number}", title=f"Phong trào {number}", kind=CampaignKind.REGULAR, owner=owner, area=area,
        starts_on=date(2024, 1, 1), ends_on=date(2024, 12, 31),
    )  # fmt: skip
    chance.session.add(campaign)
    chance.session.add(
        Period(
            campaign=campaign, start_on=date(2024, 4, 1), end_on=date(2024, 4, 30), due_on=date(2024, 4, 25)
        )
    )
    return campaign


def make_task(chance: Chance, campaign: Campaign, made: list[Unit], number: int) -> Task:
    status = chance.dice.choice([TaskStatus.DRAFT, TaskStatus.SUBMITTED, TaskStatus.APPROVED])
    task = Task(
        campaign=campaign, lead_unit=chance.dice.choice(made), title=f"Việc {number}",
        start_on=date(2024, 4, 1), due_on=date(2024, 12, 1), status=status,
        number=number if status is TaskStatus.APPROVED else None,
        registration_number=number if status is not TaskStatus.DRAFT else None,
        entered_by_id=chance.someone(), entered_by_name="Ai đó", entered_at=MADE_AT,
        cooperating=chance.dice.sample(made, chance.dice.choice([0, 0, 1, 3])),
        indicators=[Indicator(position=1, label="Cây", measure="cây", target=Decimal(3))],
        events=[chance.event(TaskEventKind.DRAFTED, TaskEvent), chance.event(TaskEventKind.EDITED, TaskEvent)],
    )  # fmt: skip
    if status is not TaskStatus.DRAFT:
        task.events.append(chance.event(TaskEventKind.SUBMITTED, TaskEvent))
    chance.session.add(task)
    return task


def make_report(chance: Chance, task: Task, period: Period) -> None:
    report = Report(task=task, period=period, created_at=MADE_AT)
    rounds = chance.dice.choice([1, 2, 3])
    for number in range(1, rounds + 1):
        one = ReportRound(number=number, entered_by_id=chance.someone(), entered_at=MADE_AT)
        one.writers = [RoundWriter(account_id=by) for by in {chance.someone(), chance.someone()}]
        steps = [ReportEventKind.SUBMITTED, ReportEventKind.RETURNED]
        if number == rounds:
            steps = chance.dice.choice(
                [[], steps[:1], steps[:1], steps, [steps[0], ReportEventKind.ACCEPTED]]
            )
        one.events = [chance.event(kind, ReportEvent) for kind in steps]
        report.rounds.append(one)
    report.waits_since = MADE_AT if report.rounds[-1].waits else None
    chance.session.add(report)


def make_accounts(chance: Chance) -> None:
    """Those who sign have accounts."""
    for actor in chance.actors:
        chance.session.add(
            Account(
                id=actor.account_id, username=f"r{actor.account_id}", name=actor.name, password_hash="",
                created_at=MADE_AT,
            )
        )  # fmt: skip
    chance.session.flush()


def make_signatory(chance: Chance, unit: Unit, position: int) -> Signatory:
    """Somebody or a place without an account; signed, by the own hand or a deputy's, refused, undone, or waiting."""
    account_id = chance.dice.choice([None, chance.someone()])
    made = Signatory(position=position, name="Ai đó", post="Khu trưởng", account_id=account_id)
    done = chance.dice.choice(["waits", "refused", "signed", "signed", "undone"])
    if done == "refused":
        made.declines.append(
            Decline(reason="vì thế", at=MADE_AT, by_id=chance.someone(), by_name="Ai đó", by_post="")
        )
    elif done != "waits":
        signature = Signature(
            signatory=made, way=SigningWay.IN_APP, signed_on=date(2024, 4, 1), digest="0" * 64, at=MADE_AT,
            by_id=chance.someone(), by_name="Ai đó", by_post="",
        )  # fmt: skip
        if chance.dice.random() < 0.5:
            signature.capacity, signature.authorisation = Capacity.FOR_HEAD, make_authorisation(chance, unit)
        if done == "undone":
            signature.undone_at, signature.undone_because = MADE_AT, "nhầm"
    return made


def make_authorisation(chance: Chance, unit: Unit) -> Authorisation:
    return Authorisation(
        unit=unit, principal_post="Khu trưởng", account_id=chance.someone(), post="Khu phó",
        capacity=Capacity.FOR_HEAD, paper="Quyết định số 1", valid_from=date(2024, 1, 1),
        valid_to=date(2024, 12, 31), recorded_at=MADE_AT, recorded_by_id=1, recorded_by_name="Ai đó",
    )  # fmt: skip


def make_world(ward: Ward, dice: random.Random) -> Chance:
    made = make_units(ward.session, dice)
    chance = Chance(dice, ward.session, make_actors(made, dice))
    make_accounts(chance)
    held = [make_campaign(chance, number, made) for number in range(CAMPAIGNS)]
    all_tasks = [make_task(chance, dice.choice(held), made, number) for number in range(1, TASKS + 1)]
    ward.session.flush()
    for task in all_tasks:
        if task.status is TaskStatus.APPROVED:
            period = ward.session.query(Period).filter_by(campaign_id=task.campaign_id).one()
            make_report(chance, task, period)
    for campaign in held:
        for unit in dice.sample(made, 4):
            author = {"prepared_by_id": chance.someone(), "prepared_at": MADE_AT}
            commitment = Commitment(campaign=campaign, unit=unit, **author)
            commitment.signatories = [make_signatory(chance, unit, position) for position in (1, 2)]
            ward.session.add(commitment)
    ward.session.commit()
    return chance

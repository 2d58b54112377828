"""The forms to report on paper: of one unit, of all that still owe a report, and blank."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from pledges.access.roles import Actor
from pledges.campaigns.models import Campaign
from pledges.core.among import among
from pledges.core.dates import format_date
from pledges.core.numbers import format_number, two_digits
from pledges.documents.headings import place_of
from pledges.documents.sheets.pack import Bound, Pack
from pledges.documents.sheets.paper import Foot, Heading, Style
from pledges.documents.sheets.report_form import SPACE_TO_NAME, FormLine, FormTask, ReportFormSheet
from pledges.documents.sheets.wording import office_lines
from pledges.documents.signing_roll import FREE_DATE
from pledges.progress import reading
from pledges.progress.calendar import ReportStatus
from pledges.progress.codes import row_code
from pledges.progress.ledger import Ledger, PeriodFacts
from pledges.progress.models import Period
from pledges.progress.proofs.queries import rules_of
from pledges.progress.proofs.rules import wanted
from pledges.progress.rules import IndicatorPlan
from pledges.tasks.models import Task
from pledges.tasks.queries import registered, seen_by
from pledges.tasks.rules import Direction
from pledges.units.models import Unit

NO_FIGURE = "chưa có"
BLANK_TASKS, BLANK_LINES = 2, 2
"""So many tasks stand on a blank form, with so many lines each."""
_SENT = frozenset({ReportStatus.SUBMITTED, ReportStatus.ACCEPTED})


@dataclass(frozen=True)
class Owed:
    """What a unit reports on in a period: the tasks whose report is to be written, and those that were sent."""

    unit: Unit
    tasks: tuple[Task, ...]
    sent: tuple[Task, ...]


@dataclass(frozen=True)
class Forms:
    """The forms of a period that are still to be filled, and what their figures come from."""

    campaign: Campaign
    period: Period
    ledger: Ledger
    owed: tuple[Owed, ...]

    def only(self, unit_ids: Collection[int]) -> "Forms":
        """Those of some units."""
        return replace(self, owed=tuple(one for one in self.owed if one.unit.id in unit_ids))


def form_of(
    session: Session, campaign: Campaign, unit: Unit, period: Period, actor: Actor, today: date
) -> ReportFormSheet:
    """The form of one unit for a period, filled in with what is known; raises nothing where nothing is owed."""
    ledger = reading.of_unit(session, campaign.id, unit.id, actor)
    owed = _owed(session, campaign, period, ledger, actor, today).get(unit.id, Owed(unit, (), ()))
    return _sheets(session, campaign, period, ledger, [owed], today)[0]


def pack_of(session: Session, campaign: Campaign, period: Period, actor: Actor, today: date) -> Pack | None:
    """The forms of all units that have still to report on something, in the order of the official list."""
    forms = owed_in(session, campaign, period, actor, today)
    if not forms.owed:
        return None
    return Pack(
        name=f"Phiếu báo cáo tiến độ {period.label} - {campaign.title}",
        author=campaign.owner.name,
        papers=tuple(forms_of(session, forms, today)),
    )


def owed_in(session: Session, campaign: Campaign, period: Period, actor: Actor, today: date) -> Forms:
    """What each unit has still to report on in a period, in the order of the official list."""
    ledger = reading.of_campaign(session, campaign.id, actor)
    owed = [one for one in _owed(session, campaign, period, ledger, actor, today).values() if one.tasks]
    owed.sort(key=lambda one: (one.unit.position, one.unit.id))
    return Forms(campaign, period, ledger, tuple(owed))


def forms_of(session: Session, forms: Forms, today: date) -> Iterator[Bound]:
    """The form of each unit, bookmarked with its name."""
    sheets = _sheets(session, forms.campaign, forms.period, forms.ledger, forms.owed, today)
    for one, sheet in zip(forms.owed, sheets, strict=True):
        yield Bound(one.unit.name, sheet)


def blank_form(
    campaign: Campaign, today: date, unit: Unit | None = None, period: Period | None = None
) -> ReportFormSheet:
    """The form with nothing filled in, but for the unit and the period where they are known."""
    empty = FormLine("", "", "", "", "")
    return ReportFormSheet(
        heading=_heading(campaign, unit, today),
        abstract=f"Kỳ báo cáo {period.label if period else '……………………'}\n{campaign.title}",
        opening=(f"Đơn vị: {unit.name if unit else SPACE_TO_NAME}",),
        tasks=(FormTask("Phần việc số ……", SPACE_TO_NAME, (empty,) * BLANK_LINES),) * BLANK_TASKS,
        post=(unit.head_position if unit else "") or "Thủ trưởng đơn vị",
        foot=Foot(illustrative=campaign.illustrative),
    )


def _owed(
    session: Session, campaign: Campaign, period: Period, ledger: Ledger, actor: Actor, today: date
) -> dict[int, Owed]:
    facts = next(one for one in ledger.periods if one.id == period.id)
    led = registered(seen_by(actor)).where(Task.campaign_id == campaign.id, among(Task.id, ledger.tasks))
    found: dict[int, list[Task]] = defaultdict(list)
    for task in session.scalars(led):
        if ledger.expected(task.id, facts, today):
            found[task.lead_unit_id].append(task)
    return {
        unit_id: Owed(
            tasks[0].lead_unit,
            tuple(task for task in tasks if not _sent(ledger, task, facts, today)),
            tuple(task for task in tasks if _sent(ledger, task, facts, today)),
        )
        for unit_id, tasks in found.items()
    }


def _sent(ledger: Ledger, task: Task, period: PeriodFacts, today: date) -> bool:
    return ledger.report_status(task.id, period, today) in _SENT


def _sheets(
    session: Session,
    campaign: Campaign,
    period: Period,
    ledger: Ledger,
    owed: Iterable[Owed],
    today: date,
) -> list[ReportFormSheet]:
    owed = list(owed)
    asked: Mapping[int, list[str]] = defaultdict(list)
    for rule in session.scalars(rules_of(task.id for one in owed for task in one.tasks)):
        asked[rule.task_id].extend(wanted([rule]))
    return [
        ReportFormSheet(
            heading=_heading(campaign, one.unit, today),
            abstract=f"Kỳ báo cáo {period.label}\n{campaign.title}",
            opening=tuple(_opening(one, period)),
            tasks=tuple(_task(task, ledger, period, asked[task.id], today) for task in one.tasks),
            post=one.unit.head_position or "Thủ trưởng đơn vị",
            foot=Foot(
                illustrative=campaign.illustrative,
                as_of=f"{one.unit.name}, {period.label} · Số liệu trước kỳ tính đến ngày {format_date(today)}",
            ),
        )
        for one in owed
    ]


def _heading(campaign: Campaign, unit: Unit | None, today: date) -> Heading:
    """As on what a unit signs: the unit below the body that it belongs to."""
    above = unit.parent.name if unit is not None and unit.parent is not None else campaign.area.name
    return Heading(
        style=Style.STATE,
        issuer=office_lines(unit.name) if unit is not None else ("……………………………",),
        superior=office_lines(above),
        place_and_date=f"{place_of(campaign)}, {FREE_DATE}",
        ruled_on=today,
    )


def _opening(one: Owed, period: Period) -> Iterable[str]:
    due = f"Hạn nộp: ngày {format_date(period.due_on)}"
    if period.grace_until > period.due_on:
        due += f", còn đúng hạn đến hết ngày {format_date(period.grace_until)}"
    yield f"Đơn vị: {one.unit.name}. {due}."
    if one.sent:
        numbers = ", ".join(two_digits(task.number or 0) for task in one.sent)
        yield f"Đã gửi báo cáo kỳ này, không ghi vào phiếu: phần việc số {numbers}."


def _task(task: Task, ledger: Ledger, period: Period, asked: list[str], today: date) -> FormTask:
    accepted = ledger.values_before(task.id, period.start_on, today, submitted=False)
    sent = ledger.values_before(task.id, period.start_on, today)
    plans = ledger.tasks[task.id].plan.indicators
    return FormTask(
        name=f"Phần việc số {two_digits(task.number or 0)}",
        title=f"{task.title} (hạn {format_date(task.due_on)})",
        lines=tuple(
            _line(row_code(task.number, place), plan, _before(value, said), period)
            for place, (plan, value, said) in enumerate(zip(plans, accepted, sent, strict=True), start=1)
        ),
        wanted="; ".join(asked),
    )


def _before(accepted: Decimal | None, sent: Decimal | None) -> str:
    """The figure that counts everywhere, and the one that was sent and still waits to be accepted."""
    counted = NO_FIGURE if accepted is None else format_number(accepted)
    return counted if sent in {None, accepted} else f"{counted}\nchờ duyệt: {format_number(sent)}"


def _line(code: str, plan: IndicatorPlan, before: str, period: Period) -> FormLine:
    at_most = "không quá " if plan.direction is Direction.DOWN else ""
    how = "thêm trong kỳ" if plan.accumulates else "đến cuối kỳ"
    if plan.measured_from is not None and plan.measured_from > period.end_on:
        how = f"đo được từ ngày {format_date(plan.measured_from)}, để trống"
    return FormLine(
        code=code,
        label=plan.label,
        how=how,
        target=f"{at_most}{format_number(plan.target)} {plan.measure}",
        before=before,
    )

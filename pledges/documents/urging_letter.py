"""Công văn đôn đốc: which units are late with what, and until when it is asked for; as the list of calls says it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy.orm import Session

from pledges.access.roles import Actor
from pledges.campaigns.models import Campaign
from pledges.core.dates import format_date
from pledges.core.numbers import two_digits
from pledges.core.refusal import Refused
from pledges.documents.bases import basis_line
from pledges.documents.calls.late import owing_units
from pledges.documents.calls.rules import LateItem, LateKind, LateUnit
from pledges.documents.drafting.rules import Scope
from pledges.documents.headings import archive_of, letter_heading, signature_of
from pledges.documents.rules import PaperKind
from pledges.documents.sheets.calls import stacked
from pledges.documents.sheets.draft import Filled, Piece, Slot
from pledges.documents.sheets.paper import (
    Align,
    Closing,
    Column,
    Foot,
    Paragraph,
    Recipients,
    Row,
    SigningSide,
    Table,
    Title,
)
from pledges.documents.sheets.wording import listed

WORKING_DAYS = 3
"""So many working days a unit is given from the day of the letter; a clerk may write another day instead."""
SATURDAY = 5
NOBODY = "Đến ngày {} không có đơn vị nào chậm trong phạm vi này nên không có gì để đôn đốc."
NOTHING = "Không có nội dung nào còn thiếu."
COLUMNS = (
    Column("STT", 10, Align.CENTRE),
    Column("Đơn vị", 37),
    Column("Nội dung còn thiếu", 73),
    Column("Thời hạn", 24, Align.CENTRE),
    Column("Quá hạn (ngày)", 21, Align.CENTRE),
)
ADDRESSED = 8
"""So many units are named after "Kính gửi"; more of them are addressed together, and named in the table."""
TOGETHER = "Các đơn vị có tên trong danh sách dưới đây"


@dataclass(frozen=True)
class Owing:
    """Đơn vị còn chậm: its place in the list of units, and each thing it lacks with its day."""

    id: int
    name: str
    block: str
    position: int
    lacks: list[tuple[str, date, str]] = field(default_factory=list)


def filled(
    session: Session, campaign: Campaign, _kind: PaperKind, scope: Scope, actor: Actor, today: date
) -> Filled:
    """The letter as the figures alone would write it, to all units that were late on the scope's day.

    Of a period it speaks of that period's reports alone. A fixed number of queries, whatever is late. Raises `Refused`
    where no unit is late: there is nobody to write to.
    """
    found = [one for one in _owing(session, campaign, scope, actor) if _in(one, scope)]
    if not found:
        raise Refused(NOBODY.format(format_date(scope.as_of)))
    heading = letter_heading(campaign, today)
    return Filled(
        heading=heading,
        title=Title("", f"đôn đốc báo cáo, thực hiện phần việc thi đua{scope.when}"),
        addressees=_addressees(found),
        slots=tuple(_slots(campaign, found, scope, today)),
        closing=Closing(
            SigningSide((signature_of(campaign.owner),)),
            Recipients(listed(("Như trên", archive_of(campaign.owner)), lead="- ")),
        ),
        foot=Foot(illustrative=campaign.illustrative, as_of=f"Tình hình đến ngày {format_date(scope.as_of)}"),
    )


def _owing(session: Session, campaign: Campaign, scope: Scope, actor: Actor) -> list[Owing]:
    """The units that are late, in the order of the official list: those that the list of calls names."""
    period_id = scope.period.id if scope.period is not None else None
    late = owing_units(session, campaign, actor, scope.as_of, period_id)
    return [_owing_of(one) for one in late if one.late]


def _owing_of(unit: LateUnit) -> Owing:
    lacks = [(_words(item), item.day, _deadline(item)) for item in unit.items if item.kind.late]
    return Owing(unit.unit_id, unit.name, unit.block, unit.position, lacks)


def _words(item: LateItem) -> str:
    if item.kind is LateKind.TASK:
        (task,) = item.tasks
        return f"Phần việc số {task.number}, {task.title}: {item.note}"
    numbers = item.numbers
    said = f"{item.what.rstrip(' .;')}{f' (phần việc số {numbers})' if numbers else ''}"
    if item.kind is LateKind.RETURNED:
        return f"{said}: đã trả lại để bổ sung, chưa gửi lại"
    return f"{said} ({item.note})" if item.note else said


def _deadline(item: LateItem) -> str:
    day = format_date(item.day)
    return f"trả lại {day}" if item.kind is LateKind.RETURNED else day


def _in(one: Owing, scope: Scope) -> bool:
    if scope.unit is not None:
        return one.id == scope.unit.id
    return not scope.block or one.block == scope.block


def _addressees(found: Sequence[Owing]) -> tuple[str, ...]:
    return tuple(one.name for one in found) if len(found) <= ADDRESSED else (TOGETHER,)


def _slots(campaign: Campaign, found: Sequence[Owing], scope: Scope, today: date) -> Iterator[Slot]:
    yield Slot(key="opening", title="Mở đầu", pieces=(Piece("opening", _opening(campaign, found, scope)),))
    whose = " của từng đơn vị" if len(found) > 1 else ""
    lead = f"Nội dung còn thiếu{whose} như sau:"
    table = _table(found, scope.as_of)
    pieces = (Piece("lead", Paragraph(lead)), Piece("late", table))
    yield Slot(key="late", title="Đơn vị, nội dung còn chậm", pieces=pieces)
    yield Slot(key="request", title="Đề nghị", pieces=tuple(_requests(campaign, found, today)))


def _opening(campaign: Campaign, found: Sequence[Owing], scope: Scope) -> Paragraph:
    title = campaign.title[:1].lower() + campaign.title[1:]
    plan = next((basis_line(one.__dict__) for one in campaign.bases if one.type == "Kế hoạch"), "")
    begin = f"Thực hiện {plan.removeprefix('Căn cứ ').rstrip(' .;')}" if plan else f"Thực hiện {title}"
    day = format_date(scope.as_of)
    who = f"còn {two_digits(len(found))} đơn vị" if len(found) > 1 else found[0].name
    return Paragraph(
        f"{begin}, đến hết ngày {day} {who} chưa hoàn thành nội dung đến hạn"
        f"{scope.when and f' của kỳ{scope.when}'}."
    )


def _table(found: Iterable[Owing], as_of: date) -> Table:
    rows = []
    for at, one in enumerate(found, start=1):
        words, days, deadlines = zip(*one.lacks, strict=True)
        late = [str((as_of - day).days) for day in days]
        rows.append(Row((str(at), one.name, stacked(words), stacked(deadlines), stacked(late))))
    return Table(columns=COLUMNS, rows=tuple(rows), when_empty=NOTHING)


def _requests(campaign: Campaign, found: Sequence[Owing], today: date) -> Iterator[Piece]:
    until = format_date(_working_day(today, WORKING_DAYS))
    several = len(found) > 1
    who = "các đơn vị có tên trên" if several else found[0].name
    yield Piece(
        "until",
        Paragraph(
            f"{campaign.owner.name} đề nghị {who} hoàn thành, gửi báo cáo trước ngày {until}; "
            "đơn vị còn khó khăn, vướng mắc thì nêu rõ nguyên nhân, kiến nghị và thời gian hoàn thành."
        ),
    )
    yield Piece(
        "closing", Paragraph(f"Đề nghị thủ trưởng {'các ' * several}đơn vị quan tâm, chỉ đạo thực hiện.")
    )


def _working_day(day: date, ahead: int) -> date:
    """The day so many working days ahead; public holidays are not known here."""
    while ahead:
        day += timedelta(days=1)
        ahead -= day.weekday() < SATURDAY
    return day

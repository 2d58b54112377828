"""The sheet of a progress report, from the campaign's board: page and paper say the same figures by construction."""

from collections.abc import Iterable, Sequence
from datetime import date

from pledges.campaigns.models import Campaign
from pledges.core.dates import format_date, long_date
from pledges.documents.bases import basis_line
from pledges.documents.headings import archive_of, heading_of, signature_of
from pledges.documents.report_prose import Prose
from pledges.documents.sheets.paper import Foot, Heading, SigningSide
from pledges.documents.sheets.report import GroupResult, GroupResults, ProgressReportSheet
from pledges.documents.task_lines import restated_lines, task_groups
from pledges.overview.board import Board
from pledges.overview.rules import Group, Row
from pledges.progress.obstacles.models import Obstacle
from pledges.progress.states import TaskState
from pledges.units.models import Unit

COLUMNS: tuple[tuple[str, tuple[TaskState, ...]], ...] = (
    ("Hoàn thành", (TaskState.EXCEEDED, TaskState.DONE, TaskState.DONE_LATE)),
    ("Đúng tiến độ", (TaskState.ON_TRACK,)),
    ("Có nguy cơ", (TaskState.AT_RISK,)),
    ("Chậm", (TaskState.BEHIND,)),
    ("Quá hạn", (TaskState.OVERDUE,)),
    ("Không báo cáo", (TaskState.SILENT,)),
    ("Chưa bắt đầu, chưa đo", (TaskState.NOT_STARTED, TaskState.NOT_MEASURABLE)),
)
"""The columns of the table by block: every state of a task that isn't cancelled stands in one of them."""


def sheet_of(
    campaign: Campaign, board: Board, today: date, decided: Sequence[Obstacle] = ()
) -> ProgressReportSheet:
    """The report as of the board's day, not yet issued: its number is left to the clerk.

    `decided` are the obstacles on which leaders had decided by that day.
    """
    prose = Prose(campaign, board, decided)
    heading = heading_of(campaign, today, kind="BC")
    above = (basis.issuer for basis in campaign.bases if basis.issuer and basis.issuer != campaign.owner.name)
    addressees = tuple(dict.fromkeys(above))
    return ProgressReportSheet(
        heading=heading,
        abstract=f"Kết quả thực hiện {_inside(campaign.title)}",
        addressees=addressees,
        bases=tuple(basis_line(basis.__dict__) for basis in campaign.bases),
        opening=prose.opening(),
        guidance=prose.guidance(),
        totals=prose.totals(),
        by_group=("Kết quả thực hiện theo khối như sau:",),
        results=_results(board),
        notable=prose.notable(),
        strengths=prose.strengths(),
        shortcomings=prose.shortcomings(),
        causes=prose.causes(),
        directions=prose.directions(),
        proposals=prose.proposals(),
        signature=SigningSide((signature_of(campaign.owner),)),
        recipients=_recipients(campaign.owner, addressed=bool(addressees)),
        task_groups=task_groups(board),
        restated=restated_lines(board),
        annex_title="Danh mục phần việc đăng ký thi đua",
        attached_to=f"(Kèm theo Báo cáo {_number_in_text(heading)} {long_date(today)} của {campaign.owner.name})",
        foot=Foot(
            illustrative=campaign.illustrative,
            as_of=f"Số liệu tính đến ngày {format_date(board.as_of)}",
        ),
    )


def _inside(title: str) -> str:
    return title[:1].lower() + title[1:]


def _number_in_text(heading: Heading) -> str:
    return heading.number.replace("Số:", "số").replace("Số ", "số ")


def _recipients(owner: Unit, *, addressed: bool) -> tuple[str, ...]:
    return (*(("Như trên",) if addressed else ()), "Các đơn vị tham gia phong trào", archive_of(owner))


def _results(board: Board) -> GroupResults:
    used = [column for column in COLUMNS if column[0] in _USUAL or _count(board.rows, column[1])]
    return GroupResults(
        state_titles=tuple(title for title, _states in used),
        groups=tuple(_result(group.title, group, used) for group in board.blocks),
        whole=_result("Toàn phong trào", Group("", board.rows), used),
    )


_USUAL = {"Hoàn thành", "Đúng tiến độ", "Có nguy cơ", "Chậm", "Quá hạn"}


def _result(title: str, group: Group, columns: Iterable[tuple[str, tuple[TaskState, ...]]]) -> GroupResult:
    mean = group.mean
    return GroupResult(
        title=title,
        tasks=mean.tasks,
        counts=tuple(_count(group.rows, states) for _title, states in columns),
        progress=mean.progress,
        expected=mean.expected,
    )


def _count(rows: Iterable[Row], states: tuple[TaskState, ...]) -> int:
    return sum(row.state in states for row in rows)

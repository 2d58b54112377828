"""Báo cáo tiến độ, sơ kết, tổng kết: the sheet of a report, from the campaign's board."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from pledges.access.roles import Actor
from pledges.campaigns.models import Campaign
from pledges.core.dates import format_date, long_date
from pledges.documents.bases import basis_line
from pledges.documents.drafting.rules import Scope
from pledges.documents.drafting.scopes import restricted
from pledges.documents.headings import archive_of, heading_of, signature_of
from pledges.documents.report_figures import burn_up, by_task, results
from pledges.documents.report_prose import ReportProse
from pledges.documents.rules import PaperKind, number_in_text
from pledges.documents.sheets.draft import Filled, Piece
from pledges.documents.sheets.paper import Foot, Paragraph, SigningSide, Table
from pledges.documents.sheets.report import ProgressReportSheet
from pledges.documents.task_lines import restated_lines, task_groups
from pledges.overview.board import Board
from pledges.overview.reading import of_campaign as board_of
from pledges.overview.rules import Group
from pledges.progress.means import Mean
from pledges.progress.obstacles.models import Obstacle
from pledges.progress.obstacles.queries import decided as decided_by
from pledges.units.models import Unit

_DAY = timedelta(days=1)
_ABSTRACTS = {
    PaperKind.PROGRESS_REPORT: "Kết quả thực hiện {}",
    PaperKind.INTERIM_REPORT: "Sơ kết {}",
    PaperKind.FINAL_REPORT: "Tổng kết {}",
}
_SUBJECTS = {
    PaperKind.PROGRESS_REPORT: "kết quả thực hiện {}",
    PaperKind.INTERIM_REPORT: "sơ kết {}",
    PaperKind.FINAL_REPORT: "tổng kết {}",
}
LESSONS = frozenset({PaperKind.INTERIM_REPORT, PaperKind.FINAL_REPORT})
"""The reports in which lessons are drawn; nobody but a person draws them."""


@dataclass(frozen=True)
class _Grouping:
    """How II.2 divides the tasks: by block, within a block by unit, within a unit one by one."""

    title: str
    column: str
    whole: str
    groups: tuple[Group, ...]
    table: Table | None = None


def filled(
    session: Session, campaign: Campaign, kind: PaperKind, scope: Scope, actor: Actor, today: date
) -> Filled:
    """The report as the figures alone write it."""
    decided = list(session.scalars(decided_by(campaign.id, actor, scope.as_of)))
    board = board_of(session, campaign, actor, scope.as_of)
    before = _before(session, campaign, scope, actor)
    return sheet_of(campaign, board, today, decided, kind=kind, scope=scope, before=before).filled()


def _before(session: Session, campaign: Campaign, scope: Scope, actor: Actor) -> Mean | None:
    """How the scope stood on the eve of its period; None without one, or where the campaign began in it."""
    if scope.period is None or scope.period.start_on <= campaign.starts_on:
        return None
    eve = scope.period.start_on - _DAY
    return restricted(board_of(session, campaign, actor, eve), scope).mean


def sheet_of(
    campaign: Campaign,
    whole: Board,
    today: date,
    decided: Sequence[Obstacle] = (),
    *,
    kind: PaperKind = PaperKind.PROGRESS_REPORT,
    scope: Scope | None = None,
    before: Mean | None = None,
) -> ProgressReportSheet:
    """The report as of the board's day, not yet issued: its number is left to the clerk.

    `decided` are the obstacles on which leaders had decided by that day.
    """
    scope = scope or Scope(whole.as_of)
    board = restricted(whole, scope)
    prose = ReportProse(campaign, board, decided, scope, before)
    heading = heading_of(campaign, today, kind=kind.code)
    comma = "," if scope.of_whom and scope.when else ""
    subject = f"{_inside(campaign.title)}{scope.of_whom}{comma}{scope.when}"
    grouping = _grouping(board, scope)
    addressees = _addressees(campaign)
    return ProgressReportSheet(
        heading=heading,
        abstract=_ABSTRACTS[kind].format(subject),
        addressees=addressees,
        bases=tuple(basis_line(basis.__dict__) for basis in campaign.bases),
        opening=prose.opening(_SUBJECTS[kind].format(subject)),
        guidance=prose.guidance(),
        totals=prose.totals(),
        by_group=(Piece("intro", Paragraph(f"Kết quả thực hiện {grouping.title} như sau:")),),
        group_title=f"Kết quả {grouping.title}",
        results=results(board, grouping.groups, grouping.whole, grouping.column, _CHART_TITLE),
        table=grouping.table,
        charts=tuple(_charts(board, scope)),
        notable=prose.notable(),
        strengths=prose.strengths(),
        shortcomings=prose.shortcomings(),
        causes=prose.causes(),
        lessons=kind in LESSONS,
        directions=prose.directions(),
        proposals=prose.proposals(),
        signature=SigningSide((signature_of(campaign.owner),)),
        recipients=_recipients(campaign.owner, addressed=bool(addressees)),
        task_groups=task_groups(board),
        restated=restated_lines(board),
        annex_title=f"Danh mục phần việc đăng ký thi đua{scope.of_whom}",
        attached_to=f"(Kèm theo Báo cáo {number_in_text(heading.number)} {long_date(today)} của {campaign.owner.name})",
        foot=Foot(
            illustrative=campaign.illustrative,
            as_of=f"Số liệu tính đến ngày {format_date(board.as_of)}",
        ),
    )


_CHART_TITLE = "Tiến độ thực hiện của từng đơn vị so với kế hoạch"


def _grouping(board: Board, scope: Scope) -> _Grouping:
    if scope.unit is not None:
        return _Grouping("từng phần việc", "Phần việc", "Toàn đơn vị", (), by_task(board))
    if scope.block:
        return _Grouping("theo đơn vị", "Đơn vị", "Toàn khối", board.units)
    return _Grouping("theo khối", "Khối", "Toàn phong trào", board.blocks)


def _charts(board: Board, scope: Scope) -> Iterator[Piece]:
    """The way of the progress against the plan, and, where there are several, how far each unit has come."""
    if (line := burn_up(board)) is not None:
        yield Piece("burn_up", line)
    if scope.unit is None and board.units:
        bars = results(
            board, board.units, "Toàn phong trào" if scope.whole else "Toàn khối", "Đơn vị", _CHART_TITLE
        )
        yield Piece("units", bars.chart())


def _addressees(campaign: Campaign) -> tuple[str, ...]:
    """The issuers of the bases: those who asked for the campaign."""
    above = (basis.issuer for basis in campaign.bases if basis.issuer and basis.issuer != campaign.owner.name)
    return tuple(dict.fromkeys(above))


def _inside(title: str) -> str:
    return title[:1].lower() + title[1:]


def _recipients(owner: Unit, *, addressed: bool) -> tuple[str, ...]:
    return (*(("Như trên",) if addressed else ()), "Các đơn vị tham gia phong trào", archive_of(owner))

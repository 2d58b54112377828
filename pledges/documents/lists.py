"""Bảng tổng hợp, danh sách cần quan tâm, danh mục phần việc: from the board, so that page and paper agree."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from pledges.campaigns.models import Campaign
from pledges.core.dates import format_date
from pledges.core.numbers import two_digits
from pledges.documents.drafting.rules import Scope
from pledges.documents.headings import heading_of
from pledges.documents.report_figures import COLUMNS
from pledges.documents.sheets.attention import (
    AttentionLine,
    SilentLine,
    attention_table,
    silent_table,
)
from pledges.documents.sheets.listing import ListSheet
from pledges.documents.sheets.paper import Block, Foot, Paragraph
from pledges.documents.sheets.red import Red
from pledges.documents.sheets.tasks import RESTATED, task_list
from pledges.documents.sheets.unit_summary import ALL_UNITS, BlockTally, UnitTally, unit_summary
from pledges.documents.task_lines import restated_lines, task_groups
from pledges.overview import wording
from pledges.overview.board import Board
from pledges.overview.needs import Needy
from pledges.overview.rankings import Figures
from pledges.overview.rules import Row, by_units
from pledges.progress.calendar import Discipline
from pledges.progress.states import TaskState

RARE = frozenset({"Không báo cáo", "Chưa bắt đầu, chưa đo"})
"""Columns of states that are left out where no task stands in them."""
IDLE = "Đơn vị tham gia chưa chủ trì phần việc nào"
SIGNED, NOT_SIGNED, NO_PLEDGE = "Đã ký", "Chưa ký", "–"


def _list(
    campaign: Campaign, title: str, scope: Scope, today: date, blocks: Sequence[Block], *opening: str
) -> ListSheet:
    whom = scope.unit.name if scope.unit is not None else scope.block
    return ListSheet(
        heading=heading_of(campaign, today),
        title=title,
        abstract=campaign.title + (f"\n{whom}" if whom else ""),
        opening=opening,
        blocks=tuple(blocks),
        foot=Foot(
            illustrative=campaign.illustrative, as_of=f"Số liệu tính đến ngày {format_date(scope.as_of)}"
        ),
    )


def unit_summary_of(
    campaign: Campaign, board: Board, scope: Scope, today: date, idle: Sequence[str] = ()
) -> ListSheet:
    """Bảng tổng hợp theo đơn vị: of a period its reports alone, else those of every period that had fallen due.

    `idle` are the units that take part and lead no task; they are named below the table.
    """
    columns = [one for one in COLUMNS if one[0] not in RARE or _count(board.rows, one[1])]
    blocks = [_block(board, group.title, group.rows, columns, scope) for group in board.blocks]
    whole = _tally(board, ALL_UNITS, columns, scope)
    reports = f"Báo cáo {scope.period.label}" if scope.period else "Báo cáo các kỳ đã đến hạn"
    table = unit_summary([title for title, _states in columns], blocks, whole, reports)
    units = sum(len(block.units) for block in blocks)
    opening = (
        f"Đến ngày {format_date(board.as_of)}, có {two_digits(units)} đơn vị chủ trì "
        f"{two_digits(board.registered)} phần việc; {_progress(board)}."
    )
    below = (Paragraph(f"{IDLE}: {'; '.join(idle)}."),) if idle else ()
    found = _list(campaign, "Bảng tổng hợp theo đơn vị", scope, today, (table, *below), opening)
    return replace(found, made_by="Người lập bảng")


def _progress(board: Board) -> str:
    return f"tiến độ chung {wording.of_mean(board.mean)}"


def _block(
    board: Board,
    title: str,
    rows: Sequence[Row],
    columns: Sequence[tuple[str, tuple[TaskState, ...]]],
    scope: Scope,
) -> BlockTally:
    units = tuple(
        _tally(board.part(group.rows), group.title, columns, scope, group.rows[0].card.lead.id)
        for group in by_units(rows)
    )
    return BlockTally(_tally(board.part(rows), title, columns, scope), units)


def _tally(
    part: Board,
    title: str,
    columns: Sequence[tuple[str, tuple[TaskState, ...]]],
    scope: Scope,
    unit_id: int | None = None,
) -> UnitTally:
    mean, reports = part.mean, _reports(part, scope)
    return UnitTally(
        title=title,
        tasks=mean.tasks,
        counts=tuple(_count(part.rows, states) for _title, states in columns),
        progress=mean.progress if mean.with_figures else None,
        expected=mean.expected,
        reports_asked=reports.expected,
        reports_received=reports.received,
        reports_on_time=reports.on_time,
        pledge=_pledge(part, unit_id),
    )


def _reports(part: Board, scope: Scope) -> Discipline:
    if scope.period is None:
        return Figures(part).reports
    named = scope.period.id
    return next((one.counts for one in part.disciplines if one.period.id == named), Discipline(0, 0, 0, 0))


def _pledge(part: Board, unit_id: int | None) -> str:
    """How a unit's pledge stands; of several units, how many of theirs are signed."""
    if unit_id is not None:
        if unit_id not in part.pledging_units:
            return NO_PLEDGE
        return SIGNED if unit_id in part.signed_units else NOT_SIGNED
    pledging = {row.card.lead.id for row in part.rows} & part.pledging_units
    return f"{len(pledging & part.signed_units)}/{len(pledging)}"


def _count(rows: Iterable[Row], states: tuple[TaskState, ...]) -> int:
    return sum(row.state in states for row in rows)


def attention_of(campaign: Campaign, board: Board, scope: Scope, today: date) -> ListSheet:
    """Danh sách cần quan tâm: what the board shows first, and below it the tasks of which nothing is heard."""
    lines = [_needy(one) for one in board.needs]
    blocks: list[Block] = [attention_table(lines)]
    silent = list(_silent(board.silent))
    if silent:
        blocks += [Paragraph("Phần việc không có báo cáo từ hai kỳ liên tiếp trở lên:"), silent_table(silent)]
    opening = f"Đến ngày {format_date(board.as_of)}, có {two_digits(len(lines))} phần việc cần quan tâm"
    obstacles = board.obstacles
    if obstacles:
        opening += (
            f", trong đó có {two_digits(len(obstacles))} khó khăn, vướng mắc chờ quyết định, "
            f"lâu nhất {board.oldest_days} ngày"
        )
    return _list(campaign, "Danh sách cần quan tâm", scope, today, blocks, f"{opening}.")


def _needy(one: Needy) -> AttentionLine:
    card = one.row.card
    return AttentionLine(
        number=card.number,
        title=card.title,
        lead=card.lead.name,
        due_on=one.row.due_on,
        state=one.state.label,
        reason=one.reason(f"ngày {format_date(one.as_of)}"),
        waiting=tuple(_waiting(one)),
    )


def _waiting(one: Needy) -> Iterator[str]:
    """The obstacles in the unit's own words, with what it asks for; then the reports that nobody has reviewed."""
    for obstacle in one.row.obstacles:
        said = ". ".join(
            " ".join(text.split()).rstrip(" .")
            for text in (obstacle.text, obstacle.request_words)
            if text.strip()
        )
        days = obstacle.days(one.as_of)
        yield f"- {said} (chờ {days} ngày)" if days else f"- {said} (nêu ngày {format_date(one.as_of)})"
    if one.review_asked:
        yield f"- {one.review_asked}"


def _silent(found: Iterable[Needy]) -> Iterator[SilentLine]:
    for one in found:
        if one.silent_since is not None:
            first, count = one.silent_since
            card = one.row.card
            yield SilentLine(card.number, card.title, card.lead.name, first.label, count)


def task_list_of(campaign: Campaign, board: Board, scope: Scope, today: date) -> ListSheet:
    """Danh mục phần việc đăng ký: with what was reached by the day, and what changed after it had been accepted."""
    restated = restated_lines(board)
    blocks: list[Block] = [task_list(task_groups(board))]
    if restated:
        blocks.append(Paragraph(Red(f"{RESTATED} Số liệu đã đổi sau khi duyệt:")))
        blocks += [Paragraph(Red(f"- {one}")) for one in restated]
    opening = (
        f"Đến ngày {format_date(board.as_of)}, danh mục có {two_digits(board.registered)} phần việc của "
        f"{two_digits(len(by_units(row for row in board.rows if not row.cancelled)))} đơn vị; {_progress(board)}."
    )
    return _list(campaign, "Danh mục phần việc đăng ký thi đua", scope, today, blocks, opening)

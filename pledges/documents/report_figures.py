"""The tables and charts of a report, from the campaign's board: page and paper say the same figures by construction."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal

from pledges.documents.sheets.charts import Line, LineChart, Stroke
from pledges.documents.sheets.paper import Table
from pledges.documents.sheets.report import GroupResult, GroupResults, TaskResult, task_results
from pledges.overview.board import Board
from pledges.overview.rules import Group, Row
from pledges.progress.states import TaskState

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

_USUAL = {"Hoàn thành", "Đúng tiến độ", "Có nguy cơ", "Chậm", "Quá hạn"}
_PLACES = 4


def results(board: Board, groups: Sequence[Group], whole: str, column: str, chart_title: str) -> GroupResults:
    """The counts and means of the groups, and of all their tasks; a column of a rare state only where there is one."""
    used = [one for one in COLUMNS if one[0] in _USUAL or _count(board.rows, one[1])]
    return GroupResults(
        state_titles=tuple(title for title, _states in used),
        groups=tuple(_result(group.title, group, used) for group in groups),
        whole=_result(whole, Group("", board.rows), used),
        chart_title=chart_title,
        column=column,
    )


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


def by_task(board: Board) -> Table:
    """Each task of the board with its shares and its state."""
    return task_results(
        [
            TaskResult(
                number=row.card.number,
                title=row.card.title,
                progress=row.standing.progress,
                expected=row.standing.expected,
                state=row.state.label,
            )
            for row in board.rows
        ]
    )


def burn_up(board: Board) -> LineChart | None:
    """Tiến độ theo thời gian: what was reached at each period's end and on the day, and the plan to the campaign's end.

    The plan as first signed stands beside it where it is another. None where there is nothing to draw.
    """
    trend, ends = board.trend, max(board.ends_on, board.as_of)
    reached = tuple((point.day, point.reached) for point in trend.points if point.reached is not None)
    begins = min((board.starts_on, board.as_of, *(day for day, _share in reached)))
    if not reached or begins >= ends:
        return None
    lines = [Line("Thực hiện", reached), Line("Kế hoạch", tuple(_daily(trend.planned)), Stroke.DASHED)]
    if trend.signed:
        lines.append(Line("Kế hoạch ký ban đầu", tuple(_daily(trend.signed)), Stroke.DOTTED))
    return LineChart(title="Tiến độ thực hiện theo thời gian", lines=tuple(lines), begins=begins, ends=ends)


def _daily(line: Iterable[tuple[date, float]]) -> Iterator[tuple[date, Decimal]]:
    """The points of a line that the board draws, as exact as a chart shows them; of a day the last."""
    for day, share in dict(line).items():
        yield day, round(Decimal(share), _PLACES)

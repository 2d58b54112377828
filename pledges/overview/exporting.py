"""Bảng theo dõi ra Excel: the rows and figures of the page, as a book of sheets.

Every share is rounded where the page rounds it, so that the two agree to the last digit; quantities are exact.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from pledges.core.dates import format_date
from pledges.core.workbooks.books import Book, Column, Kind, Notes, OutSheet
from pledges.core.workbooks.sheets import CellValue
from pledges.overview import wording
from pledges.overview.common import commons_of
from pledges.overview.needs import Needy
from pledges.overview.page import View
from pledges.overview.rankings import Figure, Ranked, Scope, rank
from pledges.overview.rules import Row, RowCell
from pledges.progress import restated
from pledges.progress.means import Mean
from pledges.progress.rules import IndicatorStanding
from pledges.tasks.rules import Direction

RANKED = (Scope.UNIT, Scope.BLOCK, Scope.MOVEMENT)
"""What the book ranks; persons stand in a book of their own (NĐ 335/2025)."""

Line = tuple[CellValue, ...]


def book_of(view: View, *, illustrative: bool) -> Book:
    """The book of a board, as its page shows it: of a filtered page the rows that the filter leaves."""
    board = view.board
    sheets: list[OutSheet | Notes] = [
        _about(view, illustrative=illustrative),
        _tasks(view),
        _indicators(view),
        _needs("Cần quan tâm", board.needs, view),
        _needs("Không báo cáo", board.silent, view),
        _periods(view),
    ]
    if board.whole:
        sheets += [_ranking(view, scope) for scope in RANKED]
    if commons_of(board):
        sheets.append(_common(view))
    return Book(f"Bảng theo dõi ngày {format_date(board.as_of)}: {view.campaign.title}", tuple(sheets))


def _number(value: int | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def _about(view: View, *, illustrative: bool) -> Notes:
    board = view.board
    said = [f"{label}: {words}" for label, words in view.summary()]
    mean = board.mean
    lines = (
        "Bảng theo dõi",
        f"{view.campaign.title}. Tính đến ngày {format_date(board.as_of)}.",
        *(["Dữ liệu minh họa."] if illustrative else []),
        *([] if board.whole else ["Số liệu trong phạm vi đơn vị của người xem."]),
        *([f"Chỉ phần việc {view.state.label.lower()} ở trang “Phần việc”."] if view.state else []),
        *said,
        f"Kế hoạch đến ngày {format_date(board.as_of)}: {wording.share(mean.expected)}.",
        "Tiến độ là trung bình cộng của các phần việc chưa hủy; số phần trăm làm tròn như trên trang.",
    )
    return Notes("Số liệu chung", lines)


def _tasks(view: View) -> OutSheet:
    periods = view.board.periods
    columns = (
        Column("TT", 6, Kind.NUMBER),
        Column("Phần việc", 46),
        Column("Đơn vị chủ trì", 26),
        Column("Hạn", 13, Kind.DATE),
        *(Column(view.column_name(period), 18) for period in periods),
        Column("Đạt (%)", 10, Kind.NUMBER),
        Column("Kế hoạch (%)", 12, Kind.NUMBER),
        Column("Tình trạng", 18),
        Column("Nếu duyệt số đã gửi", 18),
    )
    rows: list[Line] = []
    strong: set[int] = set()
    for _place, group, shown in view.groups():
        rows += [_task(row) for row in shown]
        strong.add(len(rows))
        rows.append(_total(f"{group.title}: {len(group.rows)} phần việc", group.mean, len(periods)))
    strong.add(len(rows))
    board = view.board
    rows.append(_total(f"Cộng: {len(board.rows)} phần việc", board.mean, len(periods)))
    return OutSheet("Phần việc", columns, tuple(rows), strong=frozenset(strong))


def _task(row: Row) -> Line:
    return (
        Decimal(row.card.number),
        row.card.title,
        row.card.lead.name,
        row.due_on,
        *(_cell(shown) for shown in row.cells),
        wording.percent(row.standing.progress),
        wording.percent(row.standing.expected),
        row.state.label,
        row.tentative.state.label if row.tentative else "",
    )


def _cell(shown: RowCell) -> str:
    if shown.cell is None:
        return ""
    return "; ".join([shown.cell.standing.state.label, *(wording.MARKS[mark] for mark in shown.marks)])


def _total(title: str, mean: Mean, periods: int) -> Line:
    figures = f"{mean.with_figures} có số liệu" if mean.with_figures < mean.tasks else ""
    blank: tuple[CellValue, ...] = (None,) * periods
    return (
        None,
        title,
        figures,
        None,
        *blank,
        wording.percent(mean.progress),
        wording.percent(mean.expected),
        "",
        "",
    )


def _indicators(view: View) -> OutSheet:
    columns = (
        Column("TT", 6, Kind.NUMBER),
        Column("Phần việc", 40),
        Column("Chỉ tiêu", 36),
        Column("Đơn vị tính", 14),
        Column("Hiện trạng", 12, Kind.NUMBER),
        Column("Đạt đến nay", 13, Kind.NUMBER),
        Column("Chỉ tiêu giao", 13, Kind.NUMBER),
        Column("Trọng số", 10, Kind.NUMBER),
        Column("Đạt (%)", 10, Kind.NUMBER),
        Column("Kế hoạch (%)", 12, Kind.NUMBER),
        Column("Ghi chú", 40),
    )
    shown = [row for _place, _group, rows in view.groups() for row in rows]
    changed = restated.of_ledger(view.board.ledger, view.board.as_of)
    lines = [line for row in shown for line in _of_task(row, changed.get(row.card.id, ()))]
    return OutSheet("Chỉ tiêu", columns, tuple(lines))


def _of_task(row: Row, changed: Sequence[restated.Restated]) -> Iterator[Line]:
    for number, one in zip(row.facts.indicator_ids, row.standing.indicators, strict=True):
        plan = one.plan
        notes = [
            "không quá" if plan.direction is Direction.DOWN else "",
            f"đo được từ {format_date(plan.measured_from)}" if one.left_out and plan.measured_from else "",
            wording.NO_FIGURE if one.without_figure else "",
            f"đạt ngày {format_date(one.reached_on)}" if one.reached_on else "",
            *(said.words_with_period for said in changed if said.indicator_id == number),
        ]
        yield (
            Decimal(row.card.number),
            row.card.title,
            plan.label,
            plan.measure,
            plan.baseline,
            None if one.left_out else one.value,
            plan.target,
            plan.weight,
            wording.percent(one.progress),
            wording.percent(one.expected),
            "; ".join(note for note in notes if note),
        )


def _needs(name: str, found: Sequence[Needy], view: View) -> OutSheet:
    columns = (
        Column("Thứ tự", 8, Kind.NUMBER),
        Column("Tình trạng", 18),
        Column("TT", 6, Kind.NUMBER),
        Column("Phần việc", 46),
        Column("Đơn vị chủ trì", 26),
        Column("Lý do", 60),
        Column("Quy tắc", 46),
        Column("Chờ lãnh đạo", 40),
    )
    rows = tuple(
        (
            Decimal(place),
            one.state.label,
            Decimal(one.row.card.number),
            one.row.card.title,
            one.row.card.lead.name,
            one.reason(view.until),
            one.rule,
            "; ".join(words for words in (one.decision_asked, one.review_asked) if words),
        )
        for place, one in enumerate(found, 1)
    )
    return OutSheet(name, columns, rows)


def _periods(view: View) -> OutSheet:
    columns = (
        Column("Kỳ", 26),
        Column("Hạn", 13, Kind.DATE),
        *(Column(name, 14, Kind.NUMBER) for name in ("Phải nộp", "Đã nhận", "Tỷ lệ nhận (%)", "Đúng hạn")),
        Column("Tỷ lệ đúng hạn (%)", 14, Kind.NUMBER),
        Column("Được miễn", 14, Kind.NUMBER),
    )
    rows = tuple(
        (
            one.period.label,
            one.period.due_on,
            _number(one.counts.expected),
            _number(one.counts.received),
            wording.percent(one.counts.rate),
            _number(one.counts.on_time),
            wording.percent(one.counts.rate_on_time),
            _number(one.counts.excused),
        )
        for one in view.board.disciplines
    )
    return OutSheet("Báo cáo các kỳ", columns, rows)


def _ranking(view: View, scope: Scope) -> OutSheet:
    ranking = rank(view.board, scope, Figure.PROGRESS)
    columns = (
        Column("Hạng", 8),
        Column(scope.label, 46),
        Column("Phần việc", 12, Kind.NUMBER),
        *(Column(f"{one.label} (%)", 16, Kind.NUMBER) for one in Figure),
        *(Column(f"Cách tính: {one.label.lower()}", 34) for one in Figure),
        Column("Chưa có số liệu", 40),
    )
    rows = [_ranked(one, one.place_words) for one in ranking.ranked]
    if ranking.rest:
        rows.append(_ranked(ranking.rest, ""))
    whole = Ranked("", "Cả phong trào", "", ranking.whole)
    rows.append(_ranked(whole, ""))
    strong = frozenset({len(rows) - 1})
    return OutSheet(f"Xếp hạng {scope.label.lower()}", columns, tuple(rows), strong=strong)


def _ranked(one: Ranked, place: str) -> Line:
    own = one.figures
    return (
        place,
        one.title,
        _number(own.tasks),
        *(wording.percent(own.of(figure)) for figure in Figure),
        *(own.reckoned(figure) for figure in Figure),
        "; ".join(f"{row.card.number}. {row.card.title}" for row in own.without_figures),
    )


def _common(view: View) -> OutSheet:
    columns = (
        Column("Phần việc chung", 36),
        Column("Đơn vị", 30),
        Column("Phần việc", 40),
        Column("Chỉ tiêu", 36),
        Column("Đơn vị tính", 14),
        Column("Đạt đến nay", 13, Kind.NUMBER),
        Column("Chỉ tiêu giao", 13, Kind.NUMBER),
        Column("Đạt (%)", 10, Kind.NUMBER),
        Column("Tình trạng", 18),
    )
    rows: list[Line] = []
    strong: set[int] = set()
    for common in commons_of(view.board):
        for row in common.rows:
            rows += [_common_line(common.title, row, one) for one in row.standing.indicators]
        for total in common.sums:
            strong.add(len(rows))
            share = wording.percent(total.share)
            of = (total.plan.label, total.plan.measure, total.reached, total.target, share, "")
            rows.append((common.title, f"Cộng {total.units} đơn vị", "", *of))
    return OutSheet("Phần việc chung", columns, tuple(rows), strong=frozenset(strong))


def _common_line(title: str, row: Row, one: IndicatorStanding) -> Line:
    return (
        title,
        row.card.lead.name,
        row.card.title,
        one.plan.label,
        one.plan.measure,
        one.value,
        one.plan.target,
        wording.percent(one.progress),
        row.state.label,
    )

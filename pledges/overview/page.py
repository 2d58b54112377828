"""The overview as its pages show it: figures and reasons in words, the chart in shares of its frame."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from flask import url_for
from markupsafe import Markup

from pledges.access.permissions import Permission, may
from pledges.campaigns.selection import url_in
from pledges.core.dates import format_date
from pledges.overview import wording
from pledges.overview.addresses import GRID, PAGE, STATE, Addresses, slug
from pledges.overview.board import Board
from pledges.overview.chart import chart_of
from pledges.overview.common import Common, commons_of
from pledges.overview.cutting import PER_PAGE, Cut
from pledges.overview.needs import Needy
from pledges.overview.rules import Group, ObstacleFacts, Row
from pledges.progress.calendar import column_label
from pledges.progress.ledger import Cell, PeriodFacts
from pledges.progress.states import TaskState

ASK = Permission.ASK_EXPLANATION


@dataclass(frozen=True)
class ReportLine:
    """The report that a task owed for a period, as of a day."""

    row: Row
    cell: Cell
    report_id: int | None
    sent_on: date | None
    as_of: date

    @property
    def days_late(self) -> int:
        """Days between the due day and the first round, or the day itself while none was sent; 0 in time."""
        return self.cell.period.days_late(self.sent_on or self.as_of)


@dataclass(frozen=True)
class View(Addresses):
    """A board for one reader: everything its templates ask for.

    `state` is the filter of the rows, `page` that of a list too long for one.
    """

    board: Board
    state: TaskState | None = None
    page: int = 1

    @property
    def state_slug(self) -> str | None:
        """The filter as the address says it."""
        return slug(self.state) if self.state else None

    @property
    def until(self) -> str:
        """The day in a sentence: "hôm nay", or "ngày 31/7/2024"."""
        return f"ngày {format_date(self.board.as_of)}" if self.asked.argument else wording.TODAY

    @property
    def book_url(self) -> str:
        """The spreadsheet of the rows that the page shows."""
        state = {STATE: self.state_slug} if self.state_slug else {}
        return self.url("overview.book", **state)

    def unit_url(self, row: Row) -> str:
        """The page of a task's lead unit; nothing for those who only help with the task."""
        if not (self.board.whole or row.card.own):
            return ""
        return url_in(self.campaign, "progress.unit", unit_id=row.card.lead.id)

    def column_name(self, period: PeriodFacts) -> str:
        """The head of a column: "T9"; the first period of a later year says the year too: "T1/25"."""
        place, year = self.board.periods.index(period), period.start_on.year
        said = {self.board.starts_on.year, *(one.start_on.year for one in self.board.periods[:place])}
        label = column_label(period.cycle, period.start_on, place + 1)
        return label if year in said else f"{label}/{period.start_on:%y}"

    def figures(self) -> list[dict[str, Any]]:
        """The five figures on top, each with the address of its rows or formula."""
        return [self._tasks(), self._commitments(), self._reports(), self._progress(), self._obstacles()]

    def summary_urls(self) -> list[str]:
        """Where each figure of the summary leads, from another page than the board; "" for one without rows."""
        urls = [str(one.get("url", "")) for one in self.figures()]
        return [self.filter_url(None), *urls[1:]]

    def summary(self) -> list[tuple[str, str]]:
        """The five figures in words, under labels that are the same on every day."""
        words = [
            f"{one['number']}{'' if one.get('of') is None else '/' + str(one['of'])}{one.get('unit') or ''}"
            for one in self.figures()
        ]
        labels = [one["label"] for one in self.figures()]
        if self.board.periods:
            words[2] += f" ({wording.short_month(self.board.periods[-1])})"
        labels[2] = "Báo cáo của kỳ gần nhất đã đến hạn"
        return list(zip(labels, words, strict=True))

    def _tasks(self) -> dict[str, Any]:
        board, url = self.board, f"#{GRID}"
        if not board.whole:
            note = f"{board.led} chủ trì, {board.registered - board.led} phối hợp"
            return {"label": "Phần việc trong phạm vi", "number": board.registered, "note": note, "url": url}
        return {
            "label": "Phần việc đã đăng ký",
            "number": board.tally.counted,
            "of": board.tally.of,
            "note": board.tally.addition,
            "url": url,
        }

    def _commitments(self) -> dict[str, Any]:
        return {
            "label": "Đơn vị đã ký cam kết",
            "number": len(self.board.signed_units),
            "of": len(self.board.pledging_units),
            "url": self.commitments_url,
        }

    def _reports(self) -> dict[str, Any]:
        if not self.board.periods:
            return {"label": "Báo cáo", "number": wording.NOTHING, "note": "chưa kỳ nào đến hạn"}
        last = self.board.disciplines[-1]
        return {
            "label": f"Báo cáo {wording.short_month(last.period)}",
            "number": last.counts.received,
            "of": last.counts.expected,
            "note": f"{last.counts.on_time} đúng hạn",
            "url": self.url("overview.period", period_id=last.period.id),
        }

    def _progress(self) -> dict[str, Any]:
        mean = self.board.mean
        reached = wording.share(mean.progress)
        note = f"kế hoạch {wording.share(mean.expected)}"
        if mean.with_figures < mean.tasks:
            note += f"; {mean.with_figures}/{mean.tasks} có số liệu"
        return {
            "label": "Tiến độ chung",
            "number": reached.removesuffix("%"),
            "unit": "%" if reached.endswith("%") else None,
            "note": note,
            "url": self.url("overview.reckoning"),
        }

    def _obstacles(self) -> dict[str, Any]:
        days = self.board.oldest_days
        return {
            "label": "Vướng mắc chờ quyết định",
            "number": len(self.board.obstacles),
            "note": "không có" if days is None else f"lâu nhất {days} ngày" if days else "mới nêu hôm nay",
            "hot": bool(self.board.obstacles),
            "url": self.url("overview.obstacles"),
        }

    def counts(self) -> list[dict[str, Any]]:
        """The bar of states; pressing the present one shows all again."""
        return [
            {
                "state": state,
                "number": number,
                "url": self.filter_url(None if state is self.state else state),
                "current": state is self.state,
            }
            for state, number in self.board.counts
        ]

    def needs(self, most: int | None = None) -> list[dict[str, Any]]:
        """What needs attention first, in words."""
        return [self._needy(one) for one in self.board.needs[:most]]

    def silent(self, most: int | None = None) -> list[dict[str, Any]]:
        """The tasks of which nothing was heard, in words."""
        return [self._needy(one) | {"reason": one.silence} for one in self.board.silent[:most]]

    def _needy(self, one: Needy) -> dict[str, Any]:
        return {
            "state": one.state,
            "title": one.row.card.title,
            "url": self.task_url(one.row),
            "reason": one.reason(self.until),
            "rule": one.rule,
            "unit": one.row.card.lead.short_name,
            "asks": list(self._asks(one)),
            "explain": self._explain_url(one),
        }

    def _explain_url(self, one: Needy) -> str:
        """Where an explanation is asked for; nothing for who may not, of the past, and where all is reached."""
        subject = self.campaign.subject()
        if self.asked.argument or one.worst is None or not may(self.actor, ASK, subject):
            return ""
        return url_for("reviews.ask", indicator_id=one.worst[0])

    def _asks(self, one: Needy) -> Iterable[tuple[str, str]]:
        if one.decision_asked:
            yield one.decision_asked, self.obstacle_url(one.row.obstacles[0])
        if one.review_asked:
            pending = one.row.pending[0].id
            report = next((cell.report_id for cell in one.row.cells if cell.period.id == pending), None)
            url = url_for("progress.view", report_id=report) if report else self.task_url(one.row)
            yield one.review_asked, url

    def waiting_obstacles(self) -> list[tuple[Row, ObstacleFacts]]:
        """The obstacles without a decision with their tasks, the oldest first."""
        rows = {row.card.id: row for row in self.board.rows}
        return [(rows[one.task_id], one) for one in self.board.obstacles]

    def reports_of(self, period: PeriodFacts) -> list[ReportLine]:
        """The reports that a period expects: those that never came first, then the late ones."""
        lines = [
            ReportLine(row, shown.cell, shown.report_id, shown.sent_on, self.board.as_of)
            for row in self.board.rows
            for shown in row.cells
            if shown.period.id == period.id and shown.cell is not None and shown.cell.expected
        ]
        return sorted(lines, key=lambda line: (line.sent_on is not None, -line.days_late))

    def groups(self) -> list[tuple[int, Group, Sequence[Row]]]:
        """The blocks with their place and the rows that the filter leaves; blocks without one are left out."""
        found = [
            (place, group, [row for row in group.rows if self.state in {None, row.state}])
            for place, group in enumerate(self.board.blocks, 1)
        ]
        return [(place, group, rows) for place, group, rows in found if rows]

    @cached_property
    def grid(self) -> Cut:
        """The page of the rows that the filter leaves, by block."""
        return Cut(self.groups(), self.page)

    @cached_property
    def whole(self) -> Cut:
        """The page of all rows, by block."""
        return Cut(
            [(place, group, group.rows) for place, group in enumerate(self.board.blocks, 1)], self.page
        )

    def reckoning_url(self, row: Row) -> str:
        """Where it stands how a task's figures come about."""
        page = {PAGE: self.pages_of_rows[row.card.id]} if self.whole.pages > 1 else {}
        return self.url("overview.reckoning", f"phan-viec-{row.card.id}", **page)

    def block_url(self, place: int) -> str:
        """Where it stands how a block's mean comes about; its page is that on which it begins."""
        starts = {number: page for number, _group, page in self.whole.begins}
        page = {PAGE: starts[place]} if self.whole.pages > 1 else {}
        return self.url("overview.reckoning", f"khoi-{place}", **page)

    @cached_property
    def pages_of_rows(self) -> dict[int, int]:
        """The page of each task among all, by its id."""
        return {row.card.id: at // PER_PAGE + 1 for at, row in enumerate(self.board.rows)}

    def page_url(self, endpoint: str, page: int) -> str:
        """Another page of the same list."""
        state = {STATE: self.state_slug} if self.state_slug and endpoint == "overview.board" else {}
        return self.url(endpoint, GRID, **state, **{PAGE: page})

    def blocks(self) -> list[dict[str, Any]]:
        """The blocks as bars, each leading to how its mean comes about."""
        return [
            {
                "label": Markup('<a href="{}">{}</a>').format(self.block_url(place), group.title),
                "progress": group.mean.progress,
                "words": wording.share(group.mean.progress),
            }
            for place, group in enumerate(self.board.blocks, 1)
        ]

    def commons(self) -> tuple[Common, ...]:
        """The common tasks, their units side by side."""
        return commons_of(self.board)

    def chart(self) -> dict[str, Any]:
        """Progress against plan."""
        return chart_of(self.board)

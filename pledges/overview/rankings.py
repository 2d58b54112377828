"""Xếp hạng: units, blocks, movements and persons by one of four figures, each with its formula. Plain Python.

Each one ranked is the board itself with some of its rows, so that its figures are reckoned as those of the whole, and
those of all together are those of the board.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

from pledges.overview import wording
from pledges.overview.board import Board
from pledges.overview.rules import NO_BLOCK, Row
from pledges.progress.calendar import Discipline
from pledges.progress.states import TaskState

FINISHED = frozenset({TaskState.EXCEEDED, TaskState.DONE, TaskState.DONE_LATE})
"""States of a task whose targets are all reached."""

NO_MOVEMENT = "Không gắn cuộc vận động"
NO_PERSON = "Chưa phân công người phụ trách"


class Scope(StrEnum):
    """Xếp hạng theo: what is ranked; the value stands in the address."""

    UNIT = "don-vi"
    BLOCK = "khoi"
    MOVEMENT = "cuoc-van-dong"
    PERSON = "nguoi"

    @property
    def label(self) -> str:
        """What is ranked, in words."""
        return {
            Scope.UNIT: "Đơn vị",
            Scope.BLOCK: "Khối",
            Scope.MOVEMENT: "Cuộc vận động",
            Scope.PERSON: "Người phụ trách",
        }[self]


class Figure(StrEnum):
    """Xếp theo: the figure that decides; the value stands in the address."""

    PROGRESS = "tien-do"
    RATIO = "so-voi-ke-hoach"
    DONE = "hoan-thanh"
    REPORTS = "bao-cao-dung-han"

    @property
    def label(self) -> str:
        """The figure in words."""
        return {
            Figure.PROGRESS: "Tiến độ",
            Figure.RATIO: "So với kế hoạch",
            Figure.DONE: "Phần việc hoàn thành",
            Figure.REPORTS: "Báo cáo đúng hạn",
        }[self]

    @property
    def formula(self) -> str:
        """How the figure is reckoned, in words."""
        return {
            Figure.PROGRESS: "trung bình cộng tiến độ của các phần việc chưa hủy, mỗi phần việc từ 0% đến 100%,"
            " tính từ số chưa làm tròn",
            Figure.RATIO: "tiến độ chia cho kế hoạch đến ngày xem, tính từ số chưa làm tròn",
            Figure.DONE: "số phần việc đã đạt mọi chỉ tiêu (kể cả muộn) chia cho số phần việc chưa hủy",
            Figure.REPORTS: "số báo cáo gửi đúng hạn chia cho số báo cáo phải nộp của các kỳ đã đến hạn",
        }[self]


@dataclass(frozen=True)
class Person:
    """Người phụ trách of a task on the day."""

    account_id: int
    name: str
    post: str


@dataclass(frozen=True)
class Figures:
    """The four figures of some of the board's rows, with the formula of each; None where there is nothing to reckon."""

    part: Board

    @cached_property
    def tasks(self) -> int:
        """How many tasks count: those that weren't cancelled."""
        return self.part.registered

    @cached_property
    def averaged(self) -> tuple[Row, ...]:
        """The tasks that stand in the mean: of the others nothing can be measured yet."""
        return tuple(
            row
            for row in self.part.rows
            if not row.cancelled and row.standing.progress is not None and row.standing.expected is not None
        )

    @cached_property
    def done(self) -> int:
        """How many of them have reached all their targets."""
        return sum(row.state in FINISHED for row in self.part.rows)

    @cached_property
    def reports(self) -> Discipline:
        """The reports of all periods that had fallen due."""
        every = [one.counts for one in self.part.disciplines]
        return Discipline(
            sum(one.expected for one in every),
            sum(one.received for one in every),
            sum(one.on_time for one in every),
            sum(one.excused for one in every),
        )

    @cached_property
    def without_figures(self) -> tuple[Row, ...]:
        """The tasks that count as nothing because nothing was reported of them, or can't be measured yet."""
        return tuple(row for row in self.part.rows if not row.cancelled and not row.standing.has_figures)

    def of(self, figure: Figure) -> Fraction | None:
        """One of the figures; None where nothing was reported, expected or asked for."""
        mean = self.part.mean
        if figure is Figure.DONE:
            return Fraction(self.done, self.tasks) if self.tasks else None
        if figure is Figure.REPORTS:
            expected = self.reports.expected
            return Fraction(self.reports.on_time, expected) if expected else None
        if mean.progress is None or not mean.with_figures:
            return None
        if figure is Figure.PROGRESS:
            return mean.progress
        return mean.progress / mean.expected if mean.expected else None

    def reckoned(self, figure: Figure) -> str:
        """How the figure comes about, in figures."""
        mean, value = self.part.mean, self.of(figure)
        if value is None:
            return wording.NO_FIGURE
        result = wording.share(value)
        if figure is Figure.PROGRESS:
            total = sum((row.standing.progress or Fraction(0) for row in self.averaged), Fraction(0))
            above, _ = wording.divided(total, len(self.averaged))
            return f"{above} : {len(self.averaged)} phần việc = {result}"
        if figure is Figure.RATIO and mean.progress is not None and mean.expected is not None:
            above, below = wording.divided(mean.progress, mean.expected)
            return f"{above} : {below} = {result}"
        if figure is Figure.DONE:
            return f"{self.done} : {self.tasks} phần việc = {result}"
        return f"{self.reports.on_time} : {self.reports.expected} báo cáo = {result}"


@dataclass(frozen=True)
class Ranked:
    """One that is ranked. `place` is None where the figure that decides is missing; `tied` shares it with others."""

    key: str
    title: str
    note: str
    figures: Figures
    place: int | None = None
    tied: bool = False

    @property
    def place_words(self) -> str:
        """The place as a table says it: "3", "3=" where it is shared."""
        return "–" if self.place is None else f"{self.place}{'=' if self.tied else ''}"


@dataclass(frozen=True)
class Ranking:
    """Those that are ranked by a figure, the best first, then those without it; `rest` are rows that belong to none."""

    scope: Scope
    figure: Figure
    ranked: tuple[Ranked, ...]
    rest: Ranked | None
    whole: Figures


def rank(board: Board, scope: Scope, figure: Figure, people: Mapping[int, Person] | None = None) -> Ranking:
    """The ranking of a board; `people` names who is responsible for each task, by its id.

    Equal figures share a place, and the next one is as many places further down: 1, 2=, 2=, 4.
    """
    found = _grouped(board, scope, people or {})
    rest = [one for one in found if not one.key]
    return Ranking(
        scope=scope,
        figure=figure,
        ranked=tuple(_placed([one for one in found if one.key], figure)),
        rest=rest[0] if rest else None,
        whole=Figures(board),
    )


def _grouped(board: Board, scope: Scope, people: Mapping[int, Person]) -> list[Ranked]:
    """The rows by what they belong to, in the order of the official list; the key is "" for those of none."""
    names: dict[str, tuple[str, str]] = {}
    rows: dict[str, list[Row]] = defaultdict(list)
    for row in board.rows:
        key, title, note = _belongs(row, scope, people)
        names.setdefault(key, (title, note))
        rows[key].append(row)
    return [Ranked(key, *names[key], Figures(board.part(found))) for key, found in rows.items()]


def _belongs(row: Row, scope: Scope, people: Mapping[int, Person]) -> tuple[str, str, str]:
    card = row.card
    if scope is Scope.UNIT:
        return str(card.lead.id), card.lead.name, card.lead.block
    if scope is Scope.BLOCK:
        return card.lead.block, card.lead.block or NO_BLOCK, ""
    if scope is Scope.MOVEMENT:
        return card.movement, card.movement or NO_MOVEMENT, ""
    person = people.get(card.id)
    return (str(person.account_id), person.name, person.post) if person else ("", NO_PERSON, "")


def _placed(found: Sequence[Ranked], figure: Figure) -> Iterator[Ranked]:
    shares = {one.key: one.figures.of(figure) for one in found}
    known = sorted((share for share in shares.values() if share is not None), reverse=True)
    for share in sorted(set(known), reverse=True):
        equal = [one for one in found if shares[one.key] == share]
        place = 1 + known.index(share)
        yield from (replace(one, place=place, tied=len(equal) > 1) for one in equal)
    yield from (one for one in found if shares[one.key] is None)

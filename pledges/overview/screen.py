"""Màn hình phòng họp: the board cut into slides, each of which is read from the last row. Plain Python."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pledges.overview.board import Board
from pledges.overview.rules import ObstacleFacts, Row

MOST_NEEDS, MOST_OBSTACLES, MOST_TASKS, MOST_BLOCKS = 2, 2, 5, 7
"""So many fit on a slide in letters that are read from six metres."""


@dataclass(frozen=True)
class Slide:
    """One slide: its heading, what it shows (`kind`), and of a list the part from `first` on."""

    kind: str
    title: str
    items: Sequence[Any] = ()
    first: int = 1


def slides_of(board: Board) -> tuple[Slide, ...]:
    """The slides of a board, in the order in which a meeting goes through them."""
    return tuple(_slides(board)) if board.rows else (Slide("nothing", "Bảng theo dõi"),)


def _slides(board: Board) -> Iterator[Slide]:
    yield Slide("figures", "Số liệu chung")
    yield Slide("states", "Tình trạng các phần việc")
    yield from _cut("needs", "Cần quan tâm trước", board.needs, MOST_NEEDS)
    yield from _cut("obstacles", "Vướng mắc chờ quyết định", _obstacles(board), MOST_OBSTACLES)
    yield Slide("course", "Tiến độ chung so với kế hoạch")
    yield from _cut("blocks", "Tiến độ theo khối", board.blocks, MOST_BLOCKS)
    for group in board.blocks:
        yield from _cut("tasks", group.title, group.rows, MOST_TASKS)


def _obstacles(board: Board) -> list[tuple[Row, ObstacleFacts]]:
    rows = {row.card.id: row for row in board.rows}
    return [(rows[one.task_id], one) for one in board.obstacles]


def _cut(kind: str, title: str, items: Sequence[Any], most: int) -> Iterator[Slide]:
    """The items in parts of at most so many; none where there is none."""
    parts = [items[at : at + most] for at in range(0, len(items), most)]
    for number, part in enumerate(parts, 1):
        place = f" ({number}/{len(parts)})" if len(parts) > 1 else ""
        yield Slide(kind, title + place, part, first=(number - 1) * most + 1)

"""Rows of the grid as a test types and reads them."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from pledges.tasks.grid.sent import KEYS
from pledges.tasks.models import Task
from tests.support.page import Page, PageForm, elements, words
from tests.support.ward import Ward

URL = "/phan-viec/bang"
PAPER = {"from_paper": "Danh sách đăng ký ngày 20/3/2024"}
"""What a clerk, who enters for others, says once for all rows."""
WORK = {
    "lead": "Khu 1",
    "title": "Trồng cây dọc ngõ 12",
    "product": "Hàng cây sống sau 3 tháng",
    "start_on": "1/11/2024",
    "due_on": "31/12/2024",
}


def numbers(form: PageForm) -> list[int]:
    """The numbers of the rows that can be typed into, in their order."""
    return sorted(int(name[1:].partition("-")[0]) for name in form.names if name.endswith("-title"))


def row_of(form: PageForm, title: str) -> int:
    """The number of the row whose title is this."""
    return next(number for number in numbers(form) if form.fields[f"r{number}-title"] == [title])


def blanks(form: PageForm) -> list[int]:
    """The numbers of the blank rows."""
    return [number for number in numbers(form) if not any(cells(form, number).values())]


def cells(form: PageForm, number: int) -> dict[str, str]:
    """What stands in the cells of a row."""
    return {key: form.fields[f"r{number}-{key}"][0] for key in KEYS}


def typed(number: int, **texts: str) -> dict[str, str]:
    """The fields of a row with these texts."""
    return {f"r{number}-{key}": text for key, text in texts.items()}


def new(number: int, **changes: str) -> dict[str, str]:
    """The fields of a row for a task that can be saved, with changes."""
    return typed(number, **{**WORK, **changes})


def said_of(page: Page, number: int, column: str) -> str:
    """What stands beside a cell."""
    return words(page.by_id(f"r{number}-{column}-said"))


def closed(page: Page) -> list[list[str]]:
    """The rows that are shown and can't be typed into, cell by cell."""
    rows = [row for row in page.all("tr") if "closed" in (row.get("class") or "").split()]
    return [[words(cell) for cell in elements(row, "th", "td")] for row in rows]


def everything(form: PageForm) -> list[Mapping[str, Any]]:
    """The texts of all rows that hold something."""
    return [row for row in (cells(form, number) for number in numbers(form)) if any(row.values())]


def titles(ward: Ward) -> list[str]:
    """The titles of all tasks, in the order in which they were entered."""
    ward.settle()
    return list(ward.session.scalars(select(Task.title).order_by(Task.id)))

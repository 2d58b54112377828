"""A sheet as an office keeps it, and the hands that put it into the grid."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from decimal import Decimal
from typing import Any

from playwright.sync_api import Browser, Locator
from sqlalchemy import select

from pledges.tasks.models import Task
from tests.support.browser import Person, at_window
from tests.support.critic import Critic
from tests.support.live import serving
from tests.support.ward import Ward

GRID = "/phan-viec/bang"
KEYS = (
    "lead",
    "cooperating",
    "title",
    "product",
    "start_on",
    "due_on",
    "state_funding",
    "social_funding",
    "movement",
)
UNITS = {"KP1": "Khu phố 1", "KP2": "Khu 2", "KP3": "KP3", "VPTK": "VP - TK", "MTTQ": "UBMTTQ"}
MOVEMENTS = ("Toàn dân đoàn kết xây dựng đô thị văn minh", "Toàn dân bảo vệ an ninh Tổ quốc", "")
PAPER = "Danh sách đăng ký ngày 20/3/2024"

Row = list[str]
Open = Callable[..., Person]


@contextmanager
def windows(ward: Ward, browser: Browser) -> Iterator[Open]:
    """`opened("clerk")`: that person's window, signed in, with the grid in front."""
    with serving(ward.app) as live, ExitStack() as stack:

        def open_window(name: str, **how: Any) -> Person:
            person = stack.enter_context(at_window(browser, live.address, **how))
            person.context.grant_permissions(["clipboard-read", "clipboard-write"])
            person.enter(Critic(ward, name).cookie)
            person.go(GRID)
            return person

        yield open_window


def sheet() -> list[Row]:
    """24 rows of ten columns as an office writes them: codes, names, short names, dates both ways, quotes, lines."""
    codes = list(UNITS)
    rows = []
    for number in range(1, 25):
        lead, helper = codes[number % 5], codes[(number + 1) % 5]
        product = f"Sản phẩm {number}\nbiển tên" if number % 4 == 0 else f"Sản phẩm {number}"
        rows.append([
            str(number), UNITS[lead], f"{UNITS[helper]}; {UNITS[codes[(number + 2) % 5]]}",
            f'Việc số {number}: "Đường hoa" tổ {number}', product,
            f"{number}/4/2024" if number % 2 else f"2024-04-{number:02}", f"{number}/12/2024",
            str(number * 10) if number % 3 else "", f"{number},5" if number % 2 else "0", MOVEMENTS[number % 3],
        ])  # fmt: skip
    return rows


def clip(rows: list[Row]) -> str:
    """The rows as Excel puts them on the clipboard."""

    def cell(text: str) -> str:
        return '"' + text.replace('"', '""') + '"' if "\n" in text else text

    return "\r\n".join("\t".join(map(cell, row)) for row in rows) + "\r\n"


def paste(person: Person, text: str) -> None:
    person.page.evaluate("text => navigator.clipboard.writeText(text)", text)
    person.page.keyboard.press("Control+v")


def cell(person: Person, row: int, key: str) -> Locator:
    """The input of a cell; rows from 0 on."""
    return person.page.locator("tbody tr[data-row]").nth(row).locator(f"td[data-column='{key}'] [data-cell]")


def texts(person: Person) -> list[list[str]]:
    """What stands in every row that can be typed into and holds something."""
    rows = person.page.locator("tbody tr[data-row]").evaluate_all(
        "rows => rows.map(row => [...row.querySelectorAll('[data-cell]')].map(field => field.value))"
    )
    return [row for row in rows if any(row)]


def focused(person: Person) -> str:
    return str(person.page.evaluate("() => document.activeElement.id"))


def said(person: Person) -> Locator:
    return person.page.locator("[data-grid-said]")


def save(person: Person) -> None:
    person.press_in(person.page.locator(".grid-bar").get_by_role("button", name="Lưu bảng"))


def tasks(ward: Ward) -> list[Task]:
    ward.settle()
    return list(ward.session.scalars(select(Task).order_by(Task.id)))


def check_all(found: list[Task], rows: list[Row]) -> None:
    """Every value of every row stands in the database."""
    assert len(found) == len(rows) == 24
    codes = {name: code for code, name in UNITS.items()}
    for task, row in zip(found, rows, strict=True):
        number = int(row[0])
        assert task.lead_unit.code == codes[row[1]]
        assert {unit.code for unit in task.cooperating} == {codes[name] for name in row[2].split("; ")}
        assert task.title == row[3]
        assert task.product == row[4].replace("\n", " ")
        assert (task.start_on, task.due_on) == (date(2024, 4, number), date(2024, 12, number))
        assert task.state_funding == Decimal(row[7] or 0)
        assert task.social_funding == Decimal(row[8].replace(",", "."))
        assert (task.movement.name if task.movement else "") == row[9]

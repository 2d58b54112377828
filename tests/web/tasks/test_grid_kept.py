"""The grid after a session that ended, with as many rows as it takes and more, filtered while something is unsaved."""

import re

import pytest
from sqlalchemy import func, select

from pledges.core.forms.unsent import UnsentForm
from pledges.tasks.grid.sent import MOST_ROWS
from pledges.tasks.models import Task
from tests.support import world
from tests.support.critic import Critic, SignIn
from tests.support.page import Page
from tests.support.ward import Ward
from tests.web.tasks.grid import PAPER, URL, WORK, blanks, cells, everything, new, numbers, row_of, typed

SAVE = "Lưu bảng"


@pytest.fixture
def task(ward: Ward) -> Task:
    return ward.task("KP1", "draft", title="Việc chung")


def count(ward: Ward) -> int:
    ward.settle()
    return ward.session.scalar(select(func.count(Task.id))) or 0


def signed_in_again(ward: Ward, clerk: Critic, form_page: Page, fields: dict[str, str]) -> Page:
    """Send after the session has ended, and sign in again on the page that answers."""
    clerk.client.delete_cookie("session")
    asked = clerk.send_form(form_page.form(), fields, status=None, button=SAVE, forge=True)
    return clerk.send_form(
        clerk.follow(asked).form(), {"username": "clerk", "password": world.PASSWORD}, follow=True
    )


def test_after_a_session_that_ended_signing_in_leads_back_to_the_filled_grid(
    ward: Ward, sign_in: SignIn, task: Task
):
    clerk = sign_in("clerk")
    page = clerk.get(URL)
    back = signed_in_again(ward, clerk, page, typed(0, title="Tên mới") | new(1) | PAPER)
    assert cells(back.form(), 0)["title"] == "Tên mới"
    assert cells(back.form(), 1)["title"] == WORK["title"]
    assert clerk.send_form(back.form(), follow=True, button=SAVE).said == "Đã lưu 2 phần việc."
    assert count(ward) == 2


def many(wanted: int, first: int = 0, **changes: str) -> dict[str, str]:
    fields: dict[str, str] = {}
    for number in range(first, first + wanted):
        fields |= new(number, title=f"Việc số {number}", **changes)
    return fields


def test_a_table_of_a_hundred_long_rows_survives_the_end_of_the_session(ward: Ward, sign_in: SignIn):
    clerk = sign_in("clerk")
    fields = many(
        100, product="Hàng cây sống, có biển tên từng đoạn; " * 12, cooperating="Khu 2; Khu 3; UBMTTQ"
    )
    before = [row | {"title": f"Việc số {number}"} for number, row in enumerate([dict(WORK)] * 100)]
    back = signed_in_again(ward, clerk, clerk.get(URL), fields | PAPER)
    rows = everything(back.form())
    assert [row["title"] for row in rows] == [row["title"] for row in before]
    assert {row["product"] for row in rows} == {("Hàng cây sống, có biển tên từng đoạn; " * 12).strip()}


def test_as_many_rows_as_one_sending_may_bring_are_saved(ward: Ward, sign_in: SignIn):
    clerk = sign_in("clerk")
    longest = "ế" * 490
    fields = many(MOST_ROWS, product=longest, cooperating="Ủy ban Mặt trận Tổ quốc phường; " * 9)
    page = clerk.send_form(clerk.get(URL).form(), fields | PAPER, follow=True, button=SAVE, forge=True)
    assert page.said == f"Đã lưu {MOST_ROWS} phần việc."
    assert count(ward) == MOST_ROWS
    page = clerk.get(URL)
    assert len(numbers(page.form())) == 105
    assert [text for text, _name, _value in page.form().buttons if text.startswith("Trang")] == [
        "Trang 1",
        "Trang 2",
        "Trang 3",
    ]


def test_above_that_a_sentence_says_so_and_nothing_is_lost(ward: Ward, sign_in: SignIn):
    clerk = sign_in("clerk")
    fields = many(MOST_ROWS + 1)
    page = clerk.send_form(clerk.get(URL).form(), fields | PAPER, status=200, button=SAVE, forge=True)
    assert f"mỗi lần chỉ lưu được {MOST_ROWS} dòng" in page.errors[0]
    assert count(ward) == 0
    assert [row["title"] for row in everything(page.form())] == [
        f"Việc số {one}" for one in range(MOST_ROWS + 1)
    ]


def test_filtering_keeps_what_is_not_saved(ward: Ward, sign_in: SignIn, task: Task):
    ward.task("KP2", "draft", title="Việc của Khu phố 2")
    clerk = sign_in("clerk")
    page = clerk.get(URL)
    fields = typed(row_of(page.form(), "Việc chung"), title="Tên đang sửa")
    fields |= typed(blanks(page.form())[0], title="Việc đang nhập")
    page = clerk.send_form(
        page.form(), fields | {"don-vi": str(ward.unit("KP2").id)}, follow=True, button="Lọc"
    )
    assert re.search(rf"don-vi={ward.unit('KP2').id}\b", page.form().action)
    said = [row["title"] for row in everything(page.form())]
    assert said == ["Tên đang sửa", "Việc của Khu phố 2", "Việc đang nhập"]
    assert page.errors == [], "nobody asked to save them yet"
    assert "1 trong 2 phần việc" in page.text
    page = clerk.send_form(page.form(), follow=True, button="Bỏ lọc")
    said = [row["title"] for row in everything(page.form())]
    assert said == ["Tên đang sửa", "Việc của Khu phố 2", "Việc đang nhập"]


def test_each_wish_has_its_way_out_and_what_is_typed_comes_along(ward: Ward, sign_in: SignIn, task: Task):
    ward.task("KP2", "submitted", title="Việc đã gửi")
    clerk = sign_in("clerk")
    page = clerk.get(URL, **{"don-vi": ward.unit("KP1").id, "tinh-trang": "draft"})
    fields = typed(blanks(page.form())[0], title="Việc đang nhập")
    page = clerk.send_form(
        page.form(), fields, follow=True, button="Bỏ điều kiện Đơn vị chủ trì: Khu phố 1 ×"
    )
    assert "tinh-trang=draft" in page.form().action
    assert "don-vi" not in page.form().action
    assert [row["title"] for row in everything(page.form())] == ["Việc chung", "Việc đang nhập"]


def test_filtering_a_grid_that_nobody_typed_into_keeps_nothing(ward: Ward, sign_in: SignIn, task: Task):
    ward.task("KP2", "draft", title="Việc của Khu phố 2")
    ward.task("KP3", "submitted")
    clerk = sign_in("clerk")
    page = clerk.send(URL, {"tinh-trang": "draft"}, follow=True, button="Lọc")
    assert len(everything(page.form())) == 2
    ward.settle()
    assert ward.session.scalar(select(func.count(UnsentForm.id))) == 0


@pytest.mark.parametrize(
    "address", ["?trang=99", "?trang=0", "?trang=x", "?don-vi=999999999999", "?khoi=không"]
)
def test_an_address_that_makes_no_sense_is_read_as_far_as_it_does(
    ward: Ward, sign_in: SignIn, task: Task, address: str
):
    sign_in("clerk").get(URL + address)


@pytest.mark.parametrize(
    "was",
    ["[", "[" * 100_000, "7", "null", '{"task": "1"}', '{"task": true}', '{"cells": 3, "asked": 4, "theirs": []}',
     '{"task": 100000000000000000000000000, "cells": {"x": 1, "title": 2}}', '{"answers": {"a": {}}}'],
)  # fmt: skip
def test_what_a_hostile_browser_brings_back_does_no_harm(ward: Ward, sign_in: SignIn, task: Task, was: str):
    clerk = sign_in("clerk")
    form = clerk.get(URL).form()
    clerk.send_form(form, {"r0-was": was} | PAPER, status=None, button=SAVE, forge=True)
    ward.settle()
    assert task.title == "Việc chung"

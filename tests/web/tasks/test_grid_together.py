"""Two people in the grid at once, forms that are sent again, that lay open too long, or that are very large."""

import html
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from pledges.core.forms.unsent import UnsentForm
from pledges.tasks.grid_rows import MOST_ROWS
from pledges.tasks.models import Task
from tests.support import world
from tests.support.critic import Critic, SignIn, fill
from tests.support.databases import Database
from tests.support.live import at_once, serving
from tests.support.page import Page
from tests.support.ward import Ward
from tests.web.tasks.grid import (
    PAPER,
    URL,
    WORK,
    blanks,
    cells,
    everything,
    new,
    numbers,
    row_of,
    said_of,
    typed,
)

SAVE = "Lưu bảng"
SignInAt = Callable[[Ward, str], Critic]


@pytest.fixture
def sign_in_at() -> SignInAt:
    return Critic


@pytest.fixture
def task(ward: Ward) -> Task:
    return ward.task("KP1", "draft", title="Việc chung")


def count(ward: Ward) -> int:
    ward.settle()
    return ward.session.scalar(select(func.count(Task.id))) or 0


def both_change(
    ward: Ward, sign_in: SignIn, mine: dict[str, str], theirs: dict[str, str]
) -> tuple[Critic, Page]:
    """Both open the grid; the mate saves first, then I do."""
    me, mate = sign_in("officer_kp1"), sign_in("mate_kp1")
    form, other = me.get(URL).form(), mate.get(URL).form()
    mate.send_form(other, typed(row_of(other, "Việc chung"), **theirs), button=SAVE)
    answer = me.send_form(form, typed(row_of(form, "Việc chung"), **mine), status=None, button=SAVE)
    return me, me.follow(answer)


def test_changes_of_different_cells_meet(ward: Ward, sign_in: SignIn, task: Task):
    _me, page = both_change(
        ward, sign_in, {"product": "Sản phẩm của tôi"}, {"due_on": "30/11/2024", "lead": "Khu phố 1"}
    )
    assert page.said == "Đã lưu 1 phần việc."
    ward.settle()
    assert (task.product, task.due_on.isoformat()) == ("Sản phẩm của tôi", "2024-11-30")


def test_the_same_cell_changed_by_both_waits_for_a_choice(ward: Ward, sign_in: SignIn, task: Task):
    me, page = both_change(
        ward,
        sign_in,
        {"title": "Tên của tôi", "product": "Sản phẩm của tôi"},
        {"title": "Tên của đồng nghiệp", "due_on": "30/11/2024"},
    )
    ward.settle()
    assert (task.title, task.product) == ("Tên của đồng nghiệp", "Đường ngõ sạch, có biển tên")
    row = row_of(page.form(), "Tên của tôi")
    shown = cells(page.form(), row)
    assert (shown["product"], shown["due_on"]) == ("Sản phẩm của tôi", "30/11/2024"), "both people's changes"
    beside = said_of(page, row, "title")
    assert "Lê Văn Bình" in beside
    assert "15/10/2024" in beside
    assert "“Tên của đồng nghiệp”" in beside
    again = me.send_form(page.form(), status=200, button=SAVE)
    ward.settle()
    assert task.title == "Tên của đồng nghiệp", "not choosing is no choice"
    me.send_form(again.form(), {f"r{row}-choose-title": "mine"}, button=SAVE)
    ward.settle()
    assert (task.title, task.product, task.due_on.month) == ("Tên của tôi", "Sản phẩm của tôi", 11)


def test_the_other_s_side_can_be_taken(ward: Ward, sign_in: SignIn, task: Task):
    me, page = both_change(
        ward, sign_in, {"title": "Tên của tôi", "product": "Sản phẩm của tôi"}, {"title": "Tên khác"}
    )
    me.send_form(page.form(), {"r0-choose-title": "theirs"}, button=SAVE)
    ward.settle()
    assert (task.title, task.product) == ("Tên khác", "Sản phẩm của tôi")


def test_a_choice_holds_only_for_what_was_in_sight(ward: Ward, sign_in: SignIn, task: Task):
    me, page = both_change(ward, sign_in, {"title": "Tên của tôi"}, {"title": "Tên khác"})
    mate = sign_in("mate_kp1")
    form = mate.get(URL).form()
    mate.send_form(form, typed(row_of(form, "Tên khác"), title="Tên khác nữa"), button=SAVE)
    page = me.send_form(page.form(), {"r0-choose-title": "mine"}, status=200, button=SAVE)
    assert "“Tên khác nữa”" in said_of(page, 0, "title")
    ward.settle()
    assert task.title == "Tên khác nữa"


def test_the_same_change_by_both_is_none(ward: Ward, sign_in: SignIn, task: Task):
    _me, page = both_change(ward, sign_in, {"title": "Tên mới"}, {"title": "Tên mới"})
    assert page.errors == []
    ward.settle()
    assert task.title == "Tên mới"


def test_the_other_rows_are_saved_while_one_waits(ward: Ward, sign_in: SignIn, task: Task):
    me, mate = sign_in("officer_kp1"), sign_in("mate_kp1")
    form = me.get(URL).form()
    mate.send(URL, typed(0, title="Tên khác"), button=SAVE)
    page = me.send_form(form, typed(0, title="Tên của tôi") | new(1), follow=True, button=SAVE)
    assert page.said == "Đã lưu 1 phần việc."
    assert count(ward) == 2
    assert "Lê Văn Bình" in said_of(page, row_of(page.form(), "Tên của tôi"), "title")


def test_a_dead_token_costs_one_more_click(ward: Ward, sign_in: SignIn, task: Task):
    clerk = sign_in("clerk")
    form = clerk.get(URL).form()
    fields = typed(0, title="Tên mới") | new(1, due_on="cuối năm") | PAPER | {"csrf_token": "hỏng"}
    page = clerk.send_form(form, fields, status=200, button=SAVE, forge=True)
    assert "Nội dung đã nhập vẫn còn nguyên" in page.errors[0]
    assert cells(page.form(), 0)["title"] == "Tên mới"
    assert cells(page.form(), 1) == dict.fromkeys(cells(page.form(), 1), "") | WORK | {"due_on": "cuối năm"}
    assert page.form().fields["from_paper"] == list(PAPER.values())
    ward.settle()
    assert task.title == "Việc chung"
    assert clerk.send_form(page.form(), follow=True, button=SAVE).said == "Đã lưu 1 phần việc."


def test_sent_twice_it_is_saved_once(ward: Ward, sign_in: SignIn):
    clerk = sign_in("clerk")
    form = clerk.get(URL).form()
    fields = new(0) | new(1, title="Việc hỏng", due_on="cuối năm") | PAPER
    first = clerk.send_form(form, fields, button=SAVE).location
    assert clerk.send_form(form, fields, button=SAVE).location == first
    assert count(ward) == 1
    assert "Việc hỏng" in clerk.get(first).html, "the second answer holds what the first had left over"


def test_sent_ten_times_at_once_it_is_saved_once(ward: Ward, sign_in: SignIn):
    clerk = sign_in("clerk")
    form = clerk.get(URL).form()
    filled = fill(form, new(0) | new(1, title="Việc khác") | PAPER, button=SAVE)
    cookie = {"Cookie": clerk.cookie}
    ward.settle()

    def send(_turn: int) -> int:
        return ward.app.test_client(use_cookies=False).post(URL, data=filled, headers=cookie).status_code

    with ThreadPoolExecutor(10) as threads:
        assert set(threads.map(send, range(10))) == {302}
    assert count(ward) == 2


def test_two_who_save_the_same_cell_at_the_same_moment(database: Database, sign_in_at: SignInAt):
    """Whoever comes second is asked; on both databases, whichever of the two that is."""
    ward = database.ward()
    task_id = ward.task("KP1", "draft", title="Việc chung").id
    people = [sign_in_at(ward, name) for name in ("officer_kp1", "mate_kp1")]
    forms = [one.get(URL).form() for one in people]
    sent = [
        fill(form, typed(0, title=f"Tên {number}", **{key: f"Nội dung {number}"}), button=SAVE)
        for number, (form, key) in enumerate(zip(forms, ("product", "cooperating"), strict=True))
    ]
    sent[1]["r0-cooperating"] = "Khu 2"
    cookies = [one.cookie for one in people]
    ward.settle()
    with serving(ward.app) as live:
        answers = at_once(2, lambda turn: live.send(forms[turn].action, sent[turn], cookie=cookies[turn]))
    first = next(number for number, answer in enumerate(answers) if answer.status == 302)
    assert answers[1 - first].status == 200
    assert f"đã sửa ô này thành: “Tên {first}”" in html.unescape(answers[1 - first].body)
    ward.settle()
    task = ward.session.get_one(Task, task_id)
    assert task.title == f"Tên {first}"
    assert ("Nội dung 0" in task.product, bool(task.cooperating)) == (first == 0, first == 1)


def test_sent_again_with_other_rows_it_is_shown_again(ward: Ward, sign_in: SignIn):
    clerk = sign_in("clerk")
    form = clerk.get(URL).form()
    clerk.send_form(form, new(0) | PAPER, button=SAVE)
    page = clerk.send_form(form, new(0) | new(1, title="Việc thêm") | PAPER, status=200, button=SAVE)
    assert "đã được ghi một lần với nội dung khác" in page.errors[0]
    page = clerk.send_form(page.form(), follow=True, button=SAVE)
    assert page.said == "Đã lưu 1 phần việc."
    assert "Khu phố 1 đã có phần việc cùng tên" in page.text, "the row of the first sending makes no double"


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


def test_filtering_a_grid_that_nobody_typed_into_keeps_nothing(ward: Ward, sign_in: SignIn, task: Task):
    ward.task("KP2", "draft", title="Việc của Khu phố 2")
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

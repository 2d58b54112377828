"""Two people in the grid at once, forms that are sent again, that lay open too long, or that are very large."""

import html
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from pledges.tasks.models import Task
from tests.support.critic import Critic, SignIn, fill
from tests.support.databases import Database
from tests.support.live import at_once, serving
from tests.support.page import Page
from tests.support.ward import Ward
from tests.web.tasks.grid import (
    PAPER,
    URL,
    WORK,
    cells,
    new,
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

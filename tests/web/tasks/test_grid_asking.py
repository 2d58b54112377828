"""What the grid asks back: what a cell means, whether a work is meant twice, and from which paper it was entered."""

from decimal import Decimal

from sqlalchemy import select

from pledges.tasks.grid.views import NO_PAPER
from pledges.tasks.models import Task
from tests.support.critic import SignIn
from tests.support.ward import Ward
from tests.web.tasks.grid import PAPER, URL, WORK, blanks, cells, new, row_of, titles, typed


def test_a_question_is_answered_beside_the_cell_and_holds_for_the_same_text(ward: Ward, sign_in: SignIn):
    clerk = sign_in("clerk")
    fields = new(0, state_funding="1.234") | new(1, title="Việc khác", state_funding="1.234") | PAPER
    page = clerk.send(URL, fields, status=200, button="Lưu bảng")
    form = page.form()
    clerk.send_form(form, {"r0-answer-0": "1234"}, button="Lưu bảng")
    ward.settle()
    assert {one.state_funding for one in ward.session.scalars(select(Task))} == {1234}


def test_an_answer_is_kept_while_the_row_waits_for_something_else(ward: Ward, sign_in: SignIn):
    clerk = sign_in("clerk")
    page = clerk.send(
        URL, new(0, state_funding="1.234", due_on="cuối năm") | PAPER, status=200, button="Lưu bảng"
    )
    page = clerk.send_form(
        page.form(), {"r0-answer-0": "1.234".replace(".", ",")}, status=200, button="Lưu bảng", forge=True
    )
    page = clerk.send_form(page.form(), {"r0-answer-0": "1234"}, status=200, button="Lưu bảng")
    assert [one for one in page.errors if "số nào" in one] == []
    clerk.send_form(page.form(), typed(0, due_on="31/12/2024"), button="Lưu bảng")
    ward.settle()
    assert ward.session.scalars(select(Task)).one().state_funding == 1234


def test_the_same_list_pasted_twice_is_asked_about(ward: Ward, sign_in: SignIn):
    clerk = sign_in("clerk")
    clerk.send(URL, new(0) | PAPER, button="Lưu bảng")
    form = clerk.get(URL).form()
    again, other = blanks(form)[:2]
    page = clerk.send_form(
        form, new(again) | new(other, lead="Khu 2") | PAPER, follow=True, button="Lưu bảng"
    )
    assert page.said == "Đã lưu 1 phần việc.", "the same work of another unit is no repetition"
    asked = next(name for name in page.form().names if name.endswith("answer-0"))
    clerk.send_form(page.form(), {asked: "no"}, button="Lưu bảng")
    assert len(titles(ward)) == 2
    form = clerk.get(URL).form()
    page = clerk.send_form(form, new(blanks(form)[0]) | PAPER, status=200, button="Lưu bảng")
    asked = next(name for name in page.form().names if name.endswith("answer-0"))
    clerk.send_form(page.form(), {asked: "yes"}, button="Lưu bảng")
    assert len(titles(ward)) == 3


def test_who_enters_for_others_says_from_which_paper(ward: Ward, sign_in: SignIn):
    clerk = sign_in("clerk")
    page = clerk.send(URL, new(0), status=200, button="Lưu bảng")
    assert page.errors == [NO_PAPER]
    assert cells(page.form(), 0)["title"] == WORK["title"]
    assert titles(ward) == []
    clerk.send_form(page.form(), PAPER, button="Lưu bảng")
    assert clerk.get(URL).form().fields["from_paper"] == [""], "nobody has said where the next rows come from"
    assert "from_paper" not in sign_in("officer_kp1").get(URL).form().names


def test_a_task_that_goes_to_another_unit_asks_for_that_unit_s_paper(ward: Ward, sign_in: SignIn):
    task = ward.task("KP3", "draft", title="Việc nhập thay")
    clerk = sign_in("clerk")
    form = clerk.get(URL).form()
    moved = typed(row_of(form, "Việc nhập thay"), lead="Khu 2") | {"from_paper": ""}
    page = clerk.send_form(form, moved, status=200, button="Lưu bảng")
    assert page.errors == [NO_PAPER]
    clerk.send_form(page.form(), {"from_paper": "Phiếu của Khu phố 2"}, button="Lưu bảng")
    ward.settle()
    assert (task.lead_unit.code, task.from_paper) == ("KP2", "Phiếu của Khu phố 2")


def test_one_answer_says_that_a_column_was_pasted_in_dong(ward: Ward, sign_in: SignIn):
    officer = sign_in("officer_kp1")
    fields = new(0, state_funding="45.000.000") | new(1, title="Việc khác", state_funding="320.750.000")
    page = officer.send(URL, fields, status=200, button="Lưu bảng")
    assert ["Cột này đang ghi bằng đồng phải không?" in words for words in page.errors] == [True, True]
    officer.send_form(page.form(), {"r0-answer-0": "yes"}, button="Lưu bảng")
    ward.settle()
    assert [task.state_funding for task in ward.session.scalars(select(Task).order_by(Task.id))] == [
        45,
        Decimal("320.75"),
    ]


def test_a_row_twice_in_one_table_is_asked_about(ward: Ward, sign_in: SignIn):
    page = sign_in("clerk").send(URL, new(0) | new(1) | PAPER, follow=True, button="Lưu bảng")
    assert page.said == "Đã lưu 1 phần việc."
    assert "Khu phố 1 đã có phần việc cùng tên" in page.text

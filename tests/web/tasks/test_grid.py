"""The grid of tasks: who sees and changes what, which rows are saved, and what is said of the others."""

from collections import Counter

import pytest
from sqlalchemy import select

from pledges.tasks.grid.sent import MOST_ROWS
from pledges.tasks.models import Task
from pledges.tasks.rules import TaskStatus
from tests.support.critic import SignIn
from tests.support.queries import CountQueries
from tests.support.ward import Ward
from tests.web.tasks.grid import (
    PAPER,
    URL,
    WORK,
    blanks,
    cells,
    closed,
    new,
    numbers,
    row_of,
    said_of,
    titles,
    typed,
)


def test_the_clerk_sees_all_tasks_and_types_into_drafts_and_returned_ones(ward: Ward, sign_in: SignIn):
    for unit, status in (("KP1", "draft"), ("KP2", "returned"), ("KP1", "submitted"), ("KP2", "approved")):
        ward.task(unit, status, title=f"Việc {status}")
    page = sign_in("clerk").get(URL)
    form = page.form()
    typing = {cells(form, number)["title"] for number in numbers(form)} - {""}
    assert typing == {"Việc draft", "Việc returned"}
    assert {row[3] for row in closed(page)} == {"Việc submitted", "Việc approved"}
    assert len(blanks(form)) == 5


def test_an_officer_sees_the_tasks_of_the_own_unit_alone(ward: Ward, sign_in: SignIn):
    ward.task("KP1", "draft", title="Việc của Khu phố 1")
    ward.task("KP2", "draft", title="Việc của Khu phố 2", cooperating=["KP1"])
    page = sign_in("officer_kp1").get(URL)
    assert "Việc của Khu phố 1" in page.html
    assert "Việc của Khu phố 2" not in page.html


def test_who_may_not_enter_tasks_gets_no_grid(ward: Ward, sign_in: SignIn):
    ward.task("KP1", "draft", title="Việc của Khu phố 1")
    for name in ("leader", "head_kp1", "admin", "ended"):
        sign_in(name).get(URL, status=403)
    outsider = sign_in("outsider")
    assert "Việc của Khu phố 1" not in outsider.get(URL).html
    outsider.get(f"{URL}?phong-trao={ward.campaign.id}", status=404)
    assert sign_in("nobody").get(URL, status=302).location.startswith("/dang-nhap")


def test_a_row_can_not_be_entered_for_another_unit(ward: Ward, sign_in: SignIn):
    officer = sign_in("officer_kp1")
    page = officer.send(URL, new(0, lead="Khu phố 2"), status=200, button="Lưu bảng")
    assert page.errors == [
        "Dòng 1, Đơn vị chủ trì: Đồng chí không được đăng ký, sửa phần việc của Khu phố 2."
    ]
    assert titles(ward) == []


def test_another_unit_s_task_can_not_be_reached_by_its_number(ward: Ward, sign_in: SignIn):
    task = ward.task("KP2", "draft", title="Việc của Khu phố 2")
    forged = {"r0-was": f'{{"task": {task.id}, "version": 1}}'}
    officer = sign_in("officer_kp1")
    page = officer.send(URL, new(0) | forged, status=200, button="Lưu bảng", forge=True)
    assert "không còn được sửa" in page.errors[0]
    assert titles(ward) == ["Việc của Khu phố 2"]


def test_changed_and_new_rows_are_saved_in_one_go(ward: Ward, sign_in: SignIn):
    task = ward.task("KP1", "draft", cooperating=["KP2"])
    before = [(one.label, one.target) for one in task.indicators]
    clerk = sign_in("clerk")
    form = clerk.get(URL).form()
    mine, (first, second, *_rest) = row_of(form, task.title), blanks(form)
    fields = typed(mine, product="Đường ngõ có đèn", state_funding="12,5", cooperating="Khu 3; UBMTTQ")
    fields |= new(first) | new(second, lead="Khu phố 2", movement="Toàn dân bảo vệ an ninh Tổ quốc")
    page = clerk.send_form(form, fields | PAPER, follow=True, button="Lưu bảng")
    assert page.said == "Đã lưu 3 phần việc."
    ward.settle()
    assert (task.product, task.state_funding) == ("Đường ngõ có đèn", 12.5)
    assert [unit.code for unit in task.cooperating] == ["MTTQ", "KP3"]
    assert [(one.label, one.target) for one in task.indicators] == before, "the grid does not ask for them"
    made = ward.session.scalars(select(Task).where(Task.title == WORK["title"]).order_by(Task.id)).all()
    assert [(one.lead_unit.code, one.status) for one in made] == [
        ("KP1", TaskStatus.DRAFT),
        ("KP2", TaskStatus.DRAFT),
    ]
    assert made[1].movement is not None
    assert (made[0].entered_by_name, made[0].on_behalf_of) == ("Vũ Thị Thư", "Khu phố 1")
    assert {one.from_paper for one in made} == set(PAPER.values())
    assert task.from_paper == "", "the unit entered it itself, and the clerk only corrects it"


def test_rows_that_nobody_touched_are_left_alone(ward: Ward, sign_in: SignIn):
    task = ward.task(
        "KP1", "draft", cooperating=["KP2"], state_funding=100, movement=ward.campaign.movements[0]
    )
    version = task.version
    page = sign_in("clerk").send(URL, follow=True, button="Lưu bảng")
    assert page.said == "Không có gì thay đổi để lưu."
    ward.settle()
    assert task.version == version


def test_good_rows_are_saved_and_bad_cells_marked_as_typed(ward: Ward, sign_in: SignIn):
    task = ward.task("KP1", "draft", title="Việc đã có")
    clerk = sign_in("clerk")
    form = clerk.get(URL).form()
    old, (first, second, third, *_rest) = row_of(form, "Việc đã có"), blanks(form)
    bad = {
        **WORK,
        "title": "Việc hỏng",
        "due_on": "cuối năm",
        "lead": "Sở Xây dựng tỉnh",
        "state_funding": "1.234",
    }
    fields = (
        new(first, title="Việc tốt")
        | typed(second, **bad)
        | typed(old, title="Việc sửa", start_on="31/02/2024")
    )
    page = clerk.send_form(
        form, fields | new(third, title="Việc tốt nữa") | PAPER, follow=True, button="Lưu bảng"
    )
    assert page.said == "Đã lưu 2 phần việc."
    assert "2 dòng còn ô cần xem lại, chưa lưu" in page.text
    assert titles(ward) == ["Việc đã có", "Việc tốt", "Việc tốt nữa"]
    form = page.form()
    rest = row_of(form, "Việc hỏng")
    assert cells(form, rest) == dict.fromkeys(cells(form, rest), "") | bad, "as it was typed"
    assert cells(form, row_of(form, "Việc sửa"))["start_on"] == "31/02/2024"
    assert "Không đọc được ngày này" in said_of(page, rest, "due_on")
    assert "Sở Xây dựng tỉnh" in said_of(page, rest, "lead")
    assert "là số nào?" in said_of(page, rest, "state_funding")
    assert page.by_id(f"r{rest}-due_on").get("aria-invalid") == "true"
    assert page.by_id(f"r{rest}-due_on").get("aria-describedby") == f"r{rest}-due_on-said"
    assert f"r{rest}-due_on" in {link.url.lstrip("#") for link in page.links}
    mended = typed(rest, due_on="31/12/2024", lead="KP2", state_funding="1234")
    mended |= typed(row_of(form, "Việc sửa"), start_on="1/5/2024")
    assert clerk.send_form(form, mended, follow=True, button="Lưu bảng").said == "Đã lưu 2 phần việc."
    assert titles(ward) == ["Việc sửa", "Việc tốt", "Việc tốt nữa", "Việc hỏng"]
    assert task.start_on.isoformat() == "2024-05-01"


def test_what_is_left_over_outlives_a_reload_and_is_forgotten_when_given_up(ward: Ward, sign_in: SignIn):
    clerk = sign_in("clerk")
    fields = new(0) | new(1, title="Việc hỏng", due_on="cuối năm") | PAPER
    left = clerk.send(URL, fields, button="Lưu bảng").location
    for _time in range(2):
        page = clerk.get(left)
        assert cells(page.form(), row_of(page.form(), "Việc hỏng"))["due_on"] == "cuối năm"
    assert "Việc hỏng" not in clerk.get(URL).form().fields.values()
    assert "Đang điền dở" in clerk.get(URL).text
    assert f"“{ward.campaign.title}”" in clerk.get(URL).text
    page = clerk.send_form(page.form(), {}, follow=True, button="Bỏ các dòng chưa lưu")
    assert "Việc hỏng" not in page.html
    assert "Đang điền dở" not in page.text


def test_when_no_row_can_be_saved_nothing_is_and_all_stays(ward: Ward, sign_in: SignIn):
    clerk = sign_in("clerk")
    page = clerk.send(URL, typed(0, title="Chỉ có tên"), status=200, button="Lưu bảng")
    assert page.errors == [
        "Dòng 1, Đơn vị chủ trì: Chọn đơn vị chủ trì.",
        "Dòng 1, Ngày bắt đầu: Nhập ngày bắt đầu.",
        "Dòng 1, Ngày hoàn thành: Nhập ngày hoàn thành.",
    ]
    assert cells(page.form(), 0)["title"] == "Chỉ có tên"
    assert titles(ward) == []


def test_no_more_blank_rows_come_back_than_can_be_saved(ward: Ward, sign_in: SignIn):
    fields = {f"r{number}-title": "" for number in range(MOST_ROWS + 50)}
    page = sign_in("clerk").send(URL, fields, status=200, button="Thêm 5 dòng", forge=True)
    assert len(blanks(page.form())) == MOST_ROWS + 5


@pytest.mark.parametrize("status", ["submitted", "cancelled"])
def test_a_task_that_was_sent_meanwhile_keeps_what_it_says(ward: Ward, sign_in: SignIn, status: str):
    task = ward.task("KP1", "draft")
    clerk = sign_in("clerk")
    form = clerk.get(URL).form()
    ward._take(task, TaskStatus(status), ward.actor("officer_kp1"), ward.actor("leader"), ward.now)
    ward.session.commit()
    page = clerk.send_form(form, typed(0, title="Tên mới"), status=200, button="Lưu bảng")
    assert "Dòng 1, Tên phần việc" in page.errors[0]
    assert cells(page.form(), 0)["title"] == "Tên mới", "what was typed is not lost"
    assert titles(ward) == ["Bê tông hóa đường ngõ và phân loại rác tại nguồn"]


def test_more_rows_come_from_the_server_with_all_that_was_typed(ward: Ward, sign_in: SignIn):
    clerk = sign_in("clerk")
    page = clerk.send(URL, typed(0, title="Việc dở dang"), status=200, button="Thêm 5 dòng")
    assert cells(page.form(), 0)["title"] == "Việc dở dang"
    assert len(blanks(page.form())) == 9
    assert page.errors == []


def test_a_concluded_campaign_is_only_shown(ward: Ward, sign_in: SignIn):
    ward.task("KP1", "draft", title="Việc không kịp gửi")
    first = sign_in("clerk")
    form = first.get(URL).form()
    ward.campaign.status = "concluded"  # type: ignore[assignment]
    ward.session.commit()
    clerk = sign_in("clerk")
    page = clerk.get(URL)
    assert [row[3] for row in closed(page)] == ["Việc không kịp gửi"]
    assert numbers(page.form()) == []
    refused = first.send_form(form, typed(0, title="Tên mới"), status=200, button="Lưu bảng")
    assert titles(ward) == ["Việc không kịp gửi"]
    assert "Phong trào đã tổng kết" in " ".join(refused.errors)


def test_queries_do_not_grow_with_the_tasks(ward: Ward, sign_in: SignIn, count_queries: CountQueries):
    clerk = sign_in("clerk")
    for number in range(5):
        ward.task("KP1" if number % 2 else "KP2", "draft", title=f"Việc {number}", cooperating=["KP3"])
    clerk.get(URL)
    with count_queries() as few:
        clerk.get(URL)
    for number in range(5, 60):
        status = "draft" if number % 3 else "approved"
        ward.task("KP1" if number % 2 else "KP2", status, title=f"Việc {number}", cooperating=["KP3", "MTTQ"])
    with count_queries() as many:
        assert len(numbers(clerk.get(URL).form())) > 40
    assert len(many) == len(few)


@pytest.mark.parametrize("name", ["clerk", "officer_kp1"])
def test_saving_many_rows_asks_no_more_than_few_and_writes_each_but_once(
    ward: Ward, sign_in: SignIn, count_queries: CountQueries, name: str
):
    person = sign_in(name)

    def save(count: int) -> Counter[str]:
        """Save so many changed rows and as many new ones, one bad row beside them: the statements by their verbs."""
        for number in range(count):
            ward.task("KP1", "draft", title=f"Việc {count}, dòng {number}", cooperating=["KP3"])
        form = person.get(URL).form()
        fields = dict(PAPER) if name == "clerk" else {}
        for number in range(count):
            mine = row_of(form, f"Việc {count}, dòng {number}")
            fields |= typed(mine, product=f"Sản phẩm {number}", cooperating="Khu 2; UBMTTQ")
        first = blanks(form)[0]
        for number in range(count):
            fields |= new(first + number, title=f"Việc mới {count}, dòng {number}", cooperating="Khu 3")
        fields |= new(first + count, title=f"Việc hỏng {count}", due_on="cuối năm")
        with count_queries() as asked:
            answer = person.send_form(form, fields, button="Lưu bảng", forge=True)
        assert person.follow(answer).said == f"Đã lưu {2 * count} phần việc."
        person.send_form(person.get(answer.location).form(), button="Bỏ các dòng chưa lưu")
        return Counter(statement.split()[0] for statement in asked.statements)

    few, many = save(3), save(30)
    assert many["SELECT"] == few["SELECT"]
    assert many["DELETE"] == few["DELETE"]
    assert many["UPDATE"] - few["UPDATE"] == 27, "each changed task, for its version is compared"
    assert many["INSERT"] - few["INSERT"] <= 3 * 27, (
        "each new task, and what happened to both; the log at once"
    )

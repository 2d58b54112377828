"""Writing an uploaded list: all or nothing, once, and only what was shown."""

from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from pledges.audit.operations import verify
from pledges.core.refusal import Refused
from pledges.tasks.importing import operations
from pledges.tasks.models import Task
from pledges.tasks.operations import discard
from pledges.tasks.rules import TaskEventKind, TaskStatus
from tests.support.critic import Critic, SignIn
from tests.support.page import Page
from tests.support.queries import CountQueries
from tests.support.task_sheets import LINES, answer, changed, told_faults, upload_list, write_list, xlsx
from tests.support.ward import Ward


def tasks(ward: Ward) -> list[Task]:
    ward.settle()
    return list(ward.session.scalars(select(Task).order_by(Task.id)))


def confirm(critic: Critic, preview: Page) -> Any:
    return critic.get(f"{preview.url}/ghi").form()


def test_the_page_names_what_will_happen(ward: Ward, sign_in: SignIn):
    officer = sign_in("officer_kp1")
    preview = upload_list(officer, xlsx(LINES))
    page = officer.get(preview.link("Tiếp tục: ghi 2 phần việc mới"))
    assert page.h1 == "Ghi 2 phần việc mới?"
    assert [label for label, _name, _value in page.form().buttons] == ["Ghi 2 phần việc mới"]
    assert "Nhập thay" not in page.text, "an officer enters for the own unit"


def test_the_receipt_leads_to_the_tasks_and_on_to_sending_them(ward: Ward, sign_in: SignIn):
    officer = sign_in("officer_kp1")
    receipt = write_list(officer, upload_list(officer, xlsx(LINES)))
    assert receipt.h1 == "Đã ghi danh sách"
    first, second = tasks(ward)
    assert receipt.link("Trồng cây xanh đường chính") == f"/phan-viec/{first.id}"
    assert receipt.link("Lắp đèn chiếu sáng ngõ") == f"/phan-viec/{second.id}"
    assert receipt.link("Gửi duyệt nhiều phần việc").startswith("/phan-viec/gui-duyet-nhieu")
    assert (first.entered_by_name, first.on_behalf_of) == ("Nguyễn Thị Lan", "")
    assert "Đang nhập dở" not in officer.get("/phan-viec/nhap-tep").text


def test_two_clicks_and_a_resend_write_once(ward: Ward, sign_in: SignIn):
    officer = sign_in("officer_kp1")
    preview = upload_list(officer, xlsx(LINES))
    form = confirm(officer, preview)
    assert [officer.send_form(form).location for _ in range(3)] == [f"{preview.url}/bien-nhan"] * 3
    assert len(tasks(ward)) == 2


def test_a_second_browser_can_not_write_it_again(ward: Ward, sign_in: SignIn):
    first, second = sign_in("officer_kp1"), sign_in("officer_kp1")
    preview = upload_list(first, xlsx(LINES))
    late = confirm(second, preview)
    write_list(first, preview)
    assert second.send_form(late).location == f"{preview.url}/bien-nhan"
    assert second.get(preview.url, status=302).location == f"{preview.url}/bien-nhan"
    assert len(tasks(ward)) == 2


def test_answers_given_meanwhile_are_read_before_anything_is_written(ward: Ward, sign_in: SignIn):
    first, second = sign_in("officer_kp1"), sign_in("officer_kp1")
    preview = upload_list(first, xlsx(changed(LINES, 1, target="1.234")))
    preview = answer(first, preview, "1.234")
    late = confirm(second, preview)
    answer(first, preview, "1,234")
    page = second.send_form(late, status=200)
    assert any("vừa" in error for error in page.errors)
    assert tasks(ward) == []


def test_a_task_that_changed_since_the_preview_is_not_overwritten(ward: Ward, sign_in: SignIn):
    task = ward.task("KP1", "draft", title="Lắp đèn")
    officer, mate = sign_in("officer_kp1"), sign_in("mate_kp1")
    preview = upload_list(officer, xlsx(changed(LINES, 2, code=Decimal(task.id))))
    form = confirm(officer, preview)
    mate.send(f"/phan-viec/{task.id}/sua", {"product": "Đèn của đồng chí Bình"}, button="Lưu nháp")
    page = officer.send_form(form, status=200)
    assert page.errors[0].startswith("Dữ liệu vừa thay đổi ở nơi khác nên chưa ghi gì.")
    ward.settle()
    assert task.product == "Đèn của đồng chí Bình"
    assert len(tasks(ward)) == 1
    assert "Đèn của đồng chí Bình" in page.text, "what it says now is shown before it is changed"
    officer.send_form(page.form())
    ward.settle()
    assert (task.title, task.product) == ("Lắp đèn chiếu sáng ngõ", "Bộ đèn hoạt động")


def test_a_task_that_was_sent_since_the_preview_stays_as_it_was_sent(ward: Ward, sign_in: SignIn):
    task = ward.task("KP1", "draft")
    officer = sign_in("officer_kp1")
    preview = upload_list(officer, xlsx(changed(LINES, 2, code=Decimal(task.id))))
    form = confirm(officer, preview)
    sign_in("mate_kp1").send(f"/phan-viec/{task.id}/gui-duyet")
    assert officer.send_form(form).location == preview.url
    page = officer.get(preview.url)
    assert "Dữ liệu vừa thay đổi" in page.said
    (fault,) = told_faults(page)["3"]
    assert fault.startswith(f"Mã phần việc {task.id}")
    assert "chờ duyệt" in fault
    assert len(tasks(ward)) == 1


def test_a_failure_at_the_very_end_writes_nothing(
    ward: Ward, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
):
    officer = sign_in("officer_kp1")
    preview = upload_list(officer, xlsx(LINES))
    form = confirm(officer, preview)
    there: list[int] = []

    def fails(session: Session, *_args: Any, **_more: Any) -> None:
        there.extend(session.scalars(select(Task.id)))
        raise Refused("Hết chỗ.")

    monkeypatch.setattr(operations, "record", fails)
    page = officer.send_form(form, status=200)
    assert page.errors == ["Hết chỗ."]
    assert len(there) == 2, "both were in the database when it failed"
    assert tasks(ward) == []
    monkeypatch.undo()
    officer.send_form(page.form())
    assert len(tasks(ward)) == 2


def test_a_long_list_asks_the_database_no_more_than_a_short_one(
    ward: Ward, sign_in: SignIn, count_queries: CountQueries
):
    officer = sign_in("officer_kp1")
    asked = []
    for number in (1, 9):
        there = [ward.task("KP1", "draft", title=f"Việc cũ {word}").id for word in "abcdefghi"[:number]]
        lines = [LINES[0] | {"Tên phần việc": f"Việc mới {task_id}"} for task_id in there]
        lines += [LINES[1] | {"Mã phần việc": Decimal(task_id)} for task_id in there]
        form = confirm(officer, upload_list(officer, xlsx(lines)))
        with count_queries() as count:
            officer.send_form(form)
        asked.append([one.startswith("SELECT") for one in count.statements].count(True))
        for task in tasks(ward):
            discard(ward.session, task, by=ward.actor("officer_kp1"), at=ward.now)
        ward.settle()
    assert asked[0] == asked[1]
    assert verify(ward.session) is None, "the log is whole"


def test_a_clerk_says_who_gave_the_list(ward: Ward, sign_in: SignIn):
    clerk = sign_in("clerk")
    preview = upload_list(clerk, xlsx(changed(LINES, 2, lead="KP2")))
    page = clerk.get(f"{preview.url}/ghi")
    assert page.form().fields["from_paper"] == ["Tệp danh mục.xlsx"]
    page = clerk.send_form(page.form(), status=200)
    assert page.errors == ["Nhập người của đơn vị đã khai: đồng chí đang nhập thay."]
    clerk.send_form(page.form(), {"on_behalf_of": "Các khu trưởng", "from_paper": "Phiếu ngày 20/3/2024"})
    made = tasks(ward)
    assert [task.lead_unit.code for task in made] == ["KP1", "KP2"]
    assert {(task.on_behalf_of, task.from_paper) for task in made} == {
        ("Các khu trưởng", "Phiếu ngày 20/3/2024")
    }


def test_a_clerk_corrects_a_units_own_task_without_a_paper(ward: Ward, sign_in: SignIn):
    task = ward.task("KP1", "draft")
    clerk = sign_in("clerk")
    preview = upload_list(clerk, xlsx(changed(LINES, 1, code=Decimal(task.id))[:1]))
    page = clerk.get(f"{preview.url}/ghi")
    assert "on_behalf_of" not in page.form().names
    clerk.send_form(page.form(), follow=True)
    assert [(one.title, one.on_behalf_of) for one in tasks(ward)] == [("Trồng cây xanh đường chính", "")]


def test_what_was_said_of_a_paper_before_stays(ward: Ward, sign_in: SignIn):
    task = ward.task("KP1", "draft", by="clerk")
    clerk = sign_in("clerk")
    lines = changed(LINES, 1, code=Decimal(task.id))
    write_list(clerk, upload_list(clerk, xlsx(lines)))
    assert [one.from_paper for one in tasks(ward)] == ["Phiếu đăng ký", "Tệp danh mục.xlsx"]


def test_a_row_of_a_task_that_is_there_is_asked_about_rather_than_doubled(ward: Ward, sign_in: SignIn):
    officer = sign_in("officer_kp1")
    write_list(officer, upload_list(officer, xlsx(LINES)))
    dearer = changed(LINES, 1, state_funding=Decimal(40))
    preview = upload_list(officer, xlsx(dearer))
    assert "2 phần việc: 1 không đổi; 1 chờ trả lời" in preview.text
    assert "phần việc này đã có (bản nháp)" in preview.text
    preview = answer(officer, preview, "Bỏ dòng này")
    assert "1 không đổi, 1 bỏ qua" in preview.text
    preview = answer(officer, preview, "Là phần việc đã có")
    assert "1 sẽ sửa, 1 không đổi" in preview.text
    assert "Ngân sách Không 40 triệu đồng" in preview.text
    write_list(officer, preview)
    assert [task.state_funding for task in tasks(ward)] == [Decimal(40), Decimal(0)]
    assert [event.kind for event in tasks(ward)[0].events] == [TaskEventKind.DRAFTED, TaskEventKind.EDITED]
    another = answer(officer, upload_list(officer, xlsx(LINES[:1])), "Là phần việc khác")
    write_list(officer, another)
    assert len(tasks(ward)) == 3


def test_a_row_twice_in_the_file_is_asked_about(ward: Ward, sign_in: SignIn):
    officer = sign_in("officer_kp1")
    twice = [LINES[0], LINES[1], LINES[0] | {"Phải đạt": Decimal(99)}]
    preview = upload_list(officer, xlsx(twice))
    assert "dòng 2 đã ghi phần việc cùng tên, cùng đơn vị này" in preview.text
    assert "2 mới, 1 bỏ qua" in answer(officer, preview, "Ghi lặp").text
    assert "3 mới" in answer(officer, preview, "Là hai phần việc").text


def test_a_row_that_was_pasted_twice_is_told_and_adds_nothing(ward: Ward, sign_in: SignIn):
    officer = sign_in("officer_kp1")
    preview = upload_list(officer, xlsx([LINES[0], LINES[0], LINES[1]]))
    assert "2 phần việc: 2 mới" in preview.text
    assert "Dòng 3: Dòng nhắc lại phần việc ở dòng 2, không thêm gì: bỏ qua." in preview.text
    write_list(officer, preview)
    assert [len(task.indicators) for task in tasks(ward)] == [1, 1]


def test_a_row_that_says_what_a_task_is_going_to_be_called_is_asked_about(ward: Ward, sign_in: SignIn):
    task = ward.task("KP1", "draft", title="Tên cũ")
    named = LINES[0] | {"Mã phần việc": Decimal(task.id)}
    preview = upload_list(sign_in("officer_kp1"), xlsx([named, LINES[1], LINES[0]]))
    assert "dòng 2 đã ghi phần việc cùng tên, cùng đơn vị này" in preview.text


@pytest.mark.parametrize("status", ["submitted", "approved", "committed", "cancelled"])
def test_a_locked_task_is_a_fault_in_words(ward: Ward, sign_in: SignIn, status: str):
    task = ward.task("KP1", status)
    preview = upload_list(
        sign_in("officer_kp1"), xlsx(changed(LINES, 1, code=Decimal(task.id), lead="Khu phố 1"))
    )
    (fault,) = told_faults(preview)["2"]
    assert f"“{TaskStatus(status).label.lower()}”" in fault
    assert (
        "Khác với phần mềm, Sản phẩm: “Đường ngõ sạch, có biển tên” thành “Hàng cây có biển tên”."
        in preview.text
    )
    assert "Khác với phần mềm, Đơn vị chủ trì" not in preview.text


@pytest.mark.parametrize("unit", ["KP2", "MTTQ"])
def test_a_code_out_of_reach_tells_nothing(ward: Ward, sign_in: SignIn, unit: str):
    task = ward.task(unit, "draft", title="Bí mật của đơn vị khác")
    officer = sign_in("officer_kp1")
    preview = upload_list(officer, xlsx(changed(LINES, 1, code=Decimal(task.id))))
    nothing = upload_list(officer, xlsx(changed(LINES, 1, code=Decimal(987654))))
    said, other = (told_faults(page)["2"][0] for page in (preview, nothing))
    assert said.replace(str(task.id), "987654") == other
    assert "Bí mật" not in preview.text


def test_a_line_that_is_gone_from_the_file_takes_nothing_away(ward: Ward, sign_in: SignIn):
    officer = sign_in("officer_kp1")
    write_list(officer, upload_list(officer, xlsx(LINES)))
    upload_list(officer, xlsx(LINES[:1]))
    assert len(tasks(ward)) == 2

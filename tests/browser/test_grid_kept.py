"""The grid loses nothing: dead tokens, double clicks, two people at once, a phone, no scripts."""

from datetime import date

import pytest
from playwright.sync_api import expect

from tests.browser.grid import (
    GRID,
    KEYS,
    PAPER,
    Open,
    cell,
    check_all,
    clip,
    paste,
    said,
    save,
    sheet,
    tasks,
    texts,
)
from tests.support.browser import PHONE
from tests.support.ward import Ward
from tests.support.world import PASSWORD


def test_what_the_server_could_not_take_is_not_sent(ward: Ward, opened: Open):
    officer = opened("officer_kp1")
    cell(officer, 0, "title").fill("Việc một")
    officer.page.locator(".grid-form").evaluate("form => { form.dataset.heavy = '500'; }")
    for _time in range(2):
        officer.page.locator(".grid-bar").get_by_role("button", name="Lưu bảng").click()
        expect(said(officer)).to_contain_text("Bảng quá lớn cho một lần lưu, chưa gửi gì")
    assert texts(officer)[0][2] == "Việc một"
    officer.page.locator(".grid-form").evaluate("form => { form.dataset.heavy = '20000000'; }")
    save(officer)
    officer.sees("1 dòng còn ô cần xem lại")


def test_a_dead_token_loses_nothing(ward: Ward, opened: Open):
    clerk, rows = opened("clerk"), sheet()
    cell(clerk, 0, "lead").click()
    paste(clerk, clip(rows))
    clerk.fill("Nhập thay theo giấy tờ nào (khi nhập thay)", PAPER)
    clerk.page.locator(".grid-form [name='csrf_token']").evaluate("field => { field.value = 'hỏng'; }")
    save(clerk)
    clerk.sees("Nội dung đã nhập vẫn còn nguyên")
    assert tasks(ward) == []
    ward.settle()
    assert texts(clerk) == [row[1:] for row in rows]
    save(clerk)
    clerk.sees("Đã lưu 24 phần việc.")
    check_all(tasks(ward), rows)


def test_a_session_that_ended_loses_nothing(ward: Ward, opened: Open):
    clerk, rows = opened("clerk"), sheet()
    cell(clerk, 0, "lead").click()
    paste(clerk, clip(rows))
    clerk.fill("Nhập thay theo giấy tờ nào (khi nhập thay)", PAPER)
    clerk.context.clear_cookies()
    save(clerk)
    assert clerk.h1 == "Đăng nhập"
    clerk.page.locator("[name='username']").fill("clerk")
    clerk.page.locator("[name='password']").fill(PASSWORD)
    clerk.press("Đăng nhập")
    assert texts(clerk) == [row[1:] for row in rows]
    save(clerk)
    check_all(tasks(ward), rows)


def test_what_is_typed_is_kept_by_itself_and_taken_up_elsewhere(ward: Ward, opened: Open):
    officer, rows = opened("officer_kp1"), sheet()
    cell(officer, 0, "lead").click()
    paste(officer, clip(rows))
    expect(officer.page.locator(".saved")).to_contain_text("Đã tự lưu")
    elsewhere = opened("officer_kp1")
    assert texts(elsewhere) == []
    elsewhere.follow("Điền tiếp")
    assert texts(elsewhere) == [row[1:] for row in rows]


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_double_click_saves_once(ward: Ward, opened: Open, scripts: bool):
    clerk = opened("clerk", scripts=scripts)
    for number, row in enumerate(sheet()[:4]):
        for key, text in zip(KEYS, row[1:], strict=True):
            cell(clerk, number, key).fill(text.replace("\n", " "))
    clerk.page.locator("[name='from_paper']").fill(PAPER)
    with clerk.leaving():
        clerk.page.locator(".grid-bar").get_by_role("button", name="Lưu bảng").dblclick()
    clerk.go(GRID)
    assert len(tasks(ward)) == 4
    assert len(texts(clerk)) == 4


def test_two_people_in_the_grid_at_once(ward: Ward, opened: Open):
    for number in (1, 2, 3):
        ward.task("KP1", "draft", title=f"Việc {number}")
    mine, mate = opened("officer_kp1"), opened("mate_kp1")
    cell(mine, 0, "title").fill("Tên của tôi")
    cell(mine, 1, "product").fill("Sản phẩm của tôi")
    cell(mine, 2, "due_on").fill("30/11/2024")
    cell(mate, 0, "title").fill("Tên của đồng nghiệp")
    cell(mate, 1, "due_on").fill("20/11/2024")
    cell(mate, 3, "title").fill("Việc nhập dở của đồng nghiệp")
    save(mate)
    save(mine)
    mine.sees("Đã lưu 2 phần việc.")
    one, two, three = tasks(ward)
    assert one.title == "Tên của đồng nghiệp"
    assert (two.product, two.due_on) == ("Sản phẩm của tôi", date(2024, 11, 20))
    assert three.due_on == date(2024, 11, 30)
    ward.settle()
    assert [row[2] for row in texts(mate)][-1] == "Việc nhập dở của đồng nghiệp", "not saved, not lost"
    assert cell(mine, 0, "title").input_value() == "Tên của tôi"
    mine.sees("Lê Văn Bình")
    mine.sees("“Tên của đồng nghiệp”")
    mine.page.get_by_label("Giữ nội dung trong ô").check()
    save(mine)
    assert tasks(ward)[0].title == "Tên của tôi"


def test_on_a_phone_each_row_is_a_card(ward: Ward, opened: Open):
    ward.task("KP1", "returned", title="Việc bị trả lại")
    ward.task("KP1", "approved", title="Việc đã duyệt")
    officer = opened("officer_kp1", size=PHONE)
    assert officer.page.locator("[data-cell]").first.bounding_box()["height"] >= 44  # type: ignore[index]
    returned = (
        officer.page.locator("tbody tr[data-row]").filter(has=officer.page.locator("[data-cell]")).first
    )
    returned.locator("[data-column='product'] [data-cell]").fill("Sản phẩm rõ hơn")
    returned.locator("[data-column='due_on'] [data-cell]").fill("cuối năm")
    save(officer)
    officer.sees("1 dòng còn ô cần xem lại, chưa lưu")
    officer.page.locator("[aria-invalid='true']").fill("15/11/2024")
    save(officer)
    officer.sees("Đã lưu 1 phần việc.")
    mended = next(task for task in tasks(ward) if task.title == "Việc bị trả lại")
    assert (mended.product, mended.due_on) == ("Sản phẩm rõ hơn", date(2024, 11, 15))


def test_without_scripts_rows_come_from_the_server(ward: Ward, opened: Open):
    clerk, rows = opened("clerk", scripts=False), sheet()
    for _time in range(4):
        clerk.press("Thêm 5 dòng")
    for number, row in enumerate(rows):
        for key, text in zip(KEYS, row[1:], strict=True):
            cell(clerk, number, key).fill(text)
    clerk.page.locator("[name='from_paper']").fill(PAPER)
    save(clerk)
    clerk.sees("Đã lưu 24 phần việc.")
    check_all(tasks(ward), rows)

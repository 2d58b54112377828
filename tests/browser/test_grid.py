"""The grid under real hands: a block out of Excel, a spreadsheet's keys, two people at once, a phone, no scripts."""

import unicodedata
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, expect
from sqlalchemy import select

from pledges.tasks.models import Task
from tests.support.browser import PHONE, Person, at_window
from tests.support.live import serving
from tests.support.ward import Ward
from tests.support.world import PASSWORD

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


@pytest.fixture
def opened(ward: Ward, browser: Browser) -> Iterator[Open]:
    """`opened("clerk")`: that person's window, signed in, with the grid in front."""
    with serving(ward.app) as live, ExitStack() as stack:

        def open_window(name: str, **how: Any) -> Person:
            person = stack.enter_context(at_window(browser, live.address, **how))
            person.context.grant_permissions(["clipboard-read", "clipboard-write"])
            person.go("/dang-nhap")
            person.page.locator("[name='username']").fill(name)
            person.page.locator("[name='password']").fill(PASSWORD)
            person.press("Đăng nhập")
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


def test_24_rows_of_10_columns_out_of_excel(ward: Ward, opened: Open):
    clerk, rows = opened("clerk"), sheet()
    cell(clerk, 0, "lead").click()
    paste(clerk, clip(rows))
    expect(said(clerk)).to_contain_text("Đã dán 24 dòng × 9 cột")
    assert texts(clerk) == [row[1:] for row in rows], "the first column counts the rows, and is not typed"
    clerk.judge()
    clerk.fill("Nhập thay theo giấy tờ nào (khi nhập thay)", PAPER)
    save(clerk)
    clerk.sees("Đã lưu 24 phần việc.")
    check_all(tasks(ward), rows)


def test_a_block_with_headings_goes_to_the_columns_that_they_name(ward: Ward, opened: Open):
    clerk, rows = opened("clerk"), sheet()
    order = [3, 1, 5, 6, 4, 2, 9, 7, 8]
    heads = [
        "",
        "Chủ trì",
        "PHỐI HỢP",
        "Tên phần việc",
        "San pham",
        "Bắt đầu",
        "Hạn hoàn thành",
        "Ngân sách",
        "XHH",
        "Cuộc vận động",
    ]
    block = [[*(heads[at] for at in order), "Ghi chú"], *([*(row[at] for at in order), "x"] for row in rows)]
    cell(clerk, 0, "lead").click()
    paste(clerk, unicodedata.normalize("NFD", clip(block)))
    expect(said(clerk)).to_contain_text("Bảng không có chỗ cho: Ghi chú")
    clerk.fill("Nhập thay theo giấy tờ nào (khi nhập thay)", PAPER)
    save(clerk)
    check_all(tasks(ward), rows)


def test_a_bad_cell_holds_back_its_row_alone(ward: Ward, opened: Open):
    clerk, rows = opened("clerk"), sheet()
    wrong = [list(row) for row in rows]
    wrong[4][6], wrong[9][1] = "cuối năm", "Sở Xây dựng tỉnh"
    cell(clerk, 0, "lead").click()
    paste(clerk, clip(wrong))
    clerk.fill("Nhập thay theo giấy tờ nào (khi nhập thay)", PAPER)
    save(clerk)
    clerk.sees("Đã lưu 22 phần việc.")
    clerk.sees("2 dòng còn ô cần xem lại, chưa lưu")
    assert [row for row in texts(clerk) if row[2] in {wrong[4][3], wrong[9][3]}] == [
        wrong[4][1:],
        wrong[9][1:],
    ]
    clerk.page.locator(".error-summary").get_by_role("link").first.click()
    clerk.page.keyboard.type("5/12/2024")
    clerk.page.locator(".error-summary").get_by_role("link").nth(1).click()
    clerk.page.keyboard.type(rows[9][1])
    save(clerk)
    clerk.sees("Đã lưu 2 phần việc.")
    check_all(sorted(tasks(ward), key=lambda task: task.start_on), rows)


def test_the_keys_of_a_spreadsheet(ward: Ward, opened: Open):
    ward.task("KP1", "submitted")
    ward.task("KP1", "draft", title="Việc thứ hai")
    officer = opened("officer_kp1")
    keys, page = officer.page.keyboard, officer.page
    rows = page.locator("tbody tr[data-row]")
    first = rows.filter(has=page.locator("[data-cell]")).first
    start = first.locator("td[data-column='title'] [data-cell]")
    row = str(start.get_attribute("id")).partition("-")[0]
    start.click()
    keys.press("ArrowRight")
    assert focused(officer) == f"{row}-product"
    keys.press("End")
    assert focused(officer) == f"{row}-movement"
    keys.press("Home")
    assert focused(officer) == f"{row}-lead"
    keys.press("Tab")
    assert focused(officer) == f"{row}-cooperating"
    keys.press("ArrowRight")
    keys.type("Tên mới")
    assert start.input_value() == "Tên mới", "typing takes the place of what stood there"
    keys.press("ArrowLeft")
    assert focused(officer) == f"{row}-title", "who types moves in the text"
    keys.press("Escape")
    assert start.input_value() == "Việc thứ hai"
    keys.press("F2")
    keys.type(" nữa")
    keys.press("Enter")
    assert start.input_value() == "Việc thứ hai nữa"
    below = focused(officer)
    assert below.endswith("-title")
    assert below != f"{row}-title"
    keys.press("Shift+Enter")
    assert focused(officer) == f"{row}-title"
    keys.press("Control+z")
    assert start.input_value() == "Việc thứ hai"
    keys.press("Control+y")
    assert start.input_value() == "Việc thứ hai nữa"
    keys.press("Delete")
    assert start.input_value() == ""
    keys.press("Control+z")
    assert start.input_value() == "Việc thứ hai nữa"
    keys.press("Control+End")
    last = rows.count()
    keys.type("x")
    keys.press("Enter")
    assert rows.count() == last + 1, "below the last row there is always another"
    officer.judge()


def test_a_block_is_chosen_copied_cut_and_taken_back(ward: Ward, opened: Open):
    officer = opened("officer_kp1")
    keys = officer.page.keyboard
    cell(officer, 0, "title").click()
    paste(officer, clip([["Việc một", "Sản phẩm\nmột"], ["Việc hai", "Sản phẩm hai"]]))
    before = texts(officer)
    keys.press("Control+Home")
    keys.press("ArrowRight")
    keys.press("ArrowRight")
    keys.press("Shift+ArrowRight")
    keys.press("Shift+ArrowDown")
    assert officer.page.locator("td.chosen").count() == 4
    keys.press("Control+x")
    assert texts(officer) == []
    cell(officer, 2, "title").click()
    keys.press("Control+v")
    assert texts(officer) == before
    keys.press("Control+z")
    assert texts(officer) == []
    keys.press("Control+z")
    assert texts(officer) == before
    keys.press("Control+z")
    assert texts(officer) == []
    expect(officer.page.locator("[data-grid-unsaved]")).to_have_text("")


def test_what_can_not_be_edited_is_not_pasted_over(ward: Ward, opened: Open):
    ward.task("KP1", "draft", title="Việc đầu")
    ward.task("KP1", "submitted", title="Việc đã gửi")
    officer = opened("officer_kp1")
    before = texts(officer)
    cell(officer, 0, "title").click()
    paste(officer, clip([["a", "b"], ["c", "d"]]))
    expect(said(officer)).to_contain_text("Chưa dán: dòng 2 không sửa được")
    assert texts(officer) == before


def test_more_rows_than_one_sending_may_bring_stay_on_the_clipboard(ward: Ward, opened: Open):
    officer = opened("officer_kp1")
    officer.axe = False
    cell(officer, 0, "title").click()
    paste(officer, clip([[f"Việc {number}", "x"] for number in range(320)]))
    expect(said(officer)).to_contain_text("Đã dán 300 dòng × 2 cột. Còn 20 dòng chưa dán")
    assert len(texts(officer)) == 300


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
    expect(officer.page.locator(".saved")).to_contain_text("Đã lưu nháp")
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
    with clerk.page.expect_navigation():
        clerk.page.locator(".grid-bar").get_by_role("button", name="Lưu bảng").dblclick()
    clerk.page.wait_for_load_state()
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

"""The grid under real hands: a block out of Excel, and the keys of a spreadsheet."""

import unicodedata

from playwright.sync_api import expect

from tests.browser.grid import (
    PAPER,
    Open,
    cell,
    check_all,
    clip,
    focused,
    paste,
    said,
    save,
    sheet,
    tasks,
    texts,
)
from tests.support.ward import Ward


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


def test_the_summary_leads_into_the_cell_with_its_heading_in_sight(ward: Ward, opened: Open):
    clerk, rows = opened("clerk"), sheet()
    rows[20][6] = "cuối năm"
    cell(clerk, 0, "lead").click()
    paste(clerk, clip(rows[:21]))
    save(clerk)
    clerk.page.mouse.wheel(0, 5000)
    clerk.page.locator(".error-summary a", has_text="cuối năm").evaluate("link => link.click()")
    expect(cell(clerk, 20, "due_on")).to_be_focused()
    expect(clerk.page.locator("#cot-due_on")).to_be_in_viewport(ratio=1)


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

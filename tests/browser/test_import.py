"""A list of tasks from Excel into the campaign: old fonts, a question, a mistake mended; and out of it again."""

import io
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from pledges.core.legacy import Encoding
from tests.support.browser import DESK, PHONE, Person
from tests.support.old_fonts import encode, font_for
from tests.support.task_sheets import UPLOAD, Line, changed, whole_list, xlsx

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def lines_of(tag: str) -> list[Line]:
    """Three tasks that the demo does not have."""
    lines = [line for line in whole_list()[:4] if "Tên phần việc" in line]
    return [line | {"Tên phần việc": f"{tag} {line['Tên phần việc']}"} for line in lines]


def in_tcvn3(lines: list[Line]) -> bytes:
    return xlsx(
        lines,
        spell=lambda text: encode(text, Encoding.TCVN3),
        font=lambda text: font_for(text, Encoding.TCVN3),
    )


def send_file(person: Person, data: bytes, name: str) -> None:
    person.page.locator("input[type=file]").set_input_files({"name": name, "mimeType": XLSX, "buffer": data})
    person.press("Tải lên và xem trước")


@pytest.mark.parametrize(
    "how",
    [{"size": DESK}, {"size": PHONE}, {"size": DESK, "scripts": False}],
    ids=["desk", "phone", "without scripts"],
)
def test_the_whole_way_of_a_list(window: Callable[..., Person], how: dict[str, Any]):
    tag = f"Đợt {how['size']['width']}{'' if how.get('scripts', True) else 'b'}"
    lines = changed(changed(lines_of(tag), 1, lead="Văn phòng đảng uỷ"), 2, due_on="31/11/2024")
    clerk = window(**how)
    clerk.sign_in("clerk")
    clerk.go(UPLOAD)
    send_file(clerk, in_tcvn3(lines), "danh mục cũ.xlsx")
    clerk.sees("Hồ sơ số hóa; chi bộ sinh hoạt bằng sổ tay điện tử")
    clerk.page.get_by_label("Chuyển sang Unicode").check()
    clerk.press("Lưu lựa chọn và đọc lại")
    clerk.sees("1 có lỗi, 1 chờ trả lời")
    clerk.sees("Dòng 3")
    clerk.sees("Tháng 11 năm 2024 không có ngày 31.")
    clerk.page.get_by_label("Văn phòng Đảng ủy phường (VPDU)").check()
    clerk.press("Lưu lựa chọn và đọc lại")
    clerk.follow("Tải lên tệp đã sửa")
    send_file(clerk, in_tcvn3(changed(lines, 2, due_on="30/11/2024")), "danh mục đã sửa.xlsx")
    clerk.sees("3 phần việc: 3 mới")
    clerk.follow("Tiếp tục: ghi 3 phần việc mới")
    assert clerk.h1 == "Ghi 3 phần việc mới?"
    clerk.press("Ghi 3 phần việc mới")
    clerk.sees("Nhập người của đơn vị đã khai")
    clerk.fill("Ai khai danh sách này", "Các đơn vị gửi phiếu đăng ký")
    clerk.press("Ghi 3 phần việc mới")
    clerk.sees("Đã ghi 3 phần việc mới")
    clerk.follow(f"{tag} Số hóa hồ sơ đảng viên")
    clerk.sees("Văn phòng Đảng ủy phường")


def test_impatient_clicks_write_once_and_back_leads_to_the_receipt(window: Callable[..., Person]):
    clerk = window()
    clerk.sign_in("clerk")
    clerk.go(UPLOAD)
    send_file(clerk, xlsx(lines_of("Bấm vội")), "vội.xlsx")
    clerk.follow("Tiếp tục")
    clerk.fill("Ai khai danh sách này", "Các đơn vị")
    with clerk.page.expect_navigation(url="**/bien-nhan"):
        clerk.page.get_by_role("main").get_by_role("button").click(click_count=4)
    clerk.page.wait_for_load_state()
    clerk.sees("Đã ghi 3 phần việc mới")
    clerk.page.go_back()
    clerk.judge()
    assert clerk.h1 == "Đã ghi danh sách"
    clerk.go("/phan-viec?q=Bấm vội")
    expect(clerk.page.get_by_role("table").get_by_role("link", name="Bấm vội")).to_have_count(3)


def test_the_export_is_edited_and_comes_back_as_changes(window: Callable[..., Person]):
    clerk = window()
    clerk.sign_in("clerk")
    clerk.go(UPLOAD)
    send_file(clerk, xlsx(lines_of("Xuất ra")), "xuất.xlsx")
    clerk.follow("Tiếp tục")
    clerk.fill("Ai khai danh sách này", "Các đơn vị")
    clerk.press("Ghi 3 phần việc mới")
    clerk.go(UPLOAD)
    with clerk.page.expect_download() as download:
        clerk.page.get_by_role("link", name="Xuất danh mục ra Excel").click()
    assert download.value.suggested_filename.endswith(".xlsx")
    book = load_workbook(io.BytesIO(download.value.path().read_bytes()))
    page = book["Danh mục"]
    headings = [cell.value for cell in page[1]]
    titles = {
        page.cell(row, headings.index("Tên phần việc") + 1).value: row for row in range(2, page.max_row)
    }
    row = next(row for title, row in titles.items() if title and title.startswith("Xuất ra Giám sát"))
    page.cell(row, headings.index("Ngân sách (triệu đồng)") + 1).value = Decimal(99)
    out = io.BytesIO()
    book.save(out)
    send_file(clerk, out.getvalue(), "đã sửa.xlsx")
    clerk.sees("1 sẽ sửa")
    clerk.sees("99 triệu đồng")
    clerk.follow("Tiếp tục: sửa 1 phần việc")
    assert clerk.h1 == "Sửa 1 phần việc?"

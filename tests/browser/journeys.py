"""The steps that journeys are made of, in the words of the pages."""

import re
from datetime import date
from io import BytesIO

from playwright.sync_api import expect
from pypdf import PdfReader

from tests.support.browser import Person

PDF = b"%PDF-"
OCTOBER = "tháng 10/2024"


def fill_task(officer: Person, title: str, *, wait_for_row: bool = True) -> None:
    """Fill in the registration of a task with two indicators."""
    page = officer.page
    officer.fill("Tên phần việc", title)
    officer.fill("Sản phẩm", "Đường ngõ có cây, có biển tên")
    officer.fill("Ngày hoàn thành", "31/12/2024")
    fill_indicator(officer, 0, "Cây xanh trồng mới", "300", "cây")
    if wait_for_row:
        page.get_by_role("button", name="Thêm chỉ tiêu").click()
        expect(page.get_by_role("group", name="Chỉ tiêu 2")).to_be_visible()
    else:
        officer.press("Thêm chỉ tiêu")
    fill_indicator(officer, 1, "Hộ tham gia chăm sóc cây", "60", "hộ")


def fill_indicator(officer: Person, number: int, label: str, target: str, measure: str) -> None:
    """Fill in one indicator."""
    for name, text in (("label", label), ("target", target), ("measure", measure)):
        officer.page.locator(f"[data-row] [name$='-{name}']").nth(number).fill(text)


def register(officer: Person, title: str, *, wait_for_row: bool = True) -> str:
    """Register a task and send it; gives the address of its page."""
    officer.place("Phần việc")
    officer.follow("Đăng ký")
    fill_task(officer, title, wait_for_row=wait_for_row)
    officer.press("Xem lại trước khi gửi")
    assert officer.h1 == "Xem lại trước khi gửi"
    officer.sees("Cây xanh trồng mới")
    officer.sees("Hộ tham gia chăm sóc cây")
    task = officer.path.removesuffix("/gui-duyet")
    officer.press("Gửi duyệt")
    assert officer.path == f"{task}/bien-nhan"
    return task


def approve(leader: Person, title: str) -> int:
    """Approve a task out of the queue; gives its number in the list."""
    leader.place("Duyệt")
    leader.follow(title)
    assert leader.h1 == "Duyệt phần việc"
    leader.press("Duyệt vào danh mục")
    found = re.search(r"[Ss]ố (\d+)", leader.page.get_by_role("main").inner_text())
    assert found
    return int(found[1])


def prepare_commitment(clerk: Person, unit: str) -> None:
    """Prepare a commitment of a unit with what is proposed, and freeze it."""
    clerk.place("Cam kết")
    clerk.page.get_by_role("row", name=unit).get_by_role("link", name=re.compile("^Soạn")).first.focus()
    clerk.press_in(
        clerk.page.get_by_role("row", name=unit).get_by_role("link", name=re.compile("^Soạn")).first
    )
    clerk.press("Lưu bản cam kết")
    clerk.follow("Chốt để ký")
    clerk.press("Chốt 1 bản cam kết")
    clerk.sees("Đã chốt, chờ ký")


def record_on_paper(clerk: Person, on: date) -> None:
    """Note that everybody signed on paper."""
    clerk.follow("Ghi nhận chữ ký trên giấy")
    for box in clerk.page.get_by_role("main").get_by_role("checkbox").all():
        box.check()
    clerk.page.locator("[name='signed_on']").fill(f"{on:%d/%m/%Y}")
    clerk.page.locator("[name='place']").fill("Hội trường UBND phường Hà Khánh")
    clerk.page.locator("[name='certified_by']").fill("Văn thư phường")
    clerk.press("Ghi nhận chữ ký")
    clerk.sees("Đã ký")


def report_month(officer: Person, task: str, figures: tuple[str, ...], words: str) -> None:
    """Report a task's month and send it."""
    officer.go(task)
    officer.follow("Báo cáo tháng 10")
    values = officer.page.locator("input[name^='value_']")
    for field, figure in zip(values.all(), figures, strict=True):
        field.fill(figure)
    officer.page.locator("[name='narrative']").fill(words)
    officer.press("Xem lại trước khi gửi")
    officer.press("Gửi báo cáo")


def accept_report(leader: Person, title: str) -> None:
    """Accept the report of a task out of the queue."""
    leader.place("Duyệt")
    leader.press_in(leader.page.locator("#bao-cao").get_by_role("link", name=title).first)
    leader.press("Duyệt báo cáo")


def text_of(content: bytes) -> str:
    """What a paper says, on one line."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).split())


def paper(person: Person, address: str) -> bytes:
    """A printed document, fetched as the browser would."""
    answer = person.context.request.get(person.address + address)
    assert answer.status == 200
    assert answer.headers["content-type"] == "application/pdf"
    content = answer.body()
    assert content.startswith(PDF)
    return content

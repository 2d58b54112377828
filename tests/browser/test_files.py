"""Choosing a file: in the office's words where scripts run, with the browser's own button where they don't."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.support.browser import Person

PATTERNS = "/mau-giao-dien"
PHOTOS = [
    {"name": name, "mimeType": "image/png", "buffer": b"\x89PNG\r\n\x1a\n"}
    for name in ("Ngõ tổ 3.png", "Hàng cây.png")
]


def test_the_chosen_files_are_told_by_name_in_the_office_s_words(window: Callable[..., Person]):
    person = window()
    person.go(PATTERNS)
    box = person.page.locator("[data-file]").first
    field, face = box.locator("input"), box.locator(".file-face")
    expect(face).to_have_text("Chọn tệp Chưa chọn tệp nào")
    with person.page.expect_file_chooser() as opened:
        face.click(force=True)  # what stands above the words is the browser's own button, unseen
    opened.value.set_files(PHOTOS[: 2 if opened.value.is_multiple() else 1])
    expect(face).to_contain_text("Ngõ tổ 3.png")
    field.focus()
    with person.page.expect_file_chooser():
        person.page.keyboard.press("Space")
    person.judge()


def test_without_scripts_the_browser_s_own_button_is_there(window: Callable[..., Person]):
    person = window(scripts=False)
    person.go(PATTERNS)
    box = person.page.locator("[data-file]").first
    expect(box.locator("input")).to_have_css("opacity", "1")
    expect(box.locator(".file-face")).to_be_hidden()

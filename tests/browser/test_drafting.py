"""The editor of documents in a real browser: phrases and signers by a press, saved while typed, in two windows."""

import re
from collections.abc import Callable

from playwright.sync_api import expect

from tests.support.browser import PHONE, Person

SAVED = re.compile(r"^Đã tự lưu lúc \d\d:\d\d$")


def test_a_clerk_writes_by_presses_and_finds_it_on_another_computer(window: Callable[..., Person]):
    clerk = window()
    clerk.sign_in("clerk")
    clerk.go("/van-ban/soan/bao-cao-so-ket")
    clerk.press("Bắt đầu soạn")
    page = clerk.page
    section = page.locator("#muc-guidance")
    section.get_by_text("Câu thường dùng").click()
    phrase = section.locator("button.phrase").first
    words = phrase.inner_text().removeprefix("Chèn:").strip()
    phrase.click()
    head = section.locator("textarea").first
    expect(head).to_be_visible()
    expect(head).to_have_value(words)
    page.get_by_role("button", name=re.compile("Phó Chủ tịch")).click()
    expect(page.locator("[name=posts]")).to_have_value("KT. Chủ tịch\nPhó Chủ tịch")
    piece = page.locator("#muc-totals [data-piece]").first
    piece.get_by_role("checkbox").check()
    expect(piece).to_have_class(re.compile("omitted"))
    expect(page.locator("[data-unsent]")).to_have_text(SAVED)
    home = window(size=PHONE)
    home.sign_in("clerk")
    home.go(clerk.path)
    expect(home.page.locator("#muc-guidance textarea").first).to_have_value(words)
    expect(home.page.locator("#muc-totals [data-piece]").first.get_by_role("checkbox")).to_be_checked()
    home.judge()
    home.page.locator(".form-buttons button[value=save]").click()
    home.sees("Đã lưu dự thảo.")

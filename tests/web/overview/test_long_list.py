"""A list too long for one page: totals stay, every task is found, links know the page."""

from urllib.parse import parse_qs, urlsplit

from pledges.overview.cutting import PER_PAGE
from tests.support.critic import SignIn
from tests.support.page import Page, elements, words
from tests.support.ward import Ward


def numbers(page: Page) -> list[str]:
    rows = elements(page.of_class("grid")[0], "tr")
    firsts = [words(elements(row, "td")[0]) for row in rows if elements(row, "td")]
    return [number for number in firsts if number.isdecimal()]


def test_a_long_list_is_shown_page_by_page(ward: Ward, sign_in: SignIn):
    for number in range(PER_PAGE + 3):
        ward.task("KP2" if number % 2 else "KP1", title=f"Phần việc thứ {number}")
    critic = sign_in("leader")
    first = critic.get("/theo-doi")
    assert len(numbers(first)) == PER_PAGE
    assert f"Phần việc 1 đến {PER_PAGE} trong {PER_PAGE + 3}" in first.text
    second = critic.get(first.link("Trang sau"))
    assert len(numbers(second)) == 3
    assert sorted(map(int, numbers(first) + numbers(second))) == list(range(1, PER_PAGE + 4))
    for page in (first, second):
        block = words(page.of_class("block")[0])
        assert f"trong {PER_PAGE + 3} phần việc" in block, "the block counts all of its tasks"
    assert [words(one) for one in second.of_class("kpi")] == [words(one) for one in first.of_class("kpi")]
    reckoned = next(link.url for link in second.links if "phan-viec-" in urlsplit(link.url).fragment)
    assert parse_qs(urlsplit(reckoned).query)["trang"] == ["2"]
    page = critic.get(reckoned)
    assert page.by_id(urlsplit(reckoned).fragment) is not None
    assert len(numbers(critic.get("/theo-doi", **{"tinh-trang": "khong-bao-cao"}))) == PER_PAGE
    assert len(numbers(critic.get("/theo-doi", trang=99))) == 3

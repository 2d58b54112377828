"""Reading what waits on the home page."""

from tests.support.page import Element, Page, elements, has_class, words

NOTHING = "Không có việc nào đang chờ đồng chí"


def waits(page: Page) -> list[Element]:
    """What waits, item by item; bundles are one item each."""
    lists = [one for one in page.of_class("waits") if one.tag == "ul"]
    return [item for item in lists[0] if item.tag == "li"] if lists else []


def said(page: Page) -> list[str]:
    return [words(one) for one in waits(page)]


def press(page: Page, number: int = 0) -> str:
    """Where the button of an item leads."""
    return next(one.get("href") or "" for one in elements(waits(page)[number], "a") if has_class(one, "btn"))

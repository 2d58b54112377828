"""When a page needs no second look: built alike, words and numbers aside, and with no longer word."""

from pathlib import Path

import pytest

from tests.support.builds import Looked, Source

PAGE = """<!doctype html><html lang="vi"><head><title>Việc</title><link rel="stylesheet" href="/static/a.css"></head>
<body><nav><a href="/">Việc của tôi</a></nav><main><h1>Việc</h1><a href="/phan-viec/3">Xem</a>
<table><tr><td class="n">1</td><td>Trồng cây</td></tr></table></main></body></html>"""
ALIKE = {
    "itself": ("", ""),
    "other words and numbers": (">1<", ">27<"),
    "another address": ("/phan-viec/3", "/phan-viec/14"),
    "one more row": ("</table>", '<tr><td class="n">2</td><td>Vệ sinh</td></tr></table>'),
}
OTHER = {
    "a longer word": ("Trồng", "Nghiêngngả"),
    "a longer word in the frame": ("của", "nghiêngngả"),
    "a row of its own": ("</table>", '<tr><td class="n">2</td><td><b>Vệ sinh</b></td></tr></table>'),
    "a column more": ("</td></tr>", "</td><td>Trồng cây</td></tr>"),
    "a link without words": (">Xem<", "><"),
    "another class": ('"n"', '"m"'),
    "an attribute more": ("<h1>", "<h1 hidden>"),
    "another style sheet": ("a.css", "b.css"),
    "another frame": ("</nav>", '<a href="/duyet">Duyệt</a><b>2</b></nav>'),
}


@pytest.fixture
def looked(tmp_path: Path) -> Looked:
    made = Looked(tmp_path / "looked")
    made.note("/phan-viec", Source(PAGE))
    return made


@pytest.mark.parametrize("case", ALIKE)
def test_a_page_like_one_that_was_seen(looked: Looked, case: str):
    assert looked.knows("/phan-viec", Source(PAGE.replace(*ALIKE[case])))


@pytest.mark.parametrize("case", OTHER)
def test_a_page_of_its_own(looked: Looked, case: str):
    changed = PAGE.replace(*OTHER[case])
    assert changed != PAGE
    assert not looked.knows("/phan-viec", Source(changed))


def test_a_page_of_another_kind(looked: Looked):
    assert looked.has("/phan-viec")
    assert not looked.has("/duyet")
    assert not looked.knows("/duyet", Source(PAGE))


def test_what_a_longer_one_taught_stays_known(looked: Looked):
    longer = Source(PAGE.replace("Trồng", "Nghiêngngả"))
    looked.note("/phan-viec", longer)
    assert looked.knows("/phan-viec", longer)
    assert looked.knows("/phan-viec", Source(PAGE))


def test_where_a_page_leads():
    page = Source(PAGE.replace("<h1>", '<a href="/viec#phan">x</a><a href="https://x.vn/">y</a><a>z</a><h1>'))
    assert page.links == ["/", "/viec", "/phan-viec/3"]

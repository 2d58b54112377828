"""What a browser says of itself, in plain words."""

from datetime import UTC, datetime, timedelta

import pytest

from pledges.accounts.rules import browser_in_words
from pledges.accounts.session_pages import began_in_words, in_coarse_words

BASE = "Mozilla/5.0 (%s) AppleWebKit/537.36 (KHTML, like Gecko) %s"
WINDOWS, MAC, PHONE = (
    "Windows NT 10.0; Win64; x64",
    "Macintosh; Intel Mac OS X 10_15_7",
    "Linux; Android 14; K",
)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (BASE % (WINDOWS, "Chrome/140.0 Safari/537.36"), "Chrome trên Windows"),
        (BASE % (WINDOWS, "Chrome/140.0 Safari/537.36 Edg/140.0"), "Edge trên Windows"),
        (BASE % (WINDOWS, "coc_coc_browser/130 Chrome/124.0 Safari/537.36"), "Cốc Cốc trên Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox trên Linux"),
        (BASE % (MAC, "Version/18.0 Safari/605.1.15"), "Safari trên máy Mac"),
        (
            BASE % (PHONE, "SamsungBrowser/28 Chrome/130 Mobile Safari/537.36"),
            "Samsung Internet trên Android",
        ),
        (BASE % ("iPhone; CPU iPhone OS 18_0 like Mac OS X", "CriOS/140.0 Safari"), "Chrome trên iPhone"),
        ("curl/8.0", "Trình duyệt khác"),
        ("", "Trình duyệt khác"),
        ("<script>alert(1)</script>", "Trình duyệt khác"),
    ],
)
def test_name_and_system(said: str, words: str):
    assert browser_in_words(said) == words


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0, "vừa mới đây"),
        (9, "vừa mới đây"),
        (25, "khoảng 20 phút trước"),
        (59, "khoảng 50 phút trước"),
        (61, "khoảng 1 giờ trước"),
        (300, "khoảng 5 giờ trước"),
    ],
)
def test_how_long_ago_coarsely(minutes: int, words: str):
    assert in_coarse_words(timedelta(minutes=minutes)) == words


@pytest.mark.parametrize(("hours", "words"), [(1, "08:05 hôm nay"), (16, "08:05 hôm qua")])
def test_when_it_began_on_a_clock_in_viet_nam(hours: int, words: str):
    started = datetime(2024, 10, 15, 1, 5, tzinfo=UTC)
    assert began_in_words(started, started + timedelta(hours=hours)) == words

"""What is typed into the box, read as terms; and what of a text is marked."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledges.index.rules import LONGEST, MOST_TERMS, Asked, Text, folded, marked, spelt


def terms(typed: str) -> list[str]:
    return [" ".join(term.folded) + ("…" if term.begins else "") for term in Asked.read(typed).terms]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("duong ha khanh", ["duong", "ha", "khanh…"]),
        ("ĐƯỜNG HÀ KHÁNH", ["duong", "ha", "khanh…"]),
        (unicodedata.normalize("NFD", "Đường Hà Khánh"), ["duong", "ha", "khanh…"]),
        ("đuong", ["duong…"]),
        ("Ðường", ["duong…"]),
        ("khu phố 2", ["khu", "pho", "2"]),
        ("khu khu phố", ["khu", "pho…"]),
        ('"hà khánh" đường', ["ha khanh", "duong…"]),
        ("đường “hà khánh”", ["duong", "ha khanh"]),
        ('"hà khánh', ["ha", "khanh…"]),
        ('""', []),
        ("133/KH-UBND", ["133", "kh", "ubnd…"]),
        ("100%", ["100"]),
        ("m²", ["m2…"]),
        ("½ ngõ", ["1 2", "ngo…"]),
        ("AND OR NOT NEAR(a, b)", ["and", "or", "not", "near", "a", "b"]),
        ("title_fold : x*", ["title", "fold", "x"]),
        ("'; DROP TABLE task; --", ["drop", "table", "task…"]),
        ("_ % \\ * ^ ( ) : -", []),
        ("", []),
    ],
)
def test_terms(typed: str, expected: list[str]):
    assert terms(typed) == expected


def test_only_so_much_is_read():
    assert len(Asked.read("a" * 10_000).typed) == LONGEST
    assert len(Asked.read(" ".join(map(str, range(50)))).terms) == MOST_TERMS


@pytest.mark.parametrize(
    ("typed", "number", "registration"),
    [
        ("7", 7, 7),
        ("số 7", 7, None),
        ("so 07", 7, None),
        ("Phần việc số 7", 7, None),
        ("công trình 7", 7, None),
        ("đăng ký 12", None, 12),
        ("Đăng ký số 12", None, 12),
        ("số đăng ký 12", None, 12),
        ("dang ky so 12", None, 12),
        ("khu phố 7", None, None),
        ("7 cây", None, None),
        ("1234567", None, None),
        ("bảy", None, None),
    ],
)
def test_numbers(typed: str, number: int | None, registration: int | None):
    asked = Asked.read(typed)
    assert (asked.number, asked.registration) == (number, registration)


@pytest.mark.parametrize(
    ("one", "other"), [("hòa", "hoà"), ("thủy", "thuỷ"), ("HÓA", "hoá"), ("khỏe", "khoẻ"), ("ÈÙ", "èù")]
)
def test_where_the_tone_stands_makes_no_difference(one: str, other: str):
    assert spelt(one) == spelt(other)


@pytest.mark.parametrize(("one", "other"), [("hòa", "hóa"), ("đường", "dường"), ("ma", "mà"), ("tư", "tu")])
def test_other_accents_are_another_spelling(one: str, other: str):
    assert spelt(one) != spelt(other)
    assert folded(one) == folded(other)


def show(text: str, typed: str) -> str:
    return "".join(f"[{words}]" if hit else words for words, hit in marked(text, Asked.read(typed)))


@pytest.mark.parametrize(
    ("text", "typed", "expected"),
    [
        ("Vỉa hè đường Hà Khánh", "duong ha khanh", "Vỉa hè [đường] [Hà] [Khánh]"),
        ("Khu phố 2, Phong trào", "khu pho", "[Khu] [phố] 2, Phong trào"),
        ("Phong trào phòng, chống", "pho", "[Phong] trào [phòng], chống"),
        ("450 m² đường", "m2", "450 [m²] đường"),
        ("<b>đường</b> & ngõ", "duong", "<b>[đường]</b> & ngõ"),
        ("Nhà văn hóa", "duong", "Nhà văn hóa"),
        ("", "duong", ""),
    ],
)
def test_marked(text: str, typed: str, expected: str):
    assert show(text, typed) == expected


@given(st.text(), st.text())
def test_marking_changes_no_letter(text: str, typed: str):
    assert "".join(words for words, _hit in marked(text, Asked.read(typed))) == text


@given(st.text())
def test_what_is_kept_is_words_and_spaces(text: str):
    kept = Text.of(text, [text])
    for words in (kept.title, kept.title_fold, kept.body, kept.body_fold):
        assert all(word.isalnum() for word in words.split(" ") if word), words
        assert words == words.strip()

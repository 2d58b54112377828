import re
import unicodedata

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from pledges.core.legacy import Encoding, converted, could_be, encoding_of
from pledges.core.syllables import is_syllable
from tests.house.sources import PACKAGE, TEMPLATES
from tests.rules.core.test_text import BY_TONE
from tests.support.old_fonts import encode, font_for

ACCENTED = [*{char for row in BY_TONE.values() for char in unicodedata.normalize("NFC", row)[1:]}, *"ăâđêôơư"]
BOTH_CASES = sorted({*ACCENTED, *(char.upper() for char in ACCENTED)})
PAGES = sorted([*(PACKAGE / "demo" / "data").iterdir(), *TEMPLATES.rglob("*.html")])
TEXTS = [path.read_text(encoding="utf-8") for path in PAGES]
LINES = sorted({line.strip() for text in TEXTS for line in text.splitlines() if not line.isascii()})
WORDS = sorted({word for text in TEXTS for word in re.findall(r"[^\W\d_]+", text)})
VIETNAMESE = [word for word in WORDS if is_syllable(word) and not word.isascii()]
encodings = st.sampled_from(Encoding)
phrases = st.lists(st.sampled_from(VIETNAMESE), min_size=1, max_size=8).map(" ".join)

# Read off public tables and old files, never made by the tables under test or by the tests' own.
BY_HAND = [
    (Encoding.TCVN3, ".VnTime", "§­êng", "Đường"),
    (Encoding.TCVN3, ".VnTime", "Céng hoµ x· héi chñ nghÜa ViÖt Nam", "Cộng hoà xã hội chủ nghĩa Việt Nam"),
    (Encoding.TCVN3, ".VnTime", "§éc lËp - Tù do - H¹nh phóc", "Độc lập - Tự do - Hạnh phúc"),
    (Encoding.TCVN3, ".VnTimeH", "ñy ban nh©n d©n ph­êng Hµ Kh¸nh", "ỦY BAN NHÂN DÂN PHƯỜNG HÀ KHÁNH"),
    (Encoding.TCVN3, ".VnArialH", "§¶ng bé", "ĐẢNG BỘ"),
    (Encoding.VNI, "VNI-Times", "Ñöôøng", "Đường"),
    (
        Encoding.VNI,
        "VNI-Helve",
        "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam",
        "Cộng hòa xã hội chủ nghĩa Việt Nam",
    ),
    (Encoding.VNI, "VNI-Times", "Ñoäc laäp - Töï do - Haïnh phuùc", "Độc lập - Tự do - Hạnh phúc"),
    (Encoding.VNI, "VNI-Times", "UÛY BAN NHAÂN DAÂN PHÖÔØNG", "ỦY BAN NHÂN DÂN PHƯỜNG"),
    (Encoding.VNI, "VNI-Times", "Lyù luaän, kyõ thuaät, tæ leä, kyø, thò xaõ", "Lý luận, kỹ thuật, tỉ lệ, kỳ, thị xã"),
]  # fmt: skip


@pytest.mark.parametrize(("encoding", "font", "typed", "meant"), BY_HAND)
def test_old_text_is_known_by_its_font_and_converted(encoding: Encoding, font: str, typed: str, meant: str):
    assert encoding_of(typed, font) is encoding
    assert converted(typed, encoding, font) == meant


@pytest.mark.parametrize(("encoding", "font", "typed", "meant"), BY_HAND)
def test_old_text_is_known_by_its_characters(encoding: Encoding, font: str, typed: str, meant: str):
    assert encoding_of(typed, "Times New Roman") is encoding
    assert encoding_of(typed) is encoding


def test_there_are_134_accented_letters():
    assert len(BOTH_CASES) == 134


@pytest.mark.parametrize("encoding", Encoding)
@pytest.mark.parametrize("letter", BOTH_CASES)
def test_every_letter_comes_back(letter: str, encoding: Encoding):
    font = font_for(letter, encoding)
    assert converted(encode(letter, encoding, font), encoding, font) == letter


@pytest.mark.parametrize("encoding", Encoding)
def test_every_word_comes_back(encoding: Encoding):
    for word in [*VIETNAMESE, *(word.upper() for word in VIETNAMESE)]:
        small = word if word.isupper() else word.lower()
        font = font_for(small, encoding)
        assert converted(encode(small, encoding, font), encoding, font) == small


@given(phrases, encodings)
def test_phrases_in_an_old_font_are_known_and_come_back(phrase: str, encoding: Encoding):
    small = phrase.lower()
    font = font_for(small, encoding)
    typed = encode(small, encoding, font)
    assert converted(typed, encoding, font) == small
    assert encoding_of(typed, font) is (encoding if typed != small else None)


@given(st.lists(st.sampled_from(VIETNAMESE), min_size=4, unique=True), encodings)
def test_a_sentence_is_known_without_its_font(phrase: list[str], encoding: Encoding):
    typed = [encode(word.lower(), encoding) for word in phrase]
    assume(sum(not is_syllable(word) for word in typed) >= 2)
    assert encoding_of(" ".join(typed)) is encoding


def test_unicode_is_never_suspected():
    assert len(LINES) > 1000
    loose = [unicodedata.normalize("NFD", line) for line in LINES]
    assert [line for line in [*LINES, *loose, *map(str.upper, LINES)] if encoding_of(line)] == []


@given(phrases)
@example("Xã Hà")
@example("hoà")
def test_words_in_unicode_are_never_suspected(phrase: str):
    assert encoding_of(phrase) is None


@given(st.text(st.characters(max_codepoint=127)), st.sampled_from(["", "Arial", ".VnTime", "VNI-Times"]))
def test_ascii_is_never_suspected(text: str, font: str):
    assert encoding_of(text, font) is None


def test_ascii_is_what_a_font_of_capitals_shows():
    assert encoding_of("khu pho 1", ".VnTimeH") is Encoding.TCVN3
    assert converted("khu pho 1", Encoding.TCVN3, ".VnTimeH") == "KHU PHO 1"
    assert encoding_of("KHU PHO 1", ".VnTimeH") is None


@pytest.mark.parametrize(
    "text",
    ["Café Noël, crème brûlée à la façade", "Où est la forêt ?", "Straße für München, schöne Grüße", "Köln",
     "mañana señor niño", "São Paulo, coração", "450 m², 35 °C, ± 5 %, § 12, «xin chào», © 2024", "5 µm", "Ð",
     "12½", "naïve", "Ångström", "smørrebrød", "TP·HCM"],
)  # fmt: skip
def test_other_languages_and_signs_are_left_alone(text: str):
    assert encoding_of(text) is None


@pytest.mark.parametrize("text", ["Đường Hà Khánh", "Xã Hà", "m²", "12,5", "“ba – bốn”", ""])
def test_unicode_typed_in_an_old_font_is_left_alone(text: str):
    assert encoding_of(text, ".VnTime") is None


@pytest.mark.parametrize("font", ["VNtimes new roman", "Vnicorn", "Times New Roman", "Arial", "MyVNI", ""])
def test_other_fonts_say_nothing(font: str):
    assert encoding_of("cã", font) is None


@pytest.mark.parametrize("font", [".VnTime", ".vntime", ".VnArial Narrow", "VnTime", ".VnTimeH"])
def test_fonts_of_tcvn3_are_known_by_their_names(font: str):
    assert encoding_of("cã", font) is Encoding.TCVN3


def test_signs_between_words_stay():
    assert converted("450 m² ­u tiªn “ba” – 5 °C", Encoding.TCVN3) == "450 m² ưu tiên “ba” – 5 °C"
    assert converted("450 m² öu tieân “ba” – 5 °C", Encoding.VNI) == "450 m² ưu tiên “ba” – 5 °C"


def test_a_capital_may_bear_a_small_mark():
    assert converted("TOå dAân phoá", Encoding.VNI) == "TỔ dÂn phố"


def test_words_too_short_to_tell_make_sense_where_others_are_old():
    assert could_be("cã", Encoding.TCVN3)
    assert could_be("H§ND", Encoding.TCVN3)
    assert not could_be("Hà", Encoding.TCVN3)
    assert not could_be("Đội", Encoding.TCVN3)
    assert not could_be("12 m²", Encoding.VNI)


def test_labels_are_the_names_offices_use():
    assert [encoding.label for encoding in Encoding] == ["TCVN3 (ABC)", "VNI"]

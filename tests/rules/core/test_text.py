import unicodedata
from collections.abc import Callable
from itertools import pairwise, product

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pledges.core.text import (
    clean_line,
    clean_text,
    fold,
    nfc,
    person_sort_key,
    sort_key,
    with_vietnamese_d,
)

# Written out by hand, so that nothing here rests on the same tables as the code.
ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
BY_TONE = {
    "a": "aàảãáạ", "ă": "ăằẳẵắặ", "â": "âầẩẫấậ", "e": "eèẻẽéẹ", "ê": "êềểễếệ", "i": "iìỉĩíị",
    "o": "oòỏõóọ", "ô": "ôồổỗốộ", "ơ": "ơờởỡớợ", "u": "uùủũúụ", "ư": "ưừửữứự", "y": "yỳỷỹýỵ",
}  # fmt: skip
LETTER_AND_TONE = {
    char: (letter, tone) for letter in ALPHABET for tone, char in enumerate(nfc(BY_TONE.get(letter, letter)))
}
LETTERS = "".join(LETTER_AND_TONE) + "".join(LETTER_AND_TONE).upper()

any_text = st.text()
rough_text = st.text(
    st.sampled_from("aạ \t\n\r\v\f\x00\x1b\x7f\x85\xa0\xad\u0323\u0302\u200b\u202e\u2028\u2066\ufeff\ud800")
)
# Two names alike but for tones, their places, capitals and one letter, so that every level has to decide.
ALIKE = (("an", "àn", "ân", "An", "ÀN"), ("hoa", "hòa", "hoà", "Hoà", "HÓA"))
syllables = st.sampled_from([pair for group in ALIKE for pair in product(group, repeat=2)])
alike = st.lists(syllables, min_size=1, max_size=4).map(
    lambda pairs: (" ".join(one for one, _ in pairs), " ".join(other for _, other in pairs))
)
phrases = st.lists(st.text(st.sampled_from(LETTERS), min_size=1, max_size=6), min_size=1, max_size=4).map(
    " ".join
)


def slow_key(text: str) -> tuple[list[int], list[list[int]], list[bool]]:
    """Return what the dictionary compares: letters of the whole text, tones by word, capitals."""
    letters: list[int] = []
    tones: list[list[int]] = []
    capitals: list[bool] = []
    for word in text.split(" "):
        letters.append(-1)
        tones.append([])
        for char in word:
            letter, tone = LETTER_AND_TONE[char.lower()]
            letters.append(ALPHABET.index(letter))
            tones[-1] += [tone] if tone else []
            capitals.append(char != char.lower())
    return letters, tones, capitals


def in_order(key: Callable[[str], str], *texts: str):
    keys = [key(text) for text in texts]
    assert all(first < second for first, second in pairwise(keys)), keys


@given(any_text | rough_text)
def test_cleaning_twice_changes_nothing_more(text: str):
    assert clean_line(clean_line(text)) == clean_line(text)
    assert clean_text(clean_text(text)) == clean_text(text)


@given(any_text | rough_text)
def test_clean_text_can_be_stored_and_printed(text: str):
    for clean in (clean_line(text), clean_text(text)):
        assert unicodedata.is_normalized("NFC", clean)
        assert clean == clean.strip()
        assert not {unicodedata.category(char) for char in clean if char not in "\n\t"} & {"Cc", "Cs"}
        clean.encode()
    assert "\n" not in clean_line(text)
    assert clean_line(clean_text(text)) == clean_line(text)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Khu phố\t 2 \r\n", "Khu phố 2"),
        ("Khu\xa0phố\u20092", "Khu phố 2"),
        ("Khu phố\n2", "Khu phố 2"),
        ("Hà\u200b Kh\u202eánh\x00\ufeff\ud83d", "Hà Khánh"),
        (unicodedata.normalize("NFD", "Đường Hà Khánh"), "Đường Hà Khánh"),
        ("ho\u0061\u200b\u0300", "hoà"),
        ("thuỷ thủy", "thuỷ thủy"),
        ("\u200b \u2066", ""),
    ],
)
def test_a_line(typed: str, kept: str):
    assert clean_line(typed) == kept


@pytest.mark.parametrize(
    "code", [*range(0x202A, 0x202F), *range(0x2066, 0x206A), *range(0x200B, 0x2010), 0xFEFF, 0]
)
def test_unseen_characters_go(code: int):
    assert clean_line(f"a{chr(code)}b") == clean_text(f"a{chr(code)}b") == "ab"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("một\r\nhai\rba\u2028bốn", "một\nhai\nba\nbốn"),
        ("\n\n  một   hai  \n\n\n\nba\n", "một hai\n\nba"),
        ("một\n\n\nhai\n\nba", "một\n\nhai\n\nba"),
        ("STT \t Tên", "STT\tTên"),
        ("một\x0b\x07hai", "một\nhai"),
    ],
)
def test_several_lines(typed: str, kept: str):
    assert clean_text(typed) == kept


def test_of_marks_piled_up_on_a_letter_the_first_are_kept():
    """Sorting all of them would keep a server busy for minutes."""
    plain = "Đường Hà Khánh " * 100
    assert nfc(plain) == plain
    assert nfc(plain + "a" + "\u0323\u0302" * 100_000 + "b") == nfc(plain + "a" + "\u0323\u0302" * 15 + "b")


def test_lookalike_d_is_meant_as_d():
    assert with_vietnamese_d("\u00d0ường \u0189ồn \u00f0\u0256") == "Đường Đồn đđ"


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đường  Hà Khánh", "duong ha khanh"),
        ("\u00d0ường \u0189ồn \u00f0\u0256", "duong don dd"),
        ("ĂẮẶ ÂẤ ÊỆ ÔỘ ƠỢ ƯỰ Ỵ", "aaa aa ee oo oo uu y"),
        ("450 m²", "450 m2"),
        ("hòa", fold("hoà")),
        ("thủy", fold("thuỷ")),
        ("", ""),
    ],
)
def test_fold(text: str, folded: str):
    assert fold(text) == folded


@given(any_text | rough_text | phrases)
@example("\u212a\u0130\u1e9e\u2103")
def test_folding_twice_changes_nothing_more(text: str):
    assert fold(fold(text)) == fold(text)


@given(any_text | phrases)
def test_composed_and_decomposed_letters_are_one(text: str):
    decomposed = unicodedata.normalize("NFD", text)
    assert nfc(decomposed) == nfc(text)
    for function in (clean_line, clean_text, fold, sort_key, person_sort_key):
        assert function(decomposed) == function(text)


@given(phrases)
def test_fold_leaves_plain_latin_letters_and_is_blind_to_case(text: str):
    assert set(fold(text)) <= set("abcdefghijklmnopqrstuvwxyz ")
    assert fold(text.upper()) == fold(text.lower()) == fold(text)


def test_the_alphabet_is_in_order():
    in_order(sort_key, *ALPHABET)
    in_order(sort_key, *(f"{letter}a" for letter in ALPHABET))


@pytest.mark.parametrize("row", [nfc(row) for row in BY_TONE.values()])
def test_the_tones_are_in_order(row: str):
    in_order(sort_key, *row)


def test_letters_of_the_whole_text_come_before_tones_and_tones_before_capitals():
    in_order(sort_key, "má an", "ma binh", "mà binh")
    in_order(sort_key, "hà", "Hà", "HÀ", "hả", "hạ", "hạ long", "hai")
    in_order(sort_key, "an bình", "anh", "ân")


@pytest.mark.parametrize(
    ("one", "other"),
    [("hòa", "hoà"), ("thủy", "thuỷ"), ("Khu 05", "Khu 5"), ("m²", "m2"), ("Khối Ⅳ", "Khối IV")],
)
def test_what_reads_the_same_sorts_the_same(one: str, other: str):
    assert sort_key(one) == sort_key(other)


def test_the_place_of_a_tone_does_not_matter_among_other_tones():
    in_order(sort_key, "hoa", "hoà", "hỏa", "hoã", "hóa", "hoạ")


def test_numbers_count_by_value():
    in_order(
        sort_key,
        "Khu phố",
        "Khu phố 0",
        "Khu phố 2",
        "Khu phố 2, tổ 1",
        "Khu phố 10",
        "Khu phố 10a",
        "Khu phố A",
    )
    in_order(sort_key, "1", f"1{'0' * 98}", f"1{'0' * 120}")


@given(st.integers(0, 10**20), st.integers(0, 10**20))
def test_any_two_numbers_sort_by_value(one: int, other: int):
    assert (sort_key(f"Khu phố {one}") < sort_key(f"Khu phố {other}")) == (one < other)


@given(st.tuples(phrases, phrases) | alike)
def test_the_key_agrees_with_the_dictionary(pair: tuple[str, str]):
    one, other = pair
    assert (sort_key(one) < sort_key(other)) == (slow_key(one) < slow_key(other))
    assert (sort_key(one) == sort_key(other)) == (slow_key(one) == slow_key(other))


@given(any_text | rough_text)
def test_a_key_can_be_stored_in_any_database(text: str):
    for key in (sort_key(text), person_sort_key(text)):
        assert "\0" not in key
        key.encode()


@given(phrases)
def test_a_key_of_vietnamese_text_is_printable_ascii(text: str):
    assert sort_key(text).isascii()
    assert sort_key(text).isprintable()


def test_people_sort_by_given_name_then_family_then_middle_names():
    in_order(
        person_sort_key,
        "An",
        "Bùi Thị An",
        "Đỗ Văn An",
        "Nguyễn An",
        "Nguyễn Thị An",
        "Nguyễn Văn An",
        "Nguyễn Văn ÁN",
        "Trần Việt Hùng",
        "Vũ Thị Ước",
    )


def test_the_family_name_decides_before_spelling_and_capitals_of_the_given_name():
    in_order(person_sort_key, "Bùi Văn HOÀ", "Nguyễn Văn Hòa", "NGUYỄN VĂN HÒA")


@given(st.tuples(phrases, phrases) | alike)
@example(("Lê B An", "Lệ A An"))
def test_a_persons_key_agrees_with_the_keys_of_the_parts(pair: tuple[str, str]):
    def slow(name: str) -> tuple[list[tuple[list[int], list[list[int]]]], list[list[bool]]]:
        *rest, given_name = name.split(" ")
        parts = [slow_key(part) for part in (given_name, " ".join(rest[:1]), " ".join(rest[1:]))]
        return [(letters, tones) for letters, tones, _ in parts], [part[2] for part in parts]

    one, other = pair
    assert (person_sort_key(one) < person_sort_key(other)) == (slow(one) < slow(other))

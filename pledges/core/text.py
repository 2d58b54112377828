"""Vietnamese text: one spelling of each letter, search without accents, dictionary order, clean input.

Everything a user types or imports passes through ``clean_line`` or ``clean_text``; what is searched is
kept beside it as ``fold``, what is sorted as ``sort_key`` or ``person_sort_key``, because no database's
own lower-casing or order is right for Vietnamese.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final

# Sort keys are printable ASCII for Vietnamese text. What makes their order right is that the marks stand
# in this order: end of a level, gap between words, punctuation, digits, a to z, other letters, and
# behind a letter the sign that moves it after its plain form (ă is "a}", â is "a~").
_LEVEL_END: Final = " "
_GAP: Final = "!"
_PUNCTUATION: Final = '"'
_OTHER_LETTER: Final = "{"
_SECOND_FORM: Final = "}"
_THIRD_FORM: Final = "~"

_BREVE, _CIRCUMFLEX, _HORN = "\N{COMBINING BREVE}", "\N{COMBINING CIRCUMFLEX ACCENT}", "\N{COMBINING HORN}"
_FORMS: Final = {
    ("a", _BREVE): _SECOND_FORM,
    ("a", _CIRCUMFLEX): _THIRD_FORM,
    ("e", _CIRCUMFLEX): _SECOND_FORM,
    ("o", _CIRCUMFLEX): _SECOND_FORM,
    ("o", _HORN): _THIRD_FORM,
    ("u", _HORN): _SECOND_FORM,
}
# Ngang has no mark and no digit, so it comes first.
_TONES: Final = {
    "\N{COMBINING GRAVE ACCENT}": "1",  # huyền
    "\N{COMBINING HOOK ABOVE}": "2",  # hỏi
    "\N{COMBINING TILDE}": "3",  # ngã
    "\N{COMBINING ACUTE ACCENT}": "4",  # sắc
    "\N{COMBINING DOT BELOW}": "5",  # nặng
}
_FOREIGN_MARK: Final = "6"

# The stroke of đ is no combining mark, and Ð (Icelandic) and Ɖ (African) look the same in capitals.
_STROKED_D: Final = frozenset("đðɖ")
_PLAIN_D: Final = str.maketrans(dict.fromkeys(_STROKED_D, "d"))
_LOOKALIKE_D: Final = str.maketrans("ÐƉðɖ", "ĐĐđđ")

_LINE_ENDS: Final = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
# Controls, surrogates, bidirectional and zero-width signs, and the two non-characters XML (so .xlsx and
# .docx) refuses: none can be seen, all can disguise one name as another or break a file or a query.
_UNSEEN: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ud800-\udfff\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)
_SPACES: Final = re.compile(r"[^\S\n]+")
_EMPTY_LINES: Final = re.compile(r"\n{3,}")
_NUMBER_OR_CHARACTER: Final = re.compile(r"[0-9]+|.", re.DOTALL)
_LONGEST_NUMBER: Final = 99
_LONG: Final = 1000
_MOST_MARKS: Final = 30  # Unicode's Stream-Safe Text (UAX #15) allows as many


def nfc(text: str) -> str:
    """Return ``text`` with every letter composed (Unicode NFC), the only form that is stored.

    Of marks piled up on one letter by the dozen, which no language has, the first are kept: sorting a long pile takes
    a time that grows with its square.
    """
    return unicodedata.normalize("NFC", text if len(text) <= _LONG else _without_piles(text))


def is_piled(text: str) -> bool:
    """Return whether ``text`` piles up marks on one letter that `nfc` would not all keep in a long text."""
    return len(_without_piles(text)) < len(text)


def _without_piles(text: str) -> str:
    kept, marks = [], 0
    for char in text:
        marks = marks + 1 if unicodedata.combining(char) else 0
        if marks <= _MOST_MARKS:
            kept.append(char)
    return "".join(kept)


def with_vietnamese_d(text: str) -> str:
    """Return ``text`` with Ð (U+00D0) and Ɖ (U+0189), small ones too, replaced by the Đ they are meant as.

    For imports: old fonts and converters write the lookalike letters.
    """
    return text.translate(_LOOKALIKE_D)


def _visible(text: str) -> str:
    return nfc(_UNSEEN.sub("", _LINE_ENDS.sub("\n", text)))


def clean_line(text: str) -> str:
    """Return ``text`` as one line: NFC, without control, bidirectional and zero-width characters, trimmed.

    Each run of white space, line breaks and non-breaking spaces included, becomes one space.
    """
    return " ".join(_visible(text).split())


def _narrow(run: re.Match[str]) -> str:
    return "\t" if "\t" in run[0] else " "


def clean_text(text: str) -> str:
    r"""Return ``text`` of several lines: NFC, lines ended by ``\n``, without unseen characters, trimmed.

    Within a line each run of spaces becomes one space (one tab if it holds a tab), and both ends of the
    line are trimmed. Several empty lines become one; none is left at the beginning or the end.
    """
    lines = (_SPACES.sub(_narrow, line).strip() for line in _visible(text).split("\n"))
    return _EMPTY_LINES.sub("\n\n", "\n".join(lines)).strip("\n")


def upper_first(text: str) -> str:
    """Return the text with its first letter a capital and all others as they are ("Quý III/2024")."""
    return text[:1].upper() + text[1:]


def fold(text: str) -> str:
    """Return ``text`` as it is searched: small letters without accents, đ as d, single spaces.

    "Đường Hà Khánh" and "duong ha khanh" fold alike, so do hòa and hoà, thủy and thuỷ, m² and m2.
    """
    small = unicodedata.normalize("NFKD", clean_line(text)).casefold()
    letters = (char for char in unicodedata.normalize("NFKD", small) if not unicodedata.combining(char))
    return clean_line("".join(letters).translate(_PLAIN_D))


def _letter(char: str) -> str:
    if "a" <= char <= "z":
        return char
    if char.isspace():
        return _GAP
    return (_OTHER_LETTER if char.isalpha() else _PUNCTUATION) + char


@lru_cache(maxsize=1024)
def _weigh(char: str) -> tuple[str, str, str]:
    """Return what one composed character adds to the three levels of a key: letter, tone, case."""
    small = char.casefold()
    capital = str(int(char.isupper()))
    if small in _STROKED_D:
        return "d" + _SECOND_FORM, "", capital
    letters, tone, last = "", "", ""
    for part in unicodedata.normalize("NFD", small):
        if not unicodedata.combining(part):
            last = part
            letters += _letter(part)
        elif (last, part) in _FORMS:
            letters += _FORMS[last, part]
        else:
            tone += _TONES.get(part, _FOREIGN_MARK)
    if last.isalpha():
        return letters, tone, capital
    return letters, _GAP if letters else tone, ""


def _weigh_number(digits: str) -> tuple[str, str, str]:
    value = digits.lstrip("0")
    return f"{min(len(value), _LONGEST_NUMBER):02}{value}", _GAP, ""


def _levels(text: str) -> tuple[str, str, str]:
    """Return the three levels of a key: all letters, then the tones by word, then the capitals."""
    plain = clean_line(unicodedata.normalize("NFKC", text))
    if not plain:
        return "", "", ""
    weights = [
        _weigh_number(piece) if "0" <= piece[0] <= "9" else _weigh(piece)
        for piece in _NUMBER_OR_CHARACTER.findall(plain)
    ]
    letters, tones, capitals = ("".join(level) for level in zip(*weights, strict=True))
    return letters, tones, capitals


def sort_key(text: str) -> str:
    """Return a string whose order by code point is the Vietnamese dictionary order of ``text``.

    Letters of the whole text count first (a ă â b c d đ e ê … u ư v x y; f j w z in their Latin places;
    a gap before any letter), then the tones word by word (ngang, huyền, hỏi, ngã, sắc, nặng), then
    small letters before capitals. Where in its syllable a tone is written makes no difference (hòa,
    hoà). Numbers count by value: "Khu phố 2" stands before "Khu phố 10". Order it with BINARY in SQLite,
    with COLLATE "C" in PostgreSQL; it has no NUL and is two to three times as long as the text.
    """
    return _LEVEL_END.join(_levels(text))


def person_sort_key(name: str) -> str:
    """Return the ``sort_key`` of a person: given name (the last word), family name, middle names.

    Each counts with its tones before the next is looked at; capitals count last of all.
    """
    *rest, given = clean_line(name).split(" ")
    parts = [_levels(part) for part in (given, " ".join(rest[:1]), " ".join(rest[1:]))]
    names = [level for letters, tones, _ in parts for level in (letters, tones)]
    return _LEVEL_END.join([*names, *(capitals for _, _, capitals in parts)])

"""Vietnamese text as offices typed it before Unicode, for TCVN3 and for VNI fonts.

The tables are laid out otherwise than the product's: TCVN3 by the order of its codes, VNI by the rule that
made it (which mark means which tone on which kind of vowel).
"""

import unicodedata

from pledges.core.legacy import Encoding

# The letters at the codes from A8 on; a dot where TCVN 5712:1993, table VN3, has none or a combining tone.
_FROM_A8 = "ăâêôơưđ......àảãáạ.ằẳẵắ.......ặầẩẫấậè.ẻẽéẹềểễếệìỉ...ĩíịò.ỏõóọồổỗốộờởỡớợù.ủũúụừửữứựỳỷỹýỵ"
TCVN3 = {letter: chr(0xA8 + place) for place, letter in enumerate(_FROM_A8) if letter != "."}
TCVN3_CAPITALS = {letter: chr(0xA1 + place) for place, letter in enumerate("ĂÂÊÔƠƯĐ")}

# Marks after a vowel in VNI, in the order: no tone, huyền, hỏi, ngã, sắc, nặng.
_TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
_MARKS = {"": ["", *"øûõùï"], "\u0302": [*"âàåãáä"], "\u0306": [*"êèúüéë"]}
_WHOLE = {"ì": "ì", "ỉ": "æ", "ĩ": "ó", "í": "í", "ị": "ò", "ỵ": "î", "đ": "ñ"}
_HORNED = {"o\u031b": "ô", "u\u031b": "ö"}


def _vni_small(letter: str) -> str:
    if letter in _WHOLE:
        return _WHOLE[letter]
    loose = unicodedata.normalize("NFD", letter)
    tone = next((mark for mark in loose if mark in _TONES), "")
    rest = unicodedata.normalize("NFD", loose.replace(tone, ""))
    base, shape = (_HORNED[rest], "") if rest in _HORNED else (rest[0], rest[1:])
    if shape not in _MARKS:
        return letter
    return base + _MARKS[shape][_TONES.index(tone)]


def _vni(letter: str) -> str:
    return _vni_small(letter.lower()).upper() if letter.isupper() else _vni_small(letter)


def _tcvn3(char: str) -> str:
    if char.isascii() or not char.isalpha():
        return char
    return (TCVN3 | TCVN3_CAPITALS)[char]


def encode(text: str, encoding: Encoding, font: str = "") -> str:
    """Return what one typed in old days to see ``text`` in ``font``.

    Raises ``KeyError`` for a capital with a tone in TCVN3 unless the font draws capitals (``font_for``).
    """
    text = unicodedata.normalize("NFC", text)
    if encoding is Encoding.VNI:
        return "".join(_vni(char) for char in text)
    return "".join(_tcvn3(char) for char in (text.lower() if font.endswith("H") else text))


def font_for(text: str, encoding: Encoding) -> str:
    """Return the font an office chose for ``text``: the one of capitals for a line of capitals."""
    if encoding is Encoding.VNI:
        return "VNI-Times"
    return ".VnTimeH" if text.isupper() else ".VnTime"

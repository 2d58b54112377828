"""Bảng mã cũ: Vietnamese text written for fonts that drew Latin letters as Vietnamese ones.

Before Unicode an office typed "§­êng" and a font such as .VnTime drew "Đường" (TCVN3, also called ABC);
in the south it typed "Ñöôøng" for VNI-Times. Such text still stands in old Excel files, as characters of
Western Windows. Sources of the tables: TCVN 5712:1993, table VN3, and the code chart of VNI for Windows.
"""

import re
from collections.abc import Collection, Mapping
from enum import Enum
from functools import lru_cache
from itertools import product
from typing import Final

from pledges.core.syllables import is_syllable
from pledges.core.text import nfc


class Encoding(Enum):
    """Bảng mã: the two old encodings that offices still have files in."""

    TCVN3 = "TCVN3"
    VNI = "VNI"

    @property
    def label(self) -> str:
        """Its name as offices know it."""
        return {"TCVN3": "TCVN3 (ABC)", "VNI": "VNI"}[self.value]


def _table(rows: str) -> list[str]:
    return rows.split()


# Each row: one vowel with ngang, huyền, hỏi, ngã, sắc, nặng; đ closes.
_LETTERS: Final = _table("""
    a à ả ã á ạ   ă ằ ẳ ẵ ắ ặ   â ầ ẩ ẫ ấ ậ   e è ẻ ẽ é ẹ   ê ề ể ễ ế ệ   i ì ỉ ĩ í ị
    o ò ỏ õ ó ọ   ô ồ ổ ỗ ố ộ   ơ ờ ở ỡ ớ ợ   u ù ủ ũ ú ụ   ư ừ ử ữ ứ ự   y ỳ ỷ ỹ ý ỵ   đ
""")
# The code of ư is the soft hyphen, which no editor shows: it is put in for the SH.
_TCVN3: Final = _table(
    """
    a µ ¶ · ¸ ¹   ¨ » ¼ ½ ¾ Æ   © Ç È É Ê Ë   e Ì Î Ï Ð Ñ   ª Ò Ó Ô Õ Ö   i × Ø Ü Ý Þ
    o ß á â ã ä   « å æ ç è é   ¬ ê ë ì í î   u ï ñ ò ó ô   SH õ ö ÷ ø ù   y ú û ü ý þ   ®
""".replace("SH", "\N{SOFT HYPHEN}")
)
# Its only capitals besides A to Z; for the others one typed the small code in a font that draws capitals.
_TCVN3_CAPITALS: Final = dict(zip("¡¢£¤¥¦§", "ĂÂÊÔƠƯĐ", strict=True))
_VNI: Final = _table("""
    a aø aû aõ aù aï   aê aè aú aü aé aë   aâ aà aå aã aá aä   e eø eû eõ eù eï   eâ eà eå eã eá eä
    i ì æ ó í ò   o oø oû oõ où oï   oâ oà oå oã oá oä   ô ôø ôû ôõ ôù ôï   u uø uû uõ uù uï
    ö öø öû öõ öù öï   y yø yû yõ yù î   ñ
""")


def _vni_codes() -> dict[str, str]:
    """Return letters by code. A capital has a capital base; its mark may be of either case."""
    codes: dict[str, str] = {}
    for code, letter in zip(_VNI, _LETTERS, strict=True):
        for cased in product(*({char, char.upper()} for char in code)):
            codes["".join(cased)] = letter.upper() if cased[0].isupper() else letter
    return codes


def _tcvn3_codes() -> dict[str, str]:
    return {**dict(zip(_TCVN3, _LETTERS, strict=True)), **_TCVN3_CAPITALS}


def _accented(codes: Mapping[str, str]) -> dict[str, str]:
    """Return ``codes`` without the plain letters, which stand for themselves."""
    return {code: letter for code, letter in codes.items() if not code.isascii()}


_CODES: Final = {Encoding.TCVN3: _accented(_tcvn3_codes()), Encoding.VNI: _accented(_vni_codes())}
# What a word may be made of in each. Signs that neither draws as a letter part words: ² ° « » “ ” – …
_IN_WORDS: Final = {
    Encoding.TCVN3: "A-Za-z\xa1-\xaf\xb5-\xff",
    Encoding.VNI: "A-Za-zÀ-ÖØ-öø-ÿ",
}
_WORD: Final = {encoding: re.compile(f"[{chars}]+") for encoding, chars in _IN_WORDS.items()}


def _any_of(codes: Collection[str]) -> re.Pattern[str]:
    """Return the pattern of any code, pairs first: oà would else be read as o and a stray à.

    Pairs of one base are put together, for a large sheet is searched for hundreds of codes.
    """
    marks: dict[str, str] = {}
    for code in codes:
        marks[code[0]] = marks.get(code[0], "") + code[1:]
    pairs = [f"{base}[{after}]" for base, after in marks.items() if after]
    singles = "".join(code for code in codes if len(code) == 1)
    return re.compile("|".join([*pairs, f"[{singles}]"]))


_CODE: Final = {encoding: _any_of(codes) for encoding, codes in _CODES.items()}
_UNDECODED: Final = {encoding: re.compile(f"(?![A-Za-z])[{chars}]") for encoding, chars in _IN_WORDS.items()}
# Western letters and signs that are codes, but that no Vietnamese text in Unicode has inside a word.
_NEVER_VIETNAMESE: Final = frozenset(
    char for codes in _CODES.values() for code in codes for char in code if not char.isascii()
) - {*"Ðð", *"".join(_LETTERS), *"".join(_LETTERS).upper()}

_TCVN3_FONT: Final = re.compile(r"(?i:\.vn)|Vn(?:Time|Arial)")
_VNI_FONT: Final = re.compile(r"vni(?![a-z])", re.IGNORECASE)
_LETTERS_ALONE: Final = re.compile(r"[^\W\d_]+")
_LAST_WESTERN: Final = "\xff"
_TELLING_LENGTH: Final = 3
_CERTAIN: Final = 2
_DUMB, _AGAINST = -1, -2
_LONGEST_WORD: Final = 40


def encoding_of_font(font: str) -> Encoding | None:
    """Return the encoding a font was drawn for, by its name: .VnTime, .VnArialH; VNI-Times, VNI-Helve."""
    if _TCVN3_FONT.match(font):
        return Encoding.TCVN3
    return Encoding.VNI if _VNI_FONT.match(font) else None


def _draws_capitals(font: str) -> bool:
    """Return whether ``font`` shows small letters as capitals: .VnTimeH, as Vietnamese offices had them."""
    return font.endswith("H") and encoding_of_font(font) is Encoding.TCVN3


def converted(text: str, encoding: Encoding, font: str = "") -> str:
    """Return ``text``, written in ``encoding``, as Unicode (NFC).

    In a font that draws capitals (its name ends in H) the letters become capitals. What is no code of the
    encoding stays as it is.
    """
    codes = _CODES[encoding]
    plain = nfc(_CODE[encoding].sub(lambda code: codes[code[0]], text))
    return plain.upper() if encoding is Encoding.TCVN3 and _draws_capitals(font) else plain


def beyond_western(text: str) -> bool:
    """Return whether ``text`` has a letter beyond the Western ones, which no old encoding has: ư, ạ, ế."""
    return any(char > _LAST_WESTERN and char.isalpha() for char in text)


def _decodable(text: str, encoding: Encoding, font: str = "") -> bool:
    """Return whether ``text`` has something to convert and every letter of it can be.

    A letter beyond the Western ones proves that the text is Unicode, whatever its font is called.
    """
    if beyond_western(text):
        return False
    rest = _CODE[encoding].sub("", text)
    return _UNDECODED[encoding].search(rest) is None and converted(text, encoding, font) != text


def _words(text: str, encoding: Encoding) -> list[str]:
    return [word for word in _WORD[encoding].findall(text) if not word.isascii()]


def could_be(text: str, encoding: Encoding) -> bool:
    """Return whether every accented word of ``text`` makes sense in ``encoding``.

    Too weak to suspect one text by, for "cã" is Vietnamese as it stands; enough where the texts around it
    are in that encoding.
    """
    if not _decodable(text, encoding):
        return False
    words = [converted(word, encoding) for word in _words(text, encoding)]
    return words != [] and all(is_syllable(word) or word.isupper() for word in words)


def makes_sense(text: str) -> bool:
    """Return whether an accented word of ``text`` is Vietnamese as it stands, in Unicode."""
    return any(is_syllable(word) for word in _LETTERS_ALONE.findall(text) if not word.isascii())


def _evidence(text: str, encoding: Encoding) -> int:
    """Return how strongly the words of ``text`` speak for ``encoding``; 0 if any speaks against it.

    Most accented words have to speak for it.
    """
    if not _decodable(text, encoding):
        return 0
    strengths = [_strength(word[:_LONGEST_WORD], encoding) for word in _words(text, encoding)]
    speaking = sum(strength > 0 for strength in strengths)
    if _AGAINST in strengths or speaking <= strengths.count(_DUMB):
        return 0
    return sum(strength for strength in strengths if strength > 0)


@lru_cache(maxsize=4096)
def _strength(word: str, encoding: Encoding) -> int:
    """Return how strongly an accented word speaks for ``encoding``.

    It speaks for it if it is no Vietnamese syllable as it stands and is one converted: strongly if it is long
    and has a character that Vietnamese words never have. What is one both ways, or an abbreviation, says nothing.
    """
    plain = converted(word, encoding)
    if is_syllable(plain):
        strongly = len(plain) >= _TELLING_LENGTH and not _NEVER_VIETNAMESE.isdisjoint(word)
        return 0 if is_syllable(word) else 1 + strongly
    if is_syllable(word):
        return _AGAINST
    return 0 if plain.isupper() else _DUMB


def encoding_of(text: str, font: str = "") -> Encoding | None:
    """Return the old encoding that ``text`` is written in, or None for Unicode.

    The font's name decides if it is an old one's and the text can be read so (offices also typed Unicode
    into cells in .VnTime); otherwise the words do, if they leave no doubt. Text in ASCII is suspected only
    where the font shows it as capitals that it isn't.
    """
    named = encoding_of_font(font)
    if text.isascii() and named is None:
        return None
    text = nfc(text)
    if named is not None:
        return named if _decodable(text, named, font) else None
    strength, best = max(
        ((_evidence(text, encoding), encoding) for encoding in Encoding), key=lambda found: found[0]
    )
    return best if strength >= _CERTAIN else None

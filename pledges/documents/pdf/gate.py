"""The gate that every text passes on its way to paper: NFC, and no character that the face can't show."""

from functools import lru_cache
from unicodedata import category, combining, is_normalized, normalize

from pledges.documents.pdf.faces import Face


class GlyphMissingError(Exception):
    """A text can't be printed as it stands; the message is a sentence that names the character."""


def _told(character: str, text: str) -> GlyphMissingError:
    """The refusal, with the words around the character so that people find it."""
    line = next(line for line in text.split("\n") if character in line)
    at = line.index(character)
    near = line[max(0, at - 20) : at + 20].strip()
    shown = "" if category(character) in {"Cc", "Cn", "Co", "Cs"} else f"“{character}” "
    return GlyphMissingError(
        f"Không in được ký tự {shown}(U+{ord(character):04X}) trong đoạn “{near}”. "
        "Hãy sửa hoặc xóa ký tự này rồi in lại."
    )


PLAIN = frozenset(" \n\N{NO-BREAK SPACE}")
"""Spaces that keep their meaning: where lines may be broken, must be, and must not."""


@lru_cache(maxsize=4096)
def _stand_in(character: str) -> str | None:
    """What may be printed for a character without a glyph: nothing for what is invisible, else a space."""
    kind = category(character)
    if kind == "Cf":
        return ""
    if kind in {"Zs", "Zl", "Zp"} or character in "\t\r\v\f":
        return " "
    return None


def admit(text: str, face: Face) -> str:
    """The text as the face will show it, in NFC; raises GlyphMissingError."""
    if face.known.issuperset(text):
        return text  # what is known stands by itself and is composed, so the whole is
    if not is_normalized("NFC", text):
        text = normalize("NFC", text)
    for character in sorted(set(text) - face.known):
        stand_in = None if character in PLAIN else _stand_in(character)
        if stand_in is not None:
            text = text.replace(character, stand_in)
        elif character == "\n" or (face.has(character) and not combining(character)):
            face.known.add(character)
        else:
            raise _told(character, text)
    return text

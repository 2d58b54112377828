"""The gate that every text passes on its way to paper: NFC, and no character that the face can't show."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from unicodedata import category, combining, is_normalized, normalize

from pledges.documents.pdf.faces import Face


class GlyphMissingError(Exception):
    """A text can't be printed as it stands; the message is a sentence that names the character."""


@dataclass(frozen=True, slots=True)
class Missing:
    """A character that can't be printed, with the words around it so that people find it."""

    character: str
    near: str

    @property
    def number(self) -> str:
        """Its number: U+2610."""
        return f"U+{ord(self.character):04X}"

    @property
    def hidden(self) -> bool:
        """Whether nobody can see it."""
        return category(self.character) in {"Cc", "Cn", "Co", "Cs"}

    @property
    def name(self) -> str:
        """The character where it can be seen, and its number: “☐” (U+2610)."""
        return f"({self.number})" if self.hidden else f"“{self.character}” ({self.number})"

    @property
    def words(self) -> str:
        """The character and where it stands, inside a sentence."""
        return f"ký tự {self.name} trong đoạn “{self.near}”"


def _near(character: str, text: str) -> str:
    line = next(line for line in text.split("\n") if character in line)
    at = line.index(character)
    return line[max(0, at - 20) : at + 20].strip()


def _told(missing: Missing) -> GlyphMissingError:
    return GlyphMissingError(f"Không in được {missing.words}. Hãy sửa hoặc xóa ký tự này rồi in lại.")


def missing_in(text: str, faces: Iterable[Face]) -> tuple[Missing, ...]:
    """Every character of a text that one of the faces can't show, in their order: what `admit` would refuse."""
    cuts, text = tuple(faces), normalize("NFC", text)
    return tuple(
        Missing(character, _near(character, text))
        for character in dict.fromkeys(text)
        if not (_replaced(character) or all(_shows(face, character) for face in cuts))
    )


PLAIN = frozenset(" \n\N{NO-BREAK SPACE}")
"""Spaces that keep their meaning: where lines may be broken, must be, and must not."""
_LOOKS = frozenset(map(chr, range(0xFE00, 0xFE10)))
"""Variation selectors: they choose between looks of the character before them, and are nothing themselves."""


@lru_cache(maxsize=4096)
def _stand_in(character: str) -> str | None:
    """What may be printed for a character without a glyph: nothing for what is invisible, else a space."""
    kind = category(character)
    if kind == "Cf" or character in _LOOKS:
        return ""
    if kind in {"Zs", "Zl", "Zp"} or character in "\t\r\v\f":
        return " "
    return None


def _replaced(character: str) -> bool:
    return character not in PLAIN and _stand_in(character) is not None


def _shows(face: Face, character: str) -> bool:
    return character == "\n" or (face.has(character) and not combining(character))


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
        elif _shows(face, character):
            face.known.add(character)
        else:
            raise _told(Missing(character, _near(character, text)))
    return text

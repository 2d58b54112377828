"""What is typed into a search box, and how well a text fits it.

A text is kept as words in two spellings: as written (small letters, with accents) and folded (without). Where a tone
stands within its syllable makes no difference in either: hòa is hoà.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import Final

from pledges.core.text import clean_line, fold, nfc, with_vietnamese_d

LONGEST: Final = 200
"""So many characters of what is typed are read."""
MOST_TERMS: Final = 10

FIELD_END: Final = " | "
"""Stands between the fields of a text: no phrase reaches over it."""

_WORD: Final = re.compile(r"[^\W_]+")
_QUOTED: Final = re.compile(r'"([^"]*)"|([^"]+)')
_QUOTES: Final = str.maketrans("“”„«»", '"""""')
_NUMBER: Final = re.compile(r"(?:(?:phan viec|cong trinh|viec) )?(?:(?:so|stt|tt) )?([0-9]{1,6})")
_REGISTRATION: Final = re.compile(r"(?:(?:so )?(?:dang ky|bien nhan) (?:so )?)?([0-9]{1,6})")
_TONES: Final = frozenset("\u0300\u0301\u0303\u0309\u0323")
_VOWELS: Final = frozenset("aeiouy")


@lru_cache(maxsize=1 << 16)
def _folded(word: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(fold(word)))


@lru_cache(maxsize=1 << 16)
def _spelt(word: str) -> str:
    """The word in small letters, its tone on the first vowel of the syllable, wherever it was written."""
    letters: list[str] = []
    first: int | None = None
    for char in unicodedata.normalize("NFD", with_vietnamese_d(word).casefold()):
        if unicodedata.combining(char) and letters:
            moves = char in _TONES and first is not None and len(nfc(letters[first] + char)) == 1
            letters[first if moves and first is not None else -1] += char
            continue
        if char not in _VOWELS:
            first = None
        elif first is None:
            first = len(letters)
        letters.append(char)
    return nfc("".join(letters))


def words_of(text: str) -> list[str]:
    """The words of a text as written: runs of letters and digits, nothing else counts."""
    return _WORD.findall(nfc(text))


def spelt(text: str) -> str:
    """The words of a text with their accents, in small letters, one space between them."""
    return " ".join(_spelt(word) for word in words_of(text))


def folded(text: str) -> str:
    """The words of a text without case and accents, one space between them."""
    return " ".join(part for word in words_of(text) for part in _folded(word))


@dataclass(frozen=True)
class Term:
    """One word that must occur, or the words of a phrase; `begins` when the last may be longer than what is typed."""

    spelt: tuple[str, ...]
    folded: tuple[str, ...]
    begins: bool = False
    typed: str = field(default="", compare=False)


class Needles:
    """The terms in one spelling, as they stand between the spaces of a text: made once, held against thousands."""

    def __init__(self, terms: Iterable[tuple[tuple[str, ...], bool]]) -> None:
        found = [(" ".join(words), begins) for words, begins in terms]
        self.whole = [f" {words} " for words, _begins in found]
        self.begun = [f" {words}" if begins else f" {words} " for words, begins in found]
        phrase = " ".join(words for words, _begins in found)
        self.whole_phrase = f" {phrase} "
        self.begun_phrase = f" {phrase}" if found and found[-1][1] else self.whole_phrase

    def all_in(self, text: str) -> bool:
        """Whether the text holds every term, the last perhaps as the beginning of a word."""
        return _all_in(self.begun, text)

    def fit(self, title: str, text: str) -> tuple[int, int, int]:
        """The last three of a rank: whole words, in the title, together; `text` begins with the title."""
        whole = _all_in(self.whole, text)
        in_title = _all_in(self.whole if whole else self.begun, title)
        phrase = self.whole_phrase if whole else self.begun_phrase
        return int(not whole), int(not in_title), int(phrase not in (title if in_title else text))


def _all_in(needles: list[str], text: str) -> bool:
    for one in needles:  # noqa: SIM110 - a third of the time of all() over a generator
        if one not in text:
            return False
    return True


@dataclass(frozen=True)
class Asked:
    """What somebody looks for: every term must occur."""

    typed: str
    terms: tuple[Term, ...] = ()

    @classmethod
    def read(cls, typed: str) -> "Asked":
        """The terms of what was typed; signs count for nothing, but "…" makes a phrase.

        The last word may be the beginning of a longer one, for it is looked for while it is being typed; but no number
        and no single letter.
        """
        words = clean_line(typed[:LONGEST])
        terms: list[Term] = []
        for phrase, loose in _QUOTED.findall(words.translate(_QUOTES)):
            terms += [_term([phrase])] if phrase else [_term([word]) for word in words_of(loose)]
        kept = [term for term in dict.fromkeys(terms) if term.folded][:MOST_TERMS]
        if kept and not words.translate(_QUOTES).endswith('"') and _may_go_on(kept[-1].folded[-1]):
            kept[-1] = replace(kept[-1], begins=True)
        return cls(words, tuple(kept))

    @property
    def number(self) -> int | None:
        """The number in the list that is asked for: "7", "số 7", "phần việc số 7"."""
        return _number(_NUMBER, self.typed)

    @property
    def registration(self) -> int | None:
        """The number of a registration that is asked for: "đăng ký 12", "đăng ký số 12"; a bare number may be one."""
        return _number(_REGISTRATION, self.typed)

    def missing_in(self, text: str) -> "Asked":
        """The terms that a text doesn't hold."""
        held = f" {folded(text)} "
        missing = [term for term, one in zip(self.terms, self.folded.begun, strict=True) if one not in held]
        return replace(self, terms=tuple(missing))

    @cached_property
    def accented(self) -> bool:
        """Whether a word was typed with an accent, so that another accent contradicts it."""
        return any(term.spelt != term.folded for term in self.terms)

    @cached_property
    def spelt(self) -> Needles:
        """The terms as they were typed."""
        return Needles((term.spelt, term.begins) for term in self.terms)

    @cached_property
    def folded(self) -> Needles:
        """The terms without their accents."""
        return Needles((term.folded, term.begins) for term in self.terms)

    @cached_property
    def compatible(self) -> tuple[re.Pattern[str], ...]:
        """For each term what finds the words that it doesn't contradict: a letter without a mark may stand for any."""
        return tuple(
            re.compile(f"(?<= ){_loose(' '.join(term.spelt))}{'' if term.begins else '(?= )'}")
            for term in self.terms
        )


def _may_go_on(word: str) -> bool:
    return len(word) > 1 and not word.isdecimal()


def _number(pattern: re.Pattern[str], typed: str) -> int | None:
    found = pattern.fullmatch(folded(typed))
    return int(found[1]) if found else None


def _term(words: Iterable[str]) -> Term:
    found = [word for text in words for word in words_of(text)]
    return Term(
        tuple(_spelt(word) for word in found),
        tuple(part for word in found for part in _folded(word)),
        typed=" ".join(found),
    )


def _marks(char: str) -> tuple[str, frozenset[str]]:
    """A letter's base and its marks; the stroke of đ counts as one."""
    base, *marks = list(unicodedata.normalize("NFD", char))
    return ("d", frozenset("đ")) if base == "đ" else (base, frozenset(marks))


def _alphabet() -> dict[str, list[tuple[str, frozenset[str]]]]:
    plain = {
        "a": ("", "\u0306", "\u0302"),
        "e": ("", "\u0302"),
        "o": ("", "\u0302", "\u031b"),
        "u": ("", "\u031b"),
    }
    found: dict[str, list[tuple[str, frozenset[str]]]] = {"d": [("d", frozenset()), ("đ", frozenset("đ"))]}
    for base in "aeiouy":
        forms = [nfc(base + form + tone) for form in plain.get(base, ("",)) for tone in ("", *sorted(_TONES))]
        found[base] = [(form, _marks(form)[1]) for form in forms]
    return found


_ALPHABET: Final = _alphabet()


def _loose(word: str) -> str:
    pieces = []
    for char in word:
        base, marks = _marks(char)
        letters = [letter for letter, others in _ALPHABET.get(base, ()) if marks <= others]
        pieces.append(f"[{''.join(letters)}]" if letters else re.escape(char))
    return "".join(pieces)


@dataclass(frozen=True)
class Text:
    """What of a record is searched, in both spellings."""

    title: str
    title_fold: str
    body: str
    body_fold: str

    @classmethod
    def of(cls, title: str, body: Iterable[str]) -> "Text":
        """The text of a title and the fields beside it."""
        fields = [field for field in body if field]
        return cls(
            spelt(title),
            folded(title),
            FIELD_END.join(map(spelt, fields)),
            FIELD_END.join(map(folded, fields)),
        )


Rank = tuple[int, int, int, int]
"""How well a text fits, the best first: accents (0 the same, 1 not contradicted, 2 others), whole words before
beginnings of words, all in the title before elsewhere, together in this order before scattered."""


def rank(asked: Asked, title: str, title_fold: str, body: str, body_fold: str) -> Rank:
    """How well a text that holds every term fits what is asked."""
    title, whole_text = f" {title} ", f" {title}{FIELD_END}{body} "
    if asked.spelt.all_in(whole_text):
        return 0, *asked.spelt.fit(title, whole_text)
    fit = asked.folded.fit(f" {title_fold} ", f" {title_fold}{FIELD_END}{body_fold} ")
    agrees = not asked.accented or all(one.search(whole_text) for one in asked.compatible)
    return 1 if agrees else 2, *fit


def marked(text: str, asked: Asked) -> list[tuple[str, bool]]:
    """The text in pieces, each with whether it is a word that was looked for.

    A longer word that begins with one is marked only where the word itself doesn't stand.
    """
    whole = {part for term in asked.terms for part in term.folded}
    words = [(found, _folded(found[0])) for found in _WORD.finditer(text)]
    present = {part for _found, parts in words for part in parts}
    beginnings = tuple(
        term.folded[-1] for term in asked.terms if term.begins and term.folded[-1] not in present
    )
    pieces: list[tuple[str, bool]] = []
    end = 0
    for found, parts in words:
        if any(part in whole or part.startswith(beginnings) for part in parts):
            pieces += [(text[end : found.start()], False), (found[0], True)]
            end = found.end()
    return [(words, hit) for words, hit in [*pieces, (text[end:], False)] if words]

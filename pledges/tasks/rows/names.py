"""Records found by what people call them: by code, name and short name, and by names that come close."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from pledges.core.text import clean_line, fold, with_vietnamese_d

T = TypeVar("T")

MOST_CLOSE: Final = 4
"""Close names that are offered at most."""

PARTING: Final = re.compile(r"[;\n]")
"""What parts several names in one cell."""

SOFT_PARTING: Final = re.compile(r",|\s+và\s+")
"""What parts names too, but may stand within one."""

_WORDS: Final = re.compile(r"[^\W\d_]+|\d+")
_LONGEST: Final = 300
_NEAR: Final = 0.45
_WIDEST: Final = 24
_MOST_POSTINGS: Final = 3000

_MEANT: Final = {
    "bch": "ban chi huy",
    "bcd": "ban chi dao",
    "bp": "bo phan",
    "ca": "cong an",
    "ccb": "cuu chien binh",
    "chqs": "chi huy quan su",
    "dtn": "doan thanh nien",
    "du": "dang uy",
    "hdnd": "hoi dong nhan dan",
    "k": "khu",
    "kdc": "khu dan cu",
    "kp": "khu pho",
    "lhpn": "lien hiep phu nu",
    "mn": "mam non",
    "mttq": "mat tran to quoc",
    "nd": "nong dan",
    "p": "phuong",
    "pn": "phu nu",
    "qs": "quan su",
    "tdp": "to dan pho",
    "th": "tieu hoc",
    "thcs": "trung hoc co so",
    "tn": "thanh nien",
    "tyt": "tram y te",
    "ubmttq": "uy ban mat tran to quoc",
    "ubnd": "uy ban nhan dan",
    "vp": "van phong",
    "x": "xa",
}
"""What offices mean by the letters they write."""


@dataclass(frozen=True)
class _Shape:
    """A name as it is compared: words with their abbreviations written out, and all runs of three letters."""

    words: frozenset[str]
    numbers: frozenset[str]
    runs: frozenset[str]


class Names(Generic[T]):
    """Records by all that they go by; every record has a code, and words with its name first."""

    def __init__(
        self, records: Sequence[T], *, code: Callable[[T], str], words: Callable[[T], Iterable[str]]
    ) -> None:
        self._records = tuple(records)
        self.code = code
        self._words = words
        self._levels: tuple[dict[str, list[int]], ...] = ({}, {}, {}, {})
        self._shapes: list[tuple[int, _Shape]] = []
        self._by_run: dict[str, list[int]] = defaultdict(list)
        self._close: dict[str, tuple[T, ...]] = {}
        for place, record in enumerate(self._records):
            self._index(place, code(record), [*words(record)])

    def _index(self, place: int, code: str, words: list[str]) -> None:
        self._levels[0].setdefault(_seen(code), []).append(place)
        for name in (code, *words):
            for level, key in zip(self._levels[1:], _ways(name), strict=True):
                places = level.setdefault(key, [])
                if key and place not in places:
                    places.append(place)
        for shape in {_shape(name) for name in (code, *words)}:
            for run in shape.runs:
                self._by_run[run].append(len(self._shapes))
            self._shapes.append((place, shape))

    def exact(self, text: str) -> tuple[T, ...]:
        """The records that the text names without a doubt, more than one when several are called so.

        By the code as it is written; else by code, name or short name, case aside; else without accents too; else
        without the signs and blanks between words and numbers ("VP-TK", "KP 3").
        """
        for level, key in zip(self._levels, (_seen(text), *_ways(text)), strict=True):
            if key and (found := level.get(key)):
                return tuple(self._records[place] for place in found)
        return ()

    def close(self, text: str) -> tuple[T, ...]:
        """The few records whose names come closest to the text, the closest first; none when none is near."""
        key = fold(text)
        if key not in self._close:
            self._close[key] = self._nearest(_shape(key)) if len(key) <= _LONGEST else ()
        return self._close[key]

    def _nearest(self, wanted: _Shape) -> tuple[T, ...]:
        best: dict[int, float] = {}
        for number in self._candidates(wanted):
            place, shape = self._shapes[number]
            best[place] = max(best.get(place, 0), _likeness(wanted, shape))
        near = sorted((-score, place) for place, score in best.items() if score >= _NEAR)
        return tuple(self._records[place] for _score, place in near[:MOST_CLOSE])

    def _candidates(self, wanted: _Shape) -> list[int]:
        """The shapes that share the rarest runs: the common ones ("khu phố") would name every neighbourhood."""
        shared: Counter[int] = Counter()
        seen = 0
        for run in sorted(wanted.runs, key=lambda one: (len(self._by_run.get(one, ())), one)):
            holding = self._by_run.get(run, ())
            seen += len(holding)
            if shared and seen > _MOST_POSTINGS:
                break
            shared.update(holding)
        return [number for number, _count in shared.most_common(_WIDEST)]

    def written(self, record: T) -> str:
        """The name of a record, or its code where the name would be parted or names another too."""
        name = next(iter(self._words(record)))
        alone = self.exact(name)
        if len(alone) == 1 and alone[0] is record and not PARTING.search(name):
            return name
        return self.code(record)


def _seen(text: str) -> str:
    return clean_line(with_vietnamese_d(text))


def _ways(text: str) -> tuple[str, str, str]:
    """A name with less and less of how it is written: its case, its accents, its signs."""
    folded = fold(text)
    return _seen(text).casefold(), folded, " ".join(_WORDS.findall(folded))


def _shape(text: str) -> _Shape:
    words = " ".join(_MEANT.get(word, word) for word in _WORDS.findall(fold(text)))
    padded = f" {words} "
    return _Shape(
        words=frozenset(words.split()),
        numbers=frozenset(word for word in words.split() if word.isdigit()),
        runs=frozenset(padded[start : start + 3] for start in range(len(padded) - 2)),
    )


def _likeness(wanted: _Shape, other: _Shape) -> float:
    """How near two names are, 0 to 1: runs in common, or the share of the words; another number is another unit."""
    runs = 2 * len(wanted.runs & other.runs) / max(len(wanted.runs) + len(other.runs), 1)
    words = len(wanted.words & other.words) / max(len(wanted.words), 1)
    score = max(runs, words * 0.9 * (0.5 + runs / 2))
    if wanted.numbers:
        return score if wanted.numbers == other.numbers else 0.0
    return score * 0.8 if other.numbers else score

"""What is found while a line is read: faults, questions with their answers, and what is still lacking."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final

from pledges.core.text import clean_line
from pledges.core.workbooks.sheets import CellValue
from pledges.tasks.rows.lines import Fault

YES: Final = "yes"
NO: Final = "no"

_KEY_LETTERS: Final = 16


@dataclass(frozen=True)
class Choice:
    """One answer to a question: what is sent, and its words."""

    value: str
    label: str


@dataclass(frozen=True)
class Question:
    """Câu hỏi: what only the person who entered a cell can say.

    `key` is the same for the same text in the same column, so that one answer serves all rows; it is plain letters
    and digits, fit for the name of a field.
    """

    row: int
    column: str
    key: str
    words: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Place:
    """A cell where it stands: its row in the sheet, the key of its column, and what it holds."""

    row: int
    column: str
    value: CellValue = None

    @property
    def blank(self) -> bool:
        """Whether nothing is written in it."""
        return is_blank(self.value)


@dataclass
class Findings:
    """Collects what is found; of each cell the first fault, and none while it is asked about."""

    answers: Mapping[str, str]
    faults: list[Fault] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    lacking: list[Fault] = field(default_factory=list)
    _told: set[Place] = field(default_factory=set)

    def complain(self, place: Place, words: str) -> None:
        """Note a fault of a cell."""
        if place not in self._told:
            self._told.add(place)
            self.faults.append(Fault(place.row, place.column, words))

    def lack(self, place: Place, words: str) -> None:
        """Note what may still be wanting in a draft, but not when it is sent."""
        if place not in self._told:
            self.lacking.append(Fault(place.row, place.column, words))

    def ask(self, place: Place, about: str, words: str, choices: tuple[Choice, ...]) -> str | None:
        """The answer that was given to the question about this text in this column; None when it must be asked."""
        key = key_of(place.column, about)
        answer = self.answers.get(key)
        if answer is not None and any(choice.value == answer for choice in choices):
            return answer
        self._told.add(place)
        if all(question.key != key for question in self.questions):
            self.questions.append(Question(place.row, place.column, key, words, choices))
        return None


def key_of(column: str, about: str) -> str:
    """The key of a question: its column, and a digest of what it asks about."""
    return f"{column}-{sha256(about.encode()).hexdigest()[:_KEY_LETTERS]}"


def is_blank(value: CellValue) -> bool:
    """Whether a cell holds nothing that can be seen."""
    return value is None or (isinstance(value, str) and not clean_line(value))

"""Tìm và lọc danh sách: what an address asks of a list. What it can't mean is left out, never an error.

    wishes = Wishes.read(request.args, "Tìm đơn vị", Question("khoi", "Khối", blocks))
    wishes.words, wishes["khoi"]        what is looked for, and the answer ("" for all)

templates/parts/filters.html writes the form; `arguments()` is what pages and links carry on.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pledges.core.text import clean_line, fold

WORDS = "q"
"""The argument that holds the words looked for."""
ORDER = "xep"
"""The argument that holds the order."""


@dataclass(frozen=True)
class Question:
    """One question above a list: its word in the address, its label, and the answers by theirs.

    The answer "" leaves nothing out; it reads "Tất cả" unless the answers say otherwise. A question that does not
    narrow (an order) hides nothing that could be missed.
    """

    name: str
    label: str
    answers: Mapping[str, str]
    narrows: bool = True

    @property
    def options(self) -> list[tuple[str, str]]:
        """The answers with their words, the one that leaves nothing out first."""
        return list(({"": "Tất cả"} | dict(self.answers)).items())

    @property
    def worth_asking(self) -> bool:
        """Whether two answers would give two lists; of all and one other, the other is the same as all."""
        return len(self.options) > (2 if self.narrows else 1)


def order(answers: Mapping[str, str]) -> Question:
    """The question for the order of a list; its first order has the word ""."""
    return Question(ORDER, "Xếp theo", answers, narrows=False)


def same(names: Iterable[str]) -> dict[str, str]:
    """Answers that are their own words: blocks, for example; each once, in the order given."""
    return {name: name for name in names if name}


@dataclass(frozen=True)
class Wishes:
    """What is asked of a list: the words looked for, and the answers to its questions."""

    search: str
    words: str
    questions: tuple[Question, ...]
    answers: Mapping[str, str]

    @classmethod
    def read(cls, arguments: Mapping[str, str], search: str, *questions: Question) -> "Wishes":
        """The wishes in the arguments of an address; `search` says what is looked for by words."""
        given = {one.name: clean_line(arguments.get(one.name, "")) for one in questions}
        answers = {one.name: given[one.name] for one in questions if given[one.name] in one.answers}
        return cls(search, clean_line(arguments.get(WORDS, "")), questions, answers)

    def __getitem__(self, name: str) -> str:
        """The answer to a question; "" for none."""
        return self.answers.get(name, "")

    @property
    def asked(self) -> list[Question]:
        """The questions that are put: those worth asking, and those that were answered."""
        return [one for one in self.questions if one.worth_asking or self[one.name]]

    @property
    def narrowed(self) -> bool:
        """Whether something may be left out."""
        return bool(self.words) or any(self[one.name] for one in self.questions if one.narrows)

    def finds(self, *folded: str) -> bool:
        """Whether one of these folded texts holds the words looked for."""
        sought = fold(self.words)
        return any(sought in text for text in folded)

    def cleared(self) -> dict[str, Any]:
        """The arguments of the list with nothing left out: its order and what else it is asked for stay."""
        return {one.name: self[one.name] for one in self.questions if not one.narrows and self[one.name]}

    def arguments(self, **other: Any) -> dict[str, Any]:
        """The wishes as arguments of an address, some of them changed; nothing for what isn't asked."""
        said = {WORDS: self.words, **self.answers, **other}
        return {name: value for name, value in said.items() if value}

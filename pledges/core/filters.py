"""Tìm và lọc danh sách: what an address asks of a list. What it can't mean is left out, never an error.

    wishes = Wishes.read(request.args, "Tìm đơn vị", Question("khoi", "Khối", blocks))
    wishes.words, wishes["khoi"]        what is looked for, and the answer ("" for all)

Where the answers are read from the database only after the list was narrowed, the question takes them by their shape
(`numbered`, `worded`) and is offered them for the page:

    wishes = Wishes.read(request.args, "Tìm đơn vị", numbered("don-vi", "Đơn vị"))
    wishes.number("don-vi")             the number of the unit, None for all
    wishes.offering({"don-vi": units})  the same wishes, with words for the answers

templates/parts/filters.html writes the form; `arguments()` is what pages and links carry on.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from pledges.core.addresses import number_of
from pledges.core.text import clean_line, fold

WORDS = "q"
"""The argument that holds the words looked for."""
ORDER = "xep"
"""The argument that holds the order."""
IN_SIGHT = 3
"""Questions that stand beside the search; those after them are folded."""
UNLISTED = "(không có trong danh sách)"
"""The words for an answer that is taken by its shape and was not offered."""


@dataclass(frozen=True)
class Question:
    """One question above a list: its word in the address, its label, and the answers by theirs.

    The answer "" leaves nothing out; it reads "Tất cả" unless the answers say otherwise. A question that does not
    narrow (an order) hides nothing that could be missed. `takes` tells of another text whether it is an answer too;
    `covers` is False where rows may have none of the answers, so that even one of them narrows.
    """

    name: str
    label: str
    answers: Mapping[str, str]
    narrows: bool = True
    takes: Callable[[str], object] | None = None
    covers: bool = True

    @property
    def options(self) -> list[tuple[str, str]]:
        """The answers with their words, the one that leaves nothing out first."""
        return list(({"": "Tất cả"} | dict(self.answers)).items())

    @property
    def worth_asking(self) -> bool:
        """Whether two answers would give two lists; of all and one other, the other is the same as all."""
        return len(self.options) > (2 if self.narrows and self.covers else 1)

    def means(self, text: str) -> bool:
        """Whether the text is an answer."""
        return text in self.answers or (self.takes is not None and bool(text and self.takes(text)))

    def offered(self, answers: Mapping[str, str], given: str) -> "Question":
        """The same question with these answers; the one that was given stays among them."""
        kept = {given: self.answers.get(given, UNLISTED)} if given and given not in answers else {}
        return replace(self, answers=dict(answers) | kept)


def order(answers: Mapping[str, str]) -> Question:
    """The question for the order of a list; its first order has the word ""."""
    return Question(ORDER, "Xếp theo", answers, narrows=False)


def numbered(name: str, label: str, *, covers: bool = True) -> Question:
    """A question whose answers are numbers of records, offered later."""
    return Question(name, label, {}, takes=number_of, covers=covers)


def worded(name: str, label: str) -> Question:
    """A question whose answers are their own words, offered later."""
    return Question(name, label, {}, takes=bool)


def same(names: Iterable[str]) -> dict[str, str]:
    """Answers that are their own words: blocks, for example; each once, in the order given."""
    return {name: name for name in names if name}


@dataclass(frozen=True)
class Chosen:
    """Something that is asked for, in words; `name` is its argument in the address."""

    name: str
    words: str


@dataclass(frozen=True)
class Wishes:
    """What is asked of a list: the words looked for, and the answers to its questions.

    `search` says what is looked for by words; "" where nothing is.
    """

    search: str
    words: str
    questions: tuple[Question, ...]
    answers: Mapping[str, str]

    @classmethod
    def read(cls, arguments: Mapping[str, str], search: str, *questions: Question) -> "Wishes":
        """The wishes in the arguments of an address; `search` says what is looked for by words."""
        given = {one.name: clean_line(arguments.get(one.name, "")) for one in questions}
        answers = {one.name: given[one.name] for one in questions if one.means(given[one.name])}
        words = clean_line(arguments.get(WORDS, "")) if search else ""
        return cls(search, words, questions, answers)

    def __getitem__(self, name: str) -> str:
        """The answer to a question; "" for none."""
        return self.answers.get(name, "")

    def number(self, name: str) -> int | None:
        """The answer to a question for a record; None for none."""
        return number_of(self[name])

    def offering(self, answers: Mapping[str, Mapping[str, str]]) -> "Wishes":
        """The same wishes, with the answers that can be chosen now, by question; questions may be left out of them."""
        asked = (
            one.offered(answers[one.name], self[one.name]) if one.name in answers else one
            for one in self.questions
        )
        return replace(self, questions=tuple(asked))

    @property
    def asked(self) -> list[Question]:
        """The questions that are put: those worth asking, and those that were answered."""
        return [one for one in self.questions if one.worth_asking or self[one.name]]

    @property
    def in_sight(self) -> list[Question]:
        """The questions beside the search: the first, for views begin with those that are asked most."""
        return self.asked[:IN_SIGHT]

    @property
    def folded(self) -> list[Question]:
        """The questions that are folded away until one of them is answered."""
        return self.asked[IN_SIGHT:]

    @property
    def opened(self) -> bool:
        """Whether one of the folded questions is answered."""
        return any(self[one.name] for one in self.folded)

    @property
    def chosen(self) -> list[Chosen]:
        """What leaves something out, in words, in the order of the page."""
        said = [Chosen(WORDS, f"“{self.words}”")] if self.words else []
        return said + [
            Chosen(one.name, f"{one.label}: {one.answers.get(self[one.name], UNLISTED)}")
            for one in self.questions
            if one.narrows and self[one.name]
        ]

    @property
    def narrowed(self) -> bool:
        """Whether something may be left out."""
        return bool(self.chosen)

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

    def without(self, name: str) -> dict[str, Any]:
        """The arguments without one of the wishes."""
        return self.arguments(**{name: ""})

"""Người ký: who may sign for the office that issues, and in which capacity; from the posts held there."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from pledges.accounts.models import Appointment
from pledges.core.text import fold
from pledges.documents.headings import signature_of
from pledges.units.models import Unit

_OF_AN_OFFICE = re.compile(
    r"^((?:Phó )?(?:Chủ tịch|Bí thư|Trưởng ban|Hiệu trưởng|Giám đốc|Trưởng phòng)(?: Thường trực)?)\b.*$"
)


@dataclass(frozen=True, slots=True)
class Signer:
    """A person who may sign, with the lines above the name."""

    on_behalf: str
    posts: tuple[str, ...]
    name: str
    held: str

    @property
    def label(self) -> str:
        """The person in a list: "Trần Văn An, Phó Chủ tịch UBND phường"."""
        return f"{self.name}, {self.held}" if self.name else self.held


def signers_of(owner: Unit, held: Iterable[Appointment]) -> tuple[Signer, ...]:
    """Those who lead the office, as their signature is headed: a deputy signs for the head (KT.)."""
    head = signature_of(owner)
    return tuple(Signer(head.on_behalf, _posts(one.post, head.posts), _name(one), one.post) for one in held)


def _name(held: Appointment) -> str:
    """The person's name; an account that is called after its post names nobody."""
    return "" if fold(held.account.name) == fold(held.post) else held.account.name


def _posts(post: str, head: tuple[str, ...]) -> tuple[str, ...]:
    """The lines of a post: "Phó Chủ tịch UBND phường" signs as "KT. Chủ tịch" and "Phó Chủ tịch"."""
    short = _OF_AN_OFFICE.sub(r"\1", post)
    if fold(short).startswith("pho "):
        return (f"KT. {head[0] if head else short[4:]}", short)
    return (short,)

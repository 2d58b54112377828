"""Người ký: who may sign for the office that issues, and in which capacity; from the posts held there."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from pledges.accounts.models import Appointment
from pledges.core.text import fold
from pledges.documents.headings import signature_of
from pledges.units.models import Unit
from pledges.units.rules import UnitKind

_OF_AN_OFFICE = re.compile(
    r"^((?:Phó )?(?:Chủ tịch|Bí thư|Trưởng ban|Hiệu trưởng|Giám đốc|Trưởng phòng)(?: Thường trực)?)\b.*$"
)

_TOGETHER = frozenset({UnitKind.PARTY_COMMITTEE, UnitKind.FRONT})


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
    """Those who lead the office, as their signature is headed: a deputy signs for the head (KT.).

    Where a body signs together (Đảng ủy, Ban Thường trực), its deputy signs on its behalf in the own post.
    """
    head = signature_of(owner)
    above = "" if owner.kind in _TOGETHER else _title(next(iter(head.posts), ""))
    return tuple(Signer(head.on_behalf, _posts(one.post, above), _name(one), one.post) for one in held)


def _name(held: Appointment) -> str:
    """The person's name; an account that is called after its post names nobody."""
    return "" if fold(held.account.name) == fold(held.post) else held.account.name


def _title(post: str) -> str:
    """The title alone: "Phó Chủ tịch" of "Phó Chủ tịch UBND phường"."""
    return _OF_AN_OFFICE.sub(r"\1", post)


def _posts(post: str, head: str) -> tuple[str, ...]:
    """The lines of a post: "Phó Chủ tịch UBND phường" signs as "KT. Chủ tịch" and "Phó Chủ tịch"."""
    title = _title(post)
    deputy = head and fold(title).startswith(f"pho {fold(head)}")
    return (f"KT. {head}", title) if deputy else (title,)

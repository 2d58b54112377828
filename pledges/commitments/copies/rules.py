"""How the pages of one large scan are shared out among the units, by the codes that were read on them."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from pledges.codes.rules import code_in
from pledges.files.scanned import PageRead


class Reading(StrEnum):
    """Căn cứ đề xuất: why a page is proposed for a unit, or why it is asked about."""

    CODE = "code"
    FOLLOWS = "follows"
    FIRST = "first"
    FOREIGN = "foreign"
    SEVERAL = "several"

    @property
    def label(self) -> str:
        """The reason in words."""
        return {
            Reading.CODE: "Đọc được mã trên trang",
            Reading.FOLLOWS: "Không có mã, xếp theo trang trước",
            Reading.FIRST: "Không đọc được mã",
            Reading.FOREIGN: "Mã không phải của bản cam kết nào trong phong trào",
            Reading.SEVERAL: "Trên trang có mã của nhiều bản cam kết",
        }[self]

    @property
    def asks(self) -> bool:
        """Whether the clerk must say what the page is."""
        return self in {Reading.FIRST, Reading.FOREIGN, Reading.SEVERAL}


@dataclass(frozen=True)
class Proposal:
    """A page, the commitment that it is proposed for (None: to be asked), and why."""

    page: PageRead
    commitment_id: int | None
    reading: Reading


@dataclass(frozen=True)
class Run:
    """Pages one after the other that belong to one commitment: one copy."""

    commitment_id: int
    first: int
    last: int


def proposed(pages: Iterable[PageRead], owners: Mapping[str, int]) -> list[Proposal]:
    """For each page the commitment whose code stands on it; a page without a code follows the page before.

    `owners` are the commitments by their check codes. A QR that is no check code counts as none: people print those
    on papers too. After a page that must be asked about, pages without a code are asked about as well.
    """
    found: list[Proposal] = []
    for page in pages:
        codes = {code for code in map(code_in, page.texts) if code is not None}
        known = {owners[code] for code in codes if code in owners}
        if len(known) > 1:
            found.append(Proposal(page, None, Reading.SEVERAL))
        elif known:
            found.append(Proposal(page, known.pop(), Reading.CODE))
        elif codes:
            found.append(Proposal(page, None, Reading.FOREIGN))
        elif found and found[-1].commitment_id is not None:
            found.append(Proposal(page, found[-1].commitment_id, Reading.FOLLOWS))
        else:
            found.append(Proposal(page, None, Reading.FIRST))
    return found


def runs(chosen: Sequence[int | None]) -> list[Run]:
    """The copies that the choices make, in the order of the pile; a page without a choice is left in the pile alone."""
    found: list[Run] = []
    for number, commitment_id in enumerate(chosen, 1):
        if commitment_id is None:
            continue
        if found and found[-1].commitment_id == commitment_id and found[-1].last == number - 1:
            found[-1] = Run(commitment_id, found[-1].first, number)
        else:
            found.append(Run(commitment_id, number, number))
    return found


def pages_words(first: int, last: int) -> str:
    """Pages of a pile in words: "trang 3", "trang 3-5"."""
    return f"trang {first}" if first == last else f"trang {first}-{last}"


def come_apart(found: Sequence[Run]) -> set[int]:
    """The commitments whose pages lie in several places of the pile."""
    places = Counter(run.commitment_id for run in found)
    return {commitment_id for commitment_id, number in places.items() if number > 1}

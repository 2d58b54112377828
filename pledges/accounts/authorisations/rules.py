"""In which capacity somebody signs (Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II.7)."""

from enum import StrEnum


class Capacity(StrEnum):
    """Tư cách ký: in the own post, or in the place of another."""

    OWN = "own"
    FOR_HEAD = "kt"
    BY_ORDER = "tl"
    BY_AUTHORITY = "tuq"

    @property
    def prefix(self) -> str:
        """What stands before the principal's post above the signature; nothing for an own post."""
        return {
            Capacity.OWN: "",
            Capacity.FOR_HEAD: "KT.",
            Capacity.BY_ORDER: "TL.",
            Capacity.BY_AUTHORITY: "TUQ.",
        }[self]

    @property
    def label(self) -> str:
        """The capacity in words."""
        return {
            Capacity.OWN: "Ký theo chức vụ của mình",
            Capacity.FOR_HEAD: "Ký thay (KT.)",
            Capacity.BY_ORDER: "Thừa lệnh (TL.)",
            Capacity.BY_AUTHORITY: "Thừa ủy quyền (TUQ.)",
        }[self]


DEPUTISING = tuple(capacity for capacity in Capacity if capacity is not Capacity.OWN)
"""The capacities that need a dated authorisation."""

"""In which capacity somebody signs (Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II.7), and for how long that counts."""

from datetime import date
from enum import StrEnum

from pledges.core.refusal import Refused


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


class Validity(StrEnum):
    """Hiệu lực của ủy quyền on a day."""

    IN_FORCE = "con-hieu-luc"
    NOT_YET = "chua-hieu-luc"
    EXPIRED = "het-han"
    ENDED = "da-cham-dut"

    @property
    def label(self) -> str:
        """The validity in the office's words."""
        return {
            Validity.IN_FORCE: "Còn hiệu lực",
            Validity.NOT_YET: "Chưa có hiệu lực",
            Validity.EXPIRED: "Đã hết hạn",
            Validity.ENDED: "Đã chấm dứt",
        }[self]

    @property
    def tone(self) -> str:
        """How a page colours it."""
        return {
            Validity.IN_FORCE: "good",
            Validity.NOT_YET: "draft",
            Validity.EXPIRED: "off",
            Validity.ENDED: "off",
        }[self]


def validity(valid_from: date, valid_to: date, ended_on: date | None, on: date) -> Validity:
    """How an authorisation stands on the day; `ended_on` is the last day on which one that ended early counted."""
    if ended_on is not None and ended_on < min(on, valid_to):
        return Validity.ENDED
    if on < valid_from:
        return Validity.NOT_YET
    return Validity.IN_FORCE if on <= valid_to else Validity.EXPIRED


class AuthorisationRefused(Refused):
    """An authorisation can't be recorded or ended like this; the message is for the user."""

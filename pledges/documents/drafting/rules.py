"""What a document speaks of, and what a clerk writes into it. Plain Python."""

import re
from dataclasses import dataclass
from datetime import date

from pledges.core.dates import format_date
from pledges.progress.ledger import PeriodFacts

_NUMERAL = re.compile(r"^[IVXLC]+[.\-)]? +")
_OFFICES = ("Mặt trận", "Đảng", "Ủy ban", "Hội đồng", "Công an", "Đoàn")
"""What a block's name may begin with that keeps its capital inside a sentence."""


def day_refused(day: date, starts_on: date, today: date) -> str:
    """Why a document can't speak of a day: it hasn't come, or the campaign hadn't begun; nothing where it can."""
    if day > today:
        return "Ngày này chưa đến."
    if day < starts_on:
        return f"Ngày này trước ngày bắt đầu phong trào ({format_date(starts_on)})."
    return ""


@dataclass(frozen=True, slots=True)
class ScopeUnit:
    """The unit that a document speaks of."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Scope:
    """Phạm vi: the day as of which a document speaks, and of which unit, block or period; of the whole without them."""

    as_of: date
    unit: ScopeUnit | None = None
    block: str = ""
    period: PeriodFacts | None = None

    @property
    def whole(self) -> bool:
        """Whether it speaks of every task of the campaign."""
        return self.unit is None and not self.block

    @property
    def of_whom(self) -> str:
        """Whom it speaks of, inside a sentence: " của Khu phố 1"; nothing for the whole campaign."""
        if self.unit is not None:
            return f" của {self.unit.name}"
        return f" của {block_in_words(self.block)}" if self.block else ""

    @property
    def when(self) -> str:
        """The period, inside a sentence: " tháng 9/2024"; nothing without one."""
        return f" {self.period.label}" if self.period is not None else ""

    @property
    def label(self) -> str:
        """The scope in a list: "Khu phố 1 · tháng 9/2024 · tính đến 30/9/2024"."""
        who = self.unit.name if self.unit is not None else self.block or "Toàn phong trào"
        parts = (who, self.when.strip(), f"tính đến {format_date(self.as_of)}")
        return " · ".join(part for part in parts if part)


def block_in_words(block: str) -> str:
    """A block inside a sentence, without its numeral: "khối Đảng - chính quyền" of "I. Khối Đảng - chính quyền"."""
    name = _NUMERAL.sub("", block)
    return name if name.startswith(_OFFICES) else name[:1].lower() + name[1:]


@dataclass(frozen=True, slots=True)
class Prose:
    """Đoạn viết thêm: what stands behind a piece that fills itself, and whether the piece itself is printed."""

    text: str = ""
    printed: bool = True

"""Bao nhiêu phần việc đã đăng ký: a campaign's count, as every page and paper says it."""

from dataclasses import dataclass

from pledges.core.numbers import two_digits


@dataclass(frozen=True)
class Tally:
    """How many tasks stand in a campaign's list, of how many that were expected (0: nobody said how many).

    What was added beyond the expected number is said apart, never as "25/24".
    """

    registered: int
    expected: int

    @property
    def counted(self) -> int:
        """Those that count towards the expected number."""
        return self.registered - self.added

    @property
    def of(self) -> int | None:
        """What stands after the slash; None where no number is expected."""
        return self.expected or None

    @property
    def added(self) -> int:
        """Đăng ký bổ sung: those beyond the expected number."""
        return max(self.registered - self.expected, 0) if self.expected else 0

    @property
    def share(self) -> str:
        """The figure alone: "24/24", "23"."""
        return f"{self.counted}/{self.of}" if self.of else str(self.counted)

    @property
    def addition(self) -> str:
        """What follows the figure: "và 01 đăng ký bổ sung", or nothing."""
        return f"và {two_digits(self.added)} đăng ký bổ sung" if self.added else ""

    @property
    def words(self) -> str:
        """All of it: "24/24 và 01 đăng ký bổ sung"."""
        return f"{self.share} {self.addition}".strip()

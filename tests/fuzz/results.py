"""What was tried, and what was found."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from tests.fuzz.judging import Finding


@dataclass
class Results:
    """What was tried, and what was found."""

    tried: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    statuses: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    findings: list[Finding] = field(default_factory=list)
    compared: int = 0
    """Refused sendings after which every table was compared."""
    texts: int = 0
    """Typed texts that were looked for in the answers."""
    slowest: tuple[float, str] = (0.0, "")

    def told(self) -> dict[str, Any]:
        """For a file of results."""
        return {
            "requests": sum(self.tried.values()), "tried": dict(self.tried),
            "statuses": dict(sorted(self.statuses.items())),
            "refused_and_compared": self.compared, "typed_texts_looked_for": self.texts,
            "slowest_cpu_seconds": round(self.slowest[0], 2), "slowest": self.slowest[1],
            "findings": [one.told() for one in self.findings],
        }  # fmt: skip

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
    endpoints: set[str] = field(default_factory=set)
    """Doors that answered."""
    forms: set[tuple[str, str]] = field(default_factory=set)
    """Forms that were sent: the door of their page, and the one that they go to."""
    fields: set[tuple[str, str]] = field(default_factory=set)
    """Fields that something hostile was put into, by the door that read them; those of rows count once."""
    arguments: set[tuple[str, str]] = field(default_factory=set)
    """Arguments of addresses, by the door."""
    kinds_of_files: set[str] = field(default_factory=set)

    def add(self, other: "Results") -> None:
        """Count what another run tried and found as well."""
        for name in ("tried", "statuses"):
            own = getattr(self, name)
            for key, number in getattr(other, name).items():
                own[key] += number
        self.findings += other.findings
        self.compared, self.texts = self.compared + other.compared, self.texts + other.texts
        self.slowest = max(self.slowest, other.slowest)
        for name in ("endpoints", "forms", "fields", "arguments", "kinds_of_files"):
            getattr(self, name).update(getattr(other, name))

    def told(self) -> dict[str, Any]:
        """For a file of results."""
        return {
            "requests": sum(self.tried.values()), "tried": dict(self.tried),
            "statuses": dict(sorted(self.statuses.items())),
            "refused_and_compared": self.compared, "typed_texts_looked_for": self.texts,
            "endpoints": len(self.endpoints), "forms": len(self.forms), "fields": len(self.fields),
            "arguments": len(self.arguments), "kinds_of_files": len(self.kinds_of_files),
            "slowest_cpu_seconds": round(self.slowest[0], 2), "slowest": self.slowest[1],
            "findings": [one.told() for one in self.findings],
        }  # fmt: skip

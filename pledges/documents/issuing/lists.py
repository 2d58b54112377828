"""Lines that a document keeps as canonical JSON: who gets it, in which posts it is signed."""

import json


def listed_in(kept: str) -> tuple[str, ...]:
    """The lines, in their order."""
    return tuple(str(line) for line in json.loads(kept or "[]"))

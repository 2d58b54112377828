"""Cam kết chung của các đơn vị: the terms of a campaign, with places that each commitment fills when it is begun."""

import re

from pledges.core.text import clean_line

UNIT, CAMPAIGN, YEAR = "đơn vị", "phong trào", "năm"
PLACES = (UNIT, CAMPAIGN, YEAR)
"""What may stand in braces in the terms of a campaign."""

_PLACE = re.compile(r"\{([^{}\n]*)\}")


def filled(terms: str, *, unit: str, campaign: str, year: int) -> str:
    """The terms as a unit's commitment begins with them; what stands in other braces stays as it was typed."""
    said = {UNIT: unit, CAMPAIGN: campaign, YEAR: str(year)}
    return _PLACE.sub(lambda found: said.get(_name(found[1]), found[0]), terms)


def in_braces(terms: str) -> list[str]:
    """What stands in braces, with them, in the order of the text, each once: nothing of it may be printed."""
    return list(dict.fromkeys(match[0] for match in _PLACE.finditer(terms)))


def unknown(terms: str) -> list[str]:
    """What stands in braces and is no place."""
    return [found for found in in_braces(terms) if _name(found[1:-1]) not in PLACES]


def unknown_words(terms: str) -> str:
    """What to say of such braces beside the field; "" when there are none."""
    found = unknown(terms)
    if not found:
        return ""
    known = ", ".join(f"{{{name}}}" for name in PLACES)
    return f"Không có chỗ điền {', '.join(found)}; dùng được {known}."


def _name(typed: str) -> str:
    return clean_line(typed).lower()

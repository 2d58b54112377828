"""Căn cứ: a basis as a document's line says it."""

from collections.abc import Mapping
from typing import Any

from pledges.core.dates import long_date


def basis_line(basis: Mapping[str, Any]) -> str:
    """The line "Căn cứ Kế hoạch số … ngày … của … về việc …", without its closing mark."""
    line = f"Căn cứ {basis['type']}"
    if basis["number"]:
        line += f" số {basis['number']}"
    if basis["issued_on"]:
        line += f" {long_date(basis['issued_on'])}"
    if basis["issuer"]:
        line += f" của {basis['issuer']}"
    if basis["subject"]:
        subject = basis["subject"]
        line += f" về việc {subject[:1].lower()}{subject[1:]}"
    return line

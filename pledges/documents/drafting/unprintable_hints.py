"""Beside a field of the editor: every character of its text that no printed face can show."""

from pathlib import Path

from pledges.documents.drafting.style_rules import Hint
from pledges.documents.unprintable import missing_of


def hint_of(text: str, folder: Path | None = None) -> Hint | None:
    """What can't be printed of a field's text; it keeps nobody from saving, but from submitting."""
    missing = missing_of(text, folder)
    if not missing:
        return None
    shown = ", ".join(one.number if one.hidden else one.character for one in missing)
    numbers = ", ".join(one.number for one in missing)
    return Hint(
        shown, "", f"phông chữ in văn bản không có ({numbers}); còn trong dự thảo thì chưa trình ký được"
    )

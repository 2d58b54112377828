"""Rows in a form that people add, drop and move: by buttons that show the form again, recording nothing.

A button is named `rows`; its value says of which list, and what: "indicators-add", "indicators-drop-2",
"signatories-up-1", "signatories-down-0". With static/js/rows.js the same buttons work in place.
"""

from flask import request
from wtforms import FieldList

from pledges.core.forms.base import Form

BUTTON = "rows"
_ADD, _DROP = "add", "drop"
_MOVES = {"up": -1, "down": 1}


def rows_pressed(form: Form) -> bool:
    """Whether such a button was pressed; the form then has its rows as wished, and everything that was typed.

    A list never grows beyond its `max_entries`, nor falls below its `min_entries`: a blank row takes the place.
    """
    pressed = request.form.get(BUTTON, "") if request.method == "POST" else ""
    name, _, act = pressed.partition("-")
    rows = form[name] if name in form else None  # noqa: SIM401 - a form has no get
    if not isinstance(rows, FieldList):
        return False
    wish, _, position = act.partition("-")
    if wish == _ADD and not (rows.max_entries and len(rows.entries) >= rows.max_entries):
        rows.append_entry()
    elif wish == _DROP and position in map(str, range(len(rows.entries))):
        del rows.entries[int(position)]
        rows._compact_indices()  # noqa: SLF001 - it has no public name, and a gap would shift the rows on sending
        while len(rows.entries) < rows.min_entries:
            rows.append_entry()
    elif wish in _MOVES and position in map(str, range(len(rows.entries))):
        _move(rows, int(position), int(position) + _MOVES[wish])
    form.keep_typed()
    return True


def _move(rows: FieldList, here: int, there: int) -> None:
    """Change places with the neighbour; the first goes no further up, the last no further down."""
    if 0 <= there < len(rows.entries):
        entries = rows.entries
        entries[here], entries[there] = entries[there], entries[here]
        rows._compact_indices()  # noqa: SLF001 - as above

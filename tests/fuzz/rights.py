"""What single doors may do that no other may, each with its reason; whatever else is seen is a finding."""

import re
from collections.abc import Callable, Sequence

from tests.fuzz.sending import SAYS_WHY, Pairs

ASIDE = frozenset({
    "unsent_form", "form_receipt", "sign_in_attempt", "account_session", "sign_in_proof", "sqlite_sequence",
})  # fmt: skip
"""What a refused sending may write: the words themselves, that they were sent, and who tried to sign in."""

_SCANS = frozenset({"stored_file", "log_entry"})
_EVIDENCE = _SCANS | {"evidence", "report", "report_round", "round_writer"}
KEPT_AT_ONCE = {
    # The photo is tied to the draft of the report, which is begun for it: a wrong figure never costs a photo.
    "progress.report": _EVIDENCE,
    "progress.unit_report": _EVIDENCE,
    # The scan is stored, and the form carries its number: a wrong day never costs a scan. Nothing is tied to it yet.
    "commitments.record_paper": _SCANS,
    "commitments.file_copy": _SCANS,
    "commitments.ceremony_scans": _SCANS,
    "documents.attach": _SCANS,
}
"""Where files are kept before anything else is judged, and where that is written; lists of tasks are not among them."""
TAKING_FILES = frozenset({*KEPT_AT_ONCE, "commitments.outside", "tasks.import_list", "tasks.import_mended"})
"""Every door whose page asks for files."""
ANSWERED_AT_ONCE = frozenset({"accounts.reset_password", "accounts.make_calendar", "accounts.new_codes"})
"""Doors that answer what is carried out with a page: what it shows is shown once."""

SPELT: dict[tuple[str, str], Callable[[str], str]] = {
    # Codes of units are capitals, names to sign in with are small letters; both are shown as they would be stored.
    ("units.create", "code"): str.upper,
    ("units.edit", "code"): str.upper,
    ("accounts.sign_in", "username"): str.lower,
    ("accounts.create", "username"): str.lower,
}
"""Questions whose answers are shown in other letters than they were typed in, and how."""

_REST: tuple[tuple[str, str, str, str], ...] = (
    ("", "rows", ".*", ""),  # a row more or less, or moved
    ("tasks.send_back", "act", "look", ""),  # Enter in a remark: deciding takes a button of its own
    ("reviews.send_back", "act", "look", ""),
    ("tasks.grid", "act", "add|give-up|filter|all|drop-.*|page-[0-9]+", ""),  # more lines, or other lines
    ("campaigns.follow", "act", "again", ""),  # the days worked out anew
    ("campaigns.follow_tasks", "act", "again", ""),
    ("commitments.prepare", "act", "terms-again", ""),
    ("commitments.edit", "act", "terms-again", ""),
    ("documents.edit", "act", "phrase-.*|sua-.*", ""),  # a phrase put in, a spelling set right
    # What would be done is shown before it is done, with the button that does it, where nothing is wrong.
    ("tasks.propose_amendment", "act", ".*", ">Gửi đề nghị</button>"),
    ("campaigns.follow", "act", "check", 'value="make"'),
    ("campaigns.follow_tasks", "act", "check", 'value="make"'),
)
"""Buttons that carry nothing out: at which door, their name, what they say, and what the page says instead of why."""


def owed(endpoint: str, pressed: tuple[str, bytes] | None) -> tuple[str, ...]:
    """What a page says, one of these, that is shown again after this button; nothing where it may keep silent."""
    if pressed is not None:
        name, said = pressed[0], pressed[1].decode()
        for door, button, values, instead in _REST:
            if door in {"", endpoint} and name == button and re.fullmatch(values, said):
                return (SAYS_WHY, instead) if instead else ()
    return (SAYS_WHY,)


def doors_named() -> set[str]:
    """Every door that has a right of its own."""
    by_button = {door for door, _button, _values, _instead in _REST} - {""}
    return {*TAKING_FILES, *ANSWERED_AT_ONCE, *by_button, *(door for door, _name in SPELT)}


def takes_away(pressed: tuple[str, bytes] | None, name: str) -> bool:
    """Whether the button is there to take away, or to replace, what stands in the field of the name."""
    if pressed is None:
        return False
    button, said = pressed[0], pressed[1].decode()
    if button == "rows":
        dropping = re.fullmatch("(.+)-drop-[0-9]+", said)
        return dropping is not None and name.startswith(f"{dropping[1]}-")
    if button == "act":
        # The campaign's terms instead of those that stand there; another spelling in the place of one.
        return (said == "terms-again" and name == "terms") or bool(
            re.fullmatch(f"sua-.*-{re.escape(name)}", said)
        )
    return False


def as_sent(fields: Pairs, named: Sequence[str], pressed: tuple[str, bytes] | None) -> bool:
    """Whether no other button than the pressed one is among the fields: no browser sends two."""
    return [pair for pair in fields if pair[0] in named] == ([pressed] if pressed else [])

"""Records whose every word is an attack: written straight into the database, past all forms."""

import json

import sqlalchemy as sa
from sqlalchemy.orm import Session

from pledges.core.base import Base

MARK = "zqattack"
HOSTILE = f"=1+{MARK}()<script>{MARK}</script>\"'><img src=x onerror={MARK}>{{{{7*191}}}}javascript:{MARK} "
"""A formula, a script, the end of an attribute, a template and an address, all in one."""
MECHANISM = {
    "account": {"password_hash", "username"}, "unit": {"path"}, "print_job": {"asked"}, "prose_piece": {"slot", "key"},
    "document": {"series", "filled", "paper", "addressees", "recipients", "posts", "block"},
    "task_import": {"content", "answers", "outcome", "sheet"}, "amendment": {"was", "proposed"},
    "commitment": {"content"}, "signed_copy": {"findings"}, "signature": {"mark"}, "figure": {"affirmed"},
    "unsent_form": {"path", "page", "fields", "key", "window"}, "stored_file": {"sha256", "media_type", "extension"},
}  # fmt: skip
"""Columns that hold no words of people: digests, addresses, and what the program itself writes as JSON."""
SKIPPED = {
    "log_entry",
    "form_receipt",
    "check_code",
    "search_entry",
    "second_factor",
    "recovery_code",
    "calendar_feed",
}
"""Tables without words of people, and the log, which refuses every change."""
WRITTEN_BY_US = (
    "digest",
    "name_fold",
    "name_sort",
    "title_fold",
    "title_sort",
    "key_digest",
    "secret_digest",
)


def columns() -> dict[str, list[str]]:
    """The columns that hold words of people, by table."""
    return {
        table.name: [one.name for one in table.columns if _is_words(table.name, one)]
        for table in Base.metadata.sorted_tables
        if table.name not in SKIPPED
    }


def _is_words(table: str, column: "sa.Column[object]") -> bool:
    kind = column.type
    return (
        isinstance(kind, sa.String)
        and not isinstance(kind, sa.Enum)
        and column.name not in WRITTEN_BY_US
        and column.name not in MECHANISM.get(table, set())
    )


def poison(session: Session) -> int:
    """Begin every word of people with an attack; how many columns that are."""
    number = 0
    for table, names in columns().items():
        for name in names:
            found = Base.metadata.tables[table].c[name]
            session.execute(sa.update(found.table).where(found != "").values({name: HOSTILE + found}))
            number += 1
    for name in ("addressees", "recipients", "posts"):
        documents = Base.metadata.tables["document"]
        session.execute(sa.update(documents).values({name: json.dumps([HOSTILE])}))
    session.commit()
    return number

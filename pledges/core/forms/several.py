"""Forms that take one step with many records at once: they carry the version of each, as it was shown."""

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Self

from sqlalchemy import select
from sqlalchemy.orm import Session
from wtforms import HiddenField

from pledges.core.among import among
from pledges.core.base import Base
from pledges.core.database import note_checked, take_turn
from pledges.core.forms.base import Form
from pledges.core.forms.fields import OPTIONAL, RecordsField
from pledges.core.forms.sending import brought

MOST = 5_000
"""So many records one page may bring; the longest list of a ward has some hundred."""
NOTHING = "Chưa đánh dấu mục nào."
_PAIR = re.compile(r"(?P<number>[0-9]{1,10})\.(?P<version>[0-9]{1,10})", re.ASCII)


def locked_versions(session: Session, kind: type[Base], numbers: Collection[int]) -> dict[int, int]:
    """The present versions of records by their ids; nobody else changes them until the transaction ends.

    The rows are locked in the order of their ids, so that two who lock several never wait for each other.
    """
    take_turn(session)
    table = kind.__table__
    rows = (
        select(table.c.id, table.c.version)
        .where(among(table.c.id, numbers))
        .order_by(table.c.id)
        .with_for_update()
    )
    return {number: version for number, version in session.execute(rows)}  # noqa: C416 - a Row is no pair


def check_versions(session: Session, records: Sequence[Any], seen: Mapping[int, int]) -> set[int]:
    """The ids of the records that still have the version that was seen; these may be changed now.

    What others changed meanwhile is left out: its owner reads it first.
    """
    if not records:
        return set()
    present = locked_versions(session, type(records[0]), [record.id for record in records])
    same = {record.id for record in records if present.get(record.id) == seen.get(record.id)}
    for record in records:
        if record.id in same:
            note_checked(session, record)
    return same


class SeenField(HiddenField):
    """The records that a page shows, in its order, each with its version: "12.3 15.1"."""

    data: dict[int, int] | None

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read the pairs; what is none is left out."""
        if valuelist:
            self.data = seen_in(str(valuelist[0]))

    def _value(self) -> str:
        return " ".join(f"{number}.{version}" for number, version in (self.data or {}).items())


def seen_in(text: str) -> dict[int, int]:
    """The versions by the ids of their records, in the order in which the text names them; the first `MOST`."""
    pairs = (_PAIR.fullmatch(part) for part in text.split(None, MOST)[:MOST])
    return {int(found["number"]): int(found["version"]) for found in pairs if found}


class SeveralForm(Form):
    """One step with several records: which were shown, in which version, and which are chosen."""

    seen = SeenField()
    chosen = RecordsField("Các mục được chọn", [OPTIONAL])

    @classmethod
    def numbers_sent(cls) -> list[int]:
        """The ids of the records that the sent page showed, in its order; none when a page is opened."""
        sent = brought(cls)
        return list(seen_in(sent.get("seen", ""))) if sent is not None else []

    @classmethod
    def over(cls, records: Sequence[Any], ticked: Collection[int]) -> Self:
        """The form over these records, some of them ticked at first."""
        versions = {record.id: record.version for record in records}
        return cls.bind({"seen": versions, "chosen": list(ticked)}, records=records)

    def prepare(self, **context: Any) -> None:
        """Offer the `records`."""
        self.chosen.offer(context["records"], lambda record: str(record.id))

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether something is chosen; what the sender may not know of any more counts as not chosen."""
        self.chosen.data = [number for number in self.chosen.data or () if number in self.chosen.offered]
        good: bool = super().validate(extra_validators)
        if good and not self.chosen.data:
            self.refuse(NOTHING)
            return False
        return good

    def sort_out(self, session: Session) -> tuple[list[Any], list[Any]]:
        """The chosen records in the order of the page: those that stand as they were seen, and those that changed."""
        seen = self.seen.data or {}
        chosen = [self.chosen.offered[number] for number in seen if number in (self.chosen.data or ())]
        same = check_versions(session, chosen, seen)
        return [one for one in chosen if one.id in same], [one for one in chosen if one.id not in same]

"""What a commitment holds, read from its content: the frozen one, or what would be frozen now. One shape for both."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from pledges.commitments.content import Past, content_of, sealed_content
from pledges.commitments.models import Commitment
from pledges.commitments.rules import seal
from pledges.tasks.models import Task
from pledges.tasks.rules import Direction


@dataclass(frozen=True)
class PledgedIndicator:
    """A target as it was pledged."""

    label: str
    baseline: Decimal
    target: Decimal
    measure: str
    falls: bool


@dataclass(frozen=True)
class PledgedTask:
    """A task as it was pledged."""

    number: int
    title: str
    product: str
    cooperating: tuple[str, ...]
    start_on: date
    due_on: date
    indicators: tuple[PledgedIndicator, ...]


@dataclass(frozen=True)
class Pledge:
    """Everything that the text of a commitment says, for its page; `digest` is that of this very content.

    `amends` is what it changes of the edition before it, in printed words; None where it is the first.
    """

    unit_name: str
    campaign_title: str
    place: str
    dated_on: date | None
    copies: int
    terms: tuple[str, ...]
    witness: str
    witness_post: str
    tasks: tuple[PledgedTask, ...]
    digest: str
    amends: Mapping[str, Any] | None = None


def pledge_of(commitment: Commitment, tasks: Sequence[Task], past: Past | None = None) -> Pledge:
    """What the commitment says: as frozen; while nothing is, with the unit's registered tasks as they are now."""
    content = sealed_content(commitment)
    digest = commitment.digest
    if not content or digest is None:
        text, digest = seal(content_of(commitment, tasks, past))
        content = json.loads(text)
    return _read(content, digest)


def _read(content: Mapping[str, Any], digest: str) -> Pledge:
    return Pledge(
        unit_name=content["unit"]["name"],
        campaign_title=content["campaign"]["title"],
        place=content["place"],
        dated_on=_day(content["dated_on"]),
        copies=content["copies"],
        terms=tuple(line.strip() for line in content["terms"].splitlines() if line.strip()),
        witness=content["witness"]["name"],
        witness_post=content["witness"]["post"],
        tasks=tuple(_task(task) for task in content["tasks"]),
        digest=digest,
        amends=content.get("amends"),
    )


def _task(task: Mapping[str, Any]) -> PledgedTask:
    return PledgedTask(
        number=task["number"],
        title=task["title"],
        product=task["product"],
        cooperating=tuple(task["cooperating_names"]),
        start_on=date.fromisoformat(task["start_on"]),
        due_on=date.fromisoformat(task["due_on"]),
        indicators=tuple(
            PledgedIndicator(
                label=one["label"],
                baseline=Decimal(one["baseline"]),
                target=Decimal(one["target"]),
                measure=one["measure"],
                falls=one["direction"] == Direction.DOWN,
            )
            for one in task["indicators"]
        ),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None

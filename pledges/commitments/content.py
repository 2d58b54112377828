"""What a commitment says, as data: what is frozen, sealed and printed."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from pledges.commitments.models import Commitment
from pledges.commitments.queries import registered_numbers
from pledges.commitments.rules import BrokenSeal, digest_of
from pledges.tasks.models import Task
from pledges.tasks.facts import facts as task_facts
from pledges.units.rules import UnitKind


def content_of(commitment: Commitment, tasks: Sequence[Task]) -> dict[str, Any]:
    """Everything the printed commitment says, as data: names, posts and units as they are at this moment."""
    campaign, unit = commitment.campaign, commitment.unit
    return {
        "campaign": {
            "code": campaign.code,
            "title": campaign.title,
            "theme": campaign.theme,
            "slogan": campaign.slogan,
            "illustrative": campaign.illustrative,
            "bases": [
                {
                    "type": basis.type,
                    "number": basis.number,
                    "issued_on": basis.issued_on,
                    "issuer": basis.issuer,
                    "subject": basis.subject,
                }
                for basis in campaign.bases
            ],
        },
        "unit": {"code": unit.code, "name": unit.name, "superior": _superior(commitment)},
        "owner": {"code": campaign.owner.code, "name": campaign.owner.name},
        "edition": commitment.edition,
        "place": commitment.place,
        "dated_on": commitment.dated_on,
        "terms": commitment.terms,
        "copies": commitment.copies,
        "witness": {"name": commitment.witness, "post": commitment.witness_post},
        "in_order": commitment.in_order,
        "signatories": [
            {"name": one.name, "post": one.post, "on_behalf_of": one.on_behalf_of}
            for one in commitment.signatories
        ],
        "tasks": [_frozen_task(task) for task in tasks],
    }


def _superior(commitment: Commitment) -> str:
    """The body above the unit in its heading: an office's own, for a neighbourhood the campaign's; else none."""
    unit = commitment.unit
    if unit.kind is UnitKind.OFFICE and unit.parent is not None:
        return unit.parent.name
    return commitment.campaign.owner.name if unit.kind is UnitKind.NEIGHBOURHOOD else ""


def _frozen_task(task: Task) -> dict[str, Any]:
    named = {
        "lead_unit_name": task.lead_unit.name,
        "cooperating_names": [unit.name for unit in task.cooperating],
    }
    return task_facts(task) | named | {"number": task.number}


def dropped(session: Session, commitment: Commitment) -> list[tuple[int, str]]:
    """The tasks of the frozen text, by number and title, that no longer stand in the campaign's list."""
    registered = set(session.scalars(registered_numbers(commitment)))
    pledged = [(task["number"], task["title"]) for task in sealed_content(commitment).get("tasks", ())]
    return [(number, title) for number, title in pledged if number not in registered]


def sealed_content(commitment: Commitment) -> dict[str, Any]:
    """What was frozen, once it is shown to be that: the text has its digest, and so has every signature.

    Empty while nothing is frozen. Raises `BrokenSeal`.
    """
    if commitment.content is None or commitment.digest is None:
        return {}
    signed = {one.signature.digest for one in commitment.signatories if one.signature is not None}
    if signed | {digest_of(commitment.content)} != {commitment.digest}:
        raise BrokenSeal(commitment.digest)
    return commitment.frozen_content()

"""What a commitment says, as data: what is frozen, sealed and printed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from sqlalchemy.orm import Session, object_session

from pledges.audit.rules import plain
from pledges.campaigns.models import Campaign
from pledges.commitments.comparing import Acts, Comparison, compare
from pledges.commitments.gone import ListNow
from pledges.commitments.models import Commitment
from pledges.commitments.queries import in_force
from pledges.commitments.rules import BrokenSeal, Gone, digest_of
from pledges.tasks.facts import facts as task_facts
from pledges.tasks.models import Task
from pledges.units.rules import UnitKind


@dataclass(frozen=True)
class Past:
    """What the texts of many units would else ask for one by one: their editions in force, the acts on their tasks."""

    in_force: Mapping[int, Commitment]
    acts: Acts

    @classmethod
    def read(
        cls, session: Session, campaign_id: int, in_force: Iterable[Commitment], tasks: Iterable[Task]
    ) -> Self:
        """Of the units of these editions and of the tasks that they pledge now; as many queries as for one."""
        found = {one.unit_id: one for one in in_force}
        numbers = {task["number"] for one in found.values() for task in one.frozen_content()["tasks"]}
        numbers |= {task.number for task in tasks if task.lead_unit_id in found}
        return cls(found, Acts.read(session, campaign_id, numbers))


def content_of(commitment: Commitment, tasks: Sequence[Task], past: Past | None = None) -> dict[str, Any]:
    """Everything the printed commitment says, as data: names, posts and units as they are at this moment.

    One that takes the place of a signed edition says under "amends" what it changes, and who allowed that; the `past`
    of many units is read at once.
    """
    frozen = [frozen_task(task) for task in tasks]
    campaign, unit = commitment.campaign, commitment.unit
    return {
        "campaign": _frozen_campaign(campaign),
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
        "tasks": frozen,
    } | _amends(commitment, frozen, past)


def _frozen_campaign(campaign: Campaign) -> dict[str, Any]:
    return {
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
    }


def _amends(commitment: Commitment, tasks: Sequence[dict[str, Any]], past: Past | None) -> dict[str, Any]:
    """What the tasks pledge differently from the edition in force, in printed words; nothing without one."""
    session = object_session(commitment)
    if session is None or commitment.edition == 1:
        return {}
    if past is None:
        earlier = session.scalars(in_force(commitment.campaign_id, commitment.unit_id)).first()
    else:
        earlier = past.in_force.get(commitment.unit_id)
    if earlier is None:
        return {}
    said = {"edition": earlier.edition, "signed_on": earlier.signed_on, "digest": earlier.digest}
    changes = against(session, earlier, tasks, past.acts if past else None)
    return {"amends": said | {"tasks": changes.frozen()}}


def against(
    session: Session, earlier: Commitment, tasks: Sequence[dict[str, Any]], acts: Acts | None = None
) -> Comparison:
    """What these tasks pledge differently from a frozen edition."""
    return compare(
        session,
        earlier.campaign_id,
        sealed_content(earlier)["tasks"],
        plain(tasks),
        since=earlier.frozen_at,
        acts=acts,
    )


def _superior(commitment: Commitment) -> str:
    """The body above the unit in its heading: an office's own, for a neighbourhood the campaign's; else none."""
    unit = commitment.unit
    if unit.kind is UnitKind.OFFICE and unit.parent is not None:
        return unit.parent.name
    return commitment.campaign.owner.name if unit.kind is UnitKind.NEIGHBOURHOOD else ""


def frozen_task(task: Task) -> dict[str, Any]:
    """A task as a content holds it, with the names of its units as they are."""
    named = {
        "lead_unit_name": task.lead_unit.name,
        "cooperating_names": [unit.name for unit in task.cooperating],
    }
    return task_facts(task) | named | {"number": task.number}


def dropped(session: Session, commitment: Commitment) -> tuple[Gone, ...]:
    """The tasks of the frozen text that no longer stand in the campaign's list, or were amended since."""
    unit = (commitment.campaign_id, commitment.unit_id)
    return ListNow.read(session, [unit]).gone(unit, sealed_content(commitment).get("tasks", ()))


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

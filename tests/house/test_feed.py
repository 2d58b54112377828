"""Each act that is logged either can change a kept page, or was judged to leave them all as they are."""

from pledges.audit.feed import QUIET
from pledges.audit.words import WORDS

LOUD = frozenset(
    {
        "account.edited",
        "account.closed",
        "account.contacts_removed",
        "appointment.given",
        "appointment.ended",
        "appointment.withdrawn",
        "unit.created",
        "unit.edited",
        "campaign.created",
        "campaign.edited",
        "campaign.moved",
        "period.opened",
        "period.changed",
        "period.removed",
        "task.edited",
        "task.submitted",
        "task.returned",
        "task.approved",
        "task.committed",
        "task.released",
        "task.amended",
        "task.cancelled",
        "task.discarded",
        "commitment.prepared",
        "commitment.edited",
        "commitment.frozen",
        "commitment.signed",
        "commitment.completed",
        "commitment.superseded",
        "commitment.withdrawn",
        "commitment.declined",
        "commitment.signature_undone",
        "commitment.reopened",
        "commitment.reinstated",
        "campaign.call_list_downloaded",
        "ceremony.opened",
        "ceremony.edited",
        "ceremony.closed",
        "authorisation.recorded",
        "authorisation.ended",
        "amendment.proposed",
        "amendment.approved",
        "amendment.returned",
        "amendment.withdrawn",
        "report.submitted",
        "report.returned",
        "report.accepted",
        "report.correction_begun",
        "report.correction_dropped",
        "period_exception.granted",
        "period_exception.revoked",
        "task.proof_rules_set",
        "explanation_request.asked",
        "explanation_request.answered",
        "explanation_request.closed",
        "assignment.given",
        "assignment.ended",
        "campaign.officials_downloaded",
        "common_task.named",
        "common_task.renamed",
        "common_task.removed",
        "common_task.joined",
        "common_task.left",
        "meeting.called",
        "meeting.edited",
        "meeting.closed",
        "follow_up.made",
        "follow_up.edited",
        "follow_up.ended",
        "obstacle.raised",
        "obstacle.changed",
        "obstacle.withdrawn",
        "obstacle.decided",
        "task_import.written",
    }
)
"""Acts after which a board, a list of the overview, its frame or its bar may say something else."""


def test_every_act_was_judged():
    unjudged = set(WORDS) - LOUD - QUIET
    assert unjudged == set(), (
        "can a page of the overview, or the bar above it, say something else afterwards? Then it is loud. "
        "Only an act after which all of them say the same belongs to pledges.audit.feed.QUIET."
    )


def test_no_act_was_judged_twice_or_in_vain():
    assert not LOUD & QUIET
    assert set(WORDS) == LOUD | QUIET

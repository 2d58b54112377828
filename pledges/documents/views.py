"""Pages that list the papers, and the papers themselves as PDF."""

import json
from collections.abc import Iterator

from flask import render_template, request

from pledges.access.guard import authorise, current_actor, guard
from pledges.access.permissions import Permission
from pledges.audit.rules import canonical
from pledges.campaigns.models import Campaign
from pledges.campaigns.queries import seen_by as campaigns_seen_by
from pledges.campaigns.rules import works_on
from pledges.campaigns.selection import campaign_question, chosen, url_in
from pledges.commitments.ceremonies.queries import of_campaign as ceremonies_of
from pledges.commitments.ceremonies.roll import of_campaign as roll_of_campaign
from pledges.commitments.content import content_of, sealed_content
from pledges.commitments.models import Commitment
from pledges.commitments.queries import of_campaign, seen_by, whole
from pledges.commitments.rules import CommitmentStatus
from pledges.core import as_of, clock
from pledges.core.database import db
from pledges.core.filters import Question, Wishes, same
from pledges.documents import (
    check_pages,
    comparison_pages,
    meeting_pack_pages,
    report_form_pages,
    signed_papers_pages,
    signing_day_pages,
)
from pledges.documents.blueprint import blueprint
from pledges.documents.calls import follow_up_pages
from pledges.documents.calls import views as call_pages
from pledges.documents.commitments import sheet_of as commitment_sheet
from pledges.documents.printing import Answer, campaign_to_print, printed, public_address
from pledges.documents.progress_report import sheet_of as report_sheet
from pledges.documents.seals import NO_SEAL, seals_of
from pledges.overview.reading import of_campaign as board_of
from pledges.progress.models import Period
from pledges.progress.obstacles.queries import decided
from pledges.progress.queries import begun
from pledges.tasks.queries import of_unit_in_campaign

__all__ = [
    "blueprint",
    "call_pages",
    "check_pages",
    "comparison_pages",
    "follow_up_pages",
    "meeting_pack_pages",
    "report_form_pages",
    "signed_papers_pages",
    "signing_day_pages",
]


RECENT = 3
"""Periods for which the list of papers offers forms."""


@blueprint.get("/van-ban")
@guard(Permission.PRINT_REPORT)
def listing() -> str:
    """Văn bản: what can be printed of the campaign."""
    actor = current_actor()
    seen = list(db.session.scalars(campaigns_seen_by(actor)))
    campaign = chosen(seen)
    if campaign is not None:
        authorise(Permission.PRINT_REPORT, campaign.subject(), see=Permission.SEE_CAMPAIGN)
    found = list(db.session.scalars(of_campaign(seen_by(actor), campaign.id))) if campaign else []
    wishes = Wishes.read(request.args, "Tìm đơn vị", *campaign_question(seen), *_questions(found))
    return render_template(
        "documents/listing.html",
        campaign=campaign,
        commitments=[one for one in found if _takes(wishes, one)],
        any=bool(found),
        wishes=wishes,
        as_of=as_of.requested(),
        signing=roll_of_campaign(db.session(), campaign) if campaign else None,
        ceremonies=list(db.session.scalars(ceremonies_of(campaign.id))) if campaign else [],
        periods=_to_report_on(campaign) if campaign else [],
        url_in=url_in,
    )


def _to_report_on(campaign: Campaign) -> list[Period]:
    """The newest periods that have begun, the newest first: those for which people still report on paper."""
    if not works_on(campaign.status):
        return []
    return list(db.session.scalars(begun(campaign.id, clock.today())))[: -RECENT - 1 : -1]


def _questions(commitments: list[Commitment]) -> Iterator[Question]:
    yield Question("tinh-trang", "Tình trạng", {status.value: status.label for status in CommitmentStatus})
    yield Question("khoi", "Khối", same(one.unit.block for one in commitments))


def _takes(wishes: Wishes, one: Commitment) -> bool:
    return (
        wishes.finds(one.unit.name_fold)
        and wishes["tinh-trang"] in {"", one.status.value}
        and wishes["khoi"] in {"", one.unit.block}
    )


@blueprint.get("/van-ban/bao-cao-tien-do.pdf")
@guard(Permission.PRINT_REPORT)
def progress_report() -> Answer:
    """Báo cáo tiến độ with its annex, as of the day in the address; a day that can't be read is said on the list."""
    campaign, actor = campaign_to_print()
    day = as_of.requested()
    if day.error:
        return listing()
    board = board_of(db.session(), campaign, actor, day.day)
    name = f"Báo cáo tiến độ đến ngày {day.day.isoformat()}.pdf"
    ended = list(db.session.scalars(decided(campaign.id, actor, day.day)))
    return printed(report_sheet(campaign, board, clock.today(), ended), name)


@blueprint.get("/van-ban/cam-ket/<int:commitment_id>.pdf")
@guard(Permission.SEE_COMMITMENT)
def commitment(commitment_id: int) -> Answer:
    """Bản cam kết của một đơn vị: the frozen text, or the draft as it would be frozen now."""
    found = db.first_or_404(whole().where(Commitment.id == commitment_id))
    authorise(Permission.SEE_COMMITMENT, found.subject())
    content = sealed_content(found)
    if not content:
        tasks = list(db.session.scalars(of_unit_in_campaign(found.campaign_id, found.unit_id)))
        content = json.loads(canonical(content_of(found, tasks)))
    name = f"Bản cam kết {content['unit']['name']}.pdf"
    seal = seals_of(db.session(), [found]).get(found.id, NO_SEAL)
    return printed(commitment_sheet(found, content, clock.today(), seal, public_address()), name)

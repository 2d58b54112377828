"""The page of papers: what can be printed and written, what is under way, and the pledges. Routes of one pledge too."""

from collections.abc import Iterator

from flask import render_template, request

from pledges.access.guard import authorise, current_actor, guard
from pledges.access.permissions import Permission
from pledges.campaigns.models import Campaign
from pledges.campaigns.queries import seen_by as campaigns_seen_by
from pledges.campaigns.rules import works_on
from pledges.campaigns.selection import campaign_question, chosen, url_in
from pledges.commitments.ceremonies.queries import of_campaign as ceremonies_of
from pledges.commitments.ceremonies.roll import of_campaign as roll_of_campaign
from pledges.commitments.models import Commitment
from pledges.commitments.queries import of_campaign, seen_by, whole
from pledges.commitments.rules import CommitmentStatus
from pledges.core import clock
from pledges.core.database import db
from pledges.core.filters import Question, Wishes, same
from pledges.documents import (
    check_pages,
    comparison_pages,
    document_pages,
    meeting_pack_pages,
    paper_pages,
    report_form_pages,
    signed_papers_pages,
    signing_day_pages,
)
from pledges.documents.blueprint import blueprint
from pledges.documents.calls import follow_up_pages
from pledges.documents.calls import views as call_pages
from pledges.documents.catalogue import pledge_of
from pledges.documents.drafting import views as drafting_pages
from pledges.documents.fallback import views as fallback_pages
from pledges.documents.issuing import views as issuing_pages
from pledges.documents.issuing.queries import in_scope, named, under_way
from pledges.documents.issuing.rules import name_of
from pledges.documents.models import Document
from pledges.documents.offered import GROUPS
from pledges.documents.packs import views as pack_pages
from pledges.documents.printing import Answer, printed, public_address
from pledges.documents.rules import PaperKind
from pledges.progress.models import Period
from pledges.progress.queries import begun

__all__ = [
    "blueprint",
    "call_pages",
    "check_pages",
    "comparison_pages",
    "document_pages",
    "drafting_pages",
    "fallback_pages",
    "follow_up_pages",
    "issuing_pages",
    "meeting_pack_pages",
    "pack_pages",
    "paper_pages",
    "report_form_pages",
    "signed_papers_pages",
    "signing_day_pages",
]


RECENT = 3
"""Periods for which the list of papers offers forms."""
LATEST = 5
"""Issued documents that are named; the register has them all."""


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
    issued = _issued(campaign) if campaign else []
    return render_template(
        "documents/listing.html",
        campaign=campaign,
        campaigns=seen,
        commitments=[one for one in found if _takes(wishes, one)],
        any=bool(found),
        wishes=wishes,
        groups=GROUPS,
        drafts=_drafts(campaign) if campaign else [],
        issued=issued,
        names={one.id: name_of(one.kind, one.number, one.symbol) for one in issued},
        signing=roll_of_campaign(db.session(), campaign) if campaign else None,
        ceremonies=list(db.session.scalars(ceremonies_of(campaign.id))) if campaign else [],
        periods=_to_report_on(campaign) if campaign else [],
        url_in=url_in,
    )


def _drafts(campaign: Campaign) -> list[Document]:
    """What is being written, or waits to be signed: what waits first."""
    found = under_way(current_actor()).where(Document.campaign_id == campaign.id)
    return list(db.session.scalars(found))


def _issued(campaign: Campaign) -> list[Document]:
    """The documents that were issued last."""
    found = named().where(
        Document.campaign_id == campaign.id, Document.issued_at.is_not(None), in_scope(current_actor())
    )
    return list(db.session.scalars(found.limit(LATEST)))


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
    """Báo cáo tiến độ with its annex, as of the day in the address: what the board prints in one press."""
    return paper_pages.file_of(PaperKind.PROGRESS_REPORT)


@blueprint.get("/van-ban/cam-ket/<int:commitment_id>.pdf")
@guard(Permission.SEE_COMMITMENT)
def commitment(commitment_id: int) -> Answer:
    """Bản cam kết của một đơn vị: the frozen text, or the draft as it would be frozen now."""
    found = db.first_or_404(whole().where(Commitment.id == commitment_id))
    authorise(Permission.SEE_COMMITMENT, found.subject())
    sheet = pledge_of(db.session(), found, clock.today(), public_address())
    return printed(sheet, f"Bản cam kết {sheet.unit}.pdf")

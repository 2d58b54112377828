"""Danh mục giấy tờ: every paper that a campaign has as one, made by its kind and scope."""

import json
from datetime import date

from sqlalchemy.orm import Session

from pledges.access.roles import Actor
from pledges.audit.rules import canonical
from pledges.campaigns.models import Campaign
from pledges.commitments.content import content_of, sealed_content
from pledges.commitments.models import Commitment
from pledges.commitments.queries import editions
from pledges.commitments.rules import CommitmentStatus
from pledges.core.refusal import Refused
from pledges.documents import lists
from pledges.documents.commitments import sheet_of as commitment_sheet
from pledges.documents.drafting.filling import filled_of
from pledges.documents.drafting.rules import Scope
from pledges.documents.drafting.scopes import restricted
from pledges.documents.report_forms import blank_form, form_of
from pledges.documents.rules import LISTS, PaperKind
from pledges.documents.seals import NO_SEAL, seals_of
from pledges.documents.sheets.commitment import CommitmentSheet
from pledges.documents.sheets.composing import composed
from pledges.documents.sheets.paper import Ready, Sheet
from pledges.overview.board import Board
from pledges.overview.reading import of_campaign as board_of
from pledges.progress.models import Period
from pledges.tasks.queries import of_unit_in_campaign
from pledges.tasks.registration import registrations
from pledges.units.models import Unit

_MADE = {
    PaperKind.TASK_LIST: lists.task_list_of,
    PaperKind.ATTENTION_LIST: lists.attention_of,
}
OF_A_UNIT = "Bản cam kết là của từng đơn vị; đồng chí chọn đơn vị rồi in."
NO_COMMITMENT = "Đơn vị này chưa có bản cam kết nào."


def sheet_of(
    session: Session,
    campaign: Campaign,
    kind: PaperKind,
    scope: Scope,
    actor: Actor,
    today: date,
    public_address: str = "",
) -> Sheet:
    """One paper of a campaign, as far as the actor may know it; raises `Refused` where there is nothing to print.

    `public_address` is where a printed code can be asked for. A fixed number of queries, whatever stands on it.
    """
    if kind.numbered:
        return Ready(composed(filled_of(session, campaign, kind, scope, actor, today), {}))
    if kind in LISTS:
        board = restricted(board_of(session, campaign, actor, scope.as_of), scope)
        if kind is PaperKind.UNIT_SUMMARY:
            idle = _idle(session, campaign, board, scope)
            return lists.unit_summary_of(campaign, board, scope, today, idle)
        return _MADE[kind](campaign, board, scope, today)
    if kind is PaperKind.COMMITMENT:
        return _commitment(session, campaign, scope, today, public_address)
    if kind is PaperKind.CALL_LIST:
        raise ValueError("a list with telephones leaves by its own page, which writes it into the log")
    return _report_form(session, campaign, scope, actor, today)


def _idle(session: Session, campaign: Campaign, board: Board, scope: Scope) -> list[str]:
    """The units that take part and lead nothing, neither themselves nor by an office below them."""
    if scope.unit is not None:
        return []
    leading = {row.card.lead.id for row in board.rows}
    return [
        one.unit.name
        for one in registrations(session, campaign, scope.as_of)
        if one.takes_part
        and not one.through_others
        and one.unit.id not in leading
        and (not scope.block or one.unit.block == scope.block)
    ]


def _commitment(
    session: Session, campaign: Campaign, scope: Scope, today: date, public_address: str
) -> Sheet:
    """The unit's pledge in force, else its newest text that wasn't taken back."""
    if scope.unit is None:
        raise Refused(OF_A_UNIT)
    found = [
        one
        for one in session.scalars(editions(campaign.id, scope.unit.id))
        if one.status is not CommitmentStatus.WITHDRAWN
    ]
    if not found:
        raise Refused(NO_COMMITMENT)
    chosen = next((one for one in found if one.status is CommitmentStatus.SIGNED), found[0])
    return pledge_of(session, chosen, today, public_address)


def pledge_of(session: Session, commitment: Commitment, today: date, public_address: str) -> CommitmentSheet:
    """Bản cam kết của một đơn vị: the frozen text, or the draft as it would be frozen now."""
    content = sealed_content(commitment)
    if not content:
        tasks = list(session.scalars(of_unit_in_campaign(commitment.campaign_id, commitment.unit_id)))
        content = json.loads(canonical(content_of(commitment, tasks)))
    seal = seals_of(session, [commitment]).get(commitment.id, NO_SEAL)
    return commitment_sheet(commitment, content, today, seal, public_address)


def _report_form(session: Session, campaign: Campaign, scope: Scope, actor: Actor, today: date) -> Sheet:
    """The unit's form for a period, filled in with what is known; blank without either."""
    unit = session.get(Unit, scope.unit.id) if scope.unit is not None else None
    period = session.get(Period, scope.period.id) if scope.period is not None else None
    if unit is None or period is None:
        return blank_form(campaign, today)
    return form_of(session, campaign, unit, period, actor, today)

"""Preparing a unit's commitment: written, changed, frozen, taken back. Routes on the blueprint of commitments."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from pledges.access.guard import authorise, guard
from pledges.access.permissions import Permission
from pledges.accounts.queries import heads_of
from pledges.campaigns.models import Campaign
from pledges.campaigns.queries import listed as campaigns_listed
from pledges.commitments import operations
from pledges.commitments.blueprint import blueprint
from pledges.commitments.forms import (
    CommitmentForm,
    FreezeForm,
    PrepareForm,
    WithdrawForm,
    terms_wanted_again,
    values_of_entry,
)
from pledges.commitments.models import Commitment
from pledges.commitments.pledges import pledge_of
from pledges.commitments.proposals import body_of, entry_for, terms_for
from pledges.commitments.queries import editions, whole
from pledges.commitments.readiness import UnitReadiness, readiness_of
from pledges.commitments.rules import CommitmentStatus
from pledges.commitments.standing import signed_of
from pledges.commitments.unit_tasks import tasks_of_unit
from pledges.core import clock
from pledges.core.database import db
from pledges.core.forms.rows import rows_pressed
from pledges.tasks.queries import of_unit_in_campaign
from pledges.units.models import Unit
from pledges.units.queries import within


@blueprint.route("/cam-ket/soan/<int:campaign_id>/<int:unit_id>", methods=["GET", "POST"])
@guard(Permission.PREPARE_COMMITMENT)
def prepare(campaign_id: int, unit_id: int) -> Response | str:
    """Soạn bản cam kết của một đơn vị, or a new edition of it."""
    campaign: Campaign = db.first_or_404(campaigns_listed().where(Campaign.id == campaign_id))
    unit: Unit = db.first_or_404(within([campaign.area.path]).where(Unit.id == unit_id))
    subject = campaign.subject_of(unit)
    actor = authorise(Permission.PREPARE_COMMITMENT, subject, see=Permission.SEE_COMMITMENT)
    session = db.session()
    known = list(session.scalars(editions(campaign_id, unit_id)))
    heads = list(session.scalars(heads_of(unit.id, clock.today())))
    begun = entry_for(campaign, unit, known, heads, clock.today())
    form = PrepareForm.bind(values_of_entry(begun), unit=unit, heads=heads)
    if _only_reshapes(form, campaign, unit):
        pass
    elif form.accepts():
        with form.act() as act:
            made = operations.prepare(session, campaign, unit, form.entry(), by=actor, at=clock.now())
            session.flush()
            act.location = url_for("commitments.commitment", commitment_id=made.id)
            session.commit()
            flash("Đã soạn bản cam kết. Xem lại bản in rồi chốt để ký.", "good")
            return redirect(act.location)
    return render_template(
        "commitments/prepare.html",
        form=form,
        unit=unit,
        campaign=campaign,
        body=body_of(unit),
        known=known,
        in_force=any(one.status is CommitmentStatus.SIGNED for one in known),
        tasks=list(session.scalars(of_unit_in_campaign(campaign_id, unit_id))),
        readiness=_readiness(campaign, unit),
        blank=form.blank_row(),
    )


@blueprint.route("/cam-ket/<int:commitment_id>/sua", methods=["GET", "POST"])
@guard(Permission.PREPARE_COMMITMENT)
def edit(commitment_id: int) -> Response | str | tuple[str, int]:
    """Sửa bản cam kết đang soạn."""
    found = _commitment(commitment_id)
    actor = authorise(Permission.PREPARE_COMMITMENT, found.subject(), see=Permission.SEE_COMMITMENT)
    heads = list(db.session.scalars(heads_of(found.unit_id, clock.today())))
    form = CommitmentForm.bind(found, unit=found.unit, heads=heads)
    if found.status is not CommitmentStatus.DRAFT:
        form.close()
        words = "Bản cam kết đã chốt nên không sửa được nữa; muốn đổi thì soạn bản mới."
        return _not_now(found, words, form)
    if _only_reshapes(form, found.campaign, found.unit):
        pass
    elif form.accepts():
        with form.act() as act:
            operations.edit(db.session(), found, form.entry(), by=actor, at=clock.now())
            act.location = url_for("commitments.commitment", commitment_id=commitment_id)
            db.session.commit()
            flash("Đã lưu bản cam kết.", "good")
            return redirect(act.location)
    return render_template(
        "commitments/edit.html",
        form=form,
        commitment=found,
        campaign=found.campaign,
        unit=found.unit,
        body=body_of(found.unit),
        readiness=_readiness(found.campaign, found.unit, found),
        blank=form.blank_row(),
    )


@blueprint.route("/cam-ket/<int:commitment_id>/chot", methods=["GET", "POST"])
@guard(Permission.PREPARE_COMMITMENT)
def freeze(commitment_id: int) -> Response | str | tuple[str, int]:
    """Chốt để ký: what is frozen is named, and nothing changes it afterwards."""
    found = _commitment(commitment_id)
    actor = authorise(Permission.PREPARE_COMMITMENT, found.subject(), see=Permission.SEE_COMMITMENT)
    form = FreezeForm.bind(found)
    if form.accepts():
        with form.act() as act:
            operations.freeze(db.session(), found, seen=form.seen.data or "", by=actor, at=clock.now())
            act.location = url_for("commitments.commitment", commitment_id=commitment_id)
            db.session.commit()
            flash("Đã chốt. Bản cam kết chờ ký.", "good")
            return redirect(act.location)
    if found.status is not CommitmentStatus.DRAFT:
        return _not_now(found, "Bản cam kết đã được chốt.", form)
    pledge = pledge_of(found, _tasks(found))
    form.seen.data = pledge.digest
    return render_template(
        "commitments/freeze.html",
        form=form,
        commitment=found,
        pledge=pledge,
        readiness=_readiness(found.campaign, found.unit, found),
    )


@blueprint.route("/cam-ket/<int:commitment_id>/thu-hoi", methods=["GET", "POST"])
@guard(Permission.PREPARE_COMMITMENT)
def withdraw(commitment_id: int) -> Response | str | tuple[str, int]:
    """Thu hồi bản chốt, with the reason, while a signature is missing; a new edition can be prepared then."""
    found = _commitment(commitment_id)
    actor = authorise(Permission.PREPARE_COMMITMENT, found.subject(), see=Permission.SEE_COMMITMENT)
    form = WithdrawForm.bind(found)
    if form.accepts():
        with form.act() as act:
            operations.withdraw(db.session(), found, form.reason.data or "", by=actor, at=clock.now())
            act.location = url_for("commitments.commitment", commitment_id=commitment_id)
            db.session.commit()
            flash("Đã thu hồi bản chốt. Soạn được bản mới.", "good")
            return redirect(act.location)
    if found.status is not CommitmentStatus.FROZEN:
        return _not_now(found, _NOT_TO_WITHDRAW[found.status], form)
    signed, all_of = signed_of(found)
    return render_template(
        "commitments/withdraw.html", form=form, commitment=found, signed=signed, all_of=all_of
    )


_NOT_TO_WITHDRAW = {
    CommitmentStatus.DRAFT: "Bản cam kết chưa chốt nên không phải thu hồi; sửa được ngay.",
    CommitmentStatus.SIGNED: "Bản cam kết đã đủ chữ ký nên không thu hồi được; muốn đổi thì soạn bản mới.",
    CommitmentStatus.SUPERSEDED: "Bản cam kết này đã được thay bằng bản mới.",
    CommitmentStatus.WITHDRAWN: "Bản cam kết này đã được thu hồi.",
}


def _only_reshapes(form: PrepareForm | CommitmentForm, campaign: Campaign, unit: Unit) -> bool:
    """Whether a button was pressed that only shows the form again: rows come, go and move, or the terms come anew."""
    if terms_wanted_again():
        form.terms.data = terms_for(campaign, unit)
        form.keep_typed()  # as it was typed: the terms that go are not lost
        return True
    if rows_pressed(form):
        form.offer_accounts()
        return True
    return False


def _readiness(campaign: Campaign, unit: Unit, draft: Commitment | None = None) -> UnitReadiness:
    return readiness_of(campaign, unit, draft, tasks_of_unit(db.session(), campaign.id, unit.id))


def _not_now(found: Commitment, words: str, form: Any = None) -> tuple[str, int]:
    return render_template("commitments/not_now.html", commitment=found, words=words, form=form), 409


def _tasks(found: Commitment) -> list[Any]:
    return list(db.session.scalars(of_unit_in_campaign(found.campaign_id, found.unit_id)))


def _commitment(commitment_id: int) -> Commitment:
    found: Commitment = db.first_or_404(whole().where(Commitment.id == commitment_id))
    return found

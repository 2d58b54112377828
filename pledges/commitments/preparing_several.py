"""Preparing and freezing the commitments of many units of a campaign at once, each by its own rules."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from pledges.access.guard import authorise, guard
from pledges.access.permissions import Permission, may
from pledges.access.roles import Actor
from pledges.accounts.models import Appointment
from pledges.campaigns.models import Campaign
from pledges.campaigns.queries import listed as campaigns_listed
from pledges.campaigns.selection import url_in
from pledges.commitments import operations, preparation
from pledges.commitments.blueprint import blueprint
from pledges.commitments.content import Past
from pledges.commitments.forms import FreezeSeveralForm, PrepareAllForm
from pledges.commitments.models import Commitment
from pledges.commitments.operations import CommitmentEntry
from pledges.commitments.pledges import Pledge, pledge_of
from pledges.commitments.proposals import entry_for
from pledges.commitments.queries import units_to_prepare
from pledges.commitments.readiness import UnitReadiness, readiness_of
from pledges.commitments.rules import BrokenSeal, CommitmentStatus, StepRefused
from pledges.commitments.unit_tasks import UnitTasks, tasks_of_units
from pledges.core import clock
from pledges.core.addresses import number_of
from pledges.core.among import among
from pledges.core.database import db
from pledges.core.numbers import two_digits
from pledges.core.refusal import Refused
from pledges.tasks.models import Task
from pledges.units.models import Unit
from pledges.units.queries import within

MARK = "muc"
_CHANGED = "Nội dung vừa được người khác sửa, đọc lại rồi chốt."
_BROKEN = "Bản đã ký trước đây không còn khớp mã SHA-256, phải kiểm tra trước."
"""Said of one unit: the others' are frozen all the same."""


@dataclass(frozen=True)
class Proposal:
    """A unit to prepare for: what its draft will hold, of which edition, and the tasks that the unit leads."""

    unit: Unit
    entry: CommitmentEntry
    edition: int
    led: UnitTasks


@dataclass(frozen=True)
class Draft:
    """A commitment that is being prepared, and what it lacks."""

    commitment: Commitment
    readiness: UnitReadiness


@dataclass(frozen=True)
class Checked:
    """A commitment on the page to check: its text, and why it can't be frozen, in words; "" when it can."""

    commitment: Commitment
    readiness: UnitReadiness
    pledge: Pledge | None
    why_not: str

    @property
    def ready(self) -> bool:
        """Whether it can be frozen now."""
        return not self.why_not


@blueprint.route("/cam-ket/soan-tat-ca/<int:campaign_id>", methods=["GET", "POST"])
@guard(Permission.PREPARE_COMMITMENT)
def prepare_all(campaign_id: int) -> Response | str:
    """Soạn nhiều bản cam kết: a draft for each ticked unit with approved tasks and nothing under way."""
    campaign, actor = _campaign(campaign_id)
    session = db.session()
    waiting = list(session.scalars(units_to_prepare(actor, campaign_id)))
    sent = [number_of(text) for text in request.form.getlist("chosen")]
    # A unit for which another has begun meanwhile stays among the chosen, so that it is named with the reason.
    asked = within([campaign.area.path]).where(
        among(Unit.id, [number for number in sent if number is not None])
    )
    others = [
        unit
        for unit in (session.scalars(asked) if sent else ())
        if may(actor, Permission.PREPARE_COMMITMENT, campaign.subject_of(unit))
    ]
    offered = list(dict.fromkeys([*waiting, *others]))
    form = PrepareAllForm.bind({"chosen": [unit.id for unit in waiting]}, units=offered)
    if form.accepts():
        with form.act() as act:
            made, left = _prepare(campaign, form.chosen.records, actor)
            act.location = url_for("commitments.freeze_several", campaign_id=campaign_id)
            session.commit()
            flash(_result(f"Đã soạn {two_digits(made)} bản cam kết.", "Chưa soạn", left), "good")
            return redirect(act.location)
    units = list(session.scalars(units_to_prepare(actor, campaign_id))) if sent else waiting
    return render_template(
        "commitments/prepare_all.html", form=form, campaign=campaign, proposals=_proposals(campaign, units)
    )


@blueprint.get("/cam-ket/chot-nhieu/<int:campaign_id>")
@guard(Permission.PREPARE_COMMITMENT)
def freeze_several(campaign_id: int) -> str:
    """Các bản cam kết đang soạn: what each lacks; those that lack nothing can be marked to be frozen together."""
    campaign, actor = _campaign(campaign_id)
    found = list(db.session.scalars(preparation.drafts(actor, campaign_id)))
    led = tasks_of_units(db.session(), campaign.id)
    shown = [Draft(one, readiness_of(campaign, one.unit, one, led[one.unit_id])) for one in found]
    return render_template(
        "commitments/freeze_several.html",
        campaign=campaign,
        drafts=shown,
        ready=sum(one.readiness.complete for one in shown),
        to_prepare=len(list(db.session.scalars(units_to_prepare(actor, campaign_id)))),
    )


@blueprint.route("/cam-ket/chot-nhieu/<int:campaign_id>/xem-lai", methods=["GET", "POST"])
@guard(Permission.PREPARE_COMMITMENT)
def freeze_checked(campaign_id: int) -> Response | str:
    """Xem lại trước khi chốt nhiều bản cam kết: each text by its digest; what is refused is named, the rest frozen."""
    campaign, actor = _campaign(campaign_id)
    marked = [number for text in request.args.getlist(MARK) if (number := number_of(text)) is not None]
    wanted = FreezeSeveralForm.numbers_sent() or marked
    found = list(db.session.scalars(preparation.chosen_commitments(actor, campaign_id, wanted)))
    checked = _checked(campaign, found)
    form = FreezeSeveralForm.over(found, [one.commitment.id for one in checked if one.ready])
    if form.accepts():
        with form.act() as act:
            done, left = _freeze(form, actor)
            act.location = url_in(campaign, "commitments.listing")
            db.session.commit()
            flash(_result(f"Đã chốt {two_digits(done)} bản cam kết, chờ ký.", "Chưa chốt", left), "good")
            return redirect(act.location)
    if request.method == "POST":  # it may say something else by now
        found = list(db.session.scalars(preparation.chosen_commitments(actor, campaign_id, wanted)))
        checked = _checked(campaign, found)
    form.seen.data = {one.id: one.version for one in found}
    form.digests.data = {one.commitment.id: one.pledge.digest for one in checked if one.pledge}
    return render_template(
        "commitments/freeze_checked.html",
        form=form,
        campaign=campaign,
        checked=checked,
        ready=sum(one.ready for one in checked),
        chosen=set(form.chosen.data or ()),
    )


def _campaign(campaign_id: int) -> tuple[Campaign, Actor]:
    """The campaign for a member of its area; which of its units are the actor's, the queries say."""
    campaign: Campaign = db.first_or_404(campaigns_listed().where(Campaign.id == campaign_id))
    return campaign, authorise(Permission.SEE_CAMPAIGN, campaign.subject())


def _proposals(campaign: Campaign, units: Sequence[Unit]) -> list[Proposal]:
    """What the drafts of these units will hold; three queries, however many they are."""
    session, ids = db.session(), [unit.id for unit in units]
    heads: dict[int, list[Appointment]] = defaultdict(list)
    for held in session.scalars(preparation.heads_of_units(ids, clock.today())):
        heads[held.unit_id].append(held)
    known: dict[int, list[Commitment]] = defaultdict(list)
    for one in session.scalars(preparation.editions_of_units(campaign.id, ids)):
        known[one.unit_id].append(one)
    led = tasks_of_units(db.session(), campaign.id)
    return [
        Proposal(
            unit,
            entry_for(campaign, unit, known[unit.id], heads[unit.id], clock.today()),
            1 + max((one.edition for one in known[unit.id]), default=0),
            led[unit.id],
        )
        for unit in units
    ]


def _prepare(campaign: Campaign, units: Sequence[Unit], actor: Actor) -> tuple[int, list[str]]:
    """Make the drafts; how many were made, and for which units not, with the reason. Nothing made is a refusal."""
    made, left = 0, []
    for one in _proposals(campaign, units):
        try:
            operations.prepare(db.session(), campaign, one.unit, one.entry, by=actor, at=clock.now())
            made += 1
        except Refused as refused:
            left.append(f"{one.unit.name}: {refused}")
    if not made:
        raise StepRefused(" ".join(left))
    return made, left


def _checked(campaign: Campaign, found: Collection[Commitment]) -> list[Checked]:
    """The commitments with their texts; a fixed number of queries, however many they are."""
    session, ids = db.session(), [one.unit_id for one in found]
    tasks: dict[int, list[Task]] = defaultdict(list)
    known = list(session.scalars(preparation.pledged_tasks(campaign.id, ids)))
    for task in known:
        tasks[task.lead_unit_id].append(task)
    in_force = session.scalars(preparation.in_force_of_units(campaign.id, ids))
    past = Past.read(session, campaign.id, in_force, known)
    led = tasks_of_units(db.session(), campaign.id)
    return [
        _judged(one, readiness_of(campaign, one.unit, one, led[one.unit_id]), tasks[one.unit_id], past)
        for one in found
    ]


def _judged(one: Commitment, readiness: UnitReadiness, tasks: Sequence[Task], past: Past) -> Checked:
    if words := _no_draft(one):
        return Checked(one, readiness, None, words)
    why_not = "" if readiness.complete else f"{readiness.words}."
    try:
        return Checked(one, readiness, pledge_of(one, tasks, past), why_not)
    except BrokenSeal:
        return Checked(one, readiness, None, _BROKEN)


def _no_draft(one: Commitment) -> str:
    """Why it is not frozen whatever it says: it is no draft any more; "" while it is."""
    return "" if one.status is CommitmentStatus.DRAFT else f"Bản cam kết {one.status.label.lower()}."


def _freeze(form: FreezeSeveralForm, actor: Actor) -> tuple[int, list[str]]:
    """Freeze the chosen ones as they were shown; how many were, and which not, with the reason."""
    session, digests = db.session(), form.digests.data or {}
    same, changed = form.sort_out(session)
    done, left = 0, []
    for one in changed:
        session.refresh(one, ["status"])
        left.append(f"{one.unit.name}: {_no_draft(one) or _CHANGED}")
    for one in same:
        try:
            operations.freeze(session, one, by=actor, at=clock.now(), seen=digests.get(one.id, ""))
            done += 1
        except Refused as refused:
            left.append(f"{one.unit.name}: {refused}")
        except BrokenSeal:
            left.append(f"{one.unit.name}: {_BROKEN}")
    if not done:
        raise StepRefused(" ".join(left))
    return done, left


def _result(done: str, not_done: str, left: Iterable[str]) -> str:
    left = list(left)
    return f"{done} {not_done}: {' '.join(left)}" if left else done

"""Dữ liệu cá nhân: everybody's own page, and the administrators' on retention and requests. On upkeep's blueprint."""

from datetime import date, datetime

from flask import abort, current_app, flash, redirect, render_template, request, url_for
from werkzeug.exceptions import Forbidden
from werkzeug.wrappers import Response

from pledges.access.guard import current_actor, guard, signed_in
from pledges.access.permissions import Permission
from pledges.accounts import reach, sessions
from pledges.accounts.models import Account
from pledges.accounts.queries import managed_by
from pledges.accounts.rules import ATTEMPTS_KEPT
from pledges.audit.operations import record
from pledges.core import clock
from pledges.core.database import db
from pledges.core.downloads import file_answer
from pledges.core.forms.unsent import KEPT_FOR as UNSENT_KEPT
from pledges.documents.packs.rules import KEPT_FOR as PACKS_KEPT
from pledges.upkeep.blueprint import blueprint
from pledges.upkeep.fallback import KEPT as FALLBACKS
from pledges.upkeep.personal import operations, queries
from pledges.upkeep.personal.forms import AnswerForm, PaperRequestForm, RemoveForm, RequestForm, TakeForm
from pledges.upkeep.personal.models import DataRequest
from pledges.upkeep.personal.operations import RequestEntry
from pledges.upkeep.personal.portrait import portrait
from pledges.upkeep.personal.retention import Terms, kept_kinds
from pledges.upkeep.personal.rules import (
    RequestKind,
    RequestOutcome,
    contact_due_before,
    deadline_on,
)

SHOWN_ACTS = 20
FORMAT = "dang"
NOT_TAKEN = "Trang mở quá lâu hoặc phiên làm việc đã đổi nên chưa tải được tệp. Đồng chí bấm tải lại."


@blueprint.get("/tai-khoan/du-lieu")
@signed_in
def my_data() -> str:
    """Dữ liệu về tôi: everything that is kept of the own person, and the own requests."""
    account = sessions.own_account()
    return render_template(
        "upkeep/personal/my_data.html",
        portrait=portrait(db.session(), account, acts=SHOWN_ACTS),
        requests=list(db.session.scalars(queries.own(account.id))),
        form=TakeForm.bind(),
        shown_acts=SHOWN_ACTS,
        now=clock.now(),
    )


@blueprint.post("/tai-khoan/du-lieu/tai-ve")
@signed_in
def take_my_data() -> Response | str:
    """Tải dữ liệu về tôi, to read or for a program; the log says that it was taken."""
    account = sessions.own_account()
    if not TakeForm.bind().validate():
        flash(NOT_TAKEN, "warn")
        return redirect(url_for("upkeep.my_data"))
    found = portrait(db.session(), account)
    record(db.session(), "account.own_data_downloaded", account, by=current_actor(), at=clock.now())
    db.session.commit()
    if request.form.get(FORMAT) == "json":
        return file_answer(found.json().encode(), "application/json", "Dữ liệu về tôi.json", shown=False)
    return file_answer(found.text().encode("utf-8-sig"), "text/plain", "Dữ liệu về tôi.txt", shown=False)


@blueprint.route("/tai-khoan/du-lieu/yeu-cau", methods=["GET", "POST"])
@signed_in
def ask_data() -> Response | str:
    """Yêu cầu chỉnh sửa, xóa dữ liệu về mình."""
    account, now = sessions.own_account(), clock.now()
    form = RequestForm.bind()
    if form.accepts():
        with form.act() as act:
            entry = RequestEntry(kind=_kind(form), words=form.words.data or "", received_at=now)
            operations.ask(db.session(), account, entry, by=current_actor(), at=now)
            act.location = url_for("upkeep.my_data")
            db.session.commit()
            flash("Đã gửi yêu cầu; quản trị sẽ giải quyết và trả lời ở trang này.", "good")
            return redirect(act.location)
    rule = deadline_on(clock.today())
    return render_template("upkeep/personal/ask.html", form=form, rule=rule)


@blueprint.get("/quan-tri/du-lieu-ca-nhan")
@guard(Permission.MANAGE_ACCOUNTS)
def personal_data() -> str:
    """Dữ liệu cá nhân: what is kept and how long, what is due for removal today, who asked for what."""
    actor = current_actor()
    return render_template(
        "upkeep/personal/listing.html",
        kinds=kept_kinds(_terms(), clock.today()),
        due=_due(),
        requests=list(db.session.scalars(queries.managed(actor))),
        own_id=actor.account_id,
        rule=deadline_on(clock.today()),
        now=clock.now(),
    )


@blueprint.route("/quan-tri/du-lieu-ca-nhan/xoa", methods=["GET", "POST"])
@guard(Permission.MANAGE_ACCOUNTS)
def remove_due() -> Response | str:
    """Xóa dữ liệu đến hạn: telephones and e-mails of accounts that were closed long ago; it can't be taken back."""
    due = _due()
    form = RemoveForm.bind()
    if form.accepts():
        with form.act() as act:
            many = operations.remove_contacts(db.session(), due, by=current_actor(), at=clock.now())
            act.location = url_for("upkeep.personal_data")
            db.session.commit()
            flash(f"Đã xóa điện thoại, thư điện tử của {many:02} tài khoản đã đóng.", "good")
            return redirect(act.location)
    return render_template("upkeep/personal/remove.html", form=form, due=due)


@blueprint.route("/quan-tri/du-lieu-ca-nhan/nhap-yeu-cau", methods=["GET", "POST"])
@guard(Permission.MANAGE_ACCOUNTS)
def enter_request() -> Response | str:
    """Nhập thay một yêu cầu trên giấy."""
    actor = current_actor()
    people = list(db.session.scalars(managed_by(actor).order_by(Account.name_sort, Account.id)))
    form = PaperRequestForm.bind(people=people)
    if form.accepts():
        with form.act() as act:
            entry = RequestEntry(
                kind=_kind(form),
                words=form.words.data or "",
                received_at=_received(form.received_on.data or clock.today(), clock.now()),
                from_paper=form.from_paper.data or "",
            )
            operations.ask(db.session(), form.account.record, entry, by=actor, at=clock.now())
            act.location = url_for("upkeep.personal_data")
            db.session.commit()
            flash(f"Đã nhập yêu cầu của {form.account.record.name}.", "good")
            return redirect(act.location)
    return render_template("upkeep/personal/enter.html", form=form)


@blueprint.route("/quan-tri/du-lieu-ca-nhan/yeu-cau/<int:data_request_id>", methods=["GET", "POST"])
@guard(Permission.MANAGE_ACCOUNTS)
def answer_request(data_request_id: int) -> Response | str:
    """Giải quyết yêu cầu: what is asked, by when, and the answer."""
    actor = current_actor()
    found: DataRequest = db.first_or_404(queries.whole().where(DataRequest.id == data_request_id))
    person = reach.managed(actor, found.account_id)
    if person.own and found.open:
        raise Forbidden(reach.OWN)
    form = AnswerForm.bind()
    if found.open and form.accepts():
        with form.act() as act:
            outcome = form.outcome.data
            if not isinstance(outcome, RequestOutcome):
                abort(400)
            words = form.answer.data or ""
            operations.answer(db.session(), found, outcome, words, by=actor, at=clock.now())
            act.location = url_for("upkeep.answer_request", data_request_id=found.id)
            db.session.commit()
            flash("Đã trả lời yêu cầu.", "good")
            return redirect(act.location)
    return render_template(
        "upkeep/personal/answer.html", form=form, request=found, person=person, now=clock.now()
    )


def _kind(form: RequestForm) -> RequestKind:
    kind = form.kind.data
    if not isinstance(kind, RequestKind):
        abort(400)
    return kind


def _received(day: date, now: datetime) -> datetime:
    """The moment from which a paper's time runs: the beginning of its day: nobody gets more time than there is."""
    return min(clock.at(day), now)


def _due() -> list[Account]:
    found = queries.contacts_due(current_actor(), contact_due_before(clock.now()), clock.today())
    return list(db.session.scalars(found))


def _terms() -> Terms:
    settings = current_app.config
    return Terms(
        sessions_hours=int(current_app.permanent_session_lifetime.total_seconds() // 3600),
        attempts_days=ATTEMPTS_KEPT.days,
        unsent_days=UNSENT_KEPT.days,
        packs_hours=int(PACKS_KEPT.total_seconds() // 3600),
        backup_days=settings["BACKUP_DAYS"],
        backup_weeks=settings["BACKUP_WEEKS"],
        backup_months=settings["BACKUP_MONTHS"],
        fallbacks=FALLBACKS,
    )

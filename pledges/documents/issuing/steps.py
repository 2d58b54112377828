"""Steps of a document that ask for a press and at most a reason. Routes on the blueprint of documents."""

from collections.abc import Callable

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from pledges.access.guard import authorise, guard
from pledges.access.permissions import Permission
from pledges.access.roles import Actor
from pledges.core import clock
from pledges.core.database import db
from pledges.core.forms.steps import StepForm
from pledges.documents.blanks import blanks_of
from pledges.documents.blueprint import blueprint
from pledges.documents.drafting.composing import paper_of
from pledges.documents.drafting.operations import DocumentEntry, begin
from pledges.documents.drafting.scopes import scope_of
from pledges.documents.issuing import operations
from pledges.documents.issuing.facts import facts_of
from pledges.documents.issuing.forms import BackForm, ReplaceForm, SubmitForm, WithdrawForm
from pledges.documents.issuing.loading import found_or_404
from pledges.documents.issuing.operations import lacking, unprintable
from pledges.documents.issuing.rules import name_of
from pledges.documents.issuing.succession import successors
from pledges.documents.models import Document
from pledges.documents.printing import fonts
from pledges.documents.rules import DocumentStatus

Answer = Response | str | tuple[str, int]


@blueprint.route("/van-ban/<int:document_id>/trinh-ky", methods=["GET", "POST"])
@guard(Permission.DRAFT_DOCUMENT)
def submit(document_id: int) -> Answer:
    """Trình ký: what goes to the signer, and what is still missing."""
    found, actor = _asked(document_id, Permission.DRAFT_DOCUMENT)
    form = SubmitForm.bind(found, blanks=blanks_of(paper_of(found)))

    def act() -> str:
        operations.submit(db.session(), found, by=actor, at=clock.now(), folder=fonts())
        return f"Đã trình ký. Văn bản chờ {found.signer_name} ký; ký xong thì văn thư phát hành."

    return _step(
        form,
        found,
        act,
        "documents/issuing/submit.html",
        lacking=lacking(found),
        unprintable=unprintable(found, fonts()) if found.status is DocumentStatus.DRAFT else (),
        stands=DocumentStatus.DRAFT,
    )


@blueprint.route("/van-ban/<int:document_id>/tra-lai", methods=["GET", "POST"])
@guard(Permission.RETURN_DOCUMENT)
def send_back(document_id: int) -> Answer:
    """Trả lại dự thảo đã trình, with the reason; it can be edited again."""
    found, actor = _asked(document_id, Permission.RETURN_DOCUMENT)
    form = BackForm.bind(found)

    def act() -> str:
        operations.send_back(db.session(), found, form.reason.data or "", by=actor, at=clock.now())
        return "Đã trả lại dự thảo; người soạn thấy lý do ở trang văn bản."

    return _step(form, found, act, "documents/issuing/send_back.html", stands=DocumentStatus.SUBMITTED)


@blueprint.route("/van-ban/<int:document_id>/thu-hoi", methods=["GET", "POST"])
@guard(Permission.ISSUE_DOCUMENT)
def withdraw(document_id: int) -> Answer:
    """Thu hồi văn bản đã phát hành, with the reason; it stays readable and printable."""
    found, actor = _asked(document_id, Permission.ISSUE_DOCUMENT)
    form = WithdrawForm.bind(found)
    drafted = next(iter(successors(db.session(), found.id)), None)

    def act() -> str:
        operations.withdraw(db.session(), found, form.reason.data or "", by=actor, at=clock.now())
        return "Đã thu hồi. Văn bản vẫn còn trong sổ, ghi rõ đã thu hồi."

    return _step(
        form, found, act, "documents/issuing/withdraw.html", stands=DocumentStatus.ISSUED, drafted=drafted
    )


@blueprint.route("/van-ban/<int:document_id>/thay-the", methods=["GET", "POST"])
@guard(Permission.ISSUE_DOCUMENT)
def replace(document_id: int) -> Answer:
    """Thay thế: begins the draft of the document that takes this one's place once it is issued."""
    found, actor = _asked(document_id, Permission.ISSUE_DOCUMENT)
    form = ReplaceForm.bind(found)
    if form.accepts():
        with form.act() as done:
            entry = DocumentEntry(
                campaign=found.campaign, kind=found.kind, scope=scope_of(found), replaces=found
            )
            made = begin(db.session(), entry, by=actor, at=clock.now())
            done.location = url_for("documents.edit", document_id=made.id)
            db.session.commit()
            flash("Đã lập dự thảo thay thế, với số liệu hiện nay.", "good")
            return redirect(done.location)
    if not found.status.replaceable:
        return not_now(form, found)
    name = name_of(found.kind, found.number, found.symbol)
    return render_template(
        "documents/issuing/replace.html", form=form, document=found, name=name, facts=facts_of(found)
    )


def _asked(document_id: int, permission: Permission) -> tuple[Document, Actor]:
    found = found_or_404(document_id)
    return found, authorise(permission, found.subject(), see=Permission.SEE_DOCUMENT)


def _step(
    form: StepForm,
    found: Document,
    act: Callable[[], str],
    page: str,
    *,
    stands: DocumentStatus,
    **shown: object,
) -> Answer:
    """The step's page, what it does where it was pressed, or why it can't be taken now."""
    if form.accepts():
        with form.act() as done:
            said = act()
            done.location = url_for("documents.document", document_id=found.id)
            db.session.commit()
            flash(said, "good")
            return redirect(done.location)
    name = name_of(found.kind, found.number, found.symbol)
    if found.status is not stands:
        return not_now(form, found)
    return render_template(page, form=form, document=found, name=name, facts=facts_of(found), **shown)


def not_now(form: StepForm, found: Document) -> Answer:
    """Why a step can't be taken: the document stands elsewhere meanwhile; what was typed stays in sight."""
    return render_template(
        "documents/issuing/not_now.html",
        document=found,
        name=name_of(found.kind, found.number, found.symbol),
        typed=form.unsent_words() if form.shown_again else [],
    ), 409

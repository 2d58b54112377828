"""Every page that says no: what happened, what it means, what to do; and the conflict page."""

import logging
from collections.abc import Mapping, Sequence
from contextlib import suppress

from flask import Flask, current_app, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import (
    Forbidden,
    HTTPException,
    InternalServerError,
    MethodNotAllowed,
    NotFound,
    RequestEntityTooLarge,
    SecurityError,
)
from werkzeug.wrappers import Response

from pledges.access.guard import SignInNeeded, current_actor_or_none
from pledges.accounts.signing_in import ask_to_sign_in
from pledges.audit.models import LogEntry
from pledges.audit.queries import history
from pledges.core import clock
from pledges.core.database import db
from pledges.core.forms import unsent
from pledges.core.forms.bounded import MOST_FIELDS, TooManyFields
from pledges.core.forms.conflicts import Conflict
from pledges.core.forms.oversize import typed_beside_files
from pledges.core.forms.receipts import AlreadyDone, FormReceipt, account_of
from pledges.core.forms.sending import sender_id
from pledges.core.forms.unsent import UnsentForm
from pledges.core.numbers import format_number
from pledges.core.watching.errors import note
from pledges.core.watching.watch import endpoint_now, request_id
from pledges.site import trouble_pages

log = logging.getLogger(__name__)

_WORDS: dict[int, tuple[str, str, str, str]] = {
    400: (
        "Yêu cầu chưa đọc được",
        "Máy chủ không hiểu nội dung vừa gửi.",
        "Có thể địa chỉ bị chép thiếu hoặc trình duyệt gửi sai.",
        "Đồng chí quay lại trang trước và thử lại.",
    ),
    403: (
        "Chưa có quyền thực hiện",
        "Đồng chí biết nội dung này nhưng chưa được giao việc này.",
        "Quyền đi theo chức vụ được giao trong đơn vị.",
        "Nếu cần, đồng chí đề nghị quản trị giao chức vụ phù hợp.",
    ),
    404: (
        "Không tìm thấy trang",
        "Trang này không có, đã được chuyển đi, hoặc không thuộc đơn vị của đồng chí.",
        "Không có nội dung nào bị mất.",
        "Đồng chí kiểm tra lại địa chỉ hoặc về trang đầu.",
    ),
    405: (
        "Trang này không nhận cách gửi đó",
        "Địa chỉ vừa mở chỉ dùng khi gửi biểu mẫu.",
        "Không có nội dung nào bị thay đổi.",
        "Đồng chí về trang đầu rồi mở lại từ danh sách.",
    ),
    413: (
        "Nội dung gửi lên quá lớn",
        "Tệp đồng chí chọn, hoặc cả biểu mẫu, vượt quá dung lượng một lần gửi.",
        "Chưa có gì được ghi.",
        "Đồng chí mở lại trang, chọn tệp nhỏ hơn hoặc gửi làm nhiều lần.",
    ),
    500: (
        "Máy chủ gặp lỗi",
        "Việc vừa rồi chưa thực hiện được.",
        "Không có gì bị ghi dở: hoặc đã ghi trọn vẹn, hoặc chưa ghi gì.",
        "Đồng chí thử lại; nếu vẫn lỗi, báo quản trị kèm mã dưới đây.",
    ),
}


def _page(
    code: int,
    what: str | None = None,
    kept: UnsentForm | None = None,
    actions: Sequence[Mapping[str, str]] = (),
) -> tuple[str, int]:
    """The page, with the id under which the request stands in the logs."""
    title, happened, means, todo = _WORDS.get(code, _WORDS[400])
    page = render_template(
        "site/error.html",
        code=code,
        title=title,
        what=what or happened,
        means=means,
        todo=todo,
        reference=request_id(),
        kept=kept,
        actions=actions,
    )
    return page, code


def too_large(error: RequestEntityTooLarge) -> tuple[str, int]:
    """A page for what was too much at once: the words are kept, and only the files must be chosen anew."""
    most = current_app.config["MAX_CONTENT_LENGTH"] // 1024 // 1024
    what = f"Tệp đồng chí chọn, hoặc cả biểu mẫu, vượt quá {most} MB của một lần gửi." if most else None
    if isinstance(error, TooManyFields):
        what = (
            f"Biểu mẫu vừa gửi có hơn {format_number(MOST_FIELDS)} ô, nhiều hơn mọi trang của chương trình."
        )
        return _page(413, what=what)
    kept = _kept(typed_beside_files())
    label = "Mở lại trang với nội dung đã nhập" if kept is not None else "Mở lại trang"
    back = {"label": label, "url": kept.url if kept is not None else request.full_path.rstrip("?")}
    return _page(413, what=what, actions=[back] if sender_id() else ())


def refused(error: HTTPException) -> tuple[str, int]:
    """A page for an answer that is not 2xx."""
    code = error.code or 500
    own_words = error.description if isinstance(error, Forbidden) and _vietnamese(error.description) else None
    kept = _kept(_sent()) if isinstance(error, (Forbidden, NotFound)) else None
    return _page(code, what=own_words, kept=kept)


def _sent() -> MultiDict[str, str]:
    """The fields of the request; none of one that is too much, whatever else is wrong with it."""
    try:
        return request.form
    except RequestEntityTooLarge:
        return MultiDict()


def _kept(sent: MultiDict[str, str]) -> UnsentForm | None:
    """What the actor typed into this page, with what was sent just now: it can still be read and copied."""
    if not sender_id():
        return None
    session = db.session()
    session.rollback()
    if request.method == "POST":
        _keep_sent(session, sent)
    return session.scalars(unsent.of_page(sender_id(), request.path).limit(1)).first()


def _keep_sent(session: Session, sent: MultiDict[str, str]) -> None:
    """Keep what was sent of one of our pages, unless it was carried out before."""
    key, page = sent.get("form_key", ""), unsent.unseal(sent.get(unsent.PAGE))
    if page is None or account_of(key) != sender_id() or session.get(FormReceipt, key) is not None:
        return
    seen, window = unsent.read_seen(sent.get(unsent.SEEN))
    fields = unsent.worth_keeping(sent.items(multi=True))
    with suppress(unsent.TooMuch):
        unsent.save(session, unsent.Typing(sender_id(), key, page, fields, seen, window), at=clock.now())
        session.commit()


def _vietnamese(words: str | None) -> bool:
    return bool(words) and words != Forbidden.description


def broken(error: Exception) -> Response | tuple[str, int]:
    """A page for a fault of ours; its id stands in the log beside the trace."""
    reference = request_id()
    log.error("fault %s at %s %s", reference, request.method, endpoint_now(), exc_info=error)
    note(error)
    try:
        db.session.rollback()
        return _page(500)
    except Exception:
        log.exception("fault %s: its page can't be shown in its frame", reference)
        return trouble_pages.fault(reference)


def foreign_name(_error: SecurityError) -> Response:
    """The answer to a host name that is not ours, in plain words: the links of a page would carry that name."""
    return Response("Máy chủ không phục vụ dưới tên này.", 400, mimetype="text/plain")


def already_done(done: AlreadyDone) -> Response:
    """The answer to a resend: where the first sending led."""
    return redirect(done.location)


def conflict(found: Conflict) -> tuple[str, int]:
    """What the other changed beside what I typed, and the choice, field by field."""
    entries = list(db.session.scalars(history(found.record.__tablename__, found.record.id)))
    reload_url, mine = request.full_path.rstrip("?"), found.form.unsent
    page = render_template(
        "site/conflict.html",
        form=found.fresh,
        differences=found.differences(),
        hidden_fields=found.typed(),
        last=entries[-1] if entries else None,
        own=_wrote(entries[-1]) if entries else False,
        reload_url=reload_url,
        give_up_url=url_for("accounts.drop_unsent", unsent_id=mine.id) if mine is not None else reload_url,
    )
    return page, 409


def _wrote(entry: LogEntry) -> bool:
    """Whether the present person did it: in another window."""
    actor = current_actor_or_none()
    return actor is not None and entry.actor_id == actor.account_id


def init(app: Flask) -> None:
    """Tell the application which page answers what."""
    app.register_error_handler(SignInNeeded, ask_to_sign_in)
    app.register_error_handler(SecurityError, foreign_name)
    trouble_pages.init(app)
    app.register_error_handler(AlreadyDone, already_done)
    app.register_error_handler(Conflict, conflict)
    app.register_error_handler(RequestEntityTooLarge, too_large)
    for kind in (Forbidden, NotFound, MethodNotAllowed):
        app.register_error_handler(kind, refused)
    app.register_error_handler(HTTPException, _other)
    app.register_error_handler(InternalServerError, lambda error: broken(error.original_exception or error))


def _other(error: HTTPException) -> Response | HTTPException | tuple[str, int]:
    return error if error.code is None or error.code < 400 else refused(error)  # noqa: PLR2004 - redirects pass

"""Trang báo sự cố: what disk and database refuse, in words; what was typed stands in the answer itself.

Nothing is read and nothing is kept: the store is what fails. The form's key makes one act of however many sendings.
"""

import logging
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

from flask import Flask, current_app, jsonify, request
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from pledges.core.database import db
from pledges.core.forms.sending import sender_id
from pledges.core.watching.errors import note
from pledges.core.watching.watch import endpoint_now, request_id
from pledges.site.typed import typed
from pledges.troubles import Trouble, kind_of, of_database, of_disk

log = logging.getLogger(__name__)

AGAIN_IN = 10
"""So many seconds a browser, or a proxy, may wait before it asks again of itself."""
_UNAVAILABLE, _NO_ROOM, _FAULT = 503, 507, 500
_NOTHING = "Không có gì bị ghi dở: việc vừa rồi chưa ghi gì."
_WHOLE = "Không có gì bị ghi dở: việc vừa rồi hoặc đã ghi trọn vẹn, hoặc chưa ghi gì; gửi lại không làm thành hai lần."
_TELL = "Đồng chí báo quản trị kèm mã dưới đây; khi quản trị sửa xong thì thử lại ở chính trang này."


@dataclass(frozen=True)
class Words:
    """What the page says of a trouble."""

    code: int
    title: str
    happened: str
    means: str = _NOTHING
    todo: str = _TELL


WORDS: Mapping[Trouble, Words] = {
    Trouble.BUSY: Words(
        _UNAVAILABLE,
        "Máy chủ đang bận ghi",
        "Nhiều người đang ghi cùng lúc, hoặc một việc dài đang chạy, nên việc vừa rồi chưa đến lượt.",
        todo="Đồng chí chờ ít giây rồi thử lại.",
    ),
    Trouble.FULL: Words(_NO_ROOM, "Máy chủ hết chỗ lưu", "Đĩa của máy chủ đã đầy nên không ghi thêm được."),
    Trouble.READ_ONLY: Words(
        _UNAVAILABLE, "Máy chủ chưa ghi được", "Nơi lưu dữ liệu của máy chủ đang chỉ cho đọc."
    ),
    Trouble.BROKEN: Words(
        _UNAVAILABLE, "Kho dữ liệu bị hỏng", "Máy chủ không đọc được cơ sở dữ liệu của chương trình."
    ),
    Trouble.GONE: Words(
        _UNAVAILABLE, "Mất kết nối với kho dữ liệu", "Máy chủ không tới được cơ sở dữ liệu.", _WHOLE
    ),
    Trouble.FAULTY: Words(
        _UNAVAILABLE, "Đĩa của máy chủ báo lỗi", "Máy chủ không đọc hoặc ghi được đĩa.", _WHOLE
    ),
}
_FAULT_WORDS = Words(_FAULT, "Máy chủ gặp lỗi", "Việc vừa rồi chưa thực hiện được.", _WHOLE)


def trouble(error: Exception) -> Response:
    """The answer to what disk or database refused; any other error goes its way."""
    kind = kind_of(error)
    if kind is None:
        raise error
    with suppress(SQLAlchemyError):
        db.session.rollback()
    reference, words = request_id(), WORDS[kind]
    log.error(
        "trouble %s (%s) at %s %s of account %s: %s [%s]",
        *(reference, kind, request.method, endpoint_now(), sender_id(), _told(error), _said(error)),
    )
    note(error)
    answer = _answer(words, reference)
    if kind is Trouble.BUSY:
        answer.headers["Retry-After"] = str(AGAIN_IN)
    return answer


def fault(reference: str) -> Response:
    """The page for a fault when the page with its frame can't be had either."""
    return _answer(_FAULT_WORDS, reference)


def _told(error: Exception) -> str:
    """The sentence for the administrator."""
    if isinstance(error, OSError):
        return of_disk(error)
    return of_database(error, current_app.config["DATABASE_URL"])


def _said(error: Exception) -> str:
    """What disk or database itself said."""
    cause = getattr(error, "orig", None) or error
    return " ".join(f"{type(cause).__name__}: {cause}".split())


def _answer(words: Words, reference: str) -> Response:
    """The page, or for a script its words."""
    if "html" not in request.headers.get("Accept", "text/html"):
        response: Response = jsonify(words=f"{words.title}. {words.happened} {words.means}")
    else:
        sent = _sent()
        # Without the frame's own variables: they are read from the database.
        page = current_app.jinja_env.get_template("site/trouble.html").render(
            words=words,
            reference=reference,
            here=f"/{request.full_path.lstrip('/').rstrip('?')}",
            sending=request.method == "POST",
            carried=[(name, value) for name, value in sent.items(multi=True) if "password" not in name],
            secrets=[name for name in sent if "password" in name],
            typed=typed(sent),
            files=_files(),
        )
        response = current_app.make_response(page)
    response.status_code = words.code
    return response


def _sent() -> MultiDict[str, str]:
    """The fields of the request, where they can be read."""
    with suppress(HTTPException):
        return request.form
    return MultiDict()


def _files() -> list[tuple[str, list[str]]]:
    """The fields that brought files, with the names of these: a page can't send them once more."""
    with suppress(HTTPException):
        found = {
            name: [one.filename for one in files if one.filename] for name, files in request.files.lists()
        }
        return [(name, [str(one) for one in names]) for name, names in found.items() if names]
    return []


def init(app: Flask) -> None:
    """Tell the application which errors these are."""
    for kind in (DBAPIError, NoConnectionFree, OSError):
        app.register_error_handler(kind, trouble)

"""What the disk, the network and the database refuse: told apart by their own codes, and in one sentence each."""

import errno
import os
import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from enum import StrEnum

from alembic.util import CommandError
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

_SQLITE = (
    ("file is not a database", "Tệp {place} không phải là cơ sở dữ liệu SQLite."),
    ("malformed", "Cơ sở dữ liệu {place} bị hỏng: hãy lấy lại bản sao lưu."),
    ("unable to open", "Không mở được cơ sở dữ liệu {place}: thư mục không có hoặc không có quyền."),
    ("readonly", "Cơ sở dữ liệu {place} chỉ cho đọc: hãy cấp quyền ghi cho tệp và thư mục của nó."),
    ("locked", "Cơ sở dữ liệu {place} đang bị chương trình khác giữ."),
    ("full", "Đĩa đầy: không ghi được vào cơ sở dữ liệu {place}."),
    ("disk I/O", "Đĩa báo lỗi khi đọc hoặc ghi cơ sở dữ liệu {place}."),
)
_POSTGRESQL = (
    (
        r"authentication failed|no password supplied",
        "PostgreSQL ở {place} không nhận tên hoặc mật khẩu.",
    ),
    (r"database .* does not exist", "PostgreSQL ở {place} không có cơ sở dữ liệu đó: hãy tạo trước."),
    (r"role .* does not exist", "PostgreSQL ở {place} không có người dùng đó: hãy tạo trước."),
    (r"no pg_hba.conf entry", "PostgreSQL ở {place} không cho máy này vào (pg_hba.conf)."),
    (r"permission denied", "Người dùng PostgreSQL ở {place} không có quyền lập bảng."),
    (r"resolve host|translate host", "Không tìm thấy máy chủ PostgreSQL {place}: xem lại tên máy và mạng."),
    (
        r"connection|connect|timeout|server",
        "Không kết nối được PostgreSQL ở {place}: hãy xem máy chủ có đang chạy không.",
    ),
)


class Trouble(StrEnum):
    """Loại sự cố: nothing of it is the fault of what was sent, and sending again may go well."""

    BUSY = "busy"
    FULL = "full"
    READ_ONLY = "read-only"
    BROKEN = "broken"
    GONE = "gone"
    FAULTY = "faulty"


_PRIMARY = 0xFF
_OF_SQLITE: Mapping[int, Trouble] = {
    sqlite3.SQLITE_BUSY: Trouble.BUSY,
    sqlite3.SQLITE_LOCKED: Trouble.BUSY,
    sqlite3.SQLITE_FULL: Trouble.FULL,
    sqlite3.SQLITE_READONLY: Trouble.READ_ONLY,
    sqlite3.SQLITE_PERM: Trouble.READ_ONLY,
    sqlite3.SQLITE_CORRUPT: Trouble.BROKEN,
    sqlite3.SQLITE_NOTADB: Trouble.BROKEN,
    sqlite3.SQLITE_CANTOPEN: Trouble.GONE,
    sqlite3.SQLITE_IOERR: Trouble.FAULTY,
}
_OF_POSTGRESQL: Mapping[str, Trouble] = {
    "55P03": Trouble.BUSY,
    "57014": Trouble.BUSY,
    "53300": Trouble.BUSY,
    "40001": Trouble.BUSY,
    "40P01": Trouble.BUSY,
    "53100": Trouble.FULL,
    "25006": Trouble.READ_ONLY,
    "XX001": Trouble.BROKEN,
    "XX002": Trouble.BROKEN,
    "58030": Trouble.FAULTY,
    "57P01": Trouble.GONE,
    "57P02": Trouble.GONE,
    "57P03": Trouble.GONE,
}
_OF_DISK: Mapping[int, Trouble] = {
    errno.ENOSPC: Trouble.FULL,
    errno.EFBIG: Trouble.FULL,
    getattr(errno, "EDQUOT", errno.ENOSPC): Trouble.FULL,
    errno.EROFS: Trouble.READ_ONLY,
    errno.EACCES: Trouble.READ_ONLY,
    errno.EPERM: Trouble.READ_ONLY,
    errno.EIO: Trouble.FAULTY,
}
_CONNECTION = "08"


def kind_of(error: BaseException) -> Trouble | None:
    """Which trouble an error tells of; None for an error of the program, or of what it was given."""
    if isinstance(error, NoConnectionFree):
        return Trouble.BUSY
    if isinstance(error, OSError):
        return _OF_DISK.get(error.errno or 0)
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, sqlite3.Error):
        return _OF_SQLITE.get(getattr(cause, "sqlite_errorcode", 0) & _PRIMARY)
    if not isinstance(error, DBAPIError):
        return None
    state = getattr(cause, "sqlstate", None)
    if state is None:  # nobody was there to name one
        lost = isinstance(error, OperationalError) or error.connection_invalidated
        return Trouble.GONE if lost else None
    return Trouble.GONE if state.startswith(_CONNECTION) else _OF_POSTGRESQL.get(state)


class Refusal(Exception):
    """What stops a command; the text is one Vietnamese sentence."""


def of_disk(error: OSError) -> str:
    """Why a file or folder could not be used."""
    reasons = {
        errno.ENOSPC: "đĩa đầy",
        errno.EROFS: "chỉ cho đọc",
        errno.EACCES: "không có quyền",
        errno.EPERM: "không có quyền",
        errno.ENOTDIR: "trên đường dẫn có một tệp, không phải thư mục",
        errno.EEXIST: "đã có một tệp cùng tên",
        errno.EISDIR: "là thư mục, không phải tệp",
    }
    reason = reasons.get(error.errno or 0) or error.strerror or str(error)
    return f"Không dùng được {error.filename}: {reason}."


def of_database(error: Exception, address: str) -> str:
    """Why the database at an address could not be used; the address's password is not told."""
    url = make_url(address)
    cause = getattr(error, "orig", None) or error
    said = " ".join(str(cause).split())
    if url.get_backend_name() == "sqlite":
        place, known = url.database or "", _SQLITE
    else:
        place, known = f"{url.host or 'máy này'}:{url.port or 5432}/{url.database}", _POSTGRESQL
    for pattern, sentence in known:
        if re.search(pattern, said):
            return sentence.format(place=place)
    return f"Cơ sở dữ liệu {place} báo lỗi: {said.rstrip('.')}."


@contextmanager
def told(address: str) -> Iterator[None]:
    """Turn what disk and database refuse into a Refusal."""
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        raise Refusal(of_database(error, address)) from error
    except CommandError as error:
        raise Refusal(
            f"Không nâng cấp được cơ sở dữ liệu: {os.linesep.join(map(str, error.args))}."
        ) from error
    except OSError as error:
        raise Refusal(of_disk(error)) from error

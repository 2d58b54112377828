"""What the disk, the network and the database refuse, in one Vietnamese sentence each."""

import errno
import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from alembic.util import CommandError
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

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

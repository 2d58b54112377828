"""Dữ liệu về tôi: everything that is kept of one person, for the page and for the file to take along.

What a person did is told by the log; where else a table names the person is counted for every table that has a column
for somebody's account, so that a new table is not forgotten.
"""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from pledges.accounts.models import Account
from pledges.accounts.queries import appointments_of, sessions_of, untold
from pledges.accounts.rules import ATTEMPTS_KEPT
from pledges.audit.models import LogEntry
from pledges.audit.words import KIND_WORDS, WORDS
from pledges.core import clock
from pledges.core.base import Base
from pledges.core.dates import format_date, format_instant
from pledges.upkeep.personal import queries
from pledges.upkeep.personal.models import DataRequest

TABLE_WORDS = {
    "account_session": "Phiên đăng nhập",
    "attachment": "Bản ký kèm văn bản",
    "decline": "Từ chối ký",
    "recovery_code": "Mã dự phòng",
    "round_writer": "Báo cáo tiến độ",
    "second_factor": "Xác thực hai bước",
    "sent_digest": "Thư nhắc việc đã gửi",
    "sign_in_proof": "Bước đăng nhập dở",
    "signatory": "Chỗ ký trong bản cam kết",
    "signature": "Chữ ký",
    "signed_copy": "Bản ký, bản quét đã nộp",
    "unsent_form": "Nội dung chưa gửi",
}
"""Tables that the log has no word for."""


@dataclass(frozen=True)
class Section:
    """Một mục: a title and its lines, each a name and what is kept under it."""

    title: str
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Portrait:
    """Everything that is kept of a person."""

    at: datetime
    sections: tuple[Section, ...]
    acts: int

    def text(self) -> str:
        """For people to read."""
        said = [f"Dữ liệu về tôi, lập lúc {format_instant(self.at)}", ""]
        for one in self.sections:
            said += [one.title.upper(), *(f"{name}: {value}" for name, value in one.lines), ""]
        return "\r\n".join(said)

    def json(self) -> str:
        """For programs to read."""
        return json.dumps(asdict(self) | {"at": self.at.isoformat()}, ensure_ascii=False, indent=1)


def portrait(session: Session, account: Account, *, acts: int | None = None) -> Portrait:
    """What is kept of the person; of what the person did the newest `acts`, or all. A fixed number of queries."""
    done = sa.select(sa.func.count()).where(LogEntry.actor_id == account.id)
    many = session.scalar(done) or 0
    sections = (
        Section("Tài khoản", tuple(_account(session, account))),
        Section("Chức vụ được giao", tuple(_posts(session, account))),
        Section("Phiên đăng nhập", tuple(_sessions(session, account))),
        Section("Yêu cầu đã gửi", tuple(_requests(session, account))),
        Section("Nơi khác nêu đồng chí", tuple(elsewhere(session, account))),
        Section("Việc đã làm, theo nhật ký", tuple(_acts(session, account, acts))),
    )
    return Portrait(clock.now(), sections, many)


def _account(session: Session, account: Account) -> list[tuple[str, str]]:
    tried = session.scalar(untold(account.username, clock.now() - ATTEMPTS_KEPT)) or 0
    return [
        ("Họ tên", account.name),
        ("Tên đăng nhập", account.username),
        ("Điện thoại cơ quan", account.phone or "không ghi"),
        ("Thư điện tử công vụ", account.email or "không ghi"),
        ("Nhận thư nhắc việc", "có" if account.wants_digest else "không"),
        ("Mật khẩu", "chỉ giữ mã băm, không đọc ra được"),
        ("Lập tài khoản lúc", format_instant(account.created_at)),
        ("Số lần nhập sai còn ghi", str(tried)),
    ]


def _posts(session: Session, account: Account) -> list[tuple[str, str]]:
    return [
        (
            f"{one.post}, {one.unit.name}",
            f"{one.role.label}, từ {format_date(one.valid_from)}"
            + (f" đến {format_date(one.valid_to)}" if one.valid_to else ""),
        )
        for one in session.scalars(appointments_of(account.id))
    ]


def _sessions(session: Session, account: Account) -> list[tuple[str, str]]:
    rows = session.scalars(
        sessions_of(account.id, datetime.min.replace(year=1970, tzinfo=clock.now().tzinfo))
    )
    return [
        (one.browser or "Trình duyệt", f"địa chỉ mạng {one.address}, từ {format_instant(one.started_at)}")
        for one in rows
    ]


def _requests(session: Session, account: Account) -> list[tuple[str, str]]:
    return [
        (f"{one.kind.label}, nhận lúc {format_instant(one.received_at)}", _request(one))
        for one in session.scalars(queries.own(account.id))
    ]


def _request(one: DataRequest) -> str:
    if one.outcome is None:
        return f"{one.words} (chờ giải quyết trước {format_instant(one.due_at)})"
    return f"{one.words} ({one.outcome.label.lower()}: {one.answer})"


def persons_columns() -> list[sa.Column[Any]]:
    """Every column of every table that holds somebody's account, in a fixed order; the log's own is told apart."""
    found = []
    for table in sorted(Base.metadata.tables.values(), key=lambda one: one.name):
        if table.name in {Account.__tablename__, LogEntry.__tablename__}:
            continue
        for column in table.columns:
            leads = any(key.column.table.name == Account.__tablename__ for key in column.foreign_keys)
            if leads or column.name.endswith("_by_id") or column.name in {"account_id", "by_id"}:
                found.append(column)
    return found


def elsewhere(session: Session, account: Account) -> list[tuple[str, str]]:
    """In how many rows of which kind of record the person is named; one query."""
    parts = [
        sa.select(sa.literal(column.table.name).label("kind"), sa.func.count().label("many"))
        .select_from(column.table)
        .where(column == account.id)
        for column in persons_columns()
    ]
    all_parts = sa.union_all(*parts).subquery()
    summed = (
        sa.select(all_parts.c.kind, sa.func.sum(all_parts.c.many))
        .group_by(all_parts.c.kind)
        .order_by(all_parts.c.kind)
    )
    words: dict[str, int] = {}
    for kind, many in session.execute(summed):
        said = table_words(kind)
        words[said] = words.get(said, 0) + int(many)
    return [(said, f"{many} lần") for said, many in words.items() if many]


def table_words(table: str) -> str:
    """What people call the records of a table; of a part of a record the record."""
    known = KIND_WORDS | TABLE_WORDS
    if table in known:
        return known[table]
    return next((known[kind] for kind in known if table.startswith(kind)), table)


def _acts(session: Session, account: Account, most: int | None) -> list[tuple[str, str]]:
    asked = (
        sa.select(LogEntry.number, LogEntry.at, LogEntry.action, LogEntry.subject_kind, LogEntry.subject_id)
        .where(LogEntry.actor_id == account.id)
        .order_by(LogEntry.number.desc())
    )
    return [
        (
            f"Mục {number}, {format_instant(at)}",
            f"{WORDS.get(action, action)} ({KIND_WORDS.get(kind, kind)} số {subject})",
        )
        for number, at, action, kind, subject in session.execute(asked.limit(most) if most else asked)
    ]

"""Trước khi phục vụ: what a start looks at, and says: the machine's clock, and what a crash left half done."""

import logging
from datetime import datetime, timedelta

from flask import Flask

from pledges.audit.queries import head
from pledges.core import clock
from pledges.core.database import only_reading
from pledges.core.dates import format_instant
from pledges.troubles import Refusal, told
from pledges.upkeep import repair

log = logging.getLogger(__name__)

UNNOTICED = timedelta(minutes=2)
"""Machines that ask a time server are set back by seconds."""
LARGE = timedelta(days=1)
"""From here on days are wrong: of papers, of what is late, of sessions."""
BELIEVE = "--clock-is-right"


def look(app: Flask, *, clock_is_right: bool = False) -> list[str]:
    """Look, repair, and give the sentences to say.

    Raises Refusal for a clock that would put wrong days on papers, and for a database that can't be read.
    """
    with told(app.config["DATABASE_URL"]):
        return [*_clock(app, clock_is_right=clock_is_right), *repair.at_start(app)]


def _clock(app: Flask, *, clock_is_right: bool) -> list[str]:
    """Whether the clock is before the newest entry of the log: its battery is empty, or it ran ahead before.

    The log keeps its order whatever the clock says, for its entries are numbered and chained.
    """
    if app.config["DEMO_TODAY"] is not None:  # there it stands, and begins each day anew
        return []
    newest, now = _newest(app), clock.real()
    if newest is None or newest - now <= UNNOTICED:
        return []
    behind = (
        f"Đồng hồ của máy chỉ {format_instant(now)}, trước mục nhật ký mới nhất ({format_instant(newest)})"
    )
    if newest - now > LARGE and not clock_is_right:
        raise Refusal(
            f"{behind}: ngày trên văn bản sẽ sai. Hãy chỉnh đồng hồ rồi chạy lại; nếu đồng hồ đúng và trước đây máy "
            f"từng chạy nhanh, hãy chạy một lần với {BELIEVE}."
        )
    sentence = f"{behind}: hãy kiểm tra đồng hồ. Thứ tự của nhật ký không bị ảnh hưởng."
    log.warning("the clock is behind the log: %s", sentence)
    return [sentence]


def _newest(app: Flask) -> datetime | None:
    with app.app_context(), only_reading() as session:
        entry = session.scalars(head()).first()
        return entry.at if entry is not None else None

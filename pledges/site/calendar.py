"""Lịch đến hạn (RFC 5545): a person's due days for the calendar program, behind an address that holds a secret."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from http import HTTPStatus

from flask import Response, abort, current_app, request

from pledges.access.guard import open_to_all
from pledges.accounts.notices.queries import account_behind
from pledges.accounts.notices.rules import digest_of
from pledges.accounts.sessions import actor_today
from pledges.core import clock
from pledges.core.database import db
from pledges.core.downloads import file_answer
from pledges.core.throttle import Throttle
from pledges.site.blueprint import blueprint
from pledges.site.due_days import DueDay, of

MEDIA_TYPE = "text/calendar"
MOST, WITHIN = 60, timedelta(minutes=10)
"""A calendar asks a few times a day; an office behind one address has some twenty of them."""
REFRESH = timedelta(hours=6)
DOMAIN = "cam-ket-thi-dua"
"""Ends the names of the days, which stay when the server's address changes."""

_THROTTLE = "site.calendar_throttle"


@blueprint.get("/lich/<string:secret>.ics")
@open_to_all(
    because="ứng dụng lịch không đăng nhập được; chỉ ai giữ địa chỉ bí mật của mình mới thấy ngày đến hạn"
)
def calendar(secret: str) -> Response:
    """Lịch đến hạn of whoever has the secret."""
    throttle: Throttle = current_app.extensions.setdefault(_THROTTLE, Throttle(MOST, WITHIN))
    wait = throttle.wait(request.remote_addr or "", clock.now())
    if wait is not None:
        answer = Response("Hỏi quá nhiều lần.", HTTPStatus.TOO_MANY_REQUESTS, mimetype="text/plain")
        answer.headers["Retry-After"] = str(max(1, -(-wait // timedelta(seconds=1))))
        return answer
    digest = digest_of(secret)
    account = db.session.scalars(account_behind(digest)).first() if digest else None
    if account is None:
        abort(404)
    found = of(db.session(), actor_today(account), clock.today())
    address = current_app.config["PUBLIC_ADDRESS"] or request.host_url.rstrip("/")
    content = written(found, account.id, address, at=clock.now())
    answer = file_answer(content, MEDIA_TYPE, "Lịch đến hạn.ics")
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def written(days: Iterable[DueDay], account_id: int, address: str, *, at: datetime) -> bytes:
    """The days as a calendar file: whole days without a zone, which don't mark anybody as busy."""
    # Loaded when the first calendar is asked for: it takes a fifth of the program's start.
    from icalendar import Calendar, Event  # noqa: PLC0415

    made = Calendar()
    made.add("prodid", "-//Cam kết thi đua//Lịch đến hạn//VI")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", "Hạn thi đua")
    made.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", "PT6H")
    for one in days:
        event = Event()
        event.add("uid", f"{one.key}-{account_id}@{DOMAIN}")
        event.add("dtstamp", at)
        event.add("dtstart", one.day)
        event.add("dtend", one.day + timedelta(days=1))
        event.add("summary", one.title)
        event.add("description", f"{one.text}\n{address}{one.url}".strip())
        event.add("url", f"{address}{one.url}")
        event.add("transp", "TRANSPARENT")
        made.add_component(event)
    content: bytes = made.to_ical()
    return content

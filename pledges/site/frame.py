"""What every page shows around its content, and the words that templates use for days and numbers."""

from typing import Any

from flask import Flask, current_app, g, request, url_for
from markupsafe import Markup
from sqlalchemy import select

from pledges.access.guard import allowed, current_actor_or_none
from pledges.access.permissions import Permission
from pledges.access.roles import Actor
from pledges.accounts.forms import SignOutForm
from pledges.core import clock
from pledges.core.database import db
from pledges.core.dates import format_date, format_instant, long_date
from pledges.core.forms.messages import general, needs_label
from pledges.core.numbers import format_number, format_percent, two_digits
from pledges.core.text import upper_first
from pledges.index.rules import Asked
from pledges.site.navigation import navigation
from pledges.units.models import Unit
from pledges.units.queries import ancestry
from pledges.units.rules import UnitKind

KEPT = Markup(
    'Nội dung đồng chí nhập lúc {}, chưa gửi, vẫn còn đây; xem lại rồi bấm gửi. <a href="{}">Bỏ nội dung này</a>'
)
GONE = "Nội dung chưa gửi này không còn nữa: đã lưu hoặc gửi đi (xem ở Phần việc, Việc của tôi), hoặc đã bỏ."

SEARCH = "search.results"


def frame() -> dict[str, Any]:
    """The variables of templates/layout.html."""
    actor = current_actor_or_none()
    shown: dict[str, Any] = {
        "site_unit_name": _ward_name(actor),
        "home_url": url_for("site.home"),
        "help_url": url_for("site.help_page"),
        "notices": _notices(),
        "navigation": navigation(),
        "allowed": allowed,
        "Permission": Permission,
        "today": clock.today(),
    }
    if actor is not None:
        shown["me"] = {
            "name": actor.name,
            "post": ", ".join(sorted(role.label for role in actor.roles())) or "Chưa có chức vụ",
            "account_url": url_for("accounts.own"),
            "sign_out_url": url_for("accounts.sign_out"),
            "sign_out_form": SignOutForm(None),
        }
        shown["search_url"] = url_for(SEARCH)
        shown["search_text"] = (
            Asked.read(request.args.get("q", "")).typed if request.endpoint == SEARCH else ""
        )
    return shown


def _notices() -> list[Markup | str]:
    found: list[Markup | str] = []
    if current_app.config["DEMO"]:
        found.append(
            Markup("<b>Dữ liệu minh họa.</b> Đồng hồ dừng ở ngày {}.").format(format_date(clock.today()))
        )
    resumed = g.get("resumed")
    if resumed is not None:
        drop_url = url_for("accounts.drop_unsent", unsent_id=resumed.id)
        found.append(KEPT.format(resumed.at_text, drop_url))
    elif g.get("nothing_resumed"):
        found.append(GONE)
    return found


def _ward_name(actor: Actor | None) -> str:
    """The ward (or what stands at the root) that the person works in; nothing when nobody is signed in."""
    if actor is None or not actor.holdings:
        return ""
    path = actor.holdings[0].unit_path
    above = db.session.execute(
        select(Unit.name, Unit.kind).where(Unit.path.in_([*ancestry(path), path])).order_by(Unit.path)
    ).all()
    wards = [name for name, kind in above if kind is UnitKind.WARD]
    return str(next(iter([*wards, *(name for name, _kind in above)]), ""))


def init(app: Flask) -> None:
    """Give every template its frame and its words."""
    app.context_processor(frame)
    app.jinja_env.tests.update(general=general, in_need_of=needs_label)
    app.jinja_env.filters.update(
        day=format_date,
        long_day=long_date,
        moment=format_instant,
        number=format_number,
        percent=format_percent,
        two_digits=two_digits,
        upper_first=upper_first,
    )

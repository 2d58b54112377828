"""The first page, help, and the page of patterns."""

from flask import render_template

from pledges.access.guard import current_actor, open_to_all, signed_in
from pledges.core import clock
from pledges.core.database import db
from pledges.progress.states import TaskState
from pledges.site import calendar, machines
from pledges.site.blueprint import blueprint
from pledges.site.home import desk
from pledges.site.samples import samples

__all__ = ["blueprint", "calendar", "machines"]


@blueprint.get("/")
@signed_in
def home() -> str:
    """Việc của tôi: what waits for me, gravest first; then what I did lately."""
    return render_template("site/home.html", desk=desk(db.session(), current_actor(), clock.today()))


@blueprint.get("/tro-giup")
@open_to_all(because="lời giải thích cách dùng và cách tính, không có dữ liệu")
def help_page() -> str:
    """Trợ giúp: how a state is computed, word by word."""
    return render_template("site/help.html", states=list(TaskState))


@blueprint.get("/mau-giao-dien")
@open_to_all(because="trang mẫu các thành phần giao diện, không có dữ liệu")
def patterns() -> str:
    """Every component once."""
    return render_template("site/patterns.html", **samples(list(TaskState)))

"""Trying the demo: one click per role, only where nobody but this machine can reach it."""

from typing import Any

from flask import Blueprint, abort, current_app, g, redirect, request, url_for
from werkzeug.wrappers import Response
from wtforms import HiddenField

from pledges import instance
from pledges.access.guard import open_to_all
from pledges.accounts import sessions
from pledges.accounts.browsers import address
from pledges.accounts.queries import by_username
from pledges.accounts.rules import Whence
from pledges.core import clock
from pledges.core.database import db
from pledges.core.forms.base import Form
from pledges.demo import rules as files

blueprint = Blueprint("demo", __name__)

ROLES = {
    "can-bo": ("Cán bộ Khu phố 1", files.OFFICER),
    "lanh-dao": ("Lãnh đạo phường", files.LEADER),
    "van-thu": ("Văn thư", files.CLERK),
    "quan-tri": ("Quản trị", files.ADMINISTRATOR),
}
"""The last part of the address → the words of the button, and the account."""


class TrialForm(Form):
    """Dùng thử: one button, which carries what the sign-in form beside it carries."""

    kept = HiddenField()
    next = HiddenField()


@blueprint.post("/dung-thu/<string:role>")
@open_to_all(because="dùng thử dữ liệu minh họa trên chính máy này")
def try_out(role: str) -> Response:
    """Sign in as one of the demo's roles; 404 anywhere but in a demo on a loopback address."""
    if not current_app.config["ONE_CLICK"] or role not in ROLES:
        abort(404)
    form = TrialForm.bind()
    if not form.validate():
        return redirect(url_for("accounts.sign_in"))
    account = db.first_or_404(by_username(ROLES[role][1]))
    sessions.begin(account, Whence(address()), at=clock.now())
    kept = sessions.keep(db.session(), account, form.kept.data, at=clock.now())
    db.session.commit()
    return redirect(sessions.local_path(kept or form.next.data))


@blueprint.app_context_processor
def offers() -> dict[str, Any]:
    """What the sign-in page and the signing page show in a demo that only this machine can reach."""
    if not current_app.config["ONE_CLICK"]:
        return {}
    if g.get("actor") is None:
        return {
            "trial_roles": [(role, words) for role, (words, _) in ROLES.items()],
            "trial_form": TrialForm(None),
        }
    if request.endpoint == "commitments.sign":
        return {"trial_password": _password_of(sessions.own_account().username)}
    return {}


def _password_of(username: str) -> str | None:
    path = current_app.config["INSTANCE"] / instance.ACCOUNTS_FILE
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    found = [line.split("\t")[1] for line in lines if line.split("\t")[0] == username]
    return found[0] if found else None

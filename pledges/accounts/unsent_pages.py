"""What a person has begun and not sent: saving it while it is typed, and giving it up."""

from flask import abort, flash, jsonify, redirect, render_template, request
from werkzeug.wrappers import Response

from pledges.access.guard import current_actor, signed_in
from pledges.accounts.blueprint import blueprint
from pledges.core import clock
from pledges.core.database import db
from pledges.core.forms import unsent
from pledges.core.forms.base import Form
from pledges.core.forms.unsent import Typing, UnsentForm
from pledges.core.refusal import Refused

STALE = (
    "Chưa tự lưu được vì trang mở quá lâu. Đồng chí bấm nút lưu của trang; nội dung đã nhập vẫn còn nguyên."
)


class SavingForm(Form):
    """What autosave.js sends: the form of the page as it stands, of which only the token and the key are read here."""


class DropForm(Form):
    """Bỏ nội dung chưa gửi."""


@blueprint.post("/luu-tam")
@signed_in
def keep_unsent() -> tuple[Response, int]:
    """Lưu nội dung đang nhập: answers a script with the key to go on under, and with the words of its line."""
    form, page = SavingForm.bind(), unsent.unseal(request.form.get(unsent.PAGE))
    if not form.validate() or not form.form_key.data or page is None:
        return jsonify(words=STALE), 400
    key = str(form.form_key.data)
    fields = unsent.worth_keeping(request.form.items(multi=True))
    seen, window = unsent.read_seen(request.form.get(unsent.SEEN))
    typing = Typing(current_actor().account_id, key, page, fields, seen, window)
    try:
        row = unsent.save(db.session(), typing, at=clock.now())
    except Refused as refused:
        db.session.rollback()
        return jsonify(words=f"{refused} Đồng chí bấm nút lưu của trang để không mất nội dung."), 413
    if row is None:
        db.session.rollback()
        return jsonify(key=key, seen=seen, words=""), 200
    answer = jsonify(key=row.key, seen=row.revision, words=_saved(row, key), address=row.url)
    db.session.commit()
    return answer, 200


def _saved(row: UnsentForm, key: str) -> str:
    words = f"Đã tự lưu lúc {row.at_text}"
    return words if row.key == key else f"{words} thành bản riêng, vì cửa sổ khác đang nhập cùng nội dung này"


@blueprint.route("/luu-tam/<int:unsent_id>/bo", methods=["GET", "POST"])
@signed_in
def drop_unsent(unsent_id: int) -> Response | str:
    """Bỏ nội dung chưa gửi: it can't be brought back, so it is asked about."""
    row = db.session.get(UnsentForm, unsent_id)
    if row is None or row.account_id != current_actor().account_id:
        abort(404)
    form = DropForm.bind()
    if form.accepts():
        with form.act() as act:
            act.location = row.path
            db.session.delete(row)
            db.session.commit()
            flash("Đã bỏ nội dung chưa gửi.", "info")
            return redirect(act.location)
    return render_template("accounts/drop_unsent.html", form=form, unsent=row)

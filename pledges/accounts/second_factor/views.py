"""Xác thực hai bước: turning it on and off, recovery codes, and an administrator's help for a lost phone."""

from typing import Any

from flask import current_app, flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from pledges.access.guard import current_actor, guard, signed_in
from pledges.access.permissions import Permission
from pledges.access.roles import Role
from pledges.accounts import attempts
from pledges.accounts.blueprint import blueprint
from pledges.accounts.browsers import within
from pledges.accounts.models import Account
from pledges.accounts.proof import Proof, compare
from pledges.accounts.reach import wholly_managed
from pledges.accounts.second_factor import operations
from pledges.accounts.second_factor.forms import EnrolForm, ProveForm, ResetForm
from pledges.accounts.second_factor.models import SecondFactor
from pledges.accounts.second_factor.queries import codes_left
from pledges.accounts.second_factor.rules import address, in_groups, new_secret
from pledges.accounts.sessions import own_account
from pledges.core import clock
from pledges.core.database import db
from pledges.core.refusal import Refused

WRONG = "Mật khẩu hoặc mã chưa đúng."
HERE = "xac-thuc"


def must_enrol() -> bool:
    """Whether who is signed in must have a second factor and has none: who administers, outside a demo."""
    if current_app.config["DEMO"] or g.has_second_factor:
        return False
    return Role.ADMINISTRATOR in current_actor().roles()


def state() -> dict[str, Any]:
    """What the own account's page says of its second factor."""
    number = current_actor().account_id
    factor = db.session.get(SecondFactor, number)
    return {"second_factor": factor, "codes_left": db.session.scalar(codes_left(number)) if factor else 0}


@blueprint.route("/tai-khoan/xac-thuc-hai-buoc/bat", methods=["GET", "POST"])
@signed_in
def enrol() -> Answer | str:
    """Bật xác thực hai bước: the picture, the secret for typing, and a code as the proof; answers with the codes."""
    account = own_account()
    if db.session.get(SecondFactor, account.id) is not None and request.method != "POST":
        return redirect(url_for("accounts.own", _anchor=HERE))
    form = EnrolForm.bind()
    secret = operations.unsealed(account, form.sealed.data or "") or new_secret()
    form.sealed.data = operations.sealed(account, secret)
    proof = _compared(form, account)
    if form.accepts() and proof is not None:
        with form.act() as act:
            account = own_account()
            proof.demand(account)
            act.location = url_for("accounts.own", _anchor=HERE)
            typed, now, real = form.one_time_code.data or "", clock.now(), clock.real()
            codes = operations.enrol(
                db.session(), account, secret, typed, by=current_actor(), at=now, real=real
            )
            db.session.commit()
            return render_template("accounts/recovery_codes.html", codes=codes, account=account, new=True)
    return render_template(
        "accounts/enrol.html",
        form=form,
        account=account,
        picture=_picture(address(secret, account.username)),
        secret=in_groups(secret),
        must_enrol=must_enrol(),
    )


def _picture(words: str) -> str:
    """The square picture of the words, as an address of data that the page's policy allows."""
    import segno  # noqa: PLC0415 - thirty milliseconds of every start, for a page that a person sees once

    return str(segno.make(words, error="m", micro=False).svg_data_uri(scale=5, border=4))


def _compared(form: EnrolForm | ProveForm, account: Account, *, code_follows: bool = False) -> Proof | None:
    """The password, compared before the form holds the right to write."""
    if request.method != "POST" or not form.validate():
        return None
    typed = form.password.data or ""
    return compare(db.session(), account, typed, whence=within(), forgets=not code_follows)


@blueprint.route("/tai-khoan/xac-thuc-hai-buoc/tat", methods=["GET", "POST"])
@signed_in
def turn_off() -> Answer | str:
    """Tắt xác thực hai bước."""
    form = ProveForm.bind()
    proof = _compared(form, own_account(), code_follows=True)
    if form.accepts() and proof is not None:
        with form.act() as act:
            account = _prove_both(form, proof)
            act.location = url_for("accounts.own", _anchor=HERE)
            operations.remove(db.session(), account, by=current_actor(), at=clock.now())
            db.session.commit()
            flash("Đã tắt xác thực hai bước.", "info")
            return redirect(act.location)
    return render_template("accounts/turn_off.html", form=form)


@blueprint.route("/tai-khoan/xac-thuc-hai-buoc/ma-du-phong", methods=["GET", "POST"])
@signed_in
def new_codes() -> Answer | str:
    """Lập lại mã dự phòng; answers with them, once."""
    form = ProveForm.bind()
    proof = _compared(form, own_account(), code_follows=True)
    if form.accepts() and proof is not None:
        with form.act() as act:
            account = _prove_both(form, proof)
            act.location = url_for("accounts.own", _anchor=HERE)
            codes = operations.renew_codes(db.session(), account, by=current_actor(), at=clock.now())
            db.session.commit()
            return render_template("accounts/recovery_codes.html", codes=codes, account=account, new=False)
    return render_template("accounts/new_codes.html", form=form, **state())


def _prove_both(form: ProveForm, proof: Proof) -> Account:
    """Accept password and code together or raise `Refused`: one attempt, counted already, whichever was wrong.

    The words stand beside the password, which is to be typed anew in either case.
    """
    account = own_account()
    proof.demand(account, wrong=WRONG)
    if not operations.opens(db.session(), account, form.one_time_code.data or "", at=clock.real()):
        raise Refused(WRONG, "password")
    attempts.forget(db.session(), account.username, whence=within())
    return account


@blueprint.route("/quan-tri/tai-khoan/<int:account_id>/dat-lai-xac-thuc", methods=["GET", "POST"])
@guard(Permission.MANAGE_ACCOUNTS)
def reset_second_factor(account_id: int) -> Answer | str:
    """Đặt lại xác thực hai bước của người mất điện thoại."""
    actor = current_actor()
    account = wholly_managed(actor, account_id)
    form = ResetForm.bind()
    if form.accepts():
        with form.act() as act:
            operations.reset(db.session(), account, by=actor, at=clock.now())
            act.location = url_for("accounts.account", account_id=account.id)
            db.session.commit()
            flash(f"Đã đặt lại xác thực hai bước của {account.name}.", "good")
            return redirect(act.location)
    return render_template("accounts/reset_second_factor.html", form=form, account=account)

"""What the database's session demands of every view: a reader never writes, an edit says which version it saw."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from wtforms import StringField

from pledges.access.guard import open_to_all
from pledges.accounts.models import Account, SignInAttempt
from pledges.core import clock
from pledges.core.database import ForgottenVersion, WriteWhileReading, db
from pledges.core.forms.base import EditForm, Form
from tests.support.critic import Critic
from tests.support.ward import Ward

ADDRESS = "/thu"


class NameForm(Form):
    name = StringField("Tên")


class NameEditForm(EditForm):
    name = StringField("Tên")


def view(ward: Ward, act: Callable[[], str], *methods: str) -> None:
    ward.app.add_url_rule(ADDRESS, "thu", open_to_all(because="trang thử")(act), methods=methods or ["POST"])


def lan() -> Account:
    return db.session.scalars(sa.select(Account).where(Account.username == "officer_kp1")).one()


def test_a_get_that_adds_fails(ward: Ward, sign_in: Callable[[str], Critic]):
    def act() -> str:
        db.session.add(SignInAttempt(username="a", address="b", at=clock.now()))
        db.session.commit()
        return ""

    view(ward, act, "GET")
    with pytest.raises(WriteWhileReading, match="GET /thu would change the database"):
        sign_in("nobody").get(ADDRESS)
    assert ward.session.scalars(sa.select(SignInAttempt)).all() == []


def test_a_get_that_changes_fails(ward: Ward, sign_in: Callable[[str], Critic]):
    def act() -> str:
        lan().phone = "033"
        db.session.commit()
        return ""

    view(ward, act, "GET")
    with pytest.raises(WriteWhileReading):
        sign_in("nobody").get(ADDRESS)
    assert ward.account("officer_kp1").phone == ""


@pytest.mark.parametrize(
    "statement",
    [
        sa.update(Account).values(phone="033"),
        sa.delete(SignInAttempt),
        sa.insert(SignInAttempt).values(username="a", address="b", at=clock.real()),
    ],
    ids=["update", "delete", "insert"],
)
def test_a_get_that_writes_past_the_flush_fails(
    ward: Ward, sign_in: Callable[[str], Critic], statement: sa.UpdateBase
):
    def act() -> str:
        db.session.execute(statement)
        db.session.commit()
        return ""

    view(ward, act, "GET")
    with pytest.raises(WriteWhileReading):
        sign_in("nobody").get(ADDRESS)
    assert ward.account("officer_kp1").phone == ""


def test_an_edit_without_a_version_check_fails(ward: Ward, sign_in: Callable[[str], Critic]):
    def act() -> str:
        form = NameForm.bind()
        if form.accepts():
            with form.act():
                lan().name = form.name.data or ""
                db.session.commit()
        return ""

    view(ward, act)
    with pytest.raises(ForgottenVersion, match="use an EditForm bound to the record"):
        sign_in_and_send(ward, sign_in)
    assert ward.account("officer_kp1").name == "Nguyễn Thị Lan"


def test_an_edit_with_a_version_check_passes(ward: Ward, sign_in: Callable[[str], Critic]):
    def act() -> str:
        account = lan()
        form = NameEditForm.bind(account)
        assert form.accepts(), form.errors
        with form.act():
            account.name = form.name.data or ""
            db.session.commit()
        return ""

    view(ward, act)
    sign_in_and_send(ward, sign_in, version=ward.account("officer_kp1").version)
    assert ward.account("officer_kp1").name == "Tên khác"


def test_a_record_made_in_the_same_breath_needs_no_check(ward: Ward, sign_in: Callable[[str], Critic]):
    def act() -> str:
        form = NameForm.bind()
        assert form.accepts(), form.errors
        with form.act():
            account = Account(username="moi", name="Mới", password_hash="", created_at=clock.now())
            db.session.add(account)
            db.session.flush()
            account.name = form.name.data or ""
            db.session.commit()
        return ""

    view(ward, act)
    sign_in_and_send(ward, sign_in)
    assert ward.account("moi").name == "Tên khác"


def test_the_check_does_not_outlive_its_transaction(ward: Ward, sign_in: Callable[[str], Critic]):
    def act() -> str:
        account = lan()
        form = NameEditForm.bind(account)
        assert form.accepts(), form.errors
        db.session.commit()
        account.name = form.name.data or ""
        db.session.commit()
        return ""

    view(ward, act)
    with pytest.raises(ForgottenVersion):
        sign_in_and_send(ward, sign_in, version=ward.account("officer_kp1").version)


def test_a_statement_that_nobody_committed_is_noticed(ward: Ward, sign_in: Callable[[str], Critic]):
    def act() -> str:
        db.session.execute(sa.update(Account).values(phone="033"))
        return ""

    view(ward, act)
    with pytest.raises(AssertionError, match="left changes that nobody committed"):
        sign_in("nobody").post(ADDRESS, status=200)


def test_what_the_database_refuses_is_said_above_the_form(ward: Ward, sign_in: Callable[[str], Critic]):
    said: list[object] = []

    def act() -> str:
        form = NameForm.bind()
        assert form.accepts(), form.errors
        with form.act():
            db.session.add(Account(username="admin", name="A", password_hash="", created_at=clock.now()))
            db.session.commit()
        said.extend(form.form_errors)
        return ""

    view(ward, act)
    sign_in_and_send(ward, sign_in)
    assert said == ["Dữ liệu vừa được thay đổi ở nơi khác nên chưa ghi được; đồng chí xem lại rồi gửi lại."]


def sign_in_and_send(ward: Ward, sign_in: Callable[[str], Critic], **fields: object) -> None:
    """Send with the token of another form: it is the session's, whatever the form."""
    critic = sign_in("officer_kp1")
    token = critic.get("/tai-khoan/doi-mat-khau").form().fields["csrf_token"][0]
    answer = critic.client.post(ADDRESS, data={"csrf_token": token, "name": "Tên khác", **fields})
    assert answer.status_code == 200

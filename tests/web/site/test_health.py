"""The address that a monitor asks: yes while the database answers, and nothing else."""

from collections.abc import Callable

import pytest
from sqlalchemy.exc import OperationalError

from pledges.core.database import db
from tests.support.critic import Critic
from tests.support.ward import Ward

SignIn = Callable[[str], Critic]


@pytest.mark.parametrize("who", ["nobody", "officer_kp1"])
def test_it_answers_while_the_database_does(ward: Ward, sign_in: SignIn, who: str):
    page = sign_in(who).get("/suc-khoe")
    assert page.answer.json == {"status": "ok"}
    assert page.headers["Content-Type"] == "application/json"


def test_it_fails_when_the_database_does(ward: Ward, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch):
    def gone(*_arguments: object) -> None:
        raise OperationalError("SELECT 1", {}, Exception("gone"))

    ward.app.config["PROPAGATE_EXCEPTIONS"] = False
    critic = sign_in("nobody")
    with monkeypatch.context() as patch:
        patch.setattr(db.session, "execute", gone)
        page = critic.get("/suc-khoe", status=503)
    assert "gone" not in page.html

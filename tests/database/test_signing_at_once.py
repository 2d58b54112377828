"""Two who sign at once, a text taken back or an authorisation ended meanwhile: refused in words, on both databases."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy import select
from werkzeug.test import TestResponse

from pledges.accounts import operations as accounts
from pledges.accounts.authorisations import operations as authorisations
from pledges.accounts.models import SignInAttempt
from pledges.accounts.rules import BY_ACCOUNT
from pledges.audit.queries import history
from pledges.commitments import operations, signing
from pledges.commitments.models import Commitment, Decline, Signature
from pledges.commitments.rules import CommitmentStatus
from pledges.core.database import TURN
from tests.support import apps
from tests.support.critic import Critic, fill
from tests.support.databases import Database, Postgres, SQLite
from tests.support.live import at_once
from tests.support.page import Page
from tests.support.ward import Ward
from tests.web.accounts.people import post_of
from tests.web.commitments import people
from tests.web.commitments.people import PASSWORD, authorised

HEAD = "Bí thư chi bộ, Khu trưởng"
LONGEST = 20
WAITING = sa.text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
)


@pytest.fixture
def ward(database: Database) -> Ward:
    return database.ward()


def sign_url(commitment: Commitment) -> str:
    return f"/cam-ket/{commitment.id}/ky"


def opened(ward: Ward, name: str, path: str) -> tuple[Critic, dict[str, object]]:
    """The person's browser with the page open, filled in to be sent."""
    person = Critic(ward, name)
    form = person.get(path).form()
    said = {"password": PASSWORD} if "password" in form.names else {"reason": "Chưa nhất trí."}
    return person, fill(form, said)


def answers(ward: Ward, path: str, people_at: list[tuple[Critic, dict[str, object]]]) -> list[Page]:
    """Everybody sends at the same moment, past the critic, which is one person's."""
    ward.settle()

    def send(turn: int) -> Page:
        person, fields = people_at[turn]
        return Page(path, person.client.post(path, data=fields))

    return at_once(len(people_at), send)


def standing(ward: Ward) -> list[Signature]:
    ward.settle()
    return list(ward.session.scalars(select(Signature)))


def test_a_head_and_the_deputy_who_sign_at_once_give_one_signature(ward: Ward):
    made = people.of_three(ward)
    authorised(ward, "officer_kp1", HEAD)
    both = [opened(ward, name, sign_url(made)) for name in ("head_kp1", "officer_kp1")]
    pages = answers(ward, sign_url(made), both)
    assert sorted(page.status for page in pages) == [302, 409]
    refused = next(page for page in pages if page.status == 409)
    assert "đã ký" in refused.text
    assert len(standing(ward)) == 1


def test_two_places_signed_at_once_lose_nothing(ward: Ward):
    made = people.of_three(ward, in_order=False)
    both = [opened(ward, name, sign_url(made)) for name in ("head_kp1", people.FRONT)]
    pages = answers(ward, sign_url(made), both)
    assert sorted(page.status for page in pages) == [200, 302]
    late = next(page for page in pages if page.status == 200)
    assert "Nội dung vừa được người khác sửa." in late.errors[0], "to be read again, with one signature more"
    assert len(standing(ward)) == 1
    name = people.FRONT if standing(ward)[0].by_name == "Phạm Văn Đức" else "head_kp1"
    Critic(ward, name).send(sign_url(made), {"password": PASSWORD})
    assert len(standing(ward)) == 2


def test_one_who_sends_twice_at_once_signs_once(ward: Ward):
    made = ward.commitment("KP1", "frozen")
    twice = opened(ward, "head_kp1", sign_url(made))
    pages = answers(ward, sign_url(made), [twice, twice])
    assert {(page.status, page.location) for page in pages} == {(302, f"/cam-ket/{made.id}")}
    assert len(standing(ward)) == 1
    assert made.status is CommitmentStatus.SIGNED


def test_of_signing_and_declining_at_once_the_later_is_told(ward: Ward):
    made = ward.commitment("KP1", "frozen")
    sign, decline = sign_url(made), f"/cam-ket/{made.id}/tu-choi"
    here, there = opened(ward, "head_kp1", sign), opened(ward, "head_kp1", decline)
    ward.settle()

    def send(turn: int) -> int:
        (person, fields), path = ((here, sign), (there, decline))[turn]
        return person.client.post(path, data=fields).status_code

    assert sorted(at_once(2, send)) in ([200, 302], [302, 409])
    declined = list(ward.session.scalars(select(Decline)))
    assert len(standing(ward)) + len(declined) == 1


def test_what_was_taken_back_while_the_page_lay_open_is_not_signed(ward: Ward):
    made = ward.commitment("KP1", "frozen")
    url = sign_url(made)
    head, fields = opened(ward, "head_kp1", url)
    clerk = ward.actor("clerk")
    operations.withdraw(ward.session, made, "Sai chỉ tiêu.", by=clerk, at=ward.now)
    ward.session.commit()
    page = Page("", head.client.post(url, data=fields))
    assert page.status == 409
    assert "Bản cam kết này đã được thu hồi nên không ký được nữa." in page.text
    assert standing(ward) == []
    acts = [entry.action for entry in ward.session.scalars(history("commitment", made.id))]
    assert "commitment.signed" not in acts


def test_guesses_at_once_are_counted_like_guesses_in_a_row(ward: Ward, monkeypatch: pytest.MonkeyPatch):
    made = ward.commitment("KP1", "frozen")
    looked: list[str] = []

    def never(_known: str | None, password: str) -> bool:
        looked.append(password)
        return False

    forms = [opened(ward, "head_kp1", sign_url(made)) for _guess in range(8)]
    monkeypatch.setattr(accounts, "password_is", never)
    pages = answers(ward, sign_url(made), [(one, {**said, "password": "sai"}) for one, said in forms])
    assert {page.status for page in pages} == {200}
    assert len(looked) == BY_ACCOUNT.failures
    counted = ward.session.scalar(select(sa.func.count()).select_from(SignInAttempt))
    assert counted == BY_ACCOUNT.failures
    assert standing(ward) == []


@pytest.fixture
def waiting_ward(postgres: Postgres, sqlite: SQLite, tmp_path: Path) -> Iterator[Ward]:
    """Only PostgreSQL reads before it waits for its turn to write: there what was read may be old by then."""
    database = Database("postgresql", tmp_path, sqlite, postgres)
    yield database.ward()
    database.close()


@pytest.mark.parametrize("what", ["withdrawn", "ended", "left"])
@pytest.mark.parametrize("compared", [True, False])
def test_what_ended_while_the_signer_waited_for_a_turn_counts(
    waiting_ward: Ward, monkeypatch: pytest.MonkeyPatch, what: str, *, compared: bool
):
    ward = waiting_ward
    if not compared:  # then the first turn that is waited for is the form's own, after everything was read
        monkeypatch.setattr(signing, "_compared", lambda _form: None)
    made = people.of_three(ward)
    entrusted = authorised(ward, "officer_kp1", HEAD)
    lan, fields = opened(ward, "officer_kp1", sign_url(made))
    url, yesterday, clerk = sign_url(made), ward.day - timedelta(days=1), ward.actor("clerk")
    held, now = post_of(ward, "officer_kp1"), ward.now
    if what == "withdrawn":
        operations.withdraw(ward.session, made, "Sai chỉ tiêu.", by=clerk, at=now)
    elif what == "ended":
        authorisations.end(ward.session, entrusted, "Đã về.", on=yesterday, by=clerk, at=now)
    else:
        held.valid_to = yesterday
    ward.session.flush()  # holds the turn
    with apps.engine_of(ward.app).connect() as watch, ThreadPoolExecutor(1) as pool:
        answer: Future[TestResponse] = pool.submit(lan.client.post, url, data=fields)
        until_waiting(watch)
        ward.session.commit()
        page = Page("", answer.result(LONGEST))
    assert page.status == 409
    words = {
        "withdrawn": "đã được thu hồi",
        "ended": "đã chấm dứt",
        "left": "không còn giữ chức vụ Khu phó Khu phố 1",
    }
    assert words[what] in page.text
    assert standing(ward) == []


def until_waiting(connection: sa.Connection) -> None:
    """Till a request waits for a lock."""
    for _look in range(LONGEST * 100):
        if connection.scalar(WAITING):
            return
        connection.rollback()
        connection.execute(sa.text("SELECT pg_sleep(0.01)"))
    pytest.fail(f"nobody waits for the turn {TURN}")

"""Several people, or one machine, at the same moment: on both kinds of database."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from sqlalchemy import func, select

from pledges.access.roles import Role
from pledges.accounts import operations
from pledges.accounts.models import Account, Appointment
from pledges.accounts.rules import BY_ACCOUNT
from pledges.units.models import Unit
from tests.support import apps
from tests.support.critic import Critic
from tests.support.databases import Database
from tests.support.page import PageForm
from tests.support.tables import make_tables
from tests.support.ward import Ward
from tests.support.world import DAY, PASSWORD, code
from tests.web.accounts.people import administrator, post_of
from tests.web.accounts.test_set_up import TYPED


def sent(person: Critic, form: PageForm, **typed: str) -> int:
    """Send a form as it is, past the critic, which is one person's; the status of the answer."""
    fields = {name: values[0] for name, values in form.fields.items() if values}
    answer = person.client.post(form.action, data={**fields, **typed})
    answer.close()
    return answer.status_code


@pytest.fixture
def vacant(database: Database) -> Ward:
    app = apps.make(database.folder / "vacant" / "instance", apps.Hands(DAY), DATABASE_URL=database.empty())
    make_tables(app)
    made = Ward(app)
    database.wards.append(made)
    return made


def test_of_eight_who_set_up_one_does(vacant: Ward):
    people = [Critic(vacant) for _number in range(8)]
    forms = [one.get("/thiet-lap").form() for one in people]

    def send(number: int) -> int:
        own = {**TYPED, "username": f"quan.tri{number}", "code": f"CX{number}"}
        return sent(people[number], forms[number], **own)

    vacant.settle()
    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(send, range(8))) == [302] + [404] * 7
    counted = [
        vacant.session.scalar(select(func.count()).select_from(kind)) for kind in (Account, Unit, Appointment)
    ]
    assert counted == [1, 1, 1]


def test_a_hundred_guesses_at_once_are_counted_like_a_hundred_in_a_row(
    database: Database, monkeypatch: pytest.MonkeyPatch
):
    ward = database.ward()
    looked: list[str] = []

    def never(_known: str | None, password: str) -> bool:
        looked.append(password)
        return False

    monkeypatch.setattr(operations, "password_is", never)
    people = [Critic(ward) for _number in range(12)]
    forms = [one.get("/dang-nhap").form("/dang-nhap") for one in people]
    ward.settle()

    def guess(number: int) -> int:
        return sent(people[number], forms[number], username="officer_kp1", password=f"lần thử {number}")

    with ThreadPoolExecutor(12) as pool:
        assert set(pool.map(guess, range(12))) == {200}
    assert len(looked) == BY_ACCOUNT.failures


def test_two_administrators_can_not_remove_each_other_at_once(database: Database):
    ward = database.ward()
    administrator(ward, "HK", "admin2")
    pairs = (("admin", "admin2"), ("admin2", "admin"))
    people = [Critic(ward, who) for who, _whom in pairs]
    forms = [
        person.get(f"/quan-tri/chuc-vu/{post_of(ward, whom).id}/ket-thuc").form()
        for person, (_who, whom) in zip(people, pairs, strict=True)
    ]
    ward.settle()
    with ThreadPoolExecutor(2) as pool:
        answers = list(
            pool.map(lambda number: sent(people[number], forms[number], on="14/10/2024"), range(2))
        )
    assert 302 in answers
    lasting = select(func.count()).where(
        Appointment.role == Role.ADMINISTRATOR,
        Appointment.valid_to.is_(None),
        Appointment.unit_id == Unit.id,
        Unit.code == "HK",
    )
    assert ward.session.scalar(lasting) == 1


def test_the_pages_of_administration_hold_on_both(database: Database):
    ward = database.ward()
    admin = Critic(ward, "admin")
    people = [row[0] for row in admin.get("/quan-tri/tai-khoan", q="văn").table()[1:]]
    assert people == ["Lê Văn Bình", "Phạm Văn Đức", "Đinh Văn Nghỉ"]
    assert len(admin.get("/quan-tri/don-vi").table()) == 9
    assert admin.get("/quan-tri/nhat-ky", ngay="1/3/2024").table()[1:]
    assert "Nhật ký toàn vẹn" in admin.get("/quan-tri/nhat-ky/kiem-tra").text
    number = ward.account("officer_kp1").id
    assert admin.get(f"/quan-tri/tai-khoan/{number}").h1 == "Nguyễn Thị Lan"
    ward.session.execute(sa.update(Account).where(Account.id == number).values(locked_at=ward.now))
    ward.session.commit()
    admin.send(f"/quan-tri/tai-khoan/{number}/mo-lai")
    assert ward.account("officer_kp1").open


def test_of_two_who_bring_the_same_code_at_once_one_gets_in(database: Database):
    ward = database.ward()
    people, typed = [Critic(ward) for _number in range(2)], {"username": "admin", "password": PASSWORD}
    forms = [one.send("/dang-nhap", typed, status=200).form() for one in people]
    shown = code()
    ward.settle()
    with ThreadPoolExecutor(2) as pool:
        answers = pool.map(lambda number: sent(people[number], forms[number], one_time_code=shown), range(2))
        assert sorted(answers) == [200, 302]

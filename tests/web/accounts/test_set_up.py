"""The first administrator of an empty instance, in the browser and by a command."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from pledges.accounts.models import Account, Appointment
from pledges.accounts.setup_code import setup_code
from pledges.core.database import db
from pledges.units.models import Unit
from tests.support import apps
from tests.support.clock import Hands
from tests.support.critic import Critic
from tests.support.ward import Ward
from tests.support.world import DAY, code
from tests.web.accounts.factors import enrol
from tests.web.accounts.test_create import ONE_TIME

PAGE = "/thiet-lap"
TYPED = {
    "setup_code": setup_code(apps.KEY),
    "unit_name": "Phường Cao Xanh",
    "short_name": "P. Cao Xanh",
    "code": "cx",
    "name": "Đặng Thị Quản",
    "username": "quan.tri",
    "password": "bến phà cũ có cây đa",
    "password_again": "bến phà cũ có cây đa",
}


@pytest.fixture
def vacant(tmp_path: Path) -> Iterator[Ward]:
    """An instance with its tables and nothing else."""
    app = apps.make(tmp_path / "vacant" / "instance", Hands(DAY))
    with app.app_context():
        db.create_all()
    ward = Ward(app)
    yield ward
    ward.close()


def count(ward: Ward, kind: type) -> int:
    return ward.session.scalar(select(func.count()).select_from(kind))


@pytest.mark.parametrize("url", ["/", "/dang-nhap", "/phan-viec", "/quan-tri/tai-khoan", "/theo-doi"])
def test_every_page_leads_there(vacant: Ward, url: str):
    assert Critic(vacant).get(url, status=303).location == PAGE


def test_a_sent_form_leads_there_too_and_help_stays(vacant: Ward):
    assert Critic(vacant).post("/dang-nhap", {"username": "a"}, status=303).location == PAGE
    assert Critic(vacant).get("/tro-giup").h1 == "Trợ giúp"
    assert Critic(vacant).client.get("/healthz").json == {"status": "ok"}


def test_it_makes_the_unit_and_its_administrator_and_signs_in(vacant: Ward):
    first = Critic(vacant)
    page = first.send(PAGE, TYPED, follow=True)
    assert page.h1 == "Bật xác thực hai bước"
    assert "Tiếp theo: bật xác thực hai bước cho tài khoản này, rồi lập các đơn vị" in page.text
    assert enrol(first, TYPED["password"]).h1 == "Mã dự phòng"
    assert first.get("/quan-tri/don-vi").h1 == "Đơn vị"
    held = vacant.session.scalars(select(Appointment)).one()
    assert (held.unit.code, held.unit.name, held.unit.kind.label) == ("CX", "Phường Cao Xanh", "Phường")
    assert (held.account.username, held.role, held.valid_to) == ("quan.tri", "administrator", None)
    assert not held.account.must_change_password


def test_afterwards_it_is_gone(vacant: Ward):
    Critic(vacant).send(PAGE, TYPED)
    again = Critic(vacant)
    again.get(PAGE, status=404)
    again.post(PAGE, TYPED, status=404)
    assert again.get("/", status=302).location == "/dang-nhap"
    assert count(vacant, Account) == 1


def test_an_instance_with_people_never_shows_it(ward: Ward, sign_in):
    sign_in("nobody").get(PAGE, status=404)
    sign_in("admin").get(PAGE, status=404)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"unit_name": ""}, "Chưa nhập ô này."),
        ({"setup_code": "aaaa-bbbb-cccc"}, "Mã thiết lập chưa đúng."),
        ({"setup_code": ""}, "Chưa nhập ô này."),
        ({"code": "Cao Xanh"}, "Mã đơn vị gồm"),
        ({"username": "q"}, "Tên đăng nhập gồm"),
        ({"password": "ngắn", "password_again": "ngắn"}, "Mật khẩu cần ít nhất 10 ký tự."),
        ({"password_again": "khác hẳn cái trên"}, "Hai lần nhập mật khẩu chưa giống nhau."),
        ({"password": "quan.tri 2024", "password_again": "quan.tri 2024"}, "chứa tên đăng nhập"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_made(vacant: Ward, changed: dict[str, str], words: str):
    page = Critic(vacant).send(PAGE, {**TYPED, **changed}, status=200)
    assert any(words in error for error in page.errors), page.errors
    assert TYPED["password"] not in page.html
    assert (count(vacant, Account), count(vacant, Unit)) == (0, 0)


def test_the_first_administrator_can_go_on_to_a_clerk_who_makes_a_campaign(vacant: Ward):
    first = Critic(vacant)
    first.send(PAGE, TYPED)
    enrol(first, TYPED["password"])
    top = vacant.session.scalars(select(Unit)).one()
    unit = {"name": "UBND phường Cao Xanh", "short_name": "UBND", "code": "UBND", "kind": "people_committee"}
    first.send(f"/quan-tri/don-vi/lap?cap-tren={top.id}", unit)
    office = vacant.session.scalars(select(Unit).where(Unit.code == "UBND")).one()
    assert office.path.startswith(top.path)
    person = {
        "name": "Vũ Thị Thư",
        "username": "vanthu",
        "unit": office.id,
        "role": "clerk",
        "post": "Văn thư",
    }
    password = ONE_TIME.search(first.send("/quan-tri/tai-khoan/lap", person, status=200).text).group()

    clerk, new = Critic(vacant), "con đường hoa số 5"
    clerk.send("/dang-nhap", {"username": "vanthu", "password": password})
    changed = {"present_password": password, "password": new, "password_again": new}
    clerk.send("/tai-khoan/doi-mat-khau", changed)
    assert clerk.get("/phong-trao/lap").form().offered["owner"] >= {str(office.id)}


def run(ward: Ward, *arguments: str, answers: str = ""):
    ward.settle()
    return ward.app.test_cli_runner().invoke(args=list(arguments), input=answers)


def test_the_command_does_the_same_and_prints_the_password_once(vacant: Ward):
    done = run(
        vacant, "create-admin", "--name", "Đặng Thị Quản", "--username", "quan.tri", "--unit-code", "cx",
        "--unit-name", "Phường Cao Xanh", "--short-name", "P. Cao Xanh",
    )  # fmt: skip
    assert done.exit_code == 0, done.output
    password = ONE_TIME.search(done.output).group()
    assert done.output.count(password) == 1
    held = vacant.session.scalars(select(Appointment)).one()
    assert (held.unit.code, held.role, held.account.must_change_password) == ("CX", "administrator", True)
    first = Critic(vacant)
    first.send("/dang-nhap", {"username": "quan.tri", "password": password})
    assert first.get("/", status=302).location == "/tai-khoan/doi-mat-khau"


def test_the_command_asks_for_what_is_not_told(vacant: Ward):
    done = run(vacant, "create-admin", answers="Đặng Thị Quản\nquan.tri\nCX\nPhường Cao Xanh\n\n")
    assert done.exit_code == 0, done.output
    assert vacant.session.scalars(select(Unit.short_name)).one() == "Phường Cao Xanh"


def test_where_units_are_it_adds_an_administrator_of_one(ward: Ward):
    done = run(ward, "create-admin", "--name", "Người Thứ Hai", "--username", "hai", "--unit-code", "HK")
    assert done.exit_code == 0, done.output
    held = ward.session.scalars(
        select(Appointment).where(Appointment.account_id == ward.account("hai").id)
    ).one()
    assert held.unit.code == "HK"


@pytest.mark.parametrize(
    ("username", "words"),
    [("admin", "Tên đăng nhập admin đã có người dùng"), ("Ô", "Tên đăng nhập gồm 3 đến 50")],
)
def test_what_the_rules_refuse_is_said_and_nothing_is_made(ward: Ward, username: str, words: str):
    before = count(ward, Account)
    done = run(ward, "create-admin", "--name", "X Y", "--username", username, "--unit-code", "HK")
    assert done.exit_code == 1
    assert words in done.output
    assert count(ward, Account) == before


def test_the_way_back_in_when_the_only_administrator_is_locked_out(ward: Ward):
    ward.account("admin").locked_at = ward.now
    ward.session.commit()
    done = run(ward, "reset-password", "admin")
    password = ONE_TIME.search(done.output).group()
    admin = Critic(ward)
    asked = admin.send("/dang-nhap", {"username": "admin", "password": password}, status=200)
    assert admin.send_form(asked.form(), {"one_time_code": code()}).location == "/"


@pytest.mark.parametrize(
    ("username", "words"), [("khong-co", "không có tài khoản khong-co"), ("ended", "đã đóng")]
)
def test_a_password_is_not_set_for_nobody_or_a_closed_account(ward: Ward, username: str, words: str):
    ward.account("ended").closed_at = ward.now
    ward.session.commit()
    done = run(ward, "reset-password", username)
    assert done.exit_code == 1
    assert words in done.output

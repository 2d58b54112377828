"""What no page of this product sends is answered like a wrong field, not with a fault."""

import io

import pytest
from sqlalchemy import func, select

from pledges.tasks.models import Task
from tests.support.critic import Critic, SignIn
from tests.support.ward import Ward
from tests.support.world import PASSWORD

REGISTER, SIGN_IN = "/phan-viec/dang-ky", "/dang-nhap"
TYPED = {"title": "Trồng cây xanh", "start_on": "15/10/2024", "due_on": "31/12/2024"}
LONG = "9" * 5000


def a_file() -> tuple[io.BytesIO, str]:
    return io.BytesIO(b"x"), "a.png"


@pytest.fixture
def lan(sign_in: SignIn) -> Critic:
    return sign_in("officer_kp1")


@pytest.mark.parametrize(
    "name", ["indicators-²-label", "indicators.²", f"indicators-{LONG}-label", f"indicators_{LONG}"]
)
def test_a_row_that_has_no_number_is_left_out(ward: Ward, lan: Critic, name: str):
    sent = {**TYPED, name: "Cây"}
    lan.send(REGISTER, sent, button="Lưu nháp", forge=True)
    assert [len(task.indicators) for task in ward.session.scalars(select(Task))] == [0]


@pytest.mark.parametrize("position", [LONG, "²", "٣", "-1", "", "99"])
def test_a_row_that_there_is_not_is_not_dropped(ward: Ward, lan: Critic, position: str):
    page = lan.send(REGISTER, {**TYPED, "rows": f"indicators-drop-{position}"}, forge=True, status=200)
    assert page.form().fields["title"] == [TYPED["title"]]
    assert ward.session.scalar(select(func.count(Task.id))) == 0


@pytest.mark.parametrize("name", ["title", "lead_unit", "indicators-0-direction", "csrf_token", "form_key"])
def test_a_file_is_no_answer_to_a_question_for_words(ward: Ward, lan: Critic, name: str):
    page = lan.send(REGISTER, {**TYPED, name: a_file()}, button="Lưu nháp", forge=True, status=None)
    assert page.status in {200, 302}


@pytest.mark.parametrize("name", ["password", "username", "kept", "next"])
def test_a_file_signs_nobody_in(sign_in: SignIn, name: str):
    """Open to all: nobody need be signed in for it."""
    typed = {"username": "officer_kp1", "password": PASSWORD, name: a_file()}
    page = sign_in("nobody").send(SIGN_IN, typed, action=SIGN_IN, forge=True, status=None)
    assert page.status == (200 if name in {"password", "username"} else 302)


def test_a_file_signs_no_commitment(ward: Ward, sign_in: SignIn):
    commitment = ward.commitment("KP1", "frozen")
    path = f"/cam-ket/{commitment.id}/ky"
    sign_in("head_kp1").send(path, {"password": a_file()}, forge=True, status=200)
    assert commitment.status == "frozen"


def test_words_are_no_scan(ward: Ward, sign_in: SignIn):
    commitment = ward.commitment("KP1", "frozen")
    path = f"/cam-ket/{commitment.id}/ky-giay"
    page = sign_in("clerk").send(path, {"scan": "a.pdf", "signed_on": ""}, forge=True, status=200)
    assert page.errors


def test_brackets_without_end_say_nothing_of_what_was(ward: Ward, sign_in: SignIn, lan: Critic):
    task = ward.task(status="draft")
    path = f"/phan-viec/{task.id}/sua"
    opened = lan.get(path).form()
    sign_in("mate_kp1").send(path, {"title": "Tên của Bình"}, button="Lưu nháp")
    typed = {"title": "Tên của Lan", "was": "[" * 200_000}
    page = lan.send_form(opened, typed, button="Lưu nháp", status=409)
    assert "Tên của Bình" in page.text

"""A session that ended leads through sign-in back to the filled form; nobody else sees what was typed."""

import time
from collections.abc import Callable

import pytest
from sqlalchemy import select

from pledges.accounts.operations import end_sessions
from pledges.core.forms.unsent import UnsentForm
from pledges.tasks.models import Task
from tests.support.critic import Critic
from tests.support.page import Page
from tests.support.ward import Ward
from tests.support.world import PASSWORD

REGISTER = "/phan-viec/dang-ky"
TYPED = {
    "title": "Trồng cây xanh dọc đường Hà Khánh",
    "product": "Hàng cây “sống khỏe” & <đẹp>",
    "start_on": "15/10/2024",
    "due_on": "31/12/2024",
    "indicators-0-label": "Cây trồng mới",
    "indicators-0-target": "300",
    "indicators-0-measure": "cây",
}


def sleep_too_long(critic: Critic) -> None:
    """The session lies idle beyond its time."""
    with critic.client.session_transaction() as kept:
        kept["seen"] = time.time() - (critic.ward.app.config["IDLE_MINUTES"] + 1) * 60


def begin_anew(critic: Critic) -> None:
    """The browser was closed: no cookie is left."""
    critic.client.delete_cookie("session")


def ended_elsewhere(critic: Critic) -> None:
    """The password was changed at another computer."""
    end_sessions(critic.ward.session, critic.ward.account(critic.username or ""))
    critic.ward.settle()


ENDS: dict[str, Callable[[Critic], None]] = {
    "idle": sleep_too_long,
    "closed": begin_anew,
    "password changed elsewhere": ended_elsewhere,
}


def sent_too_late(
    critic: Critic, end: Callable[[Critic], None] = sleep_too_long, url: str = REGISTER
) -> Page:
    """The sign-in page that answers a form whose session has ended."""
    form = critic.get(url).form()
    end(critic)
    page = critic.send_form(form, TYPED, button="Lưu nháp", status=401)
    assert page.h1 == "Đăng nhập"
    assert "Phiên làm việc đã hết" in page.text
    return page


def signed_in(critic: Critic, page: Page, username: str) -> Page:
    return critic.send_form(page.form(), {"username": username, "password": PASSWORD}, follow=True)


@pytest.mark.parametrize("end", ENDS)
def test_the_form_comes_back_filled_and_can_be_sent(ward: Ward, sign_in: Callable[[str], Critic], end: str):
    lan = sign_in("officer_kp1")
    page = signed_in(lan, sent_too_late(lan, ENDS[end]), "officer_kp1")
    assert page.h1 == "Đăng ký phần việc"
    assert "Nội dung đồng chí nhập lúc 09:30, chưa gửi" in page.text
    shown = page.form().fields
    assert {name: shown[name] for name in TYPED} == {name: [value] for name, value in TYPED.items()}
    assert ward.session.scalars(select(Task)).all() == []
    lan.send_form(page.form(), button="Lưu nháp")
    task = ward.session.scalars(select(Task)).one()
    assert (task.title, task.product) == (TYPED["title"], TYPED["product"])


def test_a_wrong_password_in_between_loses_nothing(ward: Ward, sign_in: Callable[[str], Critic]):
    lan = sign_in("officer_kp1")
    page = sent_too_late(lan)
    page = lan.send_form(page.form(), {"username": "officer_kp1", "password": "nhầm mất rồi"}, status=200)
    page = signed_in(lan, page, "officer_kp1")
    assert page.form().fields["title"] == [TYPED["title"]]


def test_another_person_at_the_same_computer_sees_nothing_of_it(ward: Ward, sign_in: Callable[[str], Critic]):
    lan = sign_in("officer_kp1")
    page = sent_too_late(lan)
    assert TYPED["title"] not in page.html
    page = signed_in(lan, page, "mate_kp1")
    assert TYPED["title"] not in page.html
    assert ward.session.scalars(select(UnsentForm)).all() == []


def test_the_address_of_the_kept_form_opens_for_nobody_else(ward: Ward, sign_in: Callable[[str], Critic]):
    lan = sign_in("officer_kp1")
    signed_in(lan, sent_too_late(lan), "officer_kp1")
    name = ward.session.scalars(select(UnsentForm.key)).one().split(".")[1]
    assert TYPED["title"] not in sign_in("mate_kp1").get(REGISTER, giu=name).html
    assert TYPED["title"] in lan.get(REGISTER, giu=name).form().fields["title"]
    for other in ("0" * 24, f"{name}x", "", "0", "9" * 400, "\0"):
        assert lan.get(REGISTER, giu=other).form().fields["title"] == [""]
    assert "không còn nữa" in lan.get(REGISTER, giu="0" * 24).html


def test_what_was_kept_is_sealed(ward: Ward, sign_in: Callable[[str], Critic]):
    lan = sign_in("officer_kp1")
    form = sent_too_late(lan).form()
    kept = form.fields["kept"][0]
    page = lan.send_form(
        form, {"username": "officer_kp1", "password": PASSWORD, "kept": "x" + kept[1:]}, follow=True
    )
    assert page.form().fields["title"] == [""]


def test_a_form_with_an_address_of_its_own_comes_back_to_it(ward: Ward, sign_in: Callable[[str], Critic]):
    lan = sign_in("officer_kp1")
    url = f"{REGISTER}?phong-trao={ward.campaign.id}"
    page = signed_in(lan, sent_too_late(lan, url=url), "officer_kp1")
    assert f"phong-trao={ward.campaign.id}" in page.url
    assert page.form().fields["title"] == [TYPED["title"]]


def test_an_edit_that_comes_back_still_knows_which_version_it_saw(
    ward: Ward, sign_in: Callable[[str], Critic]
):
    task = ward.task(status="draft", title="Tên đầu")
    lan, binh = sign_in("officer_kp1"), sign_in("mate_kp1")
    path = f"/phan-viec/{task.id}/sua"
    opened = lan.get(path).form()
    sleep_too_long(lan)
    page = lan.send_form(opened, {"title": "Tên của Lan"}, button="Lưu nháp", status=401)
    binh.send(path, {"title": "Tên của Bình"}, button="Lưu nháp")
    page = signed_in(lan, page, "officer_kp1")
    assert page.form().fields["title"] == ["Tên của Lan"]
    lan.send_form(page.form(), button="Lưu nháp", status=409)
    assert task.title == "Tên của Bình"


def test_a_form_that_came_back_twice_is_carried_out_once(ward: Ward, sign_in: Callable[[str], Critic]):
    lan = sign_in("officer_kp1")
    page = signed_in(lan, sent_too_late(lan), "officer_kp1")
    twin = lan.get(page.url)
    first = lan.send_form(page.form(), button="Lưu nháp")
    again = lan.send_form(twin.form(), button="Lưu nháp")
    assert again.location == first.location
    assert len(ward.session.scalars(select(Task)).all()) == 1


def test_what_was_sent_comes_back_no_more(ward: Ward, sign_in: Callable[[str], Critic]):
    lan = sign_in("officer_kp1")
    page = signed_in(lan, sent_too_late(lan), "officer_kp1")
    lan.send_form(page.form(), button="Lưu nháp")
    assert ward.session.scalars(select(UnsentForm)).all() == []
    shown = lan.follow(lan.get(page.url, status=302))
    assert shown.h1 == "Sửa phần việc", "what it was saved as"


def test_a_page_that_was_only_read_is_opened_after_sign_in(sign_in: Callable[[str], Critic]):
    lan = sign_in("officer_kp1")
    sleep_too_long(lan)
    page = lan.follow(lan.get("/phan-viec?tim=cây", status=302))
    assert page.h1 == "Đăng nhập"
    page = signed_in(lan, page, "officer_kp1")
    assert page.url.startswith("/phan-viec?tim=")


def test_no_password_is_kept(ward: Ward, sign_in: Callable[[str], Critic]):
    lan = sign_in("officer_kp1")
    url = "/tai-khoan/doi-mat-khau"
    form = lan.get(url).form()
    sleep_too_long(lan)
    secret = "một câu rất bí mật"
    passwords = {name: secret for name in form.names if "password" in name}
    assert len(passwords) == 3
    page = lan.send_form(form, passwords, status=401)
    page = signed_in(lan, page, "officer_kp1")
    assert secret not in page.html
    kept = ward.session.scalars(select(UnsentForm.fields)).all()
    assert all(secret not in fields for fields in kept)

"""Back in the history: a form that was carried out leads to what came of it, and a sending that was refused and sent
once more by the browser makes neither a second record nor a second row of what is unsent."""

import pytest
from sqlalchemy import select

from pledges.core.forms.unsent import UnsentForm, address_of
from pledges.tasks.models import Task
from tests.support.critic import Critic, SignIn
from tests.support.page import PageForm
from tests.support.ward import Ward

REGISTER = "/phan-viec/dang-ky"
DRAFT = "Lưu nháp"
WRONG = {"title": "Trồng cây", "due_on": "cuối năm"}
RIGHT = {"due_on": "30/11/2024"}


@pytest.fixture
def lan(sign_in: SignIn) -> Critic:
    return sign_in("officer_kp1")


def kept(ward: Ward) -> list[str]:
    ward.settle()
    return [row.title for row in ward.session.scalars(select(UnsentForm))]


def address(form: PageForm) -> str:
    """Where scripts/autosave.js puts the page in the history when it is sent."""
    return address_of(REGISTER, form.fields["form_key"][0])


def test_the_page_says_the_address_that_opens_its_form_again(lan: Critic, ward: Ward):
    page = lan.get(REGISTER)
    line = f'data-address="{REGISTER}?phong-trao={ward.campaign.id}&amp;giu={key_name(page.form())}"'
    assert line in page.html
    assert "data-shown-again" not in page.html
    assert "data-shown-again" in lan.send_form(page.form(), WRONG, button=DRAFT, status=200).html


def key_name(form: PageForm) -> str:
    return form.fields["form_key"][0].split(".")[1]


def test_back_after_saving_leads_to_the_draft(lan: Critic, ward: Ward):
    form = lan.get(REGISTER).form()
    lan.send_form(form, {"title": "Trồng cây", **RIGHT}, button=DRAFT)
    page = lan.follow(lan.get(address(form), status=302))
    assert page.form().fields["title"] == ["Trồng cây"]
    assert page.h1 == "Sửa phần việc"
    assert "đã lưu thành bản nháp này" in page.text


def test_back_after_it_was_sent_to_the_leaders_leads_to_the_task(lan: Critic, ward: Ward):
    form = lan.get(REGISTER).form()
    lan.send_form(form, {"title": "Trồng cây", **RIGHT}, button=DRAFT)
    task = ward.session.scalars(select(Task)).one()
    task.status = "submitted"
    task.registration_number = 1
    ward.session.commit()
    assert lan.get(address(form), status=302).location == f"/phan-viec/{task.id}"


def test_back_after_the_draft_was_given_up_says_that_nothing_is_left(lan: Critic, ward: Ward):
    form = lan.get(REGISTER).form()
    page = lan.send_form(form, {"title": "Trồng cây", **RIGHT}, button=DRAFT, follow=True)
    lan.send(page.link("Bỏ bản nháp này"), {})
    page = lan.get(address(form))
    assert page.form().fields["title"] == [""]
    assert "không còn nữa" in page.html


def test_nobody_else_is_led_there(lan: Critic, sign_in: SignIn):
    form = lan.get(REGISTER).form()
    lan.send_form(form, {"title": "Trồng cây", **RIGHT}, button=DRAFT)
    assert sign_in("mate_kp1").get(address(form)).form().fields["title"] == [""]


def test_a_refused_sending_that_comes_once_more_leaves_no_twin(lan: Critic, ward: Ward):
    first = lan.get(REGISTER).form()
    wrong = lan.send_form(first, WRONG, button=DRAFT, status=200)
    done = lan.send_form(wrong.form(), RIGHT, button=DRAFT)
    again = lan.send_form(first, WRONG, button=DRAFT)
    assert again.location == done.location
    assert [task.title for task in ward.session.scalars(select(Task))] == ["Trồng cây"]
    assert kept(ward) == []


def test_so_does_an_edit(lan: Critic, ward: Ward):
    task = ward.task(status="draft", title="Tên đầu")
    first = lan.get(f"/phan-viec/{task.id}/sua").form()
    wrong = lan.send_form(first, {"title": ""}, button=DRAFT, status=200)
    lan.send_form(wrong.form(), {"title": "Tên hai"}, button=DRAFT)
    lan.send_form(first, {"title": ""}, button=DRAFT)
    assert (task.title, kept(ward)) == ("Tên hai", [])


def test_what_was_never_shown_again_is_still_kept_apart(lan: Critic, ward: Ward):
    first = lan.get(REGISTER).form()
    lan.send_form(first, {"title": "Trồng cây", **RIGHT}, button=DRAFT)
    lan.send_form(first, {"title": "Tên khác", **RIGHT}, button=DRAFT, status=200)
    assert kept(ward) == ["Tên khác"]


def test_without_scripts_the_newest_draft_is_named_on_the_fresh_form(lan: Critic, ward: Ward):
    lan.send(REGISTER, {"title": "Trồng cây", **RIGHT}, button=DRAFT)
    task = ward.session.scalars(select(Task)).one()
    page = lan.get(REGISTER)
    words = page.html.split("<noscript>")[1].split("</noscript>")[0]
    assert "Trồng cây" in words
    assert f"/phan-viec/{task.id}/sua" in words

"""Freezing the text to be signed."""

import hashlib

import pytest
from sqlalchemy import select

from pledges.commitments import operations as commitments
from pledges.commitments.models import Commitment
from pledges.commitments.rules import CommitmentStatus, StepRefused
from pledges.tasks import operations as tasks
from pledges.tasks.models import Task
from tests.support.amending import propose
from tests.support.critic import SignIn
from tests.support.ward import Ward
from tests.web.commitments.people import of_three


def url(commitment: Commitment):
    return f"/cam-ket/{commitment.id}/chot"


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("officer_kp1", 200),
        ("mate_kp1", 200),
        ("clerk", 200),
        ("head_kp1", 403),
        ("leader", 403),
        ("officer_kp2", 404),
        ("outsider", 404),
    ],
)
def test_who_freezes(ward: Ward, sign_in: SignIn, name: str, status: int):
    sign_in(name).get(url(ward.commitment()), status=status)


def test_nobody_is_led_to_the_sign_in(ward: Ward, sign_in: SignIn):
    assert "/dang-nhap" in sign_in("nobody").get(url(ward.commitment()), status=302).location


def test_the_button_names_what_is_frozen(ward: Ward, sign_in: SignIn):
    made = ward.commitment()
    ward.task(title="Phần việc nữa")
    officer = sign_in("officer_kp1")
    page = officer.get(url(made))
    assert "Chốt 1 bản cam kết, 2 phần việc, 1 người ký" in [one[0] for one in page.form().buttons]
    page = officer.send_form(page.form(), follow=True)
    assert page.said == "Đã chốt. Bản cam kết chờ ký."
    ward.settle()
    assert made.status is CommitmentStatus.FROZEN
    assert made.content
    assert made.digest == hashlib.sha256(made.content.encode()).hexdigest()


def test_an_amendment_that_waits_is_told_and_stops_nothing(ward: Ward, sign_in: SignIn):
    task = ward.task()
    made = ward.commitment("KP1", "signed")
    ward.task(title="Phần việc nữa")
    propose(ward, task, title="Bê tông hóa thêm một ngõ")
    again = ward.commitment("KP1")
    assert again is not made
    officer = sign_in("officer_kp1")
    page = officer.get(url(again))
    assert "01 đề nghị điều chỉnh chờ duyệt" in page.text.replace("Đ", "đ")
    assert officer.send_form(page.form(), follow=True).said == "Đã chốt. Bản cam kết chờ ký."


def test_a_task_approved_meanwhile_is_read_before_it_is_frozen(ward: Ward, sign_in: SignIn):
    made = ward.commitment()
    clerk = sign_in("clerk")
    form = clerk.get(url(made)).form()
    ward.task(title="Phần việc duyệt xen vào")
    page = clerk.send_form(form, status=200)
    assert "Nội dung vừa thay đổi so với trang đồng chí đọc" in page.errors[0]
    assert "Phần việc duyệt xen vào" in page.text
    clerk.send_form(page.form())
    ward.settle()
    assert "Phần việc duyệt xen vào" in (made.content or "")


def test_what_a_colleague_changed_is_read_first(ward: Ward, sign_in: SignIn):
    made = ward.commitment()
    clerk, officer = sign_in("clerk"), sign_in("officer_kp1")
    form = clerk.get(url(made)).form()
    officer.send(f"/cam-ket/{made.id}/sua", {"place": "Nơi khác"})
    page = clerk.send_form(form, status=200)
    assert "Nội dung vừa được người khác sửa." in page.errors[0]
    assert "Nơi khác" in page.text
    ward.settle()
    assert made.status is CommitmentStatus.DRAFT


def test_three_clicks_freeze_once(ward: Ward, sign_in: SignIn):
    made = ward.commitment()
    clerk = sign_in("clerk")
    form = clerk.get(url(made)).form()
    assert {clerk.send_form(form).location for _click in range(3)} == {f"/cam-ket/{made.id}"}


@pytest.mark.parametrize("status", ["frozen", "signed"])
def test_what_is_frozen_is_not_frozen_again(ward: Ward, sign_in: SignIn, status: str):
    page = sign_in("clerk").get(url(ward.commitment("KP1", status)), status=409)
    assert "Bản cam kết đã được chốt." in page.text


def test_what_is_missing_is_said_and_nothing_can_be_frozen(ward: Ward, sign_in: SignIn):
    ward.task("KP1", "submitted")
    clerk = sign_in("clerk")
    made = clerk.send(f"/cam-ket/soan/{ward.campaign.id}/{ward.unit('KP1').id}").location
    page = clerk.get(f"{made}/chot")
    assert "Còn thiếu, chưa chốt được" in page.text
    assert "Chưa có phần việc được duyệt" in page.text
    assert "01 phần việc chờ duyệt" in page.text
    assert page.forms == []


def test_the_rules_freeze_nothing_that_is_not_complete(ward: Ward):
    made = ward.commitment()
    made.terms, made.place = "Thi đua năm {năm}.", ""
    del made.signatories[:]
    with pytest.raises(StepRefused) as refused:
        commitments.freeze(ward.session, made, by=ward.actor("clerk"), at=ward.now)
    assert str(refused.value) == (
        "Chưa chốt được bản cam kết. Còn thiếu: chưa ghi địa danh; điều khoản chung chưa điền {năm}; chưa có người ký."
    )
    assert made.status is CommitmentStatus.DRAFT


def test_what_became_incomplete_while_the_page_lay_open_is_refused_in_words(ward: Ward, sign_in: SignIn):
    made = ward.commitment()
    clerk = sign_in("clerk")
    form = clerk.get(url(made)).form()
    for task in ward.session.scalars(select(Task)):
        tasks.cancel(ward.session, task, "Trùng.", by=ward.actor("leader"), at=ward.now)
    ward.session.commit()
    page = clerk.send_form(form, status=200)
    assert "Chưa chốt được bản cam kết. Còn thiếu: chưa có phần việc được duyệt." in page.errors


def test_the_paper_itself_is_the_preview(ward: Ward, sign_in: SignIn):
    made, clerk = ward.commitment(), sign_in("clerk")
    paper = f"/van-ban/cam-ket/{made.id}.pdf"
    for page in (clerk.get(url(made)), clerk.get(f"/cam-ket/{made.id}/sua")):
        assert paper in [link.url for link in page.links]
    assert clerk.client.get(paper).data.startswith(b"%PDF")


def test_three_signatories_are_named(ward: Ward, sign_in: SignIn):
    page = sign_in("clerk").get(f"/cam-ket/{of_three(ward).id}")
    for words in ("Phạm Văn Đức", "Trịnh Văn Mặt", "Chi hội trưởng Phụ nữ"):
        assert words in page.text


def test_the_rules_freeze_only_what_was_read(ward: Ward):
    made = ward.commitment()
    with pytest.raises(StepRefused, match="Nội dung vừa thay đổi"):
        commitments.freeze(ward.session, made, by=ward.actor("clerk"), at=ward.now, seen="0" * 64)
    assert made.status is CommitmentStatus.DRAFT

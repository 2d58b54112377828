"""Proposing that a committed task says something else: the questions, what changes, sent."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select

from pledges.tasks.amending.models import Amendment
from pledges.tasks.amending.rules import AmendmentStatus
from pledges.tasks.models import Task
from pledges.tasks.rules import TaskStatus
from tests.support.amending import WHY, propose
from tests.support.critic import SignIn
from tests.support.page import Page
from tests.support.ward import Ward

SEND = "Gửi đề nghị"


def url(task: Task) -> str:
    return f"/phan-viec/{task.id}/dieu-chinh"


@pytest.fixture
def task(ward: Ward) -> Task:
    """A task that stands in a signed commitment."""
    made = ward.task()
    ward.commitment("KP1", "signed")
    return made


def reviewed(sign_in: SignIn, task: Task, *, by: str = "officer_kp1", **fields: str) -> Page:
    return sign_in(by).send(url(task), {"reason": WHY} | fields, status=200)


def proposals(ward: Ward) -> list[Amendment]:
    ward.settle()
    return list(ward.session.scalars(select(Amendment).order_by(Amendment.id)))


def test_what_changes_is_shown_before_it_is_sent(ward: Ward, sign_in: SignIn, task: Task):
    page = reviewed(sign_in, task, due_on="31/3/2025", **{"indicators-0-target": "400"})
    assert page.h1 == "Xem lại đề nghị điều chỉnh"
    assert "Lùi ngày Ngày hoàn thành 31/12/2024 → thành 31/3/2025" in page.text
    assert "Hạ yêu cầu Đường ngõ được bê tông hóa: phải đạt 450 m → thành 400 m" in page.text
    assert proposals(ward) == []


def test_what_was_reviewed_is_sent(ward: Ward, sign_in: SignIn, task: Task):
    officer = sign_in("officer_kp1")
    page = officer.send(
        url(task), {"reason": WHY, "basis": "Công văn số 45", "indicators-0-target": "400"}, status=200
    )
    sent = officer.send_form(page.form(), button=SEND, follow=True)
    assert "Đã gửi đề nghị điều chỉnh" in sent.said
    assert "Công văn số 45" in sent.text
    (made,) = proposals(ward)
    assert (made.status, made.reason, made.basis) == (AmendmentStatus.PROPOSED, WHY, "Công văn số 45")
    assert made.after["indicators"][0]["target"] == "400"
    assert (task.status, task.indicators[0].target) == (TaskStatus.COMMITTED, Decimal(450))


def test_what_was_changed_after_the_review_is_reviewed_again(ward: Ward, sign_in: SignIn, task: Task):
    officer = sign_in("officer_kp1")
    page = officer.send(url(task), {"reason": WHY, "indicators-0-target": "400"}, status=200)
    again = officer.send_form(page.form(), {"indicators-0-target": "390"}, button=SEND, status=200)
    assert "450 m → thành 390 m" in again.text
    assert proposals(ward) == []
    officer.send_form(again.form(), button=SEND)
    assert [one.after["indicators"][0]["target"] for one in proposals(ward)] == ["390"]


def test_ten_sendings_make_one_proposal(ward: Ward, sign_in: SignIn, task: Task):
    officer = sign_in("officer_kp1")
    page = officer.send(url(task), {"reason": WHY, "indicators-0-target": "400"}, status=200)
    answers = {officer.send_form(page.form(), button=SEND).location for _ in range(3)}
    assert answers == {f"/dieu-chinh/{proposals(ward)[0].id}"}
    assert len(proposals(ward)) == 1


def test_nothing_changed_is_said(ward: Ward, sign_in: SignIn, task: Task):
    assert "Nội dung chưa có gì khác" in reviewed(sign_in, task).errors[0]


def test_a_reason_is_demanded(sign_in: SignIn, task: Task):
    page = reviewed(sign_in, task, reason="", **{"indicators-0-target": "400"})
    assert page.errors == ["Nhập lý do: lãnh đạo cần biết vì sao phải đổi."]


def test_an_indicator_is_dropped_and_one_added(ward: Ward, sign_in: SignIn, task: Task):
    officer = sign_in("officer_kp1")
    page = officer.send(url(task), {"reason": WHY}, status=200, button="Bỏ chỉ tiêu này")
    fields = {"indicators-0-weight": "1"}
    page = officer.send_form(page.form(), fields, button="Thêm chỉ tiêu", status=200)
    new = {"indicators-1-label": "Cây xanh", "indicators-1-target": "30", "indicators-1-measure": "cây"}
    page = officer.send_form(page.form(), new, status=200)
    assert "Thêm Chỉ tiêu Cây xanh: 30 cây" in page.text
    assert "Bỏ Chỉ tiêu Đường ngõ được bê tông hóa: 450 m" in page.text
    officer.send_form(page.form(), button=SEND)
    (made,) = proposals(ward)
    assert [one["of"] for one in made.after["indicators"]] == [2, None]


def test_an_indicator_with_figures_stays(ward: Ward, sign_in: SignIn, task: Task):
    ward.report(task, "2024-09", [100, 40])
    officer = sign_in("officer_kp1")
    page = officer.send(url(task), {"reason": WHY}, status=200, button="Bỏ chỉ tiêu này")
    page = officer.send_form(page.form(), status=200)
    assert "hạ mức phải đạt" in page.errors[0]


def test_a_measure_with_figures_stays(ward: Ward, sign_in: SignIn, task: Task):
    ward.report(task, "2024-09", [100, 40])
    page = reviewed(sign_in, task, **{"indicators-0-measure": "km"})
    assert "số đã báo cáo sẽ mang nghĩa khác" in page.errors[0]


def test_one_proposal_at_a_time(ward: Ward, sign_in: SignIn, task: Task):
    waiting = propose(ward, task, due_on=date(2025, 3, 31))
    page = sign_in("mate_kp1").get(url(task), status=409)
    assert "mỗi lúc chỉ có một đề nghị" in page.text
    assert f"/dieu-chinh/{waiting.id}" in {link.url for link in page.links}


@pytest.mark.parametrize("status", ["draft", "submitted", "returned", "cancelled"])
def test_only_what_stands_in_the_list_is_amended(ward: Ward, sign_in: SignIn, status: str):
    page = sign_in("officer_kp1").get(url(ward.task(status=status)), status=409)
    assert "chỉ đề nghị điều chỉnh phần việc đã vào danh mục" in page.text


def test_the_lead_unit_stays(ward: Ward, sign_in: SignIn, task: Task):
    other = str(ward.unit("KP2").id)
    page = sign_in("clerk").send(url(task), {"reason": WHY, "lead_unit": other}, status=200, forge=True)
    assert page.errors
    assert proposals(ward) == []


def test_a_clerk_says_for_whom_and_by_which_paper(ward: Ward, sign_in: SignIn, task: Task):
    clerk = sign_in("clerk")
    page = clerk.send(url(task), {"reason": WHY, "indicators-0-target": "400"}, status=200)
    assert "Nhập người của đơn vị đã khai: đồng chí đang nhập thay." in page.errors
    said = {"on_behalf_of": "Nguyễn Văn Hòa, Khu trưởng", "from_paper": "Giấy đề nghị ngày 20/9/2024"}
    page = clerk.send_form(page.form(), said, status=200)
    assert "Giấy đề nghị ngày 20/9/2024" in clerk.send_form(page.form(), button=SEND, follow=True).text
    assert [one.on_behalf_of for one in proposals(ward)] == ["Nguyễn Văn Hòa, Khu trưởng"]


def test_what_was_typed_is_kept(ward: Ward, sign_in: SignIn, task: Task):
    reviewed(sign_in, task, **{"indicators-0-target": "400"})
    page = sign_in("officer_kp1").get(url(task))
    assert page.form().fields["indicators-0-target"] == ["400"]
    assert "chưa lưu vào đề nghị" in page.text


def test_what_another_changed_meanwhile_is_asked_about(ward: Ward, sign_in: SignIn, task: Task):
    officer = sign_in("officer_kp1")
    page = officer.send(url(task), {"reason": WHY, "indicators-0-target": "400"}, status=200)
    task.product = "Sản phẩm khác"
    ward.settle()
    answer = officer.send_form(page.form(), button=SEND, status=None)
    assert "Sản phẩm khác" in answer.text
    assert proposals(ward) == []


def test_who_may_propose(ward: Ward, sign_in: SignIn, task: Task):
    for name in ("officer_kp1", "mate_kp1", "clerk"):
        sign_in(name).get(url(task))
    for name in ("head_kp1", "leader"):
        sign_in(name).get(url(task), status=403)
    for name in ("officer_kp2", "outsider", "ended"):
        assert sign_in(name).get(url(task), status=None).status in {403, 404}
    assert sign_in("nobody").get(url(task), status=302).location.startswith("/dang-nhap")


def test_dropping_is_proposed_with_a_reason(ward: Ward, sign_in: SignIn, task: Task):
    officer = sign_in("officer_kp1")
    address = f"/phan-viec/{task.id}/de-nghi-bo"
    assert officer.send(address, status=200).errors == ["Nhập lý do: lãnh đạo cần biết vì sao phải đổi."]
    page = officer.send(address, {"reason": "Thành phố đã làm tuyến đường này."}, follow=True)
    assert "Cả phần việc" in page.text
    (made,) = proposals(ward)
    assert made.drops
    assert task.status is TaskStatus.COMMITTED

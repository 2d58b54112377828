"""What evidence a task must show: set by the organisers, for one task or several, and asked of those who report."""

import pytest
from sqlalchemy import select

from pledges.audit.models import LogEntry
from pledges.progress.proofs.models import ProofRule
from pledges.tasks.models import Task
from tests.support.critic import SignIn
from tests.support.files import PDF, png, upload
from tests.support.ward import Ward
from tests.web.progress.sheets import CHECK, KEEP, field, url

TWO_PHOTOS = {"rules-0-number": "2", "rules-0-kind": "photo", "rules-0-label": "trước và sau"}
A_LIST = {"rules-1-number": "1", "rules-1-kind": "document", "rules-1-label": "danh sách hộ"}


def page_of(task: Task) -> str:
    return f"/phan-viec/{task.id}/yeu-cau-minh-chung"


def rules(ward: Ward) -> list[tuple[int, int, str, int, str]]:
    ward.settle()
    found = ward.session.scalars(select(ProofRule).order_by(ProofRule.task_id, ProofRule.position))
    return [(one.task_id, one.position, one.kind.value, one.number, one.label) for one in found]


@pytest.mark.parametrize(
    ("name", "status"),
    [("leader", 200), ("clerk", 200), ("officer_kp1", 403), ("officer_kp2", 403), ("nobody", 302)],
)
def test_who_opens_it(ward: Ward, sign_in: SignIn, name: str, status: int):
    sign_in(name).get(page_of(ward.task()), status=status)


def test_strangers_do_not_know_of_it(ward: Ward, sign_in: SignIn):
    sign_in("officer_kp2").get(f"/phan-viec/{ward.task().id + 99}/yeu-cau-minh-chung", status=403)
    sign_in("outsider").get(page_of(ward.task()), status=403)


def test_the_rules_are_set_changed_and_dropped(ward: Ward, sign_in: SignIn):
    task, clerk = ward.task(), sign_in("clerk")
    version = task.version
    clerk.send(page_of(task), TWO_PHOTOS | A_LIST)
    assert rules(ward) == [
        (task.id, 1, "photo", 2, "trước và sau"),
        (task.id, 2, "document", 1, "danh sách hộ"),
    ]
    assert task.version == version + 1
    page = clerk.get(page_of(task))
    assert "Hiện nay: 2 ảnh (trước và sau); 1 danh sách, văn bản (danh sách hộ)" in page.text
    clerk.send(page_of(task), {"rules-0-number": "", "rules-0-label": "", "rules-1-number": "3"})
    assert [one[2:4] for one in rules(ward)] == [("document", 3)]
    acts = ward.session.scalars(select(LogEntry.action).where(LogEntry.action == "task.proof_rules_set"))
    assert len(list(acts)) == 2


@pytest.mark.parametrize("number", ["0", "21", "nhiều", "1,5"])
def test_a_number_that_makes_no_sense_is_asked_back(ward: Ward, sign_in: SignIn, number: str):
    page = sign_in("clerk").send(page_of(ward.task()), TWO_PHOTOS | {"rules-0-number": number}, status=200)
    assert page.errors
    assert rules(ward) == []


def test_they_are_set_for_several_tasks_at_once(ward: Ward, sign_in: SignIn):
    task, other, changed, left = ward.task(), ward.task("KP2"), ward.task("KP2"), ward.task("KP2")
    clerk = sign_in("clerk")
    form = clerk.get(page_of(task)).form()
    sign_in("leader").send(page_of(changed), A_LIST)
    chosen = {"others": [str(other.id), str(changed.id)]}
    page = clerk.send_form(form, TWO_PHOTOS | chosen, follow=True)
    assert [one[0] for one in rules(ward) if one[2] == "photo"] == [task.id, other.id]
    assert "Đã đặt yêu cầu minh chứng cho 02 phần việc" in page.text
    assert f"Chưa đặt cho phần việc số {changed.number}" in page.text
    assert left.id not in [one[0] for one in rules(ward)]


def test_what_another_set_meanwhile_is_read_first(ward: Ward, sign_in: SignIn):
    task, clerk = ward.task(), sign_in("clerk")
    form = clerk.get(page_of(task)).form()
    sign_in("leader").send(page_of(task), A_LIST)
    page = clerk.send_form(form, TWO_PHOTOS, status=200)
    assert "vừa được người khác sửa" in page.errors[0]
    assert "Hiện nay: 1 danh sách, văn bản (danh sách hộ)" in page.text
    clerk.send_form(page.form())
    assert [one[2] for one in rules(ward)] == ["photo"]


def test_the_report_asks_for_what_is_missing_and_is_sent_all_the_same(ward: Ward, sign_in: SignIn):
    task = ward.task()
    sign_in("clerk").send(page_of(task), TWO_PHOTOS | A_LIST)
    officer = sign_in("officer_kp1")
    assert (
        "Cần có: 2 ảnh (trước và sau); 1 danh sách, văn bản (danh sách hộ)."
        in officer.get(url(ward, task)).text
    )
    officer.send(url(ward, task), {"evidence": [upload(png(), "a.png"), upload(PDF, "b.pdf")]}, button=KEEP)
    words = "Minh chứng còn thiếu 1 ảnh (trước và sau)"
    assert words in officer.get(url(ward, task)).text
    officer.send(url(ward, task), {field(task): "30", field(task, 1): "60"}, button=CHECK)
    page = officer.get(f"{url(ward, task)}/gui")
    assert words in page.text
    officer.send_form(page.form())

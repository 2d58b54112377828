"""After an amendment: both texts stay, the new one says what it changes, and the comparison names who allowed it."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from decimal import Decimal

import pytest

from pledges.commitments import operations
from pledges.commitments.ceremonies.roll import of_campaign
from pledges.commitments.comparison import against_now, to_renew
from pledges.commitments.content import sealed_content
from pledges.commitments.models import Commitment
from pledges.commitments.queries import units_to_prepare
from pledges.commitments.rules import CommitmentStatus, StepRefused
from pledges.commitments.signatures import Seen, record_on_paper
from pledges.tasks import operations as tasks
from pledges.tasks.models import Task
from pledges.tasks.rules import TaskStatus
from tests.support.amending import WHY, amend, row_of
from tests.support.critic import SignIn
from tests.support.queries import Count
from tests.support.ward import Ward


@pytest.fixture
def task(ward: Ward) -> Task:
    """A task that stands in a signed commitment, beside another."""
    made = ward.task()
    ward.task(title="Trồng cây dọc tuyến đường mới")
    return made


@pytest.fixture
def signed(ward: Ward, task: Task) -> Commitment:
    assert task.number == 1
    return ward.commitment("KP1", "signed")


def lower(ward: Ward, task: Task) -> None:
    """One target and one date."""
    indicators = (row_of(task, 1, target=Decimal(400)), row_of(task, 2))
    amend(ward, task, indicators=indicators, due_on=date(2025, 3, 31))


def sign(ward: Ward, commitment: Commitment) -> None:
    seen = Seen(on=ward.day, place="Hội trường UBND phường", certified_by="Vũ Thị Thư")
    record_on_paper(ward.session, commitment.signatories[0], seen, by=ward.actor("clerk"), at=ward.now)
    ward.session.commit()


def test_the_page_names_both_changes_and_who_allowed_them(
    ward: Ward, sign_in: SignIn, signed: Commitment, task: Task
):
    lower(ward, task)
    page = sign_in("officer_kp1").get(f"/cam-ket/{signed.id}/so-sanh")
    assert "01/02 phần việc có thay đổi" in page.text
    assert "Ngày hoàn thành » Lùi ngày 31/12/2024 31/3/2025" in page.text
    assert "Chỉ tiêu ↓ Hạ yêu cầu Đường ngõ được bê tông hóa: 450 m" in page.text
    leader = ward.actor("leader")
    assert f"Duyệt điều chỉnh: {leader.name}" in page.text
    assert f"ngày 15/10/2024. {WHY}" in page.text
    assert "Giữ nguyên" in page.text


def test_nothing_changed_is_said(sign_in: SignIn, signed: Commitment):
    assert "đúng như đã cam kết" in sign_in("officer_kp1").get(f"/cam-ket/{signed.id}/so-sanh").text


def test_a_draft_has_nothing_to_compare(ward: Ward, sign_in: SignIn):
    page = sign_in("officer_kp1").get(f"/cam-ket/{ward.commitment('KP1', 'draft').id}/so-sanh")
    assert "Bản cam kết chưa chốt" in page.text


def test_who_sees_the_comparison(sign_in: SignIn, signed: Commitment):
    url = f"/cam-ket/{signed.id}/so-sanh"
    for name in ("officer_kp1", "mate_kp1", "head_kp1", "leader", "clerk"):
        sign_in(name).get(url)
    sign_in("officer_kp2").get(url, status=404)
    assert sign_in("nobody").get(url, status=302).location.startswith("/dang-nhap")


def test_the_new_edition_says_what_it_changes_and_the_old_text_stays(
    ward: Ward, sign_in: SignIn, signed: Commitment, task: Task
):
    old = (signed.content, signed.digest)
    lower(ward, task)
    again = ward.commitment("KP1", "frozen")
    amends = sealed_content(again)["amends"]
    assert (amends["edition"], amends["digest"]) == (1, signed.digest)
    (one,) = amends["tasks"]
    assert [(each["kind"], each["before"], each["after"]) for each in one["changes"]] == [
        ("pushed_out", "31/12/2024", "31/3/2025"),
        ("lowered", "450 m", "400 m"),
    ]
    assert [(each["reason"], each["on"]) for each in one["allowed"]] == [(WHY, "15/10/2024")]
    page = sign_in("head_kp1").get(f"/cam-ket/{again.id}/ky")
    assert "Nội dung điều chỉnh so với lần 1" in page.text
    frozen = (again.content, again.digest)
    sign(ward, again)
    assert (task.status, signed.status, again.status) == (
        TaskStatus.COMMITTED,
        CommitmentStatus.SUPERSEDED,
        CommitmentStatus.SIGNED,
    )
    assert ((signed.content, signed.digest), (again.content, again.digest)) == (old, frozen)
    assert against_now(ward.session, again).changed == ()
    assert len(against_now(ward.session, signed).changed) == 1


def test_what_is_frozen_is_what_was_read(ward: Ward, sign_in: SignIn, signed: Commitment, task: Task):
    lower(ward, task)
    again = ward.commitment("KP1", "draft")
    clerk = sign_in("clerk")
    page = clerk.get(f"/cam-ket/{again.id}/chot")
    assert "450 m → thành 400 m" in page.text
    clerk.send_form(page.form())
    ward.settle()
    assert again.digest == page.form().fields["seen"][0]


def test_a_first_edition_amends_nothing(signed: Commitment):
    assert "amends" not in sealed_content(signed)


def test_a_text_that_was_amended_since_is_not_signed(
    ward: Ward, sign_in: SignIn, signed: Commitment, task: Task
):
    amend(ward, task, due_on=date(2025, 1, 31))
    again = ward.commitment("KP1", "frozen")
    lower(ward, task)
    with pytest.raises(StepRefused, match="đã được điều chỉnh sau khi chốt"):
        sign(ward, again)
    ward.session.rollback()
    assert "đã được điều chỉnh sau khi chốt" in sign_in("clerk").get(f"/cam-ket/{again.id}").text
    assert "Phải chốt lại" in sign_in("clerk").get("/").text
    (line,) = of_campaign(ward.session, ward.campaign).called
    assert "đã được điều chỉnh sau khi chốt" in line.blocked


def test_only_the_unit_that_a_change_touches_signs_again(ward: Ward, signed: Commitment, task: Task):
    other = ward.commitment("KP2", "signed")
    both = [signed, other]
    clerk = ward.actor("clerk")
    assert to_renew(ward.session, both) == {}
    lower(ward, task)
    found = to_renew(ward.session, both)
    assert {unit: one.words for unit, one in found.items()} == {signed.unit_id: "01 phần việc đã điều chỉnh"}
    units = ward.session.scalars(units_to_prepare(clerk, ward.campaign.id))
    assert [unit.code for unit in units] == ["KP1"]


def test_a_dropped_task_is_signed_away(ward: Ward, sign_in: SignIn, signed: Commitment, task: Task):
    leader, clerk = ward.actor("leader"), ward.actor("clerk")
    tasks.cancel(ward.session, task, "Thành phố làm.", by=leader, at=ward.now)
    ward.session.commit()
    assert to_renew(ward.session, [signed])[signed.unit_id].words == "01 phần việc đã bỏ"
    assert [one.code for one in ward.session.scalars(units_to_prepare(clerk, ward.campaign.id))] == ["KP1"]
    assert "01 phần việc đã bỏ so với bản cam kết đã ký" in sign_in("clerk").get("/").text
    page = sign_in("clerk").get(f"/cam-ket/{signed.id}")
    assert "01 phần việc đã bỏ. Bản này còn hiệu lực" in page.text
    assert "Soạn bản mới" in {link.text for link in page.links}
    assert "Soạn bản mới" not in {link.text for link in sign_in("leader").get(f"/cam-ket/{signed.id}").links}
    page = sign_in("clerk").get(f"/cam-ket/{signed.id}/so-sanh")
    assert "− Bỏ" in page.text
    assert "Thành phố làm." in page.text
    again = ward.commitment("KP1", "frozen")
    (one,) = sealed_content(again)["amends"]["tasks"]
    assert (one["changes"][0]["kind"], one["allowed"][0]["reason"]) == ("dropped", "Thành phố làm.")
    sign(ward, again)
    assert to_renew(ward.session, [again]) == {}
    assert list(ward.session.scalars(units_to_prepare(clerk, ward.campaign.id))) == []


def test_a_unit_without_a_task_left_signs_nothing(ward: Ward):
    commitment = ward.commitment("KP2", "signed")
    (task,) = [one for one in ward.session.query(Task) if one.lead_unit.code == "KP2"]
    tasks.cancel(ward.session, task, "Thành phố làm.", by=ward.actor("leader"), at=ward.now)
    ward.session.commit()
    assert to_renew(ward.session, [commitment]) == {}
    assert list(ward.session.scalars(units_to_prepare(ward.actor("clerk"), ward.campaign.id))) == []


def test_an_added_task_is_named_with_who_took_it_into_the_list(
    ward: Ward, sign_in: SignIn, signed: Commitment
):
    ward.task(title="Việc mới")
    page = sign_in("leader").get(f"/cam-ket/{signed.id}/so-sanh")
    assert "+ Thêm" in page.text
    assert f"Duyệt vào danh mục: {ward.actor('leader').name}" in page.text
    assert to_renew(ward.session, [signed])[signed.unit_id].words == "01 phần việc mới duyệt"


def test_the_comparison_asks_no_more_for_more(
    ward: Ward,
    sign_in: SignIn,
    signed: Commitment,
    task: Task,
    count_queries: Callable[[], AbstractContextManager[Count]],
):
    clerk, url = sign_in("clerk"), f"/cam-ket/{signed.id}/so-sanh"
    lower(ward, task)
    clerk.get(url)
    with count_queries() as few:
        clerk.get(url)
    for number in range(4):
        amend(ward, ward.task(title=f"Việc {number}"), due_on=date(2025, 1, 31))
    with count_queries() as many:
        clerk.get(url)
    assert len(many) == len(few)


def test_the_third_edition_amends_the_second(ward: Ward, signed: Commitment, task: Task):
    lower(ward, task)
    sign(ward, ward.commitment("KP1", "frozen"))
    amend(ward, task, due_on=date(2025, 4, 30), reason="Mưa kéo dài.")
    third = ward.commitment("KP1", "draft")
    operations.freeze(ward.session, third, by=ward.actor("clerk"), at=ward.now)
    amends = sealed_content(third)["amends"]
    assert amends["edition"] == 2
    assert [each["reason"] for each in amends["tasks"][0]["allowed"]] == ["Mưa kéo dài."]

"""Editing a draft or a returned task."""

from datetime import date
from decimal import Decimal

import pytest

from pledges.tasks.models import Task
from pledges.tasks.operations import IndicatorEntry
from pledges.tasks.rules import TaskStatus
from tests.support.critic import SignIn
from tests.support.queries import CountQueries
from tests.support.ward import Ward


def url(task: Task):
    return f"/phan-viec/{task.id}/sua"


def test_the_form_holds_the_task_as_it_is(ward: Ward, sign_in: SignIn):
    movement = ward.campaign.movements[0]
    task = ward.task(status="draft", cooperating=["KP2"], movement=movement)
    fields = sign_in("officer_kp1").get(url(task)).form().fields
    assert fields["title"] == [task.title]
    assert fields["start_on"] == ["15/4/2024"]
    assert fields["cooperating"] == [str(ward.unit("KP2").id)]
    assert fields["movement"] == [str(movement.id)]
    assert fields["indicators-1-label"] == ["Hộ tham gia phân loại rác"]
    assert fields["indicators-1-counting"] == ["level"]


def test_a_change_is_kept_and_logged(ward: Ward, sign_in: SignIn):
    task = ward.task(status="draft")
    officer = sign_in("mate_kp1")
    officer.send(url(task), {"title": "Tên mới", "indicators-0-target": "500"}, button="Lưu nháp")
    ward.settle()
    assert (task.title, task.indicators[0].target) == ("Tên mới", 500)
    assert task.status is TaskStatus.DRAFT


def test_nothing_changed_changes_nothing(ward: Ward, sign_in: SignIn):
    task = ward.task(status="draft", cooperating=["KP2"])
    before = task.version
    sign_in("officer_kp1").send(url(task), button="Lưu nháp")
    ward.settle()
    assert task.version == before


def test_an_indicator_can_be_dropped(ward: Ward, sign_in: SignIn):
    task = ward.task(status="draft")
    officer = sign_in("officer_kp1")
    form = officer.send(url(task), {"rows": "indicators-drop-0"}, status=200).form()
    ward.settle()
    assert len(task.indicators) == 2
    officer.send_form(form, button="Xem lại trước khi gửi")
    ward.settle()
    assert [row.label for row in task.indicators] == ["Hộ tham gia phân loại rác"]


def test_the_reason_of_a_return_stands_at_the_top(ward: Ward, sign_in: SignIn):
    task = ward.task(status="returned")
    officer = sign_in("officer_kp1")
    page = officer.get(url(task))
    assert "“Chưa rõ sản phẩm.” Chủ tịch UBND phường" in page.text
    check = officer.send(
        url(task), {"product": "Mặt ngõ bê tông"}, button="Xem lại trước khi gửi", follow=True
    )
    officer.send_form(check.form(), button="Gửi duyệt")
    ward.settle()
    assert task.status is TaskStatus.SUBMITTED
    assert task.product == "Mặt ngõ bê tông"


@pytest.mark.parametrize("status", ["submitted", "approved", "committed", "cancelled"])
def test_what_is_with_the_leaders_can_not_be_edited(ward: Ward, sign_in: SignIn, status: str):
    page = sign_in("officer_kp1").get(url(ward.task(status=status)), status=409)
    assert page.h1 == "Phần việc này không sửa được nữa"
    assert page.forms == []


def test_two_people_at_once_choose_field_by_field(ward: Ward, sign_in: SignIn):
    task = ward.task(status="draft")
    mine, mate = sign_in("officer_kp1"), sign_in("mate_kp1")
    form = mine.get(url(task)).form()
    mate.send(url(task), {"title": "Tên của đồng nghiệp", "indicators-0-target": "600"})
    page = mine.send_form(form, {"product": "Sản phẩm của tôi", "title": "Tên của tôi"}, status=409)
    assert "Tên của đồng nghiệp" in page.text
    assert "Tên của tôi" in page.text
    asked = {name for name in page.form().names if name.startswith("choose-")}
    assert asked == {"choose-indicators", "choose-title"}, "what only I changed stays mine"
    choices = {"choose-title": "mine", "choose-indicators": "theirs"}
    mine.send_form(page.form(), choices)
    ward.settle()
    assert (task.title, task.product, task.indicators[0].target) == ("Tên của tôi", "Sản phẩm của tôi", 600)


def test_a_title_of_blanks_is_no_title(ward: Ward, sign_in: SignIn):
    page = sign_in("officer_kp1").send(url(ward.task(status="draft")), {"title": " \u00a0 "}, status=200)
    assert page.errors == ["Nhập tên phần việc."]


def test_a_task_keeps_a_unit_that_is_no_more(ward: Ward, sign_in: SignIn):
    task = ward.task(status="draft", cooperating=["KP2"])
    ward.unit("KP2").valid_to = ward.day.replace(day=1)
    ward.session.commit()
    page = sign_in("officer_kp1").send(url(task), status=200)
    assert page.errors == ["Khu phố 2 không còn hoạt động vào ngày hoàn thành phần việc."]


def test_others_may_not_edit_it(ward: Ward, sign_in: SignIn):
    task = ward.task(status="draft", cooperating=["KP2"])
    for name in ("leader", "head_kp1", "officer_kp2", "ended"):
        sign_in(name).get(url(task), status=403)
    sign_in("outsider").get(url(task), status=404)
    sign_in("officer_kp2").get(url(ward.task(status="draft")), status=404)
    assert sign_in("nobody").get(url(task), status=302).location.startswith("/dang-nhap")


def test_queries_do_not_grow_with_the_indicators(ward: Ward, sign_in: SignIn, count_queries: CountQueries):
    few, many = ward.task(status="draft"), ward.task(status="draft")
    many.indicators.extend(
        type(many.indicators[0])(position=number, label="x", target=1, measure="m") for number in range(3, 15)
    )
    ward.session.commit()
    officer = sign_in("officer_kp1")
    officer.get(url(few))  # whatever is asked once and kept
    with count_queries() as first:
        officer.get(url(few))
    with count_queries() as second:
        officer.get(url(many))
    assert len(second) == len(first)


def test_what_can_be_measured_only_after_the_due_day_is_refused(ward: Ward, sign_in: SignIn):
    task, officer = ward.task(status="draft"), sign_in("officer_kp1")
    wanted = {"due_on": "20/12/2024", "indicators-0-measured_from": "21/12/2024"}
    page = officer.send(url(task), wanted, button="Xem lại trước khi gửi", status=200)
    assert page.errors == ["Chỉ tiêu 1: Đo được từ ngày: Sau thời hạn hoàn thành phần việc (20/12/2024)."]
    officer.send_form(page.form(), {"indicators-0-measured_from": "20/12/2024"}, button="Lưu nháp")
    ward.settle()
    assert task.indicators[0].measured_from == task.due_on


def test_what_the_ward_measured_before_is_suggested_but_no_draft(ward: Ward, sign_in: SignIn):
    ward.task("KP2", "approved")
    ward.task("KP2", "draft", indicators=(IndicatorEntry("Việc riêng của Khu 2", Decimal(1), "việc"),))
    page = sign_in("officer_kp1").get(url(ward.task(status="draft")))
    offered = [one.get("value") for one in page.all("option", within=page.by_id("labels"))]
    assert offered == ["Hộ tham gia phân loại rác", "Đường ngõ được bê tông hóa"]


def test_a_title_close_to_another_is_pointed_out_on_the_form_shown_again(ward: Ward, sign_in: SignIn):
    ward.task("KP1", title="Trồng cây xanh đường chính khu 1")
    task, officer = ward.task(status="draft", title="Việc khác"), sign_in("officer_kp1")
    assert "tên gần giống" not in officer.get(url(task)).text
    page = officer.send(url(task), {"title": "Trồng cây xanh đường chính khu 2", "due_on": "x"}, status=200)
    assert "Có phần việc tên gần giống" in page.text
    assert "Trồng cây xanh đường chính khu 1 (Khu 1)" in page.text


def test_milestones_are_written_in_lines(ward: Ward, sign_in: SignIn):
    marks = ((date(2024, 6, 1), Decimal(100)), (date(2024, 9, 1), Decimal("250.5")))
    row = IndicatorEntry("Mét đường", Decimal(450), "m", milestones=marks)
    task, officer = ward.task(status="draft", indicators=(row,)), sign_in("officer_kp1")
    form = officer.get(url(task)).form()
    assert form.fields["indicators-0-milestones"] == ["1/6/2024: 100\n1/9/2024: 250,5"]
    officer.send_form(
        form, {"indicators-0-milestones": "1/6/2024: 150\r\n\r\n1/9/2024: 250,5\r\n"}, button="Lưu nháp"
    )
    ward.settle()
    assert [mark.value for mark in task.indicators[0].milestones] == [150, Decimal("250.5")]

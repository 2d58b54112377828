"""What was typed and can't be sent any more: the page that says so shows it, to be read and copied."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import select

from pledges.campaigns import operations as campaigns
from pledges.campaigns.rules import CampaignStatus
from pledges.core import clock
from pledges.core.forms.unsent import UnsentForm
from pledges.tasks import operations
from pledges.tasks.models import Task
from pledges.tasks.rows.writing import entry_of
from tests.support.critic import SignIn
from tests.support.ward import Ward

REGISTER = "/phan-viec/dang-ky"
AT = clock.at(date(2024, 10, 15), 9)
TYPED = {"title": "Tên đang sửa", "indicators-0-target": "1.234,5"}


def url(task: Task) -> str:
    return f"/phan-viec/{task.id}/sua"


def kept(ward: Ward) -> list[str]:
    ward.settle()
    return list(ward.session.scalars(select(UnsentForm.title).order_by(UnsentForm.id)))


def sent_by_a_colleague(ward: Ward, task: Task, at: datetime = AT) -> None:
    operations.submit(ward.session, task, by=ward.actor("mate_kp1"), at=at)
    ward.session.commit()


def conclude(ward: Ward) -> None:
    by = ward.actor("leader")
    campaigns.move(ward.session, ward.campaign, CampaignStatus.CONCLUDED, on=ward.day, by=by, at=AT)
    ward.session.commit()


@pytest.mark.parametrize("button", ["Lưu nháp", "Thêm chỉ tiêu"])
def test_a_task_that_a_colleague_sent_meanwhile_costs_no_word(ward: Ward, sign_in: SignIn, button: str):
    task, officer = ward.task(status="draft"), sign_in("officer_kp1")
    form = officer.get(url(task)).form()
    sent_by_a_colleague(ward, task)
    page = officer.send_form(form, TYPED, button=button, status=409)
    assert page.h1 == "Phần việc này không sửa được nữa"
    for shown in (page, officer.get(url(task), status=409)):
        assert "Nội dung đồng chí nhập lúc 09:30, chưa gửi" in shown.text
        assert "Tên phần việc Tên đang sửa" in shown.text
        assert "Phải đạt: 1.234,5" in shown.text
        assert task.product not in shown.text, "only what is not in the record"
        assert shown.forms == []
    assert "Tên đang sửa" not in sign_in("mate_kp1").get(url(task), status=409).text
    officer.send_form(officer.get(page.link("Bỏ nội dung này")).form())
    assert kept(ward) == []
    assert "Tên đang sửa" not in officer.get(url(task), status=409).text


def test_two_texts_are_both_reached(ward: Ward, sign_in: SignIn):
    task, officer = ward.task(status="draft"), sign_in("officer_kp1")
    forms = [officer.get(url(task)).form() for _window in range(2)]
    for number, form in enumerate(forms):
        officer.send_form(form, {"title": f"Tên {number}", "due_on": "x"}, status=200)
    sent_by_a_colleague(ward, task)
    page = officer.get(url(task), status=409)
    assert "Tên phần việc Tên 1" in page.text
    assert "Tên phần việc Tên 0" in officer.get(page.link("Xem: Tên 0"), status=409).text


def test_what_was_carried_out_is_not_called_unsent(ward: Ward, sign_in: SignIn):
    task, officer = ward.task(status="draft"), sign_in("officer_kp1")
    form = officer.get(url(task)).form()
    officer.send_form(form, TYPED, button="Xem lại trước khi gửi")
    sent_by_a_colleague(ward, task)
    assert officer.send_form(form, TYPED, button="Xem lại trước khi gửi").location.endswith("/gui-duyet")
    assert kept(ward) == []


def entries(**changes: Any) -> dict[str, Any]:
    return {"title": "Trồng cây xanh", "product": "Hàng cây", **changes}


def test_a_new_task_of_a_campaign_that_was_concluded_costs_no_word(ward: Ward, sign_in: SignIn):
    officer = sign_in("officer_kp1")
    form = officer.get(REGISTER).form()
    conclude(ward)
    page = officer.send_form(form, entries(), button="Lưu nháp", status=200)
    assert "Phong trào đã tổng kết nên không nhận đăng ký nữa." in page.text
    assert "Sản phẩm Hàng cây" in page.text
    later = officer.get(REGISTER)
    assert "“Trồng cây xanh”" in later.text
    assert "Sản phẩm Hàng cây" in officer.get(later.link("Xem: Trồng cây xanh")).text
    assert kept(ward) == ["Trồng cây xanh"]


def test_a_draft_that_a_colleague_gave_up_costs_no_word(ward: Ward, sign_in: SignIn):
    task, officer = ward.task(status="draft"), sign_in("officer_kp1")
    mate = sign_in("mate_kp1")
    for who, title in ((officer, "Của Lan"), (mate, "Của Bình")):
        who.send(url(task), {"title": title, "due_on": "x"}, status=200)
    mate.send(f"/phan-viec/{task.id}/bo")
    assert kept(ward) == ["Của Lan"], "who gives it up is told that the own words go too"
    page = officer.get(REGISTER)
    assert "“Của Lan”" in page.text
    page = officer.get(page.link("Điền tiếp: Của Lan"))
    officer.send_form(page.form(), {"due_on": "30/11/2024"}, button="Lưu nháp")
    assert [one.title for one in ward.session.scalars(select(Task))] == ["Của Lan"]
    assert kept(ward) == []


def test_a_task_that_became_another_unit_s_meanwhile_costs_no_word(ward: Ward, sign_in: SignIn):
    task, officer = ward.task(status="draft"), sign_in("officer_kp1")
    form = officer.get(url(task)).form()
    paper = {"on_behalf_of": "Khu trưởng", "from_paper": "Phiếu đăng ký"}
    moved = replace(entry_of(task), lead_unit=ward.unit("KP2"), **paper)
    operations.edit(ward.session, task, moved, by=ward.actor("clerk"), at=AT)
    ward.session.commit()
    page = officer.send_form(form, {"product": "Gõ khi đã chuyển"}, status=404)
    for shown in (page, officer.get(url(task), status=404)):
        kept_page = officer.get(shown.link("xem lại để chép, hoặc bỏ"))
        assert "Đã nhập Bê tông hóa đường ngõ và phân loại rác tại nguồn Gõ khi đã chuyển" in kept_page.text
    assert "vẫn được giữ" not in sign_in("mate_kp1").get(url(task), status=404).text
    officer.send_form(kept_page.form(), status=302)
    assert kept(ward) == []


def test_a_resend_of_what_was_carried_out_is_not_kept(ward: Ward, sign_in: SignIn):
    task, officer = ward.task(status="draft"), sign_in("officer_kp1")
    form = officer.get(url(task)).form()
    officer.send_form(form, TYPED, button="Lưu nháp")
    sign_in("mate_kp1").send(f"/phan-viec/{task.id}/bo")
    assert "vẫn được giữ" not in officer.send_form(form, TYPED, button="Lưu nháp", status=404).text
    assert kept(ward) == []

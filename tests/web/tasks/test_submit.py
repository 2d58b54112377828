"""The check page before sending, and the receipt after it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from pledges.tasks import operations
from pledges.tasks.models import Task
from pledges.tasks.rules import TaskEventKind, TaskStatus
from tests.support.critic import SignIn
from tests.support.ward import INDICATORS, Ward


def url(task: Task):
    return f"/phan-viec/{task.id}/gui-duyet"


def test_everything_is_shown_as_it_will_be_sent(ward: Ward, sign_in: SignIn):
    movement = ward.campaign.movements[0]
    task = ward.task(status="draft", cooperating=["KP2"], movement=movement, state_funding=40)
    page = sign_in("officer_kp1").get(url(task))
    for words in (
        "Bê tông hóa đường ngõ và phân loại rác tại nguồn",
        "Đường ngõ sạch, có biển tên",
        "Khu phố 1",
        "Khu phố 2",
        "Từ 15/4/2024 đến 31/12/2024",
        "40 triệu đồng",
        movement.name,
    ):
        assert words in page.text
    rows = page.table()
    assert rows[1] == ["Đường ngõ được bê tông hóaMỗi kỳ ghi số thêm trong kỳ", "0", "450", "m", "1"]
    assert rows[2] == ["Hộ tham gia phân loại rácMỗi kỳ ghi mức đạt đến cuối kỳ", "20", "80", "% hộ", "1"]
    assert page.link("Sửa Sản phẩm").endswith("/sua#product")


def test_weights_that_differ_are_told_as_shares(ward: Ward, sign_in: SignIn):
    weighted = [
        replace(row, weight=Decimal(weight)) for row, weight in zip(INDICATORS, (60, 30), strict=True)
    ]
    officer, task = sign_in("officer_kp1"), ward.task(status="draft", indicators=tuple(weighted))
    words = "Trọng số 60 và 30: chỉ tiêu 1 chiếm 67% và chỉ tiêu 2 chiếm 33% kết quả của phần việc."
    for page in (url(task), f"/phan-viec/{task.id}/sua", f"/phan-viec/{task.id}"):
        assert words in officer.get(page).text
    assert "Trọng số 1 và" not in officer.get(url(ward.task(status="draft"))).text


@pytest.mark.parametrize("name", ["officer_kp1", "mate_kp1", "clerk"])
def test_sending_leads_to_a_receipt(ward: Ward, sign_in: SignIn, name: str):
    task = ward.task(status="draft", by="clerk" if name == "clerk" else None)  # from a paper, which is noted
    page = sign_in(name).send(url(task), button="Gửi duyệt", follow=True)
    assert page.h1 == "Đã gửi duyệt phần việc"
    assert "Gửi lúc 09:30 ngày 15/10/2024" in page.text
    assert "Nếu bị trả lại, lý do hiện ngay ở Việc của tôi" in page.text
    ward.settle()
    assert task.status is TaskStatus.SUBMITTED
    assert task.events[-1].by_name == ward.account(name).name


def test_a_draft_that_lacks_something_can_not_be_sent(ward: Ward, sign_in: SignIn):
    task = ward.task(status="draft", product="", indicators=(), due_on=date(2025, 8, 1))
    officer = sign_in("officer_kp1")
    page = officer.get(url(task))
    assert "Chưa có sản phẩm" in page.text
    assert "Cần ít nhất một chỉ tiêu" in page.text
    assert "Ngày hoàn thành: Sau ngày kết thúc phong trào (30/6/2025)." in page.text
    assert "Gửi duyệt" not in [text for text, _, _ in page.form().buttons]
    refused = officer.send(url(task), status=200)
    assert "Chưa có sản phẩm" in refused.errors[0]
    ward.settle()
    assert task.status is TaskStatus.DRAFT


def test_what_another_changed_meanwhile_is_read_before_it_is_sent(ward: Ward, sign_in: SignIn):
    task = ward.task(status="draft")
    mine, mate = sign_in("officer_kp1"), sign_in("mate_kp1")
    form = mine.get(url(task)).form()
    mate.send(f"/phan-viec/{task.id}/sua", {"title": "Tên do đồng nghiệp sửa"})
    page = mine.send_form(form, status=200)
    assert page.errors == [
        "Nội dung vừa được người khác sửa. Đồng chí xem lại nội dung mới trên trang này rồi bấm lại."
    ]
    assert "Tên do đồng nghiệp sửa" in page.text
    mine.send_form(page.form())
    ward.settle()
    assert task.status is TaskStatus.SUBMITTED


def test_titles_close_to_it_are_pointed_out_without_telling_strangers_affairs(ward: Ward, sign_in: SignIn):
    ward.task("KP1", title="Trồng cây xanh đường chính khu 1")
    ward.task("KP2", title="Trồng cây xanh đường chính khu 2")
    ward.task("KP2", title="Lắp đèn năng lượng mặt trời")
    task = ward.task(status="draft", title="Trồng cây xanh đường chính khu I")
    page = sign_in("officer_kp1").get(url(task))
    assert "Có phần việc tên gần giống" in page.text
    assert "Trồng cây xanh đường chính khu 1 (Khu 1)" in page.text
    assert "Một phần việc của đơn vị khác" in page.text
    assert "khu 2" not in page.text
    assert "Lắp đèn" not in page.text
    assert "Gửi duyệt" in [text for text, _, _ in page.form().buttons], "it isn't forbidden"


def test_what_was_sent_can_not_be_sent_again(ward: Ward, sign_in: SignIn):
    task = ward.task(status="submitted")
    page = sign_in("officer_kp1").get(url(task))
    assert "Phần việc đang ở bước “chờ duyệt”" in page.text
    assert page.forms == []


def test_others_may_not_send_it(ward: Ward, sign_in: SignIn):
    task = ward.task(status="draft", cooperating=["KP2"])
    sign_in("leader").get(url(task), status=403)
    sign_in("head_kp1").get(url(task), status=403)
    sign_in("officer_kp2").get(url(task), status=403)
    sign_in("outsider").get(url(task), status=404)
    sign_in("ended").get(url(task), status=403)
    assert sign_in("nobody").get(url(task), status=302).location.startswith("/dang-nhap")
    assert len(task.events) == 1


def test_a_unit_that_does_not_help_knows_nothing_of_it(ward: Ward, sign_in: SignIn):
    sign_in("officer_kp2").get(url(ward.task(status="draft")), status=404)


def test_the_receipt_tells_the_newest_round(ward: Ward, sign_in: SignIn):
    task = ward.task(status="returned")
    operations.submit(ward.session, task, by=ward.actor("mate_kp1"), at=ward.now)
    ward.session.commit()
    page = sign_in("officer_kp1").get(f"/phan-viec/{task.id}/bien-nhan")
    assert "lần thứ 2. Người gửi: Lê Văn Bình" in page.text


def test_there_is_no_receipt_for_what_was_not_sent(ward: Ward, sign_in: SignIn):
    task = ward.task(status="draft")
    answer = sign_in("officer_kp1").get(f"/phan-viec/{task.id}/bien-nhan", status=302)
    assert answer.location == url(task)


def test_the_receipt_is_the_units(ward: Ward, sign_in: SignIn):
    receipt = f"/phan-viec/{ward.task(status='submitted').id}/bien-nhan"
    sign_in("mate_kp1").get(receipt)
    sign_in("leader").get(receipt, status=403)
    sign_in("officer_kp2").get(receipt, status=404)
    assert sign_in("nobody").get(receipt, status=302).location.startswith("/dang-nhap")


def test_every_event_has_words_and_colour():
    for kind in TaskEventKind:
        assert kind.label
        assert kind.tone in {"draft", "sent", "back", "good", "off"}

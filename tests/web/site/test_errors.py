"""Every page that says no: what happened, what it means, what to do; nothing of the machine shows."""

import logging
import re
from collections.abc import Callable
from io import BytesIO
from typing import NoReturn

import pytest

from tests.support.critic import Critic
from tests.support.ward import Ward

SignIn = Callable[[str], Critic]


@pytest.mark.parametrize("who", ["officer_kp1", "nobody"])
def test_a_page_that_does_not_exist(ward: Ward, sign_in: SignIn, who: str):
    page = sign_in(who).get("/khong-co-trang-nay", status=404)
    assert page.h1 == "Không tìm thấy trang"
    assert "Mã 404" in page.text
    assert page.link("Về trang đầu") == "/"


def test_what_a_role_may_not_do_is_said_with_the_permission(ward: Ward, sign_in: SignIn):
    page = sign_in("admin").get("/theo-doi", status=403)
    assert page.h1 == "Chưa có quyền thực hiện"
    assert "Chức vụ hiện nay của đồng chí chưa có quyền: xem bảng theo dõi." in page.text


def test_a_page_that_takes_no_form(ward: Ward, sign_in: SignIn):
    page = sign_in("officer_kp1").post("/theo-doi", status=405)
    assert page.h1 == "Trang này không nhận cách gửi đó"


def test_more_than_may_be_sent(ward: Ward, sign_in: SignIn):
    ward.app.config["MAX_CONTENT_LENGTH"] = 1000
    page = sign_in("officer_kp1").post("/tai-khoan/doi-mat-khau", {"password": "a" * 2000}, status=413)
    assert page.h1 == "Nội dung gửi lên quá lớn"
    assert "Chưa có gì được ghi." in page.text
    assert page.link("Mở lại trang") == "/tai-khoan/doi-mat-khau"


def test_files_that_are_too_large_take_no_words_with_them(ward: Ward, sign_in: SignIn):
    ward.app.config["MAX_CONTENT_LENGTH"] = 100_000
    task, officer = ward.task("KP1", "committed"), sign_in("officer_kp1")
    path = f"/phan-viec/{task.id}/bao-cao/{ward.period('2024-09').id}"
    wanted = {"narrative": "Đã đổ bê tông 40 m.", "evidence": (BytesIO(b"x" * 200_000), "ảnh ngõ.jpg")}
    page = officer.send(path, wanted, status=413)
    assert "Chưa có gì được ghi." in page.text
    again = officer.get(page.link("Mở lại trang với nội dung đã nhập"))
    assert again.form().fields["narrative"] == ["Đã đổ bê tông 40 m."]


def test_what_is_far_too_large_is_not_read(ward: Ward, sign_in: SignIn):
    ward.app.config["MAX_CONTENT_LENGTH"] = 10_000
    task, officer = ward.task("KP1", "committed"), sign_in("officer_kp1")
    path = f"/phan-viec/{task.id}/bao-cao/{ward.period('2024-09').id}"
    wanted = {"narrative": "Đã đổ bê tông 40 m.", "evidence": (BytesIO(b"x" * 50_000), "ảnh ngõ.jpg")}
    page = officer.send(path, wanted, status=413)
    assert page.link("Mở lại trang") == path
    assert officer.get(path).form().fields["narrative"] == [""]


@pytest.mark.parametrize("who", ["officer_kp1", "nobody"])
def test_a_fault_of_ours_has_a_reference_that_stands_in_the_log(
    ward: Ward, sign_in: SignIn, who: str, caplog: pytest.LogCaptureFixture
):
    def fault() -> NoReturn:
        message = "the secret of the machine"
        raise RuntimeError(message)

    ward.app.config["PROPAGATE_EXCEPTIONS"] = False
    ward.app.view_functions["site.health"] = fault
    with caplog.at_level(logging.ERROR):
        page = sign_in(who).get("/suc-khoe", status=500)
    assert page.h1 == "Máy chủ gặp lỗi"
    assert "Không có gì bị ghi dở" in page.text
    assert "the secret of the machine" not in page.html
    reference = re.search(r"kèm mã ([0-9a-f]{8})", page.text)
    assert reference is not None
    assert reference[1] in caplog.text
    assert "the secret of the machine" in caplog.text

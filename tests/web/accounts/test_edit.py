"""Changing name, work phone and e-mail."""

from sqlalchemy import select

from pledges.audit.models import LogEntry
from tests.support.critic import SignIn
from tests.support.ward import Ward
from tests.web.accounts.people import administrator


def page_of(ward: Ward) -> str:
    return f"/quan-tri/tai-khoan/{ward.account('officer_kp1').id}/sua"


def test_it_is_kept_and_the_log_holds_no_phone(ward: Ward, sign_in: SignIn):
    typed = {"name": "Nguyễn Thị Lan Anh", "phone": "0203.3825.222", "email": "lananh@halong.gov.vn"}
    page = sign_in("admin").send(page_of(ward), typed, follow=True)
    assert page.h1 == "Nguyễn Thị Lan Anh"
    assert page.said == "Đã lưu thông tin tài khoản."
    account = ward.account("officer_kp1")
    assert (account.phone, account.email) == ("0203.3825.222", "lananh@halong.gov.vn")
    entry = ward.session.scalars(select(LogEntry).order_by(LogEntry.number.desc())).first()
    assert entry.action == "account.edited"
    assert "0203" not in entry.after
    assert "halong" not in entry.after


def test_two_at_once_choose_field_by_field(ward: Ward, sign_in: SignIn):
    administrator(ward, "HK", "admin2")
    mine, theirs = sign_in("admin"), sign_in("admin2")
    page = mine.get(page_of(ward))
    theirs.send(page_of(ward), {"phone": "111"})
    conflict = mine.send_form(page.form(), {"phone": "222"}, status=409)
    assert conflict.h1 == "Nội dung vừa được người khác sửa"
    assert "Lấy của người kia: 111" in conflict.text
    mine.send_form(conflict.form(), {"choose-phone": "mine"})
    assert ward.account("officer_kp1").phone == "222"


def test_nothing_changed_writes_nothing(ward: Ward, sign_in: SignIn):
    before = ward.session.scalars(select(LogEntry.number).order_by(LogEntry.number.desc())).first()
    sign_in("admin").send(page_of(ward))
    assert ward.session.scalars(select(LogEntry.number).order_by(LogEntry.number.desc())).first() == before

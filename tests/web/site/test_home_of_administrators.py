"""What waits for administrators: locked accounts, and a log that was tampered with."""

from collections.abc import Callable

import sqlalchemy as sa

from pledges.accounts.models import Account
from pledges.audit.models import LogEntry
from tests.support import apps
from tests.support.critic import Critic
from tests.support.ward import Ward
from tests.web.site.waiting import NOTHING, said

SignIn = Callable[[str], Critic]


def test_the_administrator_sees_locked_accounts_and_the_state_of_the_log(ward: Ward, sign_in: SignIn):
    page = sign_in("admin").get("/")
    assert NOTHING in page.text
    assert "mục mới nhất khớp mã niêm phong" in page.text
    ward.session.execute(
        sa.update(Account).where(Account.username == "officer_kp1").values(locked_at=ward.now)
    )
    ward.session.commit()
    page = sign_in("admin").get("/")
    assert "Đang bị khóa 1 tài khoản đang bị khóa Nguyễn Thị Lan từ 09:30 ngày 15/10/2024" in said(page)[0]
    sign_in("admin").get(page.link("Nguyễn Thị Lan"))
    for who in ("officer_kp2", "leader", "clerk"):
        assert "niêm phong" not in sign_in(who).get("/").text


def test_a_log_that_was_tampered_with_is_said_at_once(ward: Ward, sign_in: SignIn):
    ward.settle()
    with apps.engine_of(ward.app).begin() as connection:
        for trigger in ("log_entry_no_update",):
            connection.execute(sa.text(f"DROP TRIGGER {trigger}"))
        newest = connection.scalar(sa.select(sa.func.max(LogEntry.number)))
        connection.execute(
            sa.update(LogEntry).where(LogEntry.number == newest - 3).values(actor_name="Người khác")
        )
    page = sign_in("admin").get("/")
    assert "Nhật ký có dấu hiệu bị sửa" in page.text
    assert "không khớp mã niêm phong" in page.text

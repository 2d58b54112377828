"""Thư nhắc việc on one's own account: wanted or not, and what the page says where none is sent."""

from email.headerregistry import Address

import pytest

from pledges.setting_values import MailServer
from tests.support.critic import SignIn
from tests.support.ward import Ward

URL = "/tai-khoan/thu-nhac-viec"


def test_where_no_server_is_set_the_page_says_so(sign_in: SignIn):
    assert "Chưa gửi: phường chưa cấu hình máy chủ thư" in sign_in("officer_kp1").get("/tai-khoan").text
    assert "Phường chưa cấu hình máy chủ thư" in sign_in("officer_kp1").get(URL).text


@pytest.fixture
def sending(ward: Ward):
    kept = ward.app.config["SMTP_URL"], ward.app.config["SMTP_FROM"]
    sender = Address("", "thidua", "hakhanh.gov.vn")
    ward.app.config.update(SMTP_URL=MailServer("127.0.0.1", 25, encrypted=False), SMTP_FROM=sender)
    yield
    ward.app.config["SMTP_URL"], ward.app.config["SMTP_FROM"] = kept


def test_who_has_no_address_is_told(ward: Ward, sign_in: SignIn, sending: None):
    assert "Chưa gửi: tài khoản chưa có thư điện tử" in sign_in("officer_kp1").get("/tai-khoan").text
    ward.account("officer_kp1").email = "lan@khupho1.vn"
    ward.session.commit()
    assert "Có nhận, khi có việc chờ" in sign_in("officer_kp1").get("/tai-khoan").text
    assert "lan@khupho1.vn" in sign_in("officer_kp1").get(URL).text


def test_a_tick_takes_it_or_leaves_it(ward: Ward, sign_in: SignIn, sending: None):
    ward.account("officer_kp1").email = "lan@khupho1.vn"
    ward.session.commit()
    officer = sign_in("officer_kp1")
    page = officer.send(URL, {"wants_digest": None}, follow=True)
    assert "thôi nhận thư nhắc việc" in page.text
    assert "Không nhận" in page.text
    assert not ward.account("officer_kp1").wants_digest
    assert ward.account("mate_kp1").wants_digest
    page = officer.send(URL, {"wants_digest": "y"}, follow=True)
    assert "nhận thư nhắc việc hằng ngày" in page.text
    ward.session.expire_all()
    assert ward.account("officer_kp1").wants_digest

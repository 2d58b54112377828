"""The own account."""

import pytest

from tests.support.critic import SignIn


@pytest.mark.parametrize("name", ["officer_kp1", "leader", "clerk", "admin", "outsider", "ended"])
def test_everybody_sees_the_own_account_and_no_other(sign_in: SignIn, name: str):
    page = sign_in(name).get("/tai-khoan")
    assert page.h1 == "Tài khoản của tôi"
    assert name in page.text


def test_it_says_which_posts_are_held_and_until_when(sign_in: SignIn):
    assert sign_in("officer_kp1").get("/tai-khoan").table()[1] == [
        "Khu phó Khu phố 1", "Khu phố 1", "Cán bộ", "1/1/2023", "đang giữ",
    ]  # fmt: skip
    assert sign_in("ended").get("/tai-khoan").table()[1][-1] == "30/9/2024"


def test_nobody_is_asked_to_sign_in(sign_in: SignIn):
    assert sign_in("nobody").get("/tai-khoan", status=302).location.startswith("/dang-nhap")

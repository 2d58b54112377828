"""Which passwords are tried first, and which are a person's own."""

import pytest

from pledges.accounts import operations, passwords
from pledges.accounts.passwords import PasswordRefused, check_password, common, is_easy, is_of_names

NAMES = ["Nguyễn Thị Lan", "Khu phố 1", "Phường Hà Khánh", "KP1"]


@pytest.mark.parametrize(
    "password",
    [
        "matkhau123", "Matkhau@2025", "m4tkh4u2024", "MẬT KHẨU 123", "M@tkh@u!!!!", "qwertyuiop", "1q2w3e4r5t",
        "Hakhanh@2024", "halong123456", "QuangNinh14!", "Anhyeuem1990", "anhyeuemnhieulam", "vietnamvodich",
        "password123!", "P@ssw0rd2024", "iloveyou1234", "nguyenthilan90", "NguyenVanHung@85", "2024matkhau",
        "ubndphuong1", "dangboubnd1", "aaaaaaaaaaaa", "1212121212", "abcabcabcabc", "12341234123", "abcdefghijkl",
        "9876543210", "1234567890", "0912345678", "022085001234", "19901990", "01/02/1990 ", "!!!!!!!!!!!!",
        "matkhaumatkhau",
        "hoabinhvietnam", "tranthihoa1990", "hoasenhoasen1",
    ],
)  # fmt: skip
def test_what_everybody_uses_is_easy(password: str):
    assert is_easy(password)


@pytest.mark.parametrize(
    "password",
    [
        "bến phà cũ có cây đa",
        "con đường hoa số 5",
        "k7fm-x2qp-9whd",
        "ba gà trống sáng thứ bảy",
        "Trời nồm bếp khói cay",
        "мой дом у реки",
    ],
)
def test_a_short_sentence_of_ones_own_is_not(password: str):
    check_password(password, username="officer_kp1", names=NAMES)


@pytest.mark.parametrize(
    "password", ["lanlan khupho1", "Nguyen.Lan.HaKhanh", "KP1-hakhanh-lan", "thilan khu pho"]
)
def test_of_the_own_names_alone_it_is_none(password: str):
    assert is_of_names(password, NAMES)


@pytest.mark.parametrize("password", ["Lan trồng hoa mười giờ", "khu vườn sau nhà bà"])
def test_a_sentence_may_name_them(password: str):
    check_password(password, username="officer_kp1", names=NAMES)


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("ngắn quá", "ít nhất 10 ký tự"),
        ("x1y2" * 51, "dài nhất 200 ký tự"),
        ("Officer_KP1 đi chợ", "chứa tên đăng nhập"),
        ("lan khu phố 1 lan", "tên của đồng chí hoặc đơn vị"),
    ],
)
def test_why_is_said(password: str, words: str):
    with pytest.raises(PasswordRefused, match=words):
        check_password(password, username="officer_kp1", names=NAMES)


def test_no_kinds_of_signs_are_demanded():
    check_password("ruộng bậc thang mờ sương", username="lan")


def test_the_list_is_one_of_thousands_folded_and_each_once():
    assert len(common()) > 3000
    assert all(word.isascii() and word == word.lower() and word.isalnum() for word in common())


def test_what_is_drawn_by_lot_is_never_easy():
    drawn = [operations.one_time_password() for _number in range(500)]
    assert not [one for one in drawn if is_easy(one)]


def test_a_draw_that_chance_has_spoilt_is_drawn_again(monkeypatch: pytest.MonkeyPatch):
    draws = iter(["TLe-Van0An12", "k7Fm-x2Qp_9W"])
    monkeypatch.setattr(passwords.secrets, "token_urlsafe", lambda _bytes: next(draws))

    assert passwords.drawn(username="kp1", names=["Lê Văn An"]) == "k7Fm-x2Qp_9W"

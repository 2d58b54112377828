"""The settings of letters: read, refused with a sentence, and no password ever repeated."""

from pathlib import Path

import pytest

from pledges import instance
from pledges.setting_values import MailServer
from pledges.settings import SettingError, load

PLACES = ("PLEDGES_SMTP_URL", "PLEDGES_SMTP_FROM", "PLEDGES_DIGEST_HOUR")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in PLACES:
        monkeypatch.delenv(name, raising=False)
    instance.make_secret_key(tmp_path)
    monkeypatch.setenv("PLEDGES_INSTANCE", str(tmp_path))


def test_without_them_nothing_is_sent():
    settings = load()
    assert settings["SMTP_URL"] is settings["SMTP_FROM"] is settings["DIGEST_HOUR"] is None


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("smtp://mail.haphong.vn", MailServer("mail.haphong.vn", 587, encrypted=False)),
        ("smtps://mail.haphong.vn", MailServer("mail.haphong.vn", 465, encrypted=True)),
        ("smtp://127.0.0.1:25/", MailServer("127.0.0.1", 25, encrypted=False)),
        ("SMTP://[::1]:2525", MailServer("::1", 2525, encrypted=False)),
        (
            "smtps://thidua%40haphong.vn:m%3At%20kh%40u@mail.haphong.vn:465",
            MailServer("mail.haphong.vn", 465, encrypted=True, user="thidua@haphong.vn", password="m:t kh@u"),
        ),
    ],
)
def test_a_server_is_read(given: str, read: MailServer):
    assert load({"SMTP_URL": given, "SMTP_FROM": "thidua@haphong.vn"})["SMTP_URL"] == read


@pytest.mark.parametrize(
    ("given", "name", "address"),
    [
        ("thidua@haphong.gov.vn", "", "thidua@haphong.gov.vn"),
        ("Thi đua phường <thidua@haphong.gov.vn>", "Thi đua phường", "thidua@haphong.gov.vn"),
    ],
)
def test_a_sender_is_read(given: str, name: str, address: str):
    sender = load({"SMTP_FROM": given})["SMTP_FROM"]
    assert sender is not None
    assert (sender.display_name, sender.addr_spec) == (name, address)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"SMTP_URL": "mail.haphong.vn"}, "phải có dạng smtp://máy:587"),
        ({"SMTP_URL": "http://mail.haphong.vn"}, "phải có dạng smtp://máy:587"),
        ({"SMTP_URL": "smtp://mail.haphong.vn:99999"}, "phải có dạng smtp://máy:587"),
        ({"SMTP_URL": "smtp://ten:@mail.haphong.vn"}, "cả người dùng và mật khẩu"),
        ({"SMTP_URL": "smtp://ten%0A:bimat@mail.vn"}, "cả người dùng và mật khẩu"),
        ({"SMTP_URL": "smtp://ten:mật@mail.vn"}, "bằng chữ không dấu"),
        ({"SMTP_FROM": "thidua"}, "phải là địa chỉ thư"),
        ({"SMTP_FROM": "thidua@haphong"}, "phải là địa chỉ thư"),
        ({"SMTP_FROM": "a@b.vn\nBcc: c@d.vn"}, "phải là địa chỉ thư"),
        ({"SMTP_URL": "smtp://mail.haphong.vn"}, "Thiết đặt SMTP_FROM"),
        ({"DIGEST_HOUR": "24"}, "phải từ 0 đến 23"),
        ({"DIGEST_HOUR": "7"}, "chỉ có nghĩa khi đã đặt máy chủ thư"),
    ],
)
def test_nonsense_stops_the_start(values: dict[str, str], words: str):
    with pytest.raises(SettingError, match=words.replace("(", r"\(")):
        load(values)


@pytest.mark.parametrize("address", ["smtp://ten:matkhau-mail@@mail.vn", "ftp://ten:matkhau-mail@mail.vn"])
def test_no_sentence_and_no_log_repeats_the_password(address: str):
    with pytest.raises(SettingError) as refused:
        load({"SMTP_URL": address})
    assert "matkhau-mail" not in str(refused.value)
    assert "matkhau-mail" not in repr(
        MailServer("mail.vn", 25, encrypted=False, user="ten", password="matkhau-mail")
    )

"""The layers of the settings, and the sentences that stop a start."""

import os
import stat
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from pledges import instance, paths
from pledges.setting_readers import READERS
from pledges.settings import SettingError, is_loopback, load


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("PLEDGES_")]:
        monkeypatch.delenv(name)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A prepared instance folder, named by the environment."""
    instance.make_secret_key(tmp_path)
    monkeypatch.setenv("PLEDGES_INSTANCE", str(tmp_path))
    return tmp_path


def sentence(overrides: dict[str, Any] | None = None) -> str:
    with pytest.raises(SettingError) as caught:
        load(overrides)
    text = str(caught.value)
    assert text.endswith(".")
    assert "\n" not in text
    return text


def test_each_layer_wins_over_the_one_below(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert load()["SESSION_HOURS"] == 8
    (folder / "config.py").write_text("SESSION_HOURS = 7\n", encoding="utf-8")
    assert load()["SESSION_HOURS"] == 7
    monkeypatch.setenv("PLEDGES_SESSION_HOURS", "6")
    assert load()["SESSION_HOURS"] == 6
    assert load({"SESSION_HOURS": 5})["SESSION_HOURS"] == 5


def test_defaults_are_an_embedded_database_for_this_machine_alone(folder: Path) -> None:
    settings = load()
    assert settings["SQLALCHEMY_DATABASE_URI"] == f"sqlite:///{folder.as_posix()}/pledges.sqlite"
    assert settings["TRUSTED_HOSTS"] == ["127.0.0.1", "localhost", "[::1]"]
    assert settings["PERMANENT_SESSION_LIFETIME"] == timedelta(hours=8)
    assert settings["MAX_CONTENT_LENGTH"] == 20 * 1024 * 1024
    assert settings["SECRET_KEY"] == (folder / "secret-key").read_text(encoding="utf-8").strip()
    assert not settings["DEMO"]
    assert not settings["ONE_CLICK"]


def test_the_first_start_writes_a_key_that_only_its_owner_reads(tmp_path: Path) -> None:
    instance.make_secret_key(tmp_path)
    first = instance.secret_key(tmp_path)
    instance.make_secret_key(tmp_path)
    assert instance.secret_key(tmp_path) == first
    assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600 or os.name != "posix"


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("SESSION_HOURS", "tám", "phải là số nguyên từ 1 đến 24, không phải “tám”"),
        ("SESSION_HOURS", "0", "phải từ 1 đến 24, không phải 0"),
        ("SESSION_HOURS", " ", "để trống"),
        ("IDLE_MINUTES", "600", "dài hơn cả phiên làm việc"),
        ("MAX_FORM_MEMORY_SIZE", "99000000", "lớn hơn cả một lần gửi"),
        ("MAX_FORM_PARTS", "1e3", "phải là số nguyên"),
        ("SECRET_KEY", "matkhau", "quá dễ đoán"),
        ("SECRET_KEY", "a" * 64, "quá dễ đoán"),
        ("DATABASE_URL", "mysql://nguoi:bimat@may/csdl", "phải bắt đầu bằng sqlite:/// hoặc"),
        ("DATABASE_URL", "postgresql://may", "phải bắt đầu bằng sqlite:/// hoặc"),
        ("DATABASE_URL", "sqlite://", "bộ nhớ tạm"),
        ("DEMO_TODAY", "2024-10-15", "chỉ dùng được ở kho minh họa"),
        ("DEMO_TODAY", "15/10/2024", "viết kiểu 2024-10-15"),
        ("DEMO", "có thể", "phải là 1 (có) hoặc 0 (không)"),
        ("DEMO", "1", "là kho thật, không phải kho minh họa"),
        ("HTTPS", "2", "phải là 1 (có) hoặc 0 (không)"),
        ("TRUSTED_HOSTS", "thidua.vn:8000", "không có cổng"),
        ("TRUSTED_HOSTS", "https://thidua.vn", "tên máy cách nhau bằng dấu phẩy"),
        ("FONT_FOLDER", "/khong/co", "một thư mục không có"),
        ("TRUST_ROOTS", "/khong/co", "một thư mục không có"),
        ("PUBLIC_ADDRESS", "thidua.haphong.vn", "như https://thidua.haphong.vn, không phải"),
        ("PUBLIC_ADDRESS", "https://thidua.haphong.vn/kiem-tra", "là địa chỉ mà người dân gõ"),
        ("PUBLIC_ADDRESS", "https://thidua.haphong.vn:99999", "là địa chỉ mà người dân gõ"),
        ("PUBLIC_ADDRESS", "https://ten:mat@khau.vn", "là địa chỉ mà người dân gõ"),
        ("PUBLIC_ADDRESS", "ftp://thidua.haphong.vn", "là địa chỉ mà người dân gõ"),
        ("PROXIES", "-1", "phải là số nguyên từ 0 đến 5"),
    ],
)
def test_a_value_without_sense_is_named_with_its_place(
    folder: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str, words: str
) -> None:
    monkeypatch.setenv(f"PLEDGES_{name}", value)
    text = sentence()
    assert f"Thiết đặt {name} (biến môi trường PLEDGES_{name})" in text
    assert words in text


@pytest.mark.parametrize("secret", ["bimat", "matkhau-cua-toi"])
def test_no_sentence_repeats_a_secret(folder: Path, monkeypatch: pytest.MonkeyPatch, secret: str) -> None:
    monkeypatch.setenv("PLEDGES_SECRET_KEY", secret)
    assert secret not in sentence()
    monkeypatch.delenv("PLEDGES_SECRET_KEY")
    monkeypatch.setenv("PLEDGES_DATABASE_URL", f"oracle://nguoi:{secret}@may/csdl")
    assert secret not in sentence()


def test_an_unknown_name_is_refused_with_the_nearest_one(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLEDGES_SESION_HOURS", "8")
    assert "PLEDGES_SESION_HOURS); có phải là SESSION_HOURS." in sentence()
    monkeypatch.delenv("PLEDGES_SESION_HOURS")
    (folder / "config.py").write_text("SESSION_HOUR = 8\n", encoding="utf-8")
    assert str(folder / "config.py") in sentence()


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("https://thidua.haphong.vn/", "https://thidua.haphong.vn"),
        (" http://10.0.0.5:8000 ", "http://10.0.0.5:8000"),
        ("https://[2001:db8::1]:8443", "https://[2001:db8::1]:8443"),
    ],
)
def test_the_public_address_has_no_path(
    folder: Path, monkeypatch: pytest.MonkeyPatch, given: str, read: str
) -> None:
    assert load()["PUBLIC_ADDRESS"] is None
    monkeypatch.setenv("PLEDGES_PUBLIC_ADDRESS", given)
    assert load()["PUBLIC_ADDRESS"] == read


def test_the_browser_of_the_tests_is_no_setting(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLEDGES_CHROMIUM", "/usr/bin/chromium")
    assert "CHROMIUM" not in load()


def test_trusted_roots_are_files_of_certificates(folder: Path, tmp_path: Path) -> None:
    roots = tmp_path / "roots"
    roots.mkdir()
    (roots / "đọc tôi.txt").write_text("Gốc của Ban Cơ yếu", encoding="utf-8")
    assert "không có tệp chứng thư nào" in sentence({"TRUST_ROOTS": roots})
    (roots / "gốc.crt").write_bytes(b"PK a list of names")
    assert "có tệp không phải là chứng thư: “gốc.crt”" in sentence({"TRUST_ROOTS": roots})
    (roots / "gốc.crt").write_bytes(b"-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n")
    (roots / "gốc.der").write_bytes(b"\x30\x82")
    assert load({"TRUST_ROOTS": roots})["TRUST_ROOTS"] == roots
    assert load()["TRUST_ROOTS"] is None


@pytest.mark.parametrize("text", ["SESSION_HOURS = = 8\n", "import khong_co_thu_vien_nay\n"])
def test_a_settings_file_that_does_not_run_is_named(folder: Path, text: str) -> None:
    (folder / "config.py").write_text(text, encoding="utf-8")
    assert str(folder / "config.py") in sentence()


def test_the_instance_cannot_move_itself(folder: Path) -> None:
    (folder / "config.py").write_text("INSTANCE = '/noi/khac'\n", encoding="utf-8")
    assert "chính thư mục mà nó chỉ tới" in sentence()


def test_an_instance_that_nobody_prepared_has_no_key(tmp_path: Path) -> None:
    assert "chưa có khóa bí mật (SECRET_KEY)" in sentence({"INSTANCE": tmp_path / "chua-co"})


def test_a_key_that_others_can_read_is_refused(folder: Path) -> None:
    (folder / "secret-key").chmod(0o644)
    assert f"chmod 600 {folder / 'secret-key'}" in sentence()


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("postgres://a:b@h/d", "postgresql+psycopg://a:b@h/d"),
        ("postgresql://a:b@h:5432/d?sslmode=require", "postgresql+psycopg://a:b@h:5432/d?sslmode=require"),
        ("postgresql+psycopg:///d?host=/run/pg", "postgresql+psycopg:///d?host=/run/pg"),
        ("sqlite:////srv/kho/a.sqlite", "sqlite:////srv/kho/a.sqlite"),
    ],
)
def test_addresses_of_databases(folder: Path, given: str, kept: str) -> None:
    assert load({"DATABASE_URL": given})["SQLALCHEMY_DATABASE_URI"] == kept


def test_a_demo_is_what_was_made_as_one(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    instance.mark(folder, instance.Marker(date(2024, 10, 15), loaded=True))
    settings = load()
    assert settings["DEMO"]
    assert settings["DEMO_TODAY"] == date(2024, 10, 15)
    monkeypatch.setenv("PLEDGES_DEMO_TODAY", "2024-07-31")
    assert load()["DEMO_TODAY"] == date(2024, 7, 31)
    monkeypatch.setenv("PLEDGES_DEMO", "0")
    assert "là kho minh họa" in sentence()


def test_a_damaged_marker_stops_the_start(folder: Path) -> None:
    (folder / "demo.json").write_text("{}", encoding="utf-8")
    assert "demo.json" in sentence()


@pytest.mark.parametrize(
    ("host", "proxies", "one_click"),
    [("127.0.0.1", 0, True), ("0.0.0.0", 0, False), ("127.0.0.1", 1, False), (None, 0, False)],
)
def test_one_click_is_for_a_demo_on_this_machine_alone(
    folder: Path, host: str | None, proxies: int, one_click: bool
) -> None:
    settings = load({"DEMO": True, "HOST": host, "PROXIES": proxies})
    assert settings["ONE_CLICK"] is one_click
    assert not load({"HOST": "127.0.0.1"})["ONE_CLICK"]


def test_a_real_register_is_not_served_to_others_in_the_clear(folder: Path) -> None:
    assert "không có https thì mật khẩu đi qua mạng" in sentence({"HOST": "192.0.2.5"})
    assert "TRUSTED_HOSTS" in sentence({"HOST": "192.0.2.5", "HTTPS": True, "PROXIES": 1})
    assert "TRUSTED_HOSTS" in sentence({"PROXIES": 1})
    assert "cookie đăng nhập" in sentence({"PROXIES": 1, "HOST": "127.0.0.1", "TRUSTED_HOSTS": "thidua.vn"})
    assert "PROXIES từ 1 trở lên" in sentence({"HOST": "127.0.0.1", "HTTPS": True})
    behind = {"HOST": "127.0.0.1", "HTTPS": True, "PROXIES": 1, "TRUSTED_HOSTS": "thidua.vn, www.thidua.vn"}
    settings = load(behind)
    assert settings["SESSION_COOKIE_SECURE"]
    assert settings["TRUSTED_HOSTS"] == ["thidua.vn", "www.thidua.vn"]


@pytest.mark.parametrize(
    ("host", "answer"),
    [
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("::1", True),
        ("[::1]", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("::", False),
        ("thidua.vn", False),
    ],
)
def test_loopback(host: str, answer: bool) -> None:
    assert is_loopback(host) is answer


def test_every_setting_of_the_file_has_a_reader_and_the_other_way_round() -> None:
    names: dict[str, Any] = {}
    exec(paths.CONFIG.read_text(encoding="utf-8"), names)  # noqa: S102
    assert {name for name in names if name.isupper()} == {"INSTANCE", *READERS} - {"HOST", "TESTING"}

"""How each setting is read: from a Python value (`config.py`, tests) or a text (environment), the same way.

A reader returns the value, or raises SettingError with the sentence that people read. Secrets are never
repeated in a sentence.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from email.errors import MessageError
from email.headerregistry import Address
from email.utils import parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from pledges.backup_keys import SealError, read_key

SHORTEST_KEY = 32
_YES = frozenset({"1", "true", "yes", "on", "có", "bật"})
_NO = frozenset({"0", "false", "no", "off", "không", "tắt"})
_HOST_NAME = re.compile(r"\.?[a-z0-9_]([a-z0-9._-]*[a-z0-9])?|\[[0-9a-f:.]+\]", re.IGNORECASE)
_PUBLIC_ADDRESS = re.compile(
    r"https?://(?P<host>[^/:?#@\s\[\]]+|\[[^\]]+\])(?::(?P<port>[0-9]{1,5}))?", re.IGNORECASE
)
_MAIL_SERVER = re.compile(
    r"(?P<scheme>smtps?)://(?:(?P<user>[^/:@\s]*):(?P<password>[^/:@\s]*)@)?"
    r"(?P<host>[^/:?#@\s\[\]]+|\[[^\]]+\])(?::(?P<port>[0-9]{1,5}))?/?",
    re.IGNORECASE,
)
MAIL_PORT, MAIL_PORT_ENCRYPTED = 587, 465
CERTIFICATE_ENDINGS = frozenset({".pem", ".crt", ".cer", ".der"})
_PEM, _DER = b"-----BEGIN CERTIFICATE-----", b"\x30"
_POSTGRESQL = re.compile(r"postgres(?:ql)?(?:\+psycopg)?://(?P<rest>[^/]*/[^/?]+.*)", re.DOTALL)


class SettingError(Exception):
    """A setting that stops the start; the text is one Vietnamese sentence."""


@dataclass(frozen=True, slots=True)
class Given:
    """A value as somebody gave it, and where."""

    name: str
    value: Any
    place: str
    by_caller: bool = False

    def wrong(self, problem: str) -> SettingError:
        """The error that says what is the matter with the value."""
        return SettingError(f"Thiết đặt {self.name} ({self.place}) {problem}.")


def flag(given: Given) -> bool:
    """Yes or no."""
    answer = optional_flag(given)
    if answer is None:
        raise given.wrong("phải là 1 (có) hoặc 0 (không)")
    return answer


def optional_flag(given: Given) -> bool | None:
    """Yes, no, or nothing said."""
    if given.value is None or isinstance(given.value, bool):
        return given.value
    word = str(given.value).strip().lower()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise given.wrong(f"phải là 1 (có) hoặc 0 (không), không phải “{given.value}”")


def whole(least: int, most: int) -> Callable[[Given], int]:
    """A reader of whole numbers between two bounds."""

    def read(given: Given) -> int:
        text = str(given.value).strip()
        if isinstance(given.value, bool) or not re.fullmatch(r"[0-9]{1,12}", text):
            raise given.wrong(f"phải là số nguyên từ {least} đến {most}, không phải “{given.value}”")
        if not least <= int(text) <= most:
            raise given.wrong(f"phải từ {least} đến {most}, không phải {text}")
        return int(text)

    return read


def optional_whole(least: int, most: int) -> Callable[[Given], int | None]:
    """A reader of whole numbers between two bounds, or nothing."""
    read = whole(least, most)
    return lambda given: None if given.value is None else read(given)


def optional_day(given: Given) -> date | None:
    """A day, as date or as text 2024-10-15."""
    if given.value is None or isinstance(given.value, date):
        return given.value
    try:
        return date.fromisoformat(str(given.value).strip())
    except ValueError:
        raise given.wrong(f"phải là một ngày viết kiểu 2024-10-15, không phải “{given.value}”") from None


def optional_folder(given: Given) -> Path | None:
    """A folder that exists."""
    if given.value is None:
        return None
    folder = Path(given.value).expanduser()
    if not folder.is_dir():
        raise given.wrong(f"chỉ tới một thư mục không có: “{given.value}”")
    return folder.resolve()


def optional_certificates(given: Given) -> Path | None:
    """A folder that holds certificates and, under the endings of certificates, nothing else."""
    folder = optional_folder(given)
    if folder is None:
        return None
    files = [path for path in sorted(folder.iterdir()) if path.suffix.lower() in CERTIFICATE_ENDINGS]
    if not files:
        raise given.wrong(f"chỉ tới thư mục không có tệp chứng thư nào (.pem, .crt, .cer, .der): “{folder}”")
    for path in files:
        content = path.read_bytes()
        if not (_PEM in content or content[:1] == _DER):
            raise given.wrong(f"chỉ tới thư mục có tệp không phải là chứng thư: “{path.name}”")
    return folder


def optional_key(given: Given) -> str | None:
    """A secret of sufficient length; its text is never repeated."""
    if given.value is None:
        return None
    if (
        not isinstance(given.value, str)
        or len(given.value) < SHORTEST_KEY
        or len(set(given.value)) < SHORTEST_KEY // 4
    ):
        raise given.wrong(f"quá dễ đoán: khóa bí mật cần ít nhất {SHORTEST_KEY} ký tự lấy ngẫu nhiên")
    return given.value


def optional_backup_key(given: Given) -> str | None:
    """What seals backups: a passphrase, or a key of age; its text is never repeated."""
    try:
        return None if given.value is None else read_key(str(given.value)).text
    except SealError as error:
        raise given.wrong(str(error)) from error


def optional_names(given: Given) -> list[str] | None:
    """Names of hosts, as a list or by commas."""
    if given.value is None:
        return None
    names = given.value.split(",") if isinstance(given.value, str) else list(given.value)
    names = [str(name).strip() for name in names]
    for name in names:
        if not _HOST_NAME.fullmatch(name):
            raise given.wrong(
                f"phải là các tên máy cách nhau bằng dấu phẩy, không có cổng, không phải “{name}”"
            )
    return names


def optional_address(given: Given) -> str | None:
    """The address that the server listens on."""
    return None if given.value is None else str(given.value).strip()


def optional_public_address(given: Given) -> str | None:
    """The address by which people reach the server from outside, with its scheme and without a path."""
    if given.value is None:
        return None
    address = str(given.value).strip().rstrip("/")
    found = _PUBLIC_ADDRESS.fullmatch(address)
    if not found or not _HOST_NAME.fullmatch(found["host"]) or int(found["port"] or 1) not in range(1, 65536):
        raise given.wrong(
            "phải là địa chỉ mà người dân gõ vào trình duyệt, như https://thidua.haphong.vn, "
            f"không phải “{given.value}”"
        )
    return address


@dataclass(frozen=True, slots=True)
class MailServer:
    """Máy chủ thư: where letters are handed over; `encrypted` from the first byte, else as soon as it is offered."""

    host: str
    port: int
    encrypted: bool
    user: str = ""
    password: str = field(default="", repr=False)


def optional_mail_server(given: Given) -> MailServer | None:
    """The address of a mail server; it may hold a password, which no sentence repeats."""
    if given.value is None:
        return None
    found = _MAIL_SERVER.fullmatch(str(given.value).strip())
    if not found or not _HOST_NAME.fullmatch(found["host"]) or int(found["port"] or 1) not in range(1, 65536):
        raise given.wrong(
            "phải có dạng smtp://máy:587 hoặc smtps://máy:465, khi cần thì thêm người-dùng:mật-khẩu@ trước tên máy"
        )
    user, password = unquote(found["user"] or ""), unquote(found["password"] or "")
    both = user + password
    if bool(user) != bool(password) or not (both.isprintable() and both.isascii()):
        raise given.wrong("phải ghi cả người dùng và mật khẩu, bằng chữ không dấu, ký tự lạ viết kiểu %40")
    encrypted = found["scheme"].lower() == "smtps"
    port = int(found["port"] or (MAIL_PORT_ENCRYPTED if encrypted else MAIL_PORT))
    return MailServer(found["host"].strip("[]"), port, encrypted, user, password)


def optional_sender(given: Given) -> Address | None:
    """Whom letters come from: an address, perhaps with a name."""
    if given.value is None:
        return None
    text = str(given.value).strip()
    name, address = parseaddr(text) if text.isprintable() else ("", "")
    try:
        made = Address(name, addr_spec=address)
    except (MessageError, ValueError, IndexError):
        made = Address()
    if not made.username or "." not in made.domain or not address.isascii():
        raise given.wrong(
            "phải là địa chỉ thư, như thidua@haphong.gov.vn hoặc "
            f"Thi đua phường Hà Phong <thidua@haphong.gov.vn>, không phải “{given.value}”"
        )
    return made


def optional_database(given: Given) -> str | None:
    """An address of SQLite or PostgreSQL, as SQLAlchemy wants it; it may hold a password."""
    if given.value is None:
        return None
    address = str(given.value).strip()
    if found := _POSTGRESQL.fullmatch(address):
        return "postgresql+psycopg://" + found["rest"]
    if not address.startswith("sqlite://"):
        raise given.wrong(
            "phải bắt đầu bằng sqlite:/// hoặc có dạng postgresql://người-dùng:mật-khẩu@máy/tên-cơ-sở"
        )
    place = address.removeprefix("sqlite://").removeprefix("/")
    if place in {"", ":memory:"}:
        if not given.by_caller:
            raise given.wrong("chỉ tới bộ nhớ tạm: dữ liệu sẽ mất khi tắt máy chủ")
        return address
    return sqlite(Path(place))


def sqlite(file: Path) -> str:
    """The address of a SQLite database in a file."""
    return f"sqlite:///{file.absolute().as_posix()}"


def instance_folder(given: Given, default: Path) -> Path:
    """The instance folder, which need not exist yet."""
    if given.value is None:
        return default
    if not isinstance(given.value, str | Path) or "?" in str(given.value):
        raise given.wrong(f"phải là tên một thư mục, không phải “{given.value}”")
    return Path(given.value).expanduser().absolute()


def optional_place(given: Given) -> Path | None:
    """A folder that may be there only at times: a disk that is plugged in."""
    return None if given.value is None else instance_folder(given, Path())


LOG_TO_STDERR = "-"


def optional_log_folder(given: Given) -> Path | str | None:
    """A folder, or a hyphen for the standard error."""
    if isinstance(given.value, str) and given.value.strip() == LOG_TO_STDERR:
        return LOG_TO_STDERR
    return optional_place(given)

"""The settings: `config.py` < `instance/config.py` < the environment (`PLEDGES_…`) < what the caller gives.

`load` returns one complete and checked set. Whatever is unknown, nonsensical or unsafe raises `SettingError`,
whose text is one Vietnamese sentence that names the setting and the place where it stands. Knows no Flask.
"""

import difflib
import ipaddress
import os
import stat
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from email.headerregistry import Address
from pathlib import Path
from typing import Any, NotRequired, TypedDict, cast

from pledges import instance, paths
from pledges.setting_readers import READERS
from pledges.setting_values import Given, MailServer, SettingError, instance_folder, sqlite

__all__ = ["SettingError", "Settings", "is_loopback", "load"]

PREFIX = "PLEDGES_"
DATABASE_FILE = "pledges.sqlite"
LOOPBACK_NAMES = ("127.0.0.1", "localhost", "[::1]")

# Read by others from the environment alone: the browser of the tests.
_ELSEWHERE = frozenset({"CHROMIUM"})
# Given by a caller alone: the address that the server listens on, and what tests need.
_FROM_CALLER = frozenset({"HOST", "TESTING", "CLOCK"})


class Settings(TypedDict):
    """The complete set: what `config.py` describes, and what Flask and its extensions want to hear of it."""

    INSTANCE: Path
    DATABASE_URL: str
    SECRET_KEY: str
    DEMO: bool
    DEMO_TODAY: date | None
    TRUSTED_HOSTS: list[str] | None
    SESSION_HOURS: int
    IDLE_MINUTES: int
    MAX_CONTENT_LENGTH: int
    MAX_FORM_MEMORY_SIZE: int
    MAX_FORM_PARTS: int
    FONT_FOLDER: Path | None
    PUBLIC_ADDRESS: str | None
    TRUST_ROOTS: Path | None
    SMTP_URL: MailServer | None
    SMTP_FROM: Address | None
    DIGEST_HOUR: int | None
    BACKUP_FOLDER: Path | None
    BACKUP_KEY: str | None
    BACKUP_HOUR: int | None
    BACKUP_DAYS: int
    BACKUP_WEEKS: int
    BACKUP_MONTHS: int
    LOG_FOLDER: Path | str | None
    SLOW_QUERY_MS: int
    METRICS_TOKEN: str | None
    HTTPS: bool
    PROXIES: int
    HOST: str | None
    TESTING: bool
    CLOCK: NotRequired[Callable[[], datetime]]
    ONE_CLICK: bool
    DEMO_ALLOWED: bool
    SQLALCHEMY_DATABASE_URI: str
    PERMANENT_SESSION_LIFETIME: timedelta
    SESSION_COOKIE_NAME: str
    SESSION_COOKIE_SECURE: bool
    SESSION_COOKIE_HTTPONLY: bool
    SESSION_COOKIE_SAMESITE: str


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach an address."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def load(overrides: Mapping[str, Any] | None = None) -> Settings:
    """The settings of all layers, complete and checked, ready for `app.config.from_mapping`.

    `overrides` is the last layer and may also hold HOST (the address that the server listens on), TESTING and
    CLOCK. ONE_CLICK says whether the sign-in page may offer the demo's roles by one click: when the server
    was started for this machine alone. Raises SettingError.
    """
    given = _layers(overrides or {})
    folder = _instance(given["INSTANCE"])
    values: dict[str, Any] = {name: read(given[name]) for name, read in READERS.items()}
    values["INSTANCE"] = folder
    values["TESTING"] = bool(values["TESTING"])
    values["DATABASE_URL"] = values["DATABASE_URL"] or sqlite(folder / DATABASE_FILE)
    if "CLOCK" in given:
        values["CLOCK"] = given["CLOCK"].value
    _settle_demo(values, given)
    _settle_key(values)
    _settle_hosts(values, given)
    _agree(values, given)
    local = values["HOST"] is not None and is_loopback(values["HOST"]) and not values["PROXIES"]
    values |= {
        "ONE_CLICK": values["DEMO"] and local,
        "SQLALCHEMY_DATABASE_URI": values["DATABASE_URL"],
        "PERMANENT_SESSION_LIFETIME": timedelta(hours=values["SESSION_HOURS"]),
        # Browsers keep a cookie of such a name only from this very host, over https: no neighbour can plant one.
        "SESSION_COOKIE_NAME": "__Host-session" if values["HTTPS"] else "session",
        "SESSION_COOKIE_SECURE": values["HTTPS"],
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
    }
    return cast("Settings", values)


def _layers(overrides: Mapping[str, Any]) -> dict[str, Given]:
    """Each setting as the last layer gave it."""
    given = _of_file(paths.CONFIG)
    known = frozenset(given)
    environment = _of_environment()
    caller = {
        name: Given(name, value, "do chương trình đưa vào", by_caller=True)
        for name, value in overrides.items()
    }
    folder = _instance((given | environment | caller)["INSTANCE"])
    own = folder / "config.py"
    inside = _of_file(own) if own.is_file() else {}
    if "INSTANCE" in inside:
        raise inside["INSTANCE"].wrong("không thể đặt ở trong chính thư mục mà nó chỉ tới")
    for layer, also in ((inside, frozenset[str]()), (environment, frozenset()), (caller, _FROM_CALLER)):
        for each in layer.values():
            if each.name not in known | also:
                raise _unknown(each, known)
        given |= layer
    nothing = {name: Given(name, None, "mặc định") for name in ("HOST", "TESTING")}
    return nothing | given


def _of_file(path: Path) -> dict[str, Given]:
    names: dict[str, Any] = {}
    try:
        exec(compile(path.read_text(encoding="utf-8"), str(path), "exec"), names)  # noqa: S102 # nosec B102 # the owner's file
    except SyntaxError as error:
        raise SettingError(f"Tệp thiết đặt {path} viết sai ở dòng {error.lineno}.") from error
    except Exception as error:
        raise SettingError(f"Không đọc được tệp thiết đặt {path}: {error}.") from error
    return {name: Given(name, value, f"trong tệp {path}") for name, value in names.items() if name.isupper()}


def _of_environment() -> dict[str, Given]:
    found = {}
    for variable, value in os.environ.items():
        name = variable.removeprefix(PREFIX)
        if name != variable and name not in _ELSEWHERE:
            found[name] = Given(name, value, f"biến môi trường {variable}")
            if not value.strip():
                raise found[name].wrong("để trống: hãy ghi giá trị, hoặc bỏ hẳn biến này")
    return found


def _unknown(given: Given, known: frozenset[str]) -> SettingError:
    near = difflib.get_close_matches(given.name, known, n=1)
    hint = f"; có phải là {near[0]}" if near else ""
    return SettingError(f"Không có thiết đặt nào tên là {given.name} ({given.place}){hint}.")


def _instance(given: Given) -> Path:
    default = Path.cwd() / "instance" if paths.INSTALLED else paths.CONFIG.parent / "instance"
    return instance_folder(given, default)


def _settle_demo(values: dict[str, Any], given: dict[str, Given]) -> None:
    """A demo is what was made as one: settings can only insist on it, the caller alone can say so before."""
    folder: Path = values["INSTANCE"]
    insisted, said = values["DEMO"], given["DEMO"]
    try:
        marker = instance.marker(folder)
    except (OSError, ValueError) as error:
        raise SettingError(f"Không đọc được tệp {folder / instance.MARKER_FILE}: {error}.") from error
    if insisted is not None and not said.by_caller:
        if insisted and not marker and instance.secret_key(folder):
            raise said.wrong(f"không dùng được: {folder} là kho thật, không phải kho minh họa")
        if marker and not insisted:
            raise said.wrong(f"không dùng được: {folder} là kho minh họa, không dùng làm kho thật được")
    # An office's instance whose database is out of sight (a disk that isn't plugged in, a restore that broke off) is
    # no empty one: it must never become a demo.
    offices = not marker and (instance.secret_key(folder) or (folder / instance.RESTORING_FILE).exists())
    values["DEMO_ALLOWED"] = insisted is not False and not offices
    values["DEMO"] = bool(marker) if insisted is None else insisted
    if values["DEMO_TODAY"] is None:
        values["DEMO_TODAY"] = marker.today if marker and values["DEMO"] else None
    elif not values["DEMO"]:
        raise given["DEMO_TODAY"].wrong("chỉ dùng được ở kho minh họa: ở kho thật đồng hồ không đứng lại")


def _settle_key(values: dict[str, Any]) -> None:
    """The key given, else the one in the instance folder, which nobody else may read."""
    if values["SECRET_KEY"]:
        return
    file: Path = values["INSTANCE"] / instance.SECRET_FILE
    try:
        key = instance.secret_key(values["INSTANCE"])
        shared = (
            key is not None and os.name == "posix" and file.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)
        )
    except (OSError, ValueError) as error:
        raise SettingError(f"Không đọc được khóa bí mật trong tệp {file}: {error}.") from error
    if key is None:
        raise SettingError(
            f"Kho {file.parent} chưa được lập nên chưa có khóa bí mật (SECRET_KEY): hãy chạy lệnh prepare."
        )
    if shared:
        raise SettingError(f"Khóa bí mật {file} để người khác đọc được: hãy chạy `chmod 600 {file}`.")
    values["SECRET_KEY"] = READERS["SECRET_KEY"](Given("SECRET_KEY", key, f"trong tệp {file}"))


def _settle_hosts(values: dict[str, Any], given: dict[str, Given]) -> None:
    """Which names browsers may use, and over which line passwords may travel."""
    host = values["HOST"]
    public = bool(values["PROXIES"]) or (host is not None and not is_loopback(host))
    if not values["DEMO"]:
        if host is not None and not is_loopback(host) and not values["HTTPS"]:
            raise given["HTTPS"].wrong(
                f"phải bật khi phục vụ ở {host}: không có https thì mật khẩu đi qua mạng ai cũng đọc được"
            )
        if public and values["TRUSTED_HOSTS"] is None:
            raise given["TRUSTED_HOSTS"].wrong("phải ghi tên miền của máy chủ khi phục vụ ra ngoài máy này")
        if values["PROXIES"] and not values["HTTPS"]:
            raise given["HTTPS"].wrong(
                "phải bật khi đứng sau proxy (PROXIES): không thì cookie đăng nhập đi cả qua đường không mã hóa"
            )
    if values["TRUSTED_HOSTS"] is None and not (values["DEMO"] and public):
        values["TRUSTED_HOSTS"] = list(LOOPBACK_NAMES)


def _agree(values: dict[str, Any], given: dict[str, Given]) -> None:
    """Settings that contradict each other."""
    if values["IDLE_MINUTES"] > values["SESSION_HOURS"] * 60:
        raise given["IDLE_MINUTES"].wrong(
            f"dài hơn cả phiên làm việc ({values['SESSION_HOURS']} giờ, SESSION_HOURS)"
        )
    if values["MAX_FORM_MEMORY_SIZE"] > values["MAX_CONTENT_LENGTH"]:
        raise given["MAX_FORM_MEMORY_SIZE"].wrong(
            f"lớn hơn cả một lần gửi ({values['MAX_CONTENT_LENGTH']} byte, MAX_CONTENT_LENGTH)"
        )
    if values["HOST"] is not None and values["HTTPS"] and not values["PROXIES"]:
        raise given["HTTPS"].wrong("cần một proxy lo phần https đứng trước: hãy đặt PROXIES từ 1 trở lên")
    if values["SMTP_URL"] and values["SMTP_FROM"] is None:
        raise given["SMTP_FROM"].wrong("phải ghi địa chỉ gửi thư khi đã đặt máy chủ thư (SMTP_URL)")
    if values["DIGEST_HOUR"] is not None and values["SMTP_URL"] is None:
        raise given["DIGEST_HOUR"].wrong("chỉ có nghĩa khi đã đặt máy chủ thư (SMTP_URL)")

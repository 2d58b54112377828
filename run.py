"""The two commands of this project: `python3 run.py` starts it, `python3 run.py test` checks it.

Needs nothing but Python: it makes `.venv` beside itself, installs the locked libraries when the lock has
changed, and hands over to `python -m pledges`. It must parse on Python 3.6: an old one gets a sentence too.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - that is what an older one must hear
    sys.exit("Cần Python 3.11 trở lên; máy này đang chạy Python %d.%d." % sys.version_info[:2])  # noqa: UP031

import contextlib
import errno
import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
MARKER = VENV / "installed.json"
PIP_LOG = VENV / "pip.log"
RUNTIME_LOCK = "requirements.lock"
TEST_LOCK = "requirements-test.lock"

HELP = """\
python3 run.py [--port SỐ] [--host ĐỊA_CHỈ] [--instance THƯ_MỤC] [--empty]
    chạy chương trình; lần đầu nạp dữ liệu minh họa của phường Hà Khánh
    --port      cổng, mặc định 8000
    --host      địa chỉ lắng nghe, mặc định 127.0.0.1 (chỉ máy này)
    --instance  thư mục giữ cơ sở dữ liệu, tệp tải lên và khóa bí mật; mặc định là instance
    --empty     kho thật, chưa có dữ liệu
python3 run.py test [tham số của pytest]
    chạy mọi phép kiểm tra; có tham số thì chỉ chạy pytest
python3 run.py LỆNH …
    create-admin, verify-log và các lệnh khác; python3 run.py help liệt kê
"""

# What pip says, and the sentence for it; the first that fits is told.
PIP_FAILURES = (
    (
        r"DO NOT MATCH THE HASHES",
        "Gói tải về không khớp mã băm trong {lock}: tệp khóa hoặc gói bị sửa; hãy lấy lại tệp nguyên bản.",
    ),
    (
        r"Invalid requirement|require-hashes mode|Hashes are required|no such option",
        "Tệp khóa {lock} bị hỏng: hãy lấy lại tệp nguyên bản.",
    ),
    (
        r"No space left on device|not enough space",
        "Đĩa đầy, không cài được thư viện vào {venv}.",
    ),
    (
        r"Read-only file system|Permission denied|Access is denied",
        "Không có quyền ghi để cài thư viện vào {venv}.",
    ),
    (
        r"Retrying \(|NewConnectionError|Max retries|(Connect|Read)Timeout|ProxyError|SSLError|getaddrinfo",
        "Không tải được thư viện: máy không có mạng hoặc không tới được kho thư viện; kiểm tra mạng đã.",
    ),
    (
        r"No matching distribution|Could not find a version",
        "Không tìm thấy bản dựng sẵn cho máy này (Python {version}) của mọi gói trong {lock}.",
    ),
)


class Failure(Exception):
    """What cannot go on; the text is one sentence for people."""


def main(arguments: Sequence[str]) -> int:
    """Bring what the command needs, then hand over to it; the exit code."""
    if arguments and arguments[0] in {"-h", "--help"}:
        print(HELP, end="")
        return 0
    testing = bool(arguments) and arguments[0] == "test"
    install([RUNTIME_LOCK, TEST_LOCK] if testing else [RUNTIME_LOCK])
    if testing:
        return hand_over([str(ROOT / "tests" / "command.py"), *arguments[1:]])
    starting = not arguments or arguments[0].startswith("-")
    return hand_over(["-m", "pledges", *(["start"] if starting else []), *arguments])


def hand_over(arguments: Sequence[str]) -> int:
    """Become the program; on Windows, where that is impossible, wait for it."""
    command = [str(PYTHON), *arguments]
    places = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    environment = {**os.environ, "PYTHONUTF8": "1", "PYTHONPATH": os.pathsep.join(places)}
    sys.stdout.flush()
    if os.name != "nt":
        os.execve(command[0], command, environment)  # noqa: S606 # nosec B606 # of this folder
    with subprocess.Popen(command, env=environment) as program:  # nosec B603 # of this folder
        while True:  # Ctrl-C reaches the program too: let it end by itself
            with contextlib.suppress(KeyboardInterrupt):
                return program.wait()


def install(locks: Sequence[str]) -> None:
    """Make `.venv` and install the locks, unless that was done with this Python and these locks."""
    wanted = {lock: digest(ROOT / lock) for lock in locks}
    if not missing(wanted):
        return
    with told_if_unwritable(), one_at_a_time():
        if not usable(installed()):
            make_environment()
            note(identity())
        for lock in missing(wanted):
            pip_install(lock)
            note({**installed(), **identity(), lock: wanted[lock]})


def digest(path: Path) -> str:
    """The SHA-256 of a file."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise Failure(f"Không đọc được tệp {path}: hãy lấy lại tệp nguyên bản.") from error


def installed() -> "dict[str, str]":
    """What the marker says: the Python, the place, and the locks that pip installed to the end."""
    try:
        said = json.loads(MARKER.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return said if isinstance(said, dict) else {}


def note(said: "dict[str, str]") -> None:
    """Write the marker, whole or not at all."""
    draft = MARKER.with_suffix(".new")
    draft.write_text(json.dumps(said, indent=1) + "\n", encoding="utf-8")
    draft.replace(MARKER)


def identity() -> "dict[str, str]":
    """What an environment is bound to: this Python, and the place where it was made."""
    return {"python": sys.version, "base": sys.base_prefix, "place": str(VENV)}


def usable(said: "dict[str, str]") -> bool:
    """Whether the environment was made here by this Python."""
    return PYTHON.exists() and all(said.get(key) == value for key, value in identity().items())


def missing(wanted: "dict[str, str]") -> "list[str]":
    """The locks that are not installed as they stand now."""
    said = installed()
    return [lock for lock, value in wanted.items() if not usable(said) or said.get(lock) != value]


@contextlib.contextmanager
def told_if_unwritable() -> Iterator[None]:
    """Turn the refusal of the disk into a sentence."""
    try:
        yield
    except OSError as error:
        reasons = {errno.ENOSPC: "đĩa đầy", errno.EROFS: "thư mục chỉ cho đọc"}
        reasons.update(dict.fromkeys((errno.EACCES, errno.EPERM), "không có quyền ghi"))
        reason = reasons.get(error.errno or 0, error.strerror or str(error))
        raise Failure(f"Không ghi được vào {error.filename or ROOT}: {reason}.") from error


@contextlib.contextmanager
def one_at_a_time() -> Iterator[None]:
    """Wait until no other start installs here; the lock ends with the process at the latest."""
    with (ROOT / ".venv.lock").open("w") as file:
        if os.name == "nt":
            msvcrt = importlib.import_module("msvcrt")
            while True:
                with contextlib.suppress(OSError):  # it gives up every ten seconds
                    msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
                    break
        else:
            fcntl = importlib.import_module("fcntl")
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def make_environment() -> None:
    """Make `.venv` anew, bringing Debian's part of it when this is root's machine."""
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        bring_venv_module()
    print("Đang lập môi trường .venv…", flush=True)
    command = [sys.executable, "-m", "venv", "--clear", str(VENV)]
    made = subprocess.run(  # nosec B603 # this very Python
        command, capture_output=True, text=True, errors="replace", check=False
    )
    if made.returncode or not PYTHON.exists():
        says = (made.stderr or made.stdout).strip().splitlines() or ["?"]
        raise Failure(f"Không lập được môi trường {VENV}: {says[-1].strip().rstrip('.')}.")


def bring_venv_module() -> None:
    """Debian and Ubuntu keep the venv module in a package of its own."""
    package = "python{}.{}-venv".format(*sys.version_info)
    apt = shutil.which("apt-get")
    if apt and getattr(os, "geteuid", lambda: 1)() == 0:
        print(f"Đang cài {package}…", flush=True)
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (["install", "-y", package], ["update"], ["install", "-y", package]):
            ended = subprocess.run(  # nosec B603 # as root alone, the package named above
                [apt, "-qq", *command],
                env=environment,
                capture_output=True,
                stdin=subprocess.DEVNULL,
                check=False,
            )
            if command[0] == "install" and ended.returncode == 0:
                importlib.invalidate_caches()
                return
    raise Failure(
        f"Python này thiếu mô-đun venv: hãy cài gói {package} (apt install {package}) rồi chạy lại."
    )


def pip_install(lock: str) -> None:
    """Install a lock to the last hash, or say in a sentence why not; pip's own words are kept in a file."""
    print(f"Đang cài thư viện theo {lock}…", flush=True)
    options = ["--only-binary", ":all:", "--require-hashes", "--no-input", "--disable-pip-version-check"]
    environment = {"PIP_RETRIES": "2", **os.environ, "PYTHONUTF8": "1"}
    environment.pop("PYTHONPATH", None)
    ended = subprocess.run(  # nosec B603 # of this folder
        [str(PYTHON), "-m", "pip", "install", *options, "-r", str(ROOT / lock)],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    PIP_LOG.write_text(ended.stdout, encoding="utf-8")
    if ended.returncode == 0:
        return
    version = "{}.{}".format(*sys.version_info)
    for pattern, sentence in PIP_FAILURES:
        if re.search(pattern, ended.stdout):
            raise Failure(sentence.format(lock=lock, venv=VENV, version=version))
    raise Failure(f"Không cài được thư viện theo {lock}; pip nói vì sao trong {PIP_LOG}.")


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace", **({"encoding": "utf-8"} if os.name == "nt" else {}))
    try:
        sys.exit(main(sys.argv[1:]))
    except Failure as failure:
        sys.exit(str(failure))
    except KeyboardInterrupt:
        sys.exit(130)

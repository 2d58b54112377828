"""What `python3 run.py test` does, in the environment that run.py made: every check, then every test.

With `--measured` the tests run under coverage, which takes half as long again, and too little of it fails. With other
arguments only pytest runs, and gets them. All checks run even when one fails; the exit code is 0 when none did.
"""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM = "PLEDGES_CHROMIUM"
UNWRITTEN = "PYTHONDONTWRITEBYTECODE"  # with it every process compiles the program and the tests once more
SHELL = "chromium-headless-shell"  # the browser without windows: a fifth less work for the same pages
BROWSERS = (SHELL, "chromium", "chromium-browser", "google-chrome")
INSTALL_SECONDS = 300
WORKERS = "4"  # two more than the fewest cores: tests in the browser mostly wait
SHARING = "worksteal"  # tests of one folder stay together, and with them what was made for all of them
CLOSING_LINE = re.compile(r"^=+ .* in [0-9.]+s.* =+$")

_LINT_IMPORTS = "from importlinter.cli import lint_imports_command; lint_imports_command()"
_OWN_BROWSER = (
    "from playwright.sync_api import sync_playwright\n"
    "with sync_playwright() as playwright: print(playwright.chromium.executable_path)"
)
# All tests are collected beside mypy, which takes one core: what is compiled then, no worker compiles again.
CHECKS = {
    "ruff check": ["-m", "ruff", "check", "."],
    "ruff format": ["-m", "ruff", "format", "--check", "."],
    "mypy": ["-m", "mypy", "--strict", "pledges"],
    "pytest --collect-only": ["-m", "pytest", "--collect-only", "--quiet"],
    "lint-imports": ["-c", _LINT_IMPORTS],
    "djlint --check": ["-m", "djlint", "--check", "templates"],
    "djlint --lint": ["-m", "djlint", "--lint", "templates"],
    "bandit": [
        "-m",
        "bandit",
        "-q",
        "-c",
        "pyproject.toml",
        "-r",
        "pledges",
        "run.py",
        "config.py",
        "setup.py",
    ],
    "pip-audit": [str(ROOT / "tests" / "advisories.py")],
}
UNREACHED = {"pip-audit": 75}
"""The exit code by which a check says that it could not reach what it asks: told, and no failure."""

MEASURED = "--measured"
REPORT = ["-m", "coverage", "report"]


def main(arguments: Sequence[str]) -> int:
    """Run what is asked; the exit code."""
    os.chdir(ROOT)
    for name in [name for name in os.environ if name.startswith("PLEDGES_") and name != CHROMIUM]:
        del os.environ[name]  # the tests give the settings themselves
    os.environ.pop(UNWRITTEN, None)
    os.environ[CHROMIUM] = chromium()
    measured = list(arguments) == [MEASURED]
    if arguments and not measured:
        return python("-m", "pytest", *arguments).returncode
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        ended = dict(zip(CHECKS, pool.map(check, CHECKS, CHECKS.values()), strict=True))
    failed = [name for name, code in ended.items() if code not in {0, UNREACHED.get(name)}]
    unchecked = [name for name, code in ended.items() if code and name not in failed]
    code, closing = tests(measured=measured)
    if code:
        failed.append("pytest")
    if measured and check("coverage", REPORT, show=True):
        failed.append("coverage")
    if unchecked:
        print(f"Chưa kiểm được: {', '.join(unchecked)}.")
    print(f"Không đạt: {', '.join(failed)}." if failed else "Mọi phép kiểm tra đều đạt.")
    print(closing, flush=True)
    return 1 if failed else 0


def python(*arguments: str, **how: Any) -> "subprocess.CompletedProcess[str]":
    """Run this environment's Python to its end."""
    return subprocess.run([sys.executable, *arguments], check=False, text=True, errors="replace", **how)


def check(name: str, command: Sequence[str], *, show: bool = False) -> int:
    """Run a check and print how it went; what it says, only when asked or when it doesn't pass. The exit code."""
    began = time.monotonic()
    ended = python(*command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    told = f"{ended.stdout}\n" if show or ended.returncode else ""
    word = {0: "đạt", UNREACHED.get(name): "chưa kiểm"}.get(ended.returncode, "không đạt")
    print(f"{told}{name}: {word} ({time.monotonic() - began:.1f} s)\n", end="", flush=True)
    return ended.returncode


def tests(*, measured: bool) -> "tuple[int, str]":
    """Run all tests, under coverage if asked, showing what they say; the exit code and pytest's closing line."""
    under = ["-m", "coverage", "run"] if measured else []
    if measured:
        python("-m", "coverage", "erase")
    command = [sys.executable, *under, "-m", "pytest", "-n", WORKERS, "--dist", SHARING]
    closing = "pytest không nói kết quả"
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, errors="replace") as running:
        for line in running.stdout or ():
            print(line, end="", flush=True)
            if CLOSING_LINE.match(line.strip()):
                closing = line.strip()
    if measured:
        python("-m", "coverage", "combine", "--quiet")
    return running.returncode, closing


def chromium() -> str:
    """The browser: of the setting, playwright's own, of the machine, else one that is brought now."""
    if given := os.environ.get(CHROMIUM):
        if not runs(given):
            sys.exit(f"{CHROMIUM} chỉ tới một trình duyệt không chạy được: {given}.")
        return given
    for find in (own_browser, browser_of_machine, installed_by_playwright, installed_by_apt):
        found = find()
        if found and runs(found):
            return found
    sys.exit(
        "Không có trình duyệt Chromium cho phép kiểm tra và không tải được: hãy cài gói chromium "
        f"(apt install chromium), hoặc đặt {CHROMIUM} là đường dẫn tới Chromium hay Chrome."
    )


def runs(path: str) -> bool:
    """Whether a browser can be started: one without its libraries is there, but of no use."""
    if os.name == "nt":  # there it would open a window
        return Path(path).exists()
    try:
        return (
            subprocess.run([path, "--version"], capture_output=True, check=False, timeout=60).returncode == 0
        )
    except OSError:
        return False


def own_browser() -> str:
    """The browser that playwright installed before."""
    ended = python("-c", _OWN_BROWSER, capture_output=True)
    return str(shell_beside(Path(ended.stdout.strip()))) if ended.returncode == 0 else ""


def shell_beside(whole: Path) -> Path:
    """The browser without windows of the same release, where playwright has it; else the whole one."""
    release = next((one for one in whole.parents if one.name.startswith("chromium-")), whole.parent)
    beside = release.parent / release.name.replace("chromium-", "chromium_headless_shell-", 1)
    found = (one for one in beside.glob("*/*") if one.stem in {"headless_shell", "chrome-headless-shell"})
    return next(found, whole)


def browser_of_machine() -> str:
    """A browser on the PATH."""
    return next(filter(None, map(shutil.which, BROWSERS)), "")


def installed_by_playwright() -> str:
    """The browser that playwright can download."""
    print("Đang tải Chromium…", flush=True)
    try:
        python(
            "-m",
            "playwright",
            "install",
            "--only-shell",
            "chromium",
            capture_output=True,
            timeout=INSTALL_SECONDS,
        )
    except subprocess.TimeoutExpired:
        return ""
    return own_browser()


def installed_by_apt() -> str:
    """Debian's browser, when this is root's machine."""
    apt = shutil.which("apt-get")
    if not apt or os.geteuid() != 0:
        return ""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}

    def ask(*step: str) -> None:
        subprocess.run([apt, "-qq", *step], env=environment, capture_output=True, check=False)

    ask("update")
    for package in (SHELL, "chromium"):
        ask("install", "-y", "--no-install-recommends", package)
        if found := browser_of_machine():
            return found
    return ""


if __name__ == "__main__":
    sys.stdout.reconfigure(errors="replace")
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)

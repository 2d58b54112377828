"""The test command itself: all checks run, one that fails is not lost, and the browser is found or asked for."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import command

FILE = Path(command.__file__)
CLOSING = "=== 7 passed in 0.10s ==="


@pytest.fixture(autouse=True)
def kept_environment(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The command changes its folder and its environment; both are put back."""
    folder, environment = Path.cwd(), dict(os.environ)
    yield
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)


@pytest.fixture
def checks(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """Two checks that pass, in place of the real ones."""
    small = {"một": ["-c", "print('lời của một')"], "hai": ["-c", "print('lời của hai')"]}
    monkeypatch.setattr(command, "CHECKS", small)
    monkeypatch.setattr(command, "REPORT", ["-c", "pass"])
    monkeypatch.setattr(command, "chromium", lambda: sys.executable)
    monkeypatch.setattr(command, "tests", lambda **_how: (0, CLOSING))
    return small


def test_when_all_pass_it_says_so_and_ends_with_the_closing_line(
    checks: dict[str, list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.main([]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[-2:] == ["Mọi phép kiểm tra đều đạt.", CLOSING]
    assert "lời của một" not in lines, "what passes is quiet"


def test_a_check_that_fails_is_shown_and_the_others_still_run(
    checks: dict[str, list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    checks["một"] = ["-c", "print('lời của một'); raise SystemExit(3)"]
    assert command.main([]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert "lời của một" in lines
    assert any(line.startswith("hai: đạt") for line in lines)
    assert lines[-2:] == ["Không đạt: một.", CLOSING]


def test_what_could_not_be_asked_is_told_and_fails_nothing(
    checks: dict[str, list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    silent = ["-c", "print('không tới được'); raise SystemExit(75)"]
    checks["pip-audit"] = silent
    assert command.main([]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "không tới được" in lines
    assert any(line.startswith("pip-audit: chưa kiểm (") for line in lines)
    assert lines[-3:] == ["Chưa kiểm được: pip-audit.", "Mọi phép kiểm tra đều đạt.", CLOSING]
    checks["một"] = silent
    assert command.main([]) == 1, "no other check has something that it may not reach"
    assert "Không đạt: một." in capsys.readouterr().out


def test_failing_tests_or_coverage_fail_the_command(
    checks: dict[str, list[str]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "tests", lambda **_how: (1, CLOSING))
    monkeypatch.setattr(command, "REPORT", ["-c", "raise SystemExit(2)"])
    assert command.main([]) == 1
    assert "Không đạt: pytest." in capsys.readouterr().out, "coverage is measured when it is asked for"
    assert command.main([command.MEASURED]) == 1
    assert "Không đạt: pytest, coverage." in capsys.readouterr().out


def test_the_machines_settings_do_not_reach_the_tests(
    checks: dict[str, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLEDGES_DATABASE_URL", "postgresql://that/that")
    checks["môi trường"] = ["-c", "import os; raise SystemExit('PLEDGES_DATABASE_URL' in os.environ)"]
    assert command.main([]) == 0


def test_what_was_compiled_once_is_kept(
    checks: dict[str, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    checks["mã đã dịch"] = ["-c", "import sys; raise SystemExit(sys.dont_write_bytecode)"]
    assert command.main([]) == 0


def test_a_browser_that_does_not_run_is_named() -> None:
    environment = {**os.environ, "PLEDGES_CHROMIUM": "/khong/co/chromium"}
    ended = subprocess.run(
        [sys.executable, str(FILE), "--version"],
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert ended.returncode == 1
    assert ended.stderr == "PLEDGES_CHROMIUM chỉ tới một trình duyệt không chạy được: /khong/co/chromium.\n"


def test_the_browser_is_looked_for_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def answer(name: str, found: str) -> None:
        def find() -> str:
            asked.append(name)
            return found

        monkeypatch.setattr(command, name, find)

    monkeypatch.delenv("PLEDGES_CHROMIUM", raising=False)
    answer("own_browser", "")
    answer("browser_of_machine", "/khong/co/chromium")
    answer("installed_by_playwright", "")
    answer("installed_by_apt", sys.executable)
    assert command.chromium() == sys.executable
    assert asked == ["own_browser", "browser_of_machine", "installed_by_playwright", "installed_by_apt"]
    answer("installed_by_apt", "")
    with pytest.raises(SystemExit, match="hãy cài gói chromium"):
        command.chromium()


def test_of_playwright_s_browsers_the_one_without_windows_is_taken(tmp_path: Path) -> None:
    whole = tmp_path / "chromium-1255" / "chrome-linux64" / "chrome"
    assert command.shell_beside(whole) == whole
    shells = {
        number: tmp_path / f"chromium_headless_shell-{number}" / "chrome-headless-shell-linux64"
        for number in (1254, 1255)
    }
    for folder in shells.values():
        folder.mkdir(parents=True)
        (folder / "LICENSE").touch()
        (folder / "chrome-headless-shell").touch()
    assert command.shell_beside(whole) == shells[1255] / "chrome-headless-shell"


def test_of_the_machine_s_browsers_the_one_without_windows_is_taken(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert command.browser_of_machine() == ""
    for name in ("google-chrome", "chromium", "chromium-headless-shell"):
        (tmp_path / name).touch(mode=0o755)
        assert command.browser_of_machine() == str(tmp_path / name)


@pytest.mark.parametrize("there", ["chromium-headless-shell", "chromium"])
def test_debian_is_asked_for_the_one_without_windows_and_then_for_the_whole(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, there: str
) -> None:
    apt = tmp_path / "apt-get"
    apt.write_text(f'#!/bin/sh\ncase "$*" in *install*\' {there}\') cp "$0" {tmp_path / there};; esac\n')
    apt.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin")
    monkeypatch.setattr(command.os, "geteuid", lambda: 0)
    monkeypatch.setattr(
        command.shutil, "which", lambda name: str(found) if (found := tmp_path / name).exists() else None
    )
    assert command.installed_by_apt() == str(tmp_path / there)
    asked = {one.name for one in tmp_path.iterdir()}
    assert asked == {"apt-get", there}

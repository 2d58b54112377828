"""`python -m pledges start` as people meet it: what it makes, says and refuses."""

import json
import re
import shutil
import signal
import socket
import sqlite3
import stat
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.support.commands import Ended, carried_out, environment, refusal, sentence_of
from tests.support.demos import Demo


class Server:
    """A started program; what it says, once it has been heard."""

    def __init__(self, *arguments: str, **more: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "pledges", "start", "--port", "0", *arguments],
            env=environment(**more),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )

    def hear(self) -> None:
        """Wait until it says where it is and how to sign in."""
        assert self.process.stdout is not None
        hello = self.process.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:\d+", hello)
        if not found:
            raise AssertionError(hello + self.process.communicate()[1])
        self.address = found[0]
        self.advice = self.process.stdout.readline()

    def page(self) -> str:
        with urllib.request.urlopen(self.address + "/", timeout=10) as answer:  # noqa: S310 - its own address
            return str(answer.read().decode())

    def stop(self) -> tuple[int, str]:
        """Press Ctrl-C; the exit code and what it complained of."""
        self.process.send_signal(signal.SIGINT)
        _, complaint = self.process.communicate(timeout=20)
        return self.process.returncode, complaint


@contextmanager
def starting(*arguments: str, **more: str) -> Iterator[Server]:
    server = Server(*arguments, **more)
    try:
        yield server
    finally:
        if server.process.poll() is None:
            server.process.kill()
        server.process.communicate()


@contextmanager
def serving(*arguments: str, **more: str) -> Iterator[Server]:
    with starting(*arguments, **more) as server:
        server.hear()
        yield server


def from_the_shell(*arguments: str, **more: str) -> Ended:
    """A command as people give it."""
    command = [sys.executable, "-m", "pledges", *arguments]
    ended = subprocess.run(
        command, env=environment(**more), capture_output=True, encoding="utf-8", check=False, timeout=60
    )
    return Ended(ended.returncode, ended.stdout, ended.stderr)


def count(instance: Path, table: str) -> int:
    with closing(sqlite3.connect(instance / "pledges.sqlite")) as connection:
        return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608 - own names


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An instance that two first starts made, begun at the same moment."""
    folder = tmp_path_factory.mktemp("first") / "kho"
    arguments = ("--instance", str(folder))
    with starting(*arguments) as first, starting(*arguments) as second:
        for server in (first, second):
            server.hear()
            assert "dữ liệu minh họa" in server.page().lower()
            assert "15/10/2024" in server.advice
            assert "lãnh đạo phường" in server.advice
        assert first.stop() == second.stop() == (0, "")
    return folder


@pytest.fixture
def copied(demo: Path, tmp_path: Path) -> Path:
    """The instance again, for a test that harms it."""
    return Path(shutil.copytree(demo, tmp_path / "kho"))


def test_what_the_first_start_makes_is_for_its_owner_alone(demo: Path) -> None:
    made = {path: stat.S_IMODE(path.stat().st_mode) for path in [demo, *demo.rglob("*")]}
    assert {demo / "secret-key", demo / "demo.json", demo / "pledges.sqlite"} <= set(made)
    assert {mode & 0o077 for mode in made.values()} == {0}


def test_the_second_start_makes_nothing_anew(demo: Path) -> None:
    entries = count(demo, "log_entry")
    with serving("--instance", str(demo)) as server:
        assert "dữ liệu minh họa" in server.page().lower()
    assert count(demo, "log_entry") == entries


def test_two_first_starts_at_once_load_the_demo_once(demo: Path, loaded_demo: Demo) -> None:
    assert count(demo, "campaign") == count(loaded_demo.instance, "campaign") == 1
    assert count(demo, "log_entry") == count(loaded_demo.instance, "log_entry")


@pytest.mark.parametrize("committed", [False, True])
def test_a_demo_whose_loading_broke_off_is_there_once_in_the_end(
    copied: Path, demo: Path, committed: bool
) -> None:
    if not committed:  # it broke off after the tables were made, before the one commit of the data
        (copied / "demo.json").unlink()
        (copied / "pledges.sqlite").unlink()
        stored = (copied / "files").rename(copied.parent / "files")
        assert carried_out(["prepare", "--instance", str(copied)], environment()).code == 0
        stored.rename(copied / "files")
    (copied / "demo.json").write_text('{"today": "2024-10-15", "loaded": false}', encoding="utf-8")
    with serving("--instance", str(copied)):
        assert json.loads((copied / "demo.json").read_text(encoding="utf-8"))["loaded"]
    assert count(copied, "campaign") == 1
    assert count(copied, "log_entry") == count(demo, "log_entry")


def test_an_empty_instance_stays_empty(tmp_path: Path) -> None:
    with serving("--instance", str(tmp_path / "kho"), "--empty") as server:
        assert f"{server.address}/thiet-lap" in server.advice
        code = re.search(r"mã thiết lập (\w{4}-){2}\w{4}\.", server.advice)[0]
    with serving("--instance", str(tmp_path / "kho")) as server:
        assert re.search(rf"{server.address}/thiet-lap .*{code}", server.advice)
        assert "dữ liệu minh họa" not in server.page().lower()
    assert count(tmp_path / "kho", "campaign") == 0


def test_a_setting_can_forbid_the_demo(tmp_path: Path) -> None:
    with serving("--instance", str(tmp_path / "kho"), PLEDGES_DEMO="0") as server:
        assert "/thiet-lap" in server.advice


def test_a_demo_does_not_become_a_real_instance(demo: Path) -> None:
    assert "là kho minh họa" in refusal("--instance", str(demo), "--empty", "--port", "0")


def test_a_taken_port_is_told_before_anything_is_made(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        sentence = refusal("--port", port, "--instance", str(tmp_path / "kho"))
    assert (
        sentence
        == f"Cổng {port} đang có chương trình khác dùng: hãy tắt nó, hoặc chọn cổng khác bằng --port."
    )
    assert not (tmp_path / "kho").exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--port", "tám"], "Cổng phải là số từ 0 đến 65535, không phải “tám”"),
        (["--port", "65536"], "không phải “65536”"),
        (["--port"], "không hiểu “--port”"),
        (["--cong", "8000"], "không hiểu “--cong”"),
        (["--port", "0", "--host", "khong.co.invalid"], "Không có địa chỉ nào tên là “khong.co.invalid”"),
        (["--port", "0", "--host", "192.0.2.1"], "Máy này không có địa chỉ 192.0.2.1"),
        (["--port", "0", "--host", "0.0.0.0", "--empty"], "không có https thì mật khẩu đi qua mạng"),
    ],
)
def test_arguments_without_sense(tmp_path: Path, arguments: list[str], words: str) -> None:
    assert words in refusal(*arguments, "--instance", str(tmp_path / "kho"))


def test_a_face_without_vietnamese_letters(tmp_path: Path) -> None:
    sentence = refusal("--port", "0", "--instance", str(tmp_path / "kho"), PLEDGES_FONT_FOLDER=str(tmp_path))
    assert sentence.startswith(f"Thư mục phông chữ {tmp_path} không có tệp ")


def test_a_database_of_a_newer_program_is_left_alone(copied: Path) -> None:
    with closing(sqlite3.connect(copied / "pledges.sqlite")) as connection:
        connection.execute("UPDATE alembic_version SET version_num = 'ffffffffffff'")
        connection.commit()
    assert "do một bản mới hơn của chương trình lập ra" in refusal("--port", "0", "--instance", str(copied))


def test_a_wrong_setting_stops_every_command(tmp_path: Path) -> None:
    said = [
        refusal("--instance", str(tmp_path), command=command, PLEDGES_PROXIES="hai")
        for command in ("start", "prepare", "verify-log", "help")
    ]
    said.append(sentence_of(from_the_shell("start", "--instance", str(tmp_path), PLEDGES_PROXIES="hai")))
    for sentence in said:
        assert "Thiết đặt PROXIES (biến môi trường PLEDGES_PROXIES)" in sentence


def test_commands_are_listed_and_unknown_ones_refused(demo: Path) -> None:
    ended = from_the_shell("help")
    assert ended.code == 0
    assert {line.split()[0] for line in ended.out.splitlines()} >= {
        "start",
        "prepare",
        "help",
        "verify",
        "verify-log",
        "create-admin",
    }
    assert "Không có lệnh veri" in refusal("--instance", str(demo), command="veri")


def test_a_command_does_not_make_an_instance_by_mistake(tmp_path: Path) -> None:
    assert "chưa được lập" in refusal("--instance", str(tmp_path / "kho"), command="verify-log")
    assert not (tmp_path / "kho").exists()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("verify", "--printed"),
        ("verify-log", "Kiểm tra nhật ký"),
        ("prepare", "Lập kho"),
        ("start", "--port"),
    ],
)
def test_help_needs_no_instance_and_makes_none(tmp_path: Path, name: str, words: str) -> None:
    ended = carried_out([name, "--help", "--instance", str(tmp_path / "kho")], environment())
    assert ended.code == 0
    assert words in ended.out
    assert not (tmp_path / "kho").exists()


def test_help_on_a_command_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert "Không có lệnh veri" in refusal("--help", "--instance", str(tmp_path / "kho"), command="veri")


def test_prepare_makes_an_empty_instance_and_can_be_repeated(tmp_path: Path) -> None:
    for _ in "ab":
        ended = carried_out(["prepare", "--instance", str(tmp_path / "kho")], environment())
        assert ended == Ended(0, f"Kho {tmp_path / 'kho'} đã sẵn sàng.\n", "")
    assert count(tmp_path / "kho", "campaign") == 0

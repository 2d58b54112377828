"""pip-audit in the checks: a known hole fails, what nobody could be asked about is told as unchecked."""

import json
import re
import socket
import subprocess
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest

from tests import advisories, command
from tests.advisories import HOLES, SOUND, UNREACHED, audited, judged
from tests.house.sources import ROOT, modules

HOLE = {
    "id": "GHSA-0000",
    "aliases": ["CVE-2026-0001"],
    "summary": "x",
    "affected": [
        {
            "package": {"name": "thu-vien", "ecosystem": "PyPI"},
            "ranges": [{"type": "ECOSYSTEM", "events": [{"fixed": "1.1"}]}],
        }
    ],
}
Answer = Callable[[str], Any]


@contextmanager
def service(answer: Answer) -> Iterator[str]:
    """Somebody who answers what is known of a library, as osv.dev does; its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            said = json.dumps(answer(asked["package"]["name"])).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *_details: Any) -> None:
            """Keep quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, args=[0.02])
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    made = tmp_path / "requirements.lock"
    made.write_text("".join(f"{name}==1.0 --hash=sha256:{'0' * 64}\n" for name in ("khac", "thu-vien")))
    return made


def ask(lock: Path, address: str, **how: Any) -> tuple[int, str]:
    return audited([lock], ["-s", "osv", "--osv-url", address], **how)


def test_a_known_hole_fails_and_is_named(lock: Path):
    with service(lambda name: {"vulns": [HOLE]} if name == "thu-vien" else {}) as address:
        code, said = ask(lock, address)
    assert (code, said) == (HOLES, "thu-vien 1.0: CVE-2026-0001 (GHSA-0000), bản vá: 1.1")


def test_without_one_it_says_how_many_libraries_were_asked_about(lock: Path):
    with service(lambda _name: {}) as address:
        assert ask(lock, address) == (SOUND, "pip-audit: 2 thư viện không có lỗ hổng đã biết")


def test_where_nobody_answers_nothing_was_checked(lock: Path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        code, said = ask(lock, f"http://127.0.0.1:{taken.getsockname()[1]}")
    assert code == UNREACHED == command.UNREACHED["pip-audit"]
    assert re.fullmatch(r"pip-audit: không tới được danh mục lỗ hổng \(.*Connection.*\) – chưa kiểm", said)


def test_who_does_not_come_to_an_end_is_not_waited_for(lock: Path):
    let_go = Event()
    with service(lambda _name: let_go.wait() and {}) as address:
        try:
            code, said = ask(lock, address, patience=2)
        finally:
            let_go.set()
    assert code == UNREACHED
    assert said == "pip-audit: không tới được danh mục lỗ hổng (không trả lời trong 2 giây) – chưa kiểm"


def test_a_lock_that_cannot_be_read_is_no_missing_line(lock: Path):
    lock.write_text("thu-vien>=1.0\n", encoding="utf-8")
    assert ask(lock, "http://127.0.0.1:9")[0] == HOLES


def answer_of(*libraries: dict[str, Any]) -> str:
    return json.dumps({"dependencies": list(libraries), "fixes": []})


KNOWN = {"name": "flask", "version": "3.1.0", "vulns": []}
UNKNOWN = {"name": "la", "skip_reason": "Dependency not found on PyPI and could not be audited: la (1)"}


def test_a_mirror_without_advisories_has_checked_nothing():
    code, said = judged(0, answer_of(UNKNOWN, UNKNOWN), "")
    assert code == UNREACHED
    assert "không biết thư viện nào trong 2 thư viện" in said


def test_one_library_that_is_not_known_among_others_fails():
    assert judged(0, answer_of(KNOWN, UNKNOWN), "") == (HOLES, UNKNOWN["skip_reason"])


def test_an_end_that_nobody_understands_fails():
    assert judged(2, "", "usage: pip-audit")[0] == HOLES
    assert judged(3, answer_of(KNOWN), "?")[0] == HOLES


def test_both_locks_are_asked_about():
    assert {ROOT / name for name in advisories.LOCKS} == set(ROOT.glob("requirements*.lock"))


def test_what_bandit_is_told_to_pass_bears_its_reason():
    marks = [
        line.partition("# nosec")[2]
        for path in [
            *modules(migrations=True),
            *(ROOT / name for name in ("run.py", "config.py", "setup.py")),
        ]
        for line in path.read_text(encoding="utf-8").splitlines()
        if "nosec" in line
    ]
    assert marks
    assert [mark for mark in marks if not re.fullmatch(r" B\d{3} # \w.{4,}", mark)] == []


def test_bandit_passes_over_nothing_but_two_rules_that_ruff_holds():
    told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["bandit"]
    assert told == {"skips": ["B101", "B404"]}


def test_bandit_finds_what_has_no_mark(tmp_path: Path):
    (tmp_path / "bad.py").write_text("import hashlib\nhashlib.md5(b'')\n", encoding="utf-8")
    check = command.CHECKS["bandit"]
    places = check[check.index("-r") + 1 :]
    assert places == ["pledges", "run.py", "config.py", "setup.py"]
    ended = command.python(
        *check[: -len(places)], str(tmp_path), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert ended.returncode == 1
    assert "B324" in ended.stdout

"""What is watched: ids, lines in files, statements without values, errors without words, bounded figures."""

import json
import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy.exc import IntegrityError

from pledges.core.watching import errors, figures, keeping, statements, watch
from pledges.core.watching.figures import Gauge
from pledges.core.watching.keeping import Keeper
from pledges.core.watching.lines import Lines
from pledges.core.watching.watch import Watch
from tests.house.sources import ROOT


def value(name: str, **labels: str) -> float:
    """What the figures say now."""
    return value_in(figures.exposed(()).decode(), name, **labels)


def value_in(said: str, name: str, **labels: str) -> float:
    """What an answer says."""
    families = text_string_to_metric_families(said)
    return sum(
        one.value
        for family in families
        for one in family.samples
        if one.name == name and labels.items() <= one.labels.items()
    )


@pytest.mark.parametrize("given", ["3f9a82c1d0", "a" * 64, "0b8e9cde-6a1f-4b7e-9d21-1f0a2b3c4d5e"])
def test_a_plain_id_of_a_proxy_is_believed(given: str):
    assert watch.believed(given) == given


@pytest.mark.parametrize(
    "given", ["", "short", "a" * 65, "<b>12345678</b>", "12345678\n", "mã-số-12345", "12345678 x"]
)
def test_any_other_is_not(given: str):
    assert watch.believed(given) is None


def test_ids_of_ours_are_plain_and_differ():
    made = {watch.new_id() for _ in range(1000)}
    assert len(made) == 1000
    assert all(watch.believed(one) for one in made)


def test_a_statement_is_told_without_what_stands_in_quotes():
    told = statements.valueless(
        "SELECT *\n  FROM account\n WHERE name = 'Nguyễn ''A''' AND note = '' AND id = ?"
    )
    assert told == "SELECT * FROM account WHERE name = '…' AND note = '…' AND id = ?"
    assert len(statements.valueless("x" * 10_000)) == 2000


def test_lines_are_turned_over_and_the_oldest_go(tmp_path: Path):
    lines = Lines(tmp_path / "logs" / "a.jsonl", most=100, kept=2)
    for number in range(40):
        lines.append(f"{number:09}")
    kept = [path.read_text().split() for path in lines.files()]
    assert [len(one) for one in kept] == [10, 10, 10]
    assert [line for one in reversed(kept) for line in one] == [f"{number:09}" for number in range(10, 40)]
    assert {path.stat().st_mode & 0o777 for path in lines.files()} == {0o600}
    assert (tmp_path / "logs").stat().st_mode & 0o777 == 0o700


def test_who_did_not_turn_the_file_over_follows(tmp_path: Path):
    one, other = (Lines(tmp_path / "a.jsonl", most=50, kept=9) for _ in range(2))
    for number in range(40):
        (one if number % 3 else other).append(f"{number:04}")
    found = [line for path in reversed(one.files()) if path.exists() for line in path.read_text().split()]
    assert found == [f"{number:04}" for number in range(40)]


def test_a_file_that_was_removed_is_begun_anew(tmp_path: Path):
    lines = Lines(tmp_path / "a.jsonl", most=1000, kept=1)
    lines.append("one")
    lines.path.unlink()
    lines.append("two")
    assert lines.path.read_text() == "two\n"


def test_a_line_that_was_torn_takes_no_other_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    lines = Lines(tmp_path / "a.jsonl", most=1000, kept=1)
    lines.append("one")
    write = os.write
    with monkeypatch.context() as patch:
        patch.setattr("os.write", lambda handle, content: write(handle, content[:2]))
        lines.append("two")
    lines.append("three")
    assert lines.path.read_text() == "one\ntw\nthree\n"


def keeper(folder: Path, **changes: object) -> Keeper:
    return Keeper({"INSTANCE": folder, "LOG_FOLDER": None, **changes})


def test_what_can_not_be_written_is_counted_and_told_once(tmp_path: Path, caplog: pytest.LogCaptureFixture):
    (tmp_path / "logs").write_text("a file where the folder should be")
    kept, before = keeper(tmp_path), value("pledges_log_lines_lost_total")
    for _ in range(3):
        kept.write(keeping.REQUESTS, id="x")
    assert value("pledges_log_lines_lost_total") == before + 3
    assert len(caplog.records) == 1
    (tmp_path / "logs").unlink()
    kept.write(keeping.REQUESTS, id="x")
    assert json.loads((tmp_path / "logs" / "requests.jsonl").read_text())["id"] == "x"


def test_lines_go_where_the_settings_say(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    keeper(tmp_path, LOG_FOLDER="-").write(keeping.SLOW, ms=300)
    assert json.loads(capsys.readouterr().err)["ms"] == 300
    keeper(tmp_path, LOG_FOLDER=tmp_path / "else").write(keeping.SLOW, ms=400)
    assert json.loads((tmp_path / "else" / "slow.jsonl").read_text())["ms"] == 400


def test_an_error_is_kept_by_class_and_place_without_its_words(tmp_path: Path):
    kept = keeper(tmp_path)
    try:
        Lines(tmp_path, most=1, kept=1).append("điều bí mật")
    except OSError as error:
        errors.note(error, kept)
    text = kept.errors.path.read_text()
    said = json.loads(text)
    assert said["kind"] == "IsADirectoryError"
    assert said["place"].startswith("pledges/core/watching/lines.py:")
    assert set(said) == {"at", "id", "endpoint", "kind", "place"}
    assert str(tmp_path) not in text


def test_an_error_of_a_database_is_told_with_its_code():
    class Refused(Exception):
        sqlstate = "23505"

    assert errors.kind_of(IntegrityError("INSERT", {}, Refused())) == "IntegrityError 23505"
    assert errors.kind_of(ValueError("x")) == "ValueError"
    assert errors.place_of(ValueError("never raised")) == "-"


def test_errors_are_bounded(tmp_path: Path):
    kept = keeper(tmp_path)
    for _ in range(3000):
        errors.note(ValueError("x"), kept)
    sizes = [path.stat().st_size for path in kept.errors.files()]
    assert len(sizes) == 2
    assert sum(sizes) < 600_000


def test_figures_have_no_more_labels_than_there_are_pages_methods_and_classes():
    for method in ("GET", "BREW", "X" * 500, "MÃ"):
        for status in (200, 204, 299):
            seen = Watch("12345678", figures.plain_method(method), 1)
            seen.endpoint, seen.status, seen.queries = "test.page", status, 3
            figures.answered(seen, 0.02)
    assert value("pledges_requests_total", endpoint="test.page", method="GET", status="2xx") == 3
    assert value("pledges_requests_total", endpoint="test.page", method="OTHER", status="2xx") == 9
    assert value("pledges_requests_total", endpoint="test.page") == 12
    assert value("pledges_request_seconds_bucket", endpoint="test.page", le="0.01") == 0
    assert value("pledges_request_seconds_bucket", endpoint="test.page", le="0.025") == 12


def test_gauges_stand_beside_what_is_counted():
    disks = [Gauge("free_bytes", "Room.", number, {"place": name}) for name, number in (("a", 1), ("b", 2))]
    text = figures.exposed(disks).decode()
    assert 'free_bytes{place="a"} 1.0' in text
    assert 'free_bytes{place="b"} 2.0' in text
    assert text.count("# TYPE free_bytes gauge") == 1


def test_every_line_of_the_log_has_the_id(caplog: pytest.LogCaptureFixture):
    watch.name_requests_in_logs()
    seen = Watch("0123456789", "GET", 1)
    watch.follow(seen)
    logging.getLogger("somewhere").warning("within")
    watch.follow(None)
    logging.getLogger("somewhere").warning("without")
    formatter = logging.Formatter(watch.LINE)
    within, without = (formatter.format(one) for one in caplog.records)
    assert within.endswith("WARNING 0123456789 within")
    assert without.endswith("WARNING - without")


COUNTS = """
from pledges.core.watching import figures
from pledges.core.watching.watch import Watch
figures.error_noted()
one = Watch("3f9a82c1d0", "GET", 1.0)
one.endpoint, one.status, one.queries = "site.home", 200, 7
figures.answered(one, 0.02)
"""


def test_processes_that_share_a_folder_answer_for_each_other(tmp_path: Path):
    """Two that counted and are gone, and one that is asked: as gunicorn's are, one of them killed."""
    around = {**os.environ, figures.SHARED: str(tmp_path), "PYTHONPATH": str(ROOT)}
    ends = ("", "import os, signal; os.kill(os.getpid(), signal.SIGKILL)")
    running = [subprocess.Popen([sys.executable, "-c", COUNTS + end], env=around) for end in ends]
    assert [one.wait(60) for one in running] == [0, -9]
    asked = (
        "import sys; from pledges.core.watching import figures; sys.stdout.buffer.write(figures.exposed(()))"
    )
    answer = subprocess.run([sys.executable, "-c", asked], env=around, check=True, capture_output=True)
    said = answer.stdout.decode()
    assert value_in(said, "pledges_errors_total") == 2
    assert value_in(said, "pledges_requests_total", endpoint="site.home", method="GET", status="2xx") == 2
    assert value_in(said, "pledges_request_seconds_count", endpoint="site.home") == 2
    assert value_in(said, "pledges_request_queries_sum") == 14
    assert "process_cpu" not in said

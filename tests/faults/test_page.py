"""docs/reliability.md says what the results say, and in its first line what in them should not be there."""

import copy
from collections.abc import Callable
from typing import Any

import pytest

from tests.faults.page import page, verdict
from tests.faults.results import Results
from tests.house.sources import ROOT

HELD: dict[str, Any] = {"lost": [], "doubled": [], "chain": "", "disagreements": []}
BACKUP: dict[str, Any] = {
    "after_kills": 20, "seconds": 3.5, "acts_meanwhile": 12, "rehearsed": True, "restored": True, "problem": "",
    "had_to_be_there": 300, "found": 300, **HELD,
}  # fmt: skip
WAITS = {
    "writes": 900,
    "p50": 0.04,
    "p95": 0.2,
    "p99": 0.4,
    "longest": 0.9,
    "over_a_second": 0,
    "while_serving": 0,
}
RUN: dict[str, Any] = {
    "made_at": "2026-11-23T22:00:00+00:00", "machine": {"processors": 2, "model": "Máy", "python": "3.11.7"},
    "plan": {"people": 100, "think": 12.0}, "complete": True, "whole": True, "too_quiet": 0,
    "kills": {"after": [3.0] * 100, "acts": [5] * 100, "under_way": [1] * 100, "answers": [3.4] * 100},
    "sent": 910, "acknowledged": 900, "found": 900, "faults": [], "cut_off": 40, "sent_again": 9, "told_to_wait": 0,
    "pages": 1000, "documents_drawn": 9, "traces_in_the_log": 0, "locked_in_the_log": 0, "calm": WAITS,
    "amid_kills": WAITS, "backups": [BACKUP], **HELD,
}  # fmt: skip
SHOT: dict[str, Any] = {
    "requests": 5000, "statuses": {"200": 4000, "400": 990, "503": 10}, "findings": [],
    "refused_and_compared": 990, "typed_texts_looked_for": 70,
}  # fmt: skip
Spoiling = Callable[[Any, Any, Any], Any]
SPOILT: dict[str, Spoiling] = {
    "waitress + SQLite: 1 mất": lambda run, _backup, _shot: run["lost"].append("task A"),
    "waitress + SQLite: 1 trùng": lambda run, _backup, _shot: run["doubled"].append("task A"),
    "waitress + SQLite: 1 câu trả lời sai": lambda run, _backup, _shot: run["faults"].append("GET /: 500"),
    "chuỗi nhật ký đứt (7: thiếu)": lambda run, _backup, _shot: run.update(chain="7: thiếu"),
    "nhật ký không khớp (task.drafted": lambda run, _backup, _shot: run["disagreements"].append("task.drafted: 3, 2"),
    "2 lỗi chương trình": lambda run, _backup, _shot: run.update(traces_in_the_log=2),
    '1 lần "database is locked"': lambda run, _backup, _shot: run.update(locked_in_the_log=1),
    "dừng trước khi đối chiếu": lambda run, _backup, _shot: run.pop("whole"),
    "bản sao lưu sau 20 lần tắt: 1 mất": lambda _run, backup, _shot: backup["lost"].append("task A"),
    "không khôi phục được (hỏng)": lambda _run, backup, _shot: backup.update(restored=False, problem="hỏng"),
    "không diễn tập được": lambda _run, backup, _shot: backup.update(rehearsed=False),
    "biểu mẫu: 1 lỗi 500": lambda _run, _backup, shot: shot["statuses"].update({"500": 1}),
    "biểu mẫu: 1 điều sai": lambda _run, _backup, shot: shot["findings"].append({"what": "typed and lost"}),
}  # fmt: skip


def results() -> Results:
    runs = {"sqlite": copy.deepcopy(RUN), "postgresql": copy.deepcopy(RUN)}
    return Results(runs, {"runs": {"forms": copy.deepcopy(SHOT), "uploads": copy.deepcopy(SHOT)}})


def test_the_page_says_what_the_results_say():
    told = "run `python -m tests.faults.page > docs/reliability.md`"
    assert (ROOT / "docs" / "reliability.md").read_text(encoding="utf-8") == page(Results.kept()), told


def test_without_a_fault_the_first_line_counts_what_was_tried():
    assert verdict(results()) == (
        "**0 mất, 0 trùng, 0 lỗi 500** qua 200 lần tắt ngang máy chủ, 1.800 việc đã báo xong, 2 lần khôi phục, "
        "10.000 yêu cầu xấu."
    )


@pytest.mark.parametrize("words", SPOILT)
def test_what_should_not_be_there_stands_in_the_first_line(words: str):
    spoilt = results()
    run: Any = spoilt.killed["sqlite"]
    SPOILT[words](run, run["backups"][0], spoilt.shots["forms"])
    assert verdict(spoilt).startswith("**CHƯA ĐẠT.** ")
    assert words in verdict(spoilt)
    assert verdict(spoilt) in page(spoilt)


def test_results_that_are_missing_are_no_success():
    assert (
        verdict(Results({}, {}))
        == "**CHƯA ĐẠT.** chưa có kết quả tắt ngang máy chủ; chưa có kết quả yêu cầu xấu."
    )


def test_what_falls_short_is_named():
    short = results()
    assert "lần tắt ngang: mới có" not in page(short)
    run: Any = short.killed["postgresql"]
    run.update(
        complete=False,
        too_quiet=3,
        backups=[],
        amid_kills=WAITS | {"longest": 3.98, "over_a_second": 71, "while_serving": 2},
    )
    run["kills"]["after"].pop()
    told = page(short)
    assert "200 lần tắt ngang: mới có 199." in told
    assert "gunicorn + PostgreSQL: lần chạy dừng giữa chừng." in told
    assert "gunicorn + PostgreSQL: chưa khôi phục bản sao lưu nào." in told
    assert "3 lần tắt đến khi chưa có 5 việc xong" in told
    assert "giữa các lần tắt có 71 trong 900 lần ghi, lâu nhất 3,98 giây, 2 lần không phải vì" in told

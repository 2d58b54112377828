"""The results of the long runs, as their files hold them, and what in them should not be there."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from pledges.core.numbers import format_number
from tests.house.sources import ROOT

Told = Mapping[str, Any]
KILLS, REQUESTS = 200, 10_000
"""How much the long runs have to come to."""
WAITING = frozenset({503, 507})
"""What tells a browser in words to try again: no fault of the program."""
NAMES = {"sqlite": "waitress + SQLite", "postgresql": "gunicorn + PostgreSQL"}
FIRED = {
    "addresses": "địa chỉ và tham số",
    "forms": "biểu mẫu",
    "uploads": "tệp tải lên",
    "bodies": "thân yêu cầu hỏng",
}


@dataclass(frozen=True)
class Results:
    """Kết quả: of the kills by server, and of what was fired; empty where there is no file."""

    killed: Mapping[str, Told]
    fired: Told

    @classmethod
    def kept(cls, folder: Path = ROOT / "docs") -> "Results":
        """As they stand in the repository."""
        return cls(_read(folder / "reliability.json").get("runs", {}), _read(folder / "fuzz.json"))

    @property
    def shots(self) -> Mapping[str, Told]:
        """What was fired, by its kind."""
        return dict(self.fired.get("runs", {}))

    @property
    def backups(self) -> list[tuple[str, Told]]:
        """Of all servers, with the server's name."""
        return [(NAMES[kind], one) for kind, run in self.killed.items() for one in run.get("backups", [])]

    @property
    def kills(self) -> int:
        """Of all servers."""
        return sum(len(run["kills"]["after"]) for run in self.killed.values())

    @property
    def requests(self) -> int:
        """Hostile ones."""
        return sum(one["requests"] for one in self.shots.values())


def _read(path: Path) -> dict[str, Any]:
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else {}


def faults(results: Results) -> Iterator[str]:
    """Lỗi: everything that should not be there, in words; nothing when all is well."""
    for kind, run in results.killed.items():
        yield from faults_of(kind, run)
    if not results.killed:
        yield "chưa có kết quả tắt ngang máy chủ"
    for kind, one in results.shots.items():
        broken = internal(one)
        wrong = {f"{n(broken)} lỗi 500": broken, f"{n(len(one['findings']))} điều sai": one["findings"]}
        yield from _told(f"yêu cầu xấu, {FIRED.get(kind, kind)}", wrong)
    if not results.shots:
        yield "chưa có kết quả yêu cầu xấu"


def faults_of(kind: str, run: Told) -> Iterator[str]:
    """The same of one server."""
    name = NAMES[kind]
    if "whole" not in run:
        yield f"{name}: dừng trước khi đối chiếu"
        return
    traces, locked = run["traces_in_the_log"], run["locked_in_the_log"]
    wrong = {
        **_held(run),
        f"{n(len(run['faults']))} câu trả lời sai (lỗi 500, hoặc bị từ chối)": run["faults"],
        f"{n(traces)} lỗi chương trình trong nhật ký máy chủ": traces,
        f'{n(locked)} lần "database is locked"': locked,
    }
    yield from _told(name, wrong)
    for one in run.get("backups", []):
        yield from _told(f"{name}, bản sao lưu {when(one)}", _of_backup(one))


def _of_backup(one: Told) -> dict[str, object]:
    if not one["restored"]:
        return {f"không khôi phục được ({one['problem']})": True}
    return {"không diễn tập được": not one["rehearsed"], **_held(one)}


def _held(one: Told) -> dict[str, object]:
    """What was held against the database, of a server or of a backup."""
    return {
        f"{n(len(one['lost']))} mất": one["lost"],
        f"{n(len(one['doubled']))} trùng": one["doubled"],
        f"chuỗi nhật ký đứt ({one['chain']})": one["chain"],
        f"nhật ký không khớp ({'; '.join(one['disagreements'])})": one["disagreements"],
    }


def _told(name: str, wrong: Mapping[str, object]) -> Iterator[str]:
    told = [words for words, holds in wrong.items() if holds]
    if told:
        yield f"{name}: {', '.join(told)}"


def internal(one: Told) -> int:
    """How many answers said that the program broke."""
    told = {int(status): times for status, times in one["statuses"].items()}
    return sum(times for status, times in told.items() if status >= 500 and status not in WAITING)


def shortfalls(results: Results, acts: int, long: float) -> Iterator[str]:
    """Where the results stay behind what was set: amounts, runs broken off, kills in a lull, long waits."""
    if results.kills < KILLS:
        yield f"{n(KILLS)} lần tắt ngang: mới có {n(results.kills)}."
    if results.requests < REQUESTS:
        yield f"{n(REQUESTS)} yêu cầu xấu: mới có {n(results.requests)}."
    for kind, name in NAMES.items():
        run = results.killed.get(kind)
        if run is None:
            yield f"{name}: chưa chạy."
            continue
        if not run["complete"]:
            yield f"{name}: lần chạy dừng giữa chừng."
        if not run.get("backups"):
            yield f"{name}: chưa khôi phục bản sao lưu nào."
        if quiet := run["too_quiet"]:
            yield f"{name}: {n(quiet)} lần tắt đến khi chưa có {n(acts)} việc xong kể từ lần trước."
        for part, words in (("calm", "lúc yên"), ("amid_kills", "giữa các lần tắt")):
            waits = run.get(part, {})
            if late := waits.get("over_a_second"):
                of = f"{n(late)} trong {n(waits['writes'])} lần ghi, lâu nhất {s(waits['longest'])}"
                serving = f"{n(waits['while_serving'])} lần không phải vì máy chủ đang tắt"
                yield f"{name}: không lần ghi nào chờ quá {s(long)}; {words} có {of}, {serving}."


def when(one: Told) -> str:
    """When a backup was taken."""
    return f"sau {n(one['after_kills'])} lần tắt" if one["after_kills"] else "lúc yên"


def n(number: float) -> str:
    """A number as people write it."""
    return format_number(Decimal(str(number)))


def s(seconds: float) -> str:
    """The same of seconds, to a hundredth."""
    return f"{n(round(seconds, 2))} giây"

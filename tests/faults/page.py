"""`python -m tests.faults.page > docs/reliability.md`: what was tried, lost, doubled and broken, for people.

The figures come from docs/reliability.json (`benchmarks/reliability.py`), docs/fuzz.json (`benchmarks/fuzz.py`), the
table of the doors, and the constants of the tests of the run. What is wrong in them stands in the first line.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from pledges.core.dates import format_instant
from tests.doors import table
from tests.doors.knocking import PEOPLE, WHOSE
from tests.faults import test_kill
from tests.faults.endurance import ACTS, LONG
from tests.faults.results import FIRED, NAMES, Results, Told, faults, internal, n, s, shortfalls, when
from tests.fuzz import test_fuzz

HEAD = """\
# Máy chủ bị tắt ngang, dữ liệu xấu, khôi phục: đã thử gì, ra sao

<!-- Trang này do lệnh `python -m tests.faults.page > docs/reliability.md` viết ra từ docs/reliability.json,
     docs/fuzz.json, bảng các cửa và các bài kiểm thử; sửa ở đó rồi chạy lại lệnh. -->
"""
HOW = """
## Làm lại các số này

```
python benchmarks/reliability.py --out docs/reliability.json   # hai máy chủ, mỗi máy chủ 100 lần tắt ngang
python benchmarks/fuzz.py --out docs/fuzz.json                 # 10.000 yêu cầu xấu
python -m tests.faults.page > docs/reliability.md              # trang này
```

Máy chủ bị tắt bằng `kill -9` cả nhóm tiến trình, giữa lúc người dùng mô phỏng đang gửi, rồi được chạy lại.
"Đã báo xong" là việc mà máy chủ đã trả lời là xong; sau cùng từng việc ấy được tìm trong cơ sở dữ liệu, và nhật ký
được đếm lại theo từng loại việc. Thời gian chờ là của lần gửi được trả lời; lần gửi bị cắt ngang không tính.
"Máy chủ đang tắt" là từ lúc bị tắt đến câu trả lời đầu tiên sau khi chạy lại.
"""
NOT_SHOWN = """\
- Mất điện cả máy: chỉ các tiến trình bị tắt. Dữ liệu đã nằm trên đĩa là nhờ thứ tự ghi và đồng bộ (quyết định 0030),
  phép thử này không chứng minh điều đó.
- PostgreSQL tự nó bị tắt ngang: chỉ gunicorn bị tắt.
- Người thật trên mạng thật: người dùng là mô phỏng, chạy cùng máy, cùng bộ xử lý với máy chủ; thời gian chờ gồm cả
  phần của họ.
"""
NOTHING = "Chưa có."
REACHED = {
    "endpoints": "địa chỉ có trả lời",
    "forms": "biểu mẫu",
    "fields": "ô nhập",
    "arguments": "tham số của địa chỉ",
    "kinds_of_files": "kiểu tệp hỏng hoặc giả dạng",
}
"""What hostile requests reached, all kinds together."""
PARTS = "nửa số lần · 95 % · 99 % · lâu nhất"


def page(results: Results) -> str:
    """The whole page, in Markdown."""
    sections = {
        "Tắt ngang máy chủ giữa lúc mọi người đang làm": _killed(results),
        "Sao lưu trong lúc làm việc, rồi khôi phục": _backups(results),
        "Dữ liệu xấu": _fired(results),
        "Cửa": _doors(),
        "Trong mỗi lần chạy kiểm thử": _in_the_run(),
        "Chưa chứng minh được": (
            *(f"- {one}" for one in shortfalls(results, ACTS, LONG)),
            NOT_SHOWN.rstrip(),
        ),
    }
    told = [line for name, lines in sections.items() for line in ("", f"## {name}", "", *lines)]
    return "\n".join([HEAD, verdict(results), *told]) + "\n" + HOW


def verdict(results: Results) -> str:
    """Kết luận: one line."""
    wrong = list(faults(results))
    if wrong:
        return f"**CHƯA ĐẠT.** {'; '.join(wrong)}."
    acts = sum(run["acknowledged"] for run in results.killed.values())
    return (
        f"**0 mất, 0 trùng, 0 lỗi 500** qua {n(results.kills)} lần tắt ngang máy chủ, {n(acts)} việc đã báo xong, "
        f"{n(len(results.backups))} lần khôi phục, {n(results.requests)} yêu cầu xấu."
    )


def _killed(results: Results) -> Iterator[str]:
    runs = {NAMES[kind]: run for kind, run in results.killed.items() if "whole" in run}
    if not runs:
        yield NOTHING
        return
    rows = [[words, *(tell(run) for run in runs.values())] for words, tell in ROWS.items()]
    yield from _columns(["", *runs], rows)


def _waits(part: str) -> Callable[[Told], str]:
    def tell(run: Told) -> str:
        waits = run.get(part, {})
        if not waits.get("writes"):
            return "–"
        return " · ".join(n(round(waits[one], 2)) for one in ("p50", "p95", "p99", "longest")) + " giây"

    return tell


def _long(part: str) -> Callable[[Told], str]:
    def tell(run: Told) -> str:
        waits = run.get(part, {})
        return f"{n(waits.get('over_a_second', 0))}, {n(waits.get('while_serving', 0))}"

    return tell


def _middle(figures: Sequence[float]) -> float:
    return sorted(figures)[len(figures) // 2] if figures else 0.0


def _machine(told: Told) -> str:
    name = told.get("model") or told.get("system") or ""
    return f"{told.get('processors', '?')} lõi {name}, Python {told.get('python', '?')}"


def _least_and_usual(run: Told) -> str:
    return f"{n(min(run['kills']['acts'], default=0))}, {n(_middle(run['kills']['acts']))}"


def _usual_and_longest(run: Told) -> str:
    return f"{s(_middle(run['kills']['answers']))}, {s(max(run['kills']['answers'], default=0))}"


ROWS: Mapping[str, Callable[[Told], str]] = {
    "Làm lúc": lambda run: format_instant(datetime.fromisoformat(run["made_at"])),
    "Máy": lambda run: _machine(run["machine"]),
    "Người dùng mô phỏng, nghỉ giữa hai việc": lambda run: (
        f"{n(run['plan']['people'])}, {s(run['plan']['think'])}"
    ),
    "Lần tắt ngang": lambda run: n(len(run["kills"]["after"])),
    "trong đó giữa lúc có việc đang ghi": lambda run: n(sum(map(bool, run["kills"]["under_way"]))),
    "Việc xong giữa hai lần tắt: ít nhất, thường": _least_and_usual,
    "Từ lúc tắt đến câu trả lời đầu tiên: thường, lâu nhất": _usual_and_longest,
    "Việc đã gửi": lambda run: n(run["sent"]),
    "Việc đã báo xong": lambda run: n(run["acknowledged"]),
    "Tìm thấy": lambda run: n(run["found"]),
    "**Mất**": lambda run: f"**{n(len(run['lost']))}**",
    "**Trùng**": lambda run: f"**{n(len(run['doubled']))}**",
    "**Lỗi 500, hoặc bị từ chối**": lambda run: f"**{n(len(run['faults']))}**",
    "Yêu cầu bị cắt ngang": lambda run: n(run["cut_off"]),
    "Việc phải gửi lại": lambda run: n(run["sent_again"]),
    "Lần được bảo thử lại sau": lambda run: n(run["told_to_wait"]),
    "Chuỗi nhật ký": lambda run: run["chain"] or "nguyên vẹn",
    "Nhật ký so với số bản ghi": lambda run: "; ".join(run["disagreements"]) or "khớp",
    "Trang đã xem, văn bản đã vẽ": lambda run: f"{n(run['pages'])}, {n(run.get('documents_drawn', 0))}",
    "Lỗi chương trình trong nhật ký máy chủ": lambda run: n(run["traces_in_the_log"]),
    '"database is locked" trong nhật ký máy chủ': lambda run: n(run["locked_in_the_log"]),
    f"Lần ghi chờ lúc yên: {PARTS}": _waits("calm"),
    f"Lần ghi chờ giữa các lần tắt: {PARTS}": _waits("amid_kills"),
    f"Lần ghi lúc yên chờ quá {s(LONG)}, trong đó không vì máy chủ đang tắt": _long("calm"),
    f"Lần ghi giữa các lần tắt chờ quá {s(LONG)}, trong đó không vì máy chủ đang tắt": _long("amid_kills"),
}


def _backups(results: Results) -> Iterator[str]:
    if not results.backups:
        yield NOTHING
        return
    yield (
        "Lệnh `backup` chạy bên cạnh máy chủ đang có người dùng, và tự diễn tập. Sau đó tệp được khôi phục vào một nơi "
        "trống rồi đối chiếu: chuỗi nhật ký, số bản ghi theo nhật ký, mọi việc đã báo xong trước khi lệnh bắt đầu."
    )
    yield ""
    heads = [
        "Máy chủ",
        "Lúc",
        "Lâu",
        "Việc xong trong khi ấy",
        "Diễn tập",
        "Khôi phục",
        "Phải có",
        "Tìm thấy",
    ]
    yield from _columns([*heads, "Chuỗi và nhật ký"], (_backup(name, one) for name, one in results.backups))


def _backup(name: str, one: Told) -> list[str]:
    told = [name, when(one), s(one["seconds"]), n(one["acts_meanwhile"])]
    told += ["được" if one[what] else "**không**" for what in ("rehearsed", "restored")]
    if not one["restored"]:
        return [*told, "–", "–", "–"]
    wrong = "; ".join([*filter(None, [one["chain"]]), *one["disagreements"]])
    return [*told, n(one["had_to_be_there"]), n(one["found"]), wrong or "nguyên vẹn, khớp"]


def _fired(results: Results) -> Iterator[str]:
    if not results.shots:
        yield NOTHING
        return
    fired = results.fired
    made, machine, seed = fired.get("made_at"), fired.get("machine"), fired.get("seed")
    told = {
        f"làm lúc {format_instant(datetime.fromisoformat(made)) if made else ''}": made,
        _machine(machine or {}): machine,
        f"số gieo {seed}": seed,
    }
    said = ", ".join(words for words, known in told.items() if known)
    yield from (f"{said[:1].upper()}{said[1:]}.", "") if said else ()
    heads = [
        "",
        "Yêu cầu",
        "Câu trả lời",
        "Bị từ chối, đã so từng bảng: không ghi gì",
        "Chữ đã gõ được tìm lại",
    ]
    heads += ["**Lỗi 500**", "**Điều sai**"]
    yield from _columns(heads, (_shot(kind, one) for kind, one in results.shots.items()))
    whole = fired.get("whole", {})
    reached = [f"{n(whole[name])} {words}" for name, words in REACHED.items() if name in whole]
    yield from ("", f"Đã chạm tới {', '.join(reached)}.") if reached else ()


def _shot(kind: str, one: Told) -> list[str]:
    answers = " · ".join(f"{status}: {n(times)}" for status, times in sorted(one["statuses"].items()))
    looked = [n(one.get(name, 0)) for name in ("refused_and_compared", "typed_texts_looked_for")]
    wrong = [f"**{n(number)}**" for number in (internal(one), len(one["findings"]))]
    return [FIRED.get(kind, kind), n(one["requests"]), answers, *looked, *wrong]


def _doors() -> Iterator[str]:
    rows = table.kept()
    cells = [
        letter for row in rows.values() for cell in row.cells.values() for letter in cell if letter != "."
    ]
    let_in = sum(letter in table.LET_IN for letter in cells)
    yield (
        f"{n(len({name for name, _ in rows}))} địa chỉ, {n(len(rows))} cặp địa chỉ và cách gửi (GET, POST), "
        f"{n(len(PEOPLE))} loại người, {n(len(WHOSE))} loại bản ghi: {n(len(cells))} câu hỏi, câu nào cũng được hỏi "
        f"trong mỗi lần chạy kiểm thử; {n(let_in)} lần được vào, {n(len(cells) - let_in)} lần không. "
        "Từng câu: [doors.md](doors.md)."
    )


def _in_the_run() -> Iterator[str]:
    by_server = ", ".join(f"{NAMES[kind]} {n(one)}" for kind, one in test_kill.KILLS.items())
    yield f"- {n(sum(test_kill.KILLS.values()))} lần tắt ngang: {by_server} (tests/faults/test_kill.py)."
    yield f"- {n(test_fuzz.REQUESTS)} yêu cầu xấu (tests/fuzz/test_fuzz.py)."
    yield "- Mọi cửa (tests/doors/test_matrix.py)."
    yield (
        "- Bản sao lưu giữa lúc tám người cùng ghi, trên mỗi loại cơ sở dữ liệu, được khôi phục và đối chiếu "
        "(tests/database/test_backup_at_once.py)."
    )


def _columns(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |"
    yield "| --- " * len(heads) + "|"
    for row in rows:
        yield f"| {' | '.join(row)} |"


def main() -> None:
    """Print the page."""
    print(page(Results.kept()), end="")  # noqa: T201 - its answer


if __name__ == "__main__":
    main()

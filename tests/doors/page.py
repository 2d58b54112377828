"""`python -m tests.doors.page > docs/doors.md`: the table of the doors, for people."""

import tempfile
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from flask import Flask
from werkzeug.routing import Rule

from tests.doors import table
from tests.doors.knocking import PEOPLE, rules_of
from tests.support import apps, world
from tests.support.clock import Hands

HEAD = """\
# Cửa nào mở cho ai

<!-- Trang này do lệnh `python -m tests.doors.page` viết ra từ tests/doors/expected.txt; bộ kiểm thử gõ từng cửa. -->

Mỗi dòng là một địa chỉ của chương trình. Mỗi ô có bốn dấu, theo bản ghi mà địa chỉ nêu: (1) của Khu phố 1,
(2) của đơn vị khác trong phường, (3) của phường khác, (4) không có. Địa chỉ không nêu bản ghi nào thì được hỏi:
(1) như thường, (3) kèm phong trào của phường khác, (4) kèm phong trào không có.

`✓` mở · `→` dẫn sang trang khác · `!` được vào, nhưng lúc này không làm được · `✗` 403, chưa có quyền ·
`∅` 404, như không có · `⌂` phải đăng nhập · `·` không hỏi
"""
SIGNS = str.maketrans({"y": "✓", ">": "→", "f": "✗", "n": "∅", "s": "⌂", ".": "·"})


def page(app: Flask) -> str:
    """The whole page, in Markdown."""
    rows, rules = table.kept(), list(rules_of(app))
    parts = [HEAD]
    for feature, doors in groupby(rules, key=lambda rule: rule.endpoint.partition(".")[0]):
        parts += ["", f"## {feature}", "", *_table(app, rows, list(doors))]
    return "\n".join(parts) + "\n"


def _table(app: Flask, rows: dict[tuple[str, str], table.Row], doors: list[Rule]) -> Iterator[str]:
    yield f"| Địa chỉ | Cách gửi | Quyền | {' | '.join(PEOPLE.values())} |"
    yield "| --- " * (len(PEOPLE) + 3) + "|"
    for rule in doors:
        known = {row.methods: row for (name, _), row in rows.items() if name == rule.endpoint}
        for methods, row in known.items():
            cells = " | ".join(f"`{row.cells[person].translate(SIGNS)}`" for person in PEOPLE)
            yield f"| `{rule.rule}` | {methods.replace('+', ', ')} | {_leave(app, rule)} | {cells} |"


def _leave(app: Flask, rule: Rule) -> str:
    """What the door asks for, in words."""
    worn = getattr(app.view_functions[rule.endpoint], "guard", None)
    if worn is None:
        return "tệp giao diện"
    if worn.permission is not None:
        return str(worn.permission.label)
    return f"mở cho mọi người: {worn.open_because}" if worn.open_because else "đã đăng nhập"


def main() -> None:
    """Print the page."""
    with tempfile.TemporaryDirectory() as folder:
        app = apps.make(Path(folder) / "made" / "instance", Hands(world.DAY))
        print(page(app), end="")  # noqa: T201 - its answer


if __name__ == "__main__":
    main()

# ruff: noqa: S704 - what is taken for markup here is a page of the product
"""A bare page: Flask and Jinja over ready rows, with no sign-in, no database and nothing reckoned.

It answers the very bytes of a page of the product. The cells of the grid are rendered in a loop, with every address,
class and word as a variable; whatever stands around them is ready text. A page of these bytes can't be much barer.
"""

import html
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from markupsafe import Markup

_CELL = re.compile(r'(<td class="c">.*?</td>)', re.DOTALL)
_VALUE = re.compile(r'(?<=href=")[^"]*|(?<=class=")[^"]*|(?<=title=")[^"]*|(?<=>)[^<>]*[^<>\s][^<>]*(?=<)')


@dataclass
class Row:
    """The cells of a row, and what stands before the first of them."""

    before: Markup
    cells: list[Any] = field(default_factory=list)


def bare(page: str) -> Flask:
    """An application whose page "/" has these bytes; raises `ValueError` when they come out otherwise."""
    app = Flask("bare")
    *parts, after = _CELL.split(page)
    cells = parts[1::2]
    shape = Counter(map(_shape, cells)).most_common(1)[0][0]
    rows: list[Row] = []
    for before, cell in zip(parts[::2], cells, strict=True):
        if before or not rows:
            rows.append(Row(Markup(before)))
        values = [html.unescape(value) for value in _VALUE.findall(cell)]
        rows[-1].cells.append({"usual": _shape(cell) == shape, "said": values, "whole": Markup(cell)})
    template = app.jinja_env.from_string(_template(shape))
    tail = Markup(after)

    @app.get("/")
    def show() -> str:
        return template.render(rows=rows, after=tail)

    if app.test_client().get("/").text != page:
        message = "the bare page is not the same"
        raise ValueError(message)
    return app


def _shape(cell: str) -> tuple[str, ...]:
    """What is left of a cell without its values."""
    return tuple(_VALUE.split(cell))


def _template(shape: tuple[str, ...]) -> str:
    cell = (
        "".join(f"{text}{{{{ cell.said[{number}] }}}}" for number, text in enumerate(shape[:-1])) + shape[-1]
    )
    return (
        "{% for row in rows %}{{ row.before }}{% for cell in row.cells %}"
        f"{{% if cell.usual %}}{cell}{{% else %}}{{{{ cell.whole }}}}{{% endif %}}"
        "{% endfor %}{% endfor %}{{ after }}"
    )

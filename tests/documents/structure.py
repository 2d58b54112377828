"""The tree of a tagged PDF, read from the bytes alone: what each element is, and which words it holds."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO

import pikepdf

from tests.support.coverage import unmeasured

Mark = tuple[int, int]
"""A page, from 0, and a mark's number on it."""


@dataclass
class Node:
    role: str
    kids: list["Node"] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    alt: str = ""
    scope: str = ""
    columns: int = 1
    rows: int = 1
    back: object = None

    def all(self) -> Iterator["Node"]:
        """This one and all below it, in the order of reading."""
        yield self
        for kid in self.kids:
            yield from kid.all()

    def of(self, *roles: str) -> list["Node"]:
        return [node for node in self.all() if node.role in roles]


@dataclass
class Tagged:
    top: Node
    words: dict[Mark, str]
    """The text of each mark, in the order in which a page draws them."""
    artifacts: list[str]
    unmarked: list[str]
    """The operators that paint and are neither part of the paper nor said to be none."""

    def text(self, node: Node) -> str:
        return "\n".join(self.words[mark] for one in node.all() for mark in one.marks)


PAINTING = {"Tj", "TJ", "'", '"', "S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "Do", "EI"}


def tagged(pdf: bytes) -> Tagged:
    with unmeasured(), pikepdf.open(BytesIO(pdf)) as document:
        places = {page.objgen: at for at, page in enumerate(document.pages)}
        root = document.Root.StructTreeRoot
        top = _node(root.K, places)
        found = Tagged(top, {}, [], [])
        for at, page in enumerate(document.pages):
            _read(page, at, found)
        _check_parents(root, document, found)
        return found


def _node(element: pikepdf.Object, places: dict[tuple[int, int], int]) -> Node:
    node = Node(str(element.S)[1:], alt=str(element.get("/Alt", "")), back=element.objgen)
    attributes = element.get("/A", {})
    node.scope = str(attributes.get("/Scope", ""))[1:]
    node.columns, node.rows = int(attributes.get("/ColSpan", 1)), int(attributes.get("/RowSpan", 1))
    kids = element.get("/K", pikepdf.Array())
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, int):
            node.marks.append((places[element.Pg.objgen], int(kid)))
        elif kid.get("/Type") == "/MCR":
            node.marks.append((places[kid.Pg.objgen], int(kid.MCID)))
        else:
            assert kid.P.objgen == element.objgen
            node.kids.append(_node(kid, places))
    return node


def _read(page: pikepdf.Page, at: int, found: Tagged) -> None:
    maps = {name: _characters(font) for name, font in page.Resources.get("/Font", {}).items()}
    now: dict[int, str] = {}
    open_: list[int | str] = []
    for operands, operator in pikepdf.parse_content_stream(page):
        kind = str(operator)
        if kind == "BDC" and "/MCID" in operands[1]:
            mark = int(operands[1]["/MCID"])
            assert (at, mark) not in found.words
            found.words[at, mark] = ""
            open_.append(mark)
        elif kind in {"BDC", "BMC"}:
            assert operands[0] == "/Artifact"
            open_.append("artifact")
        elif kind == "EMC":
            open_.pop()
        elif kind == "Tf":
            now = maps[str(operands[0])]
        elif kind in PAINTING:
            words = _shown(operands[0], now) if kind in {"Tj", "TJ"} else ""
            _keep(found, at, open_, words or kind, is_text=bool(words))
    assert not open_


def _keep(found: Tagged, at: int, open_: list[int | str], words: str, *, is_text: bool) -> None:
    assert len(open_) <= 1
    if not open_:
        found.unmarked.append(words)
    elif isinstance(open_[0], int):
        found.words[at, open_[0]] += f"{words}\n" * is_text
    elif is_text:
        found.artifacts.append(words)


def _shown(operand: pikepdf.Object, characters: dict[int, str]) -> str:
    strings = [operand] if isinstance(operand, pikepdf.String) else operand
    raw = b"".join(bytes(one) for one in strings if isinstance(one, pikepdf.String))
    return "".join(characters[code] for code in _codes(raw))


def _codes(raw: bytes) -> list[int]:
    return [raw[at] << 8 | raw[at + 1] for at in range(0, len(raw), 2)]


def _characters(font: pikepdf.Object) -> dict[int, str]:
    """What the face's own table says its codes stand for."""
    table = {}
    for line in font.ToUnicode.read_bytes().decode("ascii").splitlines():
        if line.startswith("<") and "><" in line:
            code, character = line.strip("<>").split("><")
            table[int(code, 16)] = bytes.fromhex(character).decode("utf-16-be")
    return table


def _check_parents(root: pikepdf.Object, document: pikepdf.Pdf, found: Tagged) -> None:
    """From a mark on a page the table of parents leads to the element that holds it."""
    holders = {mark: node.back for node in found.top.all() for mark in node.marks}
    tree = pikepdf.NumberTree(root.ParentTree)
    for at, page in enumerate(document.pages):
        parents = tree[int(page.StructParents)]
        for mark, parent in enumerate(parents):
            assert parent.objgen == holders[at, mark]
        assert len(parents) == sum(1 for place, _ in found.words if place == at)

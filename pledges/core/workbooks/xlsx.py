"""Tệp .xlsx: its visible sheets, read part by part.

Not by openpyxl, which writes our own files: of a formula without a result it can't say that it is one, it
gives up on styles that Excel forgives, and it makes rows up to the number that a file claims.
"""

from typing import Final

from pledges.core.text import clean_line
from pledges.core.workbooks.grid import Grid
from pledges.core.workbooks.limits import MOST_SHEETS
from pledges.core.workbooks.package import BROKEN, Attributes, Elements, Package, target_of
from pledges.core.workbooks.sheets import Sheet, Unreadable
from pledges.core.workbooks.styles import Style, Styles
from pledges.core.workbooks.texts import Text, Texts

_TOO_MANY_SHEETS: Final = (
    f"Sổ tính có hơn {MOST_SHEETS} trang tính. Hãy chép riêng trang tính có danh mục sang một sổ tính mới "
    "rồi tải lên lại."
)
_ROOT: Final = ""
_LONGEST_NAME: Final = 31


class _Relations(Elements):
    """Walks through a list of relations: what other parts a part uses, by identifier and by kind."""

    def __init__(self, part: str) -> None:
        super().__init__()
        self._part = part
        self.by_id: dict[str, str] = {}
        self.by_kind: dict[str, str] = {}

    def start(self, tag: str, attributes: Attributes) -> None:
        """Enter an element."""
        # What is outside the file is never fetched: neither linked books nor pictures.
        if tag != "Relationship" or attributes.get("TargetMode") == "External":
            return
        target = target_of(self._part, attributes.get("Target", ""))
        kind = attributes.get("Type", "").rpartition("/")[2]
        self.by_kind.setdefault(kind, target)
        if kind in ("worksheet", "officeDocument"):
            self.by_id[attributes.get("Id", "")] = target


class _Workbook(Elements):
    """Walks through workbook.xml: the visible sheets in order, and the calendar."""

    def __init__(self) -> None:
        super().__init__()
        self.visible: list[tuple[str, str]] = []
        self.from_1904 = False

    def start(self, tag: str, attributes: Attributes) -> None:
        """Enter an element."""
        if tag == "workbookPr":
            self.from_1904 = attributes.get("date1904", "0") in ("1", "true")
        elif tag == "sheet" and attributes.get("state", "visible") == "visible":
            identifier = next(
                (attributes[name] for name in attributes.getNames() if name.endswith(":id")), ""
            )
            self.visible.append((clean_line(attributes.get("name", ""))[:_LONGEST_NAME], identifier))


def _relations(package: Package, part: str) -> _Relations:
    folder, _, name = part.rpartition("/")
    relations = _Relations(part)
    package.walk(f"{folder}/_rels/{name}.rels".lstrip("/"), relations)
    return relations


def _styles(package: Package, relations: _Relations) -> list[Style]:
    styles = Styles()
    if "styles" in relations.by_kind:
        package.walk(relations.by_kind["styles"], styles)
    return styles.all()


def _texts(package: Package, relations: _Relations) -> list[Text]:
    texts = Texts()
    if "sharedStrings" in relations.by_kind:
        package.walk(relations.by_kind["sharedStrings"], texts)
    return texts.texts


def sheets_of(package: Package) -> tuple[Sheet, ...]:
    """Return the visible sheets that hold something; raise ``Unreadable``."""
    main = _relations(package, _ROOT).by_kind.get("officeDocument")
    if main is None:
        raise Unreadable(BROKEN)
    workbook = _Workbook()
    package.walk(main, workbook)
    if len(workbook.visible) > MOST_SHEETS:
        raise Unreadable(_TOO_MANY_SHEETS)
    relations = _relations(package, main)
    styles, texts = _styles(package, relations), _texts(package, relations)
    sheets = []
    for name, identifier in workbook.visible:
        part = relations.by_id.get(identifier)
        if part is not None:  # else a sheet of nothing but a chart
            grid = Grid(name, styles, texts, from_1904=workbook.from_1904)
            package.walk(part, grid)
            sheets.append(grid.sheet())
    return tuple(sheet for sheet in sheets if sheet.rows)

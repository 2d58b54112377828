"""Ghi sổ tính: a .xlsx file of a ``Book``, the same bytes for the same book, with nothing in it that runs."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING, Final, cast

from pledges.core.archives import settled
from pledges.core.workbooks.books import Book, Column, Kind, Notes, OutSheet
from pledges.core.workbooks.cells import fill, held, properties
from pledges.core.workbooks.sheets import CellValue, column_letters

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

_FACE: Final = "Times New Roman"
_SIZE: Final = 12
_BRAND, _ON_BRAND, _LINE = "FFB5121B", "FFFFFFFF", "FFDCD8D0"
_HEADING, _TITLE, _PROSE = "Tiêu đề cột", "Tên trang", "Lời dẫn"
_STYLES: Final = {Kind.TEXT: "Ô chữ", Kind.NUMBER: "Ô số", Kind.DATE: "Ô ngày"}
_WHOLE, _FRACTION = "#,##0", "#,##0.####"
_FORMATS: Final = {Kind.TEXT: "@", Kind.NUMBER: "General", Kind.DATE: "d/m/yyyy"}
_LISTS: Final = "Danh sách chọn"
_ONLY_LISTED: Final = "Hãy chọn một mục trong danh sách."
_NOT_LISTED: Final = "Nội dung này không có trong danh sách. Vẫn giữ như đã nhập?"
_A4: Final = 9
_PROSE_WIDTH: Final = 100

_LONGEST_HINT: Final = 255
_LONGEST_HINT_TITLE: Final = 32


def write(book: Book) -> bytes:
    """Return ``book`` as a .xlsx file.

    Text is text, whatever it begins with, and is read back unchanged but for what XML can't hold. Numbers
    with more digits than Excel keeps are text as ``format_input`` writes them. Drop-down choices stand in a
    hidden sheet. Raises ``ValueError`` for a text or a hint longer than Excel allows, for names of sheets
    that it doesn't take, and for a row that has not one value per column.
    """
    from openpyxl import Workbook  # noqa: PLC0415 - takes a quarter of a second to load

    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    _add_styles(workbook)
    lists: dict[tuple[str, ...], str] = {}
    for sheet in book.sheets:
        page = workbook.create_sheet(sheet.name)
        if isinstance(sheet, Notes):
            _write_notes(page, sheet)
        else:
            _write_sheet(page, sheet, lists)
    if lists:
        _write_lists(workbook, lists)
    made = BytesIO()
    workbook.save(made)
    return settled(made, {"docProps/core.xml": properties(book.title)})


def _add_styles(workbook: "Workbook") -> None:
    """Add the named styles of headings, cells and prose, which also stand in Excel's gallery."""
    from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side  # noqa: PLC0415 - as above

    line = Side(style="thin", color=_LINE)
    frame = Border(line, line, line, line)
    heading = NamedStyle(_HEADING, Font(name=_FACE, size=_SIZE, bold=True, color=_ON_BRAND), border=frame)
    heading.fill = PatternFill("solid", start_color=_BRAND)
    heading.alignment = Alignment("center", "center", wrap_text=True)
    workbook.add_named_style(heading)
    for kind, name in _STYLES.items():
        style = NamedStyle(name, Font(name=_FACE, size=_SIZE), border=frame, number_format=_FORMATS[kind])
        style.alignment = Alignment("left" if kind is Kind.TEXT else "right", "top", wrap_text=True)
        workbook.add_named_style(style)
    prose = NamedStyle(
        _PROSE, Font(name=_FACE, size=_SIZE), alignment=Alignment("left", "top", wrap_text=True)
    )
    workbook.add_named_style(prose)
    title = NamedStyle(
        _TITLE, Font(name=_FACE, size=_SIZE + 2, bold=True), alignment=Alignment(wrap_text=True)
    )
    workbook.add_named_style(title)


def _write_sheet(page: "Worksheet", sheet: OutSheet, lists: dict[tuple[str, ...], str]) -> None:
    last = 1 + len(sheet.rows) + sheet.blank_rows
    for index, column in enumerate(sheet.columns):
        page.column_dimensions[column_letters(index)].width = column.width
        _put(page, 1, index + 1, column.heading, _HEADING)
    for number, row in enumerate(sheet.rows, start=2):
        for place, (column, value) in enumerate(zip(sheet.columns, row, strict=True), start=1):
            _put(page, number, place, value, _STYLES[column.kind])
    _stand_out(page, sheet)
    for number in range(2 + len(sheet.rows), last + 1):
        for place, column in enumerate(sheet.columns, start=1):
            page.cell(number, place).style = _STYLES[column.kind]
    for index, column in enumerate(sheet.columns):
        if last > 1 and (column.hint or column.choices):
            letters = column_letters(index)
            _help(page, column, f"{letters}2:{letters}{last}", lists)
    page.freeze_panes = "A2"
    page.auto_filter.ref = f"A1:{column_letters(len(sheet.columns) - 1)}{last}"
    page.print_title_rows = "1:1"
    _set_up(page, landscape=True)


def _stand_out(page: "Worksheet", sheet: OutSheet) -> None:
    """Write the rows that stand out in bold."""
    from openpyxl.styles import Font  # noqa: PLC0415 - as above

    bold = Font(name=_FACE, size=_SIZE, bold=True)
    for index in sorted(sheet.strong):
        for place in range(1, len(sheet.columns) + 1):
            page.cell(index + 2, place).font = bold


def _set_up(page: "Worksheet", *, landscape: bool) -> None:
    """Print on A4, as wide as the paper, with page numbers."""
    page.page_setup.orientation = "landscape" if landscape else "portrait"
    page.page_setup.paperSize = _A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.page_setup.fitToPage = True
    page.oddFooter.center.text = "&P/&N"  # type: ignore[union-attr] # its stubs think it may be missing


def _put(page: "Worksheet", row: int, column: int, value: CellValue, style: str) -> None:
    """Write ``value`` into a cell, as what it is."""
    cell = cast("Cell", page.cell(row, column))
    value = held(value)
    if isinstance(value, Decimal):
        style = _STYLES[Kind.NUMBER]
    elif isinstance(value, date):
        style = _STYLES[Kind.DATE]
    cell.style = style
    fill(cell, value)
    if isinstance(value, Decimal):
        cell.number_format = _WHOLE if value == value.to_integral_value() else _FRACTION


def _help(page: "Worksheet", column: Column, area: str, lists: dict[tuple[str, ...], str]) -> None:
    """Give the cells of ``column`` their hint and their list."""
    from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415 - as above

    if len(column.hint) > _LONGEST_HINT:
        message = f"a hint has at most {_LONGEST_HINT} characters: {column.heading}"
        raise ValueError(message)
    rule = DataValidation(allow_blank=True, sqref=area)
    if column.hint:
        rule.showInputMessage = True
        rule.promptTitle, rule.prompt = column.heading[:_LONGEST_HINT_TITLE], column.hint
    if column.choices:
        place = lists.setdefault(column.choices, column_letters(len(lists)))
        rule.type = "list"
        rule.formula1 = f"'{_LISTS}'!${place}$1:${place}${len(column.choices)}"
        rule.showErrorMessage = True
        rule.errorStyle = "stop" if column.only_choices else "warning"
        rule.errorTitle = column.heading[:_LONGEST_HINT_TITLE]
        rule.error = _ONLY_LISTED if column.only_choices else _NOT_LISTED
    page.add_data_validation(rule)


def _write_lists(workbook: "Workbook", lists: Iterable[tuple[str, ...]]) -> None:
    page = workbook.create_sheet(_LISTS)
    page.sheet_state = "hidden"
    for place, choices in enumerate(lists, start=1):
        for number, choice in enumerate(choices, start=1):
            _put(page, number, place, choice, _STYLES[Kind.TEXT])


def _write_notes(page: "Worksheet", notes: Notes) -> None:
    page.column_dimensions["A"].width = _PROSE_WIDTH
    for number, line in enumerate(notes.lines, start=1):
        _put(page, number, 1, line, _TITLE if number == 1 else _PROSE)
    _set_up(page, landscape=False)

"""`book(sheet) -> bytes`: any sheet's tables as a .xlsx; the same sheet gives the same bytes."""

from pledges.documents.sheets.paper import Sheet


def book(sheet: Sheet) -> bytes:
    """The sheet's tables as a spreadsheet, a page a table, its figures as numbers; without tables, its text."""
    from pledges.documents.books.writing import written  # noqa: PLC0415 - openpyxl takes a quarter of a second to load

    return written(sheet.paper())

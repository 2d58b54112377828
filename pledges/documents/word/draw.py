"""`word(sheet) -> bytes`: any sheet as a .docx for people who edit further; the same sheet gives the same bytes."""

from pledges.documents.sheets.paper import Sheet


def word(sheet: Sheet) -> bytes:
    """The sheet as a Word file, laid out as its PDF is.

    It bears no check code, digest or QR: those vouch for stored bytes, and this text is there to be changed.
    """
    from pledges.documents.word.whole import whole  # noqa: PLC0415 - python-docx takes a quarter of a second to load

    return whole(sheet.paper())

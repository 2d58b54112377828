"""Sổ tính: reading spreadsheets that anybody may send, and writing ones that anybody may open.

- ``sheets``: what was read: ``Sheet``, ``Row``, ``Cell``, and ``Unreadable``, the one refusal.
- ``reading``: ``read(filename, data) -> tuple[Sheet, ...]``, whatever the file is.
- ``letters``: ``suspects(sheet)`` and ``modernised(sheet)``, the cells in an old Vietnamese encoding.
- ``books``: what is to be written: ``Book``, ``OutSheet``, ``Column``, ``Notes``.
- ``writing``: ``write(book) -> bytes``.
"""

"""Dòng danh mục: the rows of an Excel sheet, a CSV file or the clerk's grid, read into what is entered of a task.

- ``columns``, ``headings``, ``kinds``: which column is which, and which rows are no tasks; ``sheets`` asks them.
- ``lines``: what stands in the rows of one task, before it is read.
- ``readings``: ``read(line, known, answers)``: the entry, or all its faults and questions at once (``findings``), by
  ``cells``, ``choosing``, ``names``, ``funding``, ``indicators``, held against what is ``known``.
- ``writing``: the way back.
"""

"""How large a spreadsheet may be.

A ward's list has some 24 tasks, a city's a few hundred: the limits lie far above what anybody sends in
earnest, and low enough that reading takes about a second and little memory.
"""

from typing import Final

MOST_BYTES: Final = 5 * 1024 * 1024
"""Of the file. Text packs well: a list this large has pictures in it, or is none."""

MOST_INFLATED: Final = 40 * 1024 * 1024
"""Bytes that come out of the file's zip, by what it claims and by what really comes; stops zip bombs."""

MOST_PARTS: Final = 1000
"""Files in the zip. Excel writes about ten, and one more for each sheet and picture."""

MOST_ELEMENTS: Final = 500_000
"""XML elements read from one file: 5,000 rows of 20 texts, all different, make 400,000. Reading takes its time
by them: half a million take about a second."""

LONGEST_TAG: Final = 512 * 1024
"""Bytes from one XML tag to the next. The longest text a cell holds takes less, even written as numbers."""

MOST_SHEETS: Final = 60
"""Visible sheets: one for each unit of a ward, and room to spare."""

MOST_ROWS: Final = 5000
"""Rows that hold something, of one sheet."""

MOST_COLUMNS: Final = 60
"""Columns up to the last one that holds something. A list of tasks has 20."""

MOST_LINES: Final = 100_000
"""Lines of a .csv file, empty ones included."""

LONGEST_TEXT: Final = 32_767
"""Characters of one cell: what Excel itself allows."""

LONGEST_LINE: Final = 200_000
"""Characters of one line of a .csv file: 60 columns of very long text."""

MOST_TEXT: Final = 5_000_000
"""Characters of all cells of a file together. One long text may be shared by all cells of a small file."""

"""Bảng phần việc: a campaign's tasks as a table that is typed into like a spreadsheet and saved in one go.

- ``sent``: the rows as a browser brings them, with what each cell said when it was shown.
- ``judging``: what becomes of each, and the good ones written.
- ``narrowing``, ``page``, ``forms``, ``views``: what is shown of it, and the way of a request.
"""

"""Nhập phần việc từ tệp: from the file that somebody uploads to the tasks that are written, all or nothing.

- ``models``: ``TaskImport``, an uploaded list until it is written or dropped; ``content`` is what it keeps of the file.
- ``reading``: ``read_file``, and which sheet holds the list.
- ``planner``: ``plan_of``, the list held against what is there now; ``plan`` is what comes of it, ``questions`` what
  it asks, ``foreign`` the rows of other units among it, ``alike`` which of its titles are close to others.
- ``queries``, ``operations``, ``forms``, ``views``: as in every feature.
"""

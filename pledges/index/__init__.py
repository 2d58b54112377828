"""Mục lục tìm kiếm: one row for each record that can be found, and how what is typed is held against it."""

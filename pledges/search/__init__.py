"""Tìm kiếm: one box for tasks, units, people, documents and campaigns."""

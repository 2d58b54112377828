"""Điều chỉnh phần việc đã cam kết: a change of a committed task, with its own way of approval."""

"""Mã dòng: how a line of a printed report form is named, so that who types it in finds its place."""

from pledges.core.numbers import two_digits


def row_code(task_number: int | None, place: int) -> str:
    """The line of a task's indicator, counted from 1: "09.2" is the second indicator of task 9."""
    return f"{two_digits(task_number or 0)}.{place}"

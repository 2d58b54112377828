"""The spreadsheet of the figures by person: the same rows as on the page, and how they come about."""

from collections.abc import Sequence
from decimal import Decimal

from pledges.core.dates import format_date
from pledges.core.workbooks.books import Book, Column, Kind, Notes, OutSheet
from pledges.core.workbooks.sheets import CellValue
from pledges.overview import wording
from pledges.overview.officials.rules import FORMULA, Official, Outcome, Span, Work

PEOPLE = (
    Column("Họ và tên", 26),
    Column("Chức vụ", 30),
    Column("Đơn vị", 30),
    Column("Được giao", 10, Kind.NUMBER),
    Column("Hoàn thành", 11, Kind.NUMBER),
    Column("Đúng hạn", 10, Kind.NUMBER),
    Column("Muộn", 10, Kind.NUMBER),
    Column("Quá hạn", 10, Kind.NUMBER),
    Column("Còn trong hạn", 11, Kind.NUMBER),
    Column("Số ngày chậm", 11, Kind.NUMBER),
    Column("Tỷ lệ hoàn thành", 12),
    Column("Tỷ lệ đúng hạn", 12),
    Column("Báo cáo phải nộp", 12, Kind.NUMBER),
    Column("Báo cáo đã gửi", 12, Kind.NUMBER),
    Column("Báo cáo đúng hạn", 12, Kind.NUMBER),
)
TASKS = (
    Column("Họ và tên", 26),
    Column("Số", 7, Kind.NUMBER),
    Column("Phần việc", 44),
    Column("Đơn vị chủ trì", 30),
    Column("Phụ trách từ", 12, Kind.DATE),
    Column("Thôi từ", 12, Kind.DATE),
    Column("Hạn", 12, Kind.DATE),
    Column("Xét đến ngày", 12, Kind.DATE),
    Column("Tiến độ", 10),
    Column("Kết quả", 22),
    Column("Số ngày chậm", 11, Kind.NUMBER),
    Column("Báo cáo phải nộp", 12, Kind.NUMBER),
    Column("Báo cáo đúng hạn", 12, Kind.NUMBER),
)


def book_of(campaign: str, officials: Sequence[Official], span: Span) -> Book:
    """The figures of these people over the span."""
    heading = "Kết quả theo người phụ trách"
    days = f"Từ ngày {format_date(span.since)} đến hết ngày {format_date(span.until)}."
    return Book(
        title=heading,
        sheets=(
            OutSheet("Theo người", PEOPLE, tuple(_person(one) for one in officials)),
            OutSheet("Từng phần việc", TASKS, tuple(_work(one) for of in officials for one in of.works)),
            Notes("Cách tính", (heading, campaign, days, *FORMULA)),
        ),
    )


def _person(one: Official) -> tuple[CellValue, ...]:
    numbers = (
        one.assigned,
        one.done,
        one.count(Outcome.IN_TIME),
        one.count(Outcome.LATE),
        one.count(Outcome.OVERDUE),
        one.count(Outcome.GOING_ON),
        one.days_late,
    )
    reports = (one.reports_due, one.reports_received, one.reports_in_time)
    return (
        one.name,
        one.posts,
        one.units,
        *map(Decimal, numbers),
        wording.share(one.rate),
        wording.share(one.rate_in_time),
        *map(Decimal, reports),
    )


def _work(one: Work) -> tuple[CellValue, ...]:
    charge = one.charge
    return (
        charge.name,
        Decimal(charge.number),
        charge.title,
        charge.unit,
        charge.from_on,
        charge.until_on,
        one.due_on,
        one.day,
        wording.share(one.standing.progress),
        one.outcome.label,
        Decimal(one.days_late),
        Decimal(one.reports_due),
        Decimal(one.reports_in_time),
    )

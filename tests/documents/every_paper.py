"""Every paper there is, as an office would print it, and as people who type too much, or nothing, make it.

Whoever adds a paper adds a line to PAPERS; a sheet that has none is found by a test.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache

from pledges.documents.pdf.draw import draw
from pledges.documents.sheets.charts import Bar, BarChart, Line, LineChart, Stroke
from pledges.documents.sheets.paper import (
    Align,
    Closing,
    Column,
    Heading,
    Paper,
    Paragraph,
    Ready,
    Recipients,
    Row,
    Signature,
    SigningSide,
    Style,
    Table,
    Title,
)
from pledges.documents.sheets.signing_day import (
    MinutesSheet,
)
from tests.documents import list_samples, samples
from tests.documents.hostile import WAYS
from tests.documents.list_samples import FOOT, UNITS
from tests.documents.measure import Page, pages
from tests.documents.test_meeting_pack import SHEET as MEETING_PACK

BOTH = (date(2026, 5, 26), date(2026, 5, 27))
"""The last day of the Party's older instruction, and the first of its newer one."""


def burn_up() -> LineChart:
    begins, ends = date(2024, 3, 29), date(2024, 11, 18)
    reached = tuple((date(2024, month, 25), Decimal(month - 3) / 8) for month in range(4, 10))
    plan = ((begins, Decimal(0)), (ends, Decimal(1)))
    lines = (Line("Thực hiện", reached), Line("Kế hoạch", plan, Stroke.DASHED))
    return LineChart(title="Tiến độ chung theo thời gian", lines=lines, begins=begins, ends=ends)


def bars(count: int) -> BarChart:
    one = Decimal("0.45"), Decimal("0.8")
    units = (Bar(f"{UNITS[at % 4]} {at}", *one, "45%", "80%") for at in range(count))
    return BarChart(title="Tiến độ của từng đơn vị so với kế hoạch", bars=tuple(units))


def report() -> Paper:
    """The progress report with both charts, thirty units in one of them."""
    paper = samples.report().paper()
    return replace(paper, body=(*paper.body[:-1], burn_up(), bars(30), paper.body[-1]))


def party(day: date) -> Paper:
    """A report of the Party's committee."""
    heading = Heading(
        style=Style.PARTY,
        superior=("Thành ủy Hạ Long",),
        issuer=("Đảng ủy", "phường Hà Khánh"),
        number="Số 05-BC/ĐU",
        place_and_date=f"Hà Khánh, ngày {day.day} tháng {day.month} năm {day.year}",
        ruled_on=day,
    )
    signature = Signature(on_behalf="T/M Đảng ủy", posts=("Bí thư",), name="Nguyễn Thị Minh")
    return samples.report(
        heading=heading,
        signature=SigningSide((signature,)),
        recipients=("Thường trực Thành ủy (để báo cáo)", "Các chi bộ trực thuộc", "Lưu Văn phòng Đảng ủy"),
        attached_to="(Kèm theo Báo cáo số 05-BC/ĐU của Đảng ủy phường)",
    ).paper()


def of_union(style: Style, issuer: str, symbol: str, on_behalf: str) -> Paper:
    signature = Signature(on_behalf=on_behalf, posts=("Chủ tịch",), name="Lê Thị Hồng Nhung")
    heading = samples.heading(style=style, issuer=(issuer, "Phường Hà Khánh"), number=f"Số:       /{symbol}")
    return samples.report(heading=heading, signature=SigningSide((signature,))).paper()


def letter() -> Paper:
    """Công văn đôn đốc."""
    columns = (
        Column("STT", 10, Align.CENTRE),
        Column("Đơn vị", 50),
        Column("Nội dung còn thiếu", 70),
        Column("Số ngày chậm", 20, Align.CENTRE),
    )
    rows = tuple(
        Row((str(at), unit, ("Báo cáo tháng 8", "Giải trình quá hạn phần việc 4"), ("24", "9")))
        for at, unit in enumerate(UNITS, start=1)
    )
    return Paper(
        heading=samples.heading(number="Số:       /UBND"),
        title=Title("", "đôn đốc báo cáo, thực hiện phần việc thi đua tháng 8/2024"),
        addressees=UNITS,
        body=(
            Paragraph("Nội dung còn thiếu của từng đơn vị như sau:"),
            Table(columns=columns, rows=rows, when_empty="Không có đơn vị nào chậm."),
            Paragraph("Đề nghị thủ trưởng các đơn vị quan tâm, chỉ đạo thực hiện./."),
        ),
        closing=Closing(
            SigningSide((Signature(on_behalf="TM. Ủy ban nhân dân", posts=("Chủ tịch",)),)),
            Recipients(("- Như trên;", "- Lưu: VT.")),
        ),
        foot=FOOT,
    )


def minutes() -> MinutesSheet:
    return MinutesSheet(
        heading=samples.heading(number="Số:       /BB-UBND", place_and_date=""),
        abstract="Hội nghị phát động phong trào thi đua và ký cam kết thi đua",
        began="08 giờ 00, ngày 29 tháng 3 năm 2024",
        place="Hội trường UBND phường Hà Khánh",
        chair="Trần Việt Hùng - Chủ tịch UBND phường",
        chair_name="Trần Việt Hùng",
        secretary="",
        secretary_name="",
        attendance="85 đại biểu",
        proceedings=("Chào cờ, giới thiệu đại biểu.", "Các đơn vị ký cam kết."),
        outcome=("Có 03/18 đơn vị đã ký đủ.",),
        groups=list_samples.groups(),
        remarks=("Người chứng nhận các chữ ký trên giấy: Vũ Thị Thư.",),
        ended="10 giờ 30, ngày 29 tháng 3 năm 2024",
        recipients=("Các đơn vị ký cam kết", "Lưu: VT"),
    )


PAPERS: dict[str, Callable[[], Paper]] = {
    "progress report": report,
    "party report, older": lambda: party(BOTH[0]),
    "party report, newer": lambda: party(BOTH[1]),
    "front report": lambda: of_union(
        Style.FRONT, "Ủy ban Mặt trận Tổ quốc Việt Nam", "BC-MTTQ-BTT", "TM. Ban Thường trực"
    ),
    "union report": lambda: of_union(Style.UNION, "Hội Liên hiệp Phụ nữ", "BC-BTV", "TM. Ban Thường vụ"),
    "letter": letter,
    "commitment": lambda: samples.commitment().paper(),
    "roll": lambda: list_samples.roll().paper(),
    "minutes": lambda: minutes().paper(),
    "call list": lambda: list_samples.call_list(promises=False).paper(),
    "call list with promises": lambda: list_samples.call_list(promises=True).paper(),
    "attention list": lambda: list_samples.attention().paper(),
    "unit summary": lambda: list_samples.summary().paper(),
    "task list": lambda: list_samples.tasks(annexed=False).paper(),
    "annex alone": lambda: list_samples.tasks(annexed=True).paper(),
    "register": lambda: list_samples.register().paper(),
    "report form": lambda: list_samples.form().paper(),
    "fallback cover": lambda: list_samples.fallback_cover().paper(),
    "open tasks": lambda: list_samples.open_tasks().paper(),
    "registration form": lambda: list_samples.registration_form().paper(),
    "comparison": lambda: list_samples.comparison().paper(),
    "meeting pack": MEETING_PACK.paper,
}


@dataclass(frozen=True)
class Printed:
    """A paper, what it was made into, and what of that can be seen."""

    paper: Paper
    content: bytes
    pages: list[Page]


@cache
def printed(name: str, way: str) -> Printed:
    """One of the papers, made and measured once for all tests."""
    return measured(WAYS[way](PAPERS[name]()))


def measured(paper: Paper) -> Printed:
    content = draw(Ready(paper))
    return Printed(paper, content, pages(content))

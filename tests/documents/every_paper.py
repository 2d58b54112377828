"""Every paper there is, as an office would print it, and as people who type too much, or nothing, make it.

Whoever adds a paper adds a line to PAPERS; a sheet that has none is found by a test.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache

from pledges.documents.pdf.draw import draw
from pledges.documents.sheets.attention import AttentionLine, SilentLine, attention_table, silent_table
from pledges.documents.sheets.calls import Call, CallLine, CallListSheet
from pledges.documents.sheets.charts import Bar, BarChart, Line, LineChart, Stroke
from pledges.documents.sheets.comparison import ChangeLine, ComparedLine, ComparisonSheet
from pledges.documents.sheets.listing import ListSheet
from pledges.documents.sheets.paper import (
    Align,
    Block,
    Closing,
    Column,
    Foot,
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
from pledges.documents.sheets.report_form import FormLine, FormTask, ReportFormSheet
from pledges.documents.sheets.signing_day import (
    MinutesSheet,
    Signing,
    SigningRollSheet,
    UnitGroup,
    UnitLine,
)
from pledges.documents.sheets.tasks import task_list
from pledges.documents.sheets.unit_summary import BlockTally, UnitTally, unit_summary
from tests.documents import samples
from tests.documents.hostile import WAYS
from tests.documents.measure import Page, pages
from tests.documents.test_meeting_pack import SHEET as MEETING_PACK

ABSTRACT = samples.ABSTRACT
PLAIN = samples.heading(number="")
FOOT = Foot(illustrative=True, as_of=samples.AS_OF)
UNITS = ("Bộ phận Văn phòng - Thống kê", "Ủy ban Mặt trận Tổ quốc Việt Nam phường", "Trạm Y tế", "Khu phố 1")
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
        groups=groups(),
        remarks=("Người chứng nhận các chữ ký trên giấy: Vũ Thị Thư.",),
        ended="10 giờ 30, ngày 29 tháng 3 năm 2024",
        recipients=("Các đơn vị ký cam kết", "Lưu: VT"),
    )


def groups() -> tuple[UnitGroup, ...]:
    signing = (Signing("Phạm Văn Đức", "Bí thư chi bộ", "Ký trên giấy"), Signing("", "Khu trưởng"))
    return (UnitGroup("IV. Các khu phố", tuple(UnitLine(f"Khu phố {at}", signing) for at in range(1, 12))),)


def call_list(*, promises: bool) -> CallListSheet:
    calls = (Call("Phạm Văn Đức - Khu trưởng", "0912 345 678"), Call("Lê Thị Hoa - người đầu mối"))
    lines = tuple(CallLine(unit, "Báo cáo tháng 9/2024, chậm 05 ngày", calls) for unit in UNITS)
    return CallListSheet(
        heading=PLAIN,
        title="Danh sách gọi đôn đốc",
        abstract=ABSTRACT,
        opening="Có 04 đơn vị cần gọi:",
        lines=(*lines, CallLine("Khu phố 2", "Báo cáo tháng 9/2024", ())),
        when_empty="Không có đơn vị nào chậm.",
        promises=promises,
        foot=FOOT,
    )


def attention() -> ListSheet:
    lines = tuple(
        AttentionLine(
            number=at,
            title="Lắp đặt hệ thống camera an ninh tại các khu phố",
            lead=unit,
            due_on=date(2024, 10, 30),
            state="Chậm",
            progress="52%",
            expected="81%",
            reason="Nhà cung cấp giao thiết bị chậm; chưa bố trí được nguồn điện",
            waiting=("Đề nghị lùi thời hạn đến ngày 30/11/2024",) * (at % 2),
        )
        for at, unit in enumerate(UNITS, start=1)
    )
    silent = (SilentLine(19, "Tuần tra bảo vệ cơ quan", "Ban Chỉ huy Quân sự", "Tháng 7/2024", 3),)
    blocks = (attention_table(lines), Paragraph("Phần việc không báo cáo:"), silent_table(silent))
    return listed("Danh sách phần việc cần quan tâm", blocks)


def summary() -> ListSheet:
    one = UnitTally(
        title=UNITS[1],
        tasks=2,
        counts=(1, 1, 0, 0, 0),
        progress=Decimal("0.83"),
        expected=Decimal("0.8"),
        reports_asked=12,
        reports_received=11,
        reports_on_time=9,
        pledge="Đã ký",
    )
    blocks = (BlockTally(replace(one, title="II. Mặt trận Tổ quốc và đoàn thể"), (one,) * 5),) * 4
    return listed("Bảng tổng hợp theo đơn vị", (unit_summary(samples.STATE_TITLES, blocks, one, "Báo cáo"),))


def listed(title: str, blocks: tuple[Block, ...], attached_to: str = "") -> ListSheet:
    opening = ("Số liệu tính đến ngày 15/10/2024.",)
    return ListSheet(
        heading=PLAIN,
        title=title,
        abstract=ABSTRACT,
        opening=opening,
        blocks=blocks,
        attached_to=attached_to,
        foot=FOOT,
    )


def form() -> ReportFormSheet:
    lines = (
        FormLine("09.1", "Quỹ “Vì người nghèo” vận động được", "thêm trong kỳ", "150 triệu đồng", "172"),
        FormLine("09.2", "Nhà đại đoàn kết được xây", "thêm trong kỳ", "2 nhà", "chưa có"),
    )
    task = FormTask("Phần việc số 09", "Vận động quỹ, xây nhà (hạn 18/11/2024)", lines, "2 ảnh")
    return ReportFormSheet(
        heading=samples.heading(number="", place_and_date="Hà Khánh, ngày      tháng      năm"),
        abstract=f"Kỳ báo cáo tháng 10/2024\n{ABSTRACT}",
        opening=("Đơn vị: Ủy ban Mặt trận Tổ quốc phường. Hạn nộp: ngày 25/10/2024.",),
        tasks=(task,) * 3,
        post="Chủ tịch",
        foot=FOOT,
    )


def comparison() -> ComparisonSheet:
    changes = (
        ChangeLine("Hạ chỉ tiêu", "Tiền quỹ: mức", "150 triệu đồng", "120 triệu đồng"),
        ChangeLine("Lùi thời hạn", "Thời hạn", "18/11/2024", "30/12/2024"),
    )
    allowed = ("Duyệt điều chỉnh: Trần Việt Hùng, Chủ tịch UBND phường, ngày 16/9/2024",)
    lines = (
        ComparedLine(9, "Vận động Quỹ “Vì người nghèo”", changes, allowed),
        ComparedLine(20, "Ngõ tổ 3", ()),
    )
    return ComparisonSheet(
        heading=PLAIN,
        abstract=ABSTRACT,
        opening=("So với bản đã ký:",),
        lines=lines,
        now="Hiện nay",
        foot=FOOT,
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
    "roll": lambda: SigningRollSheet(
        heading=PLAIN, abstract=ABSTRACT, occasion="Ký.", groups=groups()
    ).paper(),
    "minutes": lambda: minutes().paper(),
    "call list": lambda: call_list(promises=False).paper(),
    "call list with promises": lambda: call_list(promises=True).paper(),
    "attention list": lambda: attention().paper(),
    "unit summary": lambda: summary().paper(),
    "task list": lambda: listed("Danh mục phần việc", (task_list(samples.task_groups()),)).paper(),
    "annex alone": lambda: listed("Danh mục", (task_list(samples.task_groups()),), "Báo cáo số 05").paper(),
    "report form": lambda: form().paper(),
    "meeting pack": MEETING_PACK.paper,
    "comparison": lambda: comparison().paper(),
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

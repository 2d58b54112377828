"""Lists, forms and registers as an office would print them; they bear no number."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from pledges.documents.sheets.attention import AttentionLine, SilentLine, attention_table, silent_table
from pledges.documents.sheets.calls import Call, CallLine, CallListSheet
from pledges.documents.sheets.comparison import ChangeLine, ComparedLine, ComparisonSheet
from pledges.documents.sheets.fallback_cover import CoverLine, FallbackCoverSheet
from pledges.documents.sheets.listing import ListSheet
from pledges.documents.sheets.open_tasks import OpenIndicator, OpenTask, OpenUnit, open_tasks_table
from pledges.documents.sheets.paper import Block, Foot, Paragraph
from pledges.documents.sheets.register import RegisterLine, RegisterSheet
from pledges.documents.sheets.registration_form import RegistrationFormSheet
from pledges.documents.sheets.report_form import FormLine, FormTask, ReportFormSheet
from pledges.documents.sheets.signing_day import Signing, SigningRollSheet, UnitGroup, UnitLine
from pledges.documents.sheets.tasks import task_list
from pledges.documents.sheets.unit_summary import BlockTally, UnitTally, unit_summary
from tests.documents import samples

ABSTRACT = samples.ABSTRACT
PLAIN = samples.heading(number="")
FOOT = Foot(illustrative=True, as_of=samples.AS_OF)
UNITS = ("Bộ phận Văn phòng - Thống kê", "Ủy ban Mặt trận Tổ quốc Việt Nam phường", "Trạm Y tế", "Khu phố 1")


def groups() -> tuple[UnitGroup, ...]:
    signing = (Signing("Phạm Văn Đức", "Bí thư chi bộ", "Ký trên giấy"), Signing("", "Khu trưởng"))
    return (UnitGroup("IV. Các khu phố", tuple(UnitLine(f"Khu phố {at}", signing) for at in range(1, 12))),)


def roll() -> SigningRollSheet:
    return SigningRollSheet(heading=PLAIN, abstract=ABSTRACT, occasion="Ký ngày 29/3/2024.", groups=groups())


def tasks(*, annexed: bool) -> ListSheet:
    """Phụ lục danh mục phần việc, by itself or as the annex of a report."""
    attached_to = "Báo cáo số 05/BC-UBND ngày 15/10/2024" if annexed else ""
    return listed("Danh mục phần việc", (task_list(samples.task_groups()),), attached_to)


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


def register() -> RegisterSheet:
    line = RegisterLine(
        number="12/BC-UBND",
        issued_on=date(2024, 10, 15),
        words=f"Báo cáo {ABSTRACT}",
        signer="Trần Việt Hùng",
        recipients=UNITS,
        kept_by="Văn thư",
        copies=8,
        note="Thay thế Báo cáo số 11/BC-UBND",
    )
    return RegisterSheet(heading=PLAIN, year=2024, lines=(line,) * 12, opening="Có 12 văn bản.", foot=FOOT)


def fallback_cover() -> FallbackCoverSheet:
    lines = tuple(
        CoverLine(f"{at}-{at + 3}", "Phiếu báo cáo điền sẵn", unit) for at, unit in enumerate(UNITS)
    )
    return FallbackCoverSheet(
        heading=PLAIN,
        abstract=ABSTRACT,
        made="Lập lúc 02:00 ngày 15/10/2024. Đơn vị tổ chức: UBND phường Hà Khánh.",
        lines=lines,
        left_out=("Phiếu báo cáo Khu phố 1: không có ký tự",),
        foot=FOOT,
    )


def open_tasks() -> ListSheet:
    one = OpenIndicator("09.1", "Tiền quỹ vì người nghèo", "150 triệu đồng", "172 triệu đồng")
    task = OpenTask(
        title="Lắp đặt hệ thống camera an ninh tại các khu phố",
        answers="Phạm Văn Đức, Khu trưởng, 0912 345 678",
        indicators=(one, one),
        next_report="Tháng 10/2024, hạn 25/10/2024",
        due_on="30/11/2024",
    )
    units = (OpenUnit(unit, "Lê Thị Hoa, 0912 345 678", (task, task)) for unit in UNITS)
    return listed("Phần việc đang thực hiện", (open_tasks_table(units),))


def registration_form() -> RegistrationFormSheet:
    return RegistrationFormSheet(heading=PLAIN, abstract=ABSTRACT, foot=FOOT)

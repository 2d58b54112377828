"""Sheets of the Hà Khánh campaign as of 15/10/2024, put together by plain code from its files."""

import csv
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

from pledges.documents.sheets.commitment import CommitmentSheet, Represented
from pledges.documents.sheets.paper import Foot, Heading, LogMark, Signature, SigningSide, Style
from pledges.documents.sheets.report import GroupResult, GroupResults, ProgressReportSheet
from pledges.documents.sheets.tasks import IndicatorLine, TaskGroup, TaskLine
from pledges.documents.sheets.wording import post_lines

DATA = Path(__file__).parents[2] / "pledges" / "demo" / "data"
AS_OF = "Số liệu tính đến ngày 15/10/2024"
NOTES = {
    "1": "Đúng tiến độ",
    "2": "Chậm",
    "3": "Đúng tiến độ",
    "4": "Quá hạn",
    "5": "Chậm",
    "6": "Hoàn thành",
    "7": "Đúng tiến độ",
    "9": "Đúng tiến độ",
    "19": "Không báo cáo",
    "22": "Quá hạn",
}
STATE_TITLES = ("Hoàn thành, vượt", "Đúng tiến độ", "Có nguy cơ, chậm", "Quá hạn, không báo cáo", "Khác")
OUTCOMES = (
    ("I. Khối Đảng - chính quyền", 8, (1, 3, 2, 2, 0), "0.79", "0.82"),
    ("II. Mặt trận Tổ quốc và đoàn thể", 5, (1, 3, 1, 0, 0), "0.81", "0.83"),
    ("III. Lực lượng vũ trang, đơn vị", 6, (0, 3, 1, 1, 1), "0.58", "0.71"),
    ("IV. Các khu phố", 5, (2, 1, 1, 1, 0), "0.92", "0.95"),
)


def _read(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _result(task: str, at: int, *, accumulates: bool, baseline: str) -> Decimal | None:
    values = [
        Decimal(row["value"])
        for row in _read("progress.csv")
        if row["task"] == task and row["indicator"] == str(at) and row["value"]
    ]
    if not values:
        return None
    return Decimal(baseline) + sum(values) if accumulates else values[-1]


def _indicators(task: str) -> Iterator[IndicatorLine]:
    rows = [row for row in _read("indicators.csv") if row["task"] == task]
    for at, row in enumerate(rows, start=1):
        yield IndicatorLine(
            label=row["label"],
            target=Decimal(row["target"]),
            measure=row["measure"],
            at_most=row["direction"] == "down",
            result=_result(task, at, accumulates=row["accumulates"] == "yes", baseline=row["baseline"]),
        )


def task_lines() -> dict[str, list[TaskLine]]:
    """The 24 tasks by the block of their lead unit."""
    units = {row["code"]: row for row in _read("units.csv")}
    blocks: dict[str, list[TaskLine]] = {}
    for row in _read("tasks.csv"):
        lead = units[row["lead"]]
        line = TaskLine(
            number=int(row["number"]),
            title=row["title"],
            product=row["product"],
            lead=lead["name"],
            cooperating=", ".join(units[code]["short_name"] for code in row["cooperating"].split(";")),
            indicators=tuple(_indicators(row["number"])),
            start_on=date.fromisoformat(row["start_on"]),
            due_on=date.fromisoformat(row["due_on"]),
            budget_millions=Decimal(row["budget_million_vnd"]),
            social_millions=Decimal(row["social_million_vnd"]),
            note=NOTES.get(row["number"], ""),
        )
        blocks.setdefault(lead["block"], []).append(line)
    return dict(sorted(blocks.items()))


def task_groups() -> tuple[TaskGroup, ...]:
    return tuple(TaskGroup(title, tuple(lines)) for title, lines in task_lines().items())


def heading(**changes: object) -> Heading:
    facts = {
        "style": Style.STATE,
        "issuer": ("Ủy ban nhân dân", "Phường Hà Khánh"),
        "number": "Số:       /BC-UBND",
        "place_and_date": "Hà Khánh, ngày 15 tháng 10 năm 2024",
        "ruled_on": date(2024, 10, 15),
    }
    return Heading(**{**facts, **changes})


def results() -> GroupResults:
    groups = tuple(
        GroupResult(
            title=title, tasks=tasks, counts=counts, progress=Decimal(progress), expected=Decimal(plan)
        )
        for title, tasks, counts, progress, plan in OUTCOMES
    )
    whole = GroupResult(
        title="Toàn phường",
        tasks=24,
        counts=(4, 10, 5, 4, 1),
        progress=Decimal("0.77"),
        expected=Decimal("0.82"),
    )
    return GroupResults(state_titles=STATE_TITLES, groups=groups, whole=whole)


ABSTRACT = "Kết quả thực hiện phong trào thi đua chào mừng Đại hội Đảng các cấp, nhiệm kỳ 2025 - 2030"
PROPOSAL = (
    "Đề nghị Ủy ban nhân dân thành phố Hạ Long xem xét hỗ trợ kinh phí khắc phục hậu quả cơn bão số 3 đối "
    "với các tuyến ngõ dân sinh, cây xanh trên địa bàn phường; chỉ đạo Điện lực Hạ Long bố trí nguồn điện "
    "cho hệ thống camera an ninh tại các khu phố."
)


def report(**changes: object) -> ProgressReportSheet:
    facts = {
        "heading": heading(),
        "abstract": ABSTRACT,
        "addressees": ("Ủy ban nhân dân thành phố Hạ Long",),
        "bases": (
            "Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022",
            (
                "Căn cứ Kế hoạch số 133/KH-UBND ngày 13 tháng 3 năm 2024 của Ủy ban nhân dân thành phố Hạ "
                "Long về việc tổ chức Hội nghị phát động phong trào thi đua đặc biệt chào mừng Đại hội "
                "Đảng bộ các cấp"
            ),
        ),
        "opening": (
            (
                "Ủy ban nhân dân phường Hà Khánh báo cáo kết quả thực hiện phong trào thi đua tính đến "
                "ngày 15 tháng 10 năm 2024 như sau:"
            ),
        ),
        "guidance": (
            (
                "Ngày 29 tháng 3 năm 2024, phường tổ chức Hội nghị phát động phong trào thi đua chào mừng "
                "Đại hội Đảng các cấp, nhiệm kỳ 2025 - 2030; các tổ chức chính trị - xã hội, Công an, "
                "Trạm Y tế, các trường học và 05 khu phố ký cam kết thi đua."
            ),
            (
                "Hằng tháng, các đơn vị báo cáo tiến độ trước ngày 25; lãnh đạo phường duyệt báo cáo, "
                "giải quyết khó khăn, vướng mắc ngay trong kỳ."
            ),
        ),
        "totals": (
            (
                "Tính đến ngày 15/10/2024, có 24/24 phần việc được đăng ký; 23 phần việc có số liệu. Tiến "
                "độ bình quân đạt 77%, kế hoạch 82%."
            ),
        ),
        "by_group": ("Kết quả theo khối và so sánh với kế hoạch như sau:",),
        "notable": (
            "a) Vận động Quỹ “Vì người nghèo” được 172/150 triệu đồng, đạt 115%; sửa 01/02 nhà.",
            "b) Xóa 04/04 điểm rác tự phát, thay bằng vườn hoa.",
        ),
        "strengths": (
            "Các đơn vị chủ động, sáng tạo; Nhân dân đồng thuận, đóng góp ngày công, hiến đất mở rộng ngõ.",
        ),
        "shortcomings": (
            (
                "Còn phần việc chậm so với kế hoạch; 01 đơn vị không báo cáo từ tháng 7; việc cập nhật "
                "minh chứng chưa đầy đủ."
            ),
        ),
        "causes": (
            "Cơn bão số 3 (Yagi) làm hỏng vật liệu, 46 cây xanh bị chết; đơn vị thi công thiếu nhân lực.",
        ),
        "directions": (
            "Đôn đốc các phần việc chậm, quá hạn; sơ kết phong trào thi đua ngày 07 tháng 11 năm 2024.",
            "Trồng bổ sung cây xanh tại khu phố 3; hoàn thành tuyến ngõ tổ 4 trước ngày 31 tháng 10.",
        ),
        "proposals": (PROPOSAL,),
        "results": results(),
        "task_groups": task_groups(),
        "annex_title": "Danh mục phần việc đăng ký thực hiện phong trào thi đua",
        "attached_to": "(Kèm theo Báo cáo số       /BC-UBND ngày 15 tháng 10 năm 2024 của UBND phường)",
        "signature": SigningSide(
            (Signature(on_behalf="TM. Ủy ban nhân dân", posts=("Chủ tịch",), name="Trần Việt Hùng"),)
        ),
        "recipients": ("Như trên", "TT. Đảng ủy, HĐND phường (b/c)", "Các đơn vị, khu phố", "Lưu: VT"),
        "foot": Foot(illustrative=True, as_of=AS_OF),
    }
    return ProgressReportSheet(**{**facts, **changes})


TERMS = (
    (
        "Tổ chức thực hiện đầy đủ, đúng thời hạn các phần việc đã đăng ký; chịu trách nhiệm trước Đảng "
        "ủy, Ủy ban nhân dân phường về kết quả thực hiện"
    ),
    "Báo cáo tiến độ hằng tháng trước ngày 25, kèm minh chứng; kịp thời báo cáo khó khăn, vướng mắc",
    "Kết quả thực hiện cam kết là căn cứ bình xét thi đua, khen thưởng của đơn vị",
)
DIGEST = "9f2c4e1ab07d5583c6f0a1b2d3e4f5968778695a4b3c2d1e0f9e8d7c6b5a4f3e"


LOG = (LogMark(812, "8c1e" * 16), LogMark(1047, "0d9b" * 16))


def commitment(**changes: object) -> CommitmentSheet:
    facts = {
        "heading": heading(
            superior=("Phường Hà Khánh",),
            issuer=("Khu phố 1",),
            number="",
            place_and_date="Hà Khánh, ngày 29 tháng 3 năm 2024",
            ruled_on=date(2024, 3, 29),
        ),
        "abstract": "Chào mừng Đại hội Đảng các cấp, nhiệm kỳ 2025 - 2030",
        "bases": (
            "Căn cứ Kế hoạch số 133/KH-UBND ngày 13 tháng 3 năm 2024 của Ủy ban nhân dân thành phố Hạ Long",
        ),
        "unit": "Khu phố 1, phường Hà Khánh",
        "represented_by": (Represented("Bí thư chi bộ"), Represented("Khu trưởng")),
        "preamble": (
            "Hưởng ứng phong trào thi đua chào mừng Đại hội Đảng các cấp, nhiệm kỳ 2025 - 2030, Khu phố 1 "
            "cam kết thực hiện các nội dung sau:"
        ),
        "tasks": tuple(line for line in task_lines()["IV. Các khu phố"] if line.number == 20)
        + tuple(line for line in task_lines()["II. Mặt trận Tổ quốc và đoàn thể"] if line.number == 9),
        "terms": TERMS,
        "copies": 3,
        "witnesses": SigningSide(
            (Signature(on_behalf="TM. Ủy ban nhân dân", posts=("Chủ tịch",), name="Trần Việt Hùng"),),
            "Bên chứng kiến",
        ),
        "signatories": SigningSide(
            (
                Signature(posts=("Bí thư chi bộ",)),
                Signature(
                    posts=("Khu trưởng",),
                    confirmation=f"Đã xác nhận điện tử nội bộ lúc 16:42 ngày 29/3/2024, mã SHA-256 {DIGEST}",
                ),
                Signature(posts=post_lines("Trưởng ban công tác Mặt trận")),
            ),
            "Đơn vị cam kết",
        ),
        "foot": Foot(
            illustrative=True,
            code="7KQ2M-9XDAB",
            check_page="https://thidua.haphong.vn/kiem-tra",
            qr="https://thidua.haphong.vn/kiem-tra?ma=7KQ2M9XDAB",
            digest=DIGEST,
            log=LOG,
        ),
    }
    return CommitmentSheet(**{**facts, **changes})

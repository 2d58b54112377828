"""The list of the Hà Khánh campaign as offices keep it in Excel, made by openpyxl alone, and the ward it is for."""

import csv
import io
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from copy import deepcopy
from datetime import date
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font

from pledges.campaigns.models import Movement
from pledges.units import operations as units
from pledges.units.models import Unit
from pledges.units.rules import DocumentStyle, UnitKind
from tests.support import world
from tests.support.campaign_files import FILES, rows
from tests.support.critic import Critic
from tests.support.page import Page, elements, words
from tests.support.ward import Ward

HEADINGS = (
    "STT",
    "Đơn vị chủ trì",
    "Đơn vị phối hợp",
    "Tên phần việc",
    "Sản phẩm",
    "Ngày bắt đầu",
    "Ngày hoàn thành",
    "Ngân sách (triệu đồng)",
    "Xã hội hóa (triệu đồng)",
    "Cuộc vận động",
    "Nội dung chỉ tiêu",
    "Hiện trạng",
    "Phải đạt",
    "Đơn vị tính",
    "Chiều",
    "Mỗi kỳ ghi",
    "Trọng số",
    "Đo được từ ngày",
    "Các mốc",
    "Mã phần việc",
)
OF_TASK = 10
"""So many columns speak of the task, the others of its indicators."""
Line = dict[str, Any]


LINES: list[Line] = [
    {
        "Đơn vị chủ trì": "KP1",
        "Tên phần việc": "Trồng cây xanh đường chính",
        "Sản phẩm": "Hàng cây có biển tên",
        "Ngày bắt đầu": "1/5/2024",
        "Ngày hoàn thành": "30/11/2024",
        "Nội dung chỉ tiêu": "Cây trồng mới",
        "Phải đạt": Decimal(120),
        "Đơn vị tính": "cây",
    },
    {
        "Đơn vị chủ trì": "Khu phố 1",
        "Tên phần việc": "Lắp đèn chiếu sáng ngõ",
        "Sản phẩm": "Bộ đèn hoạt động",
        "Ngày bắt đầu": "1/5/2024",
        "Ngày hoàn thành": "30/9/2024",
        "Nội dung chỉ tiêu": "Bộ đèn",
        "Phải đạt": Decimal(25),
        "Đơn vị tính": "bộ",
    },
]
"""A short list of Khu phố 1."""


def whole_list() -> list[Line]:
    """The 24 tasks with their indicators, a row each; a task's further indicators stand in rows of their own."""
    indicators: dict[str, list[Line]] = defaultdict(list)
    marks: dict[tuple[str, int], list[str]] = defaultdict(list)
    for row in rows(FILES / "milestones.csv"):
        on = date.fromisoformat(row["on"])
        marks[row["task"], int(row["indicator"])].append(f"{on:%d/%m/%Y}: {row['value']}")
    for row in rows(FILES / "indicators.csv"):
        said = marks[row["task"], len(indicators[row["task"]]) + 1]
        indicators[row["task"]].append(_indicator(row, "; ".join(said)))
    found: list[Line] = []
    for row in rows(FILES / "tasks.csv"):
        first, *further = indicators[row["number"]]
        found += [_task(row) | first, *further]
    return found


def _task(row: Mapping[str, str]) -> Line:
    return {
        "STT": Decimal(row["number"]),
        "Đơn vị chủ trì": row["lead"],
        "Đơn vị phối hợp": row["cooperating"].replace(";", "; "),
        "Tên phần việc": row["title"],
        "Sản phẩm": row["product"],
        "Ngày bắt đầu": date.fromisoformat(row["start_on"]),
        "Ngày hoàn thành": date.fromisoformat(row["due_on"]),
        "Ngân sách (triệu đồng)": Decimal(row["budget_million_vnd"]),
        "Xã hội hóa (triệu đồng)": Decimal(row["social_million_vnd"]),
        "Cuộc vận động": row["movement"],
    }


def _indicator(row: Mapping[str, str], marks: str) -> Line:
    return {
        "Nội dung chỉ tiêu": row["label"],
        "Hiện trạng": Decimal(row["baseline"]),
        "Phải đạt": Decimal(row["target"]),
        "Đơn vị tính": row["measure"],
        "Chiều": {"up": "tăng", "down": "giảm"}[row["direction"]],
        "Mỗi kỳ ghi": {"yes": "số thêm", "no": "mức đạt"}[row["accumulates"]],
        "Trọng số": Decimal(row["weight"]),
        "Đo được từ ngày": date.fromisoformat(row["measured_from"]) if row["measured_from"] else None,
        "Các mốc": marks,
    }


def xlsx(
    lines: Iterable[Line],
    *,
    headings: Iterable[str] = HEADINGS,
    spell: Callable[[str], str] = str,
    font: Callable[[str], str] = lambda _text: "Times New Roman",
    above: Iterable[str] = (),
    sheet: str = "Danh mục",
) -> bytes:
    """The lines as a workbook: `spell` writes each text, in the font; `above` are rows before the headings."""
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = sheet
    headings = tuple(headings)
    written: list[Iterable[Any]] = [[words] for words in above]
    written += [headings, *([line.get(name) for name in headings] for line in lines)]
    for number, cells in enumerate(written, 1):
        for column, value in enumerate(cells, 1):
            _put(page.cell(number, column), value, spell, font)
    return saved(book)


def _put(cell: Any, value: Any, spell: Callable[[str], str], font: Callable[[str], str]) -> None:
    if value in {None, ""}:
        return
    cell.value = spell(value) if isinstance(value, str) else value
    cell.font = Font(name=font(value) if isinstance(value, str) else "Arial")
    if isinstance(value, date):
        cell.number_format = "dd/mm/yyyy"


def saved(book: Workbook) -> bytes:
    """The workbook's bytes."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def csv_bytes(lines: Iterable[Line], *, delimiter: str = ",", encoding: str = "utf-8-sig") -> bytes:
    """The lines as a .csv, as Excel saves it."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow(HEADINGS)
    for line in lines:
        writer.writerow([_text(line.get(name)) for name in HEADINGS])
    return out.getvalue().encode(encoding)


def _text(value: Any) -> str:
    if value is None:
        return ""
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value)


def changed(lines: Iterable[Line], number: int, **changes: Any) -> list[Line]:
    """The lines with other values in one of them, counted from 1; the columns by their keys in `COLUMN`."""
    copied = deepcopy(list(lines))
    copied[number - 1] |= {COLUMN[name]: value for name, value in changes.items()}
    return copied


COLUMN = dict(
    zip(
        (
            *("number", "lead", "cooperating", "title", "product", "start_on", "due_on"),
            *("state_funding", "social_funding", "movement", "label", "baseline", "target", "measure"),
            *("direction", "counting", "weight", "measured_from", "milestones", "code"),
        ),
        HEADINGS,
        strict=True,
    )
)


def settle_the_campaign(ward: Ward) -> None:
    """Give the small world all units and movements that the list names."""
    known = {unit.code: unit for unit in ward.session.query(Unit)}
    for position, row in enumerate(rows(FILES / "units.csv"), 100):
        if row["code"] in known or row["valid_from"] or not row["block"]:
            continue
        known[row["code"]] = units.create(
            ward.session, code=row["code"], name=row["name"], short_name=row["short_name"],
            kind=UnitKind(row["kind"]), parent=known[row["parent"]],
            document_style=DocumentStyle(row["document_style"]), block=row["block"],
            head_position=row["head_position"], position=position, by=ward.actor("admin"), at=world.MADE_AT,
        )  # fmt: skip
    campaign = ward.campaign
    named = {row["movement"] for row in rows(FILES / "tasks.csv") if row["movement"]}
    there = {movement.name for movement in campaign.movements}
    for name in sorted(named - there):
        campaign.movements.append(Movement(position=len(campaign.movements) + 1, name=name))
    ward.session.commit()


UPLOAD = "/phan-viec/nhap-tep"


def upload_list(critic: Critic, data: bytes, name: str = "danh mục.xlsx") -> Page:
    """Upload a file as a person would; gives the preview."""
    return critic.send(UPLOAD, {"file": (io.BytesIO(data), name)}, follow=True, action=UPLOAD)


def answer(critic: Critic, preview: Page, beginning: str, *, of: str = "") -> Page:
    """Answer the questions (whose words hold `of`) by the choice that begins so; gives the preview."""
    fields = {}
    for box in preview.of_class("choices"):
        said = words(elements(box, "legend")[0])
        for choice, label in zip(elements(box, "input"), elements(box, "label"), strict=True):
            if of in said and words(label).startswith(beginning):
                fields[choice.get("name") or ""] = choice.get("value")
    return critic.send(preview.url, fields, follow=True) if fields else preview


def write_list(critic: Critic, preview: Page, *, status: int = 302) -> Page:
    """Go from a preview without faults to the page that writes, and write, for whomever it is."""
    page = critic.get(f"{preview.url}/ghi")
    whom = {"on_behalf_of": "Các đơn vị gửi phiếu đăng ký"} if "on_behalf_of" in page.form().names else {}
    return critic.send_form(page.form(), whom, follow=status == 302, status=status)


def told_faults(page: Page) -> dict[str, list[str]]:
    """The faults of a preview by their row: "heading: what is wrong", or "row · heading: …" for further rows."""
    found: dict[str, list[str]] = {}
    for block in page.of_class("import-bad"):
        for item in block:
            row = words(elements(item, "h3")[0]).split()[1]
            found[row] = [words(one) for one in elements(item, "li")[1:]]
    return found

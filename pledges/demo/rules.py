"""The files of the Hà Khánh campaign as data, and the story that they tell: what happened on which day."""

import csv
import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

FILES = Path(__file__).parent / "data"

PREPARED_ON = date(2024, 3, 14)
REGISTERED_FROM = date(2024, 3, 18)
APPROVED_ON = date(2024, 3, 27)
FROZEN_ON = date(2024, 3, 28)
RUNNING_ON = date(2024, 4, 15)
"""The day on which the work began. Of this day and those above the files say nothing: illustrative, like the tasks."""

SIGN_FOR_A_NEIGHBOURHOOD = ("Bí thư chi bộ", "Khu trưởng", "Trưởng ban công tác Mặt trận")
"""Who signs for a khu phố, in this order: illustrative."""
SIGN_IN_THE_APP = frozenset({"TYT", "TH", "THCS"})
"""Units whose heads confirm in the app on the day of signing; the others sign on paper in the hall: illustrative."""

MET_ON = date(2024, 8, 30)
MEETING = "Giao ban phong trào thi đua tháng 8/2024"
"""The one meeting before the day on which the demo stands: illustrative."""


@dataclass(frozen=True)
class Decision:
    """What the meeting decided on a task, until when, and (on a day) what came of it; "" for what is still open."""

    task: str
    text: str
    due_on: date
    done_on: date | None = None
    outcome: str = ""


DECISIONS = (
    Decision(
        "21",
        "Lắp nốt 6 bộ đèn năng lượng mặt trời ở khu phố 2, đôn đốc nhà cung cấp giao đèn.",
        date(2024, 9, 10),
        date(2024, 9, 6),
        "Đã lắp nốt 6 bộ đèn ngày 05/9, đủ 25 bộ.",
    ),
    Decision(
        "19",
        "Báo cáo bù tháng 7, tháng 8; nêu rõ khó khăn, vướng mắc của phòng tin học.",
        date(2024, 9, 10),
    ),
)

SUPERVISES = {
    "I. Khối Đảng - chính quyền": "chutich",
    "II. Mặt trận Tổ quốc và đoàn thể": "chutich",
    "III. Lực lượng vũ trang, đơn vị": "phochutich",
    "IV. Các khu phố": "phochutich",
}
"""Block → the account of the leader who supervises its tasks: illustrative, as is that heads answer for them."""

ISSUED_ON, WRITTEN_ON = date(2024, 9, 5), date(2024, 10, 10)
"""When the report of August was issued, and that of September begun: illustrative."""
SIGNER = "Người ký minh họa"
GUIDANCE = (
    "Hằng tháng Ủy ban nhân dân phường giao ban phong trào thi đua, kiểm điểm từng phần việc, "
    "giải quyết khó khăn, vướng mắc của các đơn vị."
)
"""What the clerk wrote into the reports: illustrative."""

TERMS = (
    "Thực hiện đúng, đủ các phần việc đã đăng ký, bảo đảm chất lượng, đúng thời hạn.",
    "Phân công rõ người, rõ việc, rõ thời gian; người đứng đầu chịu trách nhiệm về kết quả.",
    "Báo cáo tiến độ trước ngày 25 hằng tháng; báo cáo trung thực, kịp thời cả khó khăn, vướng mắc.",
    "Phối hợp với các đơn vị liên quan; vận động Nhân dân cùng tham gia trên tinh thần tự nguyện.",
)
"""General terms of a commitment, one a line: illustrative."""


@dataclass(frozen=True)
class Post:
    """An account of the demo, named by its post: user name, name, and (unit code, role, post) triples."""

    username: str
    name: str
    posts: tuple[tuple[str, str, str], ...]


LEADER, DEPUTY, CLERK, ADMINISTRATOR, OFFICER = "chutich", "phochutich", "vanthu", "quantri", "kp1"

STAFF = (
    Post(
        LEADER,
        "Chủ tịch UBND phường",
        (("UBND", "leader", "Chủ tịch UBND phường"), ("DU", "leader", "Bí thư Đảng ủy")),
    ),
    Post(DEPUTY, "Phó Chủ tịch UBND phường", (("UBND", "leader", "Phó Chủ tịch UBND phường"),)),
    Post(CLERK, "Văn thư UBND phường", (("UBND", "clerk", "Văn thư"),)),
    Post(ADMINISTRATOR, "Quản trị hệ thống", (("HK", "administrator", "Quản trị hệ thống"),)),
)
"""Who works for the ward's committee; each unit that leads a task has one more account, its head's."""


def rows(name: str) -> list[dict[str, str]]:
    """The rows of one of the files."""
    with (FILES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def campaign() -> dict[str, Any]:
    """The campaign's file."""
    content: dict[str, Any] = json.loads((FILES / "campaign.json").read_text(encoding="utf-8"))
    return content


def day(text: str) -> date | None:
    """A day of the files; None where there is none."""
    return date.fromisoformat(text) if text else None


def number(text: str) -> Decimal:
    """A number of the files; 0 where there is none."""
    return Decimal(text or 0)


def head_name(unit: dict[str, str]) -> str:
    """The head of a unit by the post, with the unit's name where many units have the same post."""
    position = unit["head_position"]
    if unit["kind"] == "neighbourhood":
        return f"{position} {unit['name'].lower()}"
    return f"{position} {unit['short_name']}" if unit["kind"] == "school" else position

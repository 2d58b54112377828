"""What the pattern page shows: every component once, with words and figures of a campaign."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import wtforms
from werkzeug.datastructures import MultiDict
from wtforms import validators
from wtforms.fields import SelectChoice
from wtforms.widgets import CheckboxInput, ListWidget


class State(Protocol):
    """Tình trạng: what the components ask of a state of a task."""

    @property
    def label(self) -> str:
        """The state in words."""

    @property
    def sign(self) -> str:
        """The sign that stands before the words."""

    @property
    def tone(self) -> str:
        """The name of its colours in the style sheet."""


@dataclass(frozen=True)
class Status:
    """A paper's status: words and the name of their colours."""

    label: str
    tone: str


@dataclass(frozen=True)
class Page:
    """The third of nine pages of a list."""

    page: int = 3
    pages: int = 9
    has_prev: bool = True
    prev_num: int = 2
    has_next: bool = True
    next_num: int = 4

    def iter_pages(self) -> Iterator[int | None]:
        """The pages to link to; None where some are left out."""
        yield from (1, 2, 3, 4, None, 9)


_UNITS = [SelectChoice("kp1", "Khu phố 1"), SelectChoice("kp2", "Khu phố 2"), SelectChoice("yt", "Trạm Y tế")]


class SampleForm(wtforms.Form):
    """Every kind of field once; it is shown, never sent."""

    name = wtforms.StringField("Tên phần việc", [validators.InputRequired("Nhập tên phần việc.")])
    unit = wtforms.SelectField("Đơn vị chủ trì", choices=_UNITS)
    added = wtforms.StringField(
        "Thêm trong tháng 10", [validators.InputRequired("Nhập số cây của tháng 10.")]
    )
    due = wtforms.StringField("Ngày hoàn thành", [validators.InputRequired("Nhập ngày hoàn thành.")])
    counting = wtforms.RadioField(
        "Cách tính",
        [validators.InputRequired("Chọn cách tính của chỉ tiêu.")],
        choices=[SelectChoice("sum", "Cộng dồn"), SelectChoice("level", "Mức cuối kỳ")],
    )
    partners = wtforms.SelectMultipleField(
        "Đơn vị phối hợp",
        [validators.Optional()],
        choices=_UNITS,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    narrative = wtforms.TextAreaField("Đã làm được gì", [validators.InputRequired("Viết đã làm được gì.")])
    obstacle = wtforms.TextAreaField("Khó khăn, vướng mắc", [validators.Optional()])
    evidence = wtforms.MultipleFileField("Minh chứng", [validators.Optional()])
    password = wtforms.PasswordField("Mật khẩu", [validators.InputRequired("Nhập lại mật khẩu để ký.")])
    read = wtforms.BooleanField(
        "Tôi đã đọc toàn văn bản cam kết", [validators.InputRequired("Đánh dấu đã đọc bản cam kết.")]
    )


def _filled() -> SampleForm:
    return SampleForm(
        name="Trồng, chăm sóc cây xanh đường chính",
        unit="kp2",
        added="30",
        due="30/11/2024",
        counting="sum",
        partners=["yt"],
        narrative="Trồng bù 30 cây tại tổ 2, tổ 5.",
    )


def _wrong() -> SampleForm:
    form = SampleForm(MultiDict({"sua-unit": "kp1", "sua-due": "30/11/2024"}), prefix="sua")
    form.validate()
    return form


def _needs(by_tone: dict[str, State]) -> list[dict[str, object]]:
    return [
        {
            "state": by_tone["od"],
            "title": "Số hóa sổ hộ tịch, trả kết quả đúng hạn",
            "url": "#can-quan-tam",
            "reason": "Quá hạn 15 ngày: trả kết quả đúng hạn 99%, chỉ tiêu 100%.",
            "ask": "Vướng mắc chờ đồng chí quyết định",
            "unit": "TP - HT",
        },
        {
            "state": by_tone["bh"],
            "title": "Lắp bộ dụng cụ thể thao ngoài trời tại nhà văn hóa khu",
            "url": "#can-quan-tam",
            "reason": "Chậm: đạt 33%, kế hoạch đến hôm nay 84%.",
            "unit": "Khu 5",
        },
    ]


_STATUSES = {
    "draft": Status("Bản nháp", "draft"),
    "sent": Status("Chờ duyệt", "sent"),
    "back": Status("Bị trả lại", "back"),
    "good": Status("Đã duyệt", "good"),
    "off": Status("Đã hủy", "off"),
}

_WAITS = [
    {
        "status": _STATUSES["back"],
        "hot": True,
        "title": "Báo cáo tháng 9: Trồng, chăm sóc cây xanh đường chính",
        "url": "#viec-cho",
        "reason": "Đề nghị kèm danh sách vị trí cây gãy đổ.",
        "action": "Sửa và gửi lại",
    },
    {
        "status": _STATUSES["draft"],
        "due": "đến hạn 25/10/2024, còn 10 ngày",
        "title": "Báo cáo tháng 10: Lắp đèn năng lượng mặt trời chiếu sáng ngõ",
        "url": "#viec-cho",
        "action": "Báo cáo",
    },
]

_STORY = [
    {
        "words": "Gửi lại báo cáo tháng 9",
        "who": "Khu phố 3",
        "at_text": "8:20 ngày 02/10/2024",
        "at_iso": "2024-10-02T08:20+07:00",
        "tone": "sent",
    },
    {
        "words": "Trả lại báo cáo tháng 9",
        "who": "Chủ tịch UBND phường",
        "at_text": "16:42 ngày 30/9/2024",
        "at_iso": "2024-09-30T16:42+07:00",
        "tone": "back",
        "reason": "Đề nghị kèm danh sách vị trí cây gãy đổ.",
    },
    {
        "words": "Ký cam kết",
        "who": "Khu phố 3",
        "at_text": "29/3/2024",
        "at_iso": "2024-03-29",
        "tone": "good",
    },
]

_CHART = {
    "plan": [(0, 0.02), (0.2, 0.28), (0.3, 0.5), (0.43, 0.82), (0.6, 0.96), (0.8, 0.99), (1, 1)],
    "actual": [(0, 0.02), (0.07, 0.09), (0.14, 0.2), (0.2, 0.38), (0.26, 0.52), (0.33, 0.64), (0.43, 0.69)],
    "ticks": [(0, "4/24"), (0.2, "7/24"), (0.4, "10/24"), (0.6, "1/25"), (0.8, "4/25")],
    "today": {"x": 0.43, "y": 0.69, "label": "Ngày 15/10/2024", "words": "đạt 69%, kế hoạch 82%"},
    "rows": [("31/7/2024", "62%", "53%"), ("30/9/2024", "79%", "68%"), ("15/10/2024", "82%", "69%")],
}

_BLOCKS = [
    {"label": "I. Khối Đảng - chính quyền", "progress": 0.76, "words": "76%", "note": "8 phần việc"},
    {"label": "IV. Các khu phố", "progress": 0.78, "words": "78%", "note": "5 phần việc"},
]


def samples(states: Sequence[State]) -> dict[str, Any]:
    """Return what the pattern page needs; states is every state of a task, in the order of its rules."""
    by_tone = {state.tone: state for state in states}
    numbers = {"xs": 2, "dn": 3, "dl": 1, "ok": 8, "rk": 2, "bh": 5, "od": 2, "sl": 1}
    return {
        "states": list(states),
        "by_tone": by_tone,
        "statuses": list(_STATUSES.values()),
        "counts": [
            {"state": by_tone[tone], "number": number, "url": "#dai-tinh-trang"}
            for tone, number in numbers.items()
        ],
        "form": _filled(),
        "wrong": _wrong(),
        "needs": _needs(by_tone),
        "waits": _WAITS,
        "story": _STORY,
        "chart": _CHART,
        "blocks": _BLOCKS,
        "page": Page(),
    }

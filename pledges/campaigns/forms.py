"""Forms of campaigns."""

from collections.abc import Callable
from datetime import date
from typing import Any

from wtforms import FieldList, FormField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, ValidationError

from pledges.campaigns.models import Campaign
from pledges.campaigns.operations import FIELDS
from pledges.campaigns.rules import MOVES, WEEKDAYS, CampaignKind, CampaignStatus, Cycle
from pledges.campaigns.terms import unknown_words
from pledges.core import clock
from pledges.core.dates import format_date
from pledges.core.forms.base import EditForm, Form, Row
from pledges.core.forms.fields import (
    OPTIONAL,
    ChoiceRadioField,
    CountField,
    DayField,
    LineField,
    RecordField,
    TextField,
    choices_of,
)
from pledges.core.forms.steps import StepForm
from pledges.units.models import Unit

TERMS = """Thực hiện đúng nội dung, chỉ tiêu và thời gian đã đăng ký.
Báo cáo kết quả trung thực, đúng kỳ, kèm minh chứng.
Phối hợp chặt chẽ với các đơn vị liên quan; kịp thời phản ánh khó khăn, vướng mắc.
Tuyên truyền, vận động cán bộ, đảng viên và Nhân dân tích cực tham gia phong trào."""
"""What commitments begin with, unless the campaign says otherwise; one term a line."""

DUE_DAYS = (1, 28)
BY_DAY = frozenset({Cycle.MONTHLY, Cycle.QUARTERLY})
"""The cycles whose reports are due on a day of the month."""
MOST_GRACE, LATEST_LOCK = 60, 366

_WEEKDAYS = [SelectChoice(str(number), words) for number, words in enumerate(WEEKDAYS, 1)]


class BasisRow(Row):
    """Một căn cứ: a document that the campaign rests on."""

    type = LineField("Loại văn bản", [OPTIONAL], longest=60)
    number = LineField("Số, ký hiệu", [OPTIONAL], longest=60)
    issued_on = DayField("Ngày ban hành", [OPTIONAL])
    issuer = LineField("Cơ quan ban hành", [OPTIONAL])
    subject = LineField("Trích yếu", [OPTIONAL], longest=1000)

    @property
    def blank(self) -> bool:
        """Whether nothing was typed into the row: then it isn't there."""
        return not any(field.raw_data[0].strip() if field.raw_data else field.data for field in self)

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether the row names its document; a blank one does."""
        if self.blank:
            return True
        super().validate(extra_validators)
        wanted = (
            (self.type, "Nhập loại văn bản, ví dụ Kế hoạch."),
            (self.number, "Nhập số, ký hiệu, ví dụ 133/KH-UBND."),
            (self.issuer, "Nhập cơ quan ban hành."),
            (self.subject, "Nhập trích yếu: văn bản về việc gì."),
        )
        for field, words in wanted:
            if not field.data and not field.errors:
                field.errors = [words]
        return not self.errors


class MovementRow(Row):
    """Một cuộc vận động."""

    name = LineField("Tên cuộc vận động", [OPTIONAL])


class PlacedForm(Form):
    """What a campaign is called, who organises it for whom, and when: enough to begin one."""

    title = LineField("Tên phong trào", [InputRequired("Nhập tên phong trào.")], longest=500)
    code = LineField("Mã phong trào", [InputRequired("Nhập mã phong trào.")], longest=40)
    kind = ChoiceRadioField("Hình thức", CampaignKind, [InputRequired("Chọn hình thức.")])
    theme = TextField("Chủ đề", [OPTIONAL], longest=2000)
    slogan = LineField("Khẩu hiệu", [OPTIONAL])
    owner = RecordField("Đơn vị tổ chức", [InputRequired("Chọn đơn vị tổ chức.")], empty="Chọn đơn vị")
    area = RecordField("Phạm vi", [InputRequired("Chọn phạm vi.")], empty="Chọn đơn vị")
    starts_on = DayField("Ngày bắt đầu", [InputRequired("Nhập ngày bắt đầu.")])
    ends_on = DayField("Ngày kết thúc", [InputRequired("Nhập ngày kết thúc.")])
    registration_closes_on = DayField("Hạn đăng ký phần việc", [OPTIONAL])

    _taken: Callable[[str], bool]

    def prepare(self, **context: Any) -> None:
        """`owners` and `areas`: the units to choose from; `taken`: whether another campaign has the code."""
        self._taken = context["taken"]
        self.owner.offer(context["owners"], lambda unit: unit.name)
        self.area.offer(context["areas"], lambda unit: unit.name)

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether the campaign makes sense."""
        super().validate(extra_validators)
        for name, words in self._problems().items():
            if not self[name].errors:
                self[name].errors = [words]
        return not self.errors

    def _problems(self) -> dict[str, str]:
        found = {}
        if self.code.data and self._taken(self.code.data):
            found["code"] = "Đã có phong trào mang mã này."
        owner, area = self.owner.record, self.area.record
        if owner and area and not owner.path.startswith(area.path):
            found["area"] = f"{owner.name} không thuộc {area.name}; chọn phạm vi có đơn vị tổ chức ở trong."
        return found | self._date_problems()

    def _date_problems(self) -> dict[str, str]:
        starts_on, ends_on = self.starts_on.data, self.ends_on.data
        if not starts_on or not ends_on:
            return {}
        found = {}
        if ends_on < starts_on:
            found["ends_on"] = "Ngày kết thúc phải sau ngày bắt đầu."
        closes_on = self.registration_closes_on.data
        if closes_on and closes_on > ends_on:
            found["registration_closes_on"] = f"Sau ngày kết thúc phong trào ({format_date(ends_on)})."
        return found


class CampaignForm(PlacedForm):
    """Phong trào thi đua."""

    expected_task_count = CountField("Số phần việc dự kiến", [OPTIONAL])
    cycle = ChoiceRadioField("Các đơn vị báo cáo", Cycle, [InputRequired("Chọn chu kỳ báo cáo.")])
    reporting_due_day = CountField("Hạn nộp: ngày mấy trong tháng", [OPTIONAL])
    reporting_weekday = SelectField("Hạn nộp: thứ mấy trong tuần", coerce=int, choices=_WEEKDAYS)
    grace_days = CountField("Số ngày ân hạn", [OPTIONAL])
    locks_after_days = CountField("Khóa kỳ sau hạn mấy ngày", [OPTIONAL])
    bases = FieldList(FormField(BasisRow), "Căn cứ", min_entries=1, max_entries=20)
    movements = FieldList(FormField(MovementRow), "Cuộc vận động", min_entries=1, max_entries=20)
    launched_on = DayField("Ngày phát động", [OPTIONAL])
    launch_event = LineField("Hội nghị phát động", [OPTIONAL])
    launch_place = LineField("Địa điểm", [OPTIONAL])
    presider = LineField("Người chủ trì", [OPTIONAL])
    presider_post = LineField("Chức vụ người chủ trì", [OPTIONAL])
    announcer = LineField("Người công bố", [OPTIONAL])
    announcer_post = LineField("Chức vụ người công bố", [OPTIONAL])
    terms = TextField("Cam kết chung của các đơn vị", [OPTIONAL])

    def _problems(self) -> dict[str, str]:
        found = self._reporting_problems()
        names = [row.form.name.data for row in self.movements.entries if row.form.name.data]
        if len(names) != len(set(names)):
            self.movements.entries[0].form.name.errors = ["Có cuộc vận động được ghi hai lần."]
            self.movements.errors = [row.form.errors for row in self.movements.entries]
        if words := unknown_words(self.terms.data or ""):
            found["terms"] = words
        return found | super()._problems()

    def _reporting_problems(self) -> dict[str, str]:
        """What is wrong with when reports are due; the question that the cycle doesn't need has no wrong answer."""
        found = {}
        (first, last), day = DUE_DAYS, self.reporting_due_day
        if self.cycle.data not in BY_DAY:
            day.errors = []
        elif day.data is None:
            found["reporting_due_day"] = "Nhập ngày phải nộp báo cáo."
        elif not first <= day.data <= last:
            found["reporting_due_day"] = f"Phải từ ngày {first} đến ngày {last}, tháng nào cũng có."
        grace, locks = self.grace_days.data or 0, self.locks_after_days.data
        if grace > MOST_GRACE:
            found["grace_days"] = f"Nhiều nhất {MOST_GRACE} ngày."
        if locks is not None and locks < grace:
            found["locks_after_days"] = f"Không khóa trước khi hết ân hạn ({grace} ngày)."
        elif locks is not None and locks > LATEST_LOCK:
            found["locks_after_days"] = f"Nhiều nhất {LATEST_LOCK} ngày; không khóa thì để trống."
        return found

    def values(self) -> dict[str, Any]:
        """What was entered, as the operations take it; blank rows are left out."""
        plain = {name: self[name].data for name in FIELDS if name in self}
        if self.cycle.data not in BY_DAY:
            del plain["reporting_due_day"]
        return plain | {
            "grace_days": self.grace_days.data or 0,
            "expected_task_count": self.expected_task_count.data or 0,
            "terms": "\n".join(filter(None, (self.terms.data or "").splitlines())),
            "owner": self.owner.record,
            "area": self.area.record,
            "bases": [row.form.data for row in self.bases.entries if not row.form.blank],
            "movements": [row.form.name.data for row in self.movements.entries if row.form.name.data],
        }


class CampaignEditForm(CampaignForm, EditForm):
    """Sửa phong trào."""

    @classmethod
    def values_of(cls, record: Campaign) -> dict[str, Any]:
        """The campaign as the form says it."""
        said = {name: getattr(record, name) for name in FIELDS}
        basis = ("type", "number", "issued_on", "issuer", "subject")
        return said | {
            "owner": record.owner_unit_id,
            "area": record.area_unit_id,
            "bases": [{name: getattr(one, name) for name in basis} for one in record.bases],
            "movements": [{"name": movement.name} for movement in record.movements],
        }


class MoveForm(StepForm):
    """Chuyển bước phong trào."""

    to = ChoiceRadioField("Bước tiếp theo", CampaignStatus, [InputRequired("Chọn bước tiếp theo.")])
    on = DayField("Ngày", [InputRequired("Nhập ngày.")])
    note = TextField("Ghi chú", [OPTIONAL], longest=1000)

    @classmethod
    def values_of(cls, record: Campaign) -> dict[str, Any]:
        """The step that comes next, today."""
        return {"to": next(iter(MOVES[record.status]), None), "on": clock.today()}

    def prepare(self, **context: Any) -> None:
        """`status`: where the campaign stands; `last_on`: the day of its last step, if it took one."""
        following = {step.value for step in MOVES[context["status"]]}
        self.to.choices = [choice for choice in choices_of(CampaignStatus) if choice.value in following]
        self._last_on: date | None = context["last_on"]

    def validate_on(self, field: DayField) -> None:
        """The day lies between the last step and today."""
        if field.data is None:
            return
        if field.data > clock.today():
            raise ValidationError("Ngày này chưa đến.")
        if self._last_on and field.data < self._last_on:
            raise ValidationError(f"Trước ngày của bước vừa rồi ({format_date(self._last_on)}).")


def unit_choices(units: list[Unit], *kept: Unit) -> list[Unit]:
    """The units to offer, with those that the record names already."""
    return units + [unit for unit in kept if unit not in units]

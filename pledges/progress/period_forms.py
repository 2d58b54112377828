"""The form in which an office sets the periods of a campaign that reports by dates of its own."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from wtforms import FieldList, FormField

from pledges.campaigns.models import Campaign
from pledges.core import clock
from pledges.core.database import db
from pledges.core.dates import format_date
from pledges.core.forms.base import EditForm, Row
from pledges.core.forms.fields import OPTIONAL, DayField, LineField
from pledges.progress.cycles import OwnSpan, overlap
from pledges.progress.models import Period
from pledges.progress.periods import parted

MOST = 60


class PeriodRow(Row):
    """Một kỳ báo cáo tự đặt."""

    name = LineField("Tên kỳ", [OPTIONAL], longest=60)
    start_on = DayField("Từ ngày", [OPTIONAL])
    end_on = DayField("Đến ngày", [OPTIONAL])
    due_on = DayField("Hạn nộp báo cáo", [OPTIONAL])

    @property
    def blank(self) -> bool:
        """Whether nothing was typed into the row: then it isn't there."""
        return not any(field.raw_data[0].strip() if field.raw_data else field.data for field in self)

    @property
    def span(self) -> OwnSpan | None:
        """The period that the row names; None while it lacks something."""
        name, days = self.name.data, (self.start_on.data, self.end_on.data, self.due_on.data)
        start_on, end_on, due_on = days
        if not name or start_on is None or end_on is None or due_on is None or start_on > end_on:
            return None
        return OwnSpan(name, start_on, end_on, due_on)

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether the row names a period whose days follow each other; a blank one does."""
        if self.blank:
            return True
        super().validate(extra_validators)
        wanted = (
            (self.name, "Nhập tên kỳ, ví dụ Đợt 1."),
            (self.start_on, "Nhập ngày đầu của kỳ."),
            (self.end_on, "Nhập ngày cuối của kỳ."),
            (self.due_on, "Nhập hạn nộp báo cáo."),
        )
        for field, words in wanted:
            if not field.data and not field.errors:
                field.errors = [words]
        start_on, end_on, due_on = self.start_on.data, self.end_on.data, self.due_on.data
        if start_on and end_on and end_on < start_on:
            self.end_on.errors = ["Ngày cuối của kỳ phải từ ngày đầu trở đi."]
        elif start_on and due_on and due_on < start_on:
            self.due_on.errors = ["Hạn nộp phải từ ngày đầu của kỳ trở đi."]
        return not self.errors


class OwnPeriodsForm(EditForm):
    """Đặt các kỳ báo cáo: one row each; what has begun, holds a report or an exception isn't among them."""

    periods = FieldList(FormField(PeriodRow), "Kỳ báo cáo", min_entries=1, max_entries=MOST)

    _held: Sequence[Period]
    _first: date
    _last: date

    @classmethod
    def values_of(cls, record: Campaign) -> dict[str, Any]:
        """The periods that can still be changed."""
        movable, _held = parted(db.session(), record, clock.now())
        names = ("name", "start_on", "end_on", "due_on")
        return {"periods": [{name: getattr(one, name) for name in names} for one in movable]}

    def prepare(self, **context: Any) -> None:
        """`held`: the periods that stay; `campaign`: whose days they lie within."""
        self._held = context["held"]
        self._first, self._last = context["campaign"].starts_on, context["campaign"].ends_on

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether the periods lie within the campaign, beside each other, each under a name of its own."""
        super().validate(extra_validators)
        before: list[OwnSpan | Period] = list(self._held)
        for row in self._rows():
            span = row.span
            if span is None:
                continue
            if row.name.data in {one.name for one in before}:
                row.name.errors = ["Đã có kỳ mang tên này."]
            if not self._first <= span.start_on <= span.end_on <= self._last:
                words = f"Kỳ phải nằm trong thời gian phong trào ({_days(self._first, self._last)})."
                row.start_on.errors = [words]
            elif other := next((one for one in before if overlap(one, span)), None):
                called = other.label if isinstance(other, Period) else other.name
                days = _days(other.start_on, other.end_on)
                row.start_on.errors = [f"Trùng ngày với kỳ {called} ({days})."]
            before.append(span)
        self.periods.errors = [row.form.errors for row in self.periods.entries]
        if not any(self.periods.errors):
            self.periods.errors = []
        return not self.errors

    def _rows(self) -> Iterator[PeriodRow]:
        for entry in self.periods.entries:
            if not entry.form.blank:
                yield entry.form

    def spans(self) -> list[OwnSpan]:
        """The periods as they were entered."""
        return [row.span for row in self._rows() if row.span is not None]


def _days(first: date, last: date) -> str:
    return f"{format_date(first)} – {format_date(last)}"

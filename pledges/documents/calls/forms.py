"""Forms of the list of calls."""

from datetime import timedelta

from wtforms import ValidationError

from pledges.core import clock
from pledges.core.forms.base import Form
from pledges.core.forms.fields import OPTIONAL, REQUIRED, DayField, LineField, TextField

FARTHEST = timedelta(days=92)


class CallForm(Form):
    """Ghi đã gọi: with whom, what was said, and the day promised."""

    keeps = True

    spoke_to = LineField("Đã nói chuyện với", [REQUIRED], longest=200)
    said = TextField("Kết quả", [REQUIRED], longest=1000)
    promised_on = DayField("Hẹn đến ngày", [OPTIONAL])

    def validate_promised_on(self, field: DayField) -> None:
        """A promise is of a day to come, and of one that somebody will remember."""
        today = clock.today()
        if field.data and field.data < today:
            raise ValidationError("Ngày hẹn phải từ hôm nay trở đi.")
        if field.data and field.data - today > FARTHEST:
            raise ValidationError("Ngày hẹn xa quá ba tháng; đồng chí xem lại.")


class CallListForm(Form):
    """In danh sách gọi: one button. Every press is a download of its own, and each is logged."""

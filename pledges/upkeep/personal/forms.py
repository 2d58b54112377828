"""Forms about personal data."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from wtforms import ValidationError
from wtforms.validators import InputRequired

from pledges.accounts.models import Account
from pledges.core import clock
from pledges.core.forms.base import Form
from pledges.core.forms.fields import REQUIRED, ChoiceRadioField, DayField, LineField, RecordField, TextField
from pledges.upkeep.personal.rules import RequestKind, RequestOutcome

LONGEST = 2000


class TakeForm(Form):
    """Tải dữ liệu về tôi: every press is a download of its own, and each is logged."""


class RequestForm(Form):
    """Yêu cầu chỉnh sửa, xóa dữ liệu về mình."""

    keeps = True

    kind = ChoiceRadioField("Yêu cầu", RequestKind, [InputRequired("Chọn chỉnh sửa hay xóa.")])
    words = TextField("Dữ liệu nào, sửa thành gì hoặc vì sao xóa", [REQUIRED], longest=LONGEST)


class PaperRequestForm(RequestForm):
    """Nhập yêu cầu trên giấy: an administrator enters it for the person; `people` are those of the own units."""

    account = RecordField("Người yêu cầu", [REQUIRED], empty="Chọn người")
    received_on = DayField("Nhận ngày", [REQUIRED])
    from_paper = LineField("Theo giấy tờ nào", [REQUIRED], longest=200)

    def prepare(self, *, people: Iterable[Account] = (), **_context: Any) -> None:
        """Offer the people."""
        self.account.offer(people, lambda one: f"{one.name} ({one.username})")

    def validate_received_on(self, field: DayField) -> None:
        """A paper has been received."""
        day: date | None = field.data
        if day is not None and day > clock.today():
            raise ValidationError("Ngày nhận không thể sau hôm nay.")


class AnswerForm(Form):
    """Giải quyết yêu cầu."""

    keeps = True

    outcome = ChoiceRadioField("Kết quả", RequestOutcome, [InputRequired("Chọn kết quả giải quyết.")])
    answer = TextField(
        "Trả lời người yêu cầu: đã làm gì, điều gì không làm được và vì sao", [REQUIRED], longest=LONGEST
    )


class RemoveForm(Form):
    """Xóa dữ liệu đến hạn: one button, after what it removes was read."""

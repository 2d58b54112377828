"""Forms of signing a commitment: in the app, and recording what was signed on paper."""

from datetime import date
from typing import Any

from wtforms import FileField, HiddenField, PasswordField
from wtforms.validators import InputRequired, ValidationError

from pledges.commitments.models import Commitment
from pledges.core import clock
from pledges.core.dates import format_date
from pledges.core.forms.base import EditForm
from pledges.core.forms.fields import DayField, LineField, RecordsField
from pledges.core.forms.steps import StepForm


class SignForm(StepForm):
    """Ký trong ứng dụng: the password once more."""

    password = PasswordField("Mật khẩu của đồng chí", [InputRequired("Chưa nhập mật khẩu.")])


class PaperForm(EditForm):
    """Ghi nhận chữ ký trên giấy. `kept` is the sealed name of a scan that came with an earlier sending."""

    signatories = RecordsField("Những người đã ký", [])
    signed_on = DayField("Ngày ký", [InputRequired("Chưa nhập ngày ký.")])
    place = LineField("Nơi ký", [InputRequired("Chưa nhập nơi ký.")], longest=200)
    certified_by = LineField(
        "Người chứng nhận đã thấy ký", [InputRequired("Chưa ghi ai chứng nhận.")], longest=100
    )
    scan = FileField("Bản quét")
    kept = HiddenField()

    record: Commitment

    @classmethod
    def values_of(cls, record: Commitment) -> dict[str, Any]:
        """Where and when it was to be signed; nobody is ticked."""
        return {"signed_on": record.dated_on, "place": record.campaign.launch_place}

    def prepare(self, **context: Any) -> None:
        """Offer those who have not signed yet."""
        unsigned = [one for one in context["signatories"] if one.signature is None]
        self.signatories.offer(unsigned, lambda one: one.label)
        said: str | None = self.certified_by.data
        self.certified_by.data = context["certified_by"] if said is None else said

    def validate_signatories(self, field: RecordsField) -> None:
        """Somebody signed."""
        if not field.data:
            raise ValidationError("Chưa đánh dấu ai đã ký.")

    def validate(self, extra_validators: Any = None) -> bool:
        """As every form; who signed elsewhere meanwhile is told in words, not by a number."""
        good: bool = super().validate(extra_validators)
        if set(self.signatories.data or ()) - set(self.signatories.offered):
            self.signatories.errors = [
                "Có người vừa ký ở nơi khác; đồng chí đánh dấu lại những người còn lại."
            ]
        return good

    def validate_signed_on(self, field: DayField) -> None:
        """Nobody signs tomorrow, nor before the text was frozen."""
        if field.data is None:
            return
        if field.data > clock.today():
            raise ValidationError("Ngày ký không thể ở sau hôm nay.")
        frozen_on = _frozen_on(self.record)
        if frozen_on is not None and field.data < frozen_on:
            raise ValidationError(
                f"Bản cam kết được chốt ngày {format_date(frozen_on)}, không thể ký trước ngày đó."
            )


def _frozen_on(commitment: Commitment) -> date | None:
    return clock.day_of(commitment.frozen_at) if commitment.frozen_at is not None else None

"""Forms of signing a commitment: in the app or refused there, and recording what was signed on paper."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from wtforms import BooleanField, FileField, HiddenField, PasswordField, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, ValidationError

from pledges.accounts.authorisations.models import Authorisation
from pledges.commitments.ceremonies.forms import authorisation_words
from pledges.commitments.copies.foreign import Foreign
from pledges.commitments.models import Commitment
from pledges.commitments.signatures import HIMSELF, Signer
from pledges.commitments.signing_rules import Way
from pledges.core import clock
from pledges.core.dates import format_date
from pledges.core.forms.base import EditForm
from pledges.core.forms.fields import OPTIONAL, DayField, LineField, RecordField, RecordsField, TextField
from pledges.core.forms.steps import StepForm


class SignForm(StepForm):
    """Ký trong ứng dụng: in which capacity, and the password once more."""

    way = RadioField("Tư cách ký", [InputRequired("Chưa chọn tư cách ký.")], validate_choice=False)
    password = PasswordField("Mật khẩu của đồng chí", [InputRequired("Chưa nhập mật khẩu.")])

    def prepare(self, **context: Any) -> None:
        """Offer the ways that are open to the person; the only one is chosen already."""
        self.offered: dict[str, Way] = {way.key: way for way in context["ways"]}
        self.way.choices = [SelectChoice(way.key, way.label) for way in self.offered.values()]
        if self.way.data is None and len(self.offered) == 1:
            self.way.data = next(iter(self.offered))

    def validate_way(self, field: RadioField) -> None:
        """One of them; that a place was signed meanwhile, or an authorisation ended, is told by the page."""
        if field.data not in self.offered:
            raise ValidationError("Tư cách ký đã chọn không còn; đồng chí xem lại trên trang này rồi chọn.")

    @property
    def hints(self) -> dict[str, str]:
        """Under each way by which paper it is, and for how long."""
        return {key: way.hint for key, way in self.offered.items() if way.hint}

    @property
    def chosen(self) -> Way:
        """The way that was chosen."""
        return self.offered[self.way.data]


class DeclineForm(StepForm):
    """Từ chối ký: in which of the own places, and why."""

    place = RecordField("Vị trí ký", [InputRequired("Chưa chọn vị trí ký.")])
    reason = TextField("Lý do từ chối ký", [InputRequired("Chưa ghi lý do từ chối ký.")], longest=2000)

    def prepare(self, **context: Any) -> None:
        """Offer the own places that wait; the only one is chosen already."""
        self.place.offer(context["places"], lambda one: one.label)
        if self.place.data is None and len(self.place.offered) == 1:
            self.place.data = next(iter(self.place.offered))


class PaperForm(EditForm):
    """Ghi nhận chữ ký trên giấy. `kept` is the sealed name of a scan that came with an earlier sending."""

    signatories = RecordsField("Những người đã ký", [])
    signed_on = DayField("Ngày ký", [InputRequired("Chưa nhập ngày ký.")])
    place = LineField("Nơi ký", [InputRequired("Chưa nhập nơi ký.")], longest=200)
    certified_by = LineField(
        "Người chứng nhận đã thấy ký", [InputRequired("Chưa ghi ai chứng nhận.")], longest=100
    )
    authorisation = RecordField(
        "Người khác ký thay", [OPTIONAL], empty="Không có: người đánh dấu ở trên tự ký"
    )
    scan = FileField("Bản quét")
    kept = HiddenField()
    compared = BooleanField("Tôi đã xem lại: tệp trên đúng là của bản cam kết này")

    record: Commitment
    foreign: Sequence[Foreign] = ()
    """Scans with another commitment's code: filed only by somebody who looked at them again."""

    @classmethod
    def values_of(cls, record: Commitment) -> dict[str, Any]:
        """Where and when it was to be signed; nobody is ticked."""
        return {"signed_on": record.dated_on, "place": record.campaign.launch_place}

    def prepare(self, **context: Any) -> None:
        """Offer those who have not signed yet, and the authorisations by which another may have signed."""
        unsigned = [one for one in context["signatories"] if one.signature is None]
        self.signatories.offer(unsigned, lambda one: one.label)
        self.authorisation.offer(context["authorisations"], authorisation_words)
        said: str | None = self.certified_by.data
        self.certified_by.data = context["certified_by"] if said is None else said

    def validate_signatories(self, field: RecordsField) -> None:
        """Somebody signed."""
        if not field.data:
            raise ValidationError("Chưa đánh dấu ai đã ký.")

    def validate_authorisation(self, field: RecordField) -> None:
        """It lets one person sign in one place, on a day on which it counts."""
        chosen: Authorisation | None = field.record
        if chosen is None:
            return
        if len(self.signatories.data or ()) > 1:
            raise ValidationError("Ký thay thì ghi nhận từng người: chỉ đánh dấu một vị trí ký ở trên.")
        on = self.signed_on.data
        if on is not None and not chosen.alive(on):
            raise ValidationError(f"{chosen.paper} không có hiệu lực vào ngày ký {format_date(on)}.")

    def validate_compared(self, field: BooleanField) -> None:
        """What bears another unit's code is asked about."""
        if self.foreign and not field.data:
            raise ValidationError(
                f"{'; '.join(one.words for one in self.foreign)}. Vẫn lưu ở đây thì đánh dấu ô này."
            )

    @property
    def signer(self) -> Signer:
        """Who really signed."""
        chosen: Authorisation | None = self.authorisation.record
        if chosen is None:
            return HIMSELF
        return Signer(name=chosen.account.name, post=chosen.post, authorisation=chosen)

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

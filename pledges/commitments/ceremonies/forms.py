"""Forms of a ceremony: opened, ticked, signed for another, closed, written up."""

from collections.abc import Iterable, Sequence
from typing import Any, cast

from wtforms import HiddenField
from wtforms.validators import InputRequired, NumberRange

from pledges.accounts.authorisations.models import Authorisation
from pledges.commitments.ceremonies.models import Ceremony
from pledges.commitments.ceremonies.operations import CeremonyEntry
from pledges.commitments.ceremonies.rules import MOST_ATTENDEES
from pledges.commitments.signatures import Signer
from pledges.core.dates import format_date
from pledges.core.forms.base import EditForm, Form
from pledges.core.forms.fields import OPTIONAL, CountField, DayField, LineField, RecordField, TextField
from pledges.core.forms.steps import StepForm

_MOST_PLACES = 50


class _Asked:
    """What is asked of a ceremony before it begins."""

    held_on = DayField("Ngày ký", [InputRequired("Chưa nhập ngày ký.")])
    place = LineField("Địa điểm", [InputRequired("Chưa nhập địa điểm.")], longest=200)
    certified_by = LineField(
        "Người chứng nhận đã thấy ký: họ và tên", [InputRequired("Chưa ghi ai chứng nhận.")], longest=100
    )
    certified_post = LineField("Người chứng nhận: chức vụ", [OPTIONAL], longest=200)
    chair = LineField("Chủ trì: họ và tên", [OPTIONAL], longest=100)
    chair_post = LineField("Chủ trì: chức vụ", [OPTIONAL], longest=200)
    secretary = LineField("Thư ký: họ và tên", [OPTIONAL], longest=100)
    secretary_post = LineField("Thư ký: chức vụ", [OPTIONAL], longest=200)


class OpenForm(_Asked, Form):
    """Mở lễ ký."""

    def entry(self) -> CeremonyEntry:
        """What was entered, as the operations take it."""
        return CeremonyEntry(**_said(self, _BEFORE))


_BEFORE = (
    "held_on",
    "place",
    "certified_by",
    "certified_post",
    "chair",
    "chair_post",
    "secretary",
    "secretary_post",
)
_AFTER = ("attendees", "began", "ended", "proceedings")


def _said(form: Form, names: Iterable[str]) -> dict[str, Any]:
    """What was answered; no answer to a question of words is an empty one."""
    said = {name: cast("Any", form[name]).data for name in names}
    return {name: "" if data is None and name != "attendees" else data for name, data in said.items()}


class CeremonyForm(_Asked, EditForm):
    """Thông tin lễ ký: what was known before, and what the minutes say besides."""

    keeps = True
    page_name = "Thông tin lễ ký"
    page_title = "Lễ ký cam kết"

    attendees = CountField(
        "Số người dự",
        [OPTIONAL, NumberRange(1, MOST_ATTENDEES, f"Số người dự phải từ 1 đến {MOST_ATTENDEES}.")],
    )
    began = LineField("Bắt đầu", [OPTIONAL], longest=50)
    ended = LineField("Kết thúc", [OPTIONAL], longest=50)
    proceedings = TextField("Diễn biến, nội dung buổi lễ", [OPTIONAL])

    record: Ceremony

    def entry(self) -> CeremonyEntry:
        """What was entered, as the operations take it."""
        return CeremonyEntry(**_said(self, _BEFORE + _AFTER))


class CloseForm(StepForm):
    """Kết thúc lễ ký."""


class TickForm(Form):
    """Đánh dấu đã ký, or bỏ đánh dấu: which places. A button of the roll; it asks nothing."""

    places = HiddenField()

    @property
    def numbers(self) -> list[int]:
        """The ids of the places; what is no number is left out."""
        sent = str(self.places.data or "").split()[:_MOST_PLACES]
        return [int(one) for one in sent if one.isascii() and one.isdecimal() and len(one) < 10]  # noqa: PLR2004


class DeputyForm(Form):
    """Người khác ký thay: by an authorisation that counts on the day, or the name that was left to the paper."""

    authorisation = RecordField("Giấy ủy quyền", [OPTIONAL], empty="Không có: người giữ đúng chức vụ này ký")
    name = LineField("Họ và tên người ký", longest=100)

    def prepare(self, **context: Any) -> None:
        """Offer the authorisations; the name is asked where the frozen text names nobody."""
        offered: Sequence[Authorisation] = context["authorisations"]
        if context["named"]:
            self.authorisation.empty = "Chọn giấy ủy quyền"
            del self.name
        self.authorisation.offer(offered, authorisation_words)

    def validate(self, extra_validators: Any = None) -> bool:
        """As every form; whoever signs has a paper that allows it, or a name where none is frozen."""
        good: bool = super().validate(extra_validators)
        if not good or self.authorisation.data:
            return good
        if "name" not in self:
            self.authorisation.errors = ["Chưa chọn giấy ủy quyền của người ký thay."]
        elif not self.name.data:
            self.name.errors = ["Chọn giấy ủy quyền hoặc ghi họ tên người ký."]
        else:
            return True
        return False

    def signer(self) -> Signer:
        """Who signed."""
        chosen: Authorisation | None = self.authorisation.record
        if chosen is None:
            return Signer(name=self.name.data or "" if "name" in self else "")
        return Signer(name=chosen.account.name, post=chosen.post, authorisation=chosen)


def authorisation_words(one: Authorisation) -> str:
    """An authorisation in a list: who, in which capacity, by which paper, until when."""
    return (
        f"{one.account.name}, {one.post}: {one.capacity.label.lower()} {one.principal_post}, "
        f"{one.paper}, đến {format_date(one.last_day)}"
    )

"""Forms of authorisations: recorded from a paper, ended before their time."""

import re
from typing import Any

from wtforms import RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, ValidationError

from pledges.accounts.authorisations.operations import AuthorisationEntry
from pledges.accounts.authorisations.rules import DEPUTISING, Capacity
from pledges.accounts.models import Appointment
from pledges.core import clock
from pledges.core.forms.base import Form
from pledges.core.forms.fields import OPTIONAL, DayField, LineField, RecordField, TextField
from pledges.core.forms.steps import StepForm
from pledges.units.models import Unit

_NUMBERED = re.compile(r"\d.*\d{4}")
"""A number, and a year after it."""


class AuthorisationForm(Form):
    """Ghi ủy quyền ký: whose post, who signs in its place, in which capacity, how long, by which paper."""

    principal_post = LineField(
        "Chức vụ của người được ký thay",
        [InputRequired("Chưa nhập chức vụ của người được ký thay.")],
        longest=200,
    )
    principal_name = LineField("Họ và tên người được ký thay", [OPTIONAL], longest=100)
    deputy = RecordField(
        "Người ký thay", [InputRequired("Chưa chọn người ký thay.")], empty="Chọn người và chức vụ"
    )
    capacity = RadioField(
        "Tư cách ký",
        [InputRequired("Chưa chọn tư cách ký.")],
        choices=[SelectChoice(one.value, one.label) for one in DEPUTISING],
    )
    paper = LineField("Theo văn bản", [InputRequired("Chưa ghi văn bản ủy quyền.")], longest=200)
    valid_from = DayField("Có hiệu lực từ ngày", [InputRequired("Chưa nhập ngày bắt đầu có hiệu lực.")])
    valid_to = DayField("Đến hết ngày", [InputRequired("Chưa nhập ngày hết hiệu lực.")])

    def prepare(self, **context: Any) -> None:
        """Offer the posts held in the ward, those of the unit itself first, by unit."""
        self.deputy.offer(context["posts"], _held, lambda one: one.unit.name)

    def validate_paper(self, field: LineField) -> None:
        """A paper that others can find: with its number and its day."""
        if not _NUMBERED.search(field.data or ""):
            raise ValidationError(
                "Ghi đủ số và ngày của văn bản, ví dụ Quyết định số 12/QĐ-UBND ngày 1/3/2024."
            )

    def validate_valid_to(self, field: DayField) -> None:
        """Not before the first day; one that has run out is recorded for what was signed on paper while it counted."""
        if field.data is None:
            return
        if self.valid_from.data is not None and field.data < self.valid_from.data:
            raise ValidationError("Ngày hết hiệu lực phải từ ngày bắt đầu trở đi.")

    def entry(self, unit: Unit) -> AuthorisationEntry:
        """What was entered, as the operation takes it."""
        deputy: Appointment = self.deputy.record
        since, until = self.valid_from.data, self.valid_to.data
        assert since is not None  # noqa: S101 - the fields are required
        assert until is not None  # noqa: S101
        return AuthorisationEntry(
            unit=unit,
            principal_post=self.principal_post.data or "",
            principal_name=self.principal_name.data or "",
            account=deputy.account,
            post=deputy.post,
            capacity=Capacity(self.capacity.data),
            paper=self.paper.data or "",
            valid_from=since,
            valid_to=until,
        )


def _held(one: Appointment) -> str:
    return one.post if one.account.name in one.post else f"{one.account.name}, {one.post}"


class EndAuthorisationForm(StepForm):
    """Chấm dứt ủy quyền: the last day on which it counts, and why."""

    on = DayField("Ngày cuối cùng còn hiệu lực", [InputRequired("Chưa nhập ngày cuối cùng còn hiệu lực.")])
    reason = TextField("Lý do chấm dứt", [InputRequired("Chưa ghi lý do chấm dứt.")], longest=2000)

    @classmethod
    def values_of(cls, record: Any) -> dict[str, Any]:  # noqa: ARG003 - as in EditForm
        """Today, unless told."""
        return {"on": clock.today()}

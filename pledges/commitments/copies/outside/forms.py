"""Forms of signed PDFs: handing a file in, and saying whose signatures are in it."""

from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import BooleanField, FieldList, FileField, FormField, HiddenField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from pledges.commitments.copies.outside.matching import Match, words_of
from pledges.commitments.copies.outside.operations import PEOPLE_UNANSWERED, TEXT_UNANSWERED
from pledges.commitments.signing_rules import Way
from pledges.core.forms.base import Form, Row
from pledges.core.forms.steps import StepForm
from pledges.files.signed.rules import PdfSignature

NOT_COUNTED = "Không ghi nhận chữ ký này"
NOTHING_LEFT = "Không còn chữ ký nào của tệp để ghi nhận; có thể người khác vừa ghi nhận xong."
ASK_THE_CLERK = (
    "Có điều phần mềm không tự kiểm được, nên cần văn thư của phường đối chiếu rồi ghi nhận: {doubts}"
)


class OutsideForm(Form):
    """Nộp tệp PDF ký số."""

    pdf = FileField("Tệp PDF đã ký số")

    def validate_pdf(self, field: FileField) -> None:
        """A file came; what is wrong with it was said when it was examined."""
        if not field.data and not field.process_errors:
            raise ValidationError("Chưa chọn tệp PDF.")


class MatchRow(Row):
    """Một chữ ký của tệp: whose it is. What is offered follows from who has not signed yet."""

    mark = HiddenField()
    place = SelectField("Người ký", validate_choice=False)

    def validate_place(self, field: SelectField) -> None:
        """Somebody who is still to sign, or nobody."""
        if field.data not in {choice.value for choice in field.choices}:
            raise ValidationError("Người này vừa ký ở nơi khác; đồng chí chọn lại.")


class MatchForm(StepForm):
    """Ghi nhận chữ ký số: whose each signature is, and a clerk's word for what the app can't know."""

    rows = FieldList(FormField(MatchRow), "Chữ ký")
    compared = BooleanField(
        "Tôi đã đối chiếu nội dung tệp PDF với bản chốt: đúng từng phần việc, chỉ tiêu, thời hạn"
    )
    vouched = BooleanField(
        "Tôi đã đối chiếu: người đứng tên từng chứng thư đúng là người ký cam kết được chọn"
    )

    def prepare(self, **context: Any) -> None:
        """One row a signature that can count, filled with the place that the holder's name fits."""
        self.signatures: Sequence[PdfSignature] = context["signatures"]
        self.ways: Mapping[str, Way] = {way.key: way for way in context["ways"]}
        self.text_proven: bool = context["text_proven"]
        self.may_vouch: bool = context["may_vouch"]
        sent = {row.form.mark.data: row.form.place.data for row in self.rows.entries}
        while len(self.rows.entries) > len(self.signatures):
            self.rows.pop_entry()
        while len(self.rows.entries) < len(self.signatures):
            self.rows.append_entry()
        for row, signature in zip(self.rows.entries, self.signatures, strict=True):
            row.form.mark.data = signature.mark
            row.form.place.data = sent.get(signature.mark, context["proposed"].get(signature.mark, ""))
            row.form.place.choices = [
                SelectChoice("", NOT_COUNTED),
                *(SelectChoice(way.key, words_of(way)) for way in self.ways.values()),
            ]

    @property
    def matches(self) -> list[Match]:
        """The signatures that were given a place."""
        chosen = [self.ways.get(row.form.place.data or "") for row in self.rows.entries]
        pairs = zip(self.signatures, chosen, strict=True)
        return [Match(signature, way) for signature, way in pairs if way is not None]

    @property
    def doubts(self) -> list[str]:
        """What the app can't know of the people, as the form stands."""
        return list(dict.fromkeys(doubt for match in self.matches for doubt in match.doubts))

    def validate_rows(self, _field: FieldList) -> None:
        """Somebody is chosen, and nobody for two signatures."""
        places = [match.way.signatory.id for match in self.matches]
        if self.signatures and not places and not any(row.form.place.data for row in self.rows.entries):
            raise ValidationError("Chưa chọn chữ ký nào là của người ký nào.")
        if len(places) != len(set(places)):
            raise ValidationError("Mỗi người ký chỉ nhận một chữ ký trong tệp.")

    def validate_compared(self, field: BooleanField) -> None:
        """The clerk's word for the text, where the check could not prove it."""
        if self.may_vouch and not self.text_proven and not field.data:
            raise ValidationError(TEXT_UNANSWERED)

    def validate_vouched(self, field: BooleanField) -> None:
        """The clerk's word for the people, where the check could not prove them."""
        if self.may_vouch and self.doubts and not field.data:
            raise ValidationError(PEOPLE_UNANSWERED)

    def validate(self, extra_validators: Any = None) -> bool:
        """As every form; what only a clerk may answer is left to one."""
        good: bool = super().validate(extra_validators)
        if not self.signatures:
            self.refuse(NOTHING_LEFT)
            return False
        if good and not self.may_vouch and self.doubts:
            self.refuse(ASK_THE_CLERK.format(doubts=" ".join(self.doubts)))
            return False
        return good

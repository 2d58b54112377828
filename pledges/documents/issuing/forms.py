"""Forms of a document's way out: submitted, returned, issued, withdrawn, its signed copies filed."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from wtforms import BooleanField, HiddenField, MultipleFileField
from wtforms.validators import InputRequired, ValidationError

from pledges.core.forms.base import Form
from pledges.core.forms.fields import (
    LARGEST_COUNT,
    OPTIONAL,
    ChoiceRadioField,
    CountField,
    DayField,
    LineField,
    TextField,
)
from pledges.core.forms.steps import StepForm
from pledges.core.numbers import format_number
from pledges.core.refusal import Refused
from pledges.documents.issuing.filing import NOT_COMPARED, doubts_of
from pledges.documents.issuing.lists import listed_in
from pledges.documents.issuing.operations import IssueEntry
from pledges.documents.issuing.rules import Numbered, check_day, check_number, check_term, doubts
from pledges.documents.issuing.signed_copies import Came
from pledges.documents.lines import lines_in
from pledges.documents.models import Document
from pledges.documents.rules import AttachmentKind

_NUMBER = re.compile("[0-9]{1,18}")
_SYMBOL = re.compile(r"[^\W_]+(?:[-/][^\W_]+)*")


class SubmitForm(StepForm):
    """Trình ký: one press, after what goes to the signer was shown; with blanks a tick that they are meant."""

    sure = BooleanField("Các chỗ này để trống để ghi tay, vẫn trình ký")

    blanks: tuple[str, ...] = ()

    def prepare(self, **context: Any) -> None:
        """Take the places that the paper leaves to a pen; without any there is nothing to tick."""
        self.blanks = context["blanks"]
        if not self.blanks:
            del self.sure

    def validate_sure(self, field: BooleanField) -> None:
        """What stands empty was looked at."""
        if not field.data:
            raise ValidationError("Còn chỗ để trống; điền vào dự thảo, hoặc đánh dấu ô này nếu để ghi tay.")


class BackForm(StepForm):
    """Trả lại dự thảo: why."""

    reason = TextField("Lý do trả lại", [InputRequired("Chưa ghi lý do trả lại.")], longest=2000)


class WithdrawForm(StepForm):
    """Thu hồi văn bản: why."""

    reason = TextField("Lý do thu hồi", [InputRequired("Chưa ghi lý do thu hồi.")], longest=2000)


class ReplaceForm(StepForm):
    """Thay thế văn bản: one press begins the draft of the document that takes its place."""


@dataclass(frozen=True, kw_only=True)
class Suggested:
    """What is suggested when a document is issued: the next number of the series, symbol and day, a Party's term."""

    number: int
    symbol: str
    issued_on: date
    term: str = ""


class DocumentNumberField(CountField):
    """Số văn bản: digits alone, for it measures nothing."""

    def read(self, text: str) -> Any:
        """The number that the text names."""
        if not _NUMBER.fullmatch(text) or not 0 < int(text) <= LARGEST_COUNT:
            most = format_number(LARGEST_COUNT)
            raise ValueError(f"Số văn bản là số nguyên từ 1 đến {most}, viết liền, không kèm chữ; ví dụ 05.")
        return int(text)


class IssueForm(StepForm):
    """Phát hành: number and symbol, day, who signs in which capacity, who gets it."""

    keeps = True
    page_name = "Phát hành văn bản"

    number = DocumentNumberField("Số", [InputRequired("Chưa ghi số văn bản.")])
    symbol = LineField("Ký hiệu", [InputRequired("Chưa ghi ký hiệu.")], longest=60)
    term = LineField("Nhiệm kỳ", [OPTIONAL], longest=9)
    issued_on = DayField("Ngày ban hành", [InputRequired("Chưa ghi ngày ban hành.")])
    on_behalf = LineField("Ký thay mặt", [OPTIONAL], longest=150)
    posts = TextField(
        "Quyền hạn, chức vụ người ký", [InputRequired("Chưa ghi chức vụ người ký.")], longest=300
    )
    signer_name = LineField("Họ tên người ký", [InputRequired("Chưa ghi họ tên người ký.")], longest=150)
    recipients = TextField("Nơi nhận", [InputRequired("Chưa ghi nơi nhận.")], longest=3000)
    copies = CountField("Số lượng bản", [InputRequired("Chưa ghi số lượng bản.")], least=1)
    sure = BooleanField("Tôi đã xem lại, vẫn phát hành như vậy")

    document: Document
    today: date
    used: Callable[[IssueEntry], Sequence[Numbered]]
    party = False
    blanks: tuple[str, ...] = ()
    """The places that the paper leaves to a pen."""
    doubts: tuple[str, ...] = ()
    """What is unusual about number and day, and what stands empty; asked about once everything else is right."""

    def prepare(self, **context: Any) -> None:
        """Take the document, the present day, whether the numbers are the Party's, and who knows the used numbers."""
        self.document, self.today = context["document"], context["today"]
        self.page_title = self.document.abstract
        self.party, self.used, self.blanks = context["party"], context["used"], context["blanks"]
        if not self.party:
            del self.term
        suggested: Suggested = context["suggested"]
        if self.number.typed is None:
            self.number.process_data(suggested.number)
            self.symbol.data = suggested.symbol
            self.issued_on.data = suggested.issued_on
            if self.party:
                self.term.data = suggested.term

    @classmethod
    def values_of(cls, record: Document) -> dict[str, Any]:
        """What the draft says of signer and recipients."""
        return {
            "on_behalf": record.on_behalf,
            "posts": "\n".join(listed_in(record.posts)),
            "signer_name": record.signer_name,
            "recipients": "\n".join(listed_in(record.recipients)),
            "copies": record.copies,
        }

    def validate_symbol(self, field: LineField) -> None:
        """Written as the office writes it: no blanks, and the slash in the Party's alone."""
        if " " in (field.data or ""):
            raise ValidationError("Ký hiệu viết liền, không có dấu cách, ví dụ BC-UBND.")
        if not _SYMBOL.fullmatch(field.data or ""):
            raise ValidationError("Ký hiệu chỉ có chữ, số và dấu gạch nối, ví dụ BC-UBND.")
        if self.party != ("/" in (field.data or "")):
            example = (
                "có dấu gạch chéo, ví dụ BC/ĐU" if self.party else "không có dấu gạch chéo, ví dụ BC-UBND"
            )
            raise ValidationError(f"Ký hiệu {example}.")

    def validate_term(self, field: LineField) -> None:
        """Two years."""
        _as_field_error(lambda: check_term(field.data or ""))

    def validate_issued_on(self, field: DayField) -> None:
        """Not a day to come."""
        if field.data is not None:
            _as_field_error(lambda: check_day(field.data or self.today, self.today))

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether everything is right, the number is free, and what is unusual was looked at again."""
        if not super().validate(extra_validators):
            return False
        entry = self.entry()
        used = self.used(entry)
        try:
            check_number(entry.number, used)
        except Refused as taken:
            self.number.errors = [*self.number.errors, str(taken)]
            return False
        self.doubts = (
            *doubts(entry.number, entry.issued_on, self.document.as_of, used),
            *(f"Còn chỗ để trống: {one}." for one in self.blanks),
        )
        if self.doubts and not self.sure.data:
            self.sure.errors = [
                *self.sure.errors,
                "Có điều cần xem lại; xem rồi đánh dấu ô xác nhận.",
            ]
            return False
        return True

    def stands(self) -> bool:
        """Whether what is kept of the form, and shown without being sent, is right as things are now."""
        if self.unsent is None or self.outdated:
            return False
        self.csrf_token.data = self.csrf_token.current_token
        return self.validate()

    def entry(self) -> IssueEntry:
        """What was entered, as the operations take it."""
        return IssueEntry(
            number=int(self.number.data or 0),
            symbol=self.symbol.data or "",
            issued_on=self.issued_on.data or self.today,
            on_behalf=self.on_behalf.data or "",
            posts=lines_in(self.posts.data),
            signer_name=self.signer_name.data or "",
            recipients=lines_in(self.recipients.data),
            copies=int(self.copies.data or 1),
            term=(self.term.data or "") if self.party else "",
        )


def _as_field_error(check: Callable[[], None]) -> None:
    try:
        check()
    except Refused as refused:
        raise ValidationError(str(refused)) from None


class AttachForm(Form):
    """Nộp bản ký: the signed PDF, or scans; `kept` are those that came with an earlier sending."""

    kind = ChoiceRadioField("Loại bản", AttachmentKind, [InputRequired("Chưa chọn loại bản.")])
    files = MultipleFileField("Tệp")
    kept = HiddenField()
    compared = BooleanField("Tôi đã xem, đúng là văn bản này")

    came: Sequence[Came] = ()
    """The files, with what was found in them."""

    @property
    def doubts(self) -> list[str]:
        """What is asked about before it is filed."""
        return doubts_of(self.came)

    def validate_compared(self, field: BooleanField) -> None:
        """What is not known to be this document is asked about."""
        if self.doubts and not field.data:
            raise ValidationError(NOT_COMPARED.format("; ".join(self.doubts)))


class AsideForm(StepForm):
    """Bỏ ra ngoài một bản kèm theo: why."""

    reason = TextField("Lý do", [InputRequired("Chưa ghi lý do.")], longest=2000)

"""Forms of commitments: preparing, freezing, taking back; one, or those of several units at once."""

import re
from collections.abc import Iterable
from typing import Any

from flask import request
from wtforms import BooleanField, FieldList, FormField, HiddenField
from wtforms.validators import InputRequired, NumberRange, ValidationError

from pledges.campaigns.terms import in_braces
from pledges.commitments.models import Commitment, Signatory
from pledges.commitments.operations import PLAIN, CommitmentEntry, SignatoryEntry
from pledges.core.forms.base import EditForm, Form, Row
from pledges.core.forms.fields import (
    OPTIONAL,
    CountField,
    DayField,
    LineField,
    RecordField,
    RecordsField,
    TextField,
)
from pledges.core.forms.several import SeveralForm
from pledges.core.forms.steps import StepForm

MOST_SIGNATORIES = 10
MOST_COPIES = 99

ACT, TERMS_AGAIN = "act", "terms-again"
"""The button that takes the terms from the campaign again: it shows the form, and records nothing."""
_DIGEST = re.compile(r"(?P<number>[0-9]{1,10})\.(?P<digest>[0-9a-f]{64})", re.ASCII)
_FOR = re.compile(r"^T/?M\.?\s+", re.IGNORECASE)


class SignatoryRow(Row):
    """Một người ký: name (left to the paper when blank), post, whom for, and the account that may sign in the app."""

    name = LineField("Họ và tên", [OPTIONAL], longest=100)
    post = LineField("Chức vụ", longest=200)
    on_behalf_of = LineField("Thay mặt (TM.)", [OPTIONAL], longest=200)
    account = RecordField("Tài khoản ký trong ứng dụng", [OPTIONAL], empty="Chỉ ký trên giấy")

    @property
    def blank(self) -> bool:
        """Whether nothing was entered: such a row is left out."""
        return not (self.name.data or self.post.data or self.on_behalf_of.data or self.account.data)

    def validate_post(self, field: LineField) -> None:
        """A signatory signs in a post."""
        if not field.data and not self.blank:
            raise ValidationError("Chưa nhập chức vụ của người ký.")

    def entry(self) -> SignatoryEntry:
        """What was entered; a TM. that was typed goes, for it is printed anyhow."""
        body = _FOR.sub("", self.on_behalf_of.data or "")
        return SignatoryEntry(self.name.data or "", self.post.data or "", self.account.data, body)


class _Asked:
    """What is asked of a commitment, new or in preparation."""

    place = LineField("Địa danh", [InputRequired("Chưa nhập địa danh.")], longest=100)
    dated_on = DayField("Ngày ghi trên bản cam kết", [OPTIONAL])
    signatories = FieldList(FormField(SignatoryRow), "Người ký", min_entries=1, max_entries=MOST_SIGNATORIES)
    in_order = BooleanField("Ký trong ứng dụng lần lượt theo thứ tự trên")
    witness = LineField("Bên chứng kiến: họ và tên", [OPTIONAL], longest=100)
    witness_post = LineField("Bên chứng kiến: chức vụ", [OPTIONAL], longest=200)
    terms = TextField("Điều khoản chung", [InputRequired("Chưa nhập điều khoản chung.")])
    copies = CountField(
        "Số bản",
        [
            InputRequired("Chưa nhập số bản."),
            NumberRange(1, MOST_COPIES, f"Số bản phải từ 1 đến {MOST_COPIES}."),
        ],
    )

    def prepare(self, **context: Any) -> None:
        """Offer the accounts of the `heads` of the `unit` to every row."""
        self.page_title = f"Bản cam kết của {context['unit'].name}"
        self.heads = list({held.account_id: held for held in context["heads"]}.values())
        self.offer_accounts()

    def offer_accounts(self) -> None:
        """Offer the accounts again: rows may have come since."""
        for row in self.signatories.entries:
            self._offer(row.form)

    def blank_row(self) -> SignatoryRow:
        """A row for the page's script to copy."""
        row = SignatoryRow(prefix="signatories-__row__-")
        self._offer(row)
        return row

    def _offer(self, row: SignatoryRow) -> None:
        posts = {held.account.id: held.post for held in self.heads}
        accounts = [held.account for held in self.heads]
        row.account.offer(accounts, lambda one: _account_words(one.name, posts[one.id]))

    def validate_signatories(self, field: FieldList) -> None:
        """Somebody signs, and nobody twice."""
        rows = [row.form for row in field.entries if not row.form.blank]
        if not rows:
            raise ValidationError("Cần ít nhất một người ký.")
        chosen = [row.account.data for row in rows if row.account.data]
        if len(chosen) != len(set(chosen)):
            raise ValidationError("Một tài khoản chỉ ký ở một vị trí.")

    def validate_terms(self, field: TextField) -> None:
        """No place of the campaign's terms stays in braces: it would be printed so."""
        if left := in_braces(field.data or ""):
            raise ValidationError(f"Còn chỗ chưa điền: {', '.join(left)}.")

    def entry(self) -> CommitmentEntry:
        """What was entered, as the operations take it."""
        rows = [row.form for row in self.signatories.entries if not row.form.blank]
        return CommitmentEntry(
            place=self.place.data or "",
            dated_on=self.dated_on.data,
            terms=self.terms.data or "",
            copies=int(self.copies.data or 1),
            witness=self.witness.data or "",
            witness_post=self.witness_post.data or "",
            signatories=tuple(row.entry() for row in rows),
            in_order=bool(self.in_order.data),
        )


def _account_words(name: str, post: str) -> str:
    if post in name:
        return name
    return post if name in post else f"{name}, {post}"


class PrepareForm(_Asked, Form):
    """Soạn bản cam kết."""

    keeps = True
    page_name = "Soạn bản cam kết"


class CommitmentForm(_Asked, EditForm):
    """Sửa bản cam kết đang soạn."""

    keeps = True
    page_name = "Sửa bản cam kết"

    @classmethod
    def values_of(cls, record: Commitment) -> dict[str, Any]:
        """The commitment as it is."""
        return {name: getattr(record, name) for name in PLAIN} | {"signatories": _rows(record.signatories)}


def values_of_entry(entry: CommitmentEntry) -> dict[str, Any]:
    """What a new commitment is filled with; a blank row where nobody is proposed."""
    return {name: getattr(entry, name) for name in PLAIN} | {"signatories": _rows(entry.signatories) or [{}]}


def _rows(signatories: Iterable[Signatory | SignatoryEntry]) -> list[dict[str, Any]]:
    return [
        {"name": one.name, "post": one.post, "on_behalf_of": one.on_behalf_of, "account": one.account_id}
        for one in signatories
    ]


def terms_wanted_again() -> bool:
    """Whether the button was pressed that takes the terms from the campaign again."""
    return request.method == "POST" and request.form.get(ACT) == TERMS_AGAIN


class FreezeForm(StepForm):
    """Chốt bản cam kết. `seen` is the digest of the text that the page showed."""

    seen = HiddenField()


class WithdrawForm(StepForm):
    """Thu hồi bản chốt."""

    reason = TextField("Lý do thu hồi", [InputRequired("Nhập lý do thu hồi.")], longest=2000)


class PrepareAllForm(Form):
    """Soạn nhiều bản cam kết."""

    chosen = RecordsField("Đơn vị", [OPTIONAL])

    def prepare(self, **context: Any) -> None:
        """Offer the `units`."""
        self.chosen.offer(context["units"], lambda unit: str(unit.name))

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether a unit is chosen; what the sender may not prepare for counts as not chosen."""
        self.chosen.data = [number for number in self.chosen.data or () if number in self.chosen.offered]
        good: bool = super().validate(extra_validators)
        if good and not self.chosen.data:
            self.refuse("Chưa đánh dấu đơn vị nào.")
            return False
        return good


class DigestsField(HiddenField):
    """The digest of each text that the page showed, by the id of its commitment: "12.9f… 15.03…"."""

    data: dict[int, str] | None

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read the pairs; what is none is left out."""
        if valuelist:
            pairs = (_DIGEST.fullmatch(part) for part in str(valuelist[0]).split())
            self.data = {int(found["number"]): found["digest"] for found in pairs if found}

    def _value(self) -> str:
        return " ".join(f"{number}.{digest}" for number, digest in (self.data or {}).items())


class FreezeSeveralForm(SeveralForm):
    """Chốt nhiều bản cam kết: each is frozen only as the page showed it."""

    digests = DigestsField()

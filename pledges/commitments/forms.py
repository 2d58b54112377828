"""Forms of commitments: preparing, freezing, taking back."""

from collections.abc import Iterable
from typing import Any

from wtforms import FieldList, FormField, HiddenField
from wtforms.validators import InputRequired, NumberRange, ValidationError

from pledges.accounts.models import Appointment
from pledges.commitments.models import Commitment
from pledges.commitments.operations import CommitmentEntry, SignatoryEntry
from pledges.core.forms.base import EditForm, Form, Row
from pledges.core.forms.fields import (
    OPTIONAL,
    CountField,
    DayField,
    LineField,
    RecordField,
    TextField,
)
from pledges.core.forms.steps import StepForm

MOST_SIGNATORIES = 10
MOST_COPIES = 99


class SignatoryRow(Row):
    """Một người ký: name (left to the paper when blank), post, and the account that may sign in the app."""

    name = LineField("Họ và tên", [OPTIONAL], longest=100)
    post = LineField("Chức vụ", longest=200)
    account = RecordField("Tài khoản ký trong ứng dụng", [OPTIONAL], empty="Chỉ ký trên giấy")

    @property
    def blank(self) -> bool:
        """Whether nothing was entered: such a row is left out."""
        return not (self.name.data or self.post.data or self.account.data)

    def validate_post(self, field: LineField) -> None:
        """A signatory signs in a post."""
        if not field.data and not self.blank:
            raise ValidationError("Chưa nhập chức vụ của người ký.")


class _Asked:
    """What is asked of a commitment, new or in preparation."""

    place = LineField("Địa danh", [InputRequired("Chưa nhập địa danh.")], longest=100)
    dated_on = DayField("Ngày ghi trên bản cam kết", [OPTIONAL])
    signatories = FieldList(FormField(SignatoryRow), "Người ký", min_entries=1, max_entries=MOST_SIGNATORIES)
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
        """Offer the accounts of the unit's heads to every row."""
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
            signatories=tuple(
                SignatoryEntry(row.name.data or "", row.post.data, row.account.data) for row in rows
            ),
        )


def _account_words(name: str, post: str) -> str:
    return name if name in post else f"{name}, {post}"


class PrepareForm(_Asked, Form):
    """Soạn bản cam kết."""


class CommitmentForm(_Asked, EditForm):
    """Sửa bản cam kết đang soạn."""

    @classmethod
    def values_of(cls, record: Commitment) -> dict[str, Any]:
        """The commitment as it is."""
        plain = ("place", "dated_on", "witness", "witness_post", "terms", "copies")
        rows = [{"name": one.name, "post": one.post, "account": one.account_id} for one in record.signatories]
        return {name: getattr(record, name) for name in plain} | {"signatories": rows}


def rows_of_heads(heads: Iterable[Appointment]) -> list[dict[str, Any]]:
    """The signatories that a new commitment begins with: the unit's heads; an account named by its post has no name."""
    return [
        {
            "name": ""
            if held.post in held.account.name or held.account.name in held.post
            else held.account.name,
            "post": held.post,
            "account": held.account_id,
        }
        for held in {held.account_id: held for held in heads}.values()
    ]


class FreezeForm(StepForm):
    """Chốt bản cam kết. `seen` is the digest of the text that the page showed."""

    seen = HiddenField()


class WithdrawForm(StepForm):
    """Thu hồi bản chốt."""

    reason = TextField("Lý do thu hồi", [InputRequired("Nhập lý do thu hồi.")], longest=2000)

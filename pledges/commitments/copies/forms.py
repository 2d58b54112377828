"""Forms of filed copies: scans of one unit, a pile and what its pages are, a copy put aside."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from wtforms import BooleanField, FieldList, FileField, FormField, HiddenField, MultipleFileField
from wtforms.validators import InputRequired, ValidationError

from pledges.commitments.copies.foreign import Foreign
from pledges.commitments.models import Commitment
from pledges.core.forms.base import Form, Row
from pledges.core.forms.fields import OPTIONAL, RecordField, TextField
from pledges.files.scanned import MOST_PAGES


class CopyForm(Form):
    """Lưu bản đã ký của một đơn vị: photographs or files; `kept` are those that came with an earlier sending."""

    photos = MultipleFileField("Chụp bằng máy ảnh")
    files = MultipleFileField("Chọn tệp")
    kept = HiddenField()
    compared = BooleanField("Tôi đã xem lại: các tệp trên đúng là của bản cam kết này")

    foreign: Sequence[Foreign] = ()
    """Files with another commitment's code: filed only by somebody who looked at them again."""

    def validate_compared(self, field: BooleanField) -> None:
        """What bears another unit's code is asked about."""
        if self.foreign and not field.data:
            raise ValidationError(
                f"{'; '.join(one.words for one in self.foreign)}. Vẫn lưu ở đây thì đánh dấu ô này."
            )


class PileForm(Form):
    """Tải lên một tệp quét của nhiều đơn vị."""

    pile = FileField("Tệp PDF quét")


@dataclass(frozen=True)
class _NoUnit:
    """What is chosen for a page that is no unit's."""

    id = 0


class PageRow(Row):
    """Một trang: of which commitment it is."""

    commitment = RecordField("Bản cam kết của", [OPTIONAL], empty="Chọn đơn vị…")


class PagesForm(Form):
    """Xếp trang: what each page of a pile is; pages left to the pile alone say so."""

    pages = FieldList(FormField(PageRow), "Các trang", max_entries=MOST_PAGES)

    def prepare(self, **context: Any) -> None:
        """Offer the commitments to every page; the form must have as many rows as the pile has pages."""
        commitments: Iterable[Commitment] = context["commitments"]
        self.number: int = context["number"]
        offered = [_NoUnit(), *commitments]
        for row in self.pages.entries:
            row.form.commitment.offer(offered, _page_words)

    def validate_pages(self, field: FieldList) -> None:
        """Every page is said to be something."""
        if len(field.entries) != self.number:
            raise ValidationError("Trang gửi về không khớp với tệp; đồng chí tải lại trang này rồi xếp lại.")
        open_ones = [str(at) for at, row in enumerate(field.entries, 1) if row.form.commitment.data is None]
        if open_ones:
            raise ValidationError(
                f"Chưa chọn đơn vị cho trang {', '.join(open_ones)}; "
                "trang không thuộc đơn vị nào thì chọn “Không lưu riêng”."
            )
        if not any(self.chosen):
            raise ValidationError("Chưa có trang nào được xếp vào đơn vị.")

    @property
    def chosen(self) -> list[int | None]:
        """For each page the id of its commitment, None for a page that is no unit's."""
        return [row.form.commitment.data or None for row in self.pages.entries]


def _page_words(one: Any) -> str:
    return commitment_words(one) if isinstance(one, Commitment) else "Không lưu riêng, chỉ giữ trong tệp gốc"


def commitment_words(one: Commitment) -> str:
    """A commitment in a list to choose from: the unit, and the edition where that is not the first."""
    return one.unit.name if one.edition == 1 else f"{one.unit.name}, lần {one.edition}"


class AsideForm(Form):
    """Đưa bản lưu nhầm ra ngoài hồ sơ, perhaps to the unit that it is of."""

    reason = TextField("Lý do", [InputRequired("Chưa ghi lý do.")], longest=2000)
    to = RecordField("Lưu vào hồ sơ của đơn vị", [OPTIONAL], empty="Không lưu vào đơn vị nào")

    def prepare(self, **context: Any) -> None:
        """Offer the other commitments."""
        self.to.offer(context["commitments"], commitment_words)

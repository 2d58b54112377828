"""Forms of those who keep the list of units."""

import re
from collections.abc import Iterable
from typing import Any

from wtforms import ValidationError

from pledges.core import clock
from pledges.core.database import db
from pledges.core.forms.base import EditForm, Form
from pledges.core.forms.fields import (
    OPTIONAL,
    REQUIRED,
    ChoiceField,
    CountField,
    DayField,
    LineField,
    RecordField,
)
from pledges.units.models import Unit
from pledges.units.queries import by_code
from pledges.units.rules import DocumentStyle, UnitKind

_CODE = re.compile(r"[0-9A-ZĐ][0-9A-ZĐ._-]{0,19}")


def code_of(text: Any) -> Any:
    """A code in capitals."""
    return text.upper() if isinstance(text, str) else text


def check_code(code: str) -> None:
    """Accept a unit's code or raise `ValidationError`."""
    if not _CODE.fullmatch(code):
        raise ValidationError(
            "Mã đơn vị gồm tối đa 20 chữ cái không dấu, chữ số, dấu chấm hoặc gạch, ví dụ KP1."
        )


class _Facts:
    """The questions about a unit, in the order in which people think of it."""

    name = LineField("Tên đầy đủ", [REQUIRED], longest=200)
    short_name = LineField("Tên gọi tắt", [REQUIRED], longest=60)
    code = LineField("Mã đơn vị", [REQUIRED], filters=[code_of], longest=20)
    kind = ChoiceField("Loại đơn vị", UnitKind, [REQUIRED], empty="Chọn loại đơn vị")
    parent_id = RecordField("Đơn vị cấp trên", [REQUIRED], empty="Chọn đơn vị cấp trên")
    block = LineField("Khối", [OPTIONAL], longest=100)
    position = CountField("Thứ tự trong danh sách", [OPTIONAL])
    head_position = LineField("Chức vụ người đứng đầu", [OPTIONAL], longest=200)
    document_style = ChoiceField("Thể thức văn bản", DocumentStyle, [REQUIRED])
    valid_from = DayField("Hoạt động từ ngày", [OPTIONAL])

    def prepare(self, *, parents: Iterable[Unit] | None = None, **_context: Any) -> None:
        """Offer the units that may stand above; without any, the unit's place in the tree is not asked about."""
        if parents is None:
            del self.parent_id
        else:
            self.parent_id.offer(parents, lambda unit: unit.name)

    @property
    def parent(self) -> Unit | None:
        """The unit chosen to stand above; None where it was not asked."""
        return self.parent_id.record if "parent_id" in self else None  # type: ignore[operator]

    def validate_code(self, field: LineField) -> None:
        """A code that papers and files can carry, and that no other unit has."""
        check_code(field.data or "")
        other = db.session.scalars(by_code(field.data or "")).first()
        if other is not None and other is not getattr(self, "record", None):
            raise ValidationError(f"Mã {field.data} đang là của {other.name}.")


class UnitForm(_Facts, Form):
    """Lập đơn vị."""


class UnitEditForm(_Facts, EditForm):
    """Sửa đơn vị."""

    def validate_valid_from(self, field: DayField) -> None:
        """A unit at work can't be sent into the future: everybody in it would lose every right today."""
        unit: Unit = self.record  # type: ignore[assignment]
        if field.data is None:
            return
        if unit.valid_to and field.data > unit.valid_to:
            raise ValidationError("Ngày bắt đầu không được sau ngày kết thúc.")
        if unit.alive(clock.today()) and field.data > clock.today():
            raise ValidationError("Ngày bắt đầu của đơn vị đang hoạt động không được sau hôm nay.")

"""The forms of packs: what goes into one and how it is bound; giving it up, and asking again."""

from collections.abc import Sequence
from typing import Any

from wtforms import BooleanField, RadioField, ValidationError

from pledges.core.forms.base import Form
from pledges.core.forms.fields import REQUIRED, RecordsField
from pledges.documents.packs.rules import Binding, Item, PackKind

NOTHING_TICKED = "Đồng chí chọn ít nhất một mục."


class AskForm(Form):
    """Lập tập: the items, all ticked to begin with, and how they are bound."""

    items = RecordsField("Chọn đơn vị đưa vào tập")
    binding = RadioField("Cách đóng tập", [REQUIRED], choices=[])
    duplex = BooleanField("Chèn trang trắng để in hai mặt")

    def prepare(self, **context: Any) -> None:
        """Offer the items and the ways to bind them."""
        kind: PackKind = context["kind"]
        items: Sequence[Item] = context["items"]
        self.items.offer(items, lambda one: one.name)
        self.binding.choices = [(one.value, one.label) for one in kind.bindings]
        if len(kind.bindings) == 1:
            self.binding.data = kind.bindings[0].value

    def validate_items(self, field: RecordsField) -> None:
        """At least one."""
        if not field.data:
            raise ValidationError(NOTHING_TICKED)

    @property
    def chosen_binding(self) -> Binding:
        """How it is to be bound."""
        return Binding(self.binding.data)


class CancelForm(Form):
    """Hủy tập: one button."""


class AgainForm(Form):
    """Lập lại: one button."""

"""Forms of a step that a record takes: approve, return, send, move on."""

from typing import Any

from pledges.core.forms.base import EditForm
from pledges.core.forms.conflicts import Conflict

CHANGED = "Nội dung vừa được người khác sửa. Đồng chí xem lại nội dung mới trên trang này rồi bấm lại."


class StepForm(EditForm):
    """A step of a record's way: who takes it has seen the record as it is.

    What another person changed meanwhile is shown on the page itself, to be read before the step is taken; there is
    nothing to choose between, so that no conflict page is needed.
    """

    @classmethod
    def values_of(cls, record: Any) -> dict[str, Any]:  # noqa: ARG003 - as in EditForm
        """Nothing: the step's own words are new."""
        return {}

    def unchanged(self) -> bool:
        """Whether the record is still the one that was shown; if not, the page says so and shows it anew."""
        try:
            return super().unchanged()
        except Conflict:
            self.version.data = str(self.record.version)  # type: ignore[attr-defined]
            self.refuse(CHANGED)
            return False

"""The form of the grid: many rows, read by `grid_rows`; what can't be saved is kept with what else was not sent."""

from typing import Any, Self

from flask import request, url_for
from wtforms import HiddenField

from pledges.campaigns.models import Campaign
from pledges.campaigns.selection import ARGUMENT
from pledges.core import clock
from pledges.core.database import db
from pledges.core.forms import unsent
from pledges.core.forms.base import Form
from pledges.core.forms.fields import OPTIONAL, LineField
from pledges.core.forms.receipts import new_key
from pledges.core.forms.sending import brought, sender_id
from pledges.tasks import behalf
from pledges.tasks.grid.narrowing import Filter
from pledges.tasks.grid.sent import MOST_ROWS, Sent, only, sent_rows

PAGE_NAME = "Bảng phần việc"

Fields = list[tuple[str, str]]


class GridForm(Form):
    """Bảng phần việc. `rows` are those that were sent, or kept from another day; a page that is opened has none.

    `checked` travels with rows that were judged already: shown again, they show their faults again. `from_paper` is
    asked of who enters for other units (nhập thay), once for all rows.
    """

    keeps = True
    page_name = PAGE_NAME

    checked = HiddenField()
    called = HiddenField()
    from_paper = LineField("Nhập thay theo giấy tờ nào", [OPTIONAL], longest=behalf.LONGEST)

    title_field = "called"

    rows: list[Sent]
    campaign: Campaign
    wanted: Filter
    brought: Any

    @classmethod
    def bind(cls, campaign: Campaign, wanted: Filter) -> Self:  # type: ignore[override]
        """The form as sent, or as kept, or fresh; `wanted` is what the address asks of the grid."""
        fields = brought(cls)
        form = cls(fields)
        form.brought = fields
        form.rows = sent_rows(fields) if fields is not None else []
        form.campaign, form.wanted = campaign, wanted
        form.called.data = campaign.title
        form.begin_keeping()
        return form

    @property
    def unsaved(self) -> list[Sent]:
        """The rows that hold something that was not saved."""
        return [row for row in self.rows if (not row.blank if row.is_new else row.touched)]

    @property
    def too_long(self) -> bool:
        """Whether more rows were sent than one sending may bring; the form then says so."""
        if sum(not row.blank for row in self.rows) <= MOST_ROWS:
            return False
        self.refuse(
            f"Bảng có nhiều hơn {MOST_ROWS} dòng, mỗi lần chỉ lưu được {MOST_ROWS} dòng. Chưa lưu gì; nội dung "
            "đồng chí nhập còn nguyên dưới đây. Đồng chí xóa bớt các dòng cuối, lưu, rồi nhập tiếp; danh sách "
            "dài nên nhập từ tệp Excel."
        )
        return True

    def address(self) -> str:
        """The address that opens this grid again, its campaign named: another one may be the newest by then."""
        return address(self.campaign, self.wanted)

    def set_aside(self, rows: list[Sent], wanted: Filter, *, checked: bool) -> str:
        """Keep these rows unsent, in place of all that was; the address that shows them within `wanted`."""
        session, path = db.session(), address(self.campaign, wanted)
        unsent.forget(session, sender_id(), self.form_key.sealed)
        if not rows:
            return path
        fields = only(self.brought, [row.number for row in rows])
        fields += [
            (self.checked.name, "1" if checked else ""),
            (self.called.name, self.campaign.title),
            (self.from_paper.name, self.from_paper.data or ""),
        ]
        page = unsent.Page(path, self.page_name, self.title_field)
        typing = unsent.Typing(sender_id(), new_key(sender_id()), page, fields, window=self.window)
        kept = unsent.save(session, typing, at=clock.now())
        return kept.url if kept is not None else path


def address(campaign: Campaign, wanted: Filter) -> str:
    """The address of the grid of a campaign, as wanted."""
    asked: dict[str, Any] = {ARGUMENT: campaign.id} | wanted.arguments()
    return url_for("tasks.grid", **asked)


def pressed() -> str:
    """The button that was pressed; saving where Enter was."""
    return request.form.get("act", "save")

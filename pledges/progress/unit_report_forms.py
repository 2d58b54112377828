"""Form of all reports of a unit for a period: a row of fields for each task, each with the version that was seen."""

import json
from collections.abc import Callable, Mapping
from typing import Any, Self, cast

import wtforms
from wtforms import FormField, HiddenField, MultipleFileField
from wtforms.fields import FileField

from pledges.core.database import db, note_checked
from pledges.core.forms.base import Form, Row
from pledges.core.forms.conflicts import CARRIED, shown
from pledges.core.forms.fields import OPTIONAL, LineField
from pledges.core.forms.sending import brought
from pledges.core.forms.several import SeenField, locked_versions
from pledges.progress.figure_fields import AffirmField, Figures, fields_of, values_of
from pledges.progress.models import Period, Report
from pledges.progress.unit_reports import TaskPart, UnitReports
from pledges.tasks.behalf import LONGEST, behalf_problems
from pledges.tasks.models import Task
from pledges.units.models import Unit

CHANGED = (
    "Phần việc {}: đồng chí khác vừa sửa báo cáo này. Chỗ chỉ đồng chí đó sửa đã lấy theo; chỗ cả hai cùng sửa thì giữ "
    "nội dung của đồng chí và ghi nội dung kia bên cạnh. Đồng chí xem lại rồi bấm lại."
)
LEFT = "Phần việc {}: {} Nội dung đồng chí vừa nhập còn ở cuối trang để chép lại."
GONE = "Phần việc không còn ở đơn vị."
Load = Callable[[], UnitReports]


class ReportRow(Figures, Row):
    """One task's report: its fields, the version it was shown in, and what the fields said then."""

    version = HiddenField()
    was = HiddenField()

    theirs: dict[str, str]
    """What a colleague made of a field that both changed, by the field's name."""

    def words(self) -> dict[str, str]:
        """What each field says, in words."""
        return {
            field.short_name: shown(field)
            for field in cast("Any", self)
            if field.short_name not in CARRIED and not isinstance(field, FileField)
        }

    def note_shown(self, version: int) -> None:
        """Carry the version and the words that the page shows now."""
        self.version.data = str(version)
        self.was.data = json.dumps(self.words(), ensure_ascii=False)

    def seen(self) -> dict[str, str]:
        """What the fields said when the page was shown, as far as the browser brings it back."""
        try:
            was = json.loads(self.was.data or "{}")
        except (ValueError, RecursionError):
            return {}
        return was if isinstance(was, dict) else {}

    @property
    def changed(self) -> bool:
        """Whether something was typed since the page was shown."""
        return self.words() != self.seen()

    def merge(self, fresh: "ReportRow", version: int) -> None:
        """Take over what only the other changed; what both changed stays mine, with the other's words beside."""
        was, mine, theirs = self.seen(), self.words(), fresh.words()
        for name, words in theirs.items():
            if mine[name] == was.get(name, ""):
                _adopt(cast("Any", self)[name], cast("Any", fresh)[name])
            elif words not in (was.get(name, ""), mine[name]):
                self.theirs[name] = words
        self.version.data, self.was.data = str(version), json.dumps(theirs, ensure_ascii=False)

    def adopt(self, fresh: "ReportRow") -> None:
        """Say what the other says."""
        for name in fresh.words():
            _adopt(cast("Any", self)[name], cast("Any", fresh)[name])


def _adopt(field: Any, other: Any) -> None:
    """Say in a field what the other says."""
    field.data = other.data
    if hasattr(field, "typed"):
        field.typed = None
    if isinstance(field, AffirmField):
        field.figure, field.kept = None, other.kept


class UnitReportForm(Form):
    """Báo cáo cả đơn vị: keeps a draft for each task; sending comes after a page to check."""

    on_behalf_of = LineField("Người của đơn vị đã khai", [OPTIONAL], longest=LONGEST)
    from_paper = LineField("Theo giấy tờ nào", [OPTIONAL], longest=LONGEST)

    keeps = True
    continues = True
    load: Load
    shown: UnitReports
    for_another = False
    needs_paper = False
    sending = False

    @classmethod
    def over(cls, load: Load, reports: UnitReports, *, sending: bool = False) -> Self:
        """The form as sent, or as kept, or filled with the reports as they are; `load` reads them anew.

        `sending` leads on to the page before sending: then it is said for whom the reports are entered.
        """
        form = cls(brought(cls), data=_values(reports))
        form.load, form.shown, form.sending = load, reports, sending
        form.prepare()
        form.fill_what_was_not_sent()
        form.begin_keeping()
        return form

    @classmethod
    def fresh(cls, reports: UnitReports) -> Self:
        """The form filled with the reports as they are, whatever was sent."""
        form = cls(None, data=_values(reports))
        form.shown = reports
        form.prepare()
        return form

    def fill_what_was_not_sent(self) -> None:
        """Show the reports as they are, where nothing else was typed: a browser sends no unticked box."""
        fresh = type(self).fresh(self.shown)
        for part in self.shown.parts:
            row = self.row(part)
            if not row.version.data:
                row.adopt(fresh.row(part))
                row.note_shown(part.version)

    def prepare(self, **_context: Any) -> None:
        """Give each row what its figures are judged by; for whom an official enters is asked once for all."""
        for part in (*self.shown.parts, *self.shown.gone):
            row = self.row(part)
            row.theirs = {}
            row.take({**part.context, "for_another": False})
        self.for_another = any(part.context["for_another"] for part in self.shown.parts)
        self.needs_paper = any(part.context["needs_paper"] for part in self.shown.parts)
        if not self.for_another:
            del self.on_behalf_of, self.from_paper

    def go_on_after_files(self, before: Mapping[str, int]) -> None:
        """Files more or less contradict nobody's edit: rows that saw the report as it was `before` go on with it."""
        for part in self.shown.parts:
            row = self.row(part)
            if part.name in before and row.version.data == str(before[part.name]):
                row.version.data = str(part.version)

    def row(self, part: TaskPart) -> ReportRow:
        """The fields of a task."""
        return cast("ReportRow", self[part.name].form)

    def typed(self) -> list[TaskPart]:
        """The tasks into whose fields something was typed."""
        parts = [*self.shown.parts, *self.shown.gone]
        return [part for part in parts if self.row(part).version.data and self.row(part).changed]

    def to_write(self) -> list[TaskPart]:
        """The tasks whose draft is to be written: where something was typed, or the paper is named only now."""
        typed = self.typed()
        return typed + [part for part in self.shown.drafts if part not in typed and self._names_paper(part)]

    def _names_paper(self, part: TaskPart) -> bool:
        paper, draft = self.paper(), part.draft
        if draft is None or not all(paper.values()) or not part.context["needs_paper"]:
            return False
        said = {"on_behalf_of": draft.on_behalf_of, "from_paper": draft.from_paper}
        return bool(self.row(part).version.data) and said != paper

    def left_behind(self) -> list[tuple[TaskPart, list[tuple[str, str]]]]:
        """What was typed for tasks whose report can't be written any more, by question in words."""
        return [(part, _said(self.row(part))) for part in self.typed() if not part.writable]

    def paper(self) -> dict[str, str]:
        """For whom and from which paper the reports were entered; empty words for the unit's own people."""
        names = ("on_behalf_of", "from_paper")
        return {name: (self[name].data or "") if self.for_another else "" for name in names}

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether what was typed can be kept."""
        good: bool = super().validate(extra_validators)
        for part in self.typed():
            good = self.row(part).days_fit() and good
        if any(self.paper().values()) or self._asks_for_paper():
            problems = behalf_problems(**self.paper())
            for name, words in problems.items():
                self[name].errors = [words]
            good = good and not problems
        return good

    def _asks_for_paper(self) -> bool:
        """Whether this leads on to the page before sending with reports that need a paper and name none."""
        if not self.sending or not self.for_another:
            return False
        about_to_be_sent = [*self.typed(), *self.shown.drafts]
        return any(
            part.context["needs_paper"] and not (part.draft is not None and part.draft.on_behalf_of)
            for part in about_to_be_sent
        )

    def unchanged(self) -> bool:
        """Whether nobody changed meanwhile what is to be written; what somebody did is shown beside what was typed."""
        session, typed = db.session(), self.to_write()
        locked_versions(session, Report, [part.known.id for part in typed if part.known is not None])
        session.expire_all()
        now = self.load()
        crossed = [part for part in typed if not self._as_seen(now.by_name.get(part.name), part)]
        if not crossed:
            self.shown = now
            for report in (now.by_name[part.name].known for part in typed):
                if report is not None:
                    note_checked(session, report)
            return True
        session.rollback()
        self.shown = self.load()
        self._tell(crossed)
        return False

    def _as_seen(self, now: TaskPart | None, part: TaskPart) -> bool:
        return now is not None and now.writable and str(now.version) == self.row(part).version.data

    def _tell(self, crossed: list[TaskPart]) -> None:
        """Say of each what happened to it, and put both people's words together."""
        fresh, by_name = type(self).fresh(self.shown), self.shown.by_name
        for old in crossed:
            part = by_name.get(old.name)
            if part is not None and part.writable:
                self.row(part).merge(fresh.row(part), part.version)
                self.refuse(CHANGED.format(part.task.number))
            else:
                self.refuse(LEFT.format(old.task.number, part.why_not if part is not None else GONE))


def _said(row: ReportRow) -> list[tuple[str, str]]:
    fields: Any = row
    return [(fields[name].label.text, words) for name, words in row.words().items() if words]


def _values(reports: UnitReports) -> dict[str, Any]:
    parts = [*reports.parts, *reports.gone]
    values: dict[str, Any] = {
        part.name: values_of(part.known) if part.known is not None else {} for part in parts
    }
    drafts = [part.draft for part in reports.parts if part.draft is not None and part.draft.on_behalf_of]
    if drafts and drafts[0] is not None:
        values |= {"on_behalf_of": drafts[0].on_behalf_of, "from_paper": drafts[0].from_paper}
    return values


def unit_form(unit: Unit, period: Period, reports: UnitReports) -> type[UnitReportForm]:
    """The form of a unit and a period: its rows are named by the tasks, so that none is mistaken for another."""
    fields: dict[str, Any] = {
        part.name: FormField(_row(part.task, period)) for part in (*reports.parts, *reports.gone)
    }
    fields |= {"page_name": f"Báo cáo {period.label} cả đơn vị", "page_title": unit.name}
    return cast("type[UnitReportForm]", type("UnitReportForm", (UnitReportForm,), fields))


def _row(task: Task, period: Period) -> type[wtforms.Form]:
    fields = fields_of(task, period) | {"evidence": MultipleFileField("Minh chứng")}
    return cast("type[wtforms.Form]", type("ReportRow", (ReportRow,), fields))


class UnitSubmitForm(Form):
    """Gửi các báo cáo của đơn vị: those that were shown, each in its version."""

    seen = SeenField()

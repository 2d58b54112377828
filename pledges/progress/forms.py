"""Forms of progress reports."""

from datetime import date
from typing import Any, cast

from flask import url_for
from sqlalchemy import select
from wtforms import MultipleFileField

from pledges.core.database import db, note_checked
from pledges.core.forms.base import EditForm
from pledges.core.forms.fields import OPTIONAL, DayField, QuantityField, TextField
from pledges.core.forms.steps import StepForm
from pledges.progress.lines import Line, lines_of, problem_with_day, problems_with_words
from pledges.progress.models import Evidence, Period, Report
from pledges.progress.operations import ReportEntry
from pledges.progress.rules import IndicatorPlan
from pledges.tasks.models import Task

CHECK = "check"
"""The value of the button that leads on to the page before sending; anything else keeps a draft."""


class ReportForm(EditForm):
    """Báo cáo một kỳ: a figure per indicator, words and files; made for one task by `report_form`.

    A report that nobody has begun is a `Report` that the database doesn't know yet, of version 0.
    """

    narrative: TextField
    obstacle: TextField
    next_step: TextField
    evidence: MultipleFileField

    keeps = True
    plans: tuple[tuple[int, IndicatorPlan], ...]
    before: tuple[Any, ...]
    start_on: date
    today: date
    sending: bool

    @classmethod
    def values_of(cls, record: Any) -> dict[str, Any]:
        """What the newest round says: the one being written, else the one that was returned."""
        one = record.last_round
        if one is None:
            return {}
        said: dict[str, Any] = {
            "narrative": one.narrative,
            "obstacle": one.obstacle,
            "next_step": one.next_step,
        }
        for figure in one.figures:
            said[f"value_{figure.indicator_id}"] = figure.value
            said[f"reached_{figure.indicator_id}"] = figure.reached_on
        return said

    def address(self) -> str:
        """Where this report is written."""
        report = cast("Report", self.record)
        return url_for("progress.report", task_id=report.task_id, period_id=report.period_id)

    def prepare(self, **context: Any) -> None:
        """Take what the figures are judged by: the plans, what stood before, the days, whether to send."""
        self.plans, self.before = context["plans"], context["before"]
        self.start_on, self.today = context["start_on"], context["today"]
        self.sending = context["sending"]

    def lines(self) -> list[Line]:
        """What the form says, line by line."""
        return lines_of(self.plans, self.before, self._said("value"), self._said("reached"))

    def entry(self) -> ReportEntry:
        """What the form says, as the operation takes it."""
        return ReportEntry(
            values=self._said("value"),
            reached_on=self._said("reached"),
            narrative=self.narrative.data or "",
            obstacle=self.obstacle.data or "",
            next_step=self.next_step.data or "",
        )

    def _said(self, prefix: str) -> dict[int, Any]:
        fields = {number: self[f"{prefix}_{number}"] for number, _plan in self.plans}
        return {number: field.data for number, field in fields.items() if field.data is not None}

    def attached(self) -> list[Evidence]:
        """The files that hang on the newest round."""
        one = cast("Report", self.record).last_round
        return list(one.evidence) if one is not None else []

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether what was typed can be kept; before sending, whether the words explain the figures too."""
        good: bool = super().validate(extra_validators)
        for line in self.lines():
            wrong = problem_with_day(line, start_on=self.start_on, today=self.today)
            if wrong and not self[f"value_{line.indicator_id}"].errors:
                self[f"reached_{line.indicator_id}"].errors = [wrong]
                good = False
        if good and self.sending:
            missing = list(problems_with_words(self.lines(), self.narrative.data or "", today=self.today))
            if missing:
                self.narrative.errors = missing
                good = False
        return good

    def _go_on_past_files(self) -> None:
        """Files that came or went since change the report, and nothing that this form says."""
        one, fresh = cast("Report", self.record).last_round, self.fresh(self.record, self._context)
        being_written = one is not None and one.last_event is None
        if being_written and self.was.data and fresh.was.data == self.was.data:
            self.version.data = fresh.version.data

    def unchanged(self) -> bool:
        """As for every edit; a report that nobody had begun is unchanged while nobody has begun it."""
        if self.record.id is not None:  # type: ignore[attr-defined]
            self._go_on_past_files()
            return super().unchanged()
        report = cast("Report", self.record)
        known = select(Report.id).where(
            Report.task_id == report.task_id, Report.period_id == report.period_id
        )
        if db.session.scalar(known) is not None:
            self.refuse(
                "Người khác vừa lập báo cáo kỳ này; nội dung đồng chí nhập còn nguyên, bấm gửi lại để so."
            )
            return False
        note_checked(db.session(), report)
        return True


def report_form(task: Task, period: Period) -> type[ReportForm]:
    """The form of one task and period: its fields are named by the indicators, so that none is mistaken for another."""
    fields: dict[str, Any] = {}
    for indicator in task.indicators:
        asked = question(period, accumulates=indicator.accumulates)
        fields[f"value_{indicator.id}"] = QuantityField(f"{indicator.label}: {asked.lower()}", [OPTIONAL])
        fields[f"reached_{indicator.id}"] = DayField(f"{indicator.label}: đạt chỉ tiêu ngày", [OPTIONAL])
    fields["narrative"] = TextField("Đã làm được gì")
    fields["obstacle"] = TextField("Khó khăn, vướng mắc", [OPTIONAL])
    fields["next_step"] = TextField("Việc tiếp theo, đề nghị", [OPTIONAL])
    fields["evidence"] = MultipleFileField("Minh chứng")
    fields |= {"page_name": f"Báo cáo {period.label}", "page_title": task.title}
    return cast("type[ReportForm]", type("ReportForm", (ReportForm,), fields))


def question(period: Period, *, accumulates: bool) -> str:
    """What a figure is asked for: what the period added, or where things stand at its end."""
    return f"Thêm trong {period.short_label}" if accumulates else f"Đạt đến cuối {period.short_label}"


class SubmitForm(StepForm):
    """Gửi báo cáo: one button under what will be sent."""

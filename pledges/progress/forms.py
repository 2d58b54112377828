"""Forms of progress reports."""

from typing import Any, cast

from flask import url_for
from sqlalchemy import select
from wtforms import MultipleFileField

from pledges.core.database import db, note_checked
from pledges.core.forms.base import EditForm
from pledges.core.forms.fields import REQUIRED, TextField
from pledges.core.forms.steps import StepForm
from pledges.progress.figure_fields import Figures, fields_of, values_of
from pledges.progress.lines import problems_with_words
from pledges.progress.models import Evidence, Period, Report
from pledges.tasks.models import Task

CHECK = "check"
"""The value of the button that leads on to the page before sending; anything else keeps a draft."""
CONFIRM = "Đồng chí sửa số liệu, hoặc đánh dấu “Đúng như vậy”."


class ReportForm(Figures, EditForm):
    """Báo cáo một kỳ: a figure per indicator, words and files; made for one task by `report_form`.

    A report that nobody has begun is a `Report` that the database doesn't know yet, of version 0.
    """

    narrative: TextField
    evidence: MultipleFileField

    keeps = True
    sending: bool

    @classmethod
    def values_of(cls, record: Any) -> dict[str, Any]:
        """What the newest round says: the one being written, else the one that was returned."""
        return values_of(record)

    def address(self) -> str:
        """Where this report is written."""
        report = cast("Report", self.record)
        return url_for("progress.report", task_id=report.task_id, period_id=report.period_id)

    def prepare(self, **context: Any) -> None:
        """Take what the figures are judged by, and whether the report is to be sent."""
        self.take(context)
        self.sending = context["sending"]

    def attached(self) -> list[Evidence]:
        """The files that hang on the newest round."""
        one = cast("Report", self.record).last_round
        return list(one.evidence) if one is not None else []

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether what was typed can be kept; before sending, whether all is explained and confirmed."""
        good: bool = super().validate(extra_validators)
        good = self.days_fit() and good
        good = self.paper_named(sending=self.sending) and good
        return self._can_be_sent() if good and self.sending else good

    def _can_be_sent(self) -> bool:
        lines = self.lines()
        missing = problems_with_words(
            lines, self.narrative.data or "", today=self.today, blanks_meant=bool(self["blanks_meant"].data)
        )
        self.narrative.errors = list(missing)
        asked = [line for line in lines if line.open_questions]
        for line in asked:
            words = f"“{line.plan.label}”: {' '.join(line.open_questions)} {CONFIRM}"
            self[f"affirmed_{line.indicator_id}"].errors = [words]
        return not (self.narrative.errors or asked)

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
    """The form of one task and period."""
    fields = fields_of(task, period)
    fields["evidence"] = MultipleFileField("Minh chứng")
    fields |= {"page_name": f"Báo cáo {period.label}", "page_title": task.title}
    return cast("type[ReportForm]", type("ReportForm", (ReportForm,), fields))


class SubmitForm(StepForm):
    """Gửi báo cáo: one button under what will be sent."""


class CorrectionForm(StepForm):
    """Đính chính báo cáo đã duyệt: why figures that were accepted are said anew."""

    keeps = True
    page_name = "Đính chính báo cáo"

    reason = TextField("Vì sao đính chính", [REQUIRED], longest=1000)


class DropCorrectionForm(StepForm):
    """Bỏ đính chính: one button."""

"""The figures of a round, put together from the ledger: what pages of reports and of verdicts show."""

from pledges.core import clock
from pledges.progress.ledger import Ledger
from pledges.progress.lines import Line, lines_of
from pledges.progress.models import Report, ReportRound


def lines_of_round(ledger: Ledger, report: Report, one: ReportRound) -> list[Line]:
    """What the round says of each indicator, beside what stood before the period."""
    facts = ledger.tasks[report.task_id]
    return lines_of(
        tuple(zip(facts.indicator_ids, facts.plan.indicators, strict=True)),
        ledger.values_before(report.task_id, report.period.start_on, clock.today()),
        {figure.indicator_id: figure.value for figure in one.figures},
        {figure.indicator_id: figure.reached_on for figure in one.figures if figure.reached_on is not None},
    )

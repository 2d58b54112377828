"""The figures of a round, put together from the ledger: what pages of reports and of verdicts show."""

from datetime import date
from decimal import Decimal

from pledges.core import clock
from pledges.progress import sanity
from pledges.progress.kept_days import kept_days
from pledges.progress.ledger import Ledger
from pledges.progress.lines import Around, Line, lines_of
from pledges.progress.models import Report, ReportRound


def lines_of_round(ledger: Ledger, report: Report, one: ReportRound) -> list[Line]:
    """What the round says of each indicator, beside what stood before the period."""
    facts = ledger.tasks[report.task_id]
    return lines_of(
        tuple(zip(facts.indicator_ids, facts.plan.indicators, strict=True)),
        ledger.values_before(report.task_id, report.period.start_on, clock.today()),
        {figure.indicator_id: figure.value for figure in one.figures},
        {figure.indicator_id: figure.reached_on for figure in one.figures if figure.reached_on is not None},
        {figure.indicator_id: sanity.read(figure.affirmed) for figure in one.figures},
        around_of(ledger, report.task_id, report.period.start_on, clock.today()),
    )


def around_of(ledger: Ledger, task_id: int, period_start: date, day: date) -> list[Around]:
    """What stands beside each figure of a period's report on the day: the usual, the plan, the day to keep."""
    facts = ledger.tasks[task_id]
    said = [said_before(ledger, task_id, number, period_start, day) for number in facts.indicator_ids]
    planned = [one.expected for one in ledger.standing(task_id, day).indicators]
    if len(planned) != len(said):  # by the plan of that day, which an amendment of today replaces tomorrow
        planned = [None] * len(said)
    period = next(one for one in ledger.periods if one.start_on == period_start)
    days = kept_days(ledger, task_id, period, day)
    kept = [days.get(number) for number in facts.indicator_ids]
    accepted = ledger.values_before(task_id, period_start, day, submitted=False)
    return [
        Around(sanity.usual(values), share, one.day if one else None, one.others if one else None, counted)
        for values, share, one, counted in zip(said, planned, kept, accepted, strict=True)
    ]


def said_before(
    ledger: Ledger, task_id: int, indicator_id: int, period_start: date, day: date
) -> list[Decimal]:
    """What the reports of earlier periods said of an indicator, as sent by the day and not returned."""
    found = []
    for period in ledger.periods:
        if period.start_on < period_start:
            rounds = ledger.rounds(task_id, period.id)
            standing = [one for one in rounds if one.sent_by(day) and not one.returned_by(day)]
            if standing and indicator_id in standing[-1].values:
                found.append(standing[-1].values[indicator_id])
    return found

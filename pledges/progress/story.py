"""What happened to a task and its reports, in words, newest first: every round with its reason."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from pledges.audit.words import WORDS
from pledges.core.dates import format_instant
from pledges.progress.calendar import ReportEventKind, ReportStatus
from pledges.progress.models import Report
from pledges.progress.obstacles.models import Obstacle
from pledges.tasks.models import Task
from pledges.tasks.rules import TaskEventKind


@dataclass(frozen=True)
class Happening:
    """One thing that happened, as the timeline shows it."""

    at: datetime
    who: str
    words: str
    reason: str
    tone: str

    @property
    def at_text(self) -> str:
        """When, as people read it."""
        return format_instant(self.at)

    @property
    def at_iso(self) -> str:
        """When, as machines read it."""
        return self.at.isoformat(timespec="seconds")


def of_task(task: Task, reports: Iterable[Report], obstacles: Iterable[Obstacle]) -> list[Happening]:
    """Everything that happened to a task, its reports and its obstacles."""
    found = [*_events(task)]
    for report in reports:
        found += _rounds(report, of_period=f" {report.period.label}")
    found += [one for obstacle in obstacles for one in _end_of(obstacle)]
    return newest_first(found)


def of_report(report: Report) -> list[Happening]:
    """Everything that happened to one report."""
    return newest_first(_rounds(report, of_period=""))


def newest_first(found: Iterable[Happening]) -> list[Happening]:
    """The happenings from the newest on; of two at one moment the one told later comes first."""
    return sorted(found, key=lambda one: one.at)[::-1]


def named(name: str, post: str) -> str:
    """A person with the posts; where an account is named by its post, that is said once."""
    return name if not post or name in post.split("; ") else f"{name}, {post}"


def _events(task: Task) -> Iterator[Happening]:
    for event in task.told:
        words = _sentence(WORDS[f"task.{event.kind}"])
        if event.kind is TaskEventKind.APPROVED and task.number is not None:
            words = f"{words} vào danh mục, số {task.number}"
        yield Happening(event.at, named(event.by_name, event.by_post), words, event.said, event.kind.tone)


def _rounds(report: Report, *, of_period: str) -> Iterator[Happening]:
    for one in report.rounds:
        for event in one.events:
            words = _sentence(WORDS[f"report.{event.kind}"]) + of_period
            if one.number > 1 and event.kind is ReportEventKind.SUBMITTED:
                words = f"{words}, lần {one.number}"
            tone = ReportStatus(event.kind.value).tone
            yield Happening(event.at, named(event.by_name, event.by_post), words, event.reason, tone)


def _end_of(obstacle: Obstacle) -> Iterator[Happening]:
    for one in obstacle.report.rounds if obstacle.withdrawn_at is not None else ():
        for event in one.events:
            if event.at == obstacle.withdrawn_at and event.kind is ReportEventKind.SUBMITTED:
                words = f"{_sentence(WORDS['obstacle.withdrawn'])}: {obstacle.text}"
                yield Happening(event.at, named(event.by_name, event.by_post), words, "", "off")
    if obstacle.decision is not None and obstacle.decided_at is not None:
        words = f"{_sentence(WORDS['obstacle.decided'])}: {obstacle.decision.label.lower()}"
        yield Happening(obstacle.decided_at, obstacle.decided_by_name, words, obstacle.reason, "good")


def _sentence(words: str) -> str:
    return words[0].upper() + words[1:]

"""What happened to a task and its reports, in words, newest first: every round with its reason."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from pledges.audit.words import WORDS
from pledges.core.dates import format_instant
from pledges.progress.calendar import ReportEventKind, ReportStatus
from pledges.progress.explanations.models import ExplanationRequest
from pledges.progress.models import Report, ReportEvent
from pledges.progress.obstacles.models import Obstacle
from pledges.progress.remarks import own_reason
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


def of_task(
    task: Task,
    reports: Iterable[Report],
    obstacles: Iterable[Obstacle],
    explanations: Iterable[ExplanationRequest] = (),
) -> list[Happening]:
    """Everything that happened to a task, its reports, its obstacles, and what leaders asked on its indicators."""
    found = [*_events(task)]
    for report in reports:
        found += _rounds(report, of_period=f" {report.period.label}")
    found += [one for obstacle in obstacles for one in (*_beginning_of(obstacle), *_end_of(obstacle))]
    found += [one for asked in explanations for one in _explanation(asked)]
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
            if event.kind is ReportEventKind.SUBMITTED:
                words = f"{words}, lần {one.number}" if one.number > 1 else words
                if one.correction:
                    words = f"{words}, đính chính: {one.correction}"
                if one.on_behalf_of:
                    words = f"{words}, nhập thay {one.on_behalf_of} theo {one.from_paper}"
            tone = ReportStatus(event.kind.value).tone
            yield Happening(event.at, named(event.by_name, event.by_post), words, _reason(event), tone)


def _reason(event: ReportEvent) -> str:
    """All that was said with a verdict: the reason for the whole, then the remarks on lines."""
    labels = {one.indicator_id: one.indicator.label for one in event.remarks}
    lines = [f"“{labels[one.indicator_id]}”: {one.words}" for one in event.remarks]
    return "\n".join(filter(None, (own_reason(event, labels), *lines)))


def _beginning_of(obstacle: Obstacle) -> Iterator[Happening]:
    """Who raised it: whoever sent the report."""
    for one in obstacle.report.rounds:
        for event in one.events:
            if event.at == obstacle.raised_at and event.kind is ReportEventKind.SUBMITTED:
                words = f"{_sentence(WORDS['obstacle.raised'])}: {obstacle.text}"
                yield Happening(
                    event.at, named(event.by_name, event.by_post), words, obstacle.request, "sent"
                )


def _explanation(asked: ExplanationRequest) -> Iterator[Happening]:
    about = f"“{asked.indicator.label}”"
    words = f"{_sentence(WORDS['explanation_request.asked'])} về {about}"
    yield Happening(
        asked.asked_at, named(asked.asked_by_name, asked.asked_by_post), words, asked.question, "sent"
    )
    if asked.answered_at is not None:
        words = f"{_sentence(WORDS['explanation_request.answered'])} về {about}"
        late = ", muộn" if asked.late else ""
        who = named(asked.answered_by_name, asked.answered_by_post)
        yield Happening(asked.answered_at, who, words + late, asked.answer, "good")
    if asked.closed_at is not None:
        words = "Đã nhận giải trình" if asked.answered_at is not None else "Đã rút yêu cầu giải trình"
        yield Happening(
            asked.closed_at, asked.closed_by_name, f"{words} về {about}", asked.closing_note, "off"
        )


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

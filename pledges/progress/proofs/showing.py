"""The evidence of reports as pages show it: each file with where it was used before, and what is still missing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from pledges.access.roles import Actor
from pledges.files.rules import SHOWN
from pledges.progress.models import Evidence, ReportRound
from pledges.progress.proofs import queries
from pledges.progress.proofs.models import ProofRule
from pledges.progress.proofs.rules import ProofKind, kind_of, missing, wanted

SHOWN_LETTERS = 12
"""Letters of a file's hash that a page shows."""


@dataclass(frozen=True)
class Use:
    """Where a file was shown before: a report of a task; without one, where the reader may not know which."""

    report_id: int | None = None
    task_id: int | None = None
    words: str = "đã dùng ở báo cáo khác"


@dataclass(frozen=True)
class Kept:
    """A file of a round: what it is, and where it was used before."""

    evidence: Evidence
    before: tuple[Use, ...] = ()

    @property
    def photo(self) -> bool:
        """Whether it is a picture, of which a small one can be shown."""
        return kind_of(self.evidence.file.media_type) is ProofKind.PHOTO

    @property
    def foreign(self) -> bool:
        """Whether it is a picture that browsers don't show: they get it in a form that they do."""
        return self.photo and self.evidence.file.media_type not in SHOWN

    @property
    def seal(self) -> str:
        """The first letters of the hash of what was sent in: the original is kept under it."""
        return self.evidence.file.sha256[:SHOWN_LETTERS]


@dataclass(frozen=True)
class Shown:
    """Minh chứng của một lần gửi: the files, what the task must show (in words), what is missing of it (in words)."""

    files: tuple[Kept, ...] = ()
    wanted: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def repeated(self) -> list[Kept]:
        """The files that were used before."""
        return [one for one in self.files if one.before]


def of_round(
    session: Session, task_id: int, one: ReportRound | None, actor: Actor, *, writing: bool = False
) -> Shown:
    """The evidence of one round of a task (None: nothing is written yet)."""
    return of_rounds(session, [(task_id, one)], actor, writing=writing)[0]


def of_rounds(
    session: Session,
    rounds: Sequence[tuple[int, ReportRound | None]],
    actor: Actor,
    *,
    writing: bool = False,
) -> list[Shown]:
    """The evidence of many rounds, each with the id of its task, in their order, by two questions for all.

    `writing`: whoever writes a report is told of every earlier use, that of a draft too; where the actor may not know
    of it, that there is one. Others are told of reports that were sent and that they may see.
    """
    rules: dict[int, list[ProofRule]] = {}
    for rule in session.scalars(queries.rules_of(task_id for task_id, _one in rounds)):
        rules.setdefault(rule.task_id, []).append(rule)
    files = {evidence.file_id for _task_id, one in rounds if one is not None for evidence in one.evidence}
    uses = _uses(session, files, actor, writing=writing) if files else {}
    return [_shown(rules.get(task_id, []), one, uses) for task_id, one in rounds]


def _shown(
    rules: Iterable[ProofRule], one: ReportRound | None, uses: Mapping[int, Sequence[tuple[int, Use | None]]]
) -> Shown:
    rules, evidence = list(rules), list(one.evidence) if one is not None else []
    return Shown(
        files=tuple(
            Kept(item, _before(uses.get(item.file_id, ()), one.report_id if one is not None else 0))
            for item in evidence
        ),
        wanted=tuple(wanted(rules)),
        missing=tuple(missing(rules, (item.file.media_type for item in evidence))),
    )


def _before(places: Iterable[tuple[int, Use | None]], report_id: int) -> tuple[Use, ...]:
    """The uses in other reports that came before the first one in this report; those not to be told left out."""
    found: dict[Use, None] = {}
    for other, use in places:
        if other == report_id:
            break
        if use is not None:
            found[use] = None
    return tuple(found)


def _uses(
    session: Session, files: Iterable[int], actor: Actor, *, writing: bool
) -> dict[int, list[tuple[int, Use | None]]]:
    """For each file: in which reports it is shown, the first use first, and what may be told of that."""
    rows = session.execute(queries.used(files, actor)).all()
    sent_with = {(file_id, report_id) for file_id, report_id, *_place, sent, _sees, _writes in rows if sent}
    found: dict[int, list[tuple[int, Use | None]]] = {}
    for file_id, report_id, task_id, number, unit, period, _sent, sees, writes in rows:
        sent = (file_id, report_id) in sent_with
        use = Use() if writing else None
        if sees and (sent or (writing and writes)):
            words = f"đã dùng ở báo cáo {period.label} của phần việc {number} ({unit})"
            use = Use(report_id, task_id, words) if sent else Use(None, task_id, f"{words}, bản nháp")
        found.setdefault(file_id, []).append((report_id, use))
    return found

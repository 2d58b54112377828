"""The sheet of a comparison: what was pledged beside what is so today, task by task."""

from datetime import date

from pledges.commitments.comparing import Comparison
from pledges.commitments.models import Commitment
from pledges.core.dates import format_date
from pledges.documents.changes import amended_lines, edition_words
from pledges.documents.headings import heading_of
from pledges.documents.sheets.comparison import ComparedLine, ComparisonSheet
from pledges.documents.sheets.paper import Foot
from pledges.tasks.amending.rules import ChangeKind


def sheet_of(commitment: Commitment, compared: Comparison, today: date) -> ComparisonSheet:
    """Every task of either side: those with changes in full, the others as unchanged."""
    changed = {line.number: line for line in amended_lines(compared.frozen())}
    campaign = commitment.campaign
    return ComparisonSheet(
        heading=heading_of(campaign, today),
        abstract=commitment.frozen_content()["unit"]["name"],
        opening=(_opening(commitment, today), _counts(compared)),
        lines=tuple(
            changed.get(one.number, ComparedLine(one.number, one.title, ())) for one in compared.tasks
        ),
        now="Hiện nay",
        foot=Foot(illustrative=campaign.illustrative, as_of=f"So sánh ngày {format_date(today)}"),
    )


def _opening(commitment: Commitment, today: date) -> str:
    edition = edition_words(commitment.edition, commitment.signed_on)
    sealed = f"mã SHA-256 {commitment.digest[:16]}…" if commitment.digest else ""
    return f"So sánh {edition} ({sealed}) với danh mục phần việc ngày {format_date(today)}."


def _counts(compared: Comparison) -> str:
    changed = len(compared.changed)
    if not changed:
        return f"Cả {len(compared.tasks):02} phần việc giữ nguyên như đã cam kết."
    kinds = "; ".join(
        f"{kind.label[0].lower()}{kind.label[1:]} {number:02}"
        for kind in ChangeKind
        if (number := compared.count(kind))
    )
    return f"Có {changed:02}/{len(compared.tasks):02} phần việc thay đổi: {kinds}."

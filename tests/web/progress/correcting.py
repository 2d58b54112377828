"""A report that was accepted is corrected, and the correction accepted."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from pledges.progress import operations as progress
from pledges.progress.models import Report
from pledges.progress.operations import ReportEntry
from pledges.reviews import operations as reviews
from tests.support.ward import Ward


def correct(
    ward: Ward,
    report: Report,
    values: Sequence[int],
    *,
    at: datetime | None = None,
    accepted: bool = True,
    why: str = "Đếm nhầm cây chết.",
) -> Report:
    """Say these figures anew, in the order of the indicators."""
    at, officer, leader = at or ward.now, ward.actor("officer_kp1"), ward.actor("leader")
    pairs = zip(report.task.indicators, values, strict=True)
    progress.begin_correction(ward.session, report, why, by=officer, at=at)
    entry = ReportEntry({one.id: value for one, value in pairs}, "Đã kiểm đếm lại.")
    progress.write(ward.session, report, entry, by=officer, at=at)
    progress.submit(ward.session, report, by=officer, at=at)
    if accepted:
        reviews.accept(ward.session, report, by=leader, at=at + timedelta(minutes=5))
    ward.session.commit()
    return report

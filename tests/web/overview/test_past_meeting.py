"""A meeting of a past day: its page and its pack say what was so on that day, whatever came of it since."""

from collections.abc import Callable
from datetime import date, timedelta

from pledges.followups.rules import FollowUpSource
from tests.documents.measure import pages
from tests.support.critic import SignIn
from tests.support.ward import Ward
from tests.web.followups.decided import follow_up, meeting

LATE, PROMISED, AFTER = "Bổ sung xi măng cho ngõ 12", "Báo cáo bù tháng 8", "Gọi lại cho trưởng khu"


def test_what_ended_after_the_meeting_was_still_to_be_done_in_it(
    ward: Ward, sign_in: SignIn, freeze: Callable[[date], None]
):
    ward.task("KP1")
    today = ward.day
    freeze(today - timedelta(days=60))
    first = meeting(ward, title="Giao ban tháng 8")
    unit = ward.unit("KP1")
    promised = follow_up(
        ward, source=FollowUpSource.MEETING, meeting=first, text=PROMISED, due_on=ward.day, unit=unit
    )
    late = follow_up(ward, text=LATE, due_on=ward.day + timedelta(days=7), unit=unit)
    freeze(today - timedelta(days=30))
    held = meeting(ward, title="Giao ban tháng 9")
    clerk = sign_in("clerk")
    before = clerk.get(f"/hop/{held.id}").text
    assert before.count("Quá hạn") == 2
    freeze(today)
    for one in (promised, late):
        clerk.send(f"/viec-can-theo-doi/{one.id}/ket-thuc", {"how": "done", "outcome": "Đã đủ xi măng."})
    follow_up(ward, text=AFTER, unit=unit)
    page = clerk.get(f"/hop/{held.id}").text
    sheets = pages(clerk.get(f"/van-ban/tai-lieu-hop/{held.id}.pdf").bytes)
    pack = " ".join(" ".join(one.text for one in sheets).split())
    for said in (page, pack):
        assert LATE in said
        assert PROMISED in said
        assert "Quá hạn" in said
        assert "Đã đủ xi măng." not in said
        assert AFTER not in said
    assert page.count("Quá hạn") == 2
    assert "Đã đủ xi măng." in clerk.get("/viec-can-theo-doi").text

"""Meetings: called, with the agenda of their day; decisions that become follow-ups; the pack on paper."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from pledges.followups.models import FollowUp, Meeting
from pledges.followups.rules import FollowUpEnd, FollowUpSource
from tests.documents.measure import pages
from tests.support.critic import SignIn
from tests.support.queries import CountQueries
from tests.support.ward import Ward
from tests.web.followups.decided import follow_up, meeting

CEMENT = "Thiếu xi măng."


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("clerk", 200),
        ("leader", 200),
        ("head_kp1", 403),
        ("officer_kp1", 403),
        ("outsider", 403),
        ("admin", 403),
        ("nobody", 302),
    ],
)
def test_who_holds_them(ward: Ward, sign_in: SignIn, name: str, status: int):
    held = meeting(ward)
    for address in (
        "/hop",
        "/hop/lap",
        f"/hop/{held.id}",
        f"/hop/{held.id}/sua",
        f"/hop/{held.id}/ket-luan",
        f"/hop/{held.id}/ket-thuc",
        f"/van-ban/tai-lieu-hop/{held.id}.pdf",
    ):
        sign_in(name).get(address, status=status)
    sign_in("clerk").get("/hop/99", status=404)


def test_one_is_called_written_up_and_closed(ward: Ward, sign_in: SignIn):
    clerk = sign_in("clerk")
    page = clerk.send("/hop/lap", {"title": "Giao ban tháng 10", "chair": "Trần Quốc Hưng"}, follow=True)
    assert page.h1 == "Giao ban tháng 10"
    assert "Chủ trì: Trần Quốc Hưng" in page.text
    held = ward.session.query(Meeting).one()
    clerk.send(f"/hop/{held.id}/sua", {"place": "Phòng họp số 2"})
    ward.task("KP1")
    told = {
        "text": "Bổ sung 5 tấn xi măng",
        "task_number": "1",
        "owner": str(ward.account("head_kp1").id),
        "due_on": "25/10/2024",
    }
    page = clerk.send(f"/hop/{held.id}/ket-luan", told, follow=True)
    assert page.h1 == "Ghi kết luận cuộc họp"
    assert "Bổ sung 5 tấn xi măng" in page.text
    page = clerk.send(f"/hop/{held.id}/ket-thuc", follow=True)
    assert "Đã kết thúc lúc" in page.text
    made = ward.session.query(FollowUp).one()
    assert (made.source, made.meeting_id, made.owner_name) == (
        FollowUpSource.MEETING,
        held.id,
        "Phạm Văn Đức",
    )
    assert "Cuộc họp đã kết thúc" in clerk.get(f"/hop/{held.id}/ket-luan").text
    assert "0/1 việc đã xong" in clerk.get("/hop").text


def test_the_agenda_is_of_the_day_and_tells_what_became_of_the_last_one(
    ward: Ward, sign_in: SignIn, freeze: Callable[[date], None]
):
    """An obstacle raised after the first meeting is not on its agenda; it is new on the second one's."""
    task, today = ward.task("KP1"), ward.day
    freeze(today - timedelta(days=40))
    first = meeting(ward, title="Giao ban tháng 9")
    decided = follow_up(
        ward, source=FollowUpSource.MEETING, meeting=first, text="Báo cáo bù tháng 8", due_on=ward.day
    )
    freeze(today)
    ward.report(task, "2024-09", [100, 30], obstacle=CEMENT)
    clerk = sign_in("clerk")
    clerk.send(f"/viec-can-theo-doi/{decided.id}/ket-thuc", {"how": "done", "outcome": "Đã gửi."})
    second = meeting(ward, title="Giao ban tháng 10")
    assert CEMENT not in clerk.get(f"/hop/{first.id}").text
    page = clerk.get(f"/hop/{second.id}")
    assert CEMENT in page.text
    assert "Việc của cuộc họp trước" in page.text
    assert "Đã gửi." in page.text
    assert "Vướng mắc mới nêu: 01" in page.text
    assert "Thay đổi từ cuộc họp trước" in page.text


def test_the_pack_says_what_the_page_says_with_a_page_for_each_unit(ward: Ward, sign_in: SignIn):
    first = meeting(ward, ward.day - timedelta(days=40), title="Giao ban tháng 9")
    follow_up(ward, source=FollowUpSource.MEETING, meeting=first, text="Báo cáo bù tháng 8")
    one, _other = ward.task("KP1"), ward.task("KP2", title="Trồng cây dọc ngõ 12")
    ward.report(one, "2024-09", [100, 30], obstacle=CEMENT)
    held = meeting(ward, chair="Trần Quốc Hưng")
    answer = sign_in("clerk").get(f"/van-ban/tai-lieu-hop/{held.id}.pdf")
    text = " ".join(" ".join(one.text for one in pages(answer.bytes)).split())
    for said in (
        "TÀI LIỆU HỌP",
        "Báo cáo bù tháng 8",
        f"{CEMENT.removesuffix('.')} (phần việc",
        "THAY ĐỔI TỪ CUỘC HỌP TRƯỚC",
        "Trần Quốc Hưng",
    ):
        assert said in text
    assert text.index("1. Khu phố 1") < text.index("2. Khu phố 2")


def test_the_number_of_questions_does_not_grow_with_the_tasks(
    ward: Ward, sign_in: SignIn, count_queries: CountQueries
):
    meeting(ward, ward.day - timedelta(days=40))
    ward.report(ward.task("KP1"), "2024-09", [100, 30], obstacle=CEMENT)
    held = meeting(ward)
    follow_up(ward, source=FollowUpSource.MEETING, meeting=held, unit=ward.unit("KP1"))
    clerk = sign_in("clerk")
    clerk.get(f"/hop/{held.id}")
    with count_queries() as few:
        clerk.get(f"/hop/{held.id}")
    for unit in ("KP1", "KP2", "KP3"):
        ward.report(ward.task(unit, title=f"Trồng cây ở {unit}"), "2024-09", [100, 30], obstacle=CEMENT)
    clerk.get(f"/hop/{held.id}")
    with count_queries() as many:
        clerk.get(f"/hop/{held.id}")
    assert len(many) == len(few)


def test_a_decision_ends_like_any_follow_up(ward: Ward, sign_in: SignIn):
    held = meeting(ward)
    made = follow_up(ward, source=FollowUpSource.MEETING, meeting=held, owner=ward.account("officer_kp2"))
    sign_in("officer_kp2").send(f"/viec-can-theo-doi/{made.id}/ket-thuc", {"how": "done"})
    ward.settle()
    kept = ward.session.get(FollowUp, made.id)
    assert kept is not None
    assert kept.ended_as is FollowUpEnd.DONE
    page = sign_in("officer_kp2").get(f"/viec-can-theo-doi/{made.id}")
    assert f"/hop/{held.id}" not in [link.url for link in page.links]

"""Follow-ups: the list, one of them, written down, changed and ended."""

from datetime import timedelta

import pytest

from pledges.followups.models import FollowUp
from pledges.followups.rules import FollowUpEnd, FollowUpSource
from tests.support.critic import SignIn
from tests.support.queries import CountQueries
from tests.support.ward import Ward
from tests.web.followups.decided import follow_up, meeting

LIST = "/viec-can-theo-doi"


@pytest.mark.parametrize(
    ("name", "seen", "changed", "ended"),
    [
        ("clerk", 200, 200, 200),
        ("leader", 200, 200, 200),
        ("officer_kp1", 200, 403, 403),
        ("mate_kp1", 200, 403, 403),
        ("officer_kp2", 200, 403, 200),
        ("outsider", 404, 403, 404),
        ("admin", 404, 403, 404),
        ("nobody", 302, 302, 302),
    ],
)
def test_who_sees_changes_and_ends_one(
    ward: Ward, sign_in: SignIn, name: str, seen: int, changed: int, ended: int
):
    """It lies with KP1; who answers for it is of KP2."""
    one = follow_up(ward, unit=ward.unit("KP1"), owner=ward.account("officer_kp2"))
    person = sign_in(name)
    person.get(f"{LIST}/{one.id}", status=seen)
    person.get(f"{LIST}/{one.id}/sua", status=changed)
    person.get(f"{LIST}/{one.id}/ket-thuc", status=ended)


def test_the_list_shows_what_is_overdue_first_and_ended_ones_last(
    ward: Ward, sign_in: SignIn, freeze, count_queries
):
    follow_up(ward, text="Việc có hạn sau", due_on=ward.day + timedelta(days=9))
    follow_up(ward, text="Việc đã quá hạn", unit=ward.unit("KP1"), due_on=ward.day + timedelta(days=1))
    follow_up(
        ward, text="Việc không hẹn ngày", due_on=None, source=FollowUpSource.MEETING, meeting=meeting(ward)
    )
    freeze(ward.day + timedelta(days=4))
    clerk = sign_in("clerk")
    page = clerk.get(LIST)
    places = [
        page.text.index(words) for words in ("Việc đã quá hạn", "Việc có hạn sau", "Việc không hẹn ngày")
    ]
    assert places == sorted(places)
    assert "quá 3 ngày" in page.text
    assert "Giao ban tháng 10, ngày 15/10/2024" in [link.text for link in page.links]
    assert "Việc đã quá hạn" in sign_in("officer_kp1").get(LIST).text
    assert "Việc có hạn sau" not in sign_in("officer_kp1").get(LIST).text


def test_the_list_narrows_to_mine_my_unit_and_where_it_stands(ward: Ward, sign_in: SignIn):
    follow_up(ward, text="Việc của tôi", owner=ward.account("officer_kp2"))
    follow_up(ward, text="Việc của khu phố", unit=ward.unit("KP2"))
    done = follow_up(ward, text="Việc đã làm", unit=ward.unit("KP2"))
    sign_in("clerk").send(f"{LIST}/{done.id}/ket-thuc", {"how": "done", "outcome": "Đã cấp 5 tấn."})
    lan = sign_in("officer_kp2")

    def shown(**arguments: str) -> list[str]:
        text = lan.get(LIST, **arguments).text
        return [one for one in ("Việc của tôi", "Việc của khu phố", "Việc đã làm") if one in text]

    assert shown(cua="toi") == ["Việc của tôi"]
    assert shown(cua="don-vi-toi") == ["Việc của khu phố", "Việc đã làm"]
    assert shown(**{"tinh-trang": "chua-xong"}) == ["Việc của tôi", "Việc của khu phố"]
    assert shown(**{"tinh-trang": "da-xong"}) == ["Việc đã làm"]
    assert shown(q="cua khu pho") == ["Việc của khu phố"]


def test_the_clerk_writes_one_down_and_the_task_brings_its_unit(ward: Ward, sign_in: SignIn):
    ward.task("KP1")
    address = f"{LIST}/ghi/{ward.campaign.id}"
    page = sign_in("clerk").send(
        address,
        {
            "text": "Kiểm tra ngõ 14",
            "task_number": "1",
            "due_on": "25/10/2024",
            "owner": str(ward.account("head_kp1").id),
        },
        follow=True,
    )
    assert page.h1 == "Kiểm tra ngõ 14"
    assert "Phạm Văn Đức" in page.text
    assert "Khu phố 1" in [link.text for link in page.links]
    again = sign_in("clerk").send(address, {"text": "", "task_number": "7"}, status=200)
    assert "Danh mục không có phần việc số này." in again.text
    assert "Chưa ghi việc phải làm." in again.text
    sign_in("head_kp1").get(address, status=403)


def test_it_is_changed_and_dropped_with_a_reason(ward: Ward, sign_in: SignIn):
    one = follow_up(ward, owner=ward.account("officer_kp2"))
    page = sign_in("clerk").send(f"{LIST}/{one.id}/sua", {"due_on": "30/10/2024"}, follow=True)
    assert "Hạn: 22/10/2024 → 30/10/2024" in page.text
    owner = sign_in("officer_kp2")
    refused = owner.send(f"{LIST}/{one.id}/ket-thuc", {"how": "dropped"}, status=200)
    assert "Ghi lý do không làm nữa." in refused.text
    page = owner.send(
        f"{LIST}/{one.id}/ket-thuc", {"how": "dropped", "outcome": "Thành phố đã cấp."}, follow=True
    )
    assert "Không làm nữa" in page.text
    assert "Hoàng Thị Ánh" in page.text
    ward.settle()
    kept = ward.session.get(FollowUp, one.id)
    assert kept is not None
    assert (kept.ended_as, kept.outcome) == (FollowUpEnd.DROPPED, "Thành phố đã cấp.")


def test_the_number_of_questions_does_not_grow_with_the_rows(
    ward: Ward, sign_in: SignIn, count_queries: CountQueries
):
    tasks = [ward.task("KP1"), ward.task("KP2")]
    follow_up(ward, task=tasks[0], owner=ward.account("head_kp1"))
    clerk = sign_in("clerk")
    clerk.get(LIST)
    with count_queries() as few:
        clerk.get(LIST)
    held = meeting(ward)
    for task in tasks * 2:
        follow_up(
            ward, task=task, owner=ward.account("officer_kp2"), source=FollowUpSource.MEETING, meeting=held
        )
    with count_queries() as many:
        clerk.get(LIST)
    assert len(many) == len(few)


def test_the_source_is_told_with_the_way_there(ward: Ward, sign_in: SignIn):
    task = ward.task("KP1")
    called = follow_up(ward, source=FollowUpSource.CALL, unit=ward.unit("KP1"), spoke_to="đồng chí Lan")
    decided = follow_up(ward, source=FollowUpSource.OBSTACLE, task=task)
    clerk = sign_in("clerk")
    page = clerk.get(f"{LIST}/{called.id}")
    assert "Vũ Thị Thư gọi Khu phố 1, gặp đồng chí Lan" in page.text
    assert "Khu phố 1" in [link.text for link in page.links]
    page = clerk.get(f"{LIST}/{decided.id}")
    assert ("phần việc 1", f"/phan-viec/{task.id}") in {(link.text, link.url) for link in page.links}
    assert "Quyết định về vướng mắc" in clerk.get(LIST, nguon="obstacle").text

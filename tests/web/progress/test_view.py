"""A report with every round."""

import pytest

from tests.support.critic import SignIn
from tests.support.queries import CountQueries
from tests.support.ward import Ward


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("officer_kp1", 200),
        ("mate_kp1", 200),
        ("head_kp1", 200),
        ("leader", 200),
        ("clerk", 200),
        ("officer_kp2", 404),
        ("outsider", 404),
        ("admin", 403),
        ("ended", 403),
    ],
)
def test_who_sees_it(ward: Ward, sign_in: SignIn, name: str, status: int):
    report = ward.report(ward.task(), "2024-09", [30, 60])
    sign_in(name).get(f"/bao-cao/{report.id}", status=status)


def test_nobody_is_led_to_the_sign_in(ward: Ward, sign_in: SignIn):
    report = ward.report(ward.task(), "2024-09", [30, 60])
    assert "/dang-nhap" in sign_in("nobody").get(f"/bao-cao/{report.id}", status=302).location


def test_five_rounds_of_return_are_all_there(ward: Ward, sign_in: SignIn):
    task = ward.task()
    for number in range(1, 6):
        report = ward.report(
            task, "2024-09", [number, 60], status="returned", narrative=f"Lời lần {number}", by="mate_kp1"
        )
    page = sign_in("leader").get(f"/bao-cao/{report.id}")
    for number in range(1, 6):
        assert f"Lần {number}, gửi" in page.text
        assert f"Lời lần {number}" in page.text
    assert page.text.count("“Số liệu chưa khớp minh chứng.” Trần Quốc Hưng") == 5
    assert page.text.index("Lời lần 5") < page.text.index("Lời lần 1")


def test_what_is_being_written_is_the_units_own(ward: Ward, sign_in: SignIn):
    task = ward.task()
    ward.report(task, "2024-09", [30, 60], status="returned", narrative="Lời đã gửi")
    report = ward.report(task, "2024-09", [31, 60], status="draft", narrative="Lời đang viết")
    for name in ("leader", "officer_kp1"):
        page = sign_in(name).get(f"/bao-cao/{report.id}")
        assert "Lời đã gửi" in page.text
        assert "Lời đang viết" not in page.text
    assert page.link("Viết tiếp") == f"/phan-viec/{task.id}/bao-cao/{report.period_id}"


def test_a_report_never_sent_says_so(ward: Ward, sign_in: SignIn):
    report = ward.report(ward.task(), "2024-09", [30, 60], status="draft", narrative="Lời đang viết")
    page = sign_in("leader").get(f"/bao-cao/{report.id}")
    assert "Báo cáo chưa được gửi" in page.text
    assert "Lời đang viết" not in page.text


@pytest.mark.parametrize(
    ("status", "name", "offered"),
    [
        ("submitted", "leader", {"Trả lại", "Duyệt"}),
        ("submitted", "officer_kp1", set()),
        ("submitted", "clerk", set()),
        ("returned", "officer_kp1", {"Sửa và gửi lại"}),
        ("returned", "leader", set()),
        ("accepted", "leader", set()),
    ],
)
def test_the_actions_are_those_that_are_allowed_now(
    ward: Ward, sign_in: SignIn, status: str, name: str, offered: set[str]
):
    report = ward.report(ward.task(), "2024-09", [30, 60], status=status)
    page = sign_in(name).get(f"/bao-cao/{report.id}")
    ours = [link.text for link in page.links if "/phan-viec/" in link.url or "/bao-cao/" in link.url]
    assert {"Trả lại", "Duyệt", "Sửa và gửi lại"} & set(ours) == offered


def test_its_queries_do_not_grow_with_rounds(ward: Ward, sign_in: SignIn, count_queries: CountQueries):
    task = ward.task()
    report = ward.report(task, "2024-09", [30, 60], status="returned")
    leader = sign_in("leader")
    leader.get(f"/bao-cao/{report.id}")
    with count_queries() as few:
        leader.get(f"/bao-cao/{report.id}")
    for _round in range(4):
        ward.report(task, "2024-09", [31, 60], status="returned")
    with count_queries() as many:
        leader.get(f"/bao-cao/{report.id}")
    assert len(many) == len(few)

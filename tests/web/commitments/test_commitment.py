"""One commitment with everything about it."""

import pytest

from pledges.commitments.models import Commitment
from pledges.tasks.models import Task
from tests.support.critic import SignIn
from tests.support.queries import CountQueries
from tests.support.ward import Ward

ACTS = {"Sửa", "Chốt để ký", "Ghi nhận chữ ký trên giấy", "Ký"}


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
        ("admin", 404),
        ("ended", 404),
    ],
)
def test_who_sees_it(ward: Ward, sign_in: SignIn, name: str, status: int):
    sign_in(name).get(f"/cam-ket/{ward.commitment().id}", status=status)


def test_a_unit_that_helps_does_not_see_the_leads_commitment(ward: Ward, sign_in: SignIn):
    ward.task("KP1", cooperating=["KP2"])
    sign_in("officer_kp2").get(f"/cam-ket/{ward.commitment().id}", status=404)


def test_nobody_is_led_to_the_sign_in(ward: Ward, sign_in: SignIn):
    assert "/dang-nhap" in sign_in("nobody").get(f"/cam-ket/{ward.commitment().id}", status=302).location


@pytest.mark.parametrize(
    ("status", "name", "offered"),
    [
        ("draft", "officer_kp1", {"Sửa", "Chốt để ký"}),
        ("draft", "clerk", {"Sửa", "Chốt để ký"}),
        ("draft", "head_kp1", set()),
        ("draft", "leader", set()),
        ("frozen", "officer_kp1", set()),
        ("frozen", "clerk", {"Ghi nhận chữ ký trên giấy"}),
        ("frozen", "head_kp1", {"Ký"}),
        ("frozen", "leader", set()),
        ("signed", "clerk", set()),
        ("signed", "head_kp1", set()),
    ],
)
def test_the_actions_are_those_that_are_allowed_now(
    ward: Ward, sign_in: SignIn, status: str, name: str, offered: set[str]
):
    made = ward.commitment("KP1", status)
    page = sign_in(name).get(f"/cam-ket/{made.id}")
    assert ACTS & {link.text for link in page.links} == offered
    assert page.link("Bản in PDF") == f"/van-ban/cam-ket/{made.id}.pdf"


def test_what_is_frozen_is_shown_as_it_was(ward: Ward, sign_in: SignIn):
    task: Task = ward.task()
    made = ward.commitment("KP1", "frozen")
    task.title = "Tên đổi sau khi chốt"
    ward.unit("KP1").name = "Khu phố đổi tên"
    ward.session.commit()
    page = sign_in("clerk").get(f"/cam-ket/{made.id}")
    assert "1. Bê tông hóa đường ngõ và phân loại rác tại nguồn" in page.text
    assert "Tên đổi sau khi chốt" not in page.text
    assert "Đường ngõ được bê tông hóa: 450 m" in page.text
    assert made.digest
    assert made.digest in page.text
    assert "Hà Khánh, ngày 12 tháng 4 năm 2024" in page.text


def test_a_draft_shows_what_would_be_frozen_now(ward: Ward, sign_in: SignIn):
    made = ward.commitment()
    ward.task(title="Phần việc duyệt sau khi soạn")
    page = sign_in("clerk").get(f"/cam-ket/{made.id}")
    assert "2. Phần việc duyệt sau khi soạn" in page.text
    assert "Mã SHA-256" not in page.text


def test_the_story_and_the_signatures_are_told(ward: Ward, sign_in: SignIn, of_three: Commitment):
    head = sign_in("head_kp1")
    head.send(f"/cam-ket/{of_three.id}/ky", {"password": "con đường hoa số 5"})
    text = head.get(f"/cam-ket/{of_three.id}").text
    assert "✓ Xác nhận điện tử nội bộ lúc 09:30 ngày 15/10/2024" in text
    assert "Chưa ký, không có tài khoản để ký trong ứng dụng" in text
    assert "1/3 người đã ký" in text
    story = text[text.index("Diễn biến") :]
    assert (
        story.index("xác nhận điện tử nội bộ") < story.index("Đã chốt bản cam kết") < story.index("Đã soạn")
    )


def test_its_queries_do_not_grow(ward: Ward, sign_in: SignIn, count_queries: CountQueries):
    made = ward.commitment("KP1", "frozen")
    clerk = sign_in("clerk")
    clerk.get(f"/cam-ket/{made.id}")
    with count_queries() as few:
        clerk.get(f"/cam-ket/{made.id}")
    for number in range(4):
        ward.task(title=f"Phần việc {number}", cooperating=["KP2"])
    ward.commitment("KP2", "signed")
    with count_queries() as many:
        clerk.get(f"/cam-ket/{made.id}")
    assert len(many) == len(few)

"""An obstacle from the report that names it to its end: never lost, and the past stays as it was."""

from typing import Any

import pytest
from sqlalchemy import select

from pledges.audit.models import LogEntry
from pledges.progress.models import Report
from pledges.progress.obstacles.models import Obstacle
from tests.support.critic import SignIn
from tests.support.ward import Ward
from tests.web.progress.sheets import url

OLD, NEW = "Thiếu đá dăm", "Vướng mặt bằng hộ ông Ba"


def sent(ward: Ward, month: str = "2024-08", status: str = "submitted") -> Report:
    return ward.report(ward.task(), month, [10, 55], status, obstacle=OLD, next_step="Xin 20 m³")


def resend(ward: Ward, sign_in: SignIn, report: Report, month: str, **words: Any) -> None:
    officer, page = sign_in("officer_kp1"), url(ward, report.task, month)
    officer.send(page, {"narrative": "Gửi lại", **words})
    officer.send(f"{page}/gui")
    ward.settle()


def decide(ward: Ward, sign_in: SignIn) -> None:
    obstacle = ward.session.scalars(select(Obstacle)).one()
    sent = {"decision": "refuse", "reason": "Dùng nguồn tại chỗ"}
    sign_in("leader").send(f"/vuong-mac/{obstacle.id}/quyet-dinh", sent)


def told(ward: Ward) -> list[str]:
    kept = select(LogEntry.action).where(LogEntry.subject_kind == "obstacle").order_by(LogEntry.number)
    return list(ward.session.scalars(kept))


@pytest.fixture
def decided(ward: Ward, sign_in: SignIn) -> Report:
    """A report whose obstacle a leader decided on before another returned the report."""
    report = sent(ward)
    decide(ward, sign_in)
    sign_in("leader2").send(f"/bao-cao/{report.id}/tra-lai", {"reason": "Sai số"})
    return report


def test_another_obstacle_after_a_decision_waits_for_its_own(ward: Ward, sign_in: SignIn, decided: Report):
    resend(ward, sign_in, decided, "2024-08", obstacle=NEW)
    assert [(one.text, one.open) for one in ward.session.scalars(select(Obstacle))] == [
        (OLD, False),
        (NEW, True),
    ]
    for page in ("/duyet", "/theo-doi/vuong-mac", f"/phan-viec/{decided.task_id}"):
        assert NEW in sign_in("leader").get(page).text
    assert told(ward) == ["obstacle.raised", "obstacle.decided", "obstacle.raised"]


def test_the_same_words_stay_decided(ward: Ward, sign_in: SignIn, decided: Report):
    resend(ward, sign_in, decided, "2024-08")
    assert [one.open for one in ward.session.scalars(select(Obstacle))] == [False]
    told = sign_in("leader").get("/theo-doi/vuong-mac").text
    assert "Không có vướng mắc nào chờ quyết định" in told
    assert told.count(OLD) == 1, "among what was decided"


def test_a_withdrawn_obstacle_stays_in_the_past(ward: Ward, sign_in: SignIn):
    report = sent(ward, status="returned")
    leader, board = sign_in("leader"), "/theo-doi/vuong-mac"
    past = {"den-ngay": "1/9/2024"}
    assert OLD in leader.get(board, **past).text
    resend(ward, sign_in, report, "2024-08", obstacle="")
    assert OLD in leader.get(board, **past).text
    assert OLD not in leader.get(board).text
    assert OLD not in leader.get("/duyet").text
    assert told(ward) == ["obstacle.raised", "obstacle.withdrawn"]
    story = leader.get(f"/phan-viec/{report.task_id}").text
    assert f"Đã rút khó khăn, vướng mắc: {OLD}" in story
    assert "Vướng mắc chờ quyết định" not in story


def test_nobody_decides_on_a_withdrawn_obstacle(ward: Ward, sign_in: SignIn):
    report, leader = sent(ward, status="returned"), sign_in("leader")
    obstacle = ward.session.scalars(select(Obstacle)).one()
    opened = leader.get(f"/vuong-mac/{obstacle.id}/quyet-dinh").form()
    resend(ward, sign_in, report, "2024-08", obstacle="")
    page = leader.send_form(opened, {"decision": "help", "reason": "Cấp đá"}, status=200)
    assert "Đơn vị đã rút vướng mắc này" in page.text
    assert page.forms == []
    ward.settle()
    assert obstacle.decision is None


def test_other_words_of_the_same_obstacle_are_logged_and_it_keeps_its_age(ward: Ward, sign_in: SignIn):
    report = sent(ward, status="returned")
    raised_at = ward.session.scalars(select(Obstacle.raised_at)).one()
    resend(ward, sign_in, report, "2024-08", next_step="Xin 30 m³")
    obstacle = ward.session.scalars(select(Obstacle)).one()
    assert (obstacle.request, obstacle.raised_at) == ("Xin 30 m³", raised_at)
    assert told(ward) == ["obstacle.raised", "obstacle.changed"]


def test_the_list_keeps_what_was_decided_with_its_reason(ward: Ward, sign_in: SignIn, decided: Report):
    page = sign_in("leader").get("/theo-doi/vuong-mac")
    for words in ("Đã quyết định", OLD, "Không chấp thuận, Trần Quốc Hưng quyết định", "Dùng nguồn tại chỗ"):
        assert words in page.text
    before = sign_in("leader").get("/theo-doi/vuong-mac?den-ngay=1/10/2024").text
    assert "Dùng nguồn tại chỗ" not in before, "nobody had decided by then"
    assert OLD in before

"""Accepting several reports: each is checked on one page, one button, and what changed meanwhile is left by name."""

from datetime import timedelta

import pytest

from pledges.core import clock
from pledges.files.operations import store
from pledges.progress import operations as progress
from pledges.progress.models import Report
from pledges.progress.proofs.models import ProofRule
from pledges.progress.proofs.rules import ProofKind
from tests.support.critic import SignIn
from tests.support.files import png
from tests.support.page import words
from tests.support.queries import CountQueries
from tests.support.ward import Ward

URL, RESULT = "/duyet/nhieu", "/duyet/nhieu/ket-qua"


def sent(ward: Ward, unit: str = "KP1", **words: str) -> Report:
    return ward.report(
        ward.task(unit, title=f"Việc của {unit}"), "2024-09", [30, 60], status="submitted", **words
    )


def kinds(ward: Ward, report: Report) -> list[str]:
    ward.settle()
    return [event.kind.value for event in report.rounds[-1].events]


@pytest.mark.parametrize(
    ("name", "status"),
    [("leader", 200), ("leader2", 200), ("officer_kp1", 403), ("clerk", 403), ("admin", 403)],
)
@pytest.mark.parametrize("url", [URL, RESULT])
def test_who_has_it(sign_in: SignIn, url: str, name: str, status: int):
    sign_in(name).get(url, status=status)


@pytest.mark.parametrize("url", [URL, RESULT])
def test_nobody_is_led_to_the_sign_in(sign_in: SignIn, url: str):
    assert "/dang-nhap" in sign_in("nobody").get(url, status=302).location


def test_nothing_waits_is_said_kindly(ward: Ward, sign_in: SignIn):
    sent(ward)
    assert "Không còn báo cáo nào chờ đồng chí duyệt" in sign_in("head_kp1").get(URL).text, "none of theirs"
    assert "Chưa có kết quả nào" in sign_in("leader").get(RESULT).text


def test_lateness_and_files_are_seen_as_in_the_queue(ward: Ward, sign_in: SignIn):
    sent(ward)
    at = clock.at(ward.period("2024-09").due_on + timedelta(days=4), 9)
    late = ward.report(ward.task("KP2", title="Việc gửi muộn"), "2024-09", [30, 60], status="draft", at=at)
    officer = ward.actor("officer_kp2")
    stored = store(ward.session, ward.app.config["INSTANCE"] / "files", png(), by=officer, at=at)
    progress.attach(ward.session, late, stored, "Ngõ 5.png", by=officer, at=at)
    progress.submit(ward.session, late, by=officer, at=at)
    ward.session.commit()
    lines = [
        words(one) for one in sign_in("leader").get(URL).all("li") if one.get("data-queue-item") is not None
    ]
    said = next(one for one in lines if "Việc gửi muộn" in one)
    assert ", muộn 4 ngày · 1 minh chứng" in said
    other = next(one for one in lines if "Việc của KP1" in one)
    assert "muộn" not in other
    assert "không có minh chứng" in other


def test_each_is_shown_with_figures_state_and_what_is_missing(ward: Ward, sign_in: SignIn):
    report = sent(ward, obstacle="Thiếu đá dăm")
    ward.session.add(ProofRule(task=report.task, position=1, kind=ProofKind.PHOTO, number=2, label=""))
    ward.session.commit()
    text = sign_in("leader").get(URL).text
    for said in (
        "+30, đến cuối kỳ 30/450 m (7%)",
        "60, đến cuối kỳ 60/80 % hộ (67%)",
        "Chậm đạt 0% → 37%, kế hoạch 70%",
        "Minh chứng còn thiếu 2 ảnh",
        "Vướng mắc: Thiếu đá dăm",
    ):
        assert said in text


def test_what_was_marked_is_ticked_and_accepted_with_one_button(ward: Ward, sign_in: SignIn):
    first, second, third = sent(ward), sent(ward, "KP2"), sent(ward, "KP3")
    leader = sign_in("leader")
    form = leader.get("/duyet").form(URL)
    assert form.offered["muc"] == {str(one.id) for one in (first, second, third)}
    page = leader.get(URL, muc=[first.id, third.id])
    assert set(page.form().fields["chosen"]) == {str(first.id), str(third.id)}
    assert kinds(ward, first) == ["submitted"], "the page to check accepts nothing"
    page = leader.send_form(page.form(), follow=True)
    assert page.h1 == "Kết quả duyệt nhiều báo cáo"
    assert "Đã duyệt 02 báo cáo" in page.text
    assert "Về hàng chờ, còn 1 báo cáo" in page.text
    assert kinds(ward, first) == kinds(ward, third) == ["submitted", "accepted"]
    assert kinds(ward, second) == ["submitted"]


def test_unmarked_all_are_listed_and_none_is_ticked(ward: Ward, sign_in: SignIn):
    report = sent(ward)
    leader = sign_in("leader")
    page = leader.get(URL)
    assert "chosen" not in page.form().fields
    assert "Chưa đánh dấu mục nào." in leader.send_form(page.form(), status=200).errors
    assert leader.get(URL, **{"danh-dau": "tat-ca"}).form().fields["chosen"] == [str(report.id)]


def test_what_another_judged_or_the_unit_changed_meanwhile_is_left_by_name(ward: Ward, sign_in: SignIn):
    good, judged = sent(ward), sent(ward, "KP2")
    leader, other = sign_in("leader"), sign_in("leader2")
    form = leader.get(URL, muc=[good.id, judged.id]).form()
    other.send(f"/bao-cao/{judged.id}/tra-lai", {"reason": "Thiếu ảnh"})
    page = leader.send_form(form, follow=True)
    assert "Đã duyệt 01 báo cáo" in page.text
    assert "Để lại 01 báo cáo, chưa duyệt" in page.text
    assert "Việc của KP2" in page.text
    assert "Báo cáo không còn chờ duyệt" in page.text
    assert kinds(ward, judged) == ["submitted", "returned"]


def test_a_round_that_was_sent_anew_meanwhile_is_not_accepted_unseen(ward: Ward, sign_in: SignIn):
    report = sent(ward)
    leader = sign_in("leader")
    form = leader.get(URL, muc=report.id).form()
    sign_in("leader2").send(f"/bao-cao/{report.id}/tra-lai", {"reason": "Thiếu ảnh"})
    ward.report(report.task, "2024-09", [99, 60], status="submitted", at=ward.now)
    page = leader.send_form(form, follow=True)
    assert "Báo cáo vừa thay đổi sau khi đồng chí mở trang." in page.text
    assert kinds(ward, report) == ["submitted"]


def test_nobody_accepts_an_own_entry_among_several(ward: Ward, sign_in: SignIn):
    report = sent(ward)
    report.rounds[0].entered_by_id = ward.account("leader").id
    ward.session.commit()
    page = sign_in("leader").get(URL, muc=report.id)
    assert "chính đồng chí đã lập, sửa hay gửi báo cáo này" in page.text
    assert "Duyệt các báo cáo được đánh dấu" not in page.text


def test_two_clicks_accept_once(ward: Ward, sign_in: SignIn):
    report = sent(ward)
    leader = sign_in("leader")
    form = leader.get(URL, muc=report.id).form()
    assert len({leader.send_form(form).location for _click in range(2)}) == 1
    assert kinds(ward, report) == ["submitted", "accepted"]


def test_its_queries_do_not_grow(ward: Ward, sign_in: SignIn, count_queries: CountQueries):
    sent(ward)
    leader = sign_in("leader")
    leader.get(URL)
    with count_queries() as few:
        leader.get(URL)
    for unit in ("KP2", "KP3", "DU"):
        sent(ward, unit)
    with count_queries() as many:
        leader.get(URL)
    assert len(many) == len(few)

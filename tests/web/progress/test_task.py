"""The page of a task: its state with the reason, its reports, its story."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from pledges.core import clock
from pledges.progress.obstacles.models import Obstacle
from pledges.progress.obstacles.rules import Decision
from pledges.progress.proofs.models import ProofRule
from pledges.progress.proofs.rules import ProofKind
from pledges.reviews import operations as reviews
from pledges.tasks.models import Task
from pledges.tasks.operations import IndicatorEntry
from tests.support.critic import SignIn
from tests.support.queries import CountQueries
from tests.support.ward import Ward
from tests.web.reviews.supervising import supervise

MONTHS = ("2024-04", "2024-05", "2024-06", "2024-07", "2024-08", "2024-09")


def url(task: Task):
    return f"/phan-viec/{task.id}"


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
    sign_in(name).get(url(ward.task()), status=status)


def test_nobody_is_led_to_the_sign_in(ward: Ward, sign_in: SignIn):
    assert "/dang-nhap" in sign_in("nobody").get(url(ward.task()), status=302).location


def test_a_unit_that_helps_sees_it_but_may_not_report(ward: Ward, sign_in: SignIn):
    page = sign_in("officer_kp2").get(url(ward.task(cooperating=["KP2"])))
    assert not [link for link in page.links if "Báo cáo tháng" in link.text]


def test_the_state_cites_its_rule_and_figures(ward: Ward, sign_in: SignIn):
    task = ward.task()
    for month in MONTHS:
        ward.report(task, month, [50, 40])
    page = sign_in("officer_kp1").get(url(task))
    # 300 of 450 m, and (40 - 20) / (80 - 20) of the households: the mean of 2/3 and 1/3.
    # Day 183 of 260 between 15/4 and 31/12: 0.704; the ratio is 0.71.
    assert "▲Có nguy cơ đạt 50%, kế hoạch đến 15/10/2024 70%" in page.text
    assert "Dòng 7: tiến độ từ 0,70 đến dưới 0,90 lần kế hoạch" in page.text
    assert "50% / 70% = 0,71" in page.text


def test_what_was_not_reported_is_named(ward: Ward, sign_in: SignIn):
    task = ward.task()
    ward.report(task, "2024-09", ["120", None])
    page = sign_in("officer_kp1").get(url(task))
    assert "“Hộ tham gia phân loại rác” chưa có số liệu được duyệt, tính là 0% tiến độ." in page.text
    assert "chưa báo cáo" in " ".join(page.table()[2])


def test_what_can_not_be_measured_yet_is_named_and_left_out(ward: Ward, sign_in: SignIn):
    rows = (
        IndicatorEntry("Cây xanh", Decimal(120), "cây"),
        IndicatorEntry("Cây sống sau bão", Decimal(100), "cây", measured_from=date(2024, 12, 1)),
    )
    page = sign_in("officer_kp1").get(url(ward.task(indicators=rows)))
    assert "“Cây sống sau bão” đo được từ 1/12/2024, trước ngày đó để ngoài phép tính." in page.text


def test_the_state_that_sent_figures_would_give_stands_beside(ward: Ward, sign_in: SignIn):
    task = ward.task(due_on=date(2024, 10, 31))
    ward.report(task, "2024-09", [450, 80], status="submitted")
    page = sign_in("leader").get(url(task))
    assert "Nếu duyệt số liệu đang chờ ✓Hoàn thành đạt 100%" in page.text
    assert "▼Chậm" in page.text


def test_it_can_be_asked_for_another_day(ward: Ward, sign_in: SignIn):
    task = ward.task()
    ward.report(task, "2024-09", [450, 80])
    page = sign_in("officer_kp1").get(url(task), **{"den-ngay": "31/7/2024"})
    assert "Tính đến ngày 31/7/2024" in page.text
    assert "○Không báo cáo" in page.text
    assert "Hoàn thành" not in page.text
    page = sign_in("officer_kp1").get(url(task), **{"den-ngay": "hôm qua"})
    assert "Ngày xem chưa đọc được" in page.text


def test_the_periods_tell_late_missing_and_open_ones(ward: Ward, sign_in: SignIn):
    task = ward.task()
    ward.report(task, "2024-08", [50, 40], at=clock.at(date(2024, 8, 28), 9))
    ward.report(task, "2024-09", [50, 40], status="returned")
    ward.report(task, "2024-10", [50, 40], status="draft")
    rows = {row[0]: row[1:] for row in sign_in("officer_kp1").get(url(task)).table(1)[1:]}
    assert rows["Tháng 10/2024 hạn 25/10/2024"][0] == "Đến hạn có bản nháp"
    assert rows["Tháng 10/2024 hạn 25/10/2024"][1].startswith("Viết tiếp")
    assert rows["Tháng 9/2024 hạn 25/9/2024"][1].startswith("Sửa, gửi lại")
    assert rows["Tháng 8/2024 hạn 25/8/2024"][0] == "Đã duyệt gửi muộn 3 ngày"
    assert rows["Tháng 7/2024 hạn 25/7/2024"][0] == "Quá hạn, chưa có báo cáo quá hạn 82 ngày"
    assert "Tháng 11/2024 hạn 25/11/2024" not in rows


def test_a_period_that_asks_for_no_report_offers_none(ward: Ward, sign_in: SignIn):
    task = ward.task(start_on=date(2024, 9, 28))
    rows = sign_in("officer_kp1").get(url(task)).table(1)[1:]
    offered = {row[2] for row in rows if row[1] == "không yêu cầu báo cáo"}
    assert offered == {""}
    assert any(row[2].startswith("Báo cáo") for row in rows), "the month that asks"


def test_the_main_button_leads_to_the_report_that_presses_most(ward: Ward, sign_in: SignIn):
    task = ward.task()
    for month in MONTHS[:-1]:
        ward.report(task, month, [50, 40])
    assert "Báo cáo tháng 9/2024" in [link.text for link in sign_in("officer_kp1").get(url(task)).links]
    ward.report(task, "2024-09", [50, 40])
    assert "Báo cáo tháng 10/2024" in [link.text for link in sign_in("clerk").get(url(task)).links]
    assert "Báo cáo tháng 10/2024" not in [link.text for link in sign_in("leader").get(url(task)).links]


@pytest.mark.parametrize(
    ("status", "name", "offered"),
    [
        ("draft", "officer_kp1", {"Sửa", "Gửi duyệt"}),
        ("returned", "mate_kp1", {"Sửa", "Gửi duyệt"}),
        ("submitted", "officer_kp1", set()),
        ("submitted", "leader", {"Duyệt", "Trả lại", "Hủy phần việc"}),
        ("approved", "leader", {"Hủy phần việc"}),
        ("approved", "officer_kp1", {"Báo cáo tháng 4/2024"}),
        ("cancelled", "leader", set()),
        ("cancelled", "officer_kp1", set()),
    ],
)
def test_the_actions_are_those_that_are_allowed_now(
    ward: Ward, sign_in: SignIn, status: str, name: str, offered: set[str]
):
    page = sign_in(name).get(url(ward.task(status=status)))
    acts = {
        "Sửa", "Gửi duyệt", "Duyệt", "Trả lại", "Hủy phần việc", "Báo cáo tháng 4/2024",
    }  # fmt: skip
    top = [link.text for link in page.links if "/phan-viec/" in link.url]
    assert acts & set(top) == offered


def test_a_returned_task_shows_the_reason_at_the_top(ward: Ward, sign_in: SignIn):
    page = sign_in("officer_kp1").get(url(ward.task(status="returned")))
    assert "Phần việc bị trả lại “Chưa rõ sản phẩm.”" in page.text
    assert "Chưa vào danh mục" in page.text


def test_the_story_has_every_round_with_its_reason_newest_first(ward: Ward, sign_in: SignIn):
    task = ward.task()
    for number in range(1, 4):
        ward.report(
            task, "2024-09", [number, 30], status="returned", at=ward.now - timedelta(days=9 - 2 * number)
        )
    page = sign_in("officer_kp1").get(url(task))
    story = page.text[page.text.index("Diễn biến") :]
    places = [story.index(f"Đã gửi báo cáo tháng 9/2024, lần {number}") for number in (3, 2)]
    assert places == sorted(places)
    assert story.count("Số liệu chưa khớp minh chứng.") == 3
    assert story.index("Đã duyệt vào danh mục, số 1") < story.index("Đã lập phần việc")


def test_an_open_obstacle_stands_at_the_top_until_it_is_decided(ward: Ward, sign_in: SignIn):
    task = ward.task()
    ward.report(task, "2024-09", [1, 30], obstacle="Thiếu đá dăm", next_step="Xin 20 m³ đá")
    page = sign_in("officer_kp1").get(url(task))
    assert "Vướng mắc chờ quyết định Thiếu đá dăm Xin 20 m³ đá" in page.text
    assert "Quyết định" not in [link.text for link in page.links]
    assert "Quyết định" in [link.text for link in sign_in("leader").get(url(task)).links]
    obstacle = ward.session.query(Obstacle).one()
    reviews.decide(ward.session, obstacle, Decision.HELP, "Cấp đá", by=ward.actor("leader"), at=ward.now)
    ward.session.commit()
    page = sign_in("officer_kp1").get(url(task))
    assert "Vướng mắc chờ quyết định" not in page.text
    assert "vướng mắc: hỗ trợ Cấp đá" in page.text


def test_the_commitment_it_stands_in_is_linked(ward: Ward, sign_in: SignIn):
    task = ward.task()
    made = ward.commitment("KP1", "signed")
    assert sign_in("officer_kp1").get(url(task)).link("Bản cam kết của Khu phố 1") == f"/cam-ket/{made.id}"
    later = ward.task(title="Phần việc duyệt sau khi ký")
    assert "chưa nằm trong bản cam kết nào" in sign_in("officer_kp1").get(url(later)).text


def test_its_queries_do_not_grow(ward: Ward, sign_in: SignIn, count_queries: CountQueries):
    task = ward.task()
    ward.report(task, "2024-04", [1, 30])
    person = sign_in("leader")
    person.get(url(task))
    with count_queries() as few:
        person.get(url(task))
    for month in MONTHS[1:]:
        ward.report(task, month, [1, 30], status="returned", obstacle=f"Vướng mắc {month}")
        ward.report(task, month, [1, 30])
    with count_queries() as many:
        person.get(url(task))
    assert len(many) == len(few)


def test_each_figure_tells_its_formula(ward: Ward, sign_in: SignIn):
    task = ward.task()
    for month, metres in (("2024-04", 30), ("2024-05", 44)):
        ward.report(task, month, [metres, 55])
    text = sign_in("officer_kp1").get(url(task)).text
    for words in (
        "Đạt đến nay: 0 (hiện trạng) + 30 (tháng 4) + 44 (tháng 5) = 74 m",
        "Tiến độ: 74 / 450 = 16%",
        "Đạt đến nay: 55 % hộ, theo báo cáo tháng 5/2024",
        "Tiến độ: (55 − 20) / (80 − 20) = 58%",
        "Kế hoạch: đã qua 183 / 260 ngày = 70%",
        "Tiến độ: (16% + 58%) / 2 = 37%",
    ):
        assert words in text
    assert sign_in("leader").get(url(task)).link("Hộ tham gia phân loại rác").startswith("/chi-tieu/")
    assert "Yêu cầu giải trình" not in text, "only who may ask is offered it"


def test_who_answers_for_it_and_what_evidence_it_needs(ward: Ward, sign_in: SignIn):
    task = ward.task()
    ward.session.add(ProofRule(task=task, position=1, kind=ProofKind.PHOTO, number=2, label="trước và sau"))
    supervise(ward, task, "leader")
    text = sign_in("officer_kp1").get(url(task)).text
    assert "Lãnh đạo theo dõi Trần Quốc Hưng" in text
    assert "Mỗi báo cáo cần có: 2 ảnh (trước và sau)." in text


def test_a_long_story_is_folded_and_still_told(ward: Ward, sign_in: SignIn):
    task = ward.task()
    for month in MONTHS:
        ward.report(task, month, [1, 30])
    page = sign_in("officer_kp1").get(url(task))
    assert "3 việc trước đó" in page.text
    assert "Đã lập phần việc" in page.text

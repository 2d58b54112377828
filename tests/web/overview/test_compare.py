"""So sánh hai ngày: before and after, and what happened between."""

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import select

from pledges.core import clock
from pledges.progress.models import Report
from pledges.progress.obstacles.models import Obstacle
from pledges.progress.obstacles.rules import Decision
from pledges.reviews import operations as reviews
from tests.support.critic import Critic, SignIn
from tests.support.page import Page, elements, words
from tests.support.queries import CountQueries
from tests.support.ward import Ward

URL = "/theo-doi/so-sanh"


@pytest.fixture
def road(ward: Ward) -> Ward:
    """A road of KP1 with reports in August and September, one with an obstacle; a quiet task of KP2."""
    task = ward.task("KP1", "committed", title="Bê tông hóa ngõ tổ 3")
    ward.report(task, "2024-08", [20, 25])
    ward.report(task, "2024-09", [100, 45], "submitted", obstacle="Thiếu xi măng")
    ward.task("KP2", title="Lắp đèn chiếu sáng ngõ")
    return ward


def changes(page: Page) -> dict[str, list[str]]:
    found = page.of_class("changes")
    rows = elements(found[0], "tr")[1:] if found else []
    said = [[words(cell) for cell in elements(row, "th", "td")] for row in rows]
    return {cells[0].split(".")[0]: cells for cells in said}


def counts(page: Page) -> dict[str, str]:
    return {row[0]: row[-1] for table in (0, 1) for row in page.table(table) if len(row) > 1}


def test_before_and_after_and_what_happened_between(road: Ward, sign_in: SignIn):
    page = sign_in("leader").get(URL, tu="31/8/2024", den="15/10/2024")
    (row,) = changes(page).values()
    assert row[0].startswith("1. Bê tông hóa ngõ tổ 3")
    assert "22/9/2024: gửi báo cáo tháng 9" in row[5]
    assert "22/9/2024: nêu vướng mắc: Thiếu xi măng" in row[5]
    said = counts(page)
    assert (said["Lần gửi báo cáo"], said["Báo cáo được duyệt"], said["Vướng mắc được nêu"]) == (
        "1",
        "0",
        "1",
    )
    assert said["Vướng mắc chờ quyết định"] == "1"
    assert "1 trong 2 phần việc có thay đổi" in page.text
    assert len(changes(sign_in("leader").get(page.link("Xem tất cả")))) == 2


def test_every_number_opens_its_rows(road: Ward, sign_in: SignIn):
    leader = sign_in("leader")
    page = leader.get(URL, tu="31/8/2024", den="15/10/2024")
    tables = elements(page.of_class("two")[0], "table")
    shown = [link for table in tables for cell in elements(table, "td") for link in elements(cell, "a")]
    numbers = [
        words(cell)
        for table in tables
        for cell in elements(table, "td")
        if words(cell) not in {"", "0"} and "step" not in (cell.get("class") or "")
    ]
    assert [words(link) for link in shown if words(link) != "0"] == [one for one in numbers if one]
    periods = [link.url for link in page.links if "/theo-doi/ky/" in link.url]
    assert [parse_qs(urlsplit(one).query).get("den-ngay") for one in periods] == [["2024-08-31"], None]
    for link in page.links:
        if link.url.startswith("/theo-doi"):
            leader.get(link.url)
    sent = next(link.url for link in page.links if "viec=lan-gui-bao-cao" in link.url)
    narrowed = leader.get(sent)
    assert list(changes(narrowed)) == ["1"]
    assert "1 phần việc có: lần gửi báo cáo." in narrowed.text
    assert "gửi báo cáo tháng 9" in changes(narrowed)["1"][5]


def test_a_decision_and_a_review_are_told_on_their_day(road: Ward, sign_in: SignIn):
    session = road.session
    report = session.scalars(select(Report).order_by(Report.id.desc())).first()
    obstacle = session.scalars(select(Obstacle)).one()
    leader = road.actor("leader")
    reviews.accept(session, report, by=leader, at=road.now)
    reviews.decide(session, obstacle, Decision.HELP, "Cấp thêm 5 tấn.", by=leader, at=road.now)
    session.commit()
    day = f"{clock.day_of(road.now):%d/%m/%Y}"
    page = sign_in("leader").get(URL, tu="14/10/2024", den=day)
    row = changes(page)["1"]
    assert "15/10/2024: duyệt báo cáo tháng 9" in row[5]
    assert "15/10/2024: quyết định về vướng mắc: hỗ trợ" in row[5]
    assert row[3] == "6% → 34%"
    assert changes(sign_in("leader").get(URL, tu=day, den=day)) == {}


def test_days_are_swapped_and_unreadable_ones_told(road: Ward, sign_in: SignIn):
    critic = sign_in("leader")
    page = critic.get(URL, tu="1/10/2024", den="1/9/2024")
    assert "1/9/2024 và 1/10/2024" in page.text
    assert "đã đổi chỗ hai ngày" in page.text
    page = critic.get(URL, tu="31/9/2024", den="mai")
    assert "Tháng 9 năm 2024 không có ngày 31." in page.text
    assert "Không đọc được ngày này" in page.text
    assert page.form(URL).fields["tu"] == ["31/9/2024"]


def test_without_days_it_is_from_the_end_of_the_last_period_to_today(road: Ward, sign_in: SignIn):
    assert "30/9/2024 và 15/10/2024" in sign_in("leader").get(URL).text
    board = sign_in("leader").get("/theo-doi", **{"den-ngay": "5/9/2024"})
    assert "31/8/2024 và 5/9/2024" in sign_in("leader").get(board.link("So với ngày khác")).text


def test_a_count_of_a_state_leads_to_its_rows_on_that_day(road: Ward, sign_in: SignIn):
    page = sign_in("leader").get(URL, tu="31/8/2024", den="15/10/2024")
    leads = [one.url for one in page.links if "tinh-trang=" in one.url]
    days = {parse_qs(urlsplit(url).query).get("den-ngay", ["today"])[0] for url in leads}
    assert days == {"2024-08-31", "today"}
    assert sign_in("leader").get(leads[0]).h1 == "Bảng theo dõi"


def test_who_sees_what(road: Ward, sign_in: SignIn):
    asked = {"tu": "31/8/2024", "tat-ca": "1"}
    assert len(changes(sign_in("officer_kp1").get(URL, **asked))) == 1
    assert "Thiếu xi măng" not in sign_in("officer_kp2").get(URL, **asked).text
    sign_in("outsider").get(URL, status=404, **{"phong-trao": road.campaign.id})
    sign_in("admin").get(URL, status=403)
    assert sign_in("nobody").get(URL, status=302).location.startswith("/dang-nhap")


def test_both_days_of_the_demo_are_those_of_their_boards(in_demo: Callable[[str], Critic]):
    critic = in_demo("chutich")
    page = critic.get(URL, tu="31/7/2024", den="15/10/2024")
    shown = {row[0][1:]: row[1:3] for row in page.table(2)[1:-1]}
    for place, day in enumerate(("31/7/2024", "15/10/2024")):
        strip = critic.get("/theo-doi", **{"den-ngay": day}).of_class("strip")[0]
        said = {words(one)[1:].rstrip("0123456789"): words(one) for one in elements(strip, "li")}
        for label, (*both,) in shown.items():
            assert both[place] == (said[label][len(label) + 1 :] if label in said else "0")


def test_it_costs_the_same_whatever_happened(road: Ward, sign_in: SignIn, count_queries: CountQueries):
    critic = sign_in("leader")
    critic.get(URL, tu="31/8/2024")
    road.task("KP1", title="Phần việc thứ ba")
    with count_queries() as few:
        critic.get(URL, tu="31/8/2024")
    for number in range(12):
        task = road.task("KP2", title=f"Phần việc thứ {number}")
        road.report(task, "2024-09", [5, 30], obstacle="Thiếu người")
    with count_queries() as many:
        critic.get(URL, tu="31/8/2024")
    assert len(many) == len(few)

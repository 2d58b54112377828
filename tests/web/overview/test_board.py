"""Bảng theo dõi: who sees which figures, where they lead, and what it costs."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest

from pledges.campaigns import operations as campaigns
from pledges.campaigns.rules import CampaignKind
from tests.support.critic import Critic
from tests.support.page import Page, elements, words
from tests.support.queries import Count
from tests.support.ward import Ward

URL = "/theo-doi"
PAGES = (URL, f"{URL}/can-quan-tam", f"{URL}/vuong-mac", f"{URL}/cach-tinh")
SignIn = Callable[[str], Critic]


def figures(page: Page) -> list[str]:
    return [words(one) for one in page.of_class("kpi")]


def tasks_of(page: Page) -> list[str]:
    """What the rows of the grid say of the task: title, unit, due day."""
    grid = page.of_class("grid")
    rows = elements(grid[0], "tr") if grid else []
    return [words(one) for row in rows for one in elements(row, "th") if one.get("scope") == "row"]


@pytest.fixture
def three(ward: Ward) -> Ward:
    """Two tasks of KP1 (one behind with an obstacle), one of KP2 that KP1 helps with, one of the front."""
    road = ward.task("KP1", "committed", title="Bê tông hóa ngõ tổ 3")
    ward.report(road, "2024-08", [20, 25])
    ward.report(road, "2024-09", [10, 30], "submitted", obstacle="Thiếu xi măng", next_step="Đề nghị hỗ trợ")
    ward.task("KP2", title="Lắp đèn chiếu sáng ngõ", cooperating=("KP1",))
    ward.task("MTTQ", title="Vận động Quỹ Vì người nghèo")
    return ward


@pytest.mark.parametrize("who", ["leader", "leader2", "clerk"])
def test_who_organises_sees_every_task(three: Ward, sign_in: SignIn, who: str):
    page = sign_in(who).get(URL)
    assert len(tasks_of(page)) == 3
    assert figures(page)[0] == "Phần việc đã đăng ký 3/6"
    assert "Trong phạm vi" not in page.text


def test_who_only_helps_does_not_learn_whether_the_other_unit_has_signed(three: Ward, sign_in: SignIn):
    before = figures(sign_in("officer_kp1").get(URL))[1]
    three.commitment("KP2", "signed")
    assert figures(sign_in("officer_kp1").get(URL))[1] == before


@pytest.mark.parametrize("who", ["officer_kp1", "mate_kp1", "head_kp1"])
def test_a_unit_sees_its_own_tasks_and_the_figures_say_so(three: Ward, sign_in: SignIn, who: str):
    page = sign_in(who).get(URL)
    assert [title.split(" Khu")[0] for title in tasks_of(page)] == [
        "Bê tông hóa ngõ tổ 3",
        "Lắp đèn chiếu sáng ngõ",
    ]
    assert figures(page)[0] == "Phần việc trong phạm vi 2 1 chủ trì, 1 phối hợp".replace(" 2 1", " 21")
    assert "trong phạm vi đơn vị của đồng chí: 1 phần việc chủ trì, 1 phần việc phối hợp" in page.text
    assert "Quỹ" not in page.text


def test_another_unit_sees_other_figures(three: Ward, sign_in: SignIn):
    page = sign_in("officer_kp2").get(URL)
    assert len(tasks_of(page)) == 1
    assert "Thiếu xi măng" not in sign_in("officer_kp2").get(f"{URL}/vuong-mac").text


@pytest.mark.parametrize("url", PAGES)
def test_a_stranger_does_not_find_the_campaign(three: Ward, sign_in: SignIn, url: str):
    number = three.campaign.id
    sign_in("outsider").get(url, status=404, **{"phong-trao": number})
    assert "Chưa có phong trào thi đua nào" in sign_in("outsider").get(url).text


@pytest.mark.parametrize("url", PAGES)
@pytest.mark.parametrize(("who", "status"), [("admin", 403), ("ended", 403), ("nobody", 302)])
def test_who_holds_no_post_of_the_campaign(three: Ward, sign_in: SignIn, url: str, who: str, status: int):
    page = sign_in(who).get(url, status=status)
    assert status == 403 or page.location.startswith("/dang-nhap")


def test_reports_of_a_period_are_for_members(three: Ward, sign_in: SignIn):
    url = f"{URL}/ky/{three.period('2024-09').id}"
    assert sign_in("leader").get(url).h1 == "Báo cáo tháng 9/2024"
    assert "Quỹ" not in sign_in("officer_kp1").get(url).text
    sign_in("outsider").get(url, status=404)
    sign_in("admin").get(url, status=403)
    sign_in("nobody").get(url, status=302)
    sign_in("leader").get(f"{URL}/ky/99999", status=404)
    sign_in("leader").get(f"{URL}/ky/{three.period('2024-12').id}", status=404)


def test_a_cell_leads_to_its_proof(three: Ward, sign_in: SignIn):
    page = sign_in("leader").get(URL)
    grid = page.of_class("grid")[0]
    cells = {words(one): one.get("href") or "" for one in elements(grid, "a")}
    sent = next(url for text, url in cells.items() if text.startswith("Tháng 9/2024") and "chờ duyệt" in text)
    missing = next(url for text, url in cells.items() if text.startswith("Tháng 4/2024"))
    assert sign_in("leader").get(sent).h1 == "Báo cáo tháng 9/2024"
    assert urlsplit(missing).path.startswith("/phan-viec/")
    assert urlsplit(missing).fragment == f"ky-{three.period('2024-04').id}"


def test_every_figure_leads_to_its_rows_or_its_formula(three: Ward, sign_in: SignIn):
    critic = sign_in("leader")
    page = critic.get(URL)
    leads = [one.get("href") or "" for one in page.of_class("kpi")]
    assert leads[0] == "#cac-phan-viec"
    assert page.by_id("cac-phan-viec") is not None
    names = [critic.get(url).h1 for url in leads[1:]]
    assert names[1:] == ["Báo cáo tháng 9/2024", "Cách tính tiến độ chung", "Vướng mắc chờ quyết định"]


def test_a_leader_decides_on_an_obstacle_from_here(three: Ward, sign_in: SignIn):
    page = sign_in("leader").get(URL)
    assert page.link("Vướng mắc chờ quyết định 23 ngày").startswith("/vuong-mac/")
    assert page.link("Báo cáo tháng 9 chờ duyệt").startswith("/bao-cao/")
    assert "Quyết định" in sign_in("leader").get(f"{URL}/vuong-mac").table()[1][4]


@pytest.mark.parametrize(
    ("who", "more"), [("officer_kp1", {}), ("clerk", {}), ("leader", {"den-ngay": "14/10/2024"})]
)
def test_others_and_the_past_are_shown_the_report(
    three: Ward, sign_in: SignIn, who: str, more: dict[str, str]
):
    page = sign_in(who).get(f"{URL}/vuong-mac", **more)
    assert page.table()[1][4].startswith("Xem báo cáo")
    assert page.link("Xem báo cáo").startswith("/bao-cao/")


def test_the_bar_of_states_filters_the_rows(three: Ward, sign_in: SignIn):
    critic = sign_in("leader")
    page = critic.get(URL)
    strip = {words(one): one.get("href") or "" for one in elements(page.of_class("strip")[0], "a")}
    assert set(strip) == {"○Không báo cáo2", "▼Chậm1"}
    filtered = critic.get(strip["▼Chậm1"])
    assert "tinh-trang=cham" in filtered.url
    assert len(tasks_of(filtered)) == 1
    assert "Đang lọc: Chậm" in filtered.text
    assert "1 trong 2 phần việc" in filtered.text
    assert figures(filtered) == figures(page), "the figures stay those of all tasks"
    assert len(tasks_of(critic.get(filtered.link("Xem tất cả 3 phần việc")))) == 3
    unknown = critic.get(URL, **{"tinh-trang": "nhanh"})
    assert len(tasks_of(unknown)) == 3
    none = critic.get(URL, **{"tinh-trang": "da-huy"})
    assert "Không có phần việc nào ở tình trạng này" in none.text


def test_another_day_is_asked_for_and_carried_on(three: Ward, sign_in: SignIn):
    critic = sign_in("leader")
    form = critic.get(URL, **{"tinh-trang": "cham"}).form(URL)
    assert form.fields["den-ngay"] == ["15/10/2024"]
    assert form.fields["tinh-trang"] == ["cham"]
    page = critic.get(URL, **{"den-ngay": "31/8/2024"})
    assert "Đang xem tình hình ngày 31/8/2024" in page.text
    assert figures(page)[2] == "Báo cáo tháng 8 1/31 đúng hạn"
    assert figures(page)[4] == "Vướng mắc chờ quyết định 0không có"
    assert {"T8"} <= {link.text for link in page.links}
    assert "T9" not in {link.text for link in page.links}
    inner = [
        link.url for link in page.links if urlsplit(link.url).path.startswith(("/theo-doi", "/phan-viec/"))
    ]
    carried = [
        parse_qs(urlsplit(url).query).get("den-ngay") for url in inner if url not in {URL, "/theo-doi"}
    ]
    assert carried.count(None) == 0
    assert set(map(tuple, carried)) == {("2024-08-31",)}
    assert critic.get(page.link("Về hôm nay")).text.count("Đang xem tình hình") == 0


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("31/9/2024", "Tháng 9 năm 2024 không có ngày 31."),
        ("mai", "Không đọc được ngày này"),
        ("16/10/2024", "Ngày này chưa đến; bảng đang tính đến hôm nay."),
    ],
)
def test_a_day_that_cannot_be_shown_is_said(three: Ward, sign_in: SignIn, typed: str, said: str):
    page = sign_in("leader").get(URL, **{"den-ngay": typed})
    assert said in page.text
    assert page.form(URL).fields["den-ngay"] == [typed]
    assert figures(page)[2].startswith("Báo cáo tháng 9")


def test_before_anything_was_registered(three: Ward, sign_in: SignIn):
    page = sign_in("leader").get(URL, **{"den-ngay": "1/4/2024"})
    assert "Chưa có phần việc nào trong danh mục" in page.text
    assert figures(page)[0] == "Phần việc đã đăng ký 0/6"
    assert figures(page)[3] == "Tiến độ chung –kế hoạch –"


@pytest.mark.parametrize("url", PAGES)
def test_a_campaign_without_tasks(ward: Ward, sign_in: SignIn, url: str):
    page = sign_in("leader").get(url)
    assert "Chưa có" in page.text or "Không có" in page.text


def test_a_cancelled_task_stays_in_sight_and_counts_nowhere(three: Ward, sign_in: SignIn):
    three.task("KP2", "cancelled", title="Phần việc hủy sau khi duyệt")
    page = sign_in("leader").get(URL)
    assert figures(page)[0] == "Phần việc đã đăng ký 3/6"
    assert "×Đã hủy1" in words(page.of_class("strip")[0])
    assert any(title.startswith("Phần việc hủy sau khi duyệt") for title in tasks_of(page))


def test_the_campaign_is_chosen_where_there_are_several(three: Ward, sign_in: SignIn):
    leader = three.actor("leader")
    campaigns.create(
        three.session,
        by=leader,
        at=three.now,
        code="HK-2025",
        title="Phong trào thi đua năm 2025",
        kind=CampaignKind.REGULAR,
        starts_on=date(2025, 1, 1),
        ends_on=date(2025, 12, 31),
        owner=three.unit("UBND"),
        area=three.unit("HK"),
    )
    three.session.commit()
    first = three.campaign.id
    critic = sign_in("leader")
    page = critic.get(URL)
    assert len(tasks_of(page)) == 3, "the one that goes on"
    form = page.form(URL)
    assert form.fields["phong-trao"] == [str(first)]
    other = next(one for one in form.offered["phong-trao"] if one != str(first))
    assert "Chưa có phần việc nào trong danh mục" in critic.get(URL, **{"phong-trao": other}).text
    leads = [link.url for link in page.links if link.url.startswith("/theo-doi/")]
    assert all(f"phong-trao={first}" in url for url in leads)


def test_a_page_costs_the_same_for_three_and_for_sixty_tasks(
    three: Ward, sign_in: SignIn, count_queries: Callable[[], AbstractContextManager[Count]]
):
    critic = sign_in("leader")
    critic.get(URL)
    three.report(three.task("KP1"), "2024-09", [5, 30])
    with count_queries() as few:
        critic.get(URL)
    with count_queries() as unchanged:
        critic.get(URL)
    for number in range(56):
        task = three.task("KP2" if number % 2 else "KP1", title=f"Phần việc thứ {number}")
        if number % 3 == 0:
            three.report(task, "2024-09", [5, 30], obstacle="Thiếu người", next_step="Đề nghị hỗ trợ")
    with count_queries() as many:
        assert len(tasks_of(critic.get(URL))) == 60
    assert len(many) == len(few)
    assert len(many) <= 30
    assert len(unchanged) == 2, "who asks, and the head of the log: BEGIN and one statement"

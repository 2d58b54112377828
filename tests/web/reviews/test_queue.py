"""What waits for a leader."""

from datetime import date

import pytest

from pledges.campaigns.models import Campaign
from pledges.campaigns.rules import CampaignStatus
from pledges.core import clock
from pledges.progress.proofs.models import ProofRule
from pledges.progress.proofs.rules import ProofKind
from tests.support.critic import SignIn
from tests.support.page import words
from tests.support.queries import CountQueries
from tests.support.ward import Ward
from tests.web.reviews.supervising import supervise

URL = "/duyet"


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("leader", 200),
        ("leader2", 200),
        ("head_kp1", 200),
        ("officer_kp1", 403),
        ("clerk", 403),
        ("admin", 403),
    ],
)
def test_who_has_it(sign_in: SignIn, name: str, status: int):
    sign_in(name).get(URL, status=status)


def test_nobody_is_led_to_the_sign_in(sign_in: SignIn):
    assert "/dang-nhap" in sign_in("nobody").get(URL, status=302).location


def test_nothing_waits_is_said_kindly(sign_in: SignIn):
    assert "Không còn gì chờ đồng chí duyệt" in sign_in("leader").get(URL).text


def test_the_head_of_a_unit_decides_nothing_of_the_wards(ward: Ward, sign_in: SignIn):
    ward.report(ward.task(), "2024-09", [30, 60], status="submitted", obstacle="Thiếu đá")
    ward.task(status="submitted")
    assert "Không còn gì chờ đồng chí duyệt" in sign_in("head_kp1").get(URL).text


def test_reports_stand_gravest_first_then_newest(ward: Ward, sign_in: SignIn):
    good = ward.task(title="Việc đúng tiến độ")
    ward.report(good, "2024-09", [440, 78], status="submitted", at=clock.at(date(2024, 9, 1), 9))
    newer = ward.task("KP2", title="Việc chậm, gửi sau")
    ward.report(newer, "2024-09", [10, 25], status="submitted", at=clock.at(date(2024, 9, 20), 9))
    older = ward.task("KP3", title="Việc chậm, gửi trước")
    ward.report(older, "2024-09", [10, 25], status="submitted", at=clock.at(date(2024, 9, 10), 9))
    text = sign_in("leader").get(URL).text
    places = [text.index(one) for one in ("Việc chậm, gửi sau", "Việc chậm, gửi trước", "Việc đúng tiến độ")]
    assert places == sorted(places)
    assert "nặng nhất trước; cùng tình trạng thì báo cáo mới gửi trước" in text, "the order is said"
    assert "hiện nay: chậm" in text, "the state that accepting would change is told"


def test_what_was_answered_waits_no_more(ward: Ward, sign_in: SignIn):
    for status in ("accepted", "returned", "draft"):
        ward.report(ward.task(), "2024-09", [30, 60], status=status)
    assert "Không còn gì chờ đồng chí duyệt" in sign_in("leader").get(URL).text


def test_a_late_report_and_a_second_round_are_told(ward: Ward, sign_in: SignIn):
    task = ward.task()
    ward.report(task, "2024-09", [30, 60], status="returned", at=clock.at(date(2024, 9, 27), 9))
    ward.report(task, "2024-09", [31, 60], status="submitted", at=clock.at(date(2024, 10, 1), 9))
    text = sign_in("leader").get(URL).text
    assert "Tháng 9/2024, lần 2" in text
    assert "gửi lúc 09:00 ngày 1/10/2024, muộn" in text


def test_nobody_is_asked_to_judge_an_own_entry(ward: Ward, sign_in: SignIn):
    task = ward.task()
    report = ward.report(task, "2024-09", [30, 60], status="submitted", obstacle="Thiếu đá")
    report.rounds[0].entered_by_id = ward.account("leader").id
    waiting = ward.task("KP2", status="submitted", title="Việc của lãnh đạo")
    waiting.entered_by_id = ward.account("leader").id
    ward.session.commit()
    assert "Không còn gì chờ đồng chí duyệt" in sign_in("leader").get(URL).text
    page = sign_in("leader2").get(URL)
    assert "Việc của lãnh đạo" in page.text
    assert "01 vướng mắc, 01 báo cáo, 01 phần việc đăng ký" in page.text


def test_each_line_leads_to_its_act(ward: Ward, sign_in: SignIn):
    report = ward.report(ward.task(), "2024-09", [30, 60], status="submitted", obstacle="Thiếu đá")
    waiting = ward.task("KP2", status="submitted")
    urls = {link.url for link in sign_in("leader").get(URL).links}
    assert {
        f"/bao-cao/{report.id}/duyet",
        f"/phan-viec/{waiting.id}/duyet",
        "/vuong-mac/1/quyet-dinh",
    } <= urls


def titles(ward: Ward, sign_in: SignIn, **asked: str | int) -> list[str]:
    page = sign_in("leader").get(URL, **{name.replace("_", "-"): value for name, value in asked.items()})
    items = [one for one in page.all("li") if one.get("data-queue-item") is not None]
    return [words(next(link for link in page.all("a", within=one))) for one in items]


@pytest.fixture
def mixed(ward: Ward) -> Ward:
    """One of each kind, of three units in two blocks."""
    ward.report(ward.task(title="Trồng cây"), "2024-09", [30, 60], obstacle="Thiếu giống")
    ward.report(ward.task("KP2", title="Lắp đèn"), "2024-09", [30, 60], status="submitted")
    ward.task("MTTQ", status="submitted", title="Trồng hoa")
    return ward


def test_it_is_narrowed_by_words_unit_block_and_kind(mixed: Ward, sign_in: SignIn):
    assert titles(mixed, sign_in) == ["1. Trồng cây", "2. Lắp đèn", "Trồng hoa"]
    assert titles(mixed, sign_in, q="TRONG") == ["1. Trồng cây", "Trồng hoa"]
    assert titles(mixed, sign_in, q="mat tran") == ["Trồng hoa"], "the unit's name counts too"
    assert titles(mixed, sign_in, don_vi=mixed.unit("KP2").id) == ["2. Lắp đèn"]
    assert titles(mixed, sign_in, khoi="IV. Các khu phố") == ["1. Trồng cây", "2. Lắp đèn"]
    assert titles(mixed, sign_in, loai="vuong-mac") == ["1. Trồng cây"]
    assert titles(mixed, sign_in, loai="bao-cao") == ["2. Lắp đèn"]
    assert titles(mixed, sign_in, loai="phan-viec", q="hoa") == ["Trồng hoa"]
    assert titles(mixed, sign_in, loai="khac", don_vi="x") == ["1. Trồng cây", "2. Lắp đèn", "Trồng hoa"]


def test_nothing_that_fits_is_said_with_a_way_back(mixed: Ward, sign_in: SignIn):
    page = sign_in("leader").get(URL, q="không có đâu")
    assert "Không có việc nào khớp" in page.text
    assert "01 vướng mắc, 01 báo cáo, 01 phần việc đăng ký" in page.text, "what waits all the same"
    assert {link.url for link in page.links if link.text == "Bỏ lọc"} == {URL}


def test_the_filter_goes_along_to_each_page(mixed: Ward, sign_in: SignIn):
    page = sign_in("leader").get(URL, q="trong")
    links = [link.url for link in page.links if "/duyet?" in link.url or "/quyet-dinh?" in link.url]
    assert len(links) == 4, "two items, each with its title and its button"
    assert all(link.endswith("?q=trong") for link in links)


def test_the_campaign_is_named_when_there_are_several(mixed: Ward, sign_in: SignIn):
    first = mixed.campaign
    assert first.title not in sign_in("leader").get(URL).text
    other = Campaign(
        code="HK-2025", title="Phong trào năm 2025", theme="", kind=first.kind, status=first.status,
        owner=first.owner, area=first.area, starts_on=first.starts_on, ends_on=first.ends_on,
        reporting_due_day=25,
    )  # fmt: skip
    task = mixed.task("KP3", status="submitted", title="Việc khác")
    mixed.session.add(other)
    task.campaign = other
    mixed.session.commit()
    assert "Khu phố 3 · Phong trào năm 2025" in sign_in("leader").get(URL).text
    assert titles(mixed, sign_in, phong_trao=other.id) == ["Việc khác"]


def test_what_is_marked_leads_to_the_check_page(ward: Ward, sign_in: SignIn):
    tasks = [ward.task("KP2", status="submitted", title=f"Việc {number}") for number in (1, 2, 3)]
    leader = sign_in("leader")
    form = leader.get(URL).form("/phan-viec/duyet-nhieu")
    assert form.offered["muc"] == {str(task.id) for task in tasks}
    page = leader.get("/phan-viec/duyet-nhieu", muc=[tasks[2].id, tasks[0].id])
    assert page.h1 == "Duyệt nhiều phần việc"
    assert page.form().fields["chosen"] == [str(tasks[0].id), str(tasks[2].id)]


def test_a_concluded_campaign_asks_for_nothing(mixed: Ward, sign_in: SignIn):
    mixed.campaign.status = CampaignStatus.CONCLUDED
    mixed.session.commit()
    page = sign_in("leader").get(URL)
    assert "Không còn gì chờ đồng chí duyệt" in page.text
    assert "đang chờ" not in words(page.all("nav")[0])


def test_its_queries_do_not_grow(ward: Ward, sign_in: SignIn, count_queries: CountQueries):
    ward.report(ward.task(), "2024-09", [30, 60], status="submitted", obstacle="Thiếu đá")
    ward.task("KP2", status="submitted")
    leader = sign_in("leader")
    leader.get(URL)
    with count_queries() as few:
        leader.get(URL)
    for unit in ("KP2", "KP3", "DU"):
        task = ward.task(unit, cooperating=["KP1"])
        ward.report(task, "2024-09", [30, 60], status="submitted", obstacle="Thiếu giống")
        ward.task(unit, status="submitted")
    with count_queries() as many:
        leader.get(URL)
    assert len(many) == len(few)


def test_obstacles_of_the_tasks_that_the_leader_supervises_come_first(ward: Ward, sign_in: SignIn):
    early, late = clock.at(date(2024, 9, 1), 9), clock.at(date(2024, 9, 20), 9)
    ward.report(ward.task(title="Việc chung"), "2024-09", [30, 60], obstacle="Thiếu đá", at=early)
    own = ward.task("KP2", title="Việc theo dõi")
    ward.report(own, "2024-09", [30, 60], obstacle="Thiếu người", at=late)
    supervise(ward, own, "leader")
    page = sign_in("leader").get(URL)
    assert page.text.index("Việc theo dõi") < page.text.index("Việc chung")
    assert "Vướng mắc của phần việc đồng chí theo dõi" in page.text
    assert "Vướng mắc của phần việc đồng chí theo dõi" not in sign_in("leader2").get(URL).text
    first = sign_in("leader").get("/vuong-mac/2/quyet-dinh")
    assert "1/2 vướng mắc chờ quyết định" in first.text, "gone through in the same order"


def test_missing_evidence_is_told_in_the_queue(ward: Ward, sign_in: SignIn):
    task = ward.task()
    ward.session.add(ProofRule(task=task, position=1, kind=ProofKind.PHOTO, number=2, label="trước và sau"))
    ward.report(task, "2024-09", [30, 60], status="submitted")
    assert "Minh chứng còn thiếu 2 ảnh (trước và sau)" in sign_in("leader").get(URL).text

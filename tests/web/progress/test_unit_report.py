"""All reports of a unit for a period on one page: written, checked, sent."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select

from pledges.progress.models import Report
from pledges.reviews import operations as reviews
from tests.support.critic import SignIn
from tests.support.queries import CountQueries
from tests.support.ward import Ward
from tests.web.progress.sheets import CHECK, KEEP
from tests.web.progress.unit_sheets import TREES, drafts, field, sent, two, url, versions, word


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("officer_kp1", 200),
        ("mate_kp1", 200),
        ("clerk", 200),
        ("head_kp1", 403),
        ("leader", 403),
        ("officer_kp2", 404),
        ("outsider", 404),
        ("admin", 403),
        ("ended", 403),
    ],
)
def test_who_writes_for_the_unit(ward: Ward, sign_in: SignIn, name: str, status: int):
    two(ward)
    person = sign_in(name)
    for page in ("", "/gui", "/bien-nhan"):
        person.get(url(ward) + page, status=status)


def test_nobody_is_led_to_the_sign_in(ward: Ward, sign_in: SignIn):
    for page in ("", "/gui", "/bien-nhan"):
        assert "/dang-nhap" in sign_in("nobody").get(url(ward) + page, status=302).location


def test_a_unit_of_another_place_is_not_found(ward: Ward, sign_in: SignIn):
    sign_in("clerk").get(url(ward, "HP-KP1"), status=404)


def test_each_task_is_kept_as_its_own_draft_and_an_untouched_one_is_not_begun(ward: Ward, sign_in: SignIn):
    trees, waste = two(ward)
    ward.task(title="Thứ ba", indicators=TREES)
    officer = sign_in("officer_kp1")
    typed = {field(trees): "30", word(trees): "Trồng bù.", field(waste): "55"}
    page = officer.send(url(ward), typed, button=KEEP, follow=True)
    assert drafts(ward) == {"Trồng cây": ("Trồng bù.", ["30"]), "Phân loại rác": ("", ["55"])}
    assert page.form().fields[field(trees)] == ["30"]
    assert "Lũy kế 30 cây, đạt 25%" in page.text
    single = officer.get(f"/phan-viec/{trees.id}/bao-cao/{ward.period('2024-10').id}")
    assert single.form().fields["narrative"] == ["Trồng bù."]
    before = versions(ward)
    officer.send(url(ward), button=KEEP)
    assert versions(ward) == before


def test_one_press_sends_those_that_are_complete_and_says_which_are_not(ward: Ward, sign_in: SignIn):
    trees, waste = two(ward)
    officer = sign_in("officer_kp1")
    typed = {field(trees): "130", word(trees): "Trồng.", field(waste): "55", word(waste): "Đã điều tra."}
    page = officer.send(url(ward), typed, button=CHECK, follow=True)
    assert page.url == url(ward) + "/gui"
    assert "01 báo cáo gửi được, 01 báo cáo còn thiếu" in page.text
    assert "Số liệu vượt 100% chỉ tiêu đăng ký (120 cây)." in page.text
    page = officer.send_form(page.form(), button="Gửi 01 báo cáo", follow=True)
    assert page.h1 == "Kết quả gửi báo cáo tháng 10/2024"
    assert "Đã gửi 01 báo cáo đến lãnh đạo 2. Phân loại rác" in page.text
    assert "Còn lại 01 báo cáo chưa gửi 1. Trồng cây" in page.text
    assert sent(ward) == 1
    page = officer.get(url(ward))
    assert "2. Phân loại rác Báo cáo đã gửi, chờ lãnh đạo duyệt." in page.text
    officer.send_form(page.form(), {field(trees, "affirmed"): "130"}, button=CHECK)
    officer.send(url(ward) + "/gui", button="Gửi 01 báo cáo")
    assert sent(ward) == 2


def test_what_nobody_has_written_yet_is_named_on_the_page_to_check(ward: Ward, sign_in: SignIn):
    trees, _waste = two(ward)
    page = sign_in("officer_kp1").send(url(ward), {field(trees): "30"}, button=CHECK, follow=True)
    assert "Chưa viết 01 báo cáo của kỳ này 2. Phân loại rác" in page.text


def test_three_presses_send_once(ward: Ward, sign_in: SignIn):
    trees, _waste = two(ward)
    officer = sign_in("officer_kp1")
    page = officer.send(url(ward), {field(trees): "30"}, button=CHECK, follow=True)
    assert len({officer.send_form(page.form()).location for _press in range(3)}) == 1
    assert sent(ward) == 1


def test_nothing_complete_sends_nothing(ward: Ward, sign_in: SignIn):
    trees, _waste = two(ward)
    officer = sign_in("officer_kp1")
    form = officer.send(url(ward), {field(trees): "30"}, button=CHECK, follow=True).form()
    officer.send(url(ward), {field(trees): "-3"}, button=KEEP)
    page = officer.send_form(form, status=200)
    assert page.errors == ["Chưa có báo cáo nào gửi được; đồng chí viết cho đủ rồi gửi."]
    assert sent(ward) == 0


def test_tasks_that_are_not_written_here_say_why(ward: Ward, sign_in: SignIn):
    trees, waste = two(ward)
    third = ward.task(title="Sang năm", start_on=ward.period("2024-12").start_on, indicators=TREES)
    ward.report(trees, "2024-10", [30])
    ward.report(waste, "2024-10", [55], status="submitted")
    page = sign_in("officer_kp1").get(url(ward))
    assert "1. Trồng cây Báo cáo đã được duyệt." in page.text
    assert "2. Phân loại rác Báo cáo đã gửi, chờ lãnh đạo duyệt." in page.text
    assert f"{third.number}. Sang năm Kỳ này không yêu cầu báo cáo." in page.text
    assert "Không còn báo cáo nào phải viết trong kỳ này" in page.text


def test_a_locked_period_says_who_may_help(ward: Ward, sign_in: SignIn):
    two(ward)
    ward.period("2024-09").locks_after = date(2024, 10, 5)
    ward.session.commit()
    page = sign_in("officer_kp1").get(url(ward, month="2024-09"))
    assert page.text.count("Kỳ tháng 9/2024 đã khóa sau ngày 5/10/2024") == 2
    assert page.all("textarea") == []


def test_a_returned_report_is_written_again_with_its_reason(ward: Ward, sign_in: SignIn):
    trees, _waste = two(ward)
    report = ward.report(trees, "2024-10", [30], status="submitted")
    reviews.send_back(ward.session, report, "Kèm danh sách.", by=ward.actor("leader"), at=ward.now)
    ward.session.commit()
    officer = sign_in("officer_kp1")
    page = officer.get(url(ward))
    assert "“Kèm danh sách.” Trần Quốc Hưng" in page.text
    assert page.form().fields[field(trees)] == ["30"]
    officer.send_form(page.form(), {field(trees): "29"}, button=CHECK)
    officer.send(url(ward) + "/gui")
    ward.settle()
    assert [one.number for one in ward.session.scalars(select(Report)).one().rounds] == [1, 2]


def test_the_clerk_enters_the_whole_paper_of_a_unit(ward: Ward, sign_in: SignIn):
    trees, waste = two(ward)
    clerk = sign_in("clerk")
    said = {field(trees): "30", field(waste): "55"}
    page = clerk.send(url(ward), said, button=CHECK, status=200)
    assert [error.split(":")[0] for error in page.errors] == [
        "Nhập người của đơn vị đã khai",
        "Nhập theo giấy tờ nào, ví dụ Phiếu đăng ký ngày 20/3/2024.",
    ]
    clerk.send(url(ward), said, button=KEEP)
    page = clerk.get(f"{url(ward)}/gui")
    assert "Đồng chí gửi thay Khu phố 1: ghi người của đơn vị đã khai" in page.text
    paper = {"on_behalf_of": "Phạm Văn Đức, Khu trưởng", "from_paper": "Phiếu báo cáo ngày 14/10/2024"}
    page = clerk.send(url(ward), paper, button=CHECK, follow=True)
    assert page.text.count("Nhập thay Phạm Văn Đức, Khu trưởng, theo Phiếu báo cáo ngày 14/10/2024.") == 2
    clerk.send_form(page.form())
    assert sent(ward) == 2


@pytest.mark.parametrize("day", [date(2024, 10, 26), date(2024, 10, 27)], ids=["open", "locked"])
def test_the_number_of_queries_does_not_grow_with_the_tasks(
    ward: Ward, sign_in: SignIn, count_queries: CountQueries, freeze: Callable[[date], None], day: date
):
    ward.report(two(ward)[0], "2024-10", [30], status="draft")
    ward.period("2024-10").locks_after = date(2024, 10, 26)
    ward.session.commit()
    freeze(day)
    officer = sign_in("officer_kp1")

    def asked() -> int:
        with count_queries() as count:
            officer.get(url(ward))
        return len(count)

    few = asked()
    for number in range(6):
        task = ward.task(title=f"Việc {number}", indicators=TREES)
        ward.report(task, "2024-10", [30], status="draft")
        ward.report(task, "2024-09", [30])
    assert asked() == few


def test_the_lists_lead_to_it(ward: Ward, sign_in: SignIn):
    two(ward)
    officer = sign_in("officer_kp1")
    assert officer.get("/bao-cao").link("Báo cáo cả đơn vị") == url(ward)
    assert url(ward) in {link.url for link in officer.get(f"/don-vi/{ward.unit('KP1').id}").links}

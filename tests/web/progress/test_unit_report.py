"""All reports of a unit for a period on one page: written, checked, sent; nothing typed is lost."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from pledges.progress.models import Report, ReportEvent
from pledges.reviews import operations as reviews
from pledges.tasks import operations as tasks
from pledges.tasks.models import Task
from pledges.tasks.operations import IndicatorEntry
from tests.support.critic import SignIn
from tests.support.files import png, upload
from tests.support.queries import CountQueries
from tests.support.ward import Ward
from tests.web.progress.sheets import CHECK, KEEP
from tests.web.progress.test_report_unsent import autosave

TREES = (IndicatorEntry("Cây xanh", Decimal(120), "cây"),)
LEVEL = (IndicatorEntry("Hộ phân loại rác", Decimal(80), "% hộ", accumulates=False),)


def url(ward: Ward, unit: str = "KP1", month: str = "2024-10") -> str:
    return f"/bao-cao/don-vi/{ward.unit(unit).id}/{ward.period(month).id}"


def two(ward: Ward) -> tuple[Task, Task]:
    return ward.task(title="Trồng cây", indicators=TREES), ward.task(title="Phân loại rác", indicators=LEVEL)


def field(task: Task, kind: str = "value") -> str:
    return f"task_{task.id}-{kind}_{task.indicators[0].id}"


def word(task: Task, name: str = "narrative") -> str:
    return f"task_{task.id}-{name}"


def drafts(ward: Ward) -> dict[str, tuple[str, list[str]]]:
    """What the newest round of each report says, by the task's title."""
    ward.settle()
    return {
        one.task.title: (
            one.last_round.narrative,  # type: ignore[union-attr]
            [str(figure.value) for figure in one.last_round.figures],  # type: ignore[union-attr]
        )
        for one in ward.session.scalars(select(Report))
    }


def versions(ward: Ward) -> dict[int, int]:
    ward.settle()
    return {one.id: one.version for one in ward.session.scalars(select(Report))}


def sent(ward: Ward) -> int:
    ward.settle()
    return ward.session.scalar(select(func.count(ReportEvent.id))) or 0


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


def test_what_a_colleague_changed_after_the_check_is_left(ward: Ward, sign_in: SignIn):
    trees, waste = two(ward)
    mine, mate = sign_in("officer_kp1"), sign_in("mate_kp1")
    page = mine.send(url(ward), {field(trees): "30", field(waste): "55"}, button=CHECK, follow=True)
    mate.send(url(ward), {field(trees): "31"}, button=KEEP)
    page = mine.send_form(page.form(), follow=True)
    assert "Nội dung vừa được đồng chí khác sửa" in page.text
    assert sent(ward) == 1


def test_wrong_input_stands_beside_its_field_with_everything_else(ward: Ward, sign_in: SignIn):
    trees, waste = two(ward)
    officer = sign_in("officer_kp1")
    typed = {field(trees): "ba mươi", field(waste): "55", word(waste): "Đã điều tra."}
    page = officer.send(url(ward), typed, button=KEEP, status=200)
    assert "Chỉ nhập số" in page.errors[0]
    assert {name: page.form().fields[name] for name in typed} == {
        name: [text] for name, text in typed.items()
    }
    assert drafts(ward) == {}
    again = sign_in("officer_kp1").get(url(ward))
    assert again.form().fields[field(trees)] == ["ba mươi"]


def test_both_peoples_changes_are_kept_where_they_differ(ward: Ward, sign_in: SignIn):
    trees, _waste = two(ward)
    mine, mate = sign_in("officer_kp1"), sign_in("mate_kp1")
    mine.send(url(ward), {field(trees): "30", word(trees): "Ban đầu."}, button=KEEP)
    form = mine.get(url(ward)).form()
    mate.send(url(ward), {word(trees): "Lời của Bình.", word(trees, "next_step"): "Mua giống."}, button=KEEP)
    page = mine.send_form(form, {field(trees): "32", word(trees): "Lời của Lan."}, button=KEEP, status=200)
    assert "Phần việc 1: đồng chí khác vừa sửa báo cáo này." in page.errors[0]
    assert "Đồng chí khác vừa ghi Đã làm được gì Lời của Bình." in page.text
    fields = page.form().fields
    assert (fields[word(trees)], fields[word(trees, "next_step")]) == (["Lời của Lan."], ["Mua giống."])
    mine.send_form(page.form(), button=KEEP)
    assert drafts(ward)["Trồng cây"] == ("Lời của Lan.", ["32"])
    one = ward.session.scalars(select(Report)).one().last_round
    assert one is not None
    assert one.next_step == "Mua giống."


def test_a_draft_that_a_colleague_began_meanwhile_is_not_overwritten(ward: Ward, sign_in: SignIn):
    trees, _waste = two(ward)
    mine, mate = sign_in("officer_kp1"), sign_in("mate_kp1")
    form = mine.get(url(ward)).form()
    mate.send(url(ward), {field(trees): "31"}, button=KEEP)
    page = mine.send_form(form, {field(trees): "30"}, button=KEEP, status=200)
    assert "Đồng chí khác vừa ghi Cây xanh: thêm trong tháng 10 31" in page.text
    mine.send_form(page.form(), button=KEEP)
    assert drafts(ward)["Trồng cây"] == ("", ["30"])


def test_what_was_typed_for_a_report_that_went_meanwhile_is_shown_to_be_copied(ward: Ward, sign_in: SignIn):
    trees, waste = two(ward)
    mine, mate = sign_in("officer_kp1"), sign_in("mate_kp1")
    form = mine.get(url(ward)).form()
    mate.send(url(ward), {field(trees): "31"}, button=KEEP)
    mate.send(url(ward) + "/gui")
    typed = {word(trees): "Lời của Lan.", field(waste): "55"}
    page = mine.send_form(form, typed, button=KEEP, status=200)
    assert "Phần việc 1: Báo cáo đã gửi, chờ lãnh đạo duyệt." in page.errors[0]
    assert "Đồng chí vừa nhập cho phần việc 1" in page.text
    assert "Lời của Lan." in page.text
    mine.send_form(page.form(), button=KEEP)
    assert drafts(ward)["Phân loại rác"] == ("", ["55"])


def test_a_task_that_was_cancelled_meanwhile_costs_no_word(ward: Ward, sign_in: SignIn):
    trees, _waste = two(ward)
    officer = sign_in("officer_kp1")
    form = officer.get(url(ward)).form()
    tasks.cancel(ward.session, trees, "Trùng.", by=ward.actor("leader"), at=ward.now)
    ward.session.commit()
    page = officer.send_form(form, {word(trees): "Lời của Lan."}, button=KEEP, status=200)
    assert "Lời của Lan." in page.text


def test_typing_is_kept_on_every_machine_ticks_included(ward: Ward, sign_in: SignIn):
    trees, waste = two(ward)
    first = sign_in("officer_kp1")
    typed = {
        field(trees): "130",
        field(trees, "affirmed"): "130",
        word(waste, "blanks_meant"): "y",
        word(waste, "obstacle"): "Thiếu thùng",
    }
    autosave(first, first.get(url(ward)).form(), **typed)
    fields = sign_in("officer_kp1").get(url(ward)).form().fields
    assert {name: fields.get(name) for name in typed} == {name: [text] for name, text in typed.items()}
    assert word(trees, "blanks_meant") not in fields


def test_files_come_with_any_button_whatever_else_is_wrong(ward: Ward, sign_in: SignIn):
    trees, _waste = two(ward)
    officer = sign_in("officer_kp1")
    typed = {field(trees): "x", word(trees, "evidence"): upload(png(), "ảnh.png")}
    page = officer.send(url(ward), typed, button=KEEP, status=200)
    assert "Chỉ nhập số" in page.errors[0]
    assert "ảnh.png" in page.text
    officer.send_form(page.form(), {field(trees): "30"}, button=KEEP)
    ward.settle()
    one = ward.session.scalars(select(Report)).one().last_round
    assert one is not None
    assert ([file.name for file in one.evidence], [str(figure.value) for figure in one.figures]) == (
        ["ảnh.png"],
        ["30"],
    )


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
    page = clerk.send(url(ward), {field(trees): "30", field(waste): "55"}, button=CHECK, follow=True)
    assert "Đồng chí gửi thay Khu phố 1: ghi người của đơn vị đã khai" in page.text
    paper = {"on_behalf_of": "Phạm Văn Đức, Khu trưởng", "from_paper": "Phiếu báo cáo ngày 14/10/2024"}
    page = clerk.send(url(ward), paper, button=CHECK, follow=True)
    assert page.text.count("Nhập thay Phạm Văn Đức, Khu trưởng, theo Phiếu báo cáo ngày 14/10/2024.") == 2
    clerk.send_form(page.form())
    assert sent(ward) == 2


def test_the_number_of_queries_does_not_grow_with_the_tasks(
    ward: Ward, sign_in: SignIn, count_queries: CountQueries
):
    ward.report(two(ward)[0], "2024-10", [30], status="draft")
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

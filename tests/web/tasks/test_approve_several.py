"""Approving several tasks at once, after a page to check."""

from datetime import date, timedelta

import pytest

from pledges.core import clock
from pledges.tasks import operations
from pledges.tasks.models import Task
from pledges.tasks.operations import TaskEntry
from tests.support.critic import SignIn
from tests.support.page import Page, words
from tests.support.queries import CountQueries
from tests.support.ward import INDICATORS, Ward
from tests.support.world import PASSWORD

URL = "/phan-viec/duyet-nhieu"


def sent(ward: Ward, *titles: str) -> list[Task]:
    """Tasks that were sent one day after the other."""
    return [
        ward.task("KP2", "submitted", title=title, at=clock.at(date(2024, 4, 5 + day), 9))
        for day, title in enumerate(titles)
    ]


@pytest.fixture
def three(ward: Ward) -> list[Task]:
    return sent(ward, "Trồng cây ngõ 1", "Lắp đèn đường", "Dọn kênh mương")


def marked(*tasks: Task) -> str:
    return URL + "?" + "&".join(f"muc={task.id}" for task in tasks)


def numbers(ward: Ward, *tasks: Task) -> list[int | None]:
    ward.settle()
    return [task.number for task in tasks]


def items(page: Page) -> list[str]:
    """What each item says, without its box and its button."""
    found = [one for one in page.all("li") if one.get("data-queue-item") is not None]
    return [words(page.all("div", within=one)[0]) for one in found]


def left(page: Page) -> str:
    return page.text.partition("Để lại")[2]


def test_each_is_shown_with_its_essentials(ward: Ward, sign_in: SignIn, three: list[Task]):
    page = sign_in("leader").get(marked(three[2], three[0]))
    assert "Xem lại 02 phần việc trước khi duyệt" in page.text
    first, second = items(page)
    assert first.startswith("Trồng cây ngõ 1 Khu phố 2"), "the first sent is the first"
    assert "15/4/2024 đến 31/12/2024" in first
    assert "Sản phẩm: Đường ngõ sạch, có biển tên" in first
    assert "Đường ngõ được bê tông hóa: 450 m" in first
    assert second.startswith("Dọn kênh mương")


def test_numbers_follow_the_order_shown(ward: Ward, sign_in: SignIn, three: list[Task]):
    ward.task()
    page = sign_in("leader").send(marked(three[2], three[0], three[1]), follow=True)
    assert "Đã duyệt 03 phần việc vào danh mục" in page.text
    assert page.text.index("Số 2 Trồng cây ngõ 1") < page.text.index("Số 4 Dọn kênh mương")
    assert numbers(ward, *three) == [2, 3, 4]
    assert {task.events[-1].by_name for task in three} == {"Trần Quốc Hưng"}


def test_only_what_is_ticked_is_approved(ward: Ward, sign_in: SignIn, three: list[Task]):
    leader = sign_in("leader")
    page = leader.send(marked(*three), {"chosen": [three[1].id]}, follow=True)
    assert "Đã duyệt 01 phần việc" in page.text
    assert "còn 2 phần việc" in page.text
    assert numbers(ward, *three) == [None, 1, None]


def test_without_marks_all_that_wait_are_shown_and_none_is_ticked(sign_in: SignIn, three: list[Task]):
    leader = sign_in("leader")
    page = leader.get(URL)
    assert len(items(page)) == 3
    assert page.form().fields.get("chosen") is None
    page = leader.get(page.link("Đánh dấu tất cả"))
    assert page.form().fields["chosen"] == [str(task.id) for task in three]
    page = leader.get(page.link("Bỏ đánh dấu"))
    assert page.form().fields.get("chosen") is None


def test_nothing_ticked_is_said(ward: Ward, sign_in: SignIn, three: list[Task]):
    page = sign_in("leader").send(URL, status=200)
    assert page.errors == ["Chưa đánh dấu mục nào."]
    assert numbers(ward, *three) == [None, None, None]


def test_what_changed_meanwhile_is_named_and_left(ward: Ward, sign_in: SignIn, three: list[Task]):
    leader = sign_in("leader")
    opened = leader.get(marked(*three)).form()
    first, second, third = three
    operations.send_back(ward.session, first, "Thiếu mốc.", by=ward.actor("leader2"), at=ward.now)
    operations.approve(ward.session, third, by=ward.actor("leader2"), at=ward.now)
    ward.session.commit()
    page = leader.follow(leader.send_form(opened))
    assert "Đã duyệt 01 phần việc" in page.text
    assert "Để lại 02 phần việc, chưa duyệt" in page.text
    assert "Phần việc đang ở bước “bị trả lại”." in left(page)
    assert numbers(ward, first, second, third) == [None, 2, 1]


def test_what_came_back_with_other_words_is_read_first(ward: Ward, sign_in: SignIn, three: list[Task]):
    """Returned, edited and sent again while the page stood open: it waits, but says something else."""
    leader, first = sign_in("leader"), three[0]
    opened = leader.get(marked(*three)).form()
    officer = ward.actor("officer_kp2")
    operations.send_back(ward.session, first, "Thiếu mốc.", by=ward.actor("leader2"), at=ward.now)
    entry = TaskEntry(
        title="Trồng cây ngõ 3", product="Ngõ có cây", lead_unit=first.lead_unit, start_on=first.start_on,
        due_on=first.due_on, indicators=INDICATORS,
    )  # fmt: skip
    operations.edit(ward.session, first, entry, by=officer, at=ward.now)
    operations.submit(ward.session, first, by=officer, at=ward.now)
    ward.session.commit()
    page = leader.follow(leader.send_form(opened))
    assert "Trồng cây ngõ 3" in left(page)
    assert "Nội dung vừa được sửa sau khi đồng chí mở trang." in left(page)
    assert page.link("Xem, duyệt") == f"/phan-viec/{first.id}/duyet"
    assert numbers(ward, *three) == [None, 1, 2]


def test_what_lacks_something_can_not_be_ticked(ward: Ward, sign_in: SignIn, three: list[Task]):
    three[0].due_on = ward.campaign.ends_on + timedelta(days=1)
    ward.session.commit()
    leader = sign_in("leader")
    page = leader.get(marked(*three))
    assert "Xem lại 03 phần việc trước khi duyệt, 02 phần việc duyệt được" in page.text
    assert "Ngày hoàn thành: Sau ngày kết thúc phong trào" in items(page)[0]
    assert page.form().offered["chosen"] == {str(three[1].id), str(three[2].id)}
    forged = {"chosen": [str(task.id) for task in three]}
    page = leader.follow(leader.send_form(page.form(), forged, forge=True))
    assert "Trồng cây ngõ 1" in left(page)
    assert numbers(ward, *three) == [None, 1, 2]


def test_close_titles_are_pointed_out(ward: Ward, sign_in: SignIn, three: list[Task]):
    ward.task("KP3", "submitted", title="Trồng cây ngõ 2")
    page = sign_in("leader").get(marked(three[0], three[1]))
    assert "Tên gần giống: Trồng cây ngõ 2 (Khu 3)" in items(page)[0]
    assert "Tên gần giống" not in items(page)[1]


def test_two_clicks_give_each_one_number(ward: Ward, sign_in: SignIn, three: list[Task]):
    leader = sign_in("leader")
    form = leader.get(marked(*three)).form()
    answers = [leader.send_form(form) for _click in range(2)]
    assert answers[0].location == answers[1].location
    assert "Đã duyệt 03 phần việc" in leader.follow(answers[1]).text
    assert numbers(ward, *three) == [1, 2, 3]
    ward.settle()
    assert ward.campaign.last_task_number == 3


def test_two_leaders_at_once_decide_each_once(ward: Ward, sign_in: SignIn, three: list[Task]):
    first, second = sign_in("leader"), sign_in("leader2")
    late = second.get(marked(*three)).form()
    first.send(marked(three[0], three[2]))
    page = second.follow(second.send_form(late))
    assert "Đã duyệt 01 phần việc" in page.text
    assert left(page).count("Phần việc đang ở bước “đã duyệt”.") == 2
    assert numbers(ward, *three) == [1, 3, 2]


def test_an_own_entry_is_left_to_others(ward: Ward, sign_in: SignIn, three: list[Task]):
    three[0].entered_by_id = ward.account("leader").id
    ward.session.commit()
    leader = sign_in("leader")
    page = leader.get(marked(*three))
    assert "chính đồng chí đã lập" in items(page)[2], "named, after those that wait"
    page = leader.follow(leader.send_form(page.form(), {"chosen": [three[0].id, three[1].id]}, forge=True))
    assert "chính đồng chí đã lập" in left(page)
    assert numbers(ward, *three) == [None, 1, None]


@pytest.mark.parametrize(
    "name", ["officer_kp1", "mate_kp1", "clerk", "officer_kp2", "outsider", "ended", "admin"]
)
def test_others_may_not(sign_in: SignIn, three: list[Task], name: str):
    sign_in(name).get(URL, status=403)
    sign_in(name).get(f"{URL}/ket-qua", status=403)


def test_a_leader_elsewhere_sees_nothing_of_them(ward: Ward, sign_in: SignIn, three: list[Task]):
    head = sign_in("head_kp1")
    for page in (marked(*three), f"{URL}/ket-qua?xong={three[0].id}&de-lai={three[1].id}"):
        assert "Trồng cây" not in head.get(page).text
    opened = sign_in("leader").get(marked(*three)).form()
    fields = {"seen": opened.fields["seen"], "chosen": [str(three[0].id)]}
    assert sign_in("head_kp1").post(URL, fields, status=200).errors, (
        "a page that was not rendered for this person"
    )
    assert numbers(ward, *three) == [None, None, None]


def test_nobody_is_led_to_the_sign_in(sign_in: SignIn):
    assert sign_in("nobody").get(URL, status=302).location.startswith("/dang-nhap")


def test_an_ended_session_leads_back(ward: Ward, sign_in: SignIn, three: list[Task]):
    leader = sign_in("leader")
    form = leader.get(marked(*three)).form()
    with leader.client.session_transaction() as cookie:
        cookie["seen"] = 0
    asked = leader.send_form(form, {"chosen": [three[0].id, three[2].id]}, status=401)
    who = {"username": "leader", "password": PASSWORD}
    page = leader.send_form(asked.form("/dang-nhap"), who, follow=True)
    assert page.form().fields["chosen"] == [str(three[0].id), str(three[2].id)]
    leader.send_form(page.form())
    assert numbers(ward, *three) == [1, None, 2]


@pytest.mark.parametrize("asked", ["muc=x&muc=-1&muc=99999999999", "muc=999999", "xong=abc"])
def test_a_strange_address_harms_nothing(sign_in: SignIn, asked: str):
    assert "phần việc" in sign_in("leader").get(f"{URL}?{asked}").text
    assert "Chưa có kết quả nào" in sign_in("leader").get(f"{URL}/ket-qua?{asked}").text


def test_nothing_left_is_said_kindly(sign_in: SignIn):
    assert "Không còn phần việc nào chờ đồng chí duyệt" in sign_in("leader").get(URL).text


def test_its_queries_do_not_grow(ward: Ward, sign_in: SignIn, count_queries: CountQueries):
    leader = sign_in("leader")
    sent(ward, "Một", "Hai")
    leader.get(URL)
    with count_queries() as few:
        leader.get(URL)
    sent(ward, "Ba", "Bốn", "Năm", "Sáu")
    with count_queries() as many:
        page = leader.get(URL)
    assert len(items(page)) == 6
    assert len(many) == len(few)

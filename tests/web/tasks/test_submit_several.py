"""Sending several drafts at once, after a page to check."""

import pytest

from pledges.tasks.models import Task
from pledges.tasks.rules import TaskStatus
from tests.support.critic import SignIn
from tests.support.page import Page, words
from tests.support.queries import CountQueries
from tests.support.ward import Ward

URL = "/phan-viec/gui-duyet-nhieu"


@pytest.fixture
def drafts(ward: Ward) -> list[Task]:
    """Two whole ones and one that lacks its product, of KP1; one of KP2."""
    return [
        ward.task(status="draft", title="Trồng cây ngõ 1"),
        ward.task(status="draft", title="Lắp đèn đường"),
        ward.task(status="draft", title="Dọn kênh mương", product=""),
        ward.task("KP2", "draft", title="Sân chơi"),
    ]


def items(page: Page) -> list[str]:
    """What each item says, without its box and its button."""
    found = [one for one in page.all("li") if one.get("data-queue-item") is not None]
    return [words(page.all("div", within=one)[0]) for one in found]


def statuses(ward: Ward, tasks: list[Task]) -> list[TaskStatus]:
    ward.settle()
    return [task.status for task in tasks]


SENT, DRAFT = TaskStatus.SUBMITTED, TaskStatus.DRAFT


@pytest.mark.parametrize("name", ["officer_kp1", "mate_kp1"])
def test_an_officer_sends_what_is_whole(ward: Ward, sign_in: SignIn, drafts: list[Task], name: str):
    officer = sign_in(name)
    page = officer.get(URL)
    assert "03 bản nháp, 02 bản đã đủ nội dung" in page.text
    assert [one.split(" Khu")[0] for one in items(page)] == [
        "Trồng cây ngõ 1",
        "Lắp đèn đường",
        "Dọn kênh mương",
    ]
    assert "Chưa có sản phẩm" in items(page)[2]
    assert f"/phan-viec/{drafts[2].id}/sua" in [link.url for link in page.links], "where it is mended"
    assert page.form().fields["chosen"] == [str(drafts[0].id), str(drafts[1].id)]
    page = officer.follow(officer.send_form(page.form()))
    assert "Đã gửi duyệt 02 phần việc" in page.text
    assert "Số đăng ký 1 Trồng cây ngõ 1" in page.text
    assert "Số đăng ký 2 Lắp đèn đường" in page.text
    assert statuses(ward, drafts) == [SENT, SENT, DRAFT, DRAFT]
    assert drafts[0].events[-1].by_name == ward.account(name).name


def test_the_clerk_sends_for_every_unit_what_was_entered_from_a_paper(
    ward: Ward, sign_in: SignIn, drafts: list[Task]
):
    from_paper = ward.task("KP3", "draft", title="Nhà văn hóa")
    clerk = sign_in("clerk")
    listed = items(clerk.get(URL))
    assert len(listed) == 5
    assert ["Đồng chí gửi thay" in one for one in listed] == [True, True, True, True, False]
    clerk.send(URL)
    assert statuses(ward, [*drafts, from_paper]) == [DRAFT, DRAFT, DRAFT, DRAFT, SENT]


def test_marks_without_scripts(ward: Ward, sign_in: SignIn, drafts: list[Task]):
    officer = sign_in("officer_kp1")
    page = officer.get(officer.get(URL).link("Bỏ đánh dấu"))
    assert page.form().fields.get("chosen") is None
    assert officer.send_form(page.form(), status=200).errors == ["Chưa đánh dấu mục nào."]
    page = officer.get(page.link("Đánh dấu tất cả"))
    assert page.form().fields["chosen"] == [str(drafts[0].id), str(drafts[1].id)]


def test_two_clicks_send_once(ward: Ward, sign_in: SignIn, drafts: list[Task]):
    officer = sign_in("officer_kp1")
    form = officer.get(URL).form()
    assert len({officer.send_form(form).location for _click in range(2)}) == 1
    ward.settle()
    assert [event.kind.value for event in drafts[0].events] == ["drafted", "submitted"]
    assert ward.campaign.last_registration_number == 2


def test_what_a_mate_edited_meanwhile_is_left(ward: Ward, sign_in: SignIn, drafts: list[Task]):
    officer, mate = sign_in("officer_kp1"), sign_in("mate_kp1")
    opened = officer.get(URL).form()
    mate.send(f"/phan-viec/{drafts[0].id}/sua", {"title": "Trồng hoa ngõ 1"}, button="Lưu nháp")
    page = officer.follow(officer.send_form(opened))
    assert "Để lại 01 phần việc, chưa gửi" in page.text
    assert "Trồng hoa ngõ 1" in page.text
    assert "Nội dung vừa được sửa sau khi đồng chí mở trang." in page.text
    assert statuses(ward, drafts) == [DRAFT, SENT, DRAFT, DRAFT]


def test_what_a_mate_sent_meanwhile_is_named(ward: Ward, sign_in: SignIn, drafts: list[Task]):
    officer, mate = sign_in("officer_kp1"), sign_in("mate_kp1")
    opened = officer.get(URL).form()
    mate.send(f"/phan-viec/{drafts[0].id}/gui-duyet")
    page = officer.follow(officer.send_form(opened))
    assert "Phần việc đang ở bước “chờ duyệt”." in page.text
    ward.settle()
    assert (drafts[0].registration_number, drafts[1].registration_number) == (1, 2)


@pytest.mark.parametrize(
    ("name", "status"),
    [("leader", 403), ("head_kp1", 403), ("admin", 403), ("ended", 403), ("officer_kp2", 200)],
)
def test_others_do_not_send_them(sign_in: SignIn, drafts: list[Task], name: str, status: int):
    for page in (URL, f"{URL}/ket-qua?xong={drafts[0].id}"):
        assert "Trồng cây" not in sign_in(name).get(page, status=status).text


def test_a_stranger_can_not_send_by_a_forged_form(ward: Ward, sign_in: SignIn, drafts: list[Task]):
    opened = sign_in("officer_kp1").get(URL).form()
    other = sign_in("officer_kp2")
    forged = {"seen": opened.fields["seen"][0], "chosen": [drafts[0].id]}
    other.send_form(other.get(URL).form(), forged, status=200, forge=True)
    assert statuses(ward, drafts) == [DRAFT, DRAFT, DRAFT, DRAFT]


def test_nobody_is_led_to_the_sign_in(sign_in: SignIn):
    assert sign_in("nobody").get(URL, status=302).location.startswith("/dang-nhap")


def test_nothing_to_send_is_said(sign_in: SignIn):
    page = sign_in("officer_kp1").get(URL)
    assert "Không có bản nháp nào chưa gửi" in page.text
    assert page.forms == []


def test_a_campaign_that_is_not_there_is_not_found(sign_in: SignIn):
    sign_in("officer_kp1").get(f"{URL}?phong-trao=999", status=404)


def test_its_queries_do_not_grow(
    ward: Ward, sign_in: SignIn, drafts: list[Task], count_queries: CountQueries
):
    officer = sign_in("officer_kp1")
    officer.get(URL)
    with count_queries() as few:
        officer.get(URL)
    for number in range(4):
        ward.task(status="draft", title=f"Việc {number}", cooperating=["MTTQ"])
    with count_queries() as many:
        assert len(items(officer.get(URL))) == 7
    assert len(many) == len(few)

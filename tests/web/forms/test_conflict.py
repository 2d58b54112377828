"""Two people edit the same record: the second sees the other's change beside the own one and chooses by field."""

from collections.abc import Callable

import pytest

from pledges.tasks.models import Task
from tests.support.critic import Critic
from tests.support.page import Page, words
from tests.support.ward import Ward

KEEP_DRAFT = "Lưu nháp"
SEND = "Dùng lựa chọn này"


@pytest.fixture
def task(ward: Ward) -> Task:
    return ward.task(status="draft", title="Tên đầu", product="Sản phẩm đầu")


@pytest.fixture
def lan(sign_in: Callable[[str], Critic]) -> Critic:
    return sign_in("officer_kp1")


@pytest.fixture
def binh(sign_in: Callable[[str], Critic]) -> Critic:
    return sign_in("mate_kp1")


def path(task: Task) -> str:
    return f"/phan-viec/{task.id}/sua"


def clash(task: Task, lan: Critic, binh: Critic, theirs: dict[str, str], mine: dict[str, str]) -> Page:
    """Lan opens, Bình opens and saves, Lan sends."""
    opened = lan.get(path(task)).form()
    binh.send(path(task), theirs, button=KEEP_DRAFT)
    return lan.send_form(opened, mine, button=KEEP_DRAFT, status=409)


def choices(page: Page) -> dict[str, tuple[str, str, str]]:
    """Field → the other's words, mine, and the side that is proposed."""
    found = {}
    for group in page.all("fieldset"):
        theirs, mine = [words(label) for label in page.all("label", within=group)]
        radios = page.all("input", within=group)
        proposed = next(radio.get("value") or "" for radio in radios if radio.get("checked") is not None)
        name = words(page.all("legend", within=group)[0])
        found[name] = (
            theirs.removeprefix("Lấy của người kia: "),
            mine.removeprefix("Giữ của tôi: "),
            proposed,
        )
    return found


def test_the_page_says_who_changed_what_and_when(ward: Ward, task: Task, lan: Critic, binh: Critic):
    page = clash(task, lan, binh, {"title": "Tên của Bình"}, {"title": "Tên của Lan"})
    assert page.h1 == "Nội dung vừa được người khác sửa"
    assert "Lê Văn Bình đã sửa phần việc lúc" in page.text
    assert "9:30 ngày 15/10/2024" in page.text
    assert "Lúc đồng chí mở: Tên đầu" in page.text
    assert choices(page) == {"Tên phần việc": ("Tên của Bình", "Tên của Lan", "mine")}
    assert task.title == "Tên của Bình"


def test_only_what_the_other_changed_is_asked(task: Task, lan: Critic, binh: Critic):
    page = clash(
        task,
        lan,
        binh,
        {"title": "Tên của Bình", "product": "Sản phẩm của Bình"},
        {"product": "Sản phẩm của Lan", "due_on": "30/11/2024"},
    )
    assert choices(page) == {
        "Tên phần việc": ("Tên của Bình", "Tên đầu", "theirs"),
        "Sản phẩm": ("Sản phẩm của Bình", "Sản phẩm của Lan", "mine"),
    }


def test_what_is_proposed_keeps_both_changes(ward: Ward, task: Task, lan: Critic, binh: Critic):
    page = clash(task, lan, binh, {"title": "Tên của Bình"}, {"product": "Sản phẩm của Lan"})
    lan.send_form(page.form(), button=SEND)
    assert (task.title, task.product) == ("Tên của Bình", "Sản phẩm của Lan")


@pytest.mark.parametrize(("side", "title"), [("theirs", "Tên của Bình"), ("mine", "Tên của Lan")])
def test_either_side_can_be_chosen(ward: Ward, task: Task, lan: Critic, binh: Critic, side: str, title: str):
    mine = {"title": "Tên của Lan", "product": "Sản phẩm của Lan"}
    page = clash(task, lan, binh, {"title": "Tên của Bình"}, mine)
    lan.send_form(page.form(), {"choose-title": side}, button=SEND)
    assert (task.title, task.product) == (title, "Sản phẩm của Lan")


@pytest.mark.parametrize(("side", "targets"), [("theirs", [500]), ("mine", [700, 90])])
def test_rows_are_chosen_whole(
    ward: Ward, task: Task, lan: Critic, binh: Critic, side: str, targets: list[int]
):
    opened = lan.get(path(task)).form()
    fewer = binh.send(path(task), {"rows": "indicators-drop-1"}, status=200)
    binh.send_form(fewer.form(), {"indicators-0-target": "500"}, button=KEEP_DRAFT)
    mine = {"indicators-0-target": "700", "indicators-1-target": "90"}
    page = lan.send_form(opened, mine, button=KEEP_DRAFT, status=409)
    assert list(choices(page)) == ["Chỉ tiêu"]
    lan.send_form(page.form(), {"choose-indicators": side}, button=SEND)
    assert [indicator.target for indicator in task.indicators] == targets


def test_a_third_change_in_between_is_a_conflict_again(ward: Ward, task: Task, lan: Critic, binh: Critic):
    mine = {"title": "Tên của Lan", "product": "Sản phẩm của Lan"}
    page = clash(task, lan, binh, {"title": "Tên của Bình"}, mine)
    binh.send(path(task), {"title": "Tên thứ ba"}, button=KEEP_DRAFT)
    again = lan.send_form(page.form(), {"choose-title": "theirs"}, button=SEND, status=409)
    assert choices(again) == {"Tên phần việc": ("Tên thứ ba", "Tên của Lan", "mine")}
    assert "Lúc đồng chí mở: Tên của Bình" in again.text
    assert task.title == "Tên thứ ba"
    lan.send_form(again.form(), {"choose-title": "theirs"}, button=SEND)
    assert (task.title, task.product) == ("Tên thứ ba", "Sản phẩm của Lan")


@pytest.mark.parametrize(("side", "title"), [("theirs", "Tên của Bình"), ("mine", "Tên của Lan")])
def test_a_choice_is_remembered_when_the_third_change_is_elsewhere(
    ward: Ward, task: Task, lan: Critic, binh: Critic, side: str, title: str
):
    page = clash(task, lan, binh, {"title": "Tên của Bình"}, {"title": "Tên của Lan"})
    binh.send(path(task), {"product": "Sản phẩm thứ ba"}, button=KEEP_DRAFT)
    again = lan.send_form(page.form(), {"choose-title": side}, button=SEND, status=409)
    assert choices(again) == {
        "Tên phần việc": ("Tên của Bình", "Tên của Lan", side),
        "Sản phẩm": ("Sản phẩm thứ ba", "Sản phẩm đầu", "theirs"),
    }
    lan.send_form(again.form(), button=SEND)
    assert (task.title, task.product) == (title, "Sản phẩm thứ ba")


def test_the_same_change_on_both_sides_leaves_nothing_to_choose(
    ward: Ward, task: Task, lan: Critic, binh: Critic
):
    page = clash(task, lan, binh, {"title": "Tên chung"}, {"title": "Tên chung"})
    assert choices(page) == {}
    assert "không sửa ô nào của biểu mẫu này khác với đồng chí" in page.text
    lan.send_form(page.form(), button=SEND)
    assert task.title == "Tên chung"


def test_mine_can_be_given_up(task: Task, lan: Critic, binh: Critic):
    page = clash(task, lan, binh, {"title": "Tên của Bình"}, {"title": "Tên của Lan"})
    asked = lan.get(page.link("Bỏ nội dung của tôi"))
    assert "Bỏ rồi thì không lấy lại được" in asked.text
    shown = lan.send_form(asked.form(), follow=True)
    assert shown.form().fields["title"] == ["Tên của Bình"]


def test_who_leaves_at_the_choice_finds_the_own_text_and_the_choice_again(
    ward: Ward, task: Task, lan: Critic, binh: Critic
):
    clash(task, lan, binh, {"title": "Tên của Bình"}, {"title": "Tên của Lan"})
    page = lan.get(path(task))
    assert page.form().fields["title"] == ["Tên của Lan"]
    assert "Sau đó phần việc đã thay đổi" in page.text
    again = lan.send_form(page.form(), button=KEEP_DRAFT, status=409)
    assert choices(again) == {"Tên phần việc": ("Tên của Bình", "Tên của Lan", "mine")}
    lan.send_form(again.form(), {"choose-title": "mine"}, button=SEND)
    assert task.title == "Tên của Lan"
    assert lan.get(path(task)).form().fields["title"] == ["Tên của Lan"]
    assert "chưa lưu vào" not in lan.get(path(task)).text


def test_a_dead_token_on_the_conflict_page_loses_no_choice(ward: Ward, task: Task, lan: Critic, binh: Critic):
    page = clash(task, lan, binh, {"title": "Tên của Bình"}, {"product": "Sản phẩm của Lan"})
    again = lan.send_form(page.form(), {"csrf_token": ""}, button=SEND, status=200)
    assert again.form().fields["title"] == ["Tên của Bình"]
    assert again.form().fields["product"] == ["Sản phẩm của Lan"]
    lan.send_form(again.form(), button=KEEP_DRAFT)
    assert (task.title, task.product) == ("Tên của Bình", "Sản phẩm của Lan")


@pytest.mark.parametrize("version", ["", "0", "999", "x"])
def test_a_version_that_never_was_is_a_conflict(ward: Ward, task: Task, lan: Critic, version: str):
    lan.send(path(task), {"version": version, "title": "Tên khác"}, button=KEEP_DRAFT, status=409)
    assert task.title == "Tên đầu"


@pytest.mark.parametrize("was", ["", "{", "[]", "null", '{"title": 3}'])
def test_what_the_fields_said_may_be_lost_on_the_way(task: Task, lan: Critic, binh: Critic, was: str):
    opened = lan.get(path(task)).form()
    binh.send(path(task), {"title": "Tên của Bình"}, button=KEEP_DRAFT)
    page = lan.send_form(opened, {"title": "Tên của Lan", "was": was}, button=KEEP_DRAFT, status=409)
    assert choices(page)["Tên phần việc"] == ("Tên của Bình", "Tên của Lan", "mine")


def test_a_step_shows_the_new_content_before_it_is_taken(ward: Ward, sign_in: Callable[[str], Critic]):
    """Nothing is approved that was changed after it was read."""
    task = ward.task(status="submitted")
    leader, other = sign_in("leader"), sign_in("leader2")
    opened = leader.get(f"/phan-viec/{task.id}/duyet").form()
    other.send(f"/phan-viec/{task.id}/tra-lai", {"reason": "Thiếu sản phẩm."})
    page = leader.send_form(opened, status=200)
    assert any("vừa được người khác sửa" in line for line in page.errors) or "trả lại" in page.text
    assert task.status == "returned"

"""What is typed and not sent: saved, shown again anywhere, given up, and nobody else's business."""

import json
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from werkzeug.datastructures import MultiDict

from pledges.audit.models import LogEntry
from pledges.core.forms import unsent
from pledges.core.forms.receipts import new_key
from pledges.core.forms.unsent import MOST, Page, Typing, UnsentForm
from pledges.tasks.models import Task
from tests.support.critic import Critic, SignIn
from tests.support.page import Page as Shown
from tests.support.page import PageForm
from tests.support.queries import CountQueries
from tests.support.ward import Ward

REGISTER, KEEP = "/phan-viec/dang-ky", "/luu-tam"
DRAFT = "Lưu nháp"


@pytest.fixture
def lan(sign_in: SignIn) -> Critic:
    return sign_in("officer_kp1")


def autosave(
    who: Critic, form: PageForm, status: int = 200, window: str = "", **typed: Any
) -> dict[str, Any]:
    """What static/js/autosave.js does: the form as it stands, and the answer written back into it."""
    for name, value in typed.items():
        form.fields[name] = [value]
    form.fields["unsent_seen"] = [f"{form.fields['unsent_seen'][0].split()[0]} {window}".strip()]
    sent = MultiDict([(name, value) for name, values in form.fields.items() for value in values])
    who.ward.settle()
    answer = who.client.post(KEEP, data=sent)
    assert answer.status_code == status
    told: dict[str, Any] = answer.get_json() or {}
    if status == 200:
        form.fields["form_key"], form.fields["unsent_seen"] = [told["key"]], [str(told["seen"])]
    return told


def kept(ward: Ward) -> list[UnsentForm]:
    ward.settle()
    return list(ward.session.scalars(select(UnsentForm).order_by(UnsentForm.id)))


def titles(ward: Ward) -> list[str]:
    return [row.title for row in kept(ward)]


def begun(page: Shown) -> list[str]:
    return [link.url for link in page.links if link.text.startswith("Điền tiếp")]


def test_what_is_typed_is_saved_and_the_line_says_when(ward: Ward, lan: Critic):
    told = autosave(lan, lan.get(REGISTER).form(), title="Trồng cây", due_on="cuối năm")
    assert told["words"] == "Đã tự lưu lúc 09:30"
    (row,) = kept(ward)
    assert (row.title, row.page) == ("Trồng cây", "Đăng ký phần việc")
    assert row.path == f"{REGISTER}?phong-trao={ward.campaign.id}"
    assert ["due_on", "cuối năm"] in json.loads(row.fields)


def test_neither_the_log_nor_a_record_knows_of_it(ward: Ward, lan: Critic):
    task = ward.task(status="draft")
    before = ward.session.scalar(select(func.max(LogEntry.number))), task.version
    autosave(lan, lan.get(f"/phan-viec/{task.id}/sua").form(), title="Trồng cây")
    assert (ward.session.scalar(select(func.max(LogEntry.number))), task.version) == before


def test_no_token_and_no_password_is_kept(ward: Ward, lan: Critic):
    form = lan.get(REGISTER).form()
    autosave(lan, form, title="Trồng cây", password="một câu bí mật", act="draft")
    names = {name for name, _ in json.loads(kept(ward)[0].fields)}
    assert names.isdisjoint({"csrf_token", "form_key", "unsent_page", "unsent_seen", "password", "act"})
    assert "title" in names


def test_a_new_task_is_offered_where_it_was_begun_on_any_machine(ward: Ward, lan: Critic, sign_in: SignIn):
    autosave(lan, lan.get(REGISTER).form(), title="Trồng cây", product="Hàng cây")
    elsewhere = sign_in("officer_kp1")
    page = elsewhere.get(REGISTER)
    assert "Đang điền dở “Trồng cây”, lưu lúc 09:30" in page.text
    assert page.form().fields["title"] == [""], "above a fresh form"
    page = elsewhere.get(page.link("Điền tiếp"))
    assert page.form().fields["product"] == ["Hàng cây"]
    assert "Nội dung đồng chí nhập lúc 09:30, chưa gửi" in page.text
    elsewhere.send_form(page.form(), {"due_on": "30/11/2024"}, button=DRAFT)
    assert [task.title for task in ward.session.scalars(select(Task))] == ["Trồng cây"]
    assert kept(ward) == []


def test_several_may_be_begun_at_once(ward: Ward, lan: Critic):
    first, second = lan.get(REGISTER).form(), lan.get(REGISTER).form()
    autosave(lan, first, title="Việc một")
    autosave(lan, second, title="Việc hai")
    page = lan.get(REGISTER)
    assert len(begun(page)) == 2
    assert [lan.get(url).form().fields["title"] for url in begun(page)] == [["Việc hai"], ["Việc một"]]


def test_a_task_is_shown_with_what_is_not_saved_into_it_yet(ward: Ward, lan: Critic, sign_in: SignIn):
    task = ward.task(status="draft", title="Tên đầu")
    path = f"/phan-viec/{task.id}/sua"
    autosave(lan, lan.get(path).form(), title="Tên đang sửa")
    elsewhere = sign_in("officer_kp1")
    page = elsewhere.get(path)
    assert page.form().fields["title"] == ["Tên đang sửa"]
    assert "Nội dung đồng chí nhập lúc 09:30, chưa lưu vào phần việc" in page.text
    assert "Đã tự lưu lúc 09:30" in page.text
    assert sign_in("mate_kp1").get(path).form().fields["title"] == ["Tên đầu"]
    elsewhere.send_form(page.form(), button=DRAFT)
    assert (task.title, kept(ward)) == ("Tên đang sửa", [])


def test_a_day_later_the_day_is_told(ward: Ward, lan: Critic, freeze):
    autosave(lan, lan.get(REGISTER).form(), title="Trồng cây")
    freeze(ward.day + timedelta(days=1))
    assert "lưu lúc 09:30 ngày 15/10/2024" in lan.get(REGISTER).text


def test_the_version_travels_along(ward: Ward, lan: Critic, sign_in: SignIn):
    task = ward.task(status="draft", title="Tên đầu")
    path = f"/phan-viec/{task.id}/sua"
    autosave(lan, lan.get(path).form(), title="Tên của Lan")
    sign_in("mate_kp1").send(path, {"title": "Tên của Bình"}, button=DRAFT)
    page = lan.get(path)
    assert "Sau đó phần việc đã thay đổi" in page.text
    both = lan.send_form(page.form(), button=DRAFT, status=409)
    assert "Tên của Bình" in both.text
    assert task.title == "Tên của Bình"


REFUSED = [
    ({"due_on": "cuối năm"}, "wrong"),
    ({"csrf_token": "cũ"}, "a dead token"),
    ({"rows": "indicators-add"}, "one more row"),
]


@pytest.mark.parametrize("changes", [changes for changes, _ in REFUSED], ids=[name for _, name in REFUSED])
def test_what_is_sent_and_not_accepted_is_kept_without_scripts(
    ward: Ward, lan: Critic, changes: dict[str, str]
):
    page = lan.send(REGISTER, {"title": "Trồng cây", **changes}, status=200, forge=True)
    assert titles(ward) == ["Trồng cây"]
    assert "Đã tự lưu lúc 09:30" in page.text
    form = page.form()
    lan.send_form(form, {"title": "Trồng hàng cây", "due_on": "x"}, status=200)
    assert titles(ward) == ["Trồng hàng cây"], "the same form goes on"


def test_a_key_of_another_is_no_way_to_write_for_that_person(ward: Ward, lan: Critic, sign_in: SignIn):
    theirs = sign_in("mate_kp1").get(REGISTER).form().fields["form_key"]
    form = lan.get(REGISTER).form()
    form.fields["form_key"] = theirs
    autosave(lan, form, status=400, title="Trồng cây")
    assert kept(ward) == []


@pytest.mark.parametrize(
    "forged", [{"csrf_token": "x"}, {"unsent_page": "/quan-tri"}, {"unsent_page": ""}, {"form_key": "1.a.b"}]
)
def test_what_no_page_of_ours_sends_is_not_kept(ward: Ward, lan: Critic, forged: dict[str, str]):
    told = autosave(lan, lan.get(REGISTER).form(), status=400, title="Trồng cây", **forged)
    assert "vẫn còn nguyên" in told["words"]
    assert kept(ward) == []


def test_nobody_saves_nothing(ward: Ward, lan: Critic):
    form = lan.get(REGISTER).form()
    lan.client.delete_cookie("session")
    assert lan.post(KEEP, {name: values[0] for name, values in form.fields.items()}, status=401)
    assert kept(ward) == []


def test_it_is_the_own_content_alone(ward: Ward, lan: Critic, sign_in: SignIn):
    autosave(lan, lan.get(REGISTER).form(), title="Trồng cây")
    (row,) = kept(ward)
    mate = sign_in("mate_kp1")
    assert "Trồng cây" not in mate.get(REGISTER).html
    assert "Trồng cây" not in mate.get(row.url).html
    mate.get(f"/luu-tam/{row.id}/bo", status=404)
    assert sign_in("nobody").get(f"/luu-tam/{row.id}/bo", status=302).location.startswith("/dang-nhap")
    assert titles(ward) == ["Trồng cây"]


def test_it_can_be_given_up_after_a_question(ward: Ward, lan: Critic):
    autosave(lan, lan.get(REGISTER).form(), title="Trồng cây")
    page = lan.get(lan.get(REGISTER).link("Bỏ"))
    assert "Bỏ rồi thì không lấy lại được" in page.text
    assert "Trồng cây" in page.text
    assert titles(ward) == ["Trồng cây"]
    after = lan.send_form(page.form(), follow=True)
    assert (after.h1, after.said) == ("Đăng ký phần việc", "Đã bỏ nội dung chưa gửi.")
    assert kept(ward) == []


def test_two_windows_of_one_content_do_not_overwrite_each_other(ward: Ward, lan: Critic):
    mine = lan.get(REGISTER).form()
    autosave(lan, mine, window="a", title="Việc một")
    other = lan.get(lan.get(REGISTER).link("Điền tiếp")).form()
    autosave(lan, other, window="b", title="Việc một, thêm ở cửa sổ kia")
    told = autosave(lan, mine, window="a", title="Việc một, thêm ở cửa sổ này")
    assert "thành bản riêng" in told["words"]
    assert titles(ward) == ["Việc một, thêm ở cửa sổ kia", "Việc một, thêm ở cửa sổ này"]
    autosave(lan, mine, window="a", title="Việc một, thêm nữa")
    assert titles(ward) == ["Việc một, thêm ở cửa sổ kia", "Việc một, thêm nữa"]


def test_one_window_goes_on_though_it_missed_an_answer(ward: Ward, lan: Critic):
    form = lan.get(REGISTER).form()
    autosave(lan, form, window="a", title="Việc")
    missed = dict(form.fields)
    autosave(lan, form, window="a", title="Việc dở")
    form.fields = missed
    autosave(lan, form, window="a", title="Việc dở dang")
    assert titles(ward) == ["Việc dở dang"]


def test_an_old_page_that_says_the_same_begins_nothing(ward: Ward, lan: Critic):
    mine = lan.get(REGISTER).form()
    autosave(lan, mine, window="a", title="Việc một")
    twin = lan.get(lan.get(REGISTER).link("Điền tiếp")).form()
    autosave(lan, twin, window="b", title="Việc hai")
    autosave(lan, mine, window="c", title="Việc hai")
    assert titles(ward) == ["Việc hai"]


def test_a_save_that_comes_after_the_form_was_sent_from_there_begins_nothing(ward: Ward, lan: Critic):
    form = lan.get(REGISTER).form()
    form.fields["unsent_seen"] = ["0 a"]
    lan.send_form(form, {"title": "Trồng cây", "due_on": "30/11/2024"}, button=DRAFT)
    assert autosave(lan, form, window="a", title="Trồng câ")["words"] == ""
    assert kept(ward) == []
    autosave(lan, form, window="b", title="Trồng cây ở cửa sổ khác")
    assert titles(ward) == ["Trồng cây ở cửa sổ khác"]
    page = lan.get(lan.get(REGISTER).link("Điền tiếp"))
    page = lan.send_form(page.form(), {"due_on": "30/11/2024"}, button=DRAFT, status=200)
    assert "đã được ghi một lần với nội dung khác" in page.errors[0]
    assert titles(ward) == ["Trồng cây ở cửa sổ khác"], (
        "under the key under which it is shown now, and no other"
    )
    lan.send_form(page.form(), button=DRAFT)
    assert kept(ward) == []


def test_too_much_is_refused_in_words(ward: Ward, lan: Critic, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(unsent, "LARGEST", 500)
    told = autosave(lan, lan.get(REGISTER).form(), status=413, product="x" * 500)
    assert told["words"].startswith("Nội dung dài quá mức tự lưu được.")
    page = lan.send(REGISTER, {"title": "Trồng cây", "product": "x" * 500}, status=200)
    assert page.form().fields["title"] == ["Trồng cây"], "the page is shown all the same"
    assert kept(ward) == []


def typing(ward: Ward, title: str, name: str = "officer_kp1") -> Typing:
    account = ward.account(name).id
    with ward.app.app_context():
        return Typing(account, new_key(account), Page("/", "Trang", "title"), [("title", title)])


def test_of_one_person_the_oldest_makes_room_of_others_nothing(ward: Ward, lan: Critic):
    with ward.app.app_context():
        unsent.save(ward.session, typing(ward, "của Bình", "mate_kp1"), at=ward.now - timedelta(days=1))
        for number in range(MOST):
            at = ward.now - timedelta(hours=MOST - number)
            unsent.save(ward.session, typing(ward, str(number)), at=at)
    ward.session.commit()
    autosave(lan, lan.get(REGISTER).form(), title="mới")
    assert titles(ward) == ["của Bình", *(str(number) for number in range(1, MOST)), "mới"]


def test_what_nobody_takes_up_any_more_goes(ward: Ward, lan: Critic):
    with ward.app.app_context():
        for at in (unsent.KEPT_FOR + timedelta(minutes=1), unsent.KEPT_FOR - timedelta(minutes=1)):
            unsent.save(ward.session, typing(ward, str(at), "mate_kp1"), at=ward.now - at)
    ward.session.commit()
    autosave(lan, lan.get(REGISTER).form(), title="mới")
    assert titles(ward) == [str(unsent.KEPT_FOR - timedelta(minutes=1)), "mới"]


def test_queries_do_not_grow_with_what_was_begun(lan: Critic, count_queries: CountQueries):
    autosave(lan, lan.get(REGISTER).form(), title="Việc")
    lan.get(REGISTER)
    with count_queries() as first:
        lan.get(REGISTER)
    for number in range(5):
        autosave(lan, lan.get(REGISTER).form(), title=f"Việc {number}")
    with count_queries() as second:
        lan.get(REGISTER)
    assert len(second) == len(first)

"""Dữ liệu cá nhân: what is kept of me, requests and their days, and what is removed when its time has come."""

import json
from datetime import timedelta

import pytest

from pledges.access.roles import Role
from pledges.accounts.models import Account
from pledges.accounts.operations import close
from pledges.audit.operations import verify
from pledges.audit.queries import newest_first
from pledges.core import clock
from pledges.core.base import Base
from pledges.upkeep.personal.models import DataRequest
from pledges.upkeep.personal.portrait import TABLE_WORDS, persons_columns, table_words
from pledges.upkeep.personal.views import NOT_TAKEN
from tests.support.critic import SignIn
from tests.support.queries import CountQueries
from tests.support.ward import Ward
from tests.web.accounts.people import add, administrator

MINE, TAKE, ASK = "/tai-khoan/du-lieu", "/tai-khoan/du-lieu/tai-ve", "/tai-khoan/du-lieu/yeu-cau"
ALL, REMOVE, ENTER = (
    "/quan-tri/du-lieu-ca-nhan",
    "/quan-tri/du-lieu-ca-nhan/xoa",
    "/quan-tri/du-lieu-ca-nhan/nhap-yeu-cau",
)
WORDS = "Điện thoại cơ quan đã đổi.\nSố mới: 0203 3825 222."


def asked(ward: Ward, sign_in: SignIn, name: str = "officer_kp1") -> str:
    """The address at which the person's request is answered."""
    sign_in(name).send(ASK, {"kind": "correction", "words": WORDS}, follow=True)
    ward.settle()
    return f"{ALL}/yeu-cau/{ward.session.query(DataRequest).order_by(DataRequest.id.desc()).first().id}"


@pytest.mark.parametrize("url", [ALL, REMOVE, ENTER])
@pytest.mark.parametrize("name", ["officer_kp1", "head_kp1", "leader", "clerk", "outsider"])
def test_the_list_is_for_administrators(sign_in: SignIn, name: str, url: str):
    sign_in(name).get(url, 403)


def test_nobody_is_asked_to_sign_in(sign_in: SignIn):
    for url in (MINE, ASK, ALL, REMOVE, ENTER):
        assert "/dang-nhap" in sign_in("nobody").get(url, 302).location


@pytest.mark.parametrize("name", ["officer_kp1", "admin", "ended", "outsider"])
def test_everybody_sees_what_is_kept_of_oneself(ward: Ward, sign_in: SignIn, name: str):
    page = sign_in(name).get(MINE)
    assert page.h1 == "Dữ liệu về tôi"
    assert ward.account(name).name in page.text
    assert name in page.text


def test_what_is_kept_can_be_taken_along_and_is_logged(
    ward: Ward, sign_in: SignIn, count_queries: CountQueries
):
    ward.account("officer_kp1").phone = "0203 3825 111"
    task = ward.task("KP1")
    officer = sign_in("officer_kp1")
    with count_queries() as once:
        officer.get(MINE)
    ward.report(task, "2024-09", [5, 31])
    ward.task("KP1")
    with count_queries() as more:
        officer.get(MINE)
    assert len(more) == len(once)
    answer = officer.send(MINE, action=TAKE, button="Tải cho máy đọc (.json)", status=200)
    found = json.loads(answer.answer.data)
    said = {one["title"]: dict(one["lines"]) for one in found["sections"]}
    assert said["Tài khoản"]["Điện thoại cơ quan"] == "0203 3825 111"
    assert len(said["Việc đã làm, theo nhật ký"]) == found["acts"] > 0
    readable = officer.send(MINE, action=TAKE, button="Tải bản đọc được (.txt)", status=200)
    assert "0203 3825 111" in readable.bytes.decode("utf-8-sig")
    ward.settle()
    entry = ward.session.scalars(newest_first()).first()
    assert entry.action == "account.own_data_downloaded"
    assert "attachment" in answer.headers["Content-Disposition"]


def test_a_page_that_was_open_too_long_says_that_nothing_was_taken(ward: Ward, sign_in: SignIn):
    officer = sign_in("officer_kp1")
    form = officer.get(MINE).form(TAKE)
    page = officer.send_form(form, {"csrf_token": ""}, button="Tải bản đọc được (.txt)", follow=True)
    assert NOT_TAKEN in page.text
    ward.settle()
    assert ward.session.scalars(newest_first()).first().action != "account.own_data_downloaded"


def test_a_request_is_due_in_time_and_waits_for_administrators(ward: Ward, sign_in: SignIn):
    url = asked(ward, sign_in)
    request = ward.session.query(DataRequest).one()
    assert request.due_at - request.received_at == timedelta(hours=72)
    admin = sign_in("admin")
    assert url in [link.url for link in admin.get("/").links]
    assert "Yêu cầu dữ liệu cá nhân" in admin.get("/").text
    assert "Yêu cầu dữ liệu cá nhân" not in sign_in("clerk").get("/").text
    ward.hands.moment = ward.now + timedelta(hours=73)
    assert "Quá hạn trả lời" in sign_in("admin").get("/").text
    entry = ward.session.scalars(newest_first()).first()
    assert (entry.action, WORDS in entry.after) == ("data_request.made", False)


def test_the_answer_is_read_by_the_person_alone(ward: Ward, sign_in: SignIn):
    url = asked(ward, sign_in)
    administrator(ward, "HP", "adm_hp")
    sign_in("adm_hp").get(url, 404)
    sign_in("clerk").get(url, 403)
    admin = sign_in("admin")
    assert f'class="kept-lines">{WORDS}<' in admin.get(url).bytes.decode()
    assert f'class="kept-lines" data-label="Nội dung">{WORDS}<' in admin.get(ALL).bytes.decode()
    admin.send(url, {"outcome": "done", "answer": "Đã sửa điện thoại."}, follow=True)
    assert "Đã sửa điện thoại." in admin.get(url).text
    assert "Đã sửa điện thoại." in sign_in("officer_kp1").get(MINE).text
    assert "Đã sửa điện thoại." not in sign_in("mate_kp1").get(MINE).text
    assert "Yêu cầu dữ liệu cá nhân" not in sign_in("admin").get("/").text


def test_nobody_answers_the_own_request(ward: Ward, sign_in: SignIn):
    url = asked(ward, sign_in, "admin")
    admin = sign_in("admin")
    admin.get(url, 403)
    page = admin.get(ALL)
    assert "quản trị khác trả lời" in page.text
    assert url not in {link.url for link in page.links}
    administrator(ward, "HK", "adm2")
    sign_in("adm2").send(url, {"outcome": "refused", "answer": "Nhật ký không xóa được."}, follow=True)
    assert "Nhật ký không xóa được." in sign_in("admin").get(MINE).text


def test_of_two_who_answer_at_once_the_second_is_told(ward: Ward, sign_in: SignIn):
    url = asked(ward, sign_in)
    administrator(ward, "HK", "adm2")
    first, second = sign_in("admin"), sign_in("adm2")
    page = second.get(url)
    first.send(url, {"outcome": "done", "answer": "Đã sửa."}, follow=True)
    assert page.h1.startswith("Yêu cầu của")
    assert "Đã sửa." in second.get(url).text


def test_a_request_on_paper_runs_from_the_day_it_came(ward: Ward, sign_in: SignIn):
    admin, account = sign_in("admin"), ward.account("officer_kp1")
    sent = {
        "account": str(account.id), "kind": "deletion", "words": "Xóa thư điện tử.",
        "received_on": "14/10/2024", "from_paper": "Đơn ngày 14/10/2024",
    }  # fmt: skip
    tomorrow = admin.send(ENTER, {**sent, "received_on": "16/10/2024"}, status=200)
    assert "không thể sau hôm nay" in tomorrow.text
    admin.send(ENTER, sent, follow=True)
    ward.settle()
    request = ward.session.query(DataRequest).one()
    assert request.account_id == account.id
    assert request.due_at == clock.at(clock.day_of(request.received_at)) + timedelta(hours=72)
    assert "Đơn ngày 14/10/2024" in admin.get(f"{ALL}/yeu-cau/{request.id}").text
    assert "00:00 ngày 14/10/2024" not in admin.get(ALL).text  # a paper has no hour


def long_closed(ward: Ward, username: str, unit: str, days: int) -> Account:
    gone = ward.day - timedelta(days=days)
    account = add(ward, username, f"Người {username}", unit, Role.OFFICER, since=gone, until=gone)
    account.phone, account.email = "0203 3825 999", "cu@hakhanh.gov.vn"
    close(ward.session, account, by=ward.actor("admin"), at=clock.at(gone, 9))
    ward.session.commit()
    return account


def test_what_is_due_is_removed_by_one_press_and_the_chain_holds(
    ward: Ward, sign_in: SignIn, count_queries: CountQueries
):
    old = long_closed(ward, "cu", "KP1", 367)
    young = long_closed(ward, "moi", "KP1", 360)
    other = long_closed(ward, "xa", "HP-KP1", 400)
    open_one = ward.account("officer_kp1").id
    admin = sign_in("admin")
    page = admin.get(REMOVE)
    assert "Người cu" in page.text
    assert "Người moi" not in page.text
    assert "Người xa" not in page.text
    assert "01 tài khoản đã đóng" in admin.get(ALL).text
    with count_queries() as once:
        admin.get(ALL)
    admin.send(REMOVE, {}, follow=True)
    ward.settle()
    told = {one.id: (one.phone, one.email) for one in ward.session.query(Account)}
    assert told[old.id] == ("", "")
    assert all(told[one.id][0] for one in (young, other))
    assert open_one in told
    entry = ward.session.scalars(newest_first()).first()
    assert (entry.action, "0203" in entry.before) == ("account.contacts_removed", False)
    assert verify(ward.session) is None
    assert "Không có gì đến hạn" in admin.get(ALL).text
    for name in ("c1", "c2"):
        long_closed(ward, name, "KP1", 500)
    with count_queries() as more:
        admin.get(ALL)
    assert len(more) == len(once)


def test_every_table_that_names_a_person_has_its_words():
    tables = {column.table.name for column in persons_columns()}
    assert {"signature", "unsent_form", "data_request", "report_event"} <= tables
    assert {one for one in tables if table_words(one) == one} == set()
    assert set(TABLE_WORDS) <= set(Base.metadata.tables)

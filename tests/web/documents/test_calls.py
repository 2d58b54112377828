"""Gọi đôn đốc: who is late, whom to phone, what was promised; on the page and on paper."""

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from pledges.access.roles import Role
from pledges.accounts.operations import appoint
from pledges.accounts.queries import appointments_of
from pledges.audit.models import LogEntry
from pledges.core import clock
from pledges.followups.models import FollowUp
from pledges.followups.operations import FollowUpEntry, make
from pledges.followups.rules import FollowUpSource
from pledges.tasks.assigning.operations import AssignmentEntry, assign
from pledges.tasks.assigning.rules import Duty
from tests.documents.measure import pages
from tests.support.critic import SignIn
from tests.support.queries import Count
from tests.support.ward import Ward
from tests.web.documents.calling import URL, form_of, promised, rows, task_of
from tests.web.site.waiting import said

PAPER = "/don-doc/in"


@pytest.fixture
def late(ward: Ward) -> Ward:
    """KP1 owes September, KP2 nothing; telephones are known in both."""
    for code, name, phone in (
        ("KP1", "officer_kp1", "0203 3825 111"),
        ("KP2", "officer_kp2", "0203 3825 222"),
    ):
        ward.account(name).phone = phone
        task = ward.task(code, title=f"Việc của {code}", start_on=date(2024, 9, 1))
        if code == "KP2":
            ward.report(task, "2024-09", [5, 31])
    ward.session.commit()
    return ward


@pytest.mark.parametrize("who", ["clerk", "leader"])
def test_who_organises_sees_who_is_late_and_whom_to_phone(late: Ward, sign_in: SignIn, who: str):
    found = rows(sign_in(who).get(URL))
    assert set(found) == {"Khu phố 1"}
    _unit, missing, people, before, _act = found["Khu phố 1"]
    assert missing.startswith("Quá hạn Báo cáo tháng 9/2024 hạn 25/9/2024, quá 20 ngày")
    assert "Việc của KP1" in missing
    assert people.startswith("Nguyễn Thị Lan 0203 3825 111 Khu phó Khu phố 1")
    assert before == "Chưa gọi"


@pytest.mark.parametrize("who", ["officer_kp1", "head_kp1", "officer_kp2", "admin", "ended"])
def test_a_unit_sees_nobodys_list(late: Ward, sign_in: SignIn, who: str):
    for url in (URL, PAPER, form_of(late)):
        assert "0203" not in sign_in(who).get(url, status=403).text


def test_a_clerk_of_another_ward_knows_nothing_of_it(late: Ward, sign_in: SignIn):
    outsider, ward = late.account("outsider"), late.unit("HP")
    appoint(
        late.session,
        outsider,
        ward,
        Role.CLERK,
        "Văn thư",
        since=late.day,
        by=late.actor("admin"),
        at=late.now,
    )
    late.session.commit()
    named = {"phong-trao": late.campaign.id}
    assert "0203" not in sign_in("outsider").get(URL, status=404, **named).text
    assert "0203" not in sign_in("outsider").get(PAPER, status=404, **named).text
    assert "0203" not in sign_in("outsider").get(form_of(late), status=404).text


@pytest.mark.parametrize("url", [URL, PAPER, "/don-doc/1/1"])
def test_nobody_is_asked_to_sign_in(sign_in: SignIn, url: str):
    assert sign_in("nobody").get(url, status=302).location.startswith("/dang-nhap")


def test_who_answers_for_the_task_is_named_first(late: Ward, sign_in: SignIn):
    mate = late.account("mate_kp1")
    mate.phone = "0912 000 333"
    held = next(iter(late.session.scalars(appointments_of(mate.id))))
    entry = AssignmentEntry(Duty.RESPONSIBLE, held, date(2024, 9, 1))
    assign(late.session, task_of(late, "Việc của KP1"), entry, by=late.actor("clerk"), at=late.now)
    late.session.commit()
    people = rows(sign_in("clerk").get(URL))["Khu phố 1"][2]
    assert people.startswith("Lê Văn Bình 0912 000 333 Thư ký Khu phố 1, người phụ trách")


def test_a_unit_is_named_three_days_before_the_day(
    late: Ward, sign_in: SignIn, freeze: Callable[[date], None]
):
    freeze(date(2024, 10, 21))
    assert "Khu phố 2" not in rows(sign_in("clerk").get(URL))
    freeze(date(2024, 10, 22))
    assert (
        "Sắp đến hạn Báo cáo tháng 10/2024 hạn 25/10/2024, còn 3 ngày"
        in (rows(sign_in("clerk").get(URL))["Khu phố 2"][1])
    )


def test_a_returned_report_is_asked_for_again(late: Ward, sign_in: SignIn):
    task = late.task("KP3", title="Trồng cây", start_on=date(2024, 9, 1))
    late.report(task, "2024-09", [5, 31], "returned")
    assert "Bị trả lại, chưa gửi lại Báo cáo tháng 9/2024" in rows(sign_in("clerk").get(URL))["Khu phố 3"][1]


def test_a_call_becomes_a_promise_that_both_sides_see(
    late: Ward, sign_in: SignIn, freeze: Callable[[date], None]
):
    clerk = sign_in("clerk")
    assert said(clerk.get("/"))[0].startswith("Cần gọi đôn đốc 1 đơn vị chậm")
    page = clerk.send(
        form_of(late),
        {"spoke_to": "Chị Lan, Khu phó", "said": "Chờ số liệu của tổ 3.", "promised_on": "20/10/2024"},
        follow=True,
    )
    assert (
        "Hẹn 20/10/2024 Báo cáo tháng 9/2024 của phần việc 1: Chờ số liệu của tổ 3. "
        "Chị Lan, Khu phó · Vũ Thị Thư gọi ngày 15/10/2024" in (rows(page)["Khu phố 1"][3])
    )
    made = late.session.scalars(select(FollowUp)).one()
    assert (made.source, made.due_on, made.unit_id, made.spoke_to) == (
        "call",
        date(2024, 10, 20),
        late.unit("KP1").id,
        "Chị Lan, Khu phó",
    )
    assert made.task is task_of(late, "Việc của KP1")
    assert not any("đơn vị chậm" in line for line in said(clerk.get("/"))), "it has promised a day"
    assert any("Chờ số liệu của tổ 3." in line for line in said(sign_in("officer_kp1").get("/")))
    assert not any("Chờ số liệu" in line for line in said(sign_in("officer_kp2").get("/")))
    freeze(date(2024, 10, 21))
    page = clerk.get(URL)
    assert "Không giữ hẹn 20/10/2024" in rows(page)["Khu phố 1"][3]
    assert any("không giữ hẹn ngày 20/10/2024" in line for line in said(clerk.get("/")))
    assert any(line.startswith("Quá hẹn") for line in said(sign_in("officer_kp1").get("/")))


def test_broken_promises_stand_first(late: Ward, sign_in: SignIn, freeze: Callable[[date], None]):
    late.task("KP3", title="Việc chậm hơn", start_on=date(2024, 4, 15))
    assert list(rows(sign_in("clerk").get(URL))) == ["Khu phố 3", "Khu phố 1"]
    promised(late, date(2024, 10, 16))
    assert list(rows(sign_in("clerk").get(URL))) == ["Khu phố 3", "Khu phố 1"]
    freeze(date(2024, 10, 17))
    assert list(rows(sign_in("clerk").get(URL))) == ["Khu phố 1", "Khu phố 3"]


def test_an_overdue_decision_of_a_meeting_counts_as_a_broken_promise(
    late: Ward, sign_in: SignIn, freeze: Callable[[date], None]
):
    late.task("KP3", title="Việc chậm hơn", start_on=date(2024, 4, 15))
    entry = FollowUpEntry(
        campaign=late.campaign,
        source=FollowUpSource.OWN,
        text="Gửi danh sách hộ.",
        due_on=date(2024, 10, 16),
        unit=late.unit("KP1"),
    )
    made = make(late.session, entry, by=late.actor("clerk"), at=late.now)
    late.session.commit()
    freeze(date(2024, 10, 17))
    page = sign_in("clerk").get(URL)
    assert list(rows(page)) == ["Khu phố 1", "Khu phố 3"]
    assert "Quá hẹn Gửi danh sách hộ. hạn 16/10/2024, quá 1 ngày; việc tự ghi" in rows(page)["Khu phố 1"][1]
    assert page.link("Gửi danh sách hộ.") == f"/viec-can-theo-doi/{made.id}"
    assert "Không giữ hẹn 1" in page.text


def test_a_new_promise_takes_the_place_of_the_one_before(late: Ward, sign_in: SignIn):
    first = promised(late, date(2024, 10, 16))
    sign_in("clerk").send(
        form_of(late), {"spoke_to": "Chị Lan", "said": "Xin thêm hai ngày.", "promised_on": "18/10/2024"}
    )
    late.session.expire_all()
    assert (first.ended_as, first.outcome) == ("dropped", "Gọi lại ngày 15/10/2024.")
    page = sign_in("clerk").get(form_of(late))
    assert page.text.index("Xin thêm hai ngày.") < page.text.index("Đang tổng hợp số liệu.")


def test_a_call_without_a_day_asks_for_nothing(late: Ward, sign_in: SignIn):
    sign_in("clerk").send(form_of(late), {"spoke_to": "Anh Bình", "said": "Không nghe máy, gọi lại sau."})
    made = late.session.scalars(select(FollowUp)).one()
    assert not made.open
    assert "Không hẹn ngày Không nghe máy, gọi lại sau." in rows(sign_in("clerk").get(URL))["Khu phố 1"][3]
    assert not any("Không nghe máy" in line for line in said(sign_in("officer_kp1").get("/")))


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"said": "Sẽ gửi."}, "Đã nói chuyện với"),
        ({"spoke_to": "Chị Lan"}, "Kết quả"),
        ({"spoke_to": "Chị Lan", "said": "Sẽ gửi.", "promised_on": "14/10/2024"}, "từ hôm nay trở đi"),
        ({"spoke_to": "Chị Lan", "said": "Sẽ gửi.", "promised_on": "15/10/2025"}, "xa quá ba tháng"),
    ],
)
def test_what_is_missing_is_asked_for(late: Ward, sign_in: SignIn, fields: dict[str, str], words: str):
    assert words in sign_in("clerk").send(form_of(late), fields, status=200).text
    assert late.session.scalars(select(FollowUp)).all() == []


def test_a_promise_that_was_kept_is_closed_from_here(late: Ward, sign_in: SignIn):
    made = promised(late, date(2024, 10, 16))
    late.report(task_of(late, "Việc của KP1"), "2024-09", [5, 31])
    page = sign_in("clerk").get(URL)
    assert "Khu phố 1" not in rows(page)
    assert page.link("Báo xong lời hẹn của Khu phố 1") == f"/viec-can-theo-doi/{made.id}/ket-thuc?xong=1"
    clerk = sign_in("clerk")
    page = clerk.get(page.link("Báo xong lời hẹn của Khu phố 1"))
    clerk.send_form(page.form())
    late.session.expire_all()
    assert made.ended_as == "done"


def test_a_promise_is_closed_from_here_though_the_unit_is_late_with_something_else(
    late: Ward, sign_in: SignIn, freeze: Callable[[date], None]
):
    made = promised(late, date(2024, 10, 16))
    freeze(date(2024, 10, 27))
    assert "Báo xong lời hẹn" not in sign_in("clerk").get(URL).text, "September is missing"
    told = sign_in("officer_kp1").get(f"/viec-can-theo-doi/{made.id}")
    assert "chưa gửi" in told.text
    late.report(
        task_of(late, "Việc của KP1"), "2024-09", [5, 31], "submitted", at=clock.at(date(2024, 10, 17), 9)
    )
    told = sign_in("officer_kp1").get(f"/viec-can-theo-doi/{made.id}")
    assert "Báo cáo tháng 9/2024 của phần việc 1 : đã gửi ngày 17/10/2024" in told.text.replace("1:", "1 :")
    sign_in("officer_kp1").get(told.link("Báo cáo tháng 9/2024 của phần việc 1"))
    page = sign_in("clerk").get(URL)
    assert "Báo cáo tháng 10/2024" in rows(page)["Khu phố 1"][1]
    assert page.link("Báo xong lời hẹn của Khu phố 1")


def test_a_concluded_campaign_has_nobody_to_phone(late: Ward, sign_in: SignIn):
    late.campaign.status = "concluded"
    late.session.commit()
    assert "Phong trào đã tổng kết" in sign_in("clerk").get(URL).text
    assert "không ghi cuộc gọi nữa" in sign_in("clerk").get(form_of(late)).text


def test_where_nobody_is_late_it_is_said(ward: Ward, sign_in: SignIn):
    assert "Không có đơn vị nào cần gọi" in sign_in("clerk").get(URL).text
    assert "Không có đơn vị nào cần gọi" in sign_in("clerk").get(PAPER).text


def test_the_paper_says_the_same_and_is_logged(late: Ward, sign_in: SignIn):
    promised(late, date(2024, 10, 16))
    paper = sign_in("clerk").send(PAPER, status=200)
    text = " ".join(line.text for sheet in pages(paper.bytes) for line in sheet.lines)
    for words in ("DANH SÁCH GỌI ĐÔN ĐỐC", "Khu phố 1", "0203 3825 111", "Nguyễn Thị Lan", "Hẹn đến ngày"):
        assert words in text
    assert "có 01 đơn vị chậm." in text
    assert "Đã hẹn ngày 16/10/2024" in text
    assert "Khu phố 2" not in text
    entry = late.session.scalars(
        select(LogEntry).where(LogEntry.action == "campaign.call_list_downloaded")
    ).one()
    assert (entry.actor_name, json.loads(entry.after)) == ("Vũ Thị Thư", {"phones": 1, "units": 1})


def test_opening_the_page_before_the_paper_logs_nothing(late: Ward, sign_in: SignIn):
    before = late.session.scalars(select(LogEntry.number).order_by(LogEntry.number.desc())).first()
    page = sign_in("clerk").get(PAPER)
    assert "0203" not in page.text
    assert late.session.scalars(select(LogEntry.number).order_by(LogEntry.number.desc())).first() == before


def test_it_costs_the_same_however_many_are_late(
    late: Ward, sign_in: SignIn, count_queries: Callable[[], AbstractContextManager[Count]]
):
    clerk = sign_in("clerk")
    promised(late, date(2024, 10, 16))
    clerk.get(URL)
    with count_queries() as few:
        clerk.get(URL)
    for code in ("KP2", "KP3", "MTTQ", "VPTK"):
        for number in range(3):
            late.task(code, title=f"Việc {number} của {code}", start_on=date(2024, 4, 15))
        promised(late, late.day + timedelta(days=1), code)
    with count_queries() as many:
        clerk.get(URL)
    assert len(many) == len(few)

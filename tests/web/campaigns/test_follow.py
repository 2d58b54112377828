"""A campaign that begins from the one before: its facts, and its tasks as drafts on later days."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from pledges.audit.models import LogEntry
from pledges.campaigns.models import Campaign
from pledges.campaigns.rules import CampaignStatus
from pledges.commitments.models import Commitment
from pledges.progress.models import Period, Report
from pledges.tasks.models import Task
from pledges.tasks.operations import IndicatorEntry
from pledges.tasks.rules import TaskEventKind, TaskStatus
from tests.support.critic import SignIn
from tests.support.page import Page, words
from tests.support.queries import CountQueries
from tests.support.ward import Ward
from tests.web.campaigns.filled import create_another

CHECK = "Xem lại trước khi lập"


def url(ward: Ward) -> str:
    return f"/phong-trao/{ward.campaign.id}/lap-tiep"


def follower(ward: Ward) -> Campaign:
    """The campaign that was begun."""
    ward.settle()
    return ward.session.scalars(select(Campaign).where(Campaign.follows_id.is_not(None))).one()


def tasks_of(ward: Ward, campaign: Campaign) -> list[Task]:
    return list(ward.session.scalars(select(Task).where(Task.campaign_id == campaign.id).order_by(Task.id)))


def row(page: Page, title: str) -> str:
    (found,) = [words(one) for one in page.all("tr") if title in words(one)]
    return found


def begin(page: Page) -> str:
    """The words of the button that writes."""
    (label,) = [label for label, _name, value in page.form().buttons if value == "make"]
    return label


def test_the_proposal_is_the_same_days_a_year_later(ward: Ward, sign_in: SignIn):
    ward.task("KP1", title="Đường ngõ sạch")
    page = sign_in("clerk").get(url(ward))
    fields = page.form().fields
    assert fields["code"] == ["HK-2025"]
    assert (fields["starts_on"], fields["ends_on"]) == (["29/3/2025"], ["30/6/2026"])
    assert fields["registration_closes_on"] == ["12/4/2025"]
    assert "15/4/2024 – 31/12/2024 15/4/2025 – 31/12/2025" in row(page, "Đường ngõ sạch")
    assert "Phần việc trong danh mục của phong trào trước; ngày dời về sau 1 năm" in page.text


def test_tasks_become_drafts_of_their_units(ward: Ward, sign_in: SignIn):
    old = ward.task("KP1", cooperating=["KP2"], movement=ward.campaign.movements[0])
    ward.task("KP2", status="committed")
    for status in ("draft", "submitted", "returned", "cancelled"):
        ward.task("KP3", status=status)
    clerk = sign_in("clerk")
    checked = clerk.send(url(ward), button=CHECK, status=200)
    assert begin(checked) == "Lập phong trào với 02 phần việc nháp"
    assert "căn cứ cần kiểm tra lại hiệu lực" in checked.text
    page = clerk.send_form(checked.form(), button="Lập phong trào với 02 phần việc nháp", follow=True)
    assert "Đã lập phong trào với 02 phần việc nháp." in page.text
    assert "133/KH-UBND" in page.text
    assert "Giữ từ phong trào trước, cần kiểm tra còn hiệu lực." in page.text
    made = follower(ward)
    assert made.follows_id == ward.campaign.id
    assert made.status is CampaignStatus.DRAFT
    assert (made.theme, made.terms, made.launched_on) == (ward.campaign.theme, ward.campaign.terms, None)
    assert [one.name for one in made.movements] == [one.name for one in ward.campaign.movements]
    first, second = tasks_of(ward, made)
    assert (first.follows_id, first.lead_unit.code, second.lead_unit.code) == (old.id, "KP1", "KP2")
    assert [unit.code for unit in first.cooperating] == ["KP2"]
    assert first.movement is made.movements[0]
    assert (first.start_on, first.due_on) == (date(2025, 4, 15), date(2025, 12, 31))
    assert first.entered_by_name == "Vũ Thị Thư"
    facts = [(one.label, one.baseline, one.target, one.measure, one.accumulates) for one in first.indicators]
    assert facts == [
        (one.label, one.baseline, one.target, one.measure, one.accumulates) for one in old.indicators
    ]
    acts = ward.session.scalars(select(LogEntry.action).order_by(LogEntry.number.desc()).limit(3)).all()
    assert list(acts) == ["task.drafted", "task.drafted", "campaign.created"]


def test_nothing_of_the_old_life_is_carried(ward: Ward, sign_in: SignIn):
    old = ward.task("KP1")
    ward.commitment("KP1", "signed")
    ward.report(old, "2024-09", [100, 40])
    clerk = sign_in("clerk")
    checked = clerk.send(url(ward), button=CHECK, status=200)
    clerk.send_form(checked.form(), button=begin(checked))
    made = follower(ward)
    (task,) = tasks_of(ward, made)
    assert (task.status, task.number, task.registration_number) == (TaskStatus.DRAFT, None, None)
    assert [event.kind for event in task.events] == [TaskEventKind.DRAFTED]
    assert (made.last_task_number, made.last_registration_number) == (0, 0)
    for kind in (Commitment, Period):
        assert not ward.session.scalar(select(func.count()).where(kind.campaign_id == made.id))
    assert not ward.session.scalar(select(func.count()).where(Report.task_id == task.id))
    assert task.indicators[1].baseline == 20, "last year's baseline, unless another is chosen"


def test_milestones_and_days_of_measuring_move_along(ward: Ward, sign_in: SignIn):
    indicator = IndicatorEntry(
        "Cây sống", Decimal(120), "cây", weight=Decimal(3), measured_from=date(2024, 9, 1),
        milestones=((date(2024, 6, 30), Decimal(40)), (date(2024, 11, 30), Decimal(90))),
    )  # fmt: skip
    ward.task("KP1", indicators=(indicator,), start_on=date(2024, 4, 20), due_on=date(2025, 6, 20))
    clerk = sign_in("clerk")
    days = {"starts_on": "1/6/2025", "ends_on": "31/1/2026", "registration_closes_on": ""}
    page = clerk.send(url(ward), days, button="Tính lại ngày của các phần việc", status=200)
    assert "kéo vào trong thời gian của phong trào mới" in row(page, "Bê tông")
    assert "bỏ 1 mốc nằm ngoài thời gian" in row(page, "Bê tông")
    checked = clerk.send_form(page.form(), button=CHECK, status=200)
    assert "Bỏ 1 mốc nằm ngoài thời gian của phần việc mới." in checked.text
    clerk.send_form(checked.form(), button=begin(checked))
    (task,) = tasks_of(ward, follower(ward))
    # 429 days from 29/3/2024 to 1/6/2025.
    assert (task.start_on, task.due_on) == (date(2025, 6, 23), date(2026, 1, 31))
    (copied,) = task.indicators
    assert (copied.weight, copied.measured_from) == (Decimal(3), date(2025, 11, 4))
    assert [(mark.on, mark.value) for mark in copied.milestones] == [(date(2025, 9, 2), Decimal(40))]


def test_what_is_not_ticked_stays_behind(ward: Ward, sign_in: SignIn):
    kept, left = ward.task("KP1", title="Việc chép"), ward.task("KP2", title="Việc để lại")
    clerk = sign_in("clerk")
    checked = clerk.send(url(ward), {"tasks": [str(kept.id)]}, button=CHECK, status=200)
    assert "01 phần việc không chép" in checked.text
    assert "Việc để lại: không chọn" in checked.text
    back = clerk.send_form(checked.form(), button="Sửa lại", status=200)
    assert back.form().fields["tasks"] == [str(kept.id)]
    both = clerk.send_form(back.form(), {"tasks": [str(kept.id), str(left.id)]}, button=CHECK, status=200)
    assert begin(both) == "Lập phong trào với 02 phần việc nháp"
    clerk.send_form(checked.form(), button=begin(checked))
    assert [task.title for task in tasks_of(ward, follower(ward))] == ["Việc chép"]


def test_a_lead_unit_that_is_gone_asks_for_another(ward: Ward, sign_in: SignIn):
    old = ward.task("KP3", title="Việc của khu 3", cooperating=["KP1", "KP2"])
    for code in ("KP3", "KP2"):
        ward.unit(code).valid_to = date(2025, 6, 30)
    ward.session.commit()
    clerk = sign_in("clerk")
    page = clerk.get(url(ward))
    assert "Khu 3 không còn; giao cho" in row(page, "Việc của khu 3")
    assert "Bỏ đơn vị phối hợp không còn: Khu phố 2" in row(page, "Việc của khu 3")
    refused = clerk.send_form(page.form(), button=CHECK, status=200)
    assert refused.errors == ["Khu phố 3 không còn: chọn đơn vị khác, hoặc bỏ chọn phần việc này."]
    name = f"lead_{old.id}"
    assert str(ward.unit("KP2").id) not in refused.form().offered[name]
    checked = clerk.send_form(refused.form(), {name: str(ward.unit("KP1").id)}, button=CHECK, status=200)
    assert "Việc của khu 3: Khu phố 1, 15/4/2025 – 31/12/2025 (thay Khu phố 3)" in checked.text
    assert "Việc của khu 3: bỏ Khu phố 2" in checked.text
    clerk.send_form(checked.form(), button=begin(checked))
    (task,) = tasks_of(ward, follower(ward))
    assert task.lead_unit.code == "KP1"
    assert task.cooperating == [], "who leads a task does not help with it"


def test_where_no_unit_lasts_nothing_can_be_copied_and_the_page_says_why(ward: Ward, sign_in: SignIn):
    ward.task("KP1", title="Việc một")
    for code in ("DU", "UBND", "VPTK", "MTTQ", "KP1", "KP2", "KP3"):
        ward.unit(code).valid_to = date(2025, 6, 30)
    ward.session.commit()
    clerk = sign_in("clerk")
    page = clerk.get(url(ward))
    assert "Không chép được: không đơn vị nào trong phạm vi còn đến hạn mới" in row(page, "Việc một")
    assert "Không phần việc nào chép được với ngày này" in page.text
    assert "Với ngày này không chép được phần việc nào" in page.text, "beside the days too"
    assert "Đơn vị chủ trì hoạt động đến 30/6/2025" in page.text
    page = clerk.send_form(page.form(), {"ends_on": "30/6/2025"}, button=CHECK, status=200)
    assert begin(page) == "Lập phong trào với 01 phần việc nháp"
    again = clerk.send_form(page.form(), button="Sửa lại", status=200)
    assert "15/4/2025 – 30/6/2025" in row(again, "Việc một")
    assert "không còn" not in row(again, "Việc một")


def test_a_task_of_a_unit_that_is_gone_may_stay_behind(ward: Ward, sign_in: SignIn):
    ward.task("KP3")
    ward.unit("KP3").valid_to = date(2024, 12, 31)
    ward.session.commit()
    checked = sign_in("clerk").send(url(ward), {"tasks": []}, button=CHECK, status=200)
    assert begin(checked) == "Lập phong trào, không chép phần việc"


def test_the_level_that_was_reached_is_offered_as_baseline(ward: Ward, sign_in: SignIn):
    old = ward.task("KP1")
    ward.report(old, "2024-09", [100, 55])
    ward.report(ward.task("KP2"), "2024-09", [100, 90])
    ward.report(ward.task("KP2", title="Chưa duyệt"), "2024-09", [100, 60], status="submitted")
    clerk = sign_in("clerk")
    page = clerk.get(url(ward))
    level = str(old.indicators[1].id)
    # What adds up starts anew; 90 of 80% leaves nothing to reach; figures that nobody accepted don't count.
    assert page.form().offered["rebased"] == {level}
    assert "lấy mức đã đạt 55 làm hiện trạng" in page.text
    checked = clerk.send_form(page.form(), {"rebased": [level]}, button=CHECK, status=200)
    assert "hiện trạng lấy theo mức đã đạt" in checked.text
    clerk.send_form(checked.form(), button=begin(checked))
    first = tasks_of(ward, follower(ward))[0]
    assert [one.baseline for one in first.indicators] == [0, 55]


def test_facts_are_checked_before_anything_is_made(ward: Ward, sign_in: SignIn):
    ward.task("KP1")
    wrong = {"code": "HK-2024", "title": "", "starts_on": "29/3/2025", "ends_on": "1/1/2025"}
    page = sign_in("clerk").send(url(ward), wrong, button=CHECK, status=200)
    assert page.errors == [
        "Nhập tên phong trào.",
        "Đã có phong trào mang mã này.",
        "Ngày kết thúc phải sau ngày bắt đầu.",
        "Hạn đăng ký phần việc: Sau ngày kết thúc phong trào (1/1/2025).",
    ]
    assert page.h1 == "Lập phong trào từ phong trào trước"
    assert ward.session.scalar(select(func.count()).select_from(Campaign)) == 1


def test_sent_twice_it_is_made_once(ward: Ward, sign_in: SignIn):
    ward.task("KP1")
    clerk = sign_in("clerk")
    checked = clerk.send(url(ward), button=CHECK, status=200)
    first = clerk.send_form(checked.form(), button=begin(checked))
    again = clerk.send_form(checked.form(), button=begin(checked))
    assert first.location == again.location
    assert len(tasks_of(ward, follower(ward))) == 1


def test_a_leader_begins_the_campaign_and_leaves_tasks_to_those_who_enter_them(ward: Ward, sign_in: SignIn):
    ward.task("KP1")
    leader = sign_in("leader")
    page = leader.get(url(ward))
    assert "Phần việc do văn thư chép" in page.text
    checked = leader.send_form(page.form(), button=CHECK, status=200)
    leader.send_form(checked.form(), button="Lập phong trào, không chép phần việc")
    assert tasks_of(ward, follower(ward)) == []


def test_a_draft_says_what_it_follows(ward: Ward, sign_in: SignIn):
    old = ward.task("KP1")
    clerk = sign_in("clerk")
    checked = clerk.send(url(ward), button=CHECK, status=200)
    clerk.send_form(checked.form(), button=begin(checked))
    (task,) = tasks_of(ward, follower(ward))
    page = sign_in("officer_kp1").get(f"/phan-viec/{task.id}")
    assert "Theo phần việc trước" in page.text
    assert f"/phan-viec/{old.id}" in [link.url for link in page.links]


def test_the_way_there(ward: Ward, sign_in: SignIn):
    for name in ("leader", "clerk"):
        critic = sign_in(name)
        assert critic.get(f"/phong-trao/{ward.campaign.id}").link("Lập phong trào tiếp theo") == url(ward)
        assert critic.get("/phong-trao/lap").link(ward.campaign.title) == url(ward)
    assert (
        "Lập phong trào tiếp theo" not in sign_in("officer_kp1").get(f"/phong-trao/{ward.campaign.id}").text
    )


def test_who_may_not(ward: Ward, sign_in: SignIn):
    for name in ("officer_kp1", "mate_kp1", "officer_kp2", "admin", "ended"):
        sign_in(name).get(url(ward), status=403)
    sign_in("head_kp1").get(url(ward), status=403)
    sign_in("outsider").get(url(ward), status=403)
    sign_in("clerk").get("/phong-trao/999/lap-tiep", status=404)
    assert sign_in("nobody").get(url(ward), status=302).location.startswith("/dang-nhap")


@pytest.mark.parametrize("address", ["lap-tiep", "chep-phan-viec"])
def test_the_number_of_queries_does_not_grow(
    ward: Ward, sign_in: SignIn, count_queries: CountQueries, address: str
):
    other = create_another(ward, "HK-2025")
    other.follows = ward.campaign
    ward.session.commit()
    page = f"/phong-trao/{(other if address == 'chep-phan-viec' else ward.campaign).id}/{address}"
    clerk = sign_in("clerk")
    ward.task("KP1", cooperating=["KP2"])
    clerk.get(page)
    with count_queries() as few:
        clerk.get(page)
    for code in ("KP1", "KP2", "KP3", "VPTK", "MTTQ", "DU"):
        ward.report(ward.task(code, cooperating=["KP1"]), "2024-09", [3, 30])
    with count_queries() as many:
        clerk.get(page)
    assert len(many) == len(few)

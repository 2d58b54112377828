"""Editing a campaign."""

from datetime import date

from sqlalchemy import func, select

from pledges.audit.models import LogEntry
from pledges.campaigns.models import Basis
from pledges.progress.models import Period
from tests.support.critic import SignIn
from tests.support.ward import Ward


def url(ward: Ward) -> str:
    return f"/phong-trao/{ward.campaign.id}/sua"


def test_the_form_holds_the_campaign_as_it_is(ward: Ward, sign_in: SignIn):
    fields = sign_in("clerk").get(url(ward)).form().fields
    assert fields["code"] == ["HK-2024"]
    assert fields["bases-0-issued_on"] == ["13/3/2024"]
    assert fields["movements-1-name"] == ["Toàn dân bảo vệ an ninh Tổ quốc"]
    assert fields["launched_on"] == ["29/3/2024"]


def test_a_change_of_a_basis_alone_is_kept_and_logged(ward: Ward, sign_in: SignIn):
    before = ward.session.scalars(select(Basis.id)).all()
    sign_in("leader").send(url(ward), {"bases-0-issuer": "UBND thành phố Hạ Long"})
    ward.settle()
    (basis,) = ward.campaign.bases
    assert basis.issuer == "UBND thành phố Hạ Long"
    assert [basis.id] == before
    last = ward.session.scalars(select(LogEntry).order_by(LogEntry.number.desc())).first()
    assert last is not None
    assert last.action == "campaign.edited"
    assert "UBND thành phố Hạ Long" in last.after


def test_nothing_changed_changes_nothing(ward: Ward, sign_in: SignIn):
    version, entries = ward.campaign.version, select(func.count()).select_from(LogEntry)
    number = ward.session.scalar(entries)
    sign_in("clerk").send(url(ward))
    ward.settle()
    assert ward.campaign.version == version
    assert ward.session.scalar(entries) == number


def test_a_later_end_opens_the_months_that_are_missing(ward: Ward, sign_in: SignIn):
    sign_in("clerk").send(url(ward), {"ends_on": "31/8/2025"})
    ward.settle()
    due = ward.session.scalars(select(Period.due_on).order_by(Period.due_on)).all()
    assert due[-2:] == [date(2025, 7, 25), date(2025, 8, 25)]


def test_a_movement_in_use_is_not_dropped(ward: Ward, sign_in: SignIn):
    ward.task(movement=ward.campaign.movements[0])
    clerk = sign_in("clerk")
    form = clerk.send(url(ward), {"rows": "movements-drop-0"}, status=200).form()
    page = clerk.send_form(form, status=200)
    assert page.errors[0].startswith("Có cuộc vận động đang gắn với phần việc")
    ward.settle()
    assert len(ward.campaign.movements) == 2


def test_a_movement_that_nobody_uses_can_be_dropped(ward: Ward, sign_in: SignIn):
    clerk = sign_in("clerk")
    form = clerk.send(url(ward), {"rows": "movements-drop-0"}, status=200).form()
    clerk.send_form(form)
    ward.settle()
    assert [movement.name for movement in ward.campaign.movements] == ["Toàn dân bảo vệ an ninh Tổ quốc"]


def test_two_people_at_once_choose_field_by_field(ward: Ward, sign_in: SignIn):
    clerk, leader = sign_in("clerk"), sign_in("leader")
    form = clerk.get(url(ward)).form()
    leader.send(url(ward), {"slogan": "Khẩu hiệu của lãnh đạo"})
    page = clerk.send_form(form, {"theme": "Chủ đề của văn thư"}, status=409)
    clerk.send_form(page.form(), {"choose-slogan": "theirs"})
    ward.settle()
    assert (ward.campaign.slogan, ward.campaign.theme) == ("Khẩu hiệu của lãnh đạo", "Chủ đề của văn thư")


def test_the_code_of_another_campaign_is_refused_but_the_own_is_not(ward: Ward, sign_in: SignIn):
    assert sign_in("clerk").send(url(ward), {"code": "HK-2024"}).location.endswith(f"/{ward.campaign.id}")


def test_others_may_not_edit_it(ward: Ward, sign_in: SignIn):
    for name in ("officer_kp1", "mate_kp1", "officer_kp2", "head_kp1", "admin", "ended", "outsider"):
        sign_in(name).get(url(ward), status=403)
    assert sign_in("nobody").get(url(ward), status=302).location.startswith("/dang-nhap")


def due_days(ward: Ward) -> dict[str, int]:
    ward.settle()
    return {f"{one.start_on:%Y-%m}": one.due_on.day for one in ward.periods}


def acts_on_periods(ward: Ward, action: str) -> int:
    kept = select(func.count()).select_from(LogEntry).where(LogEntry.action == action)
    return ward.session.scalar(kept) or 0


def test_another_due_day_moves_the_periods_that_have_not_begun(ward: Ward, sign_in: SignIn):
    """It is 15/10/2024: the eight periods up to October are under way or over."""
    before = due_days(ward)
    page = sign_in("clerk").get(url(ward))
    assert "Kỳ đã bắt đầu hoặc đã có báo cáo giữ nguyên hạn cũ" in page.text
    sign_in("clerk").send(url(ward), {"reporting_due_day": "10"})
    after = due_days(ward)
    assert after.keys() == before.keys()
    assert {day for month, day in after.items() if month <= "2024-10"} == {25}
    assert {day for month, day in after.items() if month > "2024-10"} == {10}
    moved = sum(month > "2024-10" for month in after)
    assert acts_on_periods(ward, "period.changed") == moved > 0


def spans(ward: Ward) -> list[tuple[str, str, str]]:
    ward.settle()
    return [(f"{one.start_on}", f"{one.end_on}", f"{one.due_on}") for one in ward.periods]


def test_another_cycle_begins_after_what_was_announced(ward: Ward, sign_in: SignIn):
    """It is 15/10/2024: October is under way and stays a month."""
    before = spans(ward)
    weekly = {"cycle": "weekly", "reporting_weekday": "5", "ends_on": "30/11/2024"}
    sign_in("clerk").send(url(ward), weekly)
    after = spans(ward)
    kept = [one for one in before if one[0] <= "2024-10-15"]
    assert after[: len(kept)] == kept
    assert after[len(kept) :][:2] == [
        ("2024-11-01", "2024-11-03", "2024-11-01"),
        ("2024-11-04", "2024-11-10", "2024-11-08"),
    ]
    assert after[-1] == ("2024-11-25", "2024-12-01", "2024-11-29")
    sign_in("clerk").send(url(ward), {"cycle": "monthly"})
    assert spans(ward)[len(kept) :] == [("2024-11-01", "2024-11-30", "2024-11-25")]


def test_grace_and_lock_hold_for_the_periods_that_have_not_begun(ward: Ward, sign_in: SignIn):
    leader, periods = sign_in("leader"), f"/phong-trao/{ward.campaign.id}/ky-bao-cao"
    words = "áp dụng từ kỳ tháng 11/2024; các kỳ đã bắt đầu giữ như cũ"
    assert words not in leader.get(periods).text
    page = leader.send(url(ward), {"grace_days": "3", "locks_after_days": "10"}, follow=True)
    assert f"Đã lưu. Cách báo cáo mới: {words}." in page.text
    assert words in leader.get(periods).text
    page = leader.send(url(ward), {"grace_days": "3"}, follow=True)
    assert "Cách báo cáo mới" not in page.text, "nothing of it changed"
    ward.settle()
    october, november = ward.period("2024-10"), ward.period("2024-11")
    assert (october.grace_until, october.locks_after) == (date(2024, 10, 25), None)
    assert (november.grace_until, november.locks_after) == (date(2024, 11, 28), date(2024, 12, 5))
    last = ward.session.scalars(
        select(LogEntry).where(LogEntry.action == "period.changed").order_by(LogEntry.number.desc())
    ).first()
    assert last is not None
    assert "2025-07-05" in last.after


def test_an_earlier_end_drops_the_periods_behind_it(ward: Ward, sign_in: SignIn):
    before = due_days(ward)
    sign_in("clerk").send(url(ward), {"ends_on": "31/12/2024"})
    after = due_days(ward)
    assert max(after) == "2024-12"
    assert acts_on_periods(ward, "period.removed") == len(before) - len(after) > 0


def test_a_period_with_a_report_stays(ward: Ward, sign_in: SignIn):
    ward.report(ward.task(), "2025-02", [30, 60], status="draft", at=ward.now)
    sign_in("clerk").send(url(ward), {"ends_on": "31/12/2024", "reporting_due_day": "10"})
    after = due_days(ward)
    assert after["2025-02"] == 25
    assert "2025-01" not in after


def test_nothing_changed_moves_no_period(ward: Ward, sign_in: SignIn):
    before = due_days(ward)
    sign_in("clerk").send(url(ward), {"slogan": "Mỗi nhà một việc"})
    assert due_days(ward) == before
    assert acts_on_periods(ward, "period.changed") == acts_on_periods(ward, "period.removed") == 0


def test_terms_have_places_to_fill_and_no_others(ward: Ward, sign_in: SignIn):
    clerk = sign_in("clerk")
    page = clerk.send(url(ward), {"terms": "{đơn vị} xong trước {hạn}."}, status=200)
    assert any(
        "Không có chỗ điền {hạn}; dùng được {đơn vị}, {phong trào}, {năm}." in one for one in page.errors
    )
    assert page.form().fields["terms"] == ["{đơn vị} xong trước {hạn}."]
    clerk.send_form(page.form(), {"terms": "{đơn vị} làm đúng hạn năm {năm}."})
    ward.settle()
    assert ward.campaign.terms == "{đơn vị} làm đúng hạn năm {năm}."

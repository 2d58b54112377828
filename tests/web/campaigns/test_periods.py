"""The periods of a campaign as everybody in it reads them, and setting those of own dates."""

from datetime import date

import pytest
from sqlalchemy import func, select

from pledges.audit.models import LogEntry
from pledges.campaigns.models import Campaign
from pledges.campaigns.rules import CampaignStatus, Cycle
from pledges.progress.models import Period
from tests.support.critic import Critic, SignIn
from tests.support.page import Page
from tests.support.ward import Ward


def url(ward: Ward, end: str = "") -> str:
    return f"/phong-trao/{ward.campaign.id}/ky-bao-cao{end}"


def own(ward: Ward) -> None:
    """The campaign reports by dates of its own from now on; what has begun are months."""
    campaign = ward.campaign
    campaign.cycle, campaign.grace_days, campaign.locks_after_days = Cycle.OWN, 2, 7
    for period in ward.periods:
        if period.start_on > ward.day:
            ward.session.delete(period)
    ward.session.commit()


def rows(*said: tuple[str, str, str, str]) -> dict[str, str]:
    keys = ("name", "start_on", "end_on", "due_on")
    return {
        f"periods-{number}-{key}": words
        for number, one in enumerate(said)
        for key, words in zip(keys, one, strict=True)
    }


FIRST = ("Đợt cao điểm cuối năm", "1/11/2024", "31/12/2024", "5/1/2025")
SECOND = ("Đợt tổng kết", "1/1/2025", "30/4/2025", "25/4/2025")


def type_rows(clerk: Critic, ward: Ward, *said: tuple[str, str, str, str], status: int = 302) -> Page:
    """Type these into the form, adding rows as needed."""
    form = clerk.get(url(ward, "/dat")).form()
    for _ in said[len([name for name in form.fields if name.endswith("-name")]) :]:
        form = clerk.send_form(form, button="Thêm kỳ", status=200).form()
    return clerk.send_form(form, rows(*said), button="Lưu các kỳ", status=status)


def set_periods(ward: Ward) -> list[tuple[str, str, str, str, str]]:
    ward.settle()
    return [
        (
            one.name,
            f"{one.start_on}",
            f"{one.end_on}",
            f"{one.due_on}",
            f"{one.grace_until}/{one.locks_after}",
        )
        for one in ward.periods
        if one.cycle is Cycle.OWN
    ]


def test_everybody_reads_until_when_each_period_takes_reports(ward: Ward, sign_in: SignIn):
    october = ward.period("2024-10")
    october.grace_until, october.locks_after = date(2024, 10, 28), date(2024, 10, 31)
    ward.period("2024-09").locks_after = date(2024, 10, 1)
    ward.session.commit()
    for name in ("officer_kp1", "mate_kp1", "head_kp1", "officer_kp2", "leader", "clerk"):
        page = sign_in(name).get(url(ward))
        assert page.h1 == "Kỳ báo cáo"
        assert "Báo cáo ngày 25 hằng tháng" in page.text
        assert "ân hạn đến 28/10/2024" in page.text
        assert "sau 31/10/2024" in page.text
        assert "Đã khóa" in page.text
        assert "Đang nhận báo cáo" in page.text
        assert "Chưa bắt đầu" in page.text
        assert "Chưa cho ngoại lệ nào" in page.text


def test_the_page_of_the_campaign_shows_the_nearest_periods(ward: Ward, sign_in: SignIn):
    page = sign_in("officer_kp1").get(f"/phong-trao/{ward.campaign.id}")
    assert "Tháng 10/2024" in page.text
    assert "Tháng 12/2024" in page.text
    assert "Tháng 9/2024" not in page.text
    assert url(ward) in {link.url for link in page.links}


def test_strangers_and_nobody_see_no_periods(ward: Ward, sign_in: SignIn):
    sign_in("outsider").get(url(ward), status=404)
    for name in ("admin", "ended"):
        sign_in(name).get(url(ward), status=403)
    assert sign_in("nobody").get(url(ward), status=302).location.startswith("/dang-nhap")


def test_own_periods_are_entered_as_rows_and_follow_what_has_begun(ward: Ward, sign_in: SignIn):
    own(ward)
    clerk = sign_in("clerk")
    type_rows(clerk, ward, FIRST, SECOND)
    assert set_periods(ward) == [
        ("Đợt cao điểm cuối năm", "2024-11-01", "2024-12-31", "2025-01-05", "2025-01-07/2025-01-12"),
        ("Đợt tổng kết", "2025-01-01", "2025-04-30", "2025-04-25", "2025-04-27/2025-05-02"),
    ]
    page = clerk.get(url(ward))
    assert "Đợt cao điểm cuối năm" in page.text
    assert "Tháng 10/2024" in page.text
    shown = clerk.get(url(ward, "/dat")).form().fields
    assert shown["periods-1-due_on"] == ["25/4/2025"]


def test_a_row_that_is_dropped_or_changed_changes_that_period_alone(ward: Ward, sign_in: SignIn):
    own(ward)
    clerk = sign_in("clerk")
    type_rows(clerk, ward, FIRST, SECOND)
    ward.settle()
    ids = {one.name: one.id for one in ward.periods}
    form = clerk.get(url(ward, "/dat")).form()
    form = clerk.send_form(form, {"rows": "periods-drop-1"}, status=200).form()
    clerk.send_form(form, {"periods-0-due_on": "3/1/2025"}, button="Lưu các kỳ")
    assert [one[:4] for one in set_periods(ward)] == [
        ("Đợt cao điểm cuối năm", "2024-11-01", "2024-12-31", "2025-01-03")
    ]
    assert ward.periods[-1].id == ids["Đợt cao điểm cuối năm"]
    acts = ward.session.scalars(select(LogEntry.action).order_by(LogEntry.number.desc()).limit(2)).all()
    assert set(acts) == {"period.removed", "period.changed"}


def test_nothing_changed_changes_nothing(ward: Ward, sign_in: SignIn):
    own(ward)
    clerk = sign_in("clerk")
    type_rows(clerk, ward, FIRST)
    ward.settle()
    version, number = ward.campaign.version, ward.session.scalar(select(func.count()).select_from(LogEntry))
    clerk.send(url(ward, "/dat"), button="Lưu các kỳ")
    ward.settle()
    assert ward.campaign.version == version
    assert ward.session.scalar(select(func.count()).select_from(LogEntry)) == number


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ((("", "1/11/2024", "30/11/2024", "30/11/2024"),), "Nhập tên kỳ, ví dụ Đợt 1."),
        ((("A", "", "30/11/2024", "30/11/2024"),), "Nhập ngày đầu của kỳ."),
        ((("A", "1/11/2024", "", "30/11/2024"),), "Nhập ngày cuối của kỳ."),
        ((("A", "1/11/2024", "30/11/2024", ""),), "Nhập hạn nộp báo cáo."),
        (
            (("A", "30/11/2024", "1/11/2024", "1/12/2024"),),
            "Đến ngày: Ngày cuối của kỳ phải từ ngày đầu trở đi.",
        ),
        (
            (("A", "1/11/2024", "30/11/2024", "31/10/2024"),),
            "Hạn nộp báo cáo: Hạn nộp phải từ ngày đầu của kỳ trở đi.",
        ),
        (
            (("A", "1/6/2025", "31/7/2025", "31/7/2025"),),
            "Từ ngày: Kỳ phải nằm trong thời gian phong trào (29/3/2024 – 30/6/2025).",
        ),
        (
            (("A", "20/10/2024", "30/11/2024", "30/11/2024"),),
            "Từ ngày: Trùng ngày với kỳ tháng 10/2024 (1/10/2024 – 31/10/2024).",
        ),
        (
            (FIRST, ("B", "31/12/2024", "31/1/2025", "31/1/2025")),
            "Kỳ báo cáo 2: Từ ngày: Trùng ngày với kỳ Đợt cao điểm cuối năm (1/11/2024 – 31/12/2024).",
        ),
        (
            (FIRST, (FIRST[0], "1/1/2025", "31/1/2025", "31/1/2025")),
            "Kỳ báo cáo 2: Đã có kỳ mang tên này.",
        ),
        ((("A", "32/11/2024", "30/11/2024", "30/11/2024"),), "Từ ngày: Tháng 11 năm 2024 không có ngày 32."),
    ],
)
def test_wrong_days_are_told_at_their_row(
    ward: Ward, sign_in: SignIn, said: tuple[tuple[str, str, str, str], ...], words: str
):
    own(ward)
    page = type_rows(sign_in("clerk"), ward, *said, status=200)
    assert words in page.errors
    assert page.form().fields["periods-0-end_on"] == [said[0][2]]
    assert set_periods(ward) == []


def test_what_was_not_announced_yet_can_be_set_although_it_has_begun(ward: Ward, sign_in: SignIn):
    own(ward)
    campaign = ward.campaign
    campaign.status = CampaignStatus.DRAFT
    for period in ward.periods:
        ward.session.delete(period)
    ward.session.commit()
    clerk = sign_in("clerk")
    type_rows(clerk, ward, ("Quý đầu", "1/4/2024", "30/6/2024", "25/6/2024"))
    type_rows(clerk, ward, ("Nửa năm đầu", "1/4/2024", "30/9/2024", "25/9/2024"))
    assert [one[0] for one in set_periods(ward)] == ["Nửa năm đầu"]


def test_a_campaign_of_months_has_no_rows_to_set(ward: Ward, sign_in: SignIn):
    page = sign_in("clerk").get(url(ward, "/dat"), status=409)
    assert "Phong trào báo cáo hằng tháng" in page.text
    assert page.forms == []


def test_two_people_at_once_do_not_overwrite_each_other(ward: Ward, sign_in: SignIn):
    own(ward)
    clerk, leader = sign_in("clerk"), sign_in("leader")
    form = clerk.get(url(ward, "/dat")).form()
    type_rows(leader, ward, FIRST)
    clerk.send_form(form, rows(SECOND), button="Lưu các kỳ", status=409)
    assert [one[0] for one in set_periods(ward)] == [FIRST[0]]


def test_a_change_of_the_cycle_takes_the_own_periods_that_have_not_begun_away(ward: Ward, sign_in: SignIn):
    own(ward)
    clerk = sign_in("clerk")
    type_rows(clerk, ward, FIRST)
    clerk.send(f"/phong-trao/{ward.campaign.id}/sua", {"cycle": "quarterly", "grace_days": "0"})
    ward.settle()
    after = [(one.label, f"{one.start_on}") for one in ward.periods if one.start_on > ward.day]
    assert after[0] == ("quý IV/2024", "2024-11-01")
    assert not ward.session.scalars(select(Period).where(Period.name != "")).all()


def test_own_periods_move_along(ward: Ward, sign_in: SignIn):
    campaign = ward.campaign
    campaign.cycle = Cycle.OWN
    first, second, *others = ward.periods
    for period in others:
        ward.session.delete(period)
    first.cycle, first.name = Cycle.OWN, "Đợt 1/2024"
    second.cycle, second.name, second.due_on = Cycle.OWN, "Đợt 2", date(2024, 6, 3)
    second.grace_until = second.due_on
    ward.session.commit()
    clerk = sign_in("clerk")
    page = clerk.send(f"/phong-trao/{campaign.id}/lap-tiep", button="Xem lại trước khi lập", status=200)
    clerk.send_form(page.form(), {"act": "make"})
    ward.settle()
    made = ward.session.scalars(select(Campaign).where(Campaign.follows_id == campaign.id)).one()
    periods = ward.session.scalars(
        select(Period).where(Period.campaign_id == made.id).order_by(Period.start_on)
    )
    assert [(one.name, f"{one.start_on}", f"{one.due_on}") for one in periods] == [
        ("Đợt 1/2025", "2025-04-01", "2025-04-25"),
        ("Đợt 2", "2025-05-01", "2025-06-03"),
    ]


def test_others_may_not_set_them(ward: Ward, sign_in: SignIn):
    own(ward)
    for name in ("officer_kp1", "mate_kp1", "officer_kp2", "head_kp1"):
        sign_in(name).get(url(ward, "/dat"), status=403)
    sign_in("outsider").get(url(ward, "/dat"), status=403)
    assert sign_in("nobody").get(url(ward, "/dat"), status=302).location.startswith("/dang-nhap")

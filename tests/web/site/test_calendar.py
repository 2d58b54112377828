"""Lịch đến hạn: what the calendar program of whoever holds the secret reads."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from icalendar import Calendar

from pledges.accounts.notices import operations
from pledges.accounts.notices.models import CalendarFeed
from pledges.core.refusal import Refused
from pledges.followups.operations import FollowUpEntry, make
from pledges.followups.rules import FollowUpSource
from pledges.site import calendar
from pledges.site.due_days import DueDay
from tests.support.critic import Critic, SignIn
from tests.support.ward import Ward

LONG = "Hạn báo cáo: “Bê tông hóa đường ngõ; phân loại rác, trồng hoa” – đợt 1\\2\nDòng thứ hai của phần việc rất dài"


def made(ward: Ward, name: str = "officer_kp1") -> str:
    """The address of a new feed of somebody's."""
    secret = operations.make_feed(ward.session, ward.account(name), by=ward.actor(name), at=ward.now)
    ward.session.commit()
    return f"/lich/{secret}.ics"


def events(critic: Critic, url: str) -> dict[str, tuple[date, str]]:
    """The days by their lasting names."""
    answer = critic.get(url)
    read = Calendar.from_ical(answer.bytes.decode())
    assert read.errors == []
    return {
        str(one["UID"]).partition("@")[0]: (one.decoded("DTSTART"), str(one["SUMMARY"]))
        for one in read.walk("VEVENT")
    }


def test_it_holds_the_days_of_reports_and_tasks(ward: Ward, sign_in: SignIn):
    task = ward.task("KP1", title="Bê tông hóa ngõ tổ 3")
    ward.report(task, "2024-10", [5, 31])
    ward.task("KP2", title="Việc của khu khác")
    found = events(sign_in("nobody"), made(ward))
    mine = ward.account("officer_kp1").id
    september, october, november = (ward.period(f"2024-{month:02}") for month in (9, 10, 11))
    assert found[f"report-{september.id}-{mine}"] == (
        date(2024, 9, 25),
        "Hạn báo cáo tháng 9/2024: 1 phần việc",
    )
    assert found[f"report-{november.id}-{mine}"][0] == date(2024, 11, 25)
    assert f"report-{october.id}-{mine}" not in found, "it was sent"
    assert found[f"task-{task.id}-{mine}"] == (date(2024, 12, 31), "Ngày hoàn thành: Bê tông hóa ngõ tổ 3")
    assert not any("khu khác" in title for _day, title in found.values())
    assert min(day for day, _title in found.values()) >= ward.day - timedelta(days=31)


def test_it_holds_what_is_followed_up(ward: Ward, sign_in: SignIn):
    entry = FollowUpEntry(
        campaign=ward.campaign,
        source=FollowUpSource.OWN,
        text="Cấp xi măng cho Khu phố 1",
        due_on=date(2024, 11, 2),
        owner=ward.account("leader"),
    )
    follow_up = make(ward.session, entry, by=ward.actor("clerk"), at=ward.now)
    ward.session.commit()
    found = events(sign_in("nobody"), made(ward, "leader"))
    leader = ward.account("leader").id
    assert found[f"follow-up-{follow_up.id}-{leader}"] == (
        date(2024, 11, 2),
        "Việc theo dõi: Cấp xi măng cho Khu phố 1",
    )
    october = ward.period("2024-10").id
    assert found[f"period-{october}-{leader}"] == (date(2024, 10, 25), "Các đơn vị nộp báo cáo tháng 10/2024")


def test_a_concluded_campaign_has_no_days(ward: Ward, sign_in: SignIn):
    ward.task("KP1")
    url = made(ward)
    assert events(sign_in("nobody"), url)
    ward.campaign.status = "concluded"
    ward.session.commit()
    assert events(sign_in("nobody"), url) == {}


def test_names_last(ward: Ward, sign_in: SignIn, freeze: Callable[[date], None]):
    ward.task("KP1")
    url = made(ward)
    before = set(events(sign_in("nobody"), url))
    freeze(date(2024, 10, 16))
    assert set(events(sign_in("nobody"), url)) == before


def test_the_file_keeps_to_the_rules_of_its_kind(ward: Ward):
    day = DueDay("report-1", date(2024, 10, 25), LONG, LONG, "/phan-viec/1")
    content = calendar.written([day], 7, "https://thidua.hakhanh.gov.vn", at=ward.now)
    lines = content.split(b"\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert lines[-1] == b""
    assert max(map(len, lines)) <= 75, "octets, not letters"
    for line in lines:
        line.decode()  # no letter is cut in two
    unfolded = content.replace(b"\r\n ", b"").decode()
    assert (
        "SUMMARY:Hạn báo cáo: “Bê tông hóa đường ngõ\\; phân loại rác\\, trồng hoa” – đợt 1\\\\2\\nDòng"
        in unfolded
    )
    assert "DTSTART;VALUE=DATE:20241025\r\nDTEND;VALUE=DATE:20241026" in unfolded or (
        "DTSTART;VALUE=DATE:20241025" in unfolded and "DTEND;VALUE=DATE:20241026" in unfolded
    )
    assert "DTSTAMP:20241015T023000Z" in unfolded
    assert "UID:report-1-7@cam-ket-thi-dua" in unfolded
    (event,) = Calendar.from_ical(content.decode()).walk("VEVENT")
    assert str(event["SUMMARY"]) == LONG
    assert str(event["URL"]) == "https://thidua.hakhanh.gov.vn/phan-viec/1"


def test_it_is_served_as_a_calendar_that_nobody_keeps(ward: Ward, sign_in: SignIn):
    answer = sign_in("nobody").get(made(ward))
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("field", ["closed_at"])
def test_a_shut_account_shows_nothing(ward: Ward, sign_in: SignIn, field: str):
    url = made(ward)
    sign_in("nobody").get(url)
    setattr(ward.account("officer_kp1"), field, ward.now)
    ward.session.commit()
    sign_in("nobody").get(url, status=404)


def test_whose_posts_have_ended_sees_no_days(ward: Ward, sign_in: SignIn):
    ward.task("KP1")
    assert events(sign_in("nobody"), made(ward, "ended")) == {}


def test_only_the_newest_secret_opens(ward: Ward, sign_in: SignIn):
    first = made(ward)
    second = made(ward)
    nobody = sign_in("nobody")
    nobody.get(first, status=404)
    nobody.get(second)
    officer = ward.actor("officer_kp1")
    operations.end_feed(ward.session, ward.account("officer_kp1"), by=officer, at=ward.now)
    ward.session.commit()
    nobody.get(second, status=404)
    with pytest.raises(Refused, match="chưa có địa chỉ lịch"):
        operations.end_feed(ward.session, ward.account("officer_kp1"), by=officer, at=ward.now)


@pytest.mark.parametrize("secret", ["x", "a" * 43, "%C4%91" * 20, "a" * 5000])
def test_a_wrong_secret_is_an_address_that_there_is_not(ward: Ward, sign_in: SignIn, secret: str):
    made(ward)
    sign_in("nobody").get(f"/lich/{secret}.ics", status=404)


def test_the_secret_itself_is_kept_nowhere(ward: Ward):
    secret = made(ward).removeprefix("/lich/").removesuffix(".ics")
    feed = ward.session.get_one(CalendarFeed, ward.account("officer_kp1").id)
    assert secret not in feed.secret_digest
    assert len(feed.secret_digest) == 64


def test_guessing_is_slowed_down(ward: Ward, sign_in: SignIn):
    url = made(ward)
    nobody = sign_in("nobody")
    for _time in range(calendar.MOST):
        nobody.get(f"/lich/{'b' * 43}.ics", status=404)
    answer = nobody.get(url, status=429)
    assert int(answer.headers["Retry-After"]) > 0


def test_an_address_is_made_renewed_and_ended_on_the_own_page(ward: Ward, sign_in: SignIn):
    officer = sign_in("officer_kp1")
    assert "Chưa có địa chỉ" in officer.get("/tai-khoan").text
    page = officer.send("/tai-khoan/lich", status=200)
    assert page.h1 == "Địa chỉ lịch đến hạn"
    address = next(word for word in page.text.split() if word.endswith(".ics"))
    path = "/lich/" + address.partition("/lich/")[2]
    sign_in("nobody").get(path)
    assert "/lich/" not in officer.get("/tai-khoan").text, "shown once"
    assert "hết hiệu lực ngay" in officer.get("/tai-khoan/lich").text
    officer.send("/tai-khoan/lich", status=200)
    sign_in("nobody").get(path, status=404)
    assert "Đã bỏ địa chỉ lịch" in officer.send("/tai-khoan/lich/bo", follow=True).text
    assert "Chưa có địa chỉ" in officer.get("/tai-khoan").text
    assert "chưa có địa chỉ lịch nào" in officer.get("/tai-khoan/lich/bo").text
    assert "Chưa có địa chỉ" in sign_in("mate_kp1").get("/tai-khoan").text


@pytest.mark.parametrize("url", ["/tai-khoan/lich", "/tai-khoan/lich/bo", "/tai-khoan/thu-nhac-viec"])
def test_nobody_is_asked_to_sign_in(sign_in: SignIn, url: str):
    assert sign_in("nobody").get(url, status=302).location.startswith("/dang-nhap")

"""Công văn đôn đốc: to whom it goes, and what each unit is told."""

from datetime import date

from sqlalchemy import select

from pledges.core import clock
from pledges.followups.operations import FollowUpEntry, end, make
from pledges.followups.rules import FollowUpEnd, FollowUpSource
from pledges.progress.models import Period
from tests.support.critic import SignIn
from tests.support.ward import Ward
from tests.web.documents import calling
from tests.web.documents.papers import LETTER, text_of


def test_a_letter_has_no_type_and_says_what_each_unit_lacks(late: Ward, sign_in: SignIn):
    said = text_of(sign_in("clerk").get(f"{LETTER}.pdf"))
    assert "Số: /UBND-VP" in " ".join(said.split())
    assert "V/v đôn đốc báo cáo" in said
    assert "CÔNG VĂN" not in said
    for words in ("- Khu phố 1", "Báo cáo tháng 9/2024 (phần việc số", "còn 02 đơn vị", "25/9/2024 20"):
        assert words in said
    assert "Khu phố 2" not in said
    assert "0203" not in said, "telephones are for the list of calls"


def test_a_letter_asks_for_an_answer_within_working_days(late: Ward, sign_in: SignIn, freeze):
    assert "trước ngày 18/10/2024" in text_of(sign_in("clerk").get(f"{LETTER}.pdf"))
    freeze(date(2024, 10, 17))  # a Thursday
    assert "trước ngày 22/10/2024" in text_of(sign_in("clerk").get(f"{LETTER}.pdf"))


def test_a_letter_names_tasks_past_their_day(late: Ward, sign_in: SignIn):
    said = text_of(sign_in("clerk").get(f"{LETTER}.pdf"))
    assert "Sửa nhà Đại đoàn kết:" in said
    assert "30/9/2024" in said


def test_a_letter_as_of_a_past_day_says_what_was_owed_then(late: Ward, sign_in: SignIn, freeze):
    entry = FollowUpEntry(
        campaign=late.campaign,
        source=FollowUpSource.OWN,
        text="Gửi danh sách hộ",
        due_on=date(2024, 10, 16),
        unit=late.unit("KP1"),
    )
    clerk = late.actor("clerk")
    made = make(late.session, entry, by=clerk, at=late.now)
    late.session.commit()
    freeze(date(2024, 10, 20))
    end(late.session, made, FollowUpEnd.DONE, "Đã gửi.", by=clerk, at=clock.at(date(2024, 10, 20), 7))
    late.session.commit()
    browser = sign_in("clerk")
    assert "Gửi danh sách hộ" in text_of(browser.get(f"{LETTER}.pdf", **{"den-ngay": "18/10/2024"}))
    assert "Gửi danh sách hộ" not in text_of(browser.get(f"{LETTER}.pdf"))


def test_a_letter_of_a_period_speaks_of_its_reports_alone(late: Ward, sign_in: SignIn):
    period = late.session.scalars(select(Period).where(Period.start_on == date(2024, 9, 1))).one()
    said = text_of(sign_in("clerk").get(f"{LETTER}.pdf", ky=period.id))
    assert "thi đua tháng 9/2024" in said
    assert "Báo cáo tháng 8/2024" not in said
    assert "30/9/2024" not in said


def test_without_a_late_unit_there_is_nobody_to_write_to(ward: Ward, sign_in: SignIn):
    clerk = sign_in("clerk")
    page = clerk.get(LETTER)
    assert "Đến ngày 15/10/2024 không có đơn vị nào chậm" in page.text
    assert not page.all("img")
    assert "không có đơn vị nào chậm" in clerk.get(f"{LETTER}.pdf", status=422).text


def test_the_letter_goes_to_whom_the_list_of_calls_names(late: Ward, sign_in: SignIn):
    clerk = sign_in("clerk")
    said = text_of(clerk.get(f"{LETTER}.pdf"))
    called = set(calling.rows(clerk.get(calling.URL)))
    assert called == {"Khu phố 1", late.unit("MTTQ").name}
    assert all(f"- {name}" in said for name in called)


def test_a_unit_that_reported_all_and_left_a_task_undone_is_named_in_both(late: Ward, sign_in: SignIn):
    """One rule of who is late: the list of calls, what waits for the clerk, and the letter."""
    start, due = date(2024, 9, 1), date(2024, 9, 30)
    late.report(late.task("KP2", title="Bờ kè tổ 5", start_on=start, due_on=due), "2024-09", [75, 31])
    clerk = sign_in("clerk")
    said, called = text_of(clerk.get(f"{LETTER}.pdf")), calling.rows(clerk.get(calling.URL))
    assert set(called) == {"Khu phố 1", "Khu phố 2", late.unit("MTTQ").name}
    assert "Hoàn thành phần việc 4, Bờ kè tổ 5" in " ".join(called["Khu phố 2"])
    assert "còn 03 đơn vị" in said
    assert "Phần việc số 4, Bờ kè tổ 5: " in said
    assert "3 đơn vị chậm" in clerk.get("/").text


def test_a_letter_to_one_unit_speaks_to_it_alone(late: Ward, sign_in: SignIn):
    whom = f"dv:{late.unit('KP1').id}"
    said = text_of(sign_in("clerk").get(f"{LETTER}.pdf", **{"pham-vi": whom}))
    assert "Kính gửi: Khu phố 1" in said
    assert "đến hết ngày 15/10/2024 Khu phố 1 chưa hoàn thành" in said
    assert "đề nghị Khu phố 1 hoàn thành" in said
    assert "thủ trưởng đơn vị quan tâm" in said
    for words in ("các đơn vị", "từng đơn vị", "01 đơn vị"):
        assert words not in said

"""Correcting an accepted report: a new round with its reason; the accepted figures count until it is accepted."""

from datetime import date
from decimal import Decimal

import pytest

from pledges.campaigns.rules import CampaignStatus
from pledges.progress.models import Report
from pledges.progress.operations import begin_correction
from tests.support.critic import SignIn
from tests.support.ward import Ward
from tests.web.progress.sheets import CHECK, KEEP, field, the_report, url

REASON = {"reason": "Đếm nhầm ngõ 14."}


def accepted(ward: Ward) -> Report:
    return ward.report(ward.task(), "2024-09", [74, 55])


def correcting(ward: Ward) -> Report:
    report = accepted(ward)
    begin_correction(ward.session, report, REASON["reason"], by=ward.actor("officer_kp1"), at=ward.now)
    ward.session.commit()
    return report


def address(report: Report, act: str = "dinh-chinh") -> str:
    return f"/bao-cao/{report.id}/{act}"


PEOPLE = [
    ("officer_kp1", 200),
    ("mate_kp1", 200),
    ("clerk", 200),
    ("head_kp1", 403),
    ("leader", 403),
    ("officer_kp2", 404),
    ("outsider", 404),
    ("admin", 403),
    ("ended", 403),
]


@pytest.mark.parametrize(("name", "status"), PEOPLE)
def test_who_corrects(ward: Ward, sign_in: SignIn, name: str, status: int):
    sign_in(name).get(address(accepted(ward)), status=status)


@pytest.mark.parametrize(("name", "status"), PEOPLE)
def test_who_drops_a_correction(ward: Ward, sign_in: SignIn, name: str, status: int):
    sign_in(name).get(address(correcting(ward), "bo-dinh-chinh"), status=status)


def test_nobody_is_led_to_the_sign_in(ward: Ward, sign_in: SignIn):
    report, nobody = correcting(ward), sign_in("nobody")
    for act in ("dinh-chinh", "bo-dinh-chinh"):
        assert "/dang-nhap" in nobody.get(address(report, act), status=302).location


def test_it_needs_a_reason(ward: Ward, sign_in: SignIn):
    page = sign_in("officer_kp1").send(address(accepted(ward)), status=200)
    assert page.errors == ["Vì sao đính chính: Chưa nhập ô này."]


def test_it_is_written_beside_what_was_accepted_and_sent_as_a_new_round(ward: Ward, sign_in: SignIn):
    report, officer = accepted(ward), sign_in("officer_kp1")
    page = officer.send(address(report), REASON, follow=True)
    assert page.url == url(ward, report.task, "2024-09")
    assert "Đính chính báo cáo đã duyệt Đếm nhầm ngõ 14." in page.text
    assert "Số đã duyệt kỳ này 74 m" in page.text
    assert page.form().fields[field(report.task)] == ["74"]
    page = officer.send_form(page.form(), {field(report.task): "70"}, button=CHECK, follow=True)
    assert "Đính chính báo cáo đã duyệt Đếm nhầm ngõ 14." in page.text
    assert "gửi muộn" not in page.text
    officer.send_form(page.form())
    kept = the_report(ward)
    assert [(one.correction, one.figures[0].value) for one in kept.rounds] == [
        ("", Decimal(74)),
        (REASON["reason"], Decimal(70)),
    ]


def test_three_presses_open_one_round(ward: Ward, sign_in: SignIn):
    report, officer = accepted(ward), sign_in("officer_kp1")
    form = officer.get(address(report)).form()
    assert len({officer.send_form(form, REASON).location for _press in range(3)}) == 1
    assert len(the_report(ward).rounds) == 2


def test_what_is_being_corrected_is_gone_on_with(ward: Ward, sign_in: SignIn):
    report, officer = correcting(ward), sign_in("mate_kp1")
    assert officer.get(address(report), status=302).location == url(ward, report.task, "2024-09")
    page = officer.get("/bao-cao")
    assert "đang đính chính" in page.text
    assert page.link("Viết tiếp") == url(ward, report.task, "2024-09")


def test_a_colleague_opened_it_meanwhile(ward: Ward, sign_in: SignIn):
    report, mine, mate = accepted(ward), sign_in("officer_kp1"), sign_in("mate_kp1")
    form = mine.get(address(report)).form()
    mate.send(address(report), {"reason": "Lý do khác."})
    page = mine.send_form(form, REASON, status=200)
    assert "Nội dung vừa được người khác sửa." in page.errors[0]
    page = mine.send_form(page.form(), status=200)
    assert page.errors == ["Chỉ đính chính được báo cáo đã duyệt; báo cáo này không ở bước đó."]
    assert len(the_report(ward).rounds) == 2


def test_a_report_that_is_not_accepted_leads_to_its_page(ward: Ward, sign_in: SignIn):
    report = ward.report(ward.task(), "2024-09", [74, 55], status="submitted")
    assert sign_in("officer_kp1").get(address(report), status=302).location == f"/bao-cao/{report.id}"


def test_dropping_it_leaves_what_was_accepted(ward: Ward, sign_in: SignIn):
    report, officer = correcting(ward), sign_in("officer_kp1")
    officer.send(url(ward, report.task, "2024-09"), {field(report.task): "70"}, button=KEEP)
    page = officer.get(url(ward, report.task, "2024-09"))
    officer.send(page.link("Bỏ đính chính"))
    assert [one.figures[0].value for one in the_report(ward).rounds] == [74]
    assert officer.get(address(report, "bo-dinh-chinh"), status=302).location == f"/bao-cao/{report.id}"


def test_a_concluded_campaign_takes_no_corrections(ward: Ward, sign_in: SignIn):
    report = accepted(ward)
    ward.campaign.status = CampaignStatus.CONCLUDED
    ward.session.commit()
    page = sign_in("officer_kp1").get(address(report), status=409)
    assert "không nhận báo cáo nữa" in page.text


def test_a_locked_period_takes_no_corrections_and_says_who_may_help(ward: Ward, sign_in: SignIn):
    report = accepted(ward)
    ward.period("2024-09").locks_after = date(2024, 10, 5)
    ward.session.commit()
    page = sign_in("officer_kp1").get(address(report), status=409)
    assert "Kỳ tháng 9/2024 đã khóa sau ngày 5/10/2024" in page.text
    assert "Lãnh đạo hoặc văn thư Ủy ban nhân dân phường Hà Khánh có thể cho ngoại lệ" in page.text

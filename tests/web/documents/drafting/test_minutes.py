"""Biên bản: what nobody wrote down at the ceremony is filled in, or left to a pen knowingly."""

from datetime import date

import pytest

from pledges.documents.drafting.composing import paper_of
from pledges.documents.issuing.printing import file_name
from pledges.documents.rules import DocumentStatus
from tests.support import hall

HELD_ON = date(2024, 3, 29)
WRITTEN = {
    "viet.gaps.began": "8 giờ 00",
    "viet.gaps.ended": "11 giờ 30",
    "viet.gaps.secretary": "Đỗ Hải Yến - Văn phòng",
    "viet.gaps.attendance": "85",
    "viet.gaps.chair": "Trần Quốc Hưng - Chủ tịch",
    "signer_name": "Trần Quốc Hưng",
}


@pytest.fixture
def minutes(ward, clerk):
    """The address of the minutes of a ceremony of which nobody wrote anything down."""
    hall.close(ward, hall.opened(ward, held_on=HELD_ON))
    return clerk.send("/van-ban/soan/bien-ban").location


def submit(url: str) -> str:
    return url.replace("/soan", "/trinh-ky")


def test_the_dots_have_fields_and_the_draft_has_the_ceremony_s_day(ward, clerk, minutes, newest):
    page = clerk.get(minutes)
    assert "Kính gửi" not in page.text
    for label in ("Giờ bắt đầu", "Giờ kết thúc", "Thư ký", "Số đại biểu"):
        assert [one for one in page.all("label") if "".join(one.itertext()).strip() == label]
    clerk.send(minutes, WRITTEN)
    assert "Thời gian bắt đầu: 8 giờ 00, ngày 29 tháng 3 năm 2024." in clerk.get(minutes).text
    made = newest()
    assert made.as_of == HELD_ON
    assert file_name(made).endswith("2024-03-29")
    assert paper_of(made).closing.left.signatures[0].name == "Đỗ Hải Yến"
    page = clerk.get(submit(minutes))
    assert "Còn chỗ để trống" not in page.text
    clerk.send(submit(minutes))
    assert newest().status is DocumentStatus.SUBMITTED
    issue = clerk.get(minutes.replace("/soan", "/phat-hanh"))
    assert issue.form(minutes.replace("/soan", "/phat-hanh")).fields["issued_on"] == ["29/3/2024"]


def test_what_is_no_time_and_what_ends_before_it_began_is_refused_beside_its_field(clerk, minutes):
    page = clerk.send(minutes, {"viet.gaps.began": "25:70", "viet.gaps.attendance": "-5"}, status=200)
    assert "Ghi giờ và phút" in " ".join(page.errors)
    assert "Ghi số người bằng chữ số" in " ".join(page.errors)
    page = clerk.send(minutes, {"viet.gaps.began": "14:00", "viet.gaps.ended": "11 giờ 30"}, status=200)
    assert "Giờ kết thúc phải sau giờ bắt đầu." in " ".join(page.errors)


def test_what_stays_empty_is_named_and_needs_a_tick_before_it_is_signed_and_before_it_is_issued(
    clerk, minutes, newest
):
    clerk.send(minutes, {**WRITTEN, "viet.gaps.began": ""})
    page = clerk.send(submit(minutes), status=200)
    assert "Thời gian bắt đầu: …… giờ ……" in page.text
    assert "Còn chỗ để trống" in page.errors[0]
    assert newest().status is DocumentStatus.DRAFT
    clerk.send(submit(minutes), {"sure": "y"})
    assert newest().status is DocumentStatus.SUBMITTED
    issue = minutes.replace("/soan", "/phat-hanh")
    page = clerk.send(issue, {"act": "check"}, status=200)
    assert "Còn chỗ để trống: “Thời gian bắt đầu: …… giờ ……" in page.text
    page = clerk.send_form(page.form(issue), {"act": "check", "sure": "y"}, follow=True)
    assert "Sẽ được lưu nguyên" in page.text


def test_a_print_to_try_has_a_name_that_every_system_takes(clerk, minutes):
    abstract = "Lễ ký đợt 2/2024"
    clerk.send(minutes, {**WRITTEN, "abstract": abstract})
    clerk.send(submit(minutes))
    named = clerk.send(minutes.replace("/soan", "/phat-hanh"), {"act": "try"}, status=200, forge=True)
    disposition = named.headers["Content-Disposition"]
    assert "2-2024" in disposition
    assert "%2F" not in disposition
    assert "2/2024" not in disposition

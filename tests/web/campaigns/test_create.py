"""Making a campaign."""

from datetime import date

import pytest
from sqlalchemy import select

from pledges.campaigns.models import Campaign
from pledges.campaigns.rules import CampaignStatus, Cycle
from tests.support.critic import SignIn
from tests.support.ward import Ward
from tests.web.campaigns.filled import filled

URL = "/phong-trao/lap"


def campaigns(ward: Ward) -> list[Campaign]:
    ward.settle()
    return list(ward.session.scalars(select(Campaign).order_by(Campaign.id)))


@pytest.mark.parametrize("name", ["leader", "clerk"])
def test_a_campaign_begins_in_preparation(ward: Ward, sign_in: SignIn, name: str):
    page = sign_in(name).send(URL, filled(ward), button="Lưu phong trào", follow=True)
    assert page.h1 == "Phong trào trồng cây đời đời nhớ ơn Bác Hồ"
    made = campaigns(ward)[1]
    assert made.status is CampaignStatus.DRAFT
    assert (made.starts_on, made.ends_on) == (date(2024, 11, 1), date(2025, 4, 30))
    assert (made.expected_task_count, made.reporting_due_day) == (10, 20)
    assert [basis.number for basis in made.bases] == ["05/KH-UBND"]
    assert [movement.name for movement in made.movements] == ["Toàn dân đoàn kết xây dựng đô thị văn minh"]
    assert len(made.terms.splitlines()) == 4, "the terms that are proposed"


def test_terms_are_one_a_line(ward: Ward, sign_in: SignIn):
    sign_in("clerk").send(URL, filled(ward, terms="Điều một.\r\n\r\n  Điều hai.  \r\n"))
    assert campaigns(ward)[1].terms == "Điều một.\nĐiều hai."


def test_rows_come_and_go_without_a_record(ward: Ward, sign_in: SignIn):
    clerk = sign_in("clerk")
    page = clerk.send(URL, filled(ward), button="Thêm căn cứ", status=200)
    page = clerk.send_form(page.form(), button="Thêm cuộc vận động", status=200)
    form = clerk.send_form(
        page.form(), {"movements-1-name": "Vì người nghèo"}, status=200, button="Thêm căn cứ"
    ).form()
    assert {"bases-2-type", "movements-1-name"} <= set(form.fields)
    assert form.fields["bases-0-number"] == ["05/KH-UBND"]
    assert len(campaigns(ward)) == 1
    form = clerk.send_form(form, {"rows": "movements-drop-0"}, status=200).form()
    clerk.send_form(form, button="Lưu phong trào")
    made = campaigns(ward)[1]
    assert [movement.name for movement in made.movements] == ["Vì người nghèo"]
    assert len(made.bases) == 1, "blank rows are none"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"title": " "}, "Nhập tên phong trào."),
        ({"code": "HK-2024"}, "Đã có phong trào mang mã này."),
        ({"ends_on": "01/10/2024"}, "Ngày kết thúc phải sau ngày bắt đầu."),
        (
            {"registration_closes_on": "01/5/2025"},
            "Hạn đăng ký phần việc: Sau ngày kết thúc phong trào (30/4/2025).",
        ),
        (
            {"reporting_due_day": "31"},
            "Hạn nộp: ngày mấy trong tháng: Phải từ ngày 1 đến ngày 28, tháng nào cũng có.",
        ),
        ({"reporting_due_day": ""}, "Nhập ngày phải nộp báo cáo."),
        ({"grace_days": "61"}, "Số ngày ân hạn: Nhiều nhất 60 ngày."),
        (
            {"grace_days": "5", "locks_after_days": "4"},
            "Khóa kỳ sau hạn mấy ngày: Không khóa trước khi hết ân hạn (5 ngày).",
        ),
        (
            {"locks_after_days": "400"},
            "Khóa kỳ sau hạn mấy ngày: Nhiều nhất 366 ngày; không khóa thì để trống.",
        ),
        ({"expected_task_count": "-1"}, "Số phần việc dự kiến: Phải là số nguyên từ 0 trở lên."),
        ({"bases-0-number": ""}, "Nhập số, ký hiệu, ví dụ 133/KH-UBND."),
    ],
)
def test_what_makes_no_sense_is_refused(ward: Ward, sign_in: SignIn, changes: dict[str, str], words: str):
    page = sign_in("clerk").send(URL, filled(ward, **changes), status=200)
    assert words in page.errors
    assert page.form().fields["bases-0-subject"] == ["Tổ chức Tết trồng cây"]
    assert len(campaigns(ward)) == 1


def test_only_what_the_cycle_needs_is_asked_for(ward: Ward, sign_in: SignIn):
    weekly = {"cycle": "weekly", "reporting_weekday": "3", "reporting_due_day": "31"}
    sign_in("clerk").send(URL, filled(ward, grace_days="2", locks_after_days="9", **weekly))
    made = campaigns(ward)[1]
    assert (made.cycle, made.reporting_weekday, made.reporting_due_day) == (Cycle.WEEKLY, 3, 25)
    assert (made.grace_days, made.locks_after_days) == (2, 9)


def test_without_grace_and_lock_nothing_is_on_time_late_and_nothing_locks(ward: Ward, sign_in: SignIn):
    sign_in("clerk").send(URL, filled(ward, grace_days="", locks_after_days="", cycle="quarterly"))
    made = campaigns(ward)[1]
    assert (made.cycle, made.grace_days, made.locks_after_days) == (Cycle.QUARTERLY, 0, None)


def test_the_organiser_lies_within_the_area(ward: Ward, sign_in: SignIn):
    area = str(ward.unit("VPTK").id)
    page = sign_in("clerk").send(URL, filled(ward, area=area), status=200)
    assert page.errors[0].startswith("Ủy ban nhân dân phường Hà Khánh không thuộc Bộ phận Văn phòng")


def test_units_elsewhere_are_not_offered(ward: Ward, sign_in: SignIn):
    offered = sign_in("clerk").get(URL).form().offered
    assert offered["owner"] == {"", str(ward.unit("UBND").id), str(ward.unit("VPTK").id)}
    assert offered["area"] == offered["owner"] | {str(ward.unit("HK").id)}
    forged = filled(ward, owner=str(ward.unit("HP").id))
    page = sign_in("clerk").send(URL, forged, status=200, forge=True)
    assert "Đơn vị tổ chức: Lựa chọn này không còn trong danh sách." in page.errors


def test_two_movements_of_one_name_are_refused(ward: Ward, sign_in: SignIn):
    again = {"movements-1-name": "Toàn dân đoàn kết xây dựng đô thị văn minh"}
    page = sign_in("clerk").send(URL, filled(ward, **again), status=200, forge=True)
    assert any("được ghi hai lần" in line for line in page.errors)


@pytest.mark.parametrize("name", ["officer_kp1", "admin", "ended", "outsider"])
def test_who_organises_nothing_gets_403(sign_in: SignIn, name: str):
    sign_in(name).get(URL, status=403)


def test_a_head_organises_in_the_own_unit_only(ward: Ward, sign_in: SignIn):
    offered = sign_in("head_kp1").get(URL).form().offered
    assert offered["owner"] == offered["area"] == {"", str(ward.unit("KP1").id)}


def test_nobody_is_asked_to_sign_in(sign_in: SignIn):
    assert sign_in("nobody").get(URL, status=302).location.startswith("/dang-nhap")

"""What the page of registering refuses or asks about, in words beside the field."""

from datetime import date

import pytest

from tests.support.critic import SignIn
from tests.support.ward import Ward
from tests.web.tasks.registering import URL, filled, tasks

REFUSALS = [
    ({"title": ""}, "Nhập tên phần việc."),
    ({"product": ""}, "Chưa có sản phẩm: làm xong thì có gì để đếm, để nghiệm thu?"),
    ({"start_on": ""}, "Nhập ngày bắt đầu."),
    ({"start_on": "28/3/2024"}, "Ngày bắt đầu: Trước ngày bắt đầu phong trào (29/3/2024)."),
    ({"due_on": "01/7/2025"}, "Ngày hoàn thành: Sau ngày kết thúc phong trào (30/6/2025)."),
    ({"due_on": "01/11/2024"}, "Ngày hoàn thành: Thời hạn hoàn thành phải sau ngày bắt đầu."),
    ({"due_on": "31/11/2024"}, "Ngày hoàn thành: Tháng 11 năm 2024 không có ngày 31."),
    ({"state_funding": "-5"}, "Ngân sách: Kinh phí không âm được."),
    ({"row0_label": ""}, "Nhập nội dung chỉ tiêu: đo cái gì."),
    ({"row0_target": ""}, "Nhập con số phải đạt."),
    ({"row0_measure": ""}, "Nhập đơn vị tính, ví dụ m, cây, hộ, % hồ sơ."),
    ({"row0_weight": "0"}, "Trọng số phải là số lớn hơn 0."),
    (
        {"row0_target": "10"},
        "Phải đạt: Chỉ tiêu thấp hơn hiện trạng; nếu phải giảm, đồng chí chọn chiều “giảm xuống”.",
    ),
    (
        {"row0_measure": "% hộ", "row0_target": "80"},
        "Tỷ lệ phần trăm là mức đạt đến cuối kỳ, không cộng dồn từng kỳ.",
    ),
    ({"row0_milestones": "20/11/2024"}, "Chưa đọc được “20/11/2024”: viết ngày, dấu hai chấm, con số"),
    ({"row0_milestones": "32/11/2024: 1"}, "Ở mốc “32/11/2024: 1”: Tháng 11 năm 2024 không có ngày 32."),
    ({"row0_milestones": "20/11/2024: 1; 20/11/2024: 2"}, "Ngày 20/11/2024 được ghi hai lần."),
    ({"row0_milestones": "20/12/2024: 1"}, "Mốc 20/12/2024 nằm ngoài thời gian của phần việc."),
]


@pytest.mark.parametrize(("changes", "words"), REFUSALS)
def test_what_makes_no_sense_is_refused_in_words(
    ward: Ward, sign_in: SignIn, changes: dict[str, str], words: str
):
    page = sign_in("officer_kp1").send(URL, filled(**changes), button="Xem lại trước khi gửi", status=200)
    assert len(page.errors) == 1, page.errors
    assert page.errors[0].startswith(words)
    assert tasks(ward) == []
    sent = page.form().fields
    for name, value in filled(**changes).items():
        assert sent[name] == [value], "nothing that was typed is lost"


def test_all_that_is_wrong_with_the_days_is_said_at_once(sign_in: SignIn):
    wrong = filled(
        start_on="28/3/2024",
        due_on="cuối năm",
        row0_milestones="28/3/2023: 1",
        row0_measured_from="32/1/2025",
    )
    page = sign_in("officer_kp1").send(URL, wrong, button="Xem lại trước khi gửi", status=200)
    assert page.errors == [
        "Ngày bắt đầu: Trước ngày bắt đầu phong trào (29/3/2024).",
        "Ngày hoàn thành: Không đọc được ngày này; hãy viết ngày/tháng/năm, ví dụ 29/3/2024.",
        "Đo được từ ngày: Tháng 1 năm 2025 không có ngày 32.",
        "Mốc 28/3/2023 nằm ngoài thời gian của phần việc.",
    ]


def test_days_in_the_wrong_order_are_judged_against_the_campaign_too(sign_in: SignIn):
    wrong = filled(start_on="28/3/2024", due_on="27/3/2024")
    page = sign_in("officer_kp1").send(URL, wrong, button="Xem lại trước khi gửi", status=200)
    assert page.errors == [
        "Ngày bắt đầu: Trước ngày bắt đầu phong trào (29/3/2024).",
        "Ngày hoàn thành: Thời hạn hoàn thành phải sau ngày bắt đầu.",
    ]


def test_a_number_that_cannot_be_read_is_named_with_its_row(sign_in: SignIn):
    row1 = {"row1_label": "Hộ tham gia", "row1_baseline": "vài", "row1_target": "nhiều", "row1_measure": "hộ"}
    officer = sign_in("officer_kp1")
    page = officer.send(URL, filled(), button="Thêm chỉ tiêu", status=200)
    named = {name.replace("row1_", "indicators-1-"): value for name, value in row1.items()}
    page = officer.send_form(page.form(), named, status=200)
    assert [words.split(":")[:2] for words in page.errors] == [
        ["Chỉ tiêu 2", " Hiện trạng"],
        ["Chỉ tiêu 2", " Phải đạt"],
    ]


def test_a_task_needs_an_indicator(sign_in: SignIn):
    fields = filled(row0_label="", row0_baseline="", row0_target="", row0_measure="")
    page = sign_in("officer_kp1").send(URL, fields, status=200)
    assert page.errors == ["Cần ít nhất một chỉ tiêu đo được, có số và đơn vị tính."]
    assert page.by_id("indicators-0-label-error") is not None


def test_a_target_at_the_baseline_is_asked_about_once(ward: Ward, sign_in: SignIn):
    officer = sign_in("officer_kp1")
    page = officer.send(URL, filled(row0_baseline="120"), status=200)
    assert page.errors[0].startswith("Phải đạt bằng đúng hiện trạng (120).")
    officer.send_form(page.form(), {"indicators-0-holds": "y"})
    (task,) = tasks(ward)
    assert task.indicators[0].target == task.indicators[0].baseline == 120
    page = officer.send(f"/phan-viec/{task.id}/sua", {"title": "Giữ hàng cây"})
    assert page.location == f"/phan-viec/{task.id}/gui-duyet", "what was confirmed isn't asked again"


def test_a_share_over_100_is_asked_about(ward: Ward, sign_in: SignIn):
    officer = sign_in("officer_kp1")
    fields = filled(row0_target="110", row0_measure="% dự toán", row0_counting="level")
    page = officer.send(URL, fields, status=200)
    assert page.errors[0].startswith("Tỷ lệ trên 100%.")
    officer.send_form(page.form(), {"indicators-0-over": "y"})
    assert tasks(ward)[0].indicators[0].target == 110


def test_a_unit_that_ends_before_the_task_can_not_lead_it(ward: Ward, sign_in: SignIn):
    ward.unit("KP1").valid_to = date(2024, 11, 15)
    ward.session.commit()
    page = sign_in("officer_kp1").send(URL, filled(), status=200)
    assert page.errors == ["Khu phố 1 không còn hoạt động vào ngày hoàn thành phần việc."]


def test_an_ambiguous_number_is_asked_about(sign_in: SignIn):
    page = sign_in("officer_kp1").send(URL, filled(row0_target="1.250"), status=200)
    assert "hàng nghìn" in page.errors[0]

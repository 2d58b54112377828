"""Lists with bad rows: each gives all its errors at once, in words, with the row numbers of the sheet."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import func, select

from pledges.audit.models import LogEntry
from pledges.tasks.models import Task
from tests.support.critic import SignIn
from tests.support.task_sheets import (
    Line,
    changed,
    settle_the_campaign,
    told_faults,
    upload_list,
    whole_list,
    xlsx,
)
from tests.support.ward import Ward

ABOVE = ("ỦY BAN NHÂN DÂN PHƯỜNG HÀ KHÁNH", "DANH MỤC PHẦN VIỆC")
"""So that the headings stand in row 3, and the first task in row 4."""
NO_DAY = "Không đọc được ngày này; hãy viết ngày/tháng/năm, ví dụ 29/3/2024."
NO_NUMBER = "Chỉ nhập số, không kèm chữ, ký hiệu % hay đơn vị tính; ví dụ 1234,5."
NO_CODE = "Không có phần việc mang mã này trong phong trào; để trống ô này nếu là phần việc mới."
EARLY, LATE = date(2024, 4, 1), date(2024, 12, 31)

VARIANTS: dict[str, tuple[dict[int, dict[str, Any]], dict[str, list[str]]]] = {
    "two tasks without a title": (
        {1: {"title": ""}, 3: {"title": ""}},
        {
            "4": ["Tên phần việc (trống) Nhập tên phần việc."],
            "6": ["Tên phần việc (trống) Nhập tên phần việc."],
        },
    ),
    "a title without end": (
        {5: {"title": "dài " * 100}},
        {"8": [f"Tên phần việc {('dài ' * 30).strip()} … Dài quá 300 chữ (đang có 399); hãy viết gọn lại."]},
    ),
    "a unit of elsewhere": (
        {1: {"lead": "Sở Xây dựng tỉnh"}},
        {
            "4": [
                (
                    "Đơn vị chủ trì Sở Xây dựng tỉnh “Sở Xây dựng tỉnh” không có trong các đơn vị tham gia phong trào; "
                    "đồng chí sửa lại tên hoặc ghi mã đơn vị."
                )
            ]
        },
    ),
    "no unit": ({1: {"lead": ""}}, {"4": ["Đơn vị chủ trì (trống) Chọn đơn vị chủ trì."]}),
    "a partner of elsewhere": (
        {1: {"cooperating": "DU; Hội Sinh vật cảnh xyz"}},
        {
            "4": [
                (
                    "Đơn vị phối hợp DU; Hội Sinh vật cảnh xyz “Hội Sinh vật cảnh xyz” không có trong các đơn vị "
                    "tham gia phong trào; đồng chí sửa lại tên hoặc ghi mã đơn vị."
                )
            ]
        },
    ),
    "no days": (
        {1: {"start_on": None, "due_on": None}},
        {
            "4": [
                "Ngày bắt đầu (trống) Nhập ngày bắt đầu.",
                "Ngày hoàn thành (trống) Nhập ngày hoàn thành.",
            ]
        },
    ),
    "words for days": (
        {1: {"start_on": "đầu quý II", "due_on": "cuối năm"}},
        {"4": [f"Ngày bắt đầu đầu quý II {NO_DAY}", f"Ngày hoàn thành cuối năm {NO_DAY}"]},
    ),
    "a day that is none": (
        {1: {"due_on": "31/11/2024"}},
        {"4": ["Ngày hoàn thành 31/11/2024 Tháng 11 năm 2024 không có ngày 31."]},
    ),
    "days turned round": (
        {1: {"start_on": LATE, "due_on": EARLY}},
        {"4": ["Ngày hoàn thành 1/4/2024 Thời hạn hoàn thành phải sau ngày bắt đầu."]},
    ),
    "a day that lost its format": (
        {1: {"due_on": Decimal(45657)}},
        {
            "4": [
                (
                    "Ngày hoàn thành 45657 Ô này là số 45657, không phải ngày; "
                    "hãy viết ngày/tháng/năm, "
                    "ví dụ 31/12/2024."
                )
            ]
        },
    ),
    "strange funding": (
        {1: {"state_funding": Decimal(-5), "social_funding": "năm mươi"}, 3: {"state_funding": "40 triệu"}},
        {
            "4": [
                "Ngân sách (triệu đồng) -5 Kinh phí không âm được.",
                f"Xã hội hóa (triệu đồng) năm mươi {NO_NUMBER}",
            ],
            "6": ["Ngân sách (triệu đồng) 40 triệu Cột đã ghi đơn vị, đồng chí chỉ nhập con số, ví dụ 40."],
        },
    ),
    "an unknown movement": (
        {1: {"movement": "Phong trào zzz qqq"}},
        {
            "4": [
                (
                    "Cuộc vận động Phong trào zzz qqq “Phong trào zzz qqq” không có trong các cuộc vận động "
                    "của phong trào này; "
                    "để trống nếu không gắn."
                )
            ]
        },
    ),
    "indicators that lack something, in a row of their own": (
        {1: {"label": ""}, 2: {"target": None, "measure": ""}},
        {
            "4": [
                "Nội dung chỉ tiêu (trống) Nhập nội dung chỉ tiêu: đo cái gì.",
                "Dòng 5 · Phải đạt (trống) Nhập con số phải đạt.",
                "Dòng 5 · Đơn vị tính (trống) Nhập đơn vị tính, ví dụ m, cây, hộ, % hồ sơ.",
            ]
        },
    ),
    "targets on the wrong side": (
        {1: {"target": Decimal(10)}, 3: {"direction": "giảm"}},
        {
            "4": [
                "Phải đạt 10 Chỉ tiêu thấp hơn hiện trạng; nếu phải giảm, đồng chí chọn chiều “giảm xuống”."
            ],
            "6": ["Phải đạt 2 Chỉ tiêu cao hơn hiện trạng; nếu phải tăng, đồng chí chọn chiều “tăng lên”."],
        },
    ),
    "a target too large": (
        {1: {"target": Decimal(123456789012345)}},
        {"4": ["Phải đạt 123456789012345 Số quá lớn: nhiều nhất 14 chữ số trước dấu phẩy."]},
    ),
    "a share that adds up": (
        {1: {"counting": "số thêm"}},
        {"4": ["Mỗi kỳ ghi số thêm Tỷ lệ phần trăm là mức đạt đến cuối kỳ, không cộng dồn từng kỳ."]},
    ),
    "words that mean nothing here": (
        {1: {"direction": "ngang", "counting": "hằng năm", "weight": "nặng"}},
        {
            "4": [
                "Chiều ngang Ghi “tăng” hoặc “giảm”.",
                "Mỗi kỳ ghi hằng năm Ghi “số thêm” hoặc “mức đạt”.",
                f"Trọng số nặng {NO_NUMBER}",
            ]
        },
    ),
    "no weight at all": (
        {1: {"weight": Decimal(0)}},
        {"4": ["Trọng số 0 Trọng số phải là số lớn hơn 0."]},
    ),
    "milestones": (
        {1: {"milestones": "quý 1: 5"}, 2: {"milestones": "1/1/2020: 5"}},
        {
            "4": [
                f"Các mốc quý 1: 5 Ở mốc “quý 1: 5”: {NO_DAY}",
                "Dòng 5 · Các mốc 1/1/2020: 5 Mốc 1/1/2020 nằm ngoài thời gian của phần việc.",
            ]
        },
    ),
    "measured too late": (
        {1: {"measured_from": date(2026, 1, 1)}},
        {"4": ["Đo được từ ngày 1/1/2026 Sau thời hạn hoàn thành phần việc (31/12/2024)."]},
    ),
    "codes of nothing": (
        {1: {"code": Decimal(999999)}, 3: {"code": "PV-12"}},
        {"4": [f"Mã phần việc 999999 {NO_CODE}"], "6": [f"Mã phần việc PV-12 {NO_CODE}"]},
    ),
    "a formula that was never reckoned": (
        {1: {"target": "=SUM(A1:A3)"}},
        {
            "4": [
                (
                    "Phải đạt (trống) Ô có công thức nhưng tệp không lưu kết quả. Hãy mở tệp bằng Excel, bấm lưu, "
                    "rồi tải lên lại; hoặc gõ thẳng giá trị vào ô."
                )
            ]
        },
    ),
    "all at once": (
        {
            1: {
                "title": "",
                "lead": "",
                "start_on": "mai",
                "due_on": "mốt",
                "target": "nhiều",
                "measure": "",
                "weight": "x",
            },
            2: {"label": "", "target": "ít"},
        },
        {
            "4": [
                "Đơn vị chủ trì (trống) Chọn đơn vị chủ trì.",
                "Tên phần việc (trống) Nhập tên phần việc.",
                f"Ngày bắt đầu mai {NO_DAY}",
                f"Ngày hoàn thành mốt {NO_DAY}",
                f"Phải đạt nhiều {NO_NUMBER}",
                "Đơn vị tính (trống) Nhập đơn vị tính, ví dụ m, cây, hộ, % hồ sơ.",
                f"Trọng số x {NO_NUMBER}",
                "Dòng 5 · Nội dung chỉ tiêu (trống) Nhập nội dung chỉ tiêu: đo cái gì.",
                f"Dòng 5 · Phải đạt ít {NO_NUMBER}",
            ]
        },
    ),
}


def variant(changes: dict[int, dict[str, Any]]) -> list[Line]:
    lines = whole_list()
    for number, said in changes.items():
        lines = changed(lines, number, **said)
    return lines


@pytest.mark.parametrize("name", VARIANTS)
def test_a_bad_list_tells_all_its_errors(ward: Ward, sign_in: SignIn, name: str):
    changes, expected = VARIANTS[name]
    settle_the_campaign(ward)
    clerk = sign_in("clerk")
    before = ward.session.scalar(select(func.count()).select_from(LogEntry))
    preview = upload_list(clerk, xlsx(variant(changes), above=ABOVE))
    assert told_faults(preview) == expected
    assert f"{len(expected)} có lỗi" in preview.text
    assert f"{len(expected)} phần việc có lỗi" in preview.text
    assert clerk.get(f"{preview.url}/ghi", status=302).location == preview.url, "nothing can be written"
    ward.settle()
    assert ward.session.scalar(select(func.count()).select_from(Task)) == 0
    assert ward.session.scalar(select(func.count()).select_from(LogEntry)) == before

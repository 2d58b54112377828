"""Phần việc chung on the overview: units side by side, indicator by indicator."""

import pytest

from pledges.core import clock
from pledges.tasks.common import operations as commons
from tests.support.critic import SignIn
from tests.support.page import elements, words
from tests.support.ward import INDICATORS, Ward

URL = "/theo-doi/phan-viec-chung"


@pytest.fixture
def lanes(ward: Ward) -> Ward:
    """Two units pave lanes under one name; KP1 has reported."""
    tasks = [
        ward.task(unit, title=f"Bê tông hóa ngõ {unit}", indicators=INDICATORS) for unit in ("KP1", "KP2")
    ]
    ward.task("MTTQ", title="Vận động Quỹ")
    ward.report(tasks[0], "2024-09", [180, 45])
    leader = ward.actor("leader")
    commons.name(ward.session, ward.campaign, "Đường ngõ sạch", tasks, by=leader, at=clock.now())
    ward.session.commit()
    return ward


def test_units_are_rows_and_what_they_count_alike_is_added_up(lanes: Ward, sign_in: SignIn):
    page = sign_in("leader").get(URL)
    assert "Đường ngõ sạch" in page.text
    rows = page.table()[1:]
    assert [row[0].split(":")[0] for row in rows[:4]] == ["Khu phố 1"] * 2 + ["Khu phố 2"] * 2
    assert rows[0][1:5] == ["Đường ngõ được bê tông hóa", "180 m", "450 m", "40%"]
    assert rows[2][2:5] == ["chưa có số liệu", "450 m", "0%"]
    assert rows[-1][:5] == [
        "Cộng 2 đơn vị 1 chưa có số liệu", "Đường ngõ được bê tông hóa", "180 m", "900 m", "20%",
    ]  # fmt: skip
    assert "trung bình đạt 20%" in page.text
    assert "1/2 có số liệu" in page.text


def test_the_board_shows_them_side_by_side(lanes: Ward, sign_in: SignIn):
    page = sign_in("leader").get("/theo-doi")
    (table,) = page.of_class("common")
    rows = [[words(cell) for cell in elements(row, "th", "td")] for row in elements(table, "tr")[1:]]
    assert [row[2] for row in rows] == ["41%", "0%"]
    assert sign_in("leader").get(page.link("Từng chỉ tiêu của 1 phần việc chung")).h1 == "Phần việc chung"


def test_who_sees_what(lanes: Ward, sign_in: SignIn):
    own = sign_in("officer_kp1").get(URL)
    assert "Khu phố 1" in own.text
    assert "Khu phố 2" not in own.text
    assert "Đặt phần việc chung" not in own.text
    assert sign_in("clerk").get(URL).link("Đặt phần việc chung").endswith("/phan-viec-chung")
    sign_in("outsider").get(URL, status=404, **{"phong-trao": lanes.campaign.id})
    sign_in("admin").get(URL, status=403)
    assert sign_in("nobody").get(URL, status=302).location.startswith("/dang-nhap")


def test_without_any(ward: Ward, sign_in: SignIn):
    ward.task("KP1")
    assert "Chưa có phần việc chung nào" in sign_in("leader").get(URL).text
    assert sign_in("leader").get("/theo-doi").of_class("common") == []

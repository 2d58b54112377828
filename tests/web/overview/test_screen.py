"""Màn hình phòng họp: slides that turn by links, the mark of illustrative data, no chrome in sight."""

from collections.abc import Callable

import pytest

from tests.support.critic import Critic, SignIn
from tests.support.ward import Ward

URL = "/theo-doi/man-hinh"


def test_links_lead_through_all_slides_and_back_to_the_board(in_demo: Callable[[str], Critic]):
    critic = in_demo("chutich")
    page, names = critic.get(URL), []
    while True:
        names.append(page.h1)
        after = [link for link in page.links if link.text == "Sau ›"]
        if not after:
            break
        page = critic.get(after[0].url)
    assert names[:3] == ["Số liệu chung", "Tình trạng các phần việc", "Cần quan tâm trước (1/6)"]
    assert names[-1] == "IV. Các khu phố"
    assert f"{len(names)}/{len(names)}" in page.text
    assert critic.get(page.link("‹ Trước")).h1 == names[-2]
    assert critic.get(page.link("Thoát")).h1 == "Bảng theo dõi"


def test_illustrative_data_is_marked_on_every_slide(in_demo: Callable[[str], Critic]):
    for place in (1, 2, 5, 99):
        page = in_demo("chutich").get(URL, trang=place)
        assert [one.text for one in page.of_class("screen-mark")] == ["Dữ liệu minh họa"]


def test_real_data_bear_no_mark(ward: Ward, sign_in: SignIn):
    ward.task("KP1")
    assert sign_in("leader").get(URL).of_class("screen-mark") == []


def test_a_slide_says_what_the_board_says(in_demo: Callable[[str], Critic]):
    critic = in_demo("chutich")
    board, slide = critic.get("/theo-doi"), critic.get(URL)
    for number in ("24", "23", "21", "69", "8"):
        assert number in slide.text
        assert number in board.text
    needs = critic.get(URL, trang=3).text
    assert "Quá hạn 15 ngày: kết quả trả đúng hạn 99%, chỉ tiêu 100%." in needs


def test_a_day_of_the_past_is_carried_on(in_demo: Callable[[str], Critic]):
    page = in_demo("chutich").get(URL, **{"den-ngay": "31/7/2024"})
    assert "Tính đến ngày 31/7/2024" in page.text
    assert "den-ngay=2024-07-31" in page.link("Sau ›")


@pytest.mark.parametrize("place", ["0", "999", "hai"])
def test_a_slide_that_there_is_not_shows_the_nearest(ward: Ward, sign_in: SignIn, place: str):
    ward.task("KP1")
    sign_in("leader").get(URL, trang=place)


def test_before_anything_was_registered(ward: Ward, sign_in: SignIn):
    assert "Chưa có phần việc nào" in sign_in("leader").get(URL).text


def test_who_sees_it(ward: Ward, sign_in: SignIn):
    ward.task("KP1", title="Bê tông hóa ngõ tổ 3")
    assert "Bê tông hóa" in sign_in("officer_kp1").get(URL, trang=99).text
    assert "Bê tông hóa" not in sign_in("officer_kp2").get(URL, trang=99).text
    sign_in("outsider").get(URL, status=404, **{"phong-trao": ward.campaign.id})
    sign_in("admin").get(URL, status=403)
    assert sign_in("nobody").get(URL, status=302).location.startswith("/dang-nhap")

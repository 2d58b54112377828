"""Tiến độ so với kế hoạch of all tasks, a block, a unit, with the plan that was first signed."""

from collections.abc import Callable
from datetime import date

from tests.support.amending import amend
from tests.support.critic import Critic, SignIn
from tests.support.page import Page, elements, words
from tests.support.ward import Ward

URL = "/theo-doi/tien-do"


def chart(page: Page) -> list[list[str]]:
    rows = elements(page.of_class("chart")[0], "tr")
    return [[words(cell) for cell in elements(row, "th", "td")] for row in rows]


def test_a_block_and_a_unit_have_their_own_lines(in_demo: Callable[[str], Critic]):
    critic = in_demo("chutich")
    whole = critic.get(URL)
    assert chart(whole)[-1] == ["15/10/2024", "82%", "69%"]
    block = critic.get(whole.link("IV. Các khu phố"))
    assert chart(block)[-1][2] == "78%"
    assert len(block.table(1)) == 1 + 5
    unit = critic.get(block.link("Khu phố 4"))
    assert chart(unit)[-1] == ["15/10/2024", "92%", "59%"]
    assert unit.form(URL).fields["don-vi"]


def test_an_amended_plan_has_the_first_signed_one_beside_it(ward: Ward, sign_in: SignIn):
    task = ward.task("KP1", "committed")
    plain = sign_in("leader").get(URL)
    assert chart(plain)[0] == ["Ngày", "Kế hoạch đã cam kết", "Đã được duyệt"]
    assert "kế hoạch đang dùng là kế hoạch ký ban đầu" in plain.text
    amend(ward, task, due_on=date(2025, 3, 31))
    page = sign_in("leader").get(URL)
    said = chart(page)
    assert said[0] == ["Ngày", "Kế hoạch sau điều chỉnh", "Đã được duyệt", "Kế hoạch ký ban đầu"]
    assert said[-1][3] == chart(plain)[-1][1]
    assert int(said[-1][1][:-1]) < int(said[-1][3][:-1])
    assert page.html.count('<polyline class="signed"') == 1
    board = sign_in("leader").get("/theo-doi")
    assert chart(board)[0][3] == "Kế hoạch ký ban đầu"
    past = sign_in("leader").get(URL, **{"den-ngay": "14/10/2024"})
    assert chart(past)[0] == chart(plain)[0], "of a day before it was allowed nothing is told"


def test_a_page_that_there_is_not(ward: Ward, sign_in: SignIn):
    ward.task("KP1")
    sign_in("leader").get(URL, status=404, khoi=9)
    sign_in("leader").get(URL, status=404, **{"don-vi": ward.unit("KP2").id})
    sign_in("officer_kp2").get(URL, status=404, **{"don-vi": ward.unit("KP1").id})


def test_who_sees_it(ward: Ward, sign_in: SignIn):
    ward.task("KP1", title="Bê tông hóa ngõ tổ 3")
    assert "Bê tông hóa" in sign_in("officer_kp1").get(URL).text
    assert "Bê tông hóa" not in sign_in("officer_kp2").get(URL).text
    sign_in("outsider").get(URL, status=404, **{"phong-trao": ward.campaign.id})
    sign_in("admin").get(URL, status=403)
    assert sign_in("nobody").get(URL, status=302).location.startswith("/dang-nhap")

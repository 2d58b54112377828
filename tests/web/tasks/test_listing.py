"""The list of tasks: who sees what, search, filters, order, pages, actions."""

from datetime import date
from decimal import Decimal

import pytest

from pledges.tasks.operations import IndicatorEntry
from tests.support.critic import SignIn
from tests.support.page import Page, words
from tests.support.queries import CountQueries
from tests.support.ward import Ward


def titles(page: Page):
    return [words(link) for link in page.all("a", within=page.all("table")[0])]


def test_an_officer_sees_the_own_tasks_and_those_the_unit_helps_with(ward: Ward, sign_in: SignIn):
    ward.task("KP1", title="Bê tông hóa ngõ tổ 3")
    ward.task("KP2", title="Lắp đèn chiếu sáng", cooperating=["KP1"])
    ward.task("KP2", title="Việc riêng của Khu phố 2")

    page = sign_in("officer_kp1").get("/phan-viec")

    assert page.h1 == "Phần việc"
    assert titles(page) == ["Bê tông hóa ngõ tổ 3", "Lắp đèn chiếu sáng"]
    assert "Việc riêng của Khu phố 2" not in page.html


def test_who_sees_fewer_than_the_campaign_has_is_told(ward: Ward, sign_in: SignIn):
    ward.task("KP1")
    ward.task("KP2")
    told = "Đồng chí thấy 01 phần việc trong số đó"
    assert told in sign_in("officer_kp1").get("/phan-viec").text
    assert "Đồng chí thấy" not in sign_in("leader").get("/phan-viec").text


@pytest.mark.parametrize("name", ["mate_kp1", "head_kp1", "leader", "leader2", "clerk"])
def test_team_mates_head_leaders_and_clerk_see_the_task(ward: Ward, sign_in: SignIn, name: str):
    ward.task("KP1", title="Bê tông hóa ngõ tổ 3")
    assert titles(sign_in(name).get("/phan-viec")) == ["Bê tông hóa ngõ tổ 3"]


def test_a_stranger_sees_no_campaign(ward: Ward, sign_in: SignIn):
    ward.task("KP1", title="Bê tông hóa ngõ tổ 3")
    page = sign_in("outsider").get("/phan-viec")
    assert "Chưa có phong trào thi đua nào" in page.text
    sign_in("outsider").get(f"/phan-viec?phong-trao={ward.campaign.id}", status=404)


@pytest.mark.parametrize("name", ["admin", "ended"])
def test_who_has_no_right_to_tasks_gets_403(sign_in: SignIn, name: str):
    sign_in(name).get("/phan-viec", status=403)


def test_nobody_is_asked_to_sign_in(sign_in: SignIn):
    page = sign_in("nobody").get("/phan-viec", status=302)
    assert page.location.startswith("/dang-nhap")


@pytest.mark.parametrize("words", ["duong ha khanh", "ĐƯỜNG HÀ KHÁNH", "đường hà", "đuong ha", "Đươ\u0300ng"])
def test_search_heeds_neither_case_nor_accents(ward: Ward, sign_in: SignIn, words: str):
    ward.task(title="Vỉa hè đường Hà Khánh")
    ward.task(
        title="Nhà văn hóa khu phố", product="Nhà", indicators=(IndicatorEntry("Nhà", Decimal(1), "nhà"),)
    )
    page = sign_in("leader").get("/phan-viec", q=words)
    assert titles(page) == ["Vỉa hè đường Hà Khánh"]
    assert "1 trong 2 phần việc" in page.text


def test_search_finds_units_products_indicators_and_numbers(ward: Ward, sign_in: SignIn):
    ward.task("KP1", title="Việc một")
    ward.task("KP2", title="Việc hai 100%")
    leader = sign_in("leader")
    assert titles(leader.get("/phan-viec", q="khu pho 2")) == ["Việc hai 100%"]
    assert titles(leader.get("/phan-viec", q="KP1")) == ["Việc một"]
    assert titles(leader.get("/phan-viec", q="100%")) == ["Việc hai 100%"]
    assert titles(leader.get("/phan-viec", q="số 1")) == ["Việc một"]
    assert len(titles(leader.get("/phan-viec", q="phân loại rác"))) == 2
    assert "Không có phần việc nào khớp" in leader.get("/phan-viec", q="%_").text
    assert "Không có phần việc nào khớp" in leader.get("/phan-viec", q="việc một 100").text


def test_what_fits_best_comes_first_unless_another_order_is_asked_for(ward: Ward, sign_in: SignIn):
    for title in ("Bếp tương cổ truyền", "Hàng cây ven tường", "Tường hoa"):
        ward.task(title=title)
    leader = sign_in("leader")
    page = leader.get("/phan-viec", q="tường")
    assert titles(page) == ["Hàng cây ven tường", "Tường hoa", "Bếp tương cổ truyền"]
    assert [words(one) for one in page.all("mark")] == ["tường", "Tường", "tương"]
    page = leader.get("/phan-viec", q="tường", xep="ten")
    assert titles(page) == ["Bếp tương cổ truyền", "Hàng cây ven tường", "Tường hoa"]
    assert page.forms[0].fields["xep"] == ["ten"]


def test_found_tasks_come_in_pages(ward: Ward, sign_in: SignIn):
    for number in range(53):
        ward.task(title=f"Trồng tre {number}", status="draft")
    page = sign_in("leader").get("/phan-viec", q="tre", page=2)
    assert titles(page) == ["Trồng tre 50", "Trồng tre 51", "Trồng tre 52"]
    assert "53 trong 53 phần việc" in page.text
    assert "q=tre" in page.link("Trước")


def test_filters_by_role_and_by_the_month_of_the_due_day(ward: Ward, sign_in: SignIn):
    ward.task("KP1", title="Khu 1 chủ trì", due_on=date(2024, 11, 30))
    ward.task("KP2", title="Khu 1 phối hợp", cooperating=["KP1"])
    officer, unit = sign_in("officer_kp1"), ward.unit("KP1").id
    assert titles(officer.get("/phan-viec", **{"vai-tro": "chu-tri"})) == ["Khu 1 chủ trì"]
    assert titles(officer.get("/phan-viec", **{"vai-tro": "phoi-hop"})) == ["Khu 1 phối hợp"]
    leader = sign_in("leader")
    assert len(titles(leader.get("/phan-viec", **{"don-vi": unit}))) == 2
    assert titles(leader.get("/phan-viec", **{"don-vi": unit, "vai-tro": "phoi-hop"})) == ["Khu 1 phối hợp"]
    page = leader.get("/phan-viec", han="2024-11")
    assert titles(page) == ["Khu 1 chủ trì"]
    assert page.forms[0].offered["han"] == {"", "2024-11", "2024-12"}
    assert "Tháng 11/2024" in page.text


def test_actions_for_those_who_enter(ward: Ward, sign_in: SignIn):
    ward.task("KP1", "draft")
    page = sign_in("officer_kp1").get("/phan-viec", q="tre")
    argument = f"?phong-trao={ward.campaign.id}"
    assert page.link("Đăng ký phần việc") == f"/phan-viec/dang-ky{argument}"
    assert page.link("Bảng nhập") == f"/phan-viec/bang{argument}"
    assert page.link("Nhập từ Excel") == f"/phan-viec/nhap-tep{argument}"
    assert page.link("Gửi duyệt nhiều") == f"/phan-viec/gui-duyet-nhieu{argument}"
    assert page.link("Xuất Excel danh sách đang lọc") == f"/phan-viec/danh-muc.xlsx{argument}&q=tre"


def test_actions_for_those_who_read(ward: Ward, sign_in: SignIn):
    ward.task("KP1")
    links = {link.text for link in sign_in("head_kp1").get("/phan-viec").links}
    assert "Xuất Excel" in links
    assert not links & {"Đăng ký phần việc", "Bảng nhập", "Nhập từ Excel", "Gửi duyệt nhiều phần việc"}
    links = {link.text for link in sign_in("officer_kp1").get("/phan-viec").links}
    assert "Gửi duyệt nhiều phần việc" not in links, "nothing is left to be sent"


def test_what_was_begun_and_not_sent_stands_above_the_list(ward: Ward, sign_in: SignIn):
    officer = sign_in("officer_kp1")
    form = officer.get("/phan-viec/dang-ky").form()
    officer.post("/luu-tam", form.fields | {"title": ["Trồng tre ven sông"]}, status=200)
    page = officer.get("/phan-viec")
    assert "Đang điền dở" in page.text
    assert officer.get(page.link("Điền tiếp: Trồng tre ven sông")).form().fields["title"] == [
        "Trồng tre ven sông"
    ]
    assert "Đang điền dở" not in sign_in("mate_kp1").get("/phan-viec").text


def test_filters_by_unit_block_status_and_movement(ward: Ward, sign_in: SignIn):
    movement = ward.campaign.movements[0]
    ward.task("KP1", title="Của khu phố", movement=movement)
    ward.task("MTTQ", title="Của mặt trận", status="submitted")
    leader = sign_in("leader")
    asked = [
        ({"don-vi": ward.unit("MTTQ").id}, "Của mặt trận"),
        ({"khoi": "IV. Các khu phố"}, "Của khu phố"),
        ({"tinh-trang": "submitted"}, "Của mặt trận"),
        ({"van-dong": movement.id}, "Của khu phố"),
    ]
    for arguments, expected in asked:
        page = leader.get("/phan-viec", **arguments)
        assert titles(page) == [expected]
        name, value = next(iter(arguments.items()))
        assert str(value) in page.forms[0].fields[name], "the filter stays chosen"


def test_what_is_asked_for_stands_below_with_a_way_out_of_each(ward: Ward, sign_in: SignIn):
    ward.task("KP1", title="Trồng tre")
    ward.task("MTTQ", title="Trồng hoa", status="submitted")
    unit = ward.unit("KP1").id
    page = sign_in("leader").get("/phan-viec", **{"q": "trồng", "don-vi": unit, "xep": "ten"})
    assert page.link("Bỏ điều kiện “trồng”") == f"/phan-viec?don-vi={unit}&xep=ten"
    assert page.link("Bỏ điều kiện Đơn vị: Khu phố 1").endswith("?q=tr%E1%BB%93ng&xep=ten")
    assert [link.url for link in page.links if link.text == "Bỏ lọc"] == ["/phan-viec?xep=ten"]


def test_questions_that_are_asked_less_fold_until_one_is_answered(ward: Ward, sign_in: SignIn):
    ward.task("KP1", status="submitted")
    ward.task("MTTQ", due_on=date(2024, 11, 30))
    leader = sign_in("leader")

    def folded(page: Page) -> tuple[str, bool]:
        part = page.of_class("filters-more")[0]
        return words(page.all("summary", within=part)[0]), part.get("open") is not None

    assert folded(leader.get("/phan-viec", **{"tinh-trang": "submitted"})) == ("Thêm bộ lọc (4)", False)
    assert folded(leader.get("/phan-viec", **{"vai-tro": "chu-tri"})) == ("Thêm bộ lọc (4)", True)


def test_nonsense_in_the_address_filters_nothing(ward: Ward, sign_in: SignIn):
    ward.task(title="Việc một")
    page = sign_in("leader").get("/phan-viec?don-vi=abc&tinh-trang=mat&xep=gi&van-dong=99999999999999999999")
    assert titles(page) == ["Việc một"]


def test_orders_are_vietnamese(ward: Ward, sign_in: SignIn):
    for title in ("Đèn chiếu sáng", "Dọn vệ sinh", "Ấm áp mùa đông", "Xây dựng", "An ninh trật tự"):
        ward.task(title=title)
    leader = sign_in("leader")
    assert titles(leader.get("/phan-viec"))[0] == "Đèn chiếu sáng"
    assert titles(leader.get("/phan-viec", xep="ten")) == [
        "An ninh trật tự",
        "Ấm áp mùa đông",
        "Dọn vệ sinh",
        "Đèn chiếu sáng",
        "Xây dựng",
    ]


def test_order_by_due_day_and_by_unit(ward: Ward, sign_in: SignIn):
    ward.task("KP2", title="Sau", due_on=ward.campaign.ends_on)
    ward.task("KP1", title="Trước")
    leader = sign_in("leader")
    assert titles(leader.get("/phan-viec", xep="han")) == ["Trước", "Sau"]
    assert titles(leader.get("/phan-viec", xep="don-vi")) == ["Trước", "Sau"]
    assert titles(leader.get("/phan-viec")) == ["Sau", "Trước"]


def test_numbered_tasks_come_before_those_without_a_number(ward: Ward, sign_in: SignIn):
    ward.task(title="Bản nháp", status="draft")
    ward.task(title="Đã duyệt")
    assert titles(sign_in("leader").get("/phan-viec")) == ["Đã duyệt", "Bản nháp"]


def test_counts_stand_above_the_list(ward: Ward, sign_in: SignIn):
    ward.task()
    ward.task(status="submitted")
    page = sign_in("leader").get("/phan-viec")
    assert "1/6 phần việc đã được duyệt" in page.text
    assert "2 phần việc · chờ duyệt 1 · đã duyệt 1" in page.text


def test_an_empty_list_offers_to_register(ward: Ward, sign_in: SignIn):
    page = sign_in("officer_kp1").get("/phan-viec")
    assert "Chưa có phần việc nào" in page.text
    assert "/phan-viec/dang-ky" in page.link("Đăng ký phần việc")


def test_fifty_tasks_a_page(ward: Ward, sign_in: SignIn):
    for number in range(53):
        ward.task(title=f"Việc {number}", status="draft")
    leader = sign_in("leader")
    first, second = leader.get("/phan-viec", xep="ten"), leader.get("/phan-viec", xep="ten", page=2)
    assert len(first.table()) == 51
    assert titles(second) == ["Việc 50", "Việc 51", "Việc 52"]
    assert "xep=ten" in second.link("Trước")
    leader.get("/phan-viec", page=3, status=404)


def test_the_number_of_queries_does_not_grow_with_the_tasks(
    ward: Ward, sign_in: SignIn, count_queries: CountQueries
):
    leader = sign_in("leader")
    for _ in range(3):
        ward.task(cooperating=["KP2"])
    leader.get("/phan-viec")  # whatever is asked once and kept
    with count_queries() as few:
        leader.get("/phan-viec")
    for _ in range(27):
        ward.task(cooperating=["KP2"])
    with count_queries() as many:
        leader.get("/phan-viec")
    assert len(many) == len(few)

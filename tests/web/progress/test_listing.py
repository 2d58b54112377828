"""The reports of a person's units, by period."""

from datetime import date

import pytest

from pledges.core import clock
from tests.support.critic import SignIn
from tests.support.page import Page
from tests.support.queries import CountQueries
from tests.support.ward import Ward

URL = "/bao-cao"


def sections(page: Page) -> dict[str, list[list[str]]]:
    """Each period's rows without their header."""
    headings = page.all("h2")
    return {
        "".join(one.itertext()).split(" hạn")[0].strip(): page.table(number)[1:]
        for number, one in enumerate(headings)
    }


@pytest.mark.parametrize("name", ["officer_kp1", "mate_kp1", "head_kp1", "clerk", "leader"])
def test_who_sees_the_units_reports(ward: Ward, sign_in: SignIn, name: str):
    ward.report(ward.task(), "2024-09", [30, 60])
    assert "Bê tông hóa đường ngõ" in sign_in(name).get(URL).text


@pytest.mark.parametrize("name", ["officer_kp2", "outsider"])
def test_a_strangers_list_is_empty(ward: Ward, sign_in: SignIn, name: str):
    ward.report(ward.task(), "2024-09", [30, 60])
    assert "Bê tông hóa đường ngõ" not in sign_in(name).get(URL).text


@pytest.mark.parametrize("name", ["admin", "ended"])
def test_who_has_no_part_in_it_is_told_so(sign_in: SignIn, name: str):
    sign_in(name).get(URL, status=403)


def test_nobody_is_led_to_the_sign_in(sign_in: SignIn):
    assert "/dang-nhap" in sign_in("nobody").get(URL, status=302).location


def test_periods_stand_newest_first_and_what_presses_first(ward: Ward, sign_in: SignIn):
    first = ward.task(title="Việc đã gửi", start_on=date(2024, 9, 1))
    ward.report(first, "2024-09", [30, 60])
    second = ward.task(title="Việc bị trả lại", start_on=date(2024, 9, 1))
    ward.report(second, "2024-09", [30, 60], status="returned")
    ward.task(title="Việc chưa báo cáo", start_on=date(2024, 9, 1))
    found = sections(sign_in("officer_kp1").get(URL))
    assert list(found) == ["Tháng 10/2024", "Tháng 9/2024"]
    rows = [row[0] for row in found["Tháng 9/2024"]]
    assert rows[0] == "2. Việc bị trả lại Số liệu chưa khớp minh chứng."
    assert rows[1] == "3. Việc chưa báo cáo"
    assert rows[2] == "1. Việc đã gửi"


def test_the_reason_stays_while_the_next_round_is_written(ward: Ward, sign_in: SignIn):
    task = ward.task(start_on=date(2024, 9, 1))
    ward.report(task, "2024-09", [30, 60], status="returned")
    ward.report(task, "2024-09", [31, 60], status="draft")
    row = sections(sign_in("officer_kp1").get(URL))["Tháng 9/2024"][0]
    assert "Số liệu chưa khớp minh chứng." in row[0]
    assert "đang viết lần 2" in row[1]


def test_a_task_that_began_later_owes_nothing_earlier(ward: Ward, sign_in: SignIn):
    ward.task(start_on=date(2024, 8, 26))
    found = sections(sign_in("officer_kp1").get(URL))
    assert list(found) == ["Tháng 10/2024", "Tháng 9/2024"]


def test_the_unit_that_helps_does_not_list_it(ward: Ward, sign_in: SignIn):
    ward.task(cooperating=["KP2"])
    assert "Bê tông hóa" not in sign_in("officer_kp2").get(URL).text


def test_only_who_may_write_is_led_to_the_form(ward: Ward, sign_in: SignIn):
    task = ward.task(start_on=date(2024, 10, 1))
    form = f"/phan-viec/{task.id}/bao-cao/{ward.period('2024-10').id}"
    assert form in [link.url for link in sign_in("officer_kp1").get(URL).links]
    assert form not in [link.url for link in sign_in("head_kp1").get(URL).links]


def test_the_filters_narrow_it(ward: Ward, sign_in: SignIn):
    ward.report(
        ward.task(title="Trồng cây", start_on=date(2024, 10, 1)), "2024-10", [1, 30], status="submitted"
    )
    ward.task("KP2", title="Đường hoa", start_on=date(2024, 10, 1))
    clerk = sign_in("clerk")
    page = clerk.get(URL)
    assert "Còn 01 báo cáo cần làm" in page.text
    assert "Đường hoa" not in clerk.get(URL, q="trong cay").text
    assert "Trồng cây" not in clerk.get(URL, **{"don-vi": "KP2"}).text
    assert "Trồng cây" not in clerk.get(URL, **{"tinh-trang": "can-lam"}).text
    assert "Đường hoa" not in clerk.get(URL, **{"tinh-trang": "submitted"}).text
    assert "Không có báo cáo nào như đồng chí tìm" in clerk.get(URL, q="không có").text


def test_without_a_campaign_it_says_so(ward: Ward, sign_in: SignIn):
    assert "Chưa có phong trào nào" in sign_in("outsider").get(URL).text


def test_its_queries_do_not_grow(ward: Ward, sign_in: SignIn, count_queries: CountQueries):
    ward.report(ward.task(), "2024-09", [30, 60])
    clerk = sign_in("clerk")
    clerk.get(URL)
    with count_queries() as few:
        clerk.get(URL)
    for unit in ("KP2", "KP3", "DU"):
        task = ward.task(unit, cooperating=["KP1"])
        ward.report(task, "2024-08", [30, 60], status="returned", at=clock.at(date(2024, 8, 20), 10))
        ward.report(task, "2024-09", [30, 60])
    with count_queries() as many:
        clerk.get(URL)
    assert len(many) == len(few)


def test_by_period_and_block(ward, sign_in):
    ward.task("KP1", title="Đường ngõ")
    ward.task("VPTK", title="Hồ sơ")
    clerk = sign_in("clerk")
    page = clerk.get(URL, ky="2024-09")
    assert list(sections(page)) == ["Tháng 9/2024"]
    assert "Hồ sơ" not in clerk.get(URL, khoi="IV. Các khu phố").text
    assert len(sections(clerk.get(URL, ky="2023-01"))) > 1, "a period that there is not narrows nothing"

"""The log: newest first, in words, by person, kind and day."""

from datetime import date

import pytest

from pledges.audit.queries import head
from pledges.core import clock
from tests.support.critic import SignIn
from tests.support.page import Page
from tests.support.queries import CountQueries
from tests.support.ward import Ward
from tests.web.accounts.people import administrator

PAGE = "/quan-tri/nhat-ky"


def rows(page: Page) -> list[list[str]]:
    return page.table()[1:]


def test_the_newest_entry_stands_first_in_words(ward: Ward, sign_in: SignIn):
    task = ward.task("KP1", status="approved", title="Bê tông hóa ngõ tổ 3")
    page = sign_in("admin").get(PAGE)
    assert page.h1 == "Nhật ký"
    newest = rows(page)[0]
    assert newest[2].startswith("Trần Quốc Hưng")
    assert newest[2].endswith("Chủ tịch UBND phường")
    assert newest[3] == f"Đã duyệt Phần việc · mã {task.id}"
    assert [int(row[0]) for row in rows(page)] == sorted((int(row[0]) for row in rows(page)), reverse=True)


def test_what_was_written_stays_with_those_who_work_on_it(ward: Ward, sign_in: SignIn):
    task = ward.task("KP1", status="committed", title="Bê tông hóa ngõ tổ 3")
    ward.report(
        task, "2024-09", [10, 20], "returned", narrative="Đổ bê tông ngõ 12", obstacle="Thiếu xi măng"
    )
    text = sign_in("admin").get(PAGE).text
    assert "Đã gửi báo cáo" in text
    for words in ("Bê tông hóa ngõ tổ 3", "Đổ bê tông ngõ 12", "Thiếu xi măng", "Số liệu chưa khớp"):
        assert words not in text


def test_an_administrator_reads_what_people_of_the_own_units_did(ward: Ward, sign_in: SignIn):
    ward.task("KP1", status="approved")
    administrator(ward)
    shown = rows(sign_in("admin_hp").get(PAGE))
    assert shown
    assert not [row for row in shown if "Trần Quốc Hưng" in row[2] or "Phần việc" in row[3]]


def test_numbers_and_days_read_the_vietnamese_way(ward: Ward, sign_in: SignIn):
    shown = rows(sign_in("admin").get(PAGE, loai="appointment"))
    ended = next(row[3] for row in shown if "30/9/2024" in row[3])
    assert "2024-" not in ended


@pytest.mark.parametrize("number", ["99999999999999999999", "-1", "mười", "²"])
def test_a_number_that_no_account_has_narrows_nothing(ward: Ward, sign_in: SignIn, number):
    assert rows(sign_in("admin").get(PAGE, nguoi=number))


def test_it_can_be_narrowed_to_a_person_a_kind_and_a_day(ward: Ward, sign_in: SignIn, freeze):
    admin = sign_in("admin")
    freeze(date(2024, 10, 16))
    admin.send(f"/quan-tri/don-vi/{ward.unit('KP1').id}/sua", {"short_name": "K1"})
    number = ward.account("admin").id
    mine = rows(admin.get(PAGE, nguoi=number))
    assert [row[3].split(" · ")[0] for row in mine] == ["Đã sửa đơn vị Đơn vị"]
    assert {row[3].split(" · ")[0] for row in rows(admin.get(PAGE, loai="unit"))} == {
        "Đã sửa đơn vị Đơn vị", "Đã lập đơn vị Đơn vị",
    }  # fmt: skip
    assert len(rows(admin.get(PAGE, ngay="16/10/2024"))) == 1
    assert "Không có mục nào phù hợp" in admin.get(PAGE, ngay="17/10/2024").text
    assert len(rows(admin.get(PAGE, nguoi=number, loai="unit", ngay="2024-10-16"))) == 1


def test_a_day_is_a_day_in_viet_nam(ward: Ward, sign_in: SignIn, freeze):
    admin = sign_in("admin")
    freeze(clock.at(date(2024, 10, 17), 0, 30))
    admin.send(f"/quan-tri/don-vi/{ward.unit('KP1').id}/sua", {"short_name": "K1"})
    assert len(rows(admin.get(PAGE, ngay="17/10/2024"))) == 1
    assert "Không có mục nào phù hợp" in admin.get(PAGE, ngay="16/10/2024").text


def test_a_day_that_can_not_be_read_is_said(sign_in: SignIn):
    page = sign_in("admin").get(PAGE, ngay="32/13/2024")
    assert "chưa lọc theo ngày" in page.text
    assert rows(page)


def test_people_are_offered_once_by_given_name(ward: Ward, sign_in: SignIn):
    ward.task("KP1", status="approved")
    admin = sign_in("admin")
    admin.send(f"/quan-tri/tai-khoan/{ward.account('leader').id}/sua", {"name": "Trần Quốc Hưng Hà"})
    page = admin.get(PAGE)
    people = [option.text for option in page.all("option", within=page.by_id("loc-nguoi"))]
    assert people == ["Tất cả", "Trần Quốc Hưng", "Nguyễn Thị Lan", "Bùi Minh Quân", "Hệ thống"]


def test_it_comes_in_pages_that_keep_the_filter(ward: Ward, sign_in: SignIn, count_queries: CountQueries):
    admin = sign_in("admin")
    with count_queries() as few:
        admin.get(PAGE, loai="unit")
    for _number in range(12):
        ward.task("KP1", status="approved")
    with count_queries() as many:
        first = admin.get(PAGE, loai="task")
    assert len(many) <= len(few)
    assert len(rows(first)) < 50 or first.link("Sau")
    every = admin.get(PAGE)
    assert len(rows(every)) == 50
    second = admin.get(every.link("Sau"))
    assert int(rows(second)[0][0]) == int(rows(every)[-1][0]) - 1
    admin.get(PAGE, page=99, status=404)


def test_the_head_of_the_chain_stands_on_it(ward: Ward, sign_in: SignIn):
    page = sign_in("admin").get(PAGE)
    newest = ward.session.scalars(head()).one()
    assert f"{newest.number} mục · mã niêm phong {newest.hash[:12]}…" in page.text
    assert [one.get("title") for one in page.all("code")] == [newest.hash]


def test_every_administrator_reads_it_and_nobody_else(ward: Ward, sign_in: SignIn):
    administrator(ward)
    sign_in("admin_hp").get(PAGE)
    for name in ("officer_kp1", "head_kp1", "leader", "clerk", "outsider", "ended"):
        sign_in(name).get(PAGE, status=403)
        sign_in(name).get(f"{PAGE}/kiem-tra", status=403)
    assert sign_in("nobody").get(PAGE, status=302).location.startswith("/dang-nhap")


@pytest.mark.parametrize("strange", [{"nguoi": "x"}, {"loai": "x"}, {"nguoi": "9999"}])
def test_a_strange_filter_does_no_harm(sign_in: SignIn, strange: dict[str, str]):
    assert sign_in("admin").get(PAGE, **strange).h1 == "Nhật ký"


def test_it_is_searched_by_what_was_done(ward: Ward, sign_in: SignIn):
    ward.task("KP1", status="returned")
    found = rows(sign_in("admin").get(PAGE, q="TRA LAI"))
    assert [row[3].split(" · ")[0] for row in found] == ["Đã trả lại Phần việc"]
    assert "Không có mục nào phù hợp" in sign_in("admin").get(PAGE, q="bay lên").text

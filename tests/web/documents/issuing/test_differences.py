"""What two documents say differently, on a page that reads without colour."""

from datetime import date

from tests.support import issuing


def test_words_cells_and_signer_of_two_reports(ward, sign_in):
    task = ward.task("KP1")
    first = issuing.issued(ward, 5, as_of=date(2024, 9, 30))
    ward.report(task, "2024-09", ["120", "40"])
    second = issuing.issued(ward, 6, signer_name="Lê Thị Hoa")
    page = sign_in("clerk").get(f"/van-ban/{second.id}/khac-voi/{first.id}")
    assert page.h1 == "Báo cáo số 06/BC-UBND khác Báo cáo số 05/BC-UBND những gì"
    assert "bỏ: 05" in page.text
    assert "thêm: 06" in page.text
    assert "thêm: Lê Thị Hoa" in page.text
    assert "ô khác" in page.text
    assert page.link("Xem cả chỗ giữ nguyên").endswith("tat-ca=1")


def test_the_whole_shows_what_stayed_too(ward, sign_in):
    first, second = issuing.issued(ward, 5), issuing.issued(ward, 6)
    url = f"/van-ban/{second.id}/khac-voi/{first.id}"
    clerk = sign_in("clerk")
    assert "Các đơn vị tham gia phong trào" not in clerk.get(url).text
    assert "Các đơn vị tham gia phong trào" in clerk.get(url, **{"tat-ca": 1}).text


def test_a_replacement_is_compared_while_it_is_a_draft(ward, sign_in):
    first = issuing.issued(ward, 5)
    draft = issuing.drafted(ward, replaces=first, abstract="Kết quả thực hiện, bản sửa")
    page = sign_in("leader").get(f"/van-ban/{draft.id}/khac-voi/{first.id}")
    assert "bản sửa" in page.text


def test_who_may_not_see_one_of_them(ward, sign_in):
    first, second = issuing.issued(ward, 5), issuing.issued(ward, 6)
    url = f"/van-ban/{second.id}/khac-voi/{first.id}"
    sign_in("head_kp1").get(url, status=404)
    sign_in("officer_kp1").get(url, status=403)
    assert sign_in("nobody").get(url, status=302).location.startswith("/dang-nhap")
    sign_in("clerk").get(f"/van-ban/{first.id}/khac-voi/{first.id}", status=404)
    sign_in("clerk").get(f"/van-ban/{first.id}/khac-voi/4711", status=404)

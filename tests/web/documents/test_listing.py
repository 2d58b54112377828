"""Văn bản: what can be printed of the campaign."""

import pytest


def test_a_clerk_finds_the_report_and_every_commitment(ward, sign_in):
    made = ward.commitment("KP1", "signed")
    page = sign_in("clerk").get("/van-ban")
    assert "Khu phố 1" in page.text
    assert f"/van-ban/cam-ket/{made.id}.pdf" in [link.url for link in page.links]
    assert "In báo cáo tiến độ" in page.text


def test_without_commitments_the_page_says_when_they_come(ward, sign_in):
    assert "Chưa có bản cam kết nào" in sign_in("leader").get("/van-ban").text


@pytest.mark.parametrize("person", ["officer_kp1", "head_kp1", "admin", "ended"])
def test_who_prints_nothing_of_the_campaign_is_refused(ward, sign_in, person):
    sign_in(person).get("/van-ban", status=403)


def test_nobody_is_led_to_sign_in(ward, sign_in):
    assert "/dang-nhap" in sign_in("nobody").get("/van-ban", status=302).location


def test_the_number_of_queries_does_not_grow(ward, sign_in, count_queries):
    clerk = sign_in("clerk")
    ward.commitment("KP1", "signed")
    clerk.get("/van-ban")
    with count_queries() as few:
        clerk.get("/van-ban")
    for unit in ("KP2", "KP3", "VPTK", "MTTQ"):
        ward.commitment(unit, "frozen")
    with count_queries() as many:
        clerk.get("/van-ban")
    assert len(many) == len(few)


def test_commitments_are_searched_and_filtered(ward, sign_in):
    ward.commitment("KP1", "signed")
    ward.commitment("KP2", "draft")
    clerk = sign_in("clerk")

    def units(**wishes: str) -> list[str]:
        return [row[0] for row in clerk.get("/van-ban", **wishes).table()[1:]]

    assert units() == ["Khu phố 1", "Khu phố 2"]
    assert units(q="KHU PHO 2") == ["Khu phố 2"]
    assert units(**{"tinh-trang": "signed"}) == ["Khu phố 1"]
    assert units(khoi="IV. Các khu phố") == ["Khu phố 1", "Khu phố 2"]
    page = clerk.get("/van-ban", q="không có")
    assert "Không có bản cam kết nào như đồng chí tìm" in page.text
    assert page.link("Bỏ lọc") == "/van-ban"

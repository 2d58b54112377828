"""Văn bản: what can be printed of the campaign."""

from datetime import date

import pytest

from pledges.campaigns import operations as campaigns
from pledges.campaigns.rules import CampaignKind
from pledges.documents.drafting.operations import DocumentEntry, begin
from pledges.documents.drafting.scopes import scope_for
from pledges.documents.rules import PaperKind


def test_a_clerk_finds_the_report_and_every_commitment(ward, sign_in):
    made = ward.commitment("KP1", "signed")
    page = sign_in("clerk").get("/van-ban")
    assert "Khu phố 1" in page.text
    assert f"/van-ban/cam-ket/{made.id}.pdf" in [link.url for link in page.links]
    assert page.link("Báo cáo tiến độ").startswith("/van-ban/in/bao-cao-tien-do")
    assert f"/van-ban/so-sanh-cam-ket/{made.id}.pdf" in [link.url for link in page.links]


def test_every_link_of_the_page_leads_somewhere(ward, sign_in):
    ward.commitment("KP1", "signed")
    ward.task("KP2", "committed")
    clerk = sign_in("clerk")
    for link in clerk.get("/van-ban").links:
        if link.url.startswith(("/van-ban", "/so-van-ban", "/don-doc", "/kiem-tra")):
            clerk.get(link.url)


def test_what_is_written_and_what_was_issued_is_named(ward, sign_in):
    clerk = sign_in("clerk")
    assert "Đang soạn" not in clerk.get("/van-ban").text
    entry = DocumentEntry(campaign=ward.campaign, kind=PaperKind.PROGRESS_REPORT, scope=scope_for(ward.day))
    made = begin(ward.session, entry, by=ward.actor("clerk"), at=ward.now)
    ward.session.commit()
    page = clerk.get("/van-ban")
    assert "Đang soạn, đang trình ký" in page.text
    assert f"/van-ban/{made.id}" in [link.url for link in page.links]
    assert "Mới phát hành" not in page.text


def test_a_draft_is_begun_from_the_list(ward, sign_in):
    assert sign_in("clerk").get("/van-ban").link("Soạn: Công văn đôn đốc").startswith("/van-ban/soan/")


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


def test_the_papers_of_another_campaign_are_one_choice_away(ward, sign_in):
    clerk = sign_in("clerk")
    assert "Chọn phong trào" not in clerk.get("/van-ban").html
    other = campaigns.create(
        ward.session,
        by=ward.actor("clerk"),
        at=ward.now,
        code="HK-2025",
        title="Phong trào thi đua năm 2025",
        kind=CampaignKind.REGULAR,
        starts_on=date(2025, 1, 1),
        ends_on=date(2025, 12, 31),
        owner=ward.unit("UBND"),
        area=ward.unit("HK"),
    )
    ward.session.commit()
    assert by_id(clerk.get("/van-ban"), "of-campaign") == str(ward.campaign.id)
    page = clerk.get("/van-ban", **{"phong-trao": other.id})
    assert by_id(page, "of-campaign") == str(other.id)
    assert f"phong-trao={other.id}" in page.link("Công văn đôn đốc")


def by_id(page, name: str) -> str:
    """The answer that is chosen."""
    return next(
        one.get("value") for one in page.by_id(name).iter("option") if one.get("selected") is not None
    )

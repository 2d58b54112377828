"""The page of a campaign: facts, steps, counts, and who has not registered yet."""

from datetime import date

import pytest

from pledges.campaigns.rules import CampaignStatus
from tests.support import world
from tests.support.critic import SignIn
from tests.support.page import Page, has_class, words
from tests.support.queries import CountQueries
from tests.support.ward import Ward
from tests.web.campaigns.filled import create_another


def url(ward: Ward) -> str:
    return f"/phong-trao/{ward.campaign.id}"


def test_facts_bases_movements_and_steps(ward: Ward, sign_in: SignIn):
    page = sign_in("officer_kp1").get(url(ward))
    assert page.h1 == "Phong trào thi đua chào mừng Đại hội Đảng các cấp"
    for said in (
        "Theo chuyên đề",
        "Thi đua hoàn thành các mục tiêu nhiệm kỳ",
        "Từ 29/3/2024 đến 30/6/2025",
        "Kế hoạch số 133/KH-UBND ngày 13/3/2024 của Ủy ban nhân dân thành phố Hạ Long: Tổ chức phong trào thi đua",
        "Toàn dân bảo vệ an ninh Tổ quốc",
        "Hội trường UBND phường",
        "Thực hiện đúng nội dung đã đăng ký.",
        "Đã phát động Trần Quốc Hưng · 29/3/2024",
        "Đang thực hiện Trần Quốc Hưng · 15/4/2024",
    ):
        assert said in page.text


def line_of(page: Page, unit: str) -> str:
    """The row of a unit."""
    (row,) = [words(one) for one in page.all("tr") if words(one).startswith(unit)]
    return row


def copied(page: Page) -> list[str]:
    """The lines that buttons copy."""
    return [one.get("data-copy") or "" for one in page.all("button") if one.get("data-copy")]


def test_units_that_have_sent_nothing_are_named(ward: Ward, sign_in: SignIn):
    ward.task("KP1")
    ward.task("VPTK", status="submitted")
    ward.task("KP2", status="draft")
    page = sign_in("leader").get(url(ward))
    assert "1/6" in page.text
    # UBND has registered through its office VPTK.
    names = "Đảng ủy phường Hà Khánh, Ủy ban Mặt trận Tổ quốc phường, Khu phố 2, Khu phố 3"
    assert "04/07 đơn vị chưa gửi phần việc nào." in page.text
    line, *others = copied(page)
    assert line == (
        f"Đến 09:30 ngày 15/10/2024, còn 04 đơn vị chưa đăng ký phần việc (đã quá hạn 12/4/2024): {names}."
    )
    at = f"http://localhost/phan-viec/dang-ky?phong-trao={ward.campaign.id}"
    assert f"Khu phố 3 chưa đăng ký phần việc nào (đã quá hạn 12/4/2024). Đăng ký tại: {at}" in others
    there = f"http://localhost/don-vi/{ward.unit('KP2').id}?phong-trao={ward.campaign.id}"
    assert f"Khu phố 2 còn 01 bản nháp chưa gửi (đã quá hạn 12/4/2024). Xem và gửi tại: {there}" in others
    assert len(others) == 4
    assert all(one in page.text for one in [line, *others]), "what is copied is in sight"


def test_what_each_unit_registered_by_whom_and_when(ward: Ward, sign_in: SignIn):
    ward.task("KP1")
    ward.task("KP1", status="submitted", by="mate_kp1")
    ward.task("KP1", status="returned")
    ward.task("KP1", status="cancelled")
    ward.task("VPTK", status="draft")
    page = sign_in("clerk").get(url(ward))
    assert line_of(page, "Khu phố 1") == (
        "Khu phố 1 Đã đăng ký 1 1 1 Nguyễn Thị Lan, Lê Văn Bình 6/4/2024, Trần Quốc Hưng"
    )
    assert line_of(page, "Bộ phận Văn phòng") == (
        "Bộ phận Văn phòng - Thống kê Chưa gửi 0 1 Vũ Thị Thư 5/4/2024, Vũ Thị Thư"
    )
    assert line_of(page, "Khu phố 3") == "Khu phố 3 Chưa đăng ký 0"
    assert page.link("Khu phố 1") == f"/don-vi/{ward.unit('KP1').id}?phong-trao={ward.campaign.id}"
    blocks = [words(one) for one in page.all("tr") if has_class(one, "block")]
    assert blocks == [world.STATE, world.FRONT, world.NEIGHBOURHOODS]


def test_only_the_missing_ones(ward: Ward, sign_in: SignIn):
    ward.task("KP1")
    page = sign_in("leader").get(f"{url(ward)}?thieu=1")
    shown = [words(one) for one in page.all("tr")]
    assert not any(row.startswith("Khu phố 1 ") for row in shown)
    assert any(row.startswith("Khu phố 2 ") for row in shown)
    for code in ("DU", "VPTK", "MTTQ", "KP2", "KP3"):
        ward.task(code)
    assert "Không còn đơn vị nào chưa đăng ký." in sign_in("leader").get(f"{url(ward)}?thieu=1").text


def test_others_drawers_stay_shut(ward: Ward, sign_in: SignIn):
    ward.task("KP1", status="draft")
    page = sign_in("officer_kp2").get(url(ward))
    assert line_of(page, "Khu phố 1") == "Khu phố 1 Chưa đăng ký 0"
    assert f"/don-vi/{ward.unit('KP1').id}" not in " ".join(link.url for link in page.links)
    assert not any(line.startswith("Khu phố 1") for line in copied(page))
    assert any(line.startswith("Khu phố 2") for line in copied(page))


def test_all_have_registered(ward: Ward, sign_in: SignIn):
    for code in ("DU", "VPTK", "MTTQ", "KP1", "KP2", "KP3"):
        ward.task(code)
    page = sign_in("leader").get(url(ward))
    assert "Cả 07 đơn vị đã gửi phần việc." in page.text
    assert copied(page) == []


def test_a_unit_that_ended_is_neither_missing_nor_counted(ward: Ward, sign_in: SignIn):
    ward.task("KP3")
    ward.task("VPTK")
    for code in ("KP2", "KP3"):
        ward.unit(code).valid_to = date(2024, 9, 30)
    ward.session.commit()
    page = sign_in("leader").get(url(ward))
    assert "03/05 đơn vị chưa gửi phần việc nào" in page.text
    assert line_of(page, "Khu phố 3").startswith("Khu phố 3 Đã ngừng hoạt động 1")
    assert not any(words(one).startswith("Khu phố 2") for one in page.all("tr"))


def test_a_supplement_is_said_apart(ward: Ward, sign_in: SignIn):
    for code in ("DU", "VPTK", "MTTQ", "KP1", "KP2", "KP3", "KP3"):
        ward.task(code)
    leader = sign_in("leader")
    for page in (url(ward), "/phong-trao", "/theo-doi", "/phan-viec"):
        text = leader.get(page).text
        assert "6/6" in text
        assert "và 01 đăng ký bổ sung" in text


def test_a_concluded_campaign_reminds_nobody(ward: Ward, sign_in: SignIn):
    ward.campaign.status = CampaignStatus.CONCLUDED
    ward.session.commit()
    page = sign_in("leader").get(url(ward))
    assert copied(page) == []
    assert "07/07 đơn vị chưa gửi phần việc nào: Đảng ủy phường Hà Khánh," in page.text


def test_a_campaign_in_preparation_has_no_step_yet(ward: Ward, sign_in: SignIn):
    page = sign_in("leader").get(f"/phong-trao/{create_another(ward, 'MOI').id}")
    assert "Chưa phát động" in page.text
    assert "Đang chuẩn bị, đã nhận đăng ký phần việc" in page.text
    assert "đã nhận đăng ký phần việc" not in sign_in("leader").get(url(ward)).text
    assert "Chưa ghi căn cứ." in page.text


@pytest.mark.parametrize("name", ["leader", "leader2", "clerk"])
def test_who_organises_may_edit_and_move(ward: Ward, sign_in: SignIn, name: str):
    page = sign_in(name).get(url(ward))
    assert page.link("Sửa") == f"{url(ward)}/sua"
    assert page.link("Chuyển bước") == f"{url(ward)}/chuyen-buoc"


@pytest.mark.parametrize("name", ["officer_kp1", "mate_kp1", "head_kp1", "officer_kp2"])
def test_members_only_look(ward: Ward, sign_in: SignIn, name: str):
    assert "Chuyển bước" not in sign_in(name).get(url(ward)).text


def test_others_know_nothing_of_it(ward: Ward, sign_in: SignIn):
    sign_in("outsider").get(url(ward), status=404)
    sign_in("leader").get("/phong-trao/9999", status=404)
    sign_in("admin").get(url(ward), status=403)
    sign_in("ended").get(url(ward), status=403)
    assert sign_in("nobody").get(url(ward), status=302).location.startswith("/dang-nhap")


def test_the_number_of_queries_does_not_grow(ward: Ward, sign_in: SignIn, count_queries: CountQueries):
    leader = sign_in("leader")
    leader.get(url(ward))  # whatever is asked once and kept
    with count_queries() as few:
        leader.get(url(ward))
    for code in ("DU", "VPTK", "MTTQ", "KP1", "KP2", "KP3") * 3:
        ward.task(code)
    with count_queries() as many:
        leader.get(url(ward))
    assert len(many) == len(few)

"""The page of a campaign: facts, steps, counts, and who has not registered yet."""

import pytest

from tests.support.critic import SignIn
from tests.support.queries import CountQueries
from tests.support.ward import Ward
from tests.web.campaigns.filled import create_another


def url(ward: Ward) -> str:
    return f"/phong-trao/{ward.campaign.id}"


def test_facts_bases_movements_and_steps(ward: Ward, sign_in: SignIn):
    page = sign_in("officer_kp1").get(url(ward))
    assert page.h1 == "Phong trào thi đua chào mừng Đại hội Đảng các cấp"
    for words in (
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
        assert words in page.text


def test_units_that_have_sent_nothing_are_named(ward: Ward, sign_in: SignIn):
    ward.task("KP1")
    ward.task("VPTK", status="submitted")
    ward.task("KP2", status="draft")
    page = sign_in("leader").get(url(ward))
    assert "1/6" in page.text
    # UBND has registered through its office VPTK.
    names = "Đảng ủy phường Hà Khánh, Ủy ban Mặt trận Tổ quốc phường, Khu phố 2, Khu phố 3"
    assert f"04/7 đơn vị chưa gửi phần việc nào: {names}." in page.text
    (line,) = [one.get("data-copy") for one in page.all("button") if one.get("data-copy")]
    assert line == f"Các đơn vị chưa đăng ký phần việc: {names}. Hạn đăng ký: 12/4/2024."


def test_all_have_registered(ward: Ward, sign_in: SignIn):
    for code in ("DU", "VPTK", "MTTQ", "KP1", "KP2", "KP3"):
        ward.task(code)
    assert "Cả 7 đơn vị đã gửi phần việc." in sign_in("leader").get(url(ward)).text


def test_a_campaign_in_preparation_has_no_step_yet(ward: Ward, sign_in: SignIn):
    page = sign_in("leader").get(f"/phong-trao/{create_another(ward, 'MOI').id}")
    assert "Chưa phát động" in page.text
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

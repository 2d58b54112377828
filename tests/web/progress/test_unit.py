"""The page of a unit: its tasks in a campaign, what is missing, its people; for the unit and those who organise."""

from datetime import date

import pytest

from pledges.accounts import operations as accounts
from pledges.campaigns.rules import CampaignStatus
from tests.support.critic import SignIn
from tests.support.page import Page, elements, has_class, words
from tests.support.queries import CountQueries
from tests.support.ward import Ward
from tests.web.campaigns.filled import create_another


def url(ward: Ward, unit: str = "KP1") -> str:
    return f"/don-vi/{ward.unit(unit).id}"


def gaps(page: Page) -> list[str]:
    """What is missing, line by line."""
    return [words(item) for one in page.all("ul") if has_class(one, "waits") for item in elements(one, "li")]


def copied(page: Page) -> list[str]:
    return [one.get("data-copy") or "" for one in page.all("button") if one.get("data-copy")]


def test_tasks_by_whom_and_when_with_number_and_state(ward: Ward, sign_in: SignIn):
    ward.task("KP1", title="Đường ngõ sạch")
    ward.task("KP1", status="submitted", by="mate_kp1", title="Lắp đèn")
    ward.task("KP1", status="cancelled", title="Việc đã hủy")
    ward.task("KP2", cooperating=["KP1"], title="Trồng cây chung")
    page = sign_in("officer_kp1").get(url(ward))
    rows = [words(one) for one in page.all("tr")]
    (listed,) = [row for row in rows if row.startswith("1 ")]
    assert "Nguyễn Thị Langửi 10:00 ngày 5/4/2024 · phiếu số 1" in listed
    (sent,) = [row for row in rows if "Lắp đèn" in row]
    assert "Lê Văn Bình" in sent
    assert sent.endswith("Chờ duyệt")
    (helped,) = [row for row in rows if "Trồng cây chung" in row]
    assert "Khu 2" in helped
    assert "Việc đã hủy" not in page.text


def test_nothing_registered_is_said_with_the_way_and_a_line_for_the_chat(ward: Ward, sign_in: SignIn):
    page = sign_in("officer_kp1").get(url(ward))
    (gap,) = gaps(page)
    assert gap.startswith("Chưa đăng kýhạn 12/4/2024 Khu phố 1 chưa đăng ký phần việc nào")
    register = f"/phan-viec/dang-ky?phong-trao={ward.campaign.id}"
    assert page.link("Đăng ký phần việc") == register
    (line,) = copied(page)
    said = "Khu phố 1 chưa đăng ký phần việc nào (đã quá hạn 12/4/2024)."
    assert line == f"{said} Đăng ký tại: http://localhost{register}"
    assert line in page.text


def test_what_is_missing_the_gravest_first(ward: Ward, sign_in: SignIn):
    ward.task("KP1", status="draft", title="Bản nháp")
    returned = ward.task("KP1", status="returned", title="Bị trả")
    task = ward.task("KP1", title="Đang làm", start_on=date(2024, 8, 1))
    ward.report(task, "2024-08", [1, 30])
    ward.report(task, "2024-09", [1, 30], status="returned")
    page = sign_in("mate_kp1").get(url(ward))
    found = gaps(page)
    assert [line.split(" ")[0] for line in found] == ["Bị", "Bản", "Bị", "Chưa"]
    assert "Bị trả Chưa rõ sản phẩm." in found[0]
    assert "Sửa và gửi lại" in found[0]
    assert (
        "Báo cáo tháng 9/2024: Đang làm Còn thiếu cả tháng 10/2024 Số liệu chưa khớp minh chứng." in found[2]
    )
    assert "Soạn bản cam kết" in found[3]
    assert f"/phan-viec/{returned.id}/sua" in [link.url for link in page.links]
    (line,) = copied(page)
    assert line.startswith("Khu phố 1 còn 01 bản nháp chưa gửi và 01 phần việc bị trả lại chưa gửi lại")


def test_a_leader_sees_what_is_missing_and_does_none_of_it(ward: Ward, sign_in: SignIn):
    ward.task("KP1", status="returned")
    page = sign_in("leader").get(url(ward))
    assert len(gaps(page)) == 1
    assert "Sửa và gửi lại" not in page.text
    assert "Đăng ký phần việc" not in page.text


def test_nothing_is_missing(ward: Ward, sign_in: SignIn):
    task = ward.task("KP1", status="approved", start_on=date(2024, 10, 1), due_on=date(2024, 10, 10))
    ward.commitment("KP1", "signed")
    ward.report(task, "2024-10", [450, 80], at=ward.now)
    page = sign_in("officer_kp1").get(url(ward))
    assert gaps(page) == []
    assert "Đơn vị không còn thiếu gì đến hôm nay." in page.text
    assert "Đã ký ngày 10/4/2024, 1 trên giấy" in page.text


def test_a_unit_that_registered_through_a_lower_one(ward: Ward, sign_in: SignIn):
    ward.task("VPTK")
    page = sign_in("leader").get(url(ward, "UBND"))
    assert "Các đơn vị trực thuộc đã đăng ký thay cho đơn vị." in page.text
    assert page.link("Bộ phận Văn phòng - Thống kê").startswith(url(ward, "VPTK"))
    assert copied(page) == []


def test_people_with_their_posts_and_the_offices_telephone(ward: Ward, sign_in: SignIn):
    accounts.edit(
        ward.session, ward.account("head_kp1"), name="Phạm Văn Đức", phone="0203 3825 001", email="",
        by=ward.actor("admin"), at=ward.now,
    )  # fmt: skip
    ward.session.commit()
    page = sign_in("officer_kp1").get(url(ward))
    (people,) = [one for one in page.all("ul") if has_class(one, "people")]
    assert [words(one) for one in elements(people, "b")] == ["Lê Văn Bình", "Phạm Văn Đức", "Nguyễn Thị Lan"]
    assert [words(one) for one in elements(people, "span")][1:3] == [
        "Bí thư chi bộ, Khu trưởng Khu phố 1",
        "0203 3825 001",
    ]
    assert "Đinh Văn Nghỉ" not in page.text, "the post ended"


def test_the_campaign_is_in_the_address(ward: Ward, sign_in: SignIn):
    ward.task("KP1", title="Việc năm nay")
    other = create_another(ward, "HK-2025")
    officer = sign_in("officer_kp1")
    assert "Việc năm nay" in officer.get(url(ward)).text
    page = officer.get(f"{url(ward)}?phong-trao={other.id}")
    assert "Việc năm nay" not in page.text
    assert page.forms[0].offered["phong-trao"] == {str(ward.campaign.id), str(other.id)}
    officer.get(f"{url(ward)}?phong-trao=999", status=404)


def test_a_concluded_campaign_asks_for_nothing(ward: Ward, sign_in: SignIn):
    ward.task("KP1", status="draft")
    ward.campaign.status = CampaignStatus.CONCLUDED
    ward.session.commit()
    page = sign_in("officer_kp1").get(url(ward))
    assert gaps(page) == []
    assert copied(page) == []
    assert "Đăng ký phần việc" not in page.text


@pytest.mark.parametrize("name", ["officer_kp1", "mate_kp1", "head_kp1", "leader", "leader2", "clerk"])
def test_who_sees_it(ward: Ward, sign_in: SignIn, name: str):
    assert sign_in(name).get(url(ward)).h1 == "Khu phố 1"


def test_who_does_not(ward: Ward, sign_in: SignIn):
    ward.task("KP1", cooperating=["KP2"])
    sign_in("officer_kp2").get(url(ward), status=404)
    sign_in("outsider").get(url(ward), status=404)
    sign_in("leader").get(url(ward, "HP-KP1"), status=404)
    sign_in("leader").get("/don-vi/9999", status=404)
    sign_in("admin").get(url(ward), status=403)
    sign_in("ended").get(url(ward), status=403)
    assert sign_in("nobody").get(url(ward), status=302).location.startswith("/dang-nhap")


def test_a_unit_outside_every_campaign_shows_its_people(ward: Ward, sign_in: SignIn):
    page = sign_in("outsider").get(url(ward, "HP-KP1"))
    assert "Chưa có phong trào nào" in page.text
    assert "Ngô Văn Ngoài" in page.text


def test_the_number_of_queries_does_not_grow(ward: Ward, sign_in: SignIn, count_queries: CountQueries):
    officer = sign_in("officer_kp1")
    for status in ("draft", "returned", "approved"):
        ward.task("KP1", status=status)
    ward.report(ward.task("KP2", cooperating=["KP1"]), "2024-09", [1, 30])
    ward.report(ward.task("KP1"), "2024-09", [1, 30], status="returned")
    officer.get(url(ward))
    with count_queries() as few:
        officer.get(url(ward))
    for status in ("draft", "returned", "approved", "submitted") * 3:
        ward.task("KP1", status=status, cooperating=["KP2"])
        ward.task("KP2", status=status, cooperating=["KP1"])
    for _ in range(3):
        ward.report(ward.task("KP1"), "2024-09", [1, 30], status="returned")
    with count_queries() as many:
        officer.get(url(ward))
    assert len(many) == len(few)


def test_names_of_units_lead_to_it_for_those_who_may_see_it(ward: Ward, sign_in: SignIn):
    task = ward.task("KP1", cooperating=["KP2"])
    page = f"{url(ward)}?phong-trao={ward.campaign.id}"
    for name in ("officer_kp1", "leader"):
        assert sign_in(name).get(f"/phan-viec/{task.id}").link("Khu phố 1") == page
        assert sign_in(name).get("/theo-doi").link("Khu 1") == page
    for address in (f"/phan-viec/{task.id}", "/theo-doi"):
        shown = sign_in("officer_kp2").get(address)
        assert "Khu" in shown.text
        assert page not in [link.url for link in shown.links]

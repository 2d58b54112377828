"""Tìm kiếm: what is found, in which order and words; narrowing; nothing found."""

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from pledges.access.roles import NOBODY
from pledges.campaigns import operations as campaigns
from pledges.campaigns.models import Campaign
from pledges.campaigns.rules import CampaignKind
from pledges.codes.models import CheckCode
from pledges.codes.rules import shown
from pledges.index import queries
from tests.support.critic import SignIn
from tests.support.judge import LEFTOVER
from tests.support.page import Page, words
from tests.support.queries import CountQueries
from tests.support.ward import Ward


def finds(page: Page) -> dict[str, list[str]]:
    """The titles of what was found, by group."""
    said = {}
    for section in page.of_class("found"):
        heads = [one for one in page.all("p", within=section) if one.get("class") == "hit-head"]
        group = (page.all("h2", within=section)[0].text or "").strip()
        said[group] = [words(page.all("a", "b", within=head)[0]) for head in heads]
    return said


def found(page: Page) -> list[str]:
    return [title for titles in finds(page).values() for title in titles]


def marks(page: Page) -> list[str]:
    return [words(one) for one in page.all("mark")]


@pytest.mark.parametrize(
    "typed",
    [
        "duong ha khanh",
        "ĐƯỜNG HÀ KHÁNH",
        "Đường Hà Kh",
        "đuong ha khanh",
        "Đu\u031bo\u031b\u0300ng Ha\u0300",
        "hà đường",
    ],
)
def test_case_and_accents_do_not_matter(ward: Ward, sign_in: SignIn, typed: str):
    ward.task(title="Vỉa hè đường Hà Khánh")
    ward.task(title="Nhà văn hóa", product="Nhà")
    page = sign_in("leader").get("/tim", q=typed, loai="phan-viec")
    assert found(page) == ["Vỉa hè đường Hà Khánh"]
    assert {"đường", "Hà"} <= set(marks(page))
    assert ("Khánh" in marks(page)) == ("kh" in typed.lower())


def test_exact_accents_come_first(ward: Ward, sign_in: SignIn):
    for title in ("Bếp tương cổ truyền", "Hàng cây", "Sửa tường trường học"):
        ward.task(title=title, product="Cây")
    ward.task(title="Cổng chào", product="Tường hoa tổ 5")
    leader = sign_in("leader")
    assert found(leader.get("/tim", q="tường")) == [
        "Sửa tường trường học", "Cổng chào", "Bếp tương cổ truyền",
    ]  # fmt: skip
    assert found(leader.get("/tim", q="tương"))[0] == "Bếp tương cổ truyền"


def test_every_word_must_occur_wherever_it_stands(ward: Ward, sign_in: SignIn):
    ward.task("KP1", title="Trồng tre", product="Kè đá")
    ward.task("KP2", title="Trồng tre", product="Bồn hoa")
    leader = sign_in("leader")
    assert len(found(leader.get("/tim", q="tre ke da khu 1"))) == 1
    assert "Không tìm thấy" in leader.get("/tim", q="tre ke da khu 2").text


def test_a_line_shows_where_the_words_stand(ward: Ward, sign_in: SignIn):
    ward.task("KP1", title="Trồng tre", product="Kè đá", cooperating=["MTTQ"])
    leader = sign_in("leader")
    assert "Sản phẩm: Kè đá" in leader.get("/tim", q="ke da").text
    assert "Chỉ tiêu: Hộ tham gia phân loại rác" in leader.get("/tim", q="phan loai rac").text
    page = leader.get("/tim", q="mat tran to quoc", loai="phan-viec")
    assert "Phối hợp: Ủy ban Mặt trận Tổ quốc phường" in page.text
    assert marks(page)[-4:] == ["Mặt", "trận", "Tổ", "quốc"]


def test_each_find_says_status_number_unit_and_day(ward: Ward, sign_in: SignIn):
    task = ward.task("KP1", title="Trồng tre", due_on=date(2024, 11, 30))
    sent = ward.task("KP2", "submitted", title="Trồng tre khu 2")
    page = sign_in("leader").get("/tim", q="trong tre")
    assert page.link("Trồng tre") == f"/phan-viec/{task.id}"
    for said in ("Đã duyệt", "Số 1", "Khu phố 1", "hạn 30/11/2024", "Chờ duyệt"):
        assert said in page.text
    assert f"Đăng ký số {sent.registration_number}" in page.text


@pytest.mark.parametrize("typed", ["2", "số 2", "phần việc số 2", "so 02"])
def test_a_number_finds_its_task_first(ward: Ward, sign_in: SignIn, typed: str):
    ward.task(title="Đèn số 2 tổ 2")
    ward.task(title="Trồng tre")
    assert found(sign_in("leader").get("/tim", q=typed, loai="phan-viec"))[0] == "Trồng tre"


def test_a_registration_number_finds_its_task(ward: Ward, sign_in: SignIn):
    ward.task(title="Một")
    task = ward.task(title="Hai", status="submitted")
    page = sign_in("leader").get("/tim", q=f"đăng ký {task.registration_number}")
    assert found(page) == ["Hai"]


def test_units_by_name_short_name_and_code(sign_in: SignIn):
    leader = sign_in("leader")
    for typed in ("KP3", "kp3", "khu phố 3", "Khu 3", "khu pho 3"):
        assert finds(leader.get("/tim", q=typed))["Đơn vị"] == ["Khu phố 3"], typed


def test_papers_of_a_campaign_and_of_its_units(ward: Ward, sign_in: SignIn):
    commitment = ward.commitment("KP1", "signed")
    leader = sign_in("leader")
    page = leader.get("/tim", q="ban cam ket khu pho 1")
    assert page.link("Bản cam kết thi đua: Khu phố 1") == f"/cam-ket/{commitment.id}"
    assert "Đã ký" in page.text
    assert finds(leader.get("/tim", q="pham van duc"))["Văn bản"] == ["Bản cam kết thi đua: Khu phố 1"]
    assert "Người ký: Phạm Văn Đức" in leader.get("/tim", q="pham van duc").text
    page = leader.get("/tim", q="bao cao tien do")
    assert page.link("Báo cáo tiến độ").startswith("/van-ban?phong-trao=")


def test_a_campaign_by_its_title_and_by_what_it_rests_on(ward: Ward, sign_in: SignIn):
    leader = sign_in("leader")
    for typed in ("dai hoi dang cac cap", "133/KH-UBND", "an ninh tổ quốc"):
        page = leader.get("/tim", q=typed, loai="phong-trao")
        assert page.link("Phong trào thi đua") == f"/phong-trao/{ward.campaign.id}", typed
    assert "Căn cứ: Kế hoạch số 133/KH-UBND" in leader.get("/tim", q="133/KH-UBND").text


def other_campaign(ward: Ward) -> Campaign:
    facts: dict[str, Any] = {
        "code": "HK-2025", "title": "Phong trào năm sau", "kind": CampaignKind.REGULAR, "terms": "",
        "starts_on": date(2025, 7, 1), "ends_on": date(2026, 6, 30), "reporting_due_day": 25,
        "owner": ward.unit("UBND"), "area": ward.unit("HK"),
    }  # fmt: skip
    made = campaigns.create(ward.session, by=NOBODY, at=ward.now, **facts)
    ward.session.commit()
    return made


def test_filter_by_campaign(ward: Ward, sign_in: SignIn):
    ward.task(title="Trồng tre")
    other = other_campaign(ward)
    leader = sign_in("leader")
    page = leader.get("/tim", **{"q": "tre", "phong-trao": ward.campaign.id})
    assert found(page) == ["Trồng tre"]
    assert page.forms[0].fields["phong-trao"] == [str(ward.campaign.id)]
    page = leader.get("/tim", **{"q": "tre", "phong-trao": other.id})
    assert "Không tìm thấy “tre” trong Phong trào năm sau" in page.text
    assert "1 kết quả trong mọi phong trào" in page.text
    assert page.link("tre") == "/tim?q=tre"
    assert found(leader.get("/tim", **{"q": "khu pho 3", "phong-trao": other.id})) == ["Khu phố 3"]
    leader.get("/tim", **{"q": "tre", "phong-trao": 999}, status=404)


def test_groups_with_their_counts(ward: Ward, sign_in: SignIn):
    for number in range(7):
        ward.task("KP1", title=f"Trồng tre {number}")
    leader = sign_in("leader")
    page = leader.get("/tim", q="khu pho 1")
    assert [link.text for link in page.links if "loai=" in link.url and "Xem" not in link.text] == [
        "Phần việc 7", "Đơn vị 1", "Người 3",
    ]  # fmt: skip
    assert len(finds(page)["Phần việc"]) == 5
    page = leader.get(page.link("Xem tất cả phần việc"))
    assert len(found(page)) == 7
    assert set(finds(page)) == {"Phần việc"}
    page = leader.get("/tim", q="khu pho 1", loai="van-ban")
    assert "Không có văn bản nào khớp" in page.text


def test_twenty_of_a_group_a_page(ward: Ward, sign_in: SignIn):
    for number in range(43):
        ward.task("KP1", "draft", title=f"Trồng tre {number}")
    leader = sign_in("leader")
    first = leader.get("/tim", q="tre", loai="phan-viec")
    last = leader.get("/tim", q="tre", loai="phan-viec", page=3)
    assert (len(found(first)), len(found(last))) == (20, 3)
    assert found(last) == ["Trồng tre 40", "Trồng tre 41", "Trồng tre 42"]
    assert "loai=phan-viec" in last.link("Trước")
    leader.get("/tim", q="tre", loai="phan-viec", page=4, status=404)


def test_more_than_are_counted(ward: Ward, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(queries, "RANKED", 10)
    monkeypatch.setattr(queries, "MOST", 25)
    for number in range(30):
        ward.task("KP1", "draft", title=f"Trồng tre {number}", product="Tre")
    page = sign_in("leader").get("/tim", q="tre", loai="phan-viec", page=2)
    assert "hơn 25" in page.text
    assert "những kết quả khớp nhất đứng đầu" in page.text
    assert len(found(page)) == 5


def test_nothing_found_says_what_to_try(ward: Ward, sign_in: SignIn):
    ward.task(title="Trồng tre", product="Đường tre")
    leader = sign_in("leader")
    page = leader.get("/tim", q="tre mây")
    assert "Không tìm thấy “tre mây”" in page.text
    assert page.link("tre") == "/tim?q=tre"
    assert "bỏ từ “mây”" in page.text
    page = leader.get("/tim", q="dduwowngf tre")
    assert page.link("đường tre").startswith("/tim?q=")
    assert found(leader.get(page.link("đường tre"))) == ["Trồng tre"]


def test_an_empty_box_and_one_of_signs(sign_in: SignIn):
    leader = sign_in("leader")
    page = leader.get("/tim")
    assert page.h1 == "Tìm kiếm"
    assert "“duong ha khanh” tìm ra “Đường Hà Khánh”" in page.text
    assert "Chưa có chữ hay số nào để tìm" in leader.get("/tim", q='"%_*').text


def test_what_is_shown_is_escaped(ward: Ward, sign_in: SignIn):
    ward.task(title="<b>Đường</b> & <script>alert(1)</script>")
    page = sign_in("leader").get("/tim", q="duong script")
    assert found(page) == ["<b>Đường</b> & <script>alert(1)</script>"]
    assert marks(page)[:2] == ["Đường", "script"]
    page = sign_in("leader").get("/tim", q="<script>alert(1)</script>")
    assert "<script>alert(1)" not in page.html


def test_the_box_of_the_top_bar_keeps_the_words(ward: Ward, sign_in: SignIn):
    leader = sign_in("leader")
    page = leader.get("/tim", q="trồng tre")
    assert page.by_id("find-q").get("value") == "trồng tre"
    assert leader.get("/phan-viec", q="tre").by_id("find-q").get("value") == ""
    assert leader.get("/").link("Tìm") == "/tim"
    assert "find-q" not in sign_in("nobody").get("/dang-nhap").html


def test_nonsense_in_the_address(ward: Ward, sign_in: SignIn):
    ward.task(title="Trồng tre")
    assert found(sign_in("leader").get("/tim?q=tre&loai=gi&phong-trao=")) == ["Trồng tre"]


def test_the_number_of_queries_does_not_grow(ward: Ward, sign_in: SignIn, count_queries: CountQueries):
    leader = sign_in("leader")
    ward.task("KP1", title="Trồng tre khu 1", cooperating=["KP2"])
    ward.commitment("KP1")
    leader.get("/tim", q="khu")
    with count_queries() as few:
        leader.get("/tim", q="khu")
    for _ in range(20):
        ward.task("KP2", "draft", title="Trồng tre khu 1", cooperating=["KP1", "KP3"])
    ward.commitment("KP2")
    with count_queries() as many:
        leader.get("/tim", q="khu")
    assert len(many) == len(few)
    assert len(many) < 40


NASTY = (st.text(max_size=40) | st.text(alphabet="\"*:^(){}-+&|!<>\\'%_ anđ\x00#?", max_size=30)).filter(
    lambda typed: not LEFTOVER.search(typed)
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
@given(typed=NASTY, kind=st.sampled_from(["", "phan-viec", "nguoi"]))
def test_whatever_is_typed_gets_a_page(ward: Ward, sign_in: SignIn, typed: str, kind: str):
    sign_in("leader").get("/tim", q=typed.encode("utf-8", "replace"), loai=kind)


def test_a_check_code_leads_to_the_check_of_its_paper(ward: Ward, sign_in: SignIn):
    ward.commitment("KP1", "signed")
    code = shown(ward.session.scalars(select(CheckCode.code)).one())
    clerk = sign_in("clerk")
    for typed in (code, code.lower().replace("-", " ")):
        link = clerk.get("/tim", q=typed).link("Kiểm tra bản in mang mã này")
        assert "Đang có hiệu lực" in clerk.get(link).text
    mistyped = f"{code[:-1]}{'2' if code[-1] != '2' else '3'}"
    assert "mã kiểm tra" not in clerk.get("/tim", q=mistyped).text

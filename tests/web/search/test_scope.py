"""Whoever searches finds what the pages show, and nothing else: owner, team-mate, stranger, nobody."""

import pytest

from pledges.access.roles import NOBODY, Role
from pledges.accounts import operations as accounts
from pledges.campaigns.models import Campaign
from pledges.index.models import EntryKind, SearchEntry
from tests.support.critic import Critic, SignIn
from tests.support.page import Page
from tests.support.ward import Ward


def shown(page: Page) -> bool:
    return bool(page.of_class("found"))


def tasks_found(person: Critic) -> set[str]:
    asked = ("tre", "ke da", "lat gach")
    return {words for words in asked if shown(person.get("/tim", q=words, loai="phan-viec"))}


@pytest.fixture
def task(ward: Ward) -> Ward:
    """A task of Khu phố 1 that Khu phố 2 helps with, a draft of Khu phố 1, and one of Khu phố 3."""
    ward.task("KP1", title="Trồng tre ven sông", cooperating=["KP2"])
    ward.task("KP1", "draft", title="Nháp kè đá")
    ward.task("KP3", title="Lát gạch vỉa hè")
    return ward


SEEN = {
    "officer_kp1": {"tre", "ke da"},
    "mate_kp1": {"tre", "ke da"},
    "head_kp1": {"tre", "ke da"},
    "officer_kp2": {"tre"},
    "leader": {"tre", "ke da", "lat gach"},
    "leader2": {"tre", "ke da", "lat gach"},
    "clerk": {"tre", "ke da", "lat gach"},
    "admin": set(),
    "outsider": set(),
    "ended": set(),
}


@pytest.mark.parametrize("name", SEEN)
def test_tasks(task: Ward, sign_in: SignIn, name: str):
    assert tasks_found(sign_in(name)) == SEEN[name]


@pytest.mark.parametrize("name", SEEN)
@pytest.mark.parametrize("number", [1, 2])
def test_tasks_by_number(task: Ward, sign_in: SignIn, name: str, number: int):
    words = {1: "tre", 2: "lat gach"}[number]
    page = sign_in(name).get("/tim", q=f"số {number}", loai="phan-viec")
    assert shown(page) == (words in SEEN[name])


@pytest.mark.parametrize("name", SEEN)
def test_what_the_signs_allow_too_much_the_law_refuses(task: Ward, sign_in: SignIn, name: str):
    """The index makes it fast and decides nothing: entries that claim to lie everywhere are found by nobody else."""
    everywhere = " ".join(f"{place}{number}" for place in "uho" for number in range(1, 20))
    for entry in task.session.query(SearchEntry):
        entry.scope = f"k{entry.kind} c1 {everywhere}"
    task.session.commit()
    person = sign_in(name)
    assert tasks_found(person) == SEEN[name]
    outside = person.get("/tim", q="hong phong")
    assert shown(outside) == (name == "outsider")


def test_nobody_is_asked_to_sign_in(sign_in: SignIn):
    page = sign_in("nobody").get("/tim?q=tre", status=302)
    assert page.location.startswith("/dang-nhap?tiep=/tim")


def test_nothing_is_said_of_what_one_may_not_know(task: Ward, sign_in: SignIn):
    page = sign_in("officer_kp2").get("/tim", q="nhap ke da")
    assert "Nháp" not in page.html
    assert "Không tìm thấy" in page.text
    assert "phan-viec" not in " ".join(link.url for link in page.links if "loai" in link.url)


PAPERS = {
    "officer_kp1": (True, False),
    "head_kp1": (True, False),
    "officer_kp2": (False, False),
    "leader": (True, True),
    "clerk": (True, True),
    "admin": (False, False),
    "outsider": (False, False),
}


@pytest.mark.parametrize("name", PAPERS)
def test_papers(ward: Ward, sign_in: SignIn, name: str):
    ward.commitment("KP1")
    person = sign_in(name)
    commitment, report = PAPERS[name]
    assert shown(person.get("/tim", q="ban cam ket", loai="van-ban")) == commitment
    assert shown(person.get("/tim", q="bao cao tien do", loai="van-ban")) == report


@pytest.mark.parametrize("name", ["officer_kp1", "leader", "clerk"])
def test_a_campaign_for_those_of_its_area(sign_in: SignIn, name: str):
    assert shown(sign_in(name).get("/tim", q="dai hoi dang", loai="phong-trao"))


@pytest.mark.parametrize("name", ["outsider", "admin", "ended"])
def test_a_campaign_not_for_others(sign_in: SignIn, name: str):
    assert not shown(sign_in(name).get("/tim", q="dai hoi dang", loai="phong-trao"))


@pytest.mark.parametrize("name", ["officer_kp1", "officer_kp2", "leader", "clerk"])
def test_colleagues_of_the_own_ward(ward: Ward, sign_in: SignIn, name: str):
    ward.account("clerk").phone = "0912 345 678"
    ward.session.commit()
    person = sign_in(name)
    page = person.get("/tim", q="vu thi thu")
    assert "Văn thư UBND phường, Ủy ban nhân dân phường Hà Khánh" in page.text
    assert page.link("0912 345 678") == "tel:0912345678"
    assert "/quan-tri/" not in page.html
    assert not shown(person.get("/tim", q="ngo van ngoai")), "another ward"
    assert not shown(person.get("/tim", q="dinh van nghi")), "a post that ended"


def test_people_by_post_and_unit(sign_in: SignIn):
    page = sign_in("officer_kp2").get("/tim", q="thư ký khu phố 1", loai="nguoi")
    assert [link.text for link in page.links if "Bình" in link.text] == []
    assert "Lê Văn Bình" in page.text


def test_a_person_of_two_posts_is_one_find(ward: Ward, sign_in: SignIn):
    accounts.appoint(
        ward.session, ward.account("clerk"), ward.unit("MTTQ"), Role.OFFICER, "Thủ quỹ",
        since=ward.day, by=NOBODY, at=ward.now,
    )  # fmt: skip
    ward.session.commit()
    page = sign_in("officer_kp1").get("/tim", q="vu thi thu")
    assert "1 kết quả" in page.text
    assert "Thủ quỹ, Ủy ban Mặt trận Tổ quốc phường" in page.text
    assert shown(sign_in("officer_kp1").get("/tim", q="thư thủ quỹ", loai="nguoi"))


def test_administrators_find_accounts_and_open_them(ward: Ward, sign_in: SignIn):
    closed = ward.account("mate_kp1")
    accounts.close(ward.session, closed, by=NOBODY, at=ward.now)
    ward.session.commit()
    admin = sign_in("admin")
    page = admin.get("/tim", q="le van binh")
    assert page.link("Lê Văn Bình") == f"/quan-tri/tai-khoan/{closed.id}"
    assert "Tài khoản đã đóng" in page.text
    assert shown(admin.get("/tim", q="dinh van nghi")), "the post ended, the account is still kept here"
    assert not shown(admin.get("/tim", q="ngo van ngoai"))
    assert not shown(sign_in("officer_kp1").get("/tim", q="le van binh")), "who can't sign in is no colleague"


def test_units_of_the_own_ward(ward: Ward, sign_in: SignIn):
    officer = sign_in("officer_kp1")
    page = officer.get("/tim", q="khu pho 2", loai="don-vi")
    assert "Khu 2 (KP2)" in page.text
    assert not [link for link in page.links if link.text == "Khu phố 2"], "others' pages are theirs"
    page = officer.get("/tim", q="khu pho 1", loai="don-vi")
    assert page.link("Khu phố 1").startswith(f"/don-vi/{ward.unit('KP1').id}")
    assert not shown(officer.get("/tim", q="hong phong"))
    assert shown(sign_in("outsider").get("/tim", q="hong phong"))


def test_a_unit_that_is_no_more_says_so(ward: Ward, sign_in: SignIn):
    ward.unit("KP3").valid_to = ward.campaign.starts_on
    ward.session.commit()
    assert "Không hoạt động" in sign_in("leader").get("/tim", q="KP3", loai="don-vi").text


def test_every_link_of_what_is_found_opens(task: Ward, sign_in: SignIn):
    task.commitment("KP1", "signed")
    for name in ("officer_kp1", "officer_kp2", "clerk", "admin"):
        person = sign_in(name)
        for words in ("khu pho", "tre", "phong trao", "bao cao tien do"):
            page = person.get("/tim", q=words)
            for section in page.of_class("found"):
                for link in page.all("a", within=section):
                    address = link.get("href") or ""
                    if address.startswith("/"):
                        person.get(address)


def test_the_city_finds_all_its_wards(ward: Ward, sign_in: SignIn):
    accounts.appoint(
        ward.session, ward.account("outsider"), ward.unit("HL"), Role.LEADER, "Phó Chủ tịch thành phố",
        since=ward.day, by=NOBODY, at=ward.now,
    )  # fmt: skip
    ward.session.commit()
    assert shown(sign_in("outsider").get("/tim", q="vu thi thu"))
    assert not shown(sign_in("officer_kp1").get("/tim", q="ngo van ngoai")), "above is not in the ward"
    assert ward.session.query(Campaign).count() == 1
    assert ward.session.query(SearchEntry).filter_by(kind=EntryKind.ACCOUNT).count() > 1

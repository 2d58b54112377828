"""Signing in the place of another: by a dated authorisation, in the right capacity, and refused in words."""

from datetime import date, timedelta

import pytest

from pledges.accounts.authorisations import operations as authorisations
from pledges.accounts.authorisations.rules import Capacity
from pledges.commitments.models import Commitment
from pledges.commitments.rules import CommitmentStatus
from tests.support.critic import SignIn
from tests.support.ward import Ward
from tests.web.accounts.people import post_of
from tests.web.commitments import people
from tests.web.commitments.people import FRONT, PASSWORD, authorised
from tests.web.commitments.test_sign import leave, signatures, url

HEAD, FRONT_POST, PAPER_ONLY = (
    "Bí thư chi bộ, Khu trưởng",
    "Trưởng ban công tác Mặt trận",
    "Chi hội trưởng Phụ nữ",
)


def test_an_officer_of_the_unit_signs_in_the_heads_place(ward: Ward, sign_in: SignIn, of_three: Commitment):
    authorised(ward, "officer_kp1", HEAD)
    lan = sign_in("officer_kp1")
    page = lan.get(url(of_three))
    assert "KT. Bí thư chi bộ, Khu trưởng: ký theo chức vụ Khu phó Khu phố 1" in page.text
    assert (
        "Theo Quyết định số 12/QĐ-UBND ngày 1/3/2024, hiệu lực từ 1/10/2024 đến hết 31/12/2024" in page.text
    )
    page = lan.send(url(of_three), {"password": PASSWORD}, follow=True)
    assert page.said == "Đã ký: xác nhận điện tử nội bộ lúc 09:30 ngày 15/10/2024."
    assert "KT. BÍ THƯ CHI BỘ, KHU TRƯỞNG KHU PHÓ KHU PHỐ 1 Nguyễn Thị Lan" in page.text
    assert "Ký thay (KT.) cho Phạm Văn Đức, theo Quyết định số 12/QĐ-UBND ngày 1/3/2024" in page.text
    one = signatures(ward)[0]
    assert (one.signer_name, one.signer_post) == ("Nguyễn Thị Lan", "Khu phó Khu phố 1")
    assert one.capacity is Capacity.FOR_HEAD
    assert one.signatory.name == "Phạm Văn Đức", "the frozen place is what it was"


def test_a_leader_elsewhere_in_the_ward_signs_and_reads_what_was_signed_for_ever(ward: Ward, sign_in: SignIn):
    made = people.frozen(ward, [("Khu trưởng", None)], unit="KP2")
    authorised(ward, "head_kp1", "Khu trưởng", unit=ward.unit("KP2"), capacity=Capacity.BY_AUTHORITY)
    head = sign_in("head_kp1")
    assert made.digest in head.get(url(made)).html
    head.get(f"/cam-ket/{made.id}", status=404)
    page = head.send(url(made), {"password": PASSWORD}, follow=True)
    assert page.url == f"/cam-ket/{made.id}"
    broken = [
        one.url for one in page.links if one.url.startswith("/") and head.get(one.url, None).status != 200
    ]
    assert broken == [], "the page leads nowhere that is closed to who signed"
    assert page.said == "Đã ký: xác nhận điện tử nội bộ lúc 09:30 ngày 15/10/2024."
    head.get(f"/van-ban/cam-ket/{made.id}.pdf")
    head.get(f"/cam-ket/{made.id}/sua", status=403)
    head.get("/cam-ket")
    leave(ward, "head_kp1")
    head = sign_in("head_kp1")
    head.get(f"/cam-ket/{made.id}")
    head.get(f"/van-ban/cam-ket/{made.id}.pdf")
    assert made.status is CommitmentStatus.SIGNED
    text = sign_in("clerk").get(f"/cam-ket/{made.id}").text
    assert "TUQ. KHU TRƯỞNG BÍ THƯ CHI BỘ, KHU TRƯỞNG KHU PHỐ 1 Phạm Văn Đức" in text


def test_a_deputy_of_several_says_for_whom(ward: Ward, sign_in: SignIn):
    made = people.of_three(ward, in_order=False)
    authorised(ward, "officer_kp1", HEAD)
    front = authorised(ward, "officer_kp1", FRONT_POST, capacity=Capacity.BY_ORDER)
    lan = sign_in("officer_kp1")
    page = lan.send(url(made), {"password": PASSWORD}, status=200)
    assert page.errors == ["Chưa chọn tư cách ký."]
    lan.send(url(made), {"way": f"{made.signatories[1].id}-{front.id}", "password": PASSWORD})
    assert [one.signatory.post for one in signatures(ward)] == [FRONT_POST]


def test_who_has_an_own_place_may_also_sign_in_anothers(ward: Ward, sign_in: SignIn, of_three: Commitment):
    authorised(ward, FRONT, HEAD)
    front = sign_in(FRONT)
    page = front.get(url(of_three))
    assert list(page.form().offered["way"]) != [], "out of turn for the own place, not for the head's"
    front.send(url(of_three), {"password": PASSWORD})
    front.send(url(of_three), {"password": PASSWORD})
    assert [one.signatory.post for one in signatures(ward)] == [HEAD, FRONT_POST]


@pytest.mark.parametrize("name", ["mate_kp1", "leader", "clerk"])
def test_an_authorisation_lets_nobody_else_sign(ward: Ward, sign_in: SignIn, of_three: Commitment, name: str):
    authorised(ward, "officer_kp1", HEAD)
    sign_in(name).get(url(of_three), status=403)


@pytest.mark.parametrize("name", ["officer_kp2", "outsider", "admin"])
def test_strangers_stay_strangers(ward: Ward, sign_in: SignIn, of_three: Commitment, name: str):
    authorised(ward, "officer_kp1", HEAD)
    sign_in(name).get(url(of_three), status=404)


def test_an_authorisation_for_another_post_or_unit_opens_nothing(
    ward: Ward, sign_in: SignIn, of_three: Commitment
):
    authorised(ward, "officer_kp1", "Khu trưởng Khu phố 2")
    authorised(ward, "officer_kp1", HEAD, unit=ward.unit("KP2"))
    sign_in("officer_kp1").get(url(of_three), status=403)


@pytest.mark.parametrize(
    ("since", "until", "day", "words"),
    [
        (date(2024, 10, 20), date(2024, 12, 31), date(2024, 10, 19), "chỉ có hiệu lực từ ngày 20/10/2024"),
        (date(2024, 10, 1), date(2024, 10, 20), date(2024, 10, 21), "đã hết hiệu lực sau ngày 20/10/2024"),
    ],
)
def test_a_deputy_out_of_date_is_told_so(
    ward: Ward, sign_in: SignIn, of_three: Commitment, since: date, until: date, day: date, words: str
):
    authorised(ward, "officer_kp1", HEAD, valid_from=since, valid_to=until)
    ward.hands.put(day)
    page = sign_in("officer_kp1").get(url(of_three), status=409)
    assert f"Ủy quyền theo Quyết định số 12/QĐ-UBND ngày 1/3/2024 {words}." in page.text


@pytest.mark.parametrize("day", [date(2024, 10, 20), date(2024, 10, 25)])
def test_on_the_first_and_the_last_day_it_counts(
    ward: Ward, sign_in: SignIn, of_three: Commitment, day: date
):
    authorised(ward, "officer_kp1", HEAD, valid_from=date(2024, 10, 20), valid_to=date(2024, 10, 25))
    ward.hands.put(day)
    sign_in("officer_kp1").send(url(of_three), {"password": PASSWORD})
    assert len(signatures(ward)) == 1


def test_one_that_ended_early_counts_no_more(ward: Ward, sign_in: SignIn, of_three: Commitment):
    made = authorised(ward, "officer_kp1", HEAD)
    lan = sign_in("officer_kp1")
    form = lan.get(url(of_three)).form()
    yesterday = ward.day - timedelta(days=1)
    authorisations.end(
        ward.session, made, "Khu trưởng đã đi làm lại.", on=yesterday, by=ward.actor("clerk"), at=ward.now
    )
    ward.session.commit()
    page = lan.send_form(form, {"password": PASSWORD}, status=409)
    assert (
        "đã chấm dứt, chỉ có hiệu lực đến hết ngày 14/10/2024. Lý do: Khu trưởng đã đi làm lại." in page.text
    )
    assert signatures(ward) == []


def test_a_deputy_who_left_the_own_post_is_told_so(ward: Ward, sign_in: SignIn, of_three: Commitment):
    authorised(ward, "officer_kp1", HEAD)
    leave(ward, "officer_kp1")
    page = sign_in("officer_kp1").get(url(of_three), status=409)
    assert "Từ ngày 15/10/2024 đồng chí không còn giữ chức vụ Khu phó Khu phố 1" in page.text


def test_the_principal_is_told_who_signed(ward: Ward, sign_in: SignIn, of_three: Commitment):
    authorised(ward, "officer_kp1", HEAD)
    sign_in("officer_kp1").send(url(of_three), {"password": PASSWORD})
    page = sign_in("head_kp1").get(url(of_three), status=409)
    assert "Nguyễn Thị Lan, Khu phó Khu phố 1 đã ký KT. ở vị trí Bí thư chi bộ, Khu trưởng." in page.text


def test_a_place_without_an_account_can_be_signed_by_a_deputy(ward: Ward, sign_in: SignIn):
    made = people.of_three(ward, in_order=False)
    authorised(ward, "officer_kp1", PAPER_ONLY)
    sign_in("officer_kp1").send(url(made), {"password": PASSWORD})
    assert [one.signatory.post for one in signatures(ward)] == [PAPER_ONLY]


def test_a_forged_way_signs_nothing(ward: Ward, sign_in: SignIn, of_three: Commitment):
    authorised(ward, "officer_kp1", HEAD)
    lan = sign_in("officer_kp1")
    for way in (str(of_three.signatories[0].id), "0", "x", f"{of_three.signatories[1].id}-1"):
        page = lan.send(url(of_three), {"way": way, "password": PASSWORD}, status=200, forge=True)
        assert "Tư cách ký đã chọn không còn" in page.errors[0]
    assert signatures(ward) == []


def test_the_first_page_offers_what_a_deputy_may_sign(ward: Ward, sign_in: SignIn, of_three: Commitment):
    authorised(ward, "officer_kp1", HEAD)
    page = sign_in("officer_kp1").get("/")
    assert page.link("Đọc và ký") == url(of_three)
    assert "Chờ đồng chí ký" in page.text
    assert post_of(ward, "officer_kp1").alive(ward.day)

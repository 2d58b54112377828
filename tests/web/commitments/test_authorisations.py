"""Authorisations to sign: the list, one of them, recording it, ending it."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from pledges.access.roles import Role
from pledges.accounts.authorisations.models import Authorisation
from pledges.accounts.authorisations.rules import Capacity
from pledges.accounts.queries import appointments_of
from pledges.commitments.models import Commitment
from pledges.commitments.rules import StepRefused
from pledges.commitments.signatures import Seen, Signer, record_on_paper
from tests.support.critic import SignIn
from tests.support.ward import Ward
from tests.web.accounts import people as accounts
from tests.web.commitments.people import PASSWORD, authorised

HEAD = "Bí thư chi bộ, Khu trưởng"
PAPER = "Quyết định số 15/QĐ-UBND ngày 2/10/2024"


def recording(ward: Ward, unit: str = "KP1") -> str:
    return f"/uy-quyen/ghi/{ward.unit(unit).id}"


def post_id(ward: Ward, name: str) -> str:
    held = ward.session.scalars(appointments_of(ward.account(name).id)).first()
    assert held is not None
    return str(held.id)


def typed(ward: Ward, name: str = "officer_kp1", **changes: Any) -> dict[str, Any]:
    said = {
        "principal_post": HEAD,
        "principal_name": "Phạm Văn Đức",
        "deputy": post_id(ward, name),
        "capacity": "kt",
        "paper": PAPER,
        "valid_from": "01/10/2024",
        "valid_to": "31/12/2024",
    }
    return {**said, **changes}


def all_of(ward: Ward) -> list[Authorisation]:
    ward.settle()
    return list(ward.session.scalars(select(Authorisation)))


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("clerk", 200),
        ("leader", 200),
        ("head_kp1", 200),
        ("officer_kp1", 403),
        ("mate_kp1", 403),
        ("officer_kp2", 403),
        ("outsider", 403),
        ("admin", 403),
        ("nobody", 302),
    ],
)
def test_who_keeps_them(ward: Ward, sign_in: SignIn, name: str, status: int):
    made = authorised(ward, "officer_kp1", HEAD)
    for path in ("/uy-quyen", f"/uy-quyen/{made.id}", recording(ward), f"/uy-quyen/{made.id}/cham-dut"):
        sign_in(name).get(path, status=status)


def test_those_of_other_units_and_wards_are_unknown(ward: Ward, sign_in: SignIn):
    made = authorised(ward, "officer_kp1", HEAD)
    accounts.add(ward, "head_kp2", "Lý Văn Hai", "KP2", Role.LEADER, "Khu trưởng Khu phố 2")
    accounts.add(ward, "clerk_hp", "Tô Thị Xa", "HP", Role.CLERK, "Văn thư phường Hồng Phong")
    for name in ("head_kp2", "clerk_hp"):
        stranger = sign_in(name)
        assert "Nguyễn Thị Lan" not in stranger.get("/uy-quyen").text
        for path in (f"/uy-quyen/{made.id}", recording(ward), f"/uy-quyen/{made.id}/cham-dut"):
            stranger.get(path, status=404)


def test_a_clerk_of_a_unit_above_keeps_them_without_a_campaign(ward: Ward, sign_in: SignIn):
    authorised(ward, "officer_kp1", HEAD)
    accounts.add(ward, "clerk_hl", "Tô Thị Cao", "HL", Role.CLERK, "Văn thư thành phố")
    assert "Nguyễn Thị Lan" in sign_in("clerk_hl").get("/uy-quyen").text


def test_the_unit_is_chosen_first(ward: Ward, sign_in: SignIn):
    page = sign_in("clerk").get("/uy-quyen/ghi")
    form = next(one for one in page.forms if "don-vi" in one.names)
    assert str(ward.unit("KP1").id) in form.offered["don-vi"]
    assert str(ward.unit("HP-KP1").id) not in form.offered["don-vi"]
    chosen = sign_in("clerk").get(f"/uy-quyen/ghi?don-vi={ward.unit('KP2').id}", status=302)
    assert chosen.location == recording(ward, "KP2")
    only = sign_in("head_kp1").get("/uy-quyen/ghi", status=302)
    assert only.location == recording(ward), "a head of one unit has nothing to choose"


def test_one_is_recorded_and_shown(ward: Ward, sign_in: SignIn):
    page = sign_in("clerk").send(recording(ward), typed(ward), follow=True)
    assert page.said == "Đã ghi ủy quyền ký cho Nguyễn Thị Lan."
    assert "KT. BÍ THƯ CHI BỘ, KHU TRƯỞNG / KHU PHÓ KHU PHỐ 1" in page.text
    assert PAPER in page.text
    assert "Đã ghi giấy ủy quyền ký" in page.text
    one = all_of(ward)[0]
    assert (one.account.username, one.post, one.capacity) == (
        "officer_kp1",
        "Khu phó Khu phố 1",
        Capacity.FOR_HEAD,
    )
    assert (one.valid_from, one.valid_to) == (date(2024, 10, 1), date(2024, 12, 31))
    assert one.recorded_by_name == "Vũ Thị Thư"


def test_posts_are_suggested_and_people_of_the_ward_are_offered(
    ward: Ward, sign_in: SignIn, of_three: Commitment
):
    page = sign_in("clerk").get(recording(ward))
    suggested = [one.get("value") for one in page.all("option") if not one.text]
    assert {HEAD, "Trưởng ban công tác Mặt trận", "Khu trưởng"} <= set(suggested)
    offered = page.form().offered["deputy"]
    assert {post_id(ward, name) for name in ("officer_kp1", "leader2", "officer_kp2")} <= offered
    strange = {post_id(ward, name) for name in ("clerk", "admin", "outsider", "ended")}
    assert not strange & offered, "not oneself, not an administrator, not another ward, not who left"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"paper": "Quyết định của Chủ tịch"}, "Ghi đủ số và ngày của văn bản"),
        ({"valid_to": "30/9/2024"}, "Ngày hết hiệu lực phải từ ngày bắt đầu trở đi."),
        ({"principal_post": ""}, "Chưa nhập chức vụ của người được ký thay."),
        ({"deputy": ""}, "Chưa chọn người ký thay."),
        ({"capacity": None}, "Chưa chọn tư cách ký."),
        (
            {"principal_post": "khu phó khu phố 1"},
            "Nguyễn Thị Lan đang giữ chính chức vụ khu phó khu phố 1, không cần ủy quyền.",
        ),
    ],
)
def test_what_makes_no_sense_is_refused(ward: Ward, sign_in: SignIn, changes: dict[str, Any], words: str):
    page = sign_in("clerk").send(recording(ward), typed(ward, **changes), status=200)
    assert any(words in line for line in page.errors), page.errors
    assert all_of(ward) == []


def test_one_that_has_run_out_counts_for_a_paper_of_its_days(
    ward: Ward, sign_in: SignIn, of_three: Commitment
):
    clerk = sign_in("clerk")
    asked = clerk.get(recording(ward)).text
    assert "Ủy quyền đã hết hiệu lực vẫn ghi được để ghi nhận văn bản giấy đã ký trong những ngày ấy" in asked
    assert "Ghi đủ loại, số và ngày của văn bản" in asked
    days = {"valid_from": "1/10/2024", "valid_to": "14/10/2024"}
    page = clerk.send(recording(ward), typed(ward, **days), follow=True)
    assert "Đã hết hạn" in page.text
    first, signer = of_three.signatories[0], Signer(authorisation=all_of(ward)[0])
    sign_in("officer_kp1").get(f"/cam-ket/{of_three.id}/ky", status=409)
    by, place = ward.actor("clerk"), "Hội trường"
    late = Seen(on=date(2024, 10, 15), place=place, certified_by=by.name)
    with pytest.raises(StepRefused, match=r"đã hết hiệu lực sau ngày 14/10/2024"):
        record_on_paper(ward.session, first, late, by=by, at=ward.now, signer=signer)
    seen = Seen(on=date(2024, 10, 14), place=place, certified_by=by.name)
    record_on_paper(ward.session, first, seen, by=by, at=ward.now, signer=signer)
    ward.session.commit()
    assert first.signature is not None
    assert first.signature.capacity is Capacity.FOR_HEAD


def test_nobody_entrusts_himself(ward: Ward, sign_in: SignIn):
    fields = typed(ward, "leader")
    page = sign_in("leader").send(recording(ward), fields, status=200, forge=True)
    assert page.errors
    assert all_of(ward) == []


def test_the_same_is_not_recorded_twice(ward: Ward, sign_in: SignIn):
    clerk = sign_in("clerk")
    clerk.send(recording(ward), typed(ward))
    page = clerk.send(recording(ward), typed(ward, valid_from="1/12/2024", valid_to="1/2/2025"), status=200)
    assert f"Nguyễn Thị Lan đã được ủy quyền như vậy theo {PAPER}" in page.errors[0]
    clerk.send(recording(ward), typed(ward, valid_from="1/1/2025", valid_to="1/2/2025"))
    assert len(all_of(ward)) == 2


def test_the_list_is_searched_and_filtered(ward: Ward, sign_in: SignIn):
    authorised(ward, "officer_kp1", HEAD)
    authorised(ward, "officer_kp2", "Khu trưởng", unit=ward.unit("KP2"), valid_to=date(2024, 10, 16))
    ward.hands.put(date(2024, 10, 17))
    clerk = sign_in("clerk")
    assert [row[0] for row in clerk.get("/uy-quyen").table()[1:]] == [
        "Hoàng Thị ÁnhKhu phó Khu phố 2",
        "Nguyễn Thị LanKhu phó Khu phố 1",
    ]
    for arguments, name in (
        ({"q": "bi thu chi bo"}, "Nguyễn Thị Lan"),
        ({"don-vi": ward.unit("KP2").id}, "Hoàng Thị Ánh"),
        ({"hieu-luc": "con-hieu-luc"}, "Nguyễn Thị Lan"),
        ({"hieu-luc": "het-han"}, "Hoàng Thị Ánh"),
    ):
        rows = clerk.get("/uy-quyen", **arguments).table()[1:]
        assert len(rows) == 1, arguments
        assert name in rows[0][0]
    assert "Không có ủy quyền nào như đồng chí tìm" in clerk.get("/uy-quyen", q="không ai").text


def test_the_list_asks_no_more_for_more(ward: Ward, sign_in: SignIn, count_queries: Any):
    clerk = sign_in("clerk")
    authorised(ward, "officer_kp1", HEAD)
    clerk.get("/uy-quyen")
    with count_queries() as one:
        clerk.get("/uy-quyen")
    for name in ("officer_kp2", "mate_kp1", "leader2"):
        authorised(ward, name, HEAD)
    with count_queries() as four:
        clerk.get("/uy-quyen")
    assert len(four) == len(one)


def ending(ward: Ward, on: date, reason: str = "Khu trưởng đã đi làm lại.") -> dict[str, str]:
    return {"on": f"{on:%d/%m/%Y}", "reason": reason}


def test_one_is_ended_early_with_the_reason(ward: Ward, sign_in: SignIn):
    made = authorised(ward, "officer_kp1", HEAD)
    clerk = sign_in("clerk")
    page = clerk.send(f"/uy-quyen/{made.id}/cham-dut", ending(ward, ward.day), follow=True)
    assert page.said == "Đã ghi việc chấm dứt ủy quyền ký."
    assert "Khu trưởng đã đi làm lại." in page.text
    assert made.alive(ward.day)
    assert not made.alive(ward.day + timedelta(days=1))
    assert "Chấm dứt ủy quyền" not in [link.text for link in page.links]
    page = clerk.send(f"/uy-quyen/{made.id}/cham-dut", ending(ward, ward.day), status=200)
    assert "đã chấm dứt" in page.errors[0]


@pytest.mark.parametrize(
    ("on", "words"),
    [
        (date(2024, 10, 13), "không thể trước hôm qua, ngày 14/10/2024"),
        (date(2024, 12, 31), "vốn chỉ có hiệu lực đến hết ngày 31/12/2024"),
    ],
)
def test_an_end_that_makes_no_sense_is_refused(ward: Ward, sign_in: SignIn, on: date, words: str):
    made = authorised(ward, "officer_kp1", HEAD)
    page = sign_in("clerk").send(f"/uy-quyen/{made.id}/cham-dut", ending(ward, on), status=200)
    assert words in page.errors[0]
    ward.settle()
    assert made.ended_at is None


def test_it_does_not_end_before_what_was_signed_under_it(ward: Ward, sign_in: SignIn, of_three: Commitment):
    made = authorised(ward, "officer_kp1", HEAD)
    sign_in("officer_kp1").send(f"/cam-ket/{of_three.id}/ky", {"password": PASSWORD})
    clerk = sign_in("clerk")
    yesterday = ending(ward, ward.day - timedelta(days=1))
    page = clerk.send(f"/uy-quyen/{made.id}/cham-dut", yesterday, status=200)
    assert "Đã có người ký theo ủy quyền này ngày 15/10/2024" in page.errors[0]
    clerk.send(f"/uy-quyen/{made.id}/cham-dut", ending(ward, ward.day))
    page = clerk.get(f"/uy-quyen/{made.id}")
    assert page.link("Bản cam kết của Khu phố 1") == f"/cam-ket/{of_three.id}"


def test_the_list_of_commitments_leads_there(ward: Ward, sign_in: SignIn):
    assert sign_in("clerk").get("/cam-ket").link("Ủy quyền ký") == "/uy-quyen"
    assert "Ủy quyền ký" not in sign_in("officer_kp1").get("/cam-ket").text

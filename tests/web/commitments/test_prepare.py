"""Preparing a unit's commitment, and a new edition of it."""

from datetime import date

import pytest
from sqlalchemy import select

from pledges.accounts.queries import appointments_of
from pledges.commitments import operations as commitments
from pledges.commitments.models import Commitment
from pledges.commitments.rules import CommitmentStatus, StepRefused
from tests.support.critic import SignIn
from tests.support.ward import Ward
from tests.web.commitments.people import entry


def url(ward: Ward, unit: str = "KP1"):
    return f"/cam-ket/soan/{ward.campaign.id}/{ward.unit(unit).id}"


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("officer_kp1", 200),
        ("mate_kp1", 200),
        ("clerk", 200),
        ("head_kp1", 403),
        ("leader", 403),
        ("officer_kp2", 404),
        ("outsider", 404),
        ("admin", 403),
    ],
)
def test_who_prepares(ward: Ward, sign_in: SignIn, name: str, status: int):
    ward.task()
    sign_in(name).get(url(ward), status=status)


def test_nobody_is_led_to_the_sign_in(ward: Ward, sign_in: SignIn):
    assert "/dang-nhap" in sign_in("nobody").get(url(ward), status=302).location


@pytest.mark.parametrize("path", ["/cam-ket/soan/99/1", "/cam-ket/soan/1/999"])
def test_what_is_not_there_is_not_found(ward: Ward, sign_in: SignIn, path: str):
    sign_in("clerk").get(path, status=404)


@pytest.mark.parametrize("name", ["outsider", "clerk"])
def test_a_unit_outside_the_campaign_is_not_found(ward: Ward, sign_in: SignIn, name: str):
    """The stranger has the right at the own unit, the clerk at the campaign: neither reaches across."""
    someone, path = sign_in(name), url(ward, "HP-KP1")
    someone.get(path, status=404)
    someone.post(path, {"place": "Hồng Phong"}, status=404)


def test_the_operation_refuses_a_unit_outside_the_campaign(ward: Ward):
    with pytest.raises(StepRefused, match="Khu phố 1 Hồng Phong không thuộc phạm vi của phong trào"):
        commitments.prepare(
            ward.session, ward.campaign, ward.unit("HP-KP1"), entry(ward, ()),
            by=ward.actor("clerk"), at=ward.now,
        )  # fmt: skip


def test_it_begins_with_the_campaign_and_the_units_heads(ward: Ward, sign_in: SignIn):
    ward.task()
    page = sign_in("officer_kp1").get(url(ward))
    fields = page.form().fields
    assert fields["place"] == ["Hà Khánh"]
    assert fields["dated_on"] == ["29/3/2024"]
    assert fields["terms"] == ["Thực hiện đúng nội dung đã đăng ký."]
    assert fields["copies"] == ["2"]
    assert fields["signatories-0-name"] == ["Phạm Văn Đức"]
    assert fields["signatories-0-post"] == ["Bí thư chi bộ, Khu trưởng Khu phố 1"]
    assert fields["signatories-0-account"] == [str(ward.account("head_kp1").id)]
    assert fields["in_order"] == ["y"]
    assert "1. Bê tông hóa đường ngõ" in page.text


def test_a_neighbourhood_begins_with_its_three_posts(ward: Ward, sign_in: SignIn):
    """Who holds two of them stands once; for a post that nobody holds in the app the name is left to fill."""
    ward.task("KP1")
    ward.task("KP2")
    front = "Trưởng ban công tác Mặt trận"
    first = sign_in("officer_kp1").get(url(ward)).form().fields
    assert first["signatories-1-post"] == [front]
    assert "signatories-2-post" not in first
    second = sign_in("officer_kp2").get(url(ward, "KP2")).form().fields
    posts = [second[f"signatories-{number}-post"] for number in range(3)]
    assert posts == [["Bí thư chi bộ"], ["Khu trưởng"], [front]]
    assert {name: value for name, value in second.items() if name.endswith(("-name", "-on_behalf_of"))} == {
        f"signatories-{number}-{part}": [""] for number in range(3) for part in ("name", "on_behalf_of")
    }


def test_the_front_signs_in_the_name_of_its_standing_committee(ward: Ward, sign_in: SignIn):
    ward.task("MTTQ")
    clerk = sign_in("clerk")
    page = clerk.get(url(ward, "MTTQ"))
    fields = page.form().fields
    assert fields["signatories-0-post"] == ["Chủ tịch UBMTTQ"]
    assert fields["signatories-0-on_behalf_of"] == ["Ban Thường trực Ủy ban MTTQ phường"]
    clerk.send_form(page.form(), {"signatories-0-on_behalf_of": "TM. Ban Thường trực", "in_order": []})
    ward.settle()
    made = ward.session.scalars(select(Commitment)).one()
    assert made.signatories[0].on_behalf_of == "Ban Thường trực", "TM. is printed anyhow"
    assert not made.in_order


def test_terms_are_filled_for_the_unit(ward: Ward, sign_in: SignIn):
    ward.task()
    ward.campaign.terms = "{Đơn vị} thực hiện {phong trào} năm {năm}."
    ward.session.commit()
    fields = sign_in("officer_kp1").get(url(ward)).form().fields
    assert fields["terms"] == [f"Khu phố 1 thực hiện {ward.campaign.title} năm 2024."]


def test_whoever_is_a_head_no_more_is_not_proposed_to_sign_in_the_app(ward: Ward, sign_in: SignIn):
    made = ward.commitment("KP1", "frozen")
    commitments.withdraw(ward.session, made, "Đổi người ký", by=ward.actor("clerk"), at=ward.now)
    post = ward.session.scalars(appointments_of(ward.account("head_kp1").id)).one()
    post.valid_to = date(2024, 10, 1)
    ward.session.commit()
    fields = sign_in("officer_kp1").get(url(ward)).form().fields
    assert fields["signatories-0-name"] == ["Phạm Văn Đức"]
    assert fields["signatories-0-account"] == [""]


def test_it_is_kept(ward: Ward, sign_in: SignIn):
    ward.task()
    page = sign_in("officer_kp1").send(url(ward), {"place": "Hạ Long", "copies": "3"}, follow=True)
    assert page.h1 == "Bản cam kết của Khu phố 1"
    ward.settle()
    made = ward.session.scalars(select(Commitment)).one()
    assert (made.place, made.copies, made.status) == ("Hạ Long", 3, CommitmentStatus.DRAFT)
    assert [(one.name, one.account_id) for one in made.signatories] == [
        ("Phạm Văn Đức", ward.account("head_kp1").id),
        ("", None),
    ]


def test_signatories_come_and_go(ward: Ward, sign_in: SignIn):
    ward.task()
    officer = sign_in("officer_kp1")
    page = officer.send(url(ward), {"place": "Đã sửa"}, button="Thêm người ký", status=200)
    assert page.form().fields["place"] == ["Đã sửa"]
    added = {"signatories-2-post": "Chi hội trưởng Phụ nữ"}
    page = officer.send_form(page.form(), added, button="Thêm người ký", status=200)
    page = officer.send_form(page.form(), {"rows": "signatories-drop-0"}, forge=True, status=200)
    front = "Trưởng ban công tác Mặt trận"
    assert page.form().fields["signatories-0-post"] == [front]
    officer.send_form(page.form())
    ward.settle()
    made = ward.session.scalars(select(Commitment)).one()
    assert [one.post for one in made.signatories] == [front, "Chi hội trưởng Phụ nữ"], (
        "a blank row is left out"
    )


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"place": ""}, "Chưa nhập địa danh."),
        ({"terms": ""}, "Chưa nhập điều khoản chung."),
        ({"copies": "0"}, "Số bản phải từ 1 đến 99."),
        ({"copies": "hai"}, "Phải là số nguyên từ 0 trở lên"),
        ({"dated_on": "31/2/2024"}, "không có ngày 31"),
        ({"signatories-0-post": ""}, "Chưa nhập chức vụ của người ký."),
        (
            {
                "signatories-0-post": "",
                "signatories-0-name": "",
                "signatories-0-account": "",
                "signatories-1-post": "",
            },
            "Cần ít nhất một người ký.",
        ),
        ({"terms": "Thi đua năm {năm}."}, "Còn chỗ chưa điền: {năm}."),
    ],
)
def test_what_is_wrong_is_said_and_the_rest_stays(
    ward: Ward, sign_in: SignIn, typed: dict[str, str], words: str
):
    ward.task()
    page = sign_in("officer_kp1").send(url(ward), {"witness": "Ông Sáu"} | typed, status=200)
    assert any(words in error for error in page.errors)
    assert page.form().fields["witness"] == ["Ông Sáu"]


def test_signatories_change_places(ward: Ward, sign_in: SignIn):
    """By buttons that work without scripts; the first goes no further up, the last no further down."""
    ward.task("KP2")
    officer = sign_in("officer_kp2")
    page = officer.send(
        url(ward, "KP2"), {"signatories-2-name": "Bà Mặt"}, button="Thêm người ký", status=200
    )
    for act in ("up-2", "up-0", "down-3", "down-9", "up-x"):
        page = officer.send_form(page.form(), {"rows": f"signatories-{act}"}, forge=True, status=200)
    assert page.form().fields["signatories-1-name"] == ["Bà Mặt"]
    officer.send_form(page.form())
    ward.settle()
    made = ward.session.scalars(select(Commitment)).one()
    posts = [(one.position, one.post) for one in made.signatories]
    assert posts == [(1, "Bí thư chi bộ"), (2, "Trưởng ban công tác Mặt trận"), (3, "Khu trưởng")]


def test_what_is_typed_is_kept_until_it_is_sent(ward: Ward, sign_in: SignIn):
    ward.task()
    officer, mate = sign_in("officer_kp1"), sign_in("mate_kp1")
    officer.send(url(ward), {"witness": "Ông Sáu", "place": ""}, status=200)
    page = officer.get(url(ward))
    assert "Đang điền dở" in page.text
    address = next(link.url for link in page.links if "giu=" in link.url)
    form = officer.get(address).form()
    assert form.fields["witness"] == ["Ông Sáu"]
    assert "Đang điền dở" not in mate.get(url(ward)).text
    officer.send_form(form, {"place": "Hà Khánh"})
    assert "Đang điền dở" not in officer.get(url(ward)).text


def test_one_account_signs_in_one_place(ward: Ward, sign_in: SignIn):
    ward.task()
    officer = sign_in("officer_kp1")
    page = officer.send(url(ward), button="Thêm người ký", status=200)
    head = str(ward.account("head_kp1").id)
    twice = {"signatories-1-post": "Phó", "signatories-1-account": head}
    page = officer.send_form(page.form(), twice, status=200)
    assert "Một tài khoản chỉ ký ở một vị trí." in page.errors


def test_an_account_of_another_unit_is_not_taken(ward: Ward, sign_in: SignIn):
    ward.task()
    forged = {"signatories-0-account": str(ward.account("leader").id)}
    page = sign_in("officer_kp1").send(url(ward), forged, forge=True, status=200)
    assert page.errors
    ward.settle()
    assert not ward.session.scalars(select(Commitment)).all()


def test_three_clicks_make_one(ward: Ward, sign_in: SignIn):
    ward.task()
    officer = sign_in("officer_kp1")
    form = officer.get(url(ward)).form()
    assert len({officer.send_form(form).location for _click in range(3)}) == 1
    ward.settle()
    assert len(ward.session.scalars(select(Commitment)).all()) == 1


def test_two_people_at_once_make_one(ward: Ward, sign_in: SignIn):
    ward.task()
    mine, clerk = sign_in("officer_kp1"), sign_in("clerk")
    form = mine.get(url(ward)).form()
    clerk.send(url(ward))
    page = mine.send_form(form, {"place": "Của tôi"}, status=200)
    assert "Khu phố 1 đã có bản cam kết đang soạn." in page.errors
    assert page.form().fields["place"] == ["Của tôi"]


def test_an_ended_session_leads_back_to_what_was_typed(ward: Ward, sign_in: SignIn):
    ward.task()
    officer = sign_in("officer_kp1")
    form = officer.get(url(ward)).form()
    with officer.client.session_transaction() as cookie:
        cookie["seen"] = 0
    asked = officer.send_form(form, {"place": "Hạ Long"}, status=401)
    who = {"username": "officer_kp1", "password": "con đường hoa số 5"}
    page = officer.send_form(asked.form("/dang-nhap"), who, follow=True)
    assert page.form().fields["place"] == ["Hạ Long"]
    officer.send_form(page.form())


def test_a_new_edition_leaves_the_old_one_in_force_until_it_is_signed(ward: Ward, sign_in: SignIn):
    old = ward.commitment("KP1", "signed")
    ward.task("KP1", title="Phần việc bổ sung")
    clerk = sign_in("clerk")
    page = clerk.get(url(ward))
    assert "Bản mới, lần 2" in page.text
    assert "Phần việc bổ sung" in page.text
    assert page.form().fields["dated_on"] == ["15/10/2024"]
    new = clerk.send_form(page.form()).location
    clerk.send(f"{new}/chot")
    ward.settle()
    assert old.status is CommitmentStatus.SIGNED
    assert "Phần việc bổ sung" not in clerk.get(f"/cam-ket/{old.id}").text, "its text stays as it was signed"
    found = ward.session.get_one(Commitment, int(new.rsplit("/", 1)[1]))
    ticked = {"signatories": [str(found.signatories[0].id)], "signed_on": "15/10/2024"}
    clerk.send(f"{new}/ky-giay", ticked | {"place": "Hội trường"})
    ward.settle()
    assert (old.status, found.status) == (CommitmentStatus.SUPERSEDED, CommitmentStatus.SIGNED)
    assert found.signed_on == date(2024, 10, 15)
    assert "Bản này đã được thay" in clerk.get(f"/cam-ket/{old.id}").text
    assert "1 bản đã được thay" in clerk.get("/cam-ket").text

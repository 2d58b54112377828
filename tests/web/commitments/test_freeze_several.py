"""Freezing several commitments at once, after a page to check."""

import pytest
from sqlalchemy import select

from pledges.audit.models import LogEntry
from pledges.commitments import operations
from pledges.commitments.models import Commitment
from pledges.commitments.rules import CommitmentStatus
from tests.support.critic import SignIn
from tests.support.queries import CountQueries
from tests.support.ward import Ward
from tests.web.commitments.test_broken_seal import by_hand


def listing(ward: Ward) -> str:
    return f"/cam-ket/chot-nhieu/{ward.campaign.id}"


def check(ward: Ward, *marked: Commitment) -> str:
    return f"{listing(ward)}/xem-lai?" + "&".join(f"muc={one.id}" for one in marked)


@pytest.fixture
def two(ward: Ward) -> list[Commitment]:
    return [ward.commitment(unit) for unit in ("KP1", "KP2")]


@pytest.mark.parametrize("page", ["list", "check"])
@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("officer_kp1", 200),
        ("mate_kp1", 200),
        ("clerk", 200),
        ("officer_kp2", 200),
        ("head_kp1", 403),
        ("leader", 403),
        ("outsider", 404),
    ],
)
def test_who_freezes(ward: Ward, sign_in: SignIn, page: str, name: str, status: int):
    made = ward.commitment()
    sign_in(name).get(listing(ward) if page == "list" else check(ward, made), status=status)


def test_nobody_is_led_to_the_sign_in(ward: Ward, sign_in: SignIn):
    assert "/dang-nhap" in sign_in("nobody").get(listing(ward), status=302).location
    assert "/dang-nhap" in sign_in("nobody").get(check(ward), status=302).location


def test_only_what_is_complete_can_be_marked(ward: Ward, sign_in: SignIn, two: list[Commitment]):
    two[1].place = ""
    two[0].witness = two[0].witness_post = ""
    ward.session.commit()
    ward.commitment("KP3", "frozen")
    page = sign_in("clerk").get(listing(ward))
    assert "01 trong 02 bản đã đủ để chốt" in page.text
    assert "Khu phố 1 Đã đủ để chốt Chưa ghi bên chứng kiến" in page.text
    assert "Khu phố 2 Còn thiếu Chưa ghi địa danh" in page.text
    assert "Khu phố 3" not in page.text
    assert f"/cam-ket/{two[1].id}/sua#place" in [link.url for link in page.links]
    form = page.form(f"{listing(ward)}/xem-lai")
    assert form.fields["muc"] == [str(two[0].id)]


def test_an_officer_sees_the_own_unit_alone(ward: Ward, sign_in: SignIn, two: list[Commitment]):
    officer = sign_in("officer_kp1")
    assert "Khu phố 2" not in officer.get(listing(ward)).text
    assert "Khu phố 2" not in officer.get(check(ward, *two)).text


def test_what_will_be_frozen_is_named_with_its_digest(ward: Ward, sign_in: SignIn, two: list[Commitment]):
    page = sign_in("clerk").get(check(ward, *two))
    assert "Khu phố 1 01 phần việc: 1. Bê tông hóa đường ngõ" in page.text
    assert "01 người ký: Phạm Văn Đức" in page.text
    digests = dict(pair.split(".") for pair in page.form().fields["digests"][0].split())
    assert list(digests) == [str(one.id) for one in two]
    for digest in digests.values():
        assert f"Mã SHA-256 {digest[:16]}…" in page.text


def test_each_is_frozen_as_it_was_shown(ward: Ward, sign_in: SignIn, two: list[Commitment]):
    clerk = sign_in("clerk")
    form = clerk.get(check(ward, *two)).form()
    page = clerk.send_form(form, follow=True)
    assert page.said == "Đã chốt 02 bản cam kết, chờ ký."
    ward.settle()
    assert {one.status for one in two} == {CommitmentStatus.FROZEN}
    shown = form.fields["digests"][0].split()
    assert shown == [f"{one.id}.{one.digest}" for one in two]
    acts = select(LogEntry).where(LogEntry.action == "commitment.frozen")
    assert [one.actor_name for one in ward.session.scalars(acts)] == ["Vũ Thị Thư", "Vũ Thị Thư"]


def test_only_what_is_ticked_is_frozen(ward: Ward, sign_in: SignIn, two: list[Commitment]):
    sign_in("clerk").send(check(ward, *two), {"chosen": [two[1].id]})
    ward.settle()
    assert [one.status for one in two] == [CommitmentStatus.DRAFT, CommitmentStatus.FROZEN]


def test_a_text_that_changed_is_left_and_named(ward: Ward, sign_in: SignIn, two: list[Commitment]):
    """A task that was approved meanwhile, and what a colleague wrote: neither was read."""
    third = ward.commitment("KP3")
    clerk = sign_in("clerk")
    form = clerk.get(check(ward, *two, third)).form()
    ward.task("KP1", title="Phần việc duyệt xen vào")
    sign_in("officer_kp2").send(f"/cam-ket/{two[1].id}/sua", {"place": "Nơi khác"})
    page = clerk.send_form(form, follow=True)
    assert "Đã chốt 01 bản cam kết, chờ ký. Chưa chốt: " in page.said
    assert "Khu phố 2: Nội dung vừa được người khác sửa, đọc lại rồi chốt." in page.said
    assert "Khu phố 1: Nội dung vừa thay đổi so với trang đồng chí đọc" in page.said
    ward.settle()
    assert [one.status for one in (*two, third)] == [
        CommitmentStatus.DRAFT, CommitmentStatus.DRAFT, CommitmentStatus.FROZEN,
    ]  # fmt: skip


def test_where_none_can_be_frozen_it_is_said_and_shown_anew(
    ward: Ward, sign_in: SignIn, two: list[Commitment]
):
    clerk = sign_in("clerk")
    form = clerk.get(check(ward, *two)).form()
    operations.freeze(ward.session, two[0], by=ward.actor("officer_kp1"), at=ward.now)
    two[0].version += 1
    ward.session.commit()
    ward.task("KP2", title="Phần việc duyệt xen vào")
    page = clerk.send_form(form, status=200)
    assert "Khu phố 1: Bản cam kết đã chốt, chờ ký." in page.errors[0]
    assert "Khu phố 2: Nội dung vừa thay đổi" in page.errors[0]
    assert "Phần việc duyệt xen vào" in page.text
    clerk.send_form(page.form())
    ward.settle()
    assert two[1].status is CommitmentStatus.FROZEN


def test_what_is_frozen_without_its_digest_was_not_read(ward: Ward, sign_in: SignIn, two: list[Commitment]):
    forged = {"digests": f"{two[0].id}.{'0' * 64} x.y {two[1].id}"}
    page = sign_in("clerk").send(check(ward, *two), forged, forge=True, status=200)
    assert page.errors[0].count("Nội dung vừa thay đổi so với trang đồng chí đọc") == 2
    ward.settle()
    assert {one.status for one in two} == {CommitmentStatus.DRAFT}


def test_another_units_is_not_frozen_by_a_forged_form(ward: Ward, sign_in: SignIn, two: list[Commitment]):
    seen = " ".join(f"{one.id}.{one.version}" for one in two)
    officer = sign_in("officer_kp1")
    officer.send(check(ward, *two), {"seen": seen, "chosen": [one.id for one in two]}, forge=True)
    ward.settle()
    assert [one.status for one in two] == [CommitmentStatus.FROZEN, CommitmentStatus.DRAFT]


def test_what_became_incomplete_can_not_be_ticked(ward: Ward, sign_in: SignIn, two: list[Commitment]):
    two[0].terms = "Năm {năm}."
    ward.session.commit()
    page = sign_in("clerk").get(check(ward, *two))
    assert "Khu phố 1 Còn thiếu: điều khoản chung chưa điền {năm}." in page.text
    assert page.form().offered["chosen"] == {str(two[1].id)}


def second_editions(ward: Ward, *units: str) -> list[Commitment]:
    """Units that signed, got a task since, and have a second edition in preparation."""
    made = []
    for unit in units:
        ward.commitment(unit, "signed")
        ward.task(unit, title="Phần việc thêm sau khi ký")
        made.append(ward.commitment(unit))
    return made


def test_one_whose_signed_edition_was_tampered_with_is_left_alone(ward: Ward, sign_in: SignIn):
    made, other = second_editions(ward, "KP1")[0], ward.commitment("KP2")
    by_hand(
        ward, "UPDATE commitment SET content = replace(content, 'Bê tông', 'Xi măng') WHERE status = 'signed'"
    )
    clerk = sign_in("clerk")
    page = clerk.get(check(ward, made, other))
    assert "Khu phố 1 Bản đã ký trước đây không còn khớp mã SHA-256" in page.text
    forged = {"chosen": [made.id, other.id], "digests": page.form().fields["digests"][0]}
    page = clerk.send_form(page.form(), forged, forge=True, follow=True)
    assert "Đã chốt 01 bản cam kết, chờ ký. Chưa chốt: Khu phố 1: Bản đã ký trước đây" in page.said
    ward.settle()
    assert [made.status, other.status] == [CommitmentStatus.DRAFT, CommitmentStatus.FROZEN]


def test_three_clicks_freeze_once(ward: Ward, sign_in: SignIn, two: list[Commitment]):
    clerk = sign_in("clerk")
    form = clerk.get(check(ward, *two)).form()
    assert len({clerk.send_form(form).location for _click in range(3)}) == 1
    acts = select(LogEntry).where(LogEntry.action == "commitment.frozen")
    assert len(ward.session.scalars(acts).all()) == 2


def test_without_marks_there_is_nothing_to_freeze(ward: Ward, sign_in: SignIn, two: list[Commitment]):
    clerk = sign_in("clerk")
    assert "Chưa đánh dấu bản cam kết nào" in clerk.get(check(ward)).text
    form = clerk.get(check(ward, *two)).form()
    page = clerk.send_form(form, {"chosen": []}, status=200)
    assert "Chưa đánh dấu mục nào." in page.errors


def test_where_nothing_is_prepared_it_is_said(ward: Ward, sign_in: SignIn):
    ward.task()
    page = sign_in("clerk").get(listing(ward))
    assert "Không có bản cam kết nào đang soạn" in page.text
    assert "Soạn cho 01 đơn vị nữa" in page.text


@pytest.mark.parametrize("page", ["list", "check"])
def test_more_drafts_ask_no_more_of_the_database(
    ward: Ward, sign_in: SignIn, count_queries: CountQueries, page: str
):
    made, clerk = [ward.commitment("KP1")], sign_in("clerk")
    clerk.get("/cam-ket")

    def address() -> str:
        return listing(ward) if page == "list" else check(ward, *made)

    with count_queries() as few:
        clerk.get(address())
    made += [ward.commitment(unit) for unit in ("KP2", "KP3", "MTTQ", "DU", "VPTK")]
    with count_queries() as many:
        clerk.get(address())
    assert len(many) <= len(few), many.statements


def test_second_editions_are_compared_with_as_few_queries(
    ward: Ward, sign_in: SignIn, count_queries: CountQueries
):
    made, clerk = second_editions(ward, "KP1"), sign_in("clerk")
    page = clerk.get(check(ward, *made))
    with count_queries() as few:
        clerk.get(check(ward, *made))
    made += second_editions(ward, "KP2", "KP3", "MTTQ")
    with count_queries() as many:
        page = clerk.get(check(ward, *made))
    assert len(many) <= len(few), many.statements
    clerk.send_form(page.form())
    ward.settle()
    assert {one.status for one in made} == {CommitmentStatus.FROZEN}, (
        "read at once, each says the same as alone"
    )

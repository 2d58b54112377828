"""Refusing to sign: with the reason, seen by who prepares, and no bar to signing later."""

import pytest
from sqlalchemy import select

from pledges.campaigns.rules import CampaignStatus
from pledges.commitments.models import Commitment, Decline
from pledges.commitments.signatures import Seen, record_on_paper
from tests.support.critic import SignIn
from tests.support.ward import Ward
from tests.web.commitments.people import FRONT, ONLY_THE_HEAD, PASSWORD, authorised, frozen
from tests.web.commitments.test_sign import leave, signatures

REASON = "Chỉ tiêu 450 m vượt khả năng của khu phố."


def url(commitment: Commitment) -> str:
    return f"/cam-ket/{commitment.id}/tu-choi"


def declines(ward: Ward) -> list[Decline]:
    ward.settle()
    return list(ward.session.scalars(select(Decline)))


@pytest.mark.parametrize(("name", "status"), [*ONLY_THE_HEAD, ("nobody", 302)])
def test_who_declines(ward: Ward, sign_in: SignIn, name: str, status: int):
    sign_in(name).get(url(ward.commitment("KP1", "frozen")), status=status)


def test_the_reason_is_told_on_the_page_and_in_the_story(ward: Ward, sign_in: SignIn):
    made = ward.commitment("KP1", "frozen")
    page = sign_in("head_kp1").send(url(made), {"reason": REASON}, follow=True)
    assert page.said == "Đã ghi việc từ chối ký; người soạn bản cam kết thấy lý do của đồng chí."
    page = sign_in("clerk").get(f"/cam-ket/{made.id}")
    assert "✕ Từ chối ký lúc 09:30 ngày 15/10/2024" in page.text
    assert page.text.count(REASON) == 2, "beside the name, and in the story"
    assert "Đã từ chối ký cam kết" in page.text


def test_without_a_reason_nothing_is_declined(ward: Ward, sign_in: SignIn):
    made = ward.commitment("KP1", "frozen")
    page = sign_in("head_kp1").send(url(made), {"reason": " "}, status=200)
    assert page.errors == ["Chưa ghi lý do từ chối ký."]
    assert declines(ward) == []


def test_who_prepares_finds_it_on_the_first_page_and_in_the_list(ward: Ward, sign_in: SignIn):
    made = ward.commitment("KP1", "frozen")
    sign_in("head_kp1").send(url(made), {"reason": REASON})
    for name in ("clerk", "officer_kp1"):
        page = sign_in(name).get("/")
        assert "Từ chối ký" in page.text
        assert REASON in page.text
        assert page.link("Bản cam kết của Khu phố 1") == f"/cam-ket/{made.id}"
    text = sign_in("clerk").get("/cam-ket").text
    assert "từ chối ký" in text
    assert REASON in text
    assert REASON not in sign_in("officer_kp2").get("/").text


def test_who_declined_is_not_asked_to_sign_and_still_can(ward: Ward, sign_in: SignIn):
    made = ward.commitment("KP1", "frozen")
    head = sign_in("head_kp1")
    head.send(url(made), {"reason": REASON})
    assert "Chờ đồng chí ký" not in head.get("/").text
    page = head.get(f"/cam-ket/{made.id}/ky")
    assert "Đồng chí đã từ chối ký lúc 09:30 ngày 15/10/2024" in page.text
    page = head.send(f"/cam-ket/{made.id}/ky", {"password": PASSWORD}, follow=True)
    assert len(signatures(ward)) == 1
    assert f"Trước đó từ chối ký lúc 09:30 ngày 15/10/2024: {REASON}" in page.text
    assert "Từ chối ký" not in sign_in("clerk").get("/").text


def test_nobody_declines_twice(ward: Ward, sign_in: SignIn):
    made = ward.commitment("KP1", "frozen")
    head = sign_in("head_kp1")
    head.send(url(made), {"reason": REASON})
    page = head.get(url(made), status=409)
    assert f"Đồng chí đã từ chối ký lúc 09:30 ngày 15/10/2024. Lý do: {REASON}" in page.text


def test_declining_needs_no_turn(ward: Ward, sign_in: SignIn, of_three: Commitment):
    sign_in(FRONT).send(url(of_three), {"reason": REASON})
    assert [one.signatory.post for one in declines(ward)] == ["Trưởng ban công tác Mặt trận"]


def test_who_waits_for_one_that_declined_is_told(ward: Ward, sign_in: SignIn, of_three: Commitment):
    sign_in("head_kp1").send(url(of_three), {"reason": REASON})
    page = sign_in(FRONT).get(f"/cam-ket/{of_three.id}/ky", status=409)
    assert "Phạm Văn Đức, Bí thư chi bộ, Khu trưởng (đã từ chối ký) ký trước" in page.text


@pytest.mark.parametrize(
    ("status", "words"),
    [("draft", "Bản cam kết chưa được chốt"), ("signed", "Đồng chí đã ký bản cam kết này rồi.")],
)
def test_what_does_not_wait_is_not_declined(ward: Ward, sign_in: SignIn, status: str, words: str):
    page = sign_in("head_kp1").get(url(ward.commitment("KP1", status)), status=409)
    assert words in page.text


def test_a_place_that_was_signed_meanwhile_is_chosen_anew(ward: Ward, sign_in: SignIn):
    made = frozen(ward, [("Khu trưởng", "head_kp1"), ("Bí thư chi bộ", "head_kp1")])
    head, place = sign_in("head_kp1"), made.signatories[0]
    form = head.get(url(made)).form()
    seen = Seen(on=ward.day, place="Hội trường", certified_by="Vũ Thị Thư")
    record_on_paper(ward.session, place, seen, by=ward.actor("clerk"), at=ward.now)
    ward.session.commit()
    page = head.send_form(form, {"place": str(place.id), "reason": REASON}, status=200)
    assert page.errors == ["Vị trí ký: Lựa chọn này không còn trong danh sách."]
    assert page.form().fields["reason"] == [REASON]
    assert declines(ward) == []


@pytest.mark.parametrize("step", ["ky", "tu-choi"])
def test_a_concluded_campaign_takes_neither(ward: Ward, sign_in: SignIn, step: str):
    made = ward.commitment("KP1", "frozen")
    head = sign_in("head_kp1")
    form = head.get(f"/cam-ket/{made.id}/{step}").form()
    ward.campaign.status = CampaignStatus.CONCLUDED
    ward.session.commit()
    typed = {"reason": REASON} if step == "tu-choi" else {"password": PASSWORD}
    page = head.send_form(form, typed, status=409)
    assert "Phong trào đã tổng kết nên không ký và không từ chối ký bản cam kết được nữa." in page.text
    assert REASON in page.text or step == "ky"
    assert (declines(ward), signatures(ward)) == ([], [])


def test_a_deputy_declines_nothing(ward: Ward, sign_in: SignIn, of_three: Commitment):
    authorised(ward, "officer_kp1", "Bí thư chi bộ, Khu trưởng")
    page = sign_in("officer_kp1").get(url(of_three), status=409)
    assert "Đồng chí không có vị trí ký nào đang chờ" in page.text


def test_who_left_the_post_declines_nothing(ward: Ward, sign_in: SignIn):
    made = ward.commitment("KP1", "frozen")
    head = sign_in("head_kp1")
    form = head.get(url(made)).form()
    leave(ward)
    page = head.send_form(form, {"reason": REASON}, status=409)
    assert "không còn giữ chức vụ Khu trưởng ở Khu phố 1" in page.text
    assert declines(ward) == []

"""Thu hồi bản chốt: a frozen commitment is taken back, with a reason, while a signature is missing."""

from datetime import date

import pytest
from sqlalchemy import select

from pledges.audit.models import LogEntry
from pledges.commitments import signatures
from pledges.commitments.models import Commitment
from pledges.commitments.rules import CommitmentStatus, StepRefused
from pledges.tasks import operations as tasks
from pledges.tasks.models import Task
from tests.support.critic import SignIn
from tests.support.ward import Ward
from tests.web.commitments.people import PASSWORD

WHY = {"reason": "Phần việc số 1 đã hủy."}
GONE = (
    "Phần việc số 1 “Bê tông hóa đường ngõ và phân loại rác tại nguồn” không còn trong danh mục "
    "nên bản này không ký được nữa"
)


def url(commitment: Commitment) -> str:
    return f"/cam-ket/{commitment.id}/thu-hoi"


def cancel_its_task(ward: Ward) -> None:
    task = ward.session.scalars(select(Task).order_by(Task.id)).first()
    assert task is not None
    tasks.cancel(ward.session, task, "Trùng phần việc khác.", by=ward.actor("leader"), at=ward.now)
    ward.session.commit()


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
    ],
)
def test_who_takes_it_back(ward: Ward, sign_in: SignIn, name: str, status: int):
    made = ward.commitment("KP1", "frozen")
    sign_in(name).get(url(made), status=status)
    offered = [link.text for link in sign_in("clerk").get(f"/cam-ket/{made.id}").links]
    assert "Thu hồi bản chốt" in offered


def test_nobody_is_led_to_the_sign_in(ward: Ward, sign_in: SignIn):
    made = ward.commitment("KP1", "frozen")
    assert "/dang-nhap" in sign_in("nobody").get(url(made), status=302).location


def test_it_stays_readable_with_its_signatures_and_the_reason(
    ward: Ward, sign_in: SignIn, of_three: Commitment
):
    sign_in("head_kp1").send(f"/cam-ket/{of_three.id}/ky", {"password": PASSWORD})
    clerk = sign_in("clerk")
    assert "1/3 người đã ký" in clerk.get(url(of_three)).text
    digest, content = of_three.digest, of_three.content
    page = clerk.send(url(of_three), WHY, follow=True)
    assert page.said == "Đã thu hồi bản chốt. Soạn được bản mới."
    ward.settle()
    assert (of_three.status, of_three.digest, of_three.content) == (
        CommitmentStatus.WITHDRAWN,
        digest,
        content,
    )
    assert "Bê tông hóa đường ngõ" in page.text
    assert "Xác nhận điện tử nội bộ" in page.text
    assert page.text.count(WHY["reason"]) == 2, "in the note and in the story"
    assert "Thu hồi bản chốt" not in [link.text for link in page.links]
    logged = ward.session.scalars(select(LogEntry).order_by(LogEntry.number.desc())).first()
    assert logged is not None
    assert (logged.action, logged.note) == ("commitment.withdrawn", WHY["reason"])


def test_without_a_reason_nothing_is_taken_back(ward: Ward, sign_in: SignIn):
    made = ward.commitment("KP1", "frozen")
    page = sign_in("clerk").send(url(made), {"reason": "  "}, status=200)
    assert "Nhập lý do thu hồi." in page.errors
    ward.settle()
    assert made.status is CommitmentStatus.FROZEN


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("draft", "Bản cam kết chưa chốt nên không phải thu hồi"),
        ("signed", "Bản cam kết đã đủ chữ ký nên không thu hồi được"),
    ],
)
def test_the_wrong_time_is_refused_in_words(ward: Ward, sign_in: SignIn, status: str, words: str):
    assert words in sign_in("clerk").get(url(ward.commitment("KP1", status)), status=409).text


def test_who_signs_last_is_not_taken_back(ward: Ward, sign_in: SignIn):
    made = ward.commitment("KP1", "frozen")
    clerk = sign_in("clerk")
    form = clerk.get(url(made)).form()
    sign_in("head_kp1").send(f"/cam-ket/{made.id}/ky", {"password": PASSWORD})
    clerk.send_form(form, WHY, status=409)
    ward.settle()
    assert made.status is CommitmentStatus.SIGNED


def test_what_was_taken_back_is_not_signed(ward: Ward, sign_in: SignIn):
    made = ward.commitment("KP1", "frozen")
    head, clerk = sign_in("head_kp1"), sign_in("clerk")
    form = head.get(f"/cam-ket/{made.id}/ky").form()
    clerk.send(url(made), WHY)
    words = "Bản cam kết này đã được thu hồi nên không ký được nữa."
    assert words in head.send_form(form, {"password": PASSWORD}, status=409).text
    assert words in clerk.get(f"/cam-ket/{made.id}/ky-giay", status=409).text
    assert "Bản cam kết này đã được thu hồi." in clerk.get(url(made), status=409).text


def test_the_next_edition_is_prepared_and_signed(ward: Ward, sign_in: SignIn):
    made = ward.commitment("KP1", "frozen")
    clerk = sign_in("clerk")
    form = f"/cam-ket/soan/{ward.campaign.id}/{made.unit_id}"
    clerk.send(url(made), WHY)
    page = clerk.get(form)
    assert "Bản mới, lần 2 Bản trước đã thu hồi" in page.text
    new = clerk.send_form(page.form()).location
    clerk.send(f"{new}/chot")
    sign_in("head_kp1").send(f"{new}/ky", {"password": PASSWORD})
    ward.settle()
    statuses = ward.session.scalars(select(Commitment.status).order_by(Commitment.edition))
    assert list(statuses) == [CommitmentStatus.WITHDRAWN, CommitmentStatus.SIGNED]
    assert "Đã thu hồi" in clerk.get(new).text


def test_the_list_leads_to_what_was_taken_back(ward: Ward, sign_in: SignIn):
    made = ward.commitment("KP1", "frozen")
    clerk = sign_in("clerk")
    clerk.send(url(made), WHY)
    page = clerk.get("/cam-ket")
    assert "Chưa soạn 1 bản đã thu hồi" in page.text
    assert page.link("Khu phố 1") == f"/cam-ket/{made.id}"
    assert page.link("Soạn: Khu phố 1") == f"/cam-ket/soan/{ward.campaign.id}/{made.unit_id}"


def test_a_cancelled_task_is_signed_neither_in_the_app_nor_on_paper(ward: Ward, sign_in: SignIn):
    made = ward.commitment("KP1", "frozen")
    head, clerk = sign_in("head_kp1"), sign_in("clerk")
    form = head.get(f"/cam-ket/{made.id}/ky").form()
    on_paper = clerk.get(f"/cam-ket/{made.id}/ky-giay").form()
    cancel_its_task(ward)
    assert GONE in head.send_form(form, {"password": PASSWORD}, status=409).text
    ticked = {"signatories": [str(made.signatories[0].id)], "signed_on": "15/10/2024", "place": "Hội trường"}
    assert GONE in clerk.send_form(on_paper, ticked, status=409).text
    assert GONE in head.get(f"/cam-ket/{made.id}/ky", status=409).text
    ward.settle()
    assert made.signatories[0].signature is None
    page = clerk.get(f"/cam-ket/{made.id}")
    assert GONE in page.text
    assert "Ghi nhận chữ ký trên giấy" not in [link.text for link in page.links]


def test_the_rules_refuse_it_too(ward: Ward):
    made = ward.commitment("KP1", "frozen")
    cancel_its_task(ward)
    seen = signatures.Seen(on=date(2024, 10, 15), place="Hội trường", certified_by="Vũ Thị Thư")
    clerk = ward.actor("clerk")
    with pytest.raises(StepRefused, match="không còn trong danh mục"):
        signatures.record_on_paper(ward.session, made.signatories[0], seen, by=clerk, at=ward.now)

"""Submitted, returned, withdrawn, replaced: each on its own page, by those who may, where the document stands right."""

import pytest
import sqlalchemy as sa

from pledges.core.refusal import Refused
from pledges.documents.drafting.rules import Prose
from pledges.documents.issuing import operations
from pledges.documents.models import Document
from pledges.documents.rules import DocumentStatus
from tests.support import issuing


def url(document, step: str) -> str:
    return f"/van-ban/{document.id}/{step}"


def test_submitting_shows_what_goes_to_whom(ward, sign_in):
    document = issuing.drafted(ward)
    page = sign_in("clerk").get(url(document, "trinh-ky"))
    assert "Trần Quốc Hưng" in page.text
    answer = sign_in("clerk").send(url(document, "trinh-ky"), follow=True)
    assert "Đã trình ký" in answer.said
    ward.settle()
    assert document.status is DocumentStatus.SUBMITTED


def test_what_is_missing_is_named_and_nothing_can_be_pressed(ward, sign_in):
    document = issuing.drafted(ward, signer_name="", recipients=())
    page = sign_in("clerk").get(url(document, "trinh-ky"))
    assert "họ tên người ký" in page.text
    assert "nơi nhận" in page.text
    assert not [form for form in page.forms if form.action.endswith("/trinh-ky")]


def test_it_is_not_submitted_twice(ward, sign_in):
    document = issuing.submitted(ward)
    page = sign_in("clerk").get(url(document, "trinh-ky"), status=409)
    assert "Đang trình ký".lower() in page.text.lower()


def test_a_leader_returns_it_with_a_reason_which_stands_on_its_page(ward, sign_in):
    document = issuing.submitted(ward)
    leader = sign_in("leader")
    assert "Chưa ghi lý do" in leader.send(url(document, "tra-lai"), {"reason": " "}, status=200).errors[0]
    leader.send(url(document, "tra-lai"), {"reason": "Ghi rõ nguyên nhân ở mục III."})
    page = sign_in("clerk").get(f"/van-ban/{document.id}")
    assert "Dự thảo bị trả lại" in page.text
    assert "Ghi rõ nguyên nhân ở mục III." in page.text
    ward.settle()
    assert document.status is DocumentStatus.DRAFT


def test_a_clerk_returns_nothing(ward, sign_in):
    document = issuing.submitted(ward)
    sign_in("clerk").get(url(document, "tra-lai"), status=403)


def test_withdrawing_asks_why_and_keeps_everything(ward, sign_in):
    document = issuing.issued(ward, 5)
    clerk = sign_in("clerk")
    before = clerk.get(f"/van-ban/{document.id}.pdf").bytes
    assert "Chưa ghi lý do" in clerk.send(url(document, "thu-hoi"), {"reason": ""}, status=200).errors[0]
    clerk.send(url(document, "thu-hoi"), {"reason": "Sai số liệu."})
    ward.settle()
    assert document.status is DocumentStatus.WITHDRAWN
    assert clerk.get(f"/van-ban/{document.id}.pdf").bytes == before
    clerk.get(url(document, "thu-hoi"), status=409)


def test_what_was_typed_stays_in_sight_when_somebody_was_faster(ward, sign_in):
    document = issuing.issued(ward, 5)
    clerk = sign_in("clerk")
    form = clerk.get(url(document, "thu-hoi")).form()
    operations.withdraw(ward.session, document, "Trùng.", by=ward.actor("clerk"), at=ward.now)
    ward.session.commit()
    page = clerk.send_form(form, {"reason": "Sai số liệu Khu phố 2."}, status=409)
    assert "Sai số liệu Khu phố 2." in page.text
    assert "đã thu hồi" in page.text


def test_a_leader_withdraws_nothing(ward, sign_in):
    document = issuing.issued(ward, 5)
    for step in ("thu-hoi", "thay-the", "nop-ban-ky", "phat-hanh"):
        sign_in("leader").get(url(document, step), status=403)


def test_replacing_begins_a_draft_of_the_same_scope_and_signer(ward, sign_in):
    document = issuing.issued(ward, 5)
    clerk = sign_in("clerk")
    answer = clerk.send(url(document, "thay-the"))
    ward.settle()
    made = ward.session.scalars(sa.select(Document).where(Document.replaces_id == document.id)).one()
    assert answer.location == url(made, "soan")
    assert (made.kind, made.as_of, made.signer_name) == (document.kind, document.as_of, "Trần Quốc Hưng")
    assert document.status is DocumentStatus.ISSUED
    assert "Đã có dự thảo thay thế" in clerk.send(url(document, "thay-the"), status=200).errors[0]


@pytest.mark.parametrize("step", ["trinh-ky", "tra-lai", "thu-hoi", "thay-the", "phat-hanh", "nop-ban-ky"])
def test_strangers(ward, sign_in, step):
    document = issuing.submitted(ward)
    assert sign_in("head_kp1").get(url(document, step), status=None).status in {403, 404}
    sign_in("officer_kp1").get(url(document, step), status=403)
    assert sign_in("nobody").get(url(document, step), status=302).location.startswith("/dang-nhap")


def test_a_leader_of_a_unit_that_takes_part_does_not_learn_of_it(ward, sign_in):
    document = issuing.submitted(ward)
    sign_in("head_kp1").get(url(document, "tra-lai"), status=404)
    sign_in("head_kp1").get(url(document, "trinh-ky"), status=404)


def test_what_nobody_can_print_is_not_submitted(ward, sign_in):
    said = {("totals", "mean"): Prose("Tiến độ rất tốt 😀 🚀")}
    document = issuing.drafted(ward, prose=said)
    page = sign_in("clerk").get(url(document, "trinh-ky"))
    assert "ký tự “😀” (U+1F600) trong đoạn “" in page.text
    assert "(U+1F680)" in page.text
    assert not [form for form in page.forms if form.action.endswith("/trinh-ky")]
    with pytest.raises(Refused, match=r"Chưa trình ký được: không in được ký tự “😀” .*U\+1F680"):
        operations.submit(ward.session, document, by=ward.actor("clerk"), at=ward.now)
    assert document.status is DocumentStatus.DRAFT


def test_a_figure_s_own_text_is_looked_at_too(ward, sign_in):
    ward.task("KP1", "committed", title="Trồng cây 🌳 trước nhà văn hóa")
    document = issuing.drafted(ward)
    assert "(U+1F333)" in sign_in("clerk").get(url(document, "trinh-ky")).text

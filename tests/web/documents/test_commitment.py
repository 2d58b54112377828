"""Bản cam kết as PDF: the frozen text alone."""

import io

import pdfplumber
import pytest


def text_of(page):
    with pdfplumber.open(io.BytesIO(page.bytes)) as paper:
        return "\n".join(sheet.extract_text() for sheet in paper.pages)


@pytest.mark.parametrize("person", ["officer_kp1", "mate_kp1", "head_kp1", "leader", "clerk"])
def test_members_print_it(ward, sign_in, person):
    made = ward.commitment("KP1", "frozen")
    page = sign_in(person).get(f"/van-ban/cam-ket/{made.id}.pdf")
    assert page.headers["Content-Type"] == "application/pdf"
    assert 'filename="ban-cam-ket-khu-pho-1.pdf"' in page.headers["Content-Disposition"]
    said = text_of(page)
    assert "BẢN CAM KẾT THI ĐUA" in said
    assert made.digest in said


@pytest.mark.parametrize("person", ["officer_kp2", "outsider", "ended"])
def test_strangers_do_not_find_it(ward, sign_in, person):
    made = ward.commitment("KP1", "frozen")
    sign_in(person).get(f"/van-ban/cam-ket/{made.id}.pdf", status=404)


def test_nobody_is_led_to_sign_in(ward, sign_in):
    made = ward.commitment("KP1", "frozen")
    assert "/dang-nhap" in sign_in("nobody").get(f"/van-ban/cam-ket/{made.id}.pdf", status=302).location


def test_what_was_frozen_is_printed_after_the_world_has_changed(ward, sign_in):
    made = ward.commitment("KP1", "frozen")
    clerk = sign_in("clerk")
    before = clerk.get(f"/van-ban/cam-ket/{made.id}.pdf").bytes
    unit = ward.unit("KP1")
    unit.name = "Khu phố Một"
    ward.campaign.title = "Phong trào khác"
    ward.session.commit()
    assert clerk.get(f"/van-ban/cam-ket/{made.id}.pdf").bytes == before


def test_a_draft_says_that_it_is_one(ward, sign_in):
    made = ward.commitment("KP1", "draft")
    assert "Bản dự thảo, chưa chốt để ký" in text_of(sign_in("clerk").get(f"/van-ban/cam-ket/{made.id}.pdf"))


def test_what_was_taken_back_says_so(ward, sign_in):
    made = ward.commitment("KP1", "frozen")
    clerk = sign_in("clerk")
    clerk.send(f"/cam-ket/{made.id}/thu-hoi", {"reason": "Phần việc số 1 đã hủy."})
    said = text_of(clerk.get(f"/van-ban/cam-ket/{made.id}.pdf"))
    assert "Bản đã thu hồi, không còn để ký" in said
    assert made.digest in said

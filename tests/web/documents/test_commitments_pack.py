"""Tập bản cam kết: every unit's commitment in one file, in the order in which they are called up."""

import io

import pytest
from pypdf import PdfReader

from pledges.codes.rules import shown
from tests.documents.codes import codes
from tests.documents.measure import pages
from tests.web.documents.test_check import code_of, past_the_program

URL = "/van-ban/cam-ket.pdf"


@pytest.fixture
def three(ward):
    """Units in another order than that of the list."""
    return {code: ward.commitment(code, status) for code, status in TO_SIGN}


TO_SIGN = (("KP2", "frozen"), ("KP1", "signed"), ("VPTK", "frozen"))
ORDER = ("VPTK", "KP1", "KP2")


def test_it_holds_every_unit_in_the_order_of_the_list_each_as_it_is_printed_alone(ward, sign_in, three):
    clerk = sign_in("clerk")
    packed = pages(clerk.get(URL).bytes)
    alone = [
        [page.text for page in pages(clerk.get(f"/van-ban/cam-ket/{three[code].id}.pdf").bytes)]
        for code in ORDER
    ]
    assert [page.text for page in packed] == [text for paper in alone for text in paper]


def test_each_paper_has_a_bookmark_its_own_code_and_its_own_numbers(ward, sign_in, three):
    pdf = sign_in("clerk").get(URL).bytes
    reader = PdfReader(io.BytesIO(pdf))
    starts = [reader.get_destination_page_number(entry) for entry in reader.outline]
    assert [entry.title for entry in reader.outline] == [ward.unit(code).name for code in ORDER]
    printed, found = pages(pdf), codes(pdf)
    for code, first, after in zip(ORDER, starts, [*starts[1:], len(printed)], strict=True):
        assert found[first:after] == [[shown(code_of(ward, three[code]))]] * (after - first)
        above = [[line.text for line in page.lines if line.bottom < 20] for page in printed[first:after]]
        assert above == [[], *([str(number)] for number in range(2, after - first + 1))]


def test_the_same_commitments_give_the_same_bytes(ward, sign_in, three):
    clerk = sign_in("clerk")
    assert clerk.get(URL).bytes == clerk.get(URL).bytes


def test_those_that_wait_to_be_signed_can_be_asked_for_alone(ward, sign_in, three):
    reader = PdfReader(io.BytesIO(sign_in("clerk").get(URL, ban="cho-ky").bytes))
    assert [entry.title for entry in reader.outline] == [ward.unit(code).name for code in ("VPTK", "KP2")]


def test_a_draft_is_not_among_them(ward, sign_in, three):
    ward.commitment("KP3", "draft")
    reader = PdfReader(io.BytesIO(sign_in("leader").get(URL).bytes))
    assert len(reader.outline) == 3


def test_the_number_of_queries_does_not_grow(ward, sign_in, count_queries, three):
    clerk = sign_in("clerk")
    clerk.get(URL)
    with count_queries() as few:
        clerk.get(URL)
    for unit in ("KP3", "MTTQ"):
        ward.commitment(unit, "frozen")
    with count_queries() as many:
        clerk.get(URL)
    assert len(many) == len(few)


def test_a_broken_seal_stops_it_and_is_said(ward, sign_in, three):
    past_the_program(
        ward, "UPDATE commitment SET content = replace(content, 'Khu phố 1', 'Khu phố 9') WHERE id = :id",
        id=three["KP1"].id,
    )  # fmt: skip
    page = sign_in("clerk").get(URL, status=409)
    assert three["KP1"].digest in page.text


def test_without_any_there_is_none(ward, sign_in):
    ward.commitment("KP1", "draft")
    sign_in("clerk").get(URL, status=404)


@pytest.mark.parametrize("person", ["officer_kp1", "head_kp1", "outsider", "admin", "ended"])
def test_others_are_refused(ward, sign_in, three, person):
    sign_in(person).get(URL, status=403)


def test_nobody_is_led_to_sign_in(ward, sign_in):
    assert "/dang-nhap" in sign_in("nobody").get(URL, status=302).location

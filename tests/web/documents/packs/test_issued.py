"""Tập văn bản đã phát hành: the very bytes that were frozen, bound or side by side."""

import io
import zipfile

import pikepdf
import pytest
import sqlalchemy as sa

from pledges.files.operations import place
from tests.support import issuing
from tests.web.documents.issuing.test_print import refusals
from tests.web.documents.packs.conftest import TAP, pages, starts


@pytest.fixture
def two(ward):
    """Two reports that were issued."""
    return [issuing.issued(ward, 5), issuing.issued(ward, 6)]


def frozen(ward, document) -> bytes:
    ward.settle()
    return place(ward.app.config["INSTANCE"] / "files", document.file.sha256).read_bytes()


def test_the_pages_of_each_with_a_bookmark(ward, two, got):
    content = got("van-ban-phat-hanh")
    lengths = [len(list(pages(frozen(ward, one)))) for one in two]
    marks = starts(content)
    assert [title.split(" ngày")[0] for title, _page in marks] == [
        "Báo cáo số 05/BC-UBND",
        "Báo cáo số 06/BC-UBND",
    ]
    assert [page for _title, page in marks] == [0, lengths[0]]
    assert list(pages(content)) == [one for document in two for one in pages(frozen(ward, document))]


def test_for_both_sides_the_second_begins_on_a_front(ward, two, got):
    content = got("van-ban-phat-hanh", {"duplex": "y"})
    assert all(page % 2 == 0 for _title, page in starts(content))
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert all(page.mediabox[2] > 0 for page in pdf.pages)


def test_a_zip_holds_the_frozen_bytes(ward, two, got):
    with zipfile.ZipFile(io.BytesIO(got("van-ban-phat-hanh", {"binding": "zip"}))) as archive:
        assert [name[:24] for name in archive.namelist()] == [
            "001-bao-cao-so-05-bc-ubn",
            "002-bao-cao-so-06-bc-ubn",
        ]
        assert [archive.read(name) for name in archive.namelist()] == [frozen(ward, one) for one in two]


def test_a_missing_one_stops_the_print_and_is_named_in_the_archive(ward, sign_in, two, got, job_of):
    place(ward.app.config["INSTANCE"] / "files", two[0].file.sha256).unlink()
    clerk = sign_in("clerk")
    page = clerk.send(f"{TAP}/van-ban-phat-hanh", follow=True)
    assert "Không lập được tập" in page.text
    assert "Báo cáo số 05/BC-UBND" in page.text
    with zipfile.ZipFile(io.BytesIO(got("van-ban-phat-hanh", {"binding": "zip"}))) as archive:
        assert len(archive.namelist()) == 2
        assert "Báo cáo số 05/BC-UBND" in archive.read("van-ban-thieu.txt").decode("utf-8-sig")


def test_what_is_lost_or_was_changed_is_not_printed_in_a_pack_and_the_log_says_so(ward, sign_in, two):
    place(ward.app.config["INSTANCE"] / "files", two[0].file.sha256).unlink()
    ward.session.execute(sa.text("UPDATE document SET paper = replace(paper, '06/BC', '07/BC')"))
    ward.session.commit()
    clerk = sign_in("clerk")
    clerk.send(f"{TAP}/van-ban-phat-hanh", {"binding": "zip"}, follow=True)
    clerk.send(f"{TAP}/van-ban-phat-hanh", {"binding": "zip", "items": [str(two[1].id)]}, follow=True)
    assert [one.subject_id for one in refusals(ward)] == [one.id for one in two]


def test_by_year_and_kind(ward, sign_in, two):
    clerk = sign_in("clerk")
    page = clerk.get(f"{TAP}/van-ban-phat-hanh")
    assert len(page.form().fields["items"]) == 2
    assert "Không có gì" in clerk.get(f"{TAP}/van-ban-phat-hanh", loai="minutes").text

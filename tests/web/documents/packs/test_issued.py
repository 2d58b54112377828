"""Tập văn bản đã phát hành: the very bytes that were frozen, bound or side by side."""

import io
import zipfile

import pikepdf
import pytest
import sqlalchemy as sa

from pledges.documents.issuing.operations import withdraw
from pledges.files.operations import place
from tests.documents.measure import pages as measured
from tests.documents.structure import tagged
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


@pytest.fixture
def gone(ward):
    """A report that was replaced, the one that took its place, and one that was withdrawn."""
    first = issuing.issued(ward, 5)
    made = [first, issuing.issued(ward, 6, replaces=first), issuing.issued(ward, 7)]
    withdraw(ward.session, made[2], "Sai số liệu", by=ward.actor("clerk"), at=ward.now)
    ward.session.commit()
    return made


def test_what_no_longer_holds_is_left_out_until_it_is_chosen(ward, sign_in, gone, got):
    page = sign_in("clerk").get(f"{TAP}/van-ban-phat-hanh")
    assert page.form().fields["items"] == [str(gone[1].id)]
    assert "1 văn bản" in page.text
    assert "Chưa chọn 02 văn bản đã được thay thế hoặc thu hồi" in page.text
    assert [title.split(" ngày")[0] for title, _page in starts(got("van-ban-phat-hanh"))] == [
        "Báo cáo số 06/BC-UBND"
    ]


def test_before_one_that_no_longer_holds_a_sheet_says_so(ward, gone, got):
    chosen = {"items": [str(one.id) for one in gone]}
    content = got("van-ban-phat-hanh", chosen)
    marks = starts(content)
    assert [title for title, _page in marks] == [
        "Báo cáo số 05/BC-UBND ngày 15/10/2024 (đã được thay thế)",
        "Báo cáo số 06/BC-UBND ngày 15/10/2024",
        "Báo cáo số 07/BC-UBND ngày 15/10/2024 (đã thu hồi)",
    ]
    said = [" ".join(measured(content)[page].text.split()) for _title, page in marks]
    assert "được thay bằng Báo cáo số 06/BC-UBND ngày 15/10/2024." in said[0]
    assert "đã thu hồi ngày 15/10/2024. Lý do: Sai số liệu." in said[2]
    bare = [page for at, page in enumerate(pages(content)) if at not in {marks[0][1], marks[2][1]}]
    assert bare == [one for document in gone for one in pages(frozen(ward, document))]
    with zipfile.ZipFile(io.BytesIO(got("van-ban-phat-hanh", chosen | {"binding": "zip"}))) as archive:
        assert [archive.read(name) for name in archive.namelist()] == [frozen(ward, one) for one in gone]
        assert archive.namelist()[2] == "003-bao-cao-so-07-bc-ubnd-ngay-15-10-2024-da-thu-hoi.pdf"


def test_what_the_kept_files_say_of_themselves_is_said_of_the_whole(two, got):
    content = got("van-ban-phat-hanh")
    assert [kid.role for kid in tagged(content).top.kids] == ["Part", "Part"]
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert pdf.docinfo["/Title"] == "Văn bản đã phát hành năm 2024"
        assert b"<pdfaid:part>2" in pdf.Root.Metadata.read_bytes()


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

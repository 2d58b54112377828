"""The file itself: embedded faces, language and names, and the same bytes for the same sheet."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from pledges.documents.pdf.draw import draw
from pledges.documents.sheets.paper import Sheet
from tests.documents import samples


@pytest.fixture(scope="module")
def reader() -> PdfReader:
    return PdfReader(BytesIO(draw(samples.report())))


def test_every_face_is_liberation_serif_and_embedded(reader: PdfReader):
    fonts = {
        font["/BaseFont"]: font["/DescendantFonts"][0]["/FontDescriptor"]
        for page in reader.pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert {name.split("+")[1].split("-")[0] for name in fonts} == {"LiberationSerif"}
    assert all("/FontFile2" in descriptor for descriptor in fonts.values())


def test_it_says_what_it_is_and_in_which_language(reader: PdfReader):
    assert reader.metadata.title == f"Báo cáo {samples.report().abstract}"
    assert reader.metadata.author == "Ủy ban nhân dân Phường Hà Khánh"
    assert reader.metadata.creator == "Cam kết thi đua"
    assert reader.root_object["/Lang"] == "vi-VN"


@pytest.mark.parametrize("sheet", [samples.report, samples.commitment])
def test_same_sheet_same_bytes(sheet: Callable[[], Sheet]):
    assert draw(sheet()) == draw(sheet())


def test_same_bytes_from_eight_threads_at_once():
    """Each with words of its own, so that faces, widths and breaks are first needed by several at once."""
    sheet = samples.commitment()
    sheets = [replace(sheet, unit=f"Khu phố {number} Ǻ{chr(0x1E00 + number)}") for number in range(100)]
    with ThreadPoolExecutor(8) as threads:
        together = list(threads.map(draw, sheets * 2))
    alone = [draw(sheet) for sheet in sheets]
    assert len(set(alone)) == len(sheets)
    assert together == alone * 2

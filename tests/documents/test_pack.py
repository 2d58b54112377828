"""Many papers in one file: as they would be printed alone, in their order, stopped when somebody asks."""

import gc
import tracemalloc
from io import BytesIO
from tempfile import TemporaryFile

import pytest
from pypdf import PdfReader

from pledges.documents.pdf.draw import pages_of
from pledges.documents.pdf.pack import bind, pack
from pledges.documents.pdf.pages import Named
from pledges.documents.sheets.pack import Bound, Pack
from tests.documents import samples
from tests.documents.measure import pages

NAMED = Named("Tập báo cáo", "Ủy ban nhân dân phường Hà Khánh", "Tập báo cáo")
UNITS = tuple(
    Bound(
        f"Khu phố {number}",
        samples.commitment(unit=f"Khu phố {number}", tasks=samples.commitment().tasks[:few]),
    )
    for number, few in enumerate((2, 1, 2), start=1)
)


def bound(*papers: Bound, duplex: bool = False) -> tuple[int, bytes]:
    output = BytesIO()
    return bind(papers, output, NAMED, duplex=duplex), output.getvalue()


def begun(pdf: bytes) -> list[int]:
    """On which pages, counted from 1, the papers begin: the national name stands only there."""
    return [at for at, page in enumerate(pages(pdf), start=1) if page.containing("CỘNG HÒA XÃ HỘI")]


def test_each_paper_begins_with_its_first_page_and_a_bookmark_leads_there():
    count, pdf = bound(*UNITS)
    reader = PdfReader(BytesIO(pdf))
    alone = [pages_of(one.sheet) for one in UNITS]
    starts = [1 + sum(alone[:at]) for at in range(len(alone))]
    assert count == len(reader.pages) == sum(alone)
    assert begun(pdf) == starts
    assert [entry.title for entry in reader.outline] == ["Khu phố 1", "Khu phố 2", "Khu phố 3"]
    assert [reader.get_destination_page_number(entry) + 1 for entry in reader.outline] == starts


def test_for_both_sides_of_the_paper_each_begins_on_a_front():
    odd = samples.report(abstract="Kết quả")
    assert pages_of(odd) % 2 == 1
    papers = (Bound("Báo cáo 1", odd), Bound("Báo cáo 2", odd), UNITS[0])
    single, _ = bound(*papers)
    count, pdf = bound(*papers, duplex=True)
    assert all(at % 2 == 1 for at in begun(pdf))
    assert count == single + 2
    found = pages(pdf)
    assert [at for at, page in enumerate(found, start=1) if not page.lines and not page.rules] == [
        pages_of(odd) + 1,
        2 * pages_of(odd) + 2,
    ]


def test_the_file_in_memory_is_the_file_written():
    whole = Pack(name=NAMED.title, author=NAMED.author, papers=UNITS)
    assert pack(whole) == bound(*UNITS)[1]


def test_papers_are_asked_for_one_by_one_and_told_when_done():
    asked, told = [], []

    def papers():
        for at, one in enumerate(UNITS, start=1):
            asked.append((at, len(told)))
            yield one

    bind(papers(), BytesIO(), NAMED, on_paper=told.append)
    assert asked == [(1, 0), (2, 1), (3, 2)]
    assert told == [1, 2, 3]


def test_what_is_raised_between_papers_stops_the_file():
    class Cancelled(Exception):
        pass

    def after_two(done: int) -> None:
        if done == 2:
            raise Cancelled

    def papers():
        yield from UNITS[:2]
        raise AssertionError("no third paper is made")

    with pytest.raises(Cancelled):
        bind(papers(), BytesIO(), NAMED, on_paper=after_two)


def test_a_long_pack_takes_no_more_memory_than_a_short_one():
    """A page that is full is in the file: what stays is where each object lies, and what the outline says."""
    seen: dict[int, int] = {}

    def measured(done: int) -> None:
        if done in {20, 60}:
            gc.collect()
            seen[done] = tracemalloc.get_traced_memory()[0]

    sheet = samples.commitment()
    with TemporaryFile() as file:
        tracemalloc.start()
        try:
            bind((Bound(f"Bản {at}", sheet) for at in range(60)), file, NAMED, on_paper=measured)
        finally:
            tracemalloc.stop()
        assert file.tell() > 250_000
    assert seen[60] - seen[20] < 150_000


def test_a_file_of_nothing_is_refused():
    with pytest.raises(ValueError, match="at least one"):
        bind((), BytesIO(), NAMED)

"""Files that were kept, joined: every page as it was, the tree of all, what they share carried once."""

import gc
import re
import tracemalloc
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from tempfile import TemporaryFile

import pikepdf
import pytest
from pypdf import PdfReader

from pledges.documents.pdf.archive import Named
from pledges.documents.pdf.draw import draw
from pledges.documents.pdf.foreign import UnjoinableError
from pledges.documents.pdf.joining import Joint
from pledges.documents.pdf.reread import NotOursError, Reread
from pledges.documents.sheets.paper import Ready
from tests.documents import samples
from tests.documents.every_paper import PAPERS
from tests.documents.structure import Node, tagged
from tests.support.signing import self_signed, sign

NAMED = Named("Tập", "UBND phường", "Tập", samples.report().paper().heading.ruled_on)
NAMES = ("commitment", "letter", "progress report")


@cache
def kept(name: str) -> bytes:
    return draw(Ready(PAPERS[name]()))


@cache
def another() -> bytes:
    """A file of ours as another program writes it: the same pages, other objects, one tree of pages more."""
    made = BytesIO()
    with pikepdf.open(BytesIO(kept("letter"))) as pdf:
        pdf.save(made)
    return made.getvalue()


def joined(*files: bytes, duplex: bool = False) -> bytes:
    output = BytesIO()
    joint = Joint(output, duplex=duplex)
    for number, one in enumerate(files, start=1):
        joint.add(f"Văn bản {number}", one)
    joint.close(NAMED)
    return output.getvalue()


def written(content: bytes) -> list[bytes]:
    """What stands in the file for each page, as it stands there."""
    with pikepdf.open(BytesIO(content)) as pdf:
        return [page.Contents.read_raw_bytes() for page in pdf.pages]


def roles(node: Node) -> list[str]:
    return [one.role for one in node.all()][1:]


def test_every_page_is_byte_for_byte_what_it_was():
    files = [kept(name) for name in NAMES]
    assert written(joined(*files)) == [page for one in files for page in written(one)]


def test_each_is_a_part_of_one_tree_with_all_its_elements():
    found = tagged(joined(*map(kept, NAMES)))
    alone = [tagged(kept(name)) for name in NAMES]
    assert found.top.role == "Document"
    assert [kid.role for kid in found.top.kids] == ["Part"] * 3
    assert [roles(part) for part in found.top.kids] == [roles(one.top) for one in alone]
    assert [found.text(part) for part in found.top.kids] == [one.text(one.top) for one in alone]
    assert found.unmarked == []


def test_bookmarks_and_names_of_pages_tell_the_papers_apart():
    content = joined(*map(kept, NAMES))
    counts = [len(written(kept(name))) for name in NAMES]
    reader = PdfReader(BytesIO(content))
    starts = [sum(counts[:at]) for at in range(3)]
    assert [line.title for line in reader.outline] == ["Văn bản 1", "Văn bản 2", "Văn bản 3"]
    assert [reader.get_destination_page_number(line) for line in reader.outline] == starts
    said = [f"{paper}-{page}" for paper, count in enumerate(counts, start=1) for page in range(1, count + 1)]
    assert reader.page_labels == said
    assert [part["/T"] for part in reader.root_object["/StructTreeRoot"]["/K"]["/K"]] == [
        "Văn bản 1", "Văn bản 2", "Văn bản 3",
    ]  # fmt: skip


def test_what_they_share_is_carried_once():
    once, often = joined(kept("letter")), joined(*[kept("letter")] * 8)
    with pikepdf.open(BytesIO(often)) as pdf:
        assert len({page.Resources.objgen for page in pdf.pages}) == 1
        assert len(pdf.Root.OutputIntents) == 1
    assert len(often) < len(once) + 8 * 10_000


def test_for_both_sides_each_begins_on_a_front_and_blanks_belong_to_the_one_before():
    content = joined(*map(kept, NAMES), kept("letter"), duplex=True)
    reader = PdfReader(BytesIO(content))
    starts = [reader.get_destination_page_number(line) for line in reader.outline]
    assert all(start % 2 == 0 for start in starts)
    assert [reader.page_labels[start].rpartition("-")[2] for start in starts] == ["1"] * 4
    tagged(content)


def test_one_behind_another_has_no_bookmark_and_its_pages_go_on():
    output = BytesIO()
    joint = Joint(output, duplex=True)
    joint.add("Đã thu hồi", kept("letter"))
    joint.add("Đã thu hồi", kept("letter"), behind=True)
    count = joint.close(NAMED)
    reader = PdfReader(BytesIO(output.getvalue()))
    assert len(reader.outline) == 1
    assert reader.page_labels == [f"1-{page}" for page in range(1, count + 1)]


def test_the_same_files_give_the_same_bytes():
    assert joined(kept("letter"), kept("commitment")) == joined(kept("letter"), kept("commitment"))


def test_anothers_file_is_joined_in_the_general_way_and_nothing_is_claimed_of_it():
    content = joined(kept("commitment"), another(), kept("letter"))
    with pytest.raises(NotOursError):
        Reread(another())
    assert [page for page in written(content) if page in written(kept("letter"))] == 2 * written(
        kept("letter")
    )
    with pikepdf.open(BytesIO(content)) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert pdf.Root.MarkInfo.Suspects
        assert b"pdfaid:part" not in pdf.Root.Metadata.read_bytes()
        shown = pdf.pages[len(written(kept("commitment")))]
        assert shown.mediabox == [0, 0, 595.28, 841.89]
    texts = [page.extract_text() for page in PdfReader(BytesIO(content)).pages]
    assert PdfReader(BytesIO(another())).pages[0].extract_text() in texts


def test_a_seal_of_anothers_file_is_seen_and_acts_no_more():
    made = BytesIO()
    with pikepdf.open(BytesIO(kept("letter"))) as pdf:
        look = pdf.make_stream(b"0 0 40 20 re f", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form)
        look.BBox = [0, 0, 40, 20]
        seal = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, FT=pikepdf.Name.Sig, Rect=[9, 9, 49, 29],
            AP={"/N": look}, P=pdf.pages[0].obj,
        )  # fmt: skip
        link = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9],
            A={"/S": pikepdf.Name.URI, "/URI": "https://vi.du"},
        )  # fmt: skip
        pdf.pages[0].Annots = pdf.make_indirect(
            pikepdf.Array([pdf.make_indirect(seal), pdf.make_indirect(link)])
        )
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[pdf.pages[0].Annots[0]], SigFlags=3)
        pdf.save(made)
    with pikepdf.open(BytesIO(joined(made.getvalue()))) as pdf:
        assert "/AcroForm" not in pdf.Root
        (stamp,) = pdf.pages[0].Annots
        assert (stamp.Subtype, stamp.AP.N.read_bytes()) == ("/Stamp", b"0 0 40 20 re f")
        assert b"vi.du" not in b"".join(
            one.unparse() for one in pdf.objects if not isinstance(one, pikepdf.Stream)
        )


def test_a_print_of_ours_that_was_signed_since_keeps_its_pages_and_loses_its_form():
    made = sign(kept("letter"), self_signed("Trần Quốc Hưng"), at=datetime(2024, 10, 15, 9, tzinfo=UTC))
    assert made.startswith(kept("letter"))
    content = joined(kept("commitment"), made)
    assert written(content) == [*written(kept("commitment")), *written(kept("letter"))]
    with pikepdf.open(BytesIO(content)) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert "/AcroForm" not in pdf.Root


def test_a_changed_file_of_ours_is_anothers():
    changed = kept("letter") + b"1 0 obj\n<<>>\nendobj\nstartxref\n9\n%%EOF\n"
    with pytest.raises(NotOursError):
        Reread(changed)
    with pytest.raises(NotOursError):
        list(Reread(_with(kept("letter"), rb"/ObjStm/N (\d)", rb"/ObjStn/N \1")).leaves())


def _with(content: bytes, was: bytes, now: bytes) -> bytes:
    return re.sub(was, now, content)


def locked() -> bytes:
    made = BytesIO()
    with pikepdf.open(BytesIO(kept("letter"))) as pdf:
        pdf.save(made, encryption=pikepdf.Encryption(owner="một", user="hai"))
    return made.getvalue()


@pytest.mark.parametrize(
    ("content", "why"),
    [(b"", "hỏng"), (b"%PDF-1.7\n", "hỏng"), (b"PK\x03\x04", "hỏng"), (None, "mật khẩu")],
    ids=["nothing", "a beginning", "an archive", "locked"],
)
def test_what_holds_no_pages_to_take_is_refused(content: bytes | None, why: str):
    with pytest.raises(UnjoinableError, match=why):
        joined(kept("letter"), locked() if content is None else content)


def test_a_file_whose_pages_go_round_in_a_circle_is_refused():
    made = BytesIO()
    with pikepdf.open(BytesIO(kept("letter"))) as pdf:
        pdf.Root.Pages.Kids = pikepdf.Array([pdf.Root.Pages])
        pdf.save(made)
    with pytest.raises(UnjoinableError):
        joined(made.getvalue())


def test_a_circle_below_a_page_is_carried_once():
    made = BytesIO()
    with pikepdf.open(BytesIO(kept("letter"))) as pdf:
        form = pdf.make_stream(b"", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 1, 1])
        form.Resources = pikepdf.Dictionary(XObject={"/Again": form})
        pdf.pages[0].Resources.XObject = pikepdf.Dictionary({"/Form": form})
        pdf.save(made)
    with pikepdf.open(BytesIO(joined(made.getvalue()))) as pdf:
        form = pdf.pages[0].Resources.XObject["/Form"]
        assert form.Resources.XObject["/Again"].objgen == form.objgen


def test_a_thousand_take_no_more_memory_than_a_hundred():
    """Each is let go of when its pages are written: eight bytes for each object stay, and a bookmark."""
    content, seen = kept("commitment"), {}
    with TemporaryFile() as file:
        joint = Joint(file)
        tracemalloc.start()
        try:
            for number in range(61):
                joint.add(f"Văn bản {number}", content)
                if number in {20, 60}:
                    gc.collect()
                    seen[number] = tracemalloc.get_traced_memory()[0]
        finally:
            tracemalloc.stop()
        joint.close(NAMED)
    assert seen[60] - seen[20] < 150_000


def test_a_file_of_nothing_is_refused():
    with pytest.raises(ValueError, match="at least one"):
        Joint(BytesIO()).close(NAMED)

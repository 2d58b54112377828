"""What filled itself and what was written between become one paper: nothing is lost, whatever is written where."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledges.documents.drafting.rules import Prose, Scope, ScopeUnit, block_in_words
from pledges.documents.sheets.composing import composed, paragraphs
from pledges.documents.sheets.draft import Filled, Piece, Slot
from pledges.documents.sheets.paper import (
    Closing,
    Heading,
    Level,
    Paragraph,
    Section,
    SigningSide,
    Style,
    Title,
)
from pledges.documents.sheets.record import read, written

HEADING = Heading(
    style=Style.STATE, issuer=("Ủy ban nhân dân",), place_and_date="", ruled_on=date(2024, 10, 15)
)
keys = st.sampled_from([f"mục_{number}" for number in range(6)])
slot_keys = st.sampled_from(["totals", "causes", "directions"])
lines = (
    st.text(alphabet="abcđ ư,.;-", min_size=1, max_size=30)
    .map(str.strip)
    .filter(lambda text: text.strip(" .;"))
)
proses = st.dictionaries(
    st.tuples(slot_keys, st.one_of(st.just(""), keys)),
    st.builds(Prose, st.lists(lines, max_size=3).map("\n\n".join), st.booleans()),
    max_size=8,
)


def filled(*slots: Slot) -> Filled:
    return Filled(
        heading=HEADING, title=Title("Báo cáo", "Kết quả"), slots=slots, closing=Closing(SigningSide(()))
    )


@st.composite
def fillings(draw: st.DrawFn) -> Filled:
    found = draw(st.lists(slot_keys, unique=True, min_size=1, max_size=3))
    slots = []
    for at, key in enumerate(found, start=1):
        said = draw(st.lists(keys, unique=True, max_size=5))
        slots.append(
            Slot(
                key=key,
                title=key,
                headings=(Section(Level.ROMAN, f"{at}. {key}"),),
                pieces=tuple(Piece(one, Paragraph(f"Số liệu {key} {one}.")) for one in said),
                empty="Không có.",
            )
        )
    return filled(*slots)


def texts(paper) -> list[str]:
    return [
        block.text.removesuffix("./.").rstrip(" .;") for block in paper.body if isinstance(block, Paragraph)
    ]


@given(fillings(), proses)
def test_every_written_line_is_printed_once_and_in_its_order(one, prose):
    said = [line.text.rstrip(" .;") for place in prose.values() for line in paragraphs(place.text)]
    printed = texts(composed(one, prose))
    own = {f"Số liệu {slot.key} {piece.key}" for slot in one.slots for piece in slot.pieces}
    assert sorted(text for text in printed if text not in own and text != "Không có") == sorted(said)


@given(fillings(), proses)
def test_a_piece_is_printed_unless_it_is_left_out(one, prose):
    printed = texts(composed(one, prose))
    for slot in one.slots:
        for piece in slot.pieces:
            shown = prose.get((slot.key, piece.key), Prose()).printed
            assert printed.count(f"Số liệu {slot.key} {piece.key}") == int(shown)


@given(fillings(), fillings(), proses)
def test_a_refresh_keeps_every_word(before, after, prose):
    """However pieces and whole sections come and go."""
    said = sorted(line.text.rstrip(" .;") for place in prose.values() for line in paragraphs(place.text))
    for one in (before, after):
        printed = [text for text in texts(composed(one, prose)) if not text.startswith("Số liệu ")]
        assert sorted(text for text in printed if text != "Không có") == said


@given(fillings(), proses)
def test_prose_stands_right_behind_its_piece(one, prose):
    printed = texts(composed(one, prose))
    for slot in one.slots:
        for piece in slot.pieces:
            place = prose.get((slot.key, piece.key), Prose())
            behind = [line.text.rstrip(" .;") for line in paragraphs(place.text)]
            if behind and place.printed:
                at = printed.index(f"Số liệu {slot.key} {piece.key}")
                assert printed[at + 1 : at + 1 + len(behind)] == behind


@given(fillings())
def test_what_filled_itself_is_kept_as_it_is(one):
    assert read(written(one)) == one


def test_an_empty_section_says_so_and_one_without_words_for_it_is_left_out():
    mute = Slot(key="lessons", title="4. Bài học", headings=(Section(Level.ARABIC, "4. Bài học"),))
    said = Slot(key="causes", title="3", headings=(Section(Level.ARABIC, "3"),), empty="Không có.")
    assert composed(filled(said, mute), {}).body == (Section(Level.ARABIC, "3"), Paragraph("Không có./."))
    lesson = {("lessons", ""): Prose("Rõ người, rõ việc.")}
    assert Section(Level.ARABIC, "4. Bài học") in composed(filled(said, mute), lesson).body


def test_lines_are_paragraphs_and_dashes_stay():
    assert [one.text for one in paragraphs("Một.\n\n- Hai;\n  - Ba.\n")] == ["Một.", "- Hai;", "- Ba."]


@pytest.mark.parametrize(
    ("block", "words"),
    [
        ("I. Khối Đảng - chính quyền", "khối Đảng - chính quyền"),
        ("II. Mặt trận Tổ quốc và đoàn thể", "Mặt trận Tổ quốc và đoàn thể"),
        ("III. Lực lượng vũ trang, đơn vị", "lực lượng vũ trang, đơn vị"),
        ("IV. Các khu phố", "các khu phố"),
        ("Vận tải", "vận tải"),
    ],
)
def test_a_block_inside_a_sentence(block, words):
    assert block_in_words(block) == words


def test_a_scope_says_whom_and_when():
    day = date(2024, 10, 15)
    assert Scope(day).label == "Toàn phong trào · tính đến 15/10/2024"
    assert Scope(day, unit=ScopeUnit(3, "Khu phố 1")).of_whom == " của Khu phố 1"
    assert Scope(day, block="IV. Các khu phố").of_whom == " của các khu phố"
    assert Scope(day).of_whom == ""

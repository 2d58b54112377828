"""Marks and breaks of the office's writing, and the layouts of other styles."""

from dataclasses import replace
from datetime import date

import pytest

from pledges.documents.layouts import PARTY, STATE, Weight, layout_of
from pledges.documents.pdf.draw import draw
from pledges.documents.pdf.faces import load
from pledges.documents.pdf.heads import LEFT_COLUMN
from pledges.documents.pdf.lines import balanced, broken
from pledges.documents.sheets.paper import Paragraph, Section, Signature, SigningSide, Style
from pledges.documents.sheets.wording import bound, ended, firm, listed, office_lines
from tests.documents import samples
from tests.documents.measure import pages


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Ủy ban nhân dân phường Hà Khánh", ("Ủy ban nhân dân", "phường Hà Khánh")),
        ("Ủy ban nhân dân thành phố Hạ Long", ("Ủy ban nhân dân", "thành phố Hạ Long")),
        ("Ủy ban nhân dân Phường 5", ("Ủy ban nhân dân", "Phường 5")),
        ("Hội Nông dân phường", ("Hội Nông dân phường",)),
        ("Bộ phận Văn hóa - Xã hội", ("Bộ phận Văn hóa - Xã hội",)),
        ("Phường Hà Khánh", ("Phường Hà Khánh",)),
    ],
)
def test_an_office_s_name_is_broken_before_its_place(name: str, lines: tuple[str, ...]):
    assert office_lines(name) == lines


LONG = "chào mừng Đại hội Đảng các cấp, nhiệm kỳ 2025 - 2030 của Bộ phận Địa chính - Xây dựng - Đô thị và Môi trường"


@pytest.mark.parametrize("width", range(110, 420, 10))
def test_no_line_parts_a_congress_or_a_term_or_begins_with_a_dash(width: int):
    face = load()[Weight.BOLD]
    for lines in (broken(LONG, face, 14, width), balanced(LONG.upper(), face, 14, width)):
        said = [line.text.replace("\N{NO-BREAK SPACE}", " ").lower() for line in lines]
        assert " ".join(said) == LONG.lower()
        assert any("đại hội" in line for line in said)
        assert any("2025 - 2030" in line for line in said)
        assert not [line for line in said if line.startswith("-")]


def test_a_list_s_dash_and_a_single_word_stay_as_they_are():
    assert bound("- Như trên;") == "- Như trên;"
    assert bound("133/KH-UBND") == "133/KH-UBND"


def test_the_head_breaks_an_office_s_name_between_its_parts():
    heading = replace(samples.heading(), issuer=("Bộ phận Tài chính - Kế toán",))
    (first, *_rest) = pages(draw(samples.report(heading=heading)))
    said = [line.text for line in first.lines]
    assert not [line for line in said if line.endswith("PHẬN TÀI")]
    assert any(line.startswith("BỘ PHẬN") for line in said)


def test_the_front_s_name_fills_its_lines_in_the_head():
    face = load()[Weight.BOLD]
    name = firm("Ủy ban Mặt trận Tổ quốc Việt Nam").upper()
    said = [line.text.replace("\N{NO-BREAK SPACE}", " ") for line in balanced(name, face, 13, LEFT_COLUMN)]
    assert said == ["ỦY BAN MẶT TRẬN", "TỔ QUỐC VIỆT NAM"]


def test_lists_end_with_semicolons_and_a_full_stop():
    assert listed(("Như trên", "Lưu: VT."), lead="- ") == ("- Như trên;", "- Lưu: VT.")
    assert listed(()) == ()


def test_the_end_mark_takes_the_place_of_the_full_stop():
    assert ended((Paragraph("Hết."),), "./.") == (Paragraph("Hết./."),)


def test_the_end_mark_stands_below_a_block_without_words():
    table = samples.report().results.table()
    assert ended((table,), "./.") == (table, Paragraph("./."))


def test_each_style_has_its_layout():
    day = date(2024, 10, 15)
    assert [layout_of(style, day) for style in Style] == [STATE, PARTY, STATE, STATE]


def test_a_paper_of_the_front():
    heading = samples.heading(
        style=Style.FRONT,
        superior=("Ủy ban MTTQ Việt Nam", "thành phố Hạ Long"),
        issuer=("Ủy ban MTTQ Việt Nam", "phường Hà Khánh"),
        number="Số:       /BC-MTTQ-BTT",
    )
    signed = SigningSide((Signature(on_behalf="TM. Ban Thường trực", posts=("Chủ tịch",)),))
    first, *rest = pages(draw(samples.report(heading=heading, signature=signed)))
    assert first.line("Độc lập - Tự do - Hạnh phúc").size == 14
    assert first.line("Số:       /BC-MTTQ-BTT").size == 13
    assert any(page.containing("TM. BAN THƯỜNG TRỰC") for page in rest)


def test_a_paper_of_the_party():
    heading = samples.heading(
        style=Style.PARTY,
        superior=("Thành ủy Hạ Long",),
        issuer=("Đảng ủy", "phường Hà Khánh"),
        number="Số      -BC/ĐU",
    )
    signed = SigningSide((Signature(on_behalf="T/M Đảng ủy", posts=("Bí thư",), name="Trần Việt Hùng"),))
    found = pages(draw(samples.report(heading=heading, signature=signed, abstract="kết quả thực hiện")))
    first = found[0]
    crown = first.line("ĐẢNG CỘNG SẢN VIỆT NAM")
    assert (crown.size, crown.bold) == (15, True)
    assert first.rule_below(crown).length == pytest.approx(crown.width, abs=0.5)
    assert first.line("*").middle == pytest.approx(first.line("PHƯỜNG HÀ KHÁNH").middle, abs=0.5)
    assert (first.line("THÀNH ỦY HẠ LONG").size, first.line("THÀNH ỦY HẠ LONG").bold) == (14, False)
    assert first.line("BÁO CÁO").size == 16
    assert first.line("-----").top > first.line("kết quả thực hiện").top
    assert first.containing("I- CÔNG TÁC LÃNH ĐẠO")
    assert not first.containing("CỘNG HÒA XÃ HỘI")
    (last,) = [page for page in found if page.containing("T/M ĐẢNG ỦY")]
    assert last.line("T/M ĐẢNG ỦY").bold
    assert not last.line("BÍ THƯ").bold
    label = last.line("Nơi nhận:")
    assert (label.size, label.bold) == (14, False)
    assert last.rule_below(label).length == pytest.approx(label.width, abs=0.5)
    assert "./." not in last.text


def test_sections_keep_their_place():
    chapters = [block.text for block in samples.report().paper().body if isinstance(block, Section)]
    assert chapters == [
        "I. Công tác lãnh đạo, chỉ đạo",
        "II. Kết quả thực hiện",
        "1. Số liệu chung",
        "2. Kết quả theo khối",
        "3. Phần việc tiêu biểu",
        "III. Đánh giá chung",
        "1. Ưu điểm",
        "2. Tồn tại, hạn chế",
        "3. Nguyên nhân",
        "IV. Phương hướng, nhiệm vụ",
        "V. Kiến nghị",
    ]


def test_a_section_without_prose_says_so():
    sheet = samples.report(guidance=(), proposals=(), notable=())
    texts = [block.text for block in sheet.paper().body if isinstance(block, Paragraph)]
    assert texts.count("Không có.") == 2
    assert texts[-1] == "Không có./."

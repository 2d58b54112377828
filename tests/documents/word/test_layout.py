"""Word files against NĐ 30/2020/NĐ-CP, Phụ lục I, and the Party's own layout: what each style says."""

from dataclasses import replace
from datetime import date

import pytest
from docx.oxml.ns import qn

from pledges.documents.sheets.paper import Foot, Paragraph
from pledges.documents.sheets.red import Red
from pledges.documents.word.whole import NOT_SIGNED
from tests.documents import samples
from tests.documents.every_paper import PAPERS
from tests.documents.hostile import repeated
from tests.documents.word.package import WordFile, file_of, style_of
from tests.support.paper_tables import one_line, word_text

STATE = {
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM": (13, "bold"),
    "Độc lập - Tự do - Hạnh phúc": (14, "bold"),
    "ỦY BAN NHÂN DÂN": (13, "bold"),
    "PHƯỜNG HÀ KHÁNH": (13, "bold"),
    "Số: /BC-UBND": (13, ""),
    "Hà Khánh, ngày 15 tháng 10 năm 2024": (14, "italic"),
    "BÁO CÁO": (14, "bold"),
    samples.ABSTRACT: (14, "bold"),
    "Kính gửi: Ủy ban nhân dân thành phố Hạ Long": (14, ""),
    "Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022;": (14, "italic"),
    "I. CÔNG TÁC LÃNH ĐẠO, CHỈ ĐẠO": (14, "bold"),
    "1. Số liệu chung": (14, "bold"),
    f"{samples.PROPOSAL.rstrip('.')}./.": (14, ""),
    "TM. ỦY BAN NHÂN DÂN": (14, "bold"),
    "CHỦ TỊCH": (14, "bold"),
    "Trần Việt Hùng": (14, "bold"),
    "Nơi nhận:": (12, "bold italic"),
    "- Lưu: VT.": (11, ""),
    "Phụ lục": (14, "bold"),
    "DANH MỤC PHẦN VIỆC ĐĂNG KÝ THỰC HIỆN PHONG TRÀO THI ĐUA": (14, "bold"),
    "(Kèm theo Báo cáo số /BC-UBND ngày 15 tháng 10 năm 2024 của UBND phường)": (14, "italic"),
}
PARTY = {
    "ĐẢNG CỘNG SẢN VIỆT NAM": (15, "bold"),
    "THÀNH ỦY HẠ LONG": (14, ""),
    "ĐẢNG ỦY": (14, "bold"),
    "*": (14, "bold"),
    "BÁO CÁO": (16, "bold"),
    "T/M ĐẢNG ỦY": (14, "bold"),
    "BÍ THƯ": (14, ""),
    "Nơi nhận:": (14, "underlined"),
    "- Lưu Văn phòng Đảng ủy.": (12, ""),
    "-----": (14, "bold"),
}


@pytest.fixture(scope="module")
def report() -> WordFile:
    return file_of(samples.report().paper())


@pytest.fixture(scope="module")
def party() -> WordFile:
    return file_of(PAPERS["party report, older"]())


def paragraph(file: WordFile, text: str):
    (found,) = [one for one in file.body.iter(qn("w:p")) if one_line(word_text(one)) == text]
    return found


def look(file: WordFile, text: str) -> tuple[float, str]:
    """Size and cut of a text, by its style."""
    how = file.styles[style_of(paragraph(file, text))].find(qn("w:rPr"))
    cuts = {"b": "bold", "i": "italic", "u": "underlined"}
    said = " ".join(word for tag, word in cuts.items() if how.find(qn(f"w:{tag}")) is not None)
    return int(how.find(qn("w:sz")).get(qn("w:val"))) / 2, said


def of_style(file: WordFile, key: str, tag: str, name: str) -> str:
    return file.styles[key].find(f"{qn('w:pPr')}/{qn(tag)}").get(qn(name))


@pytest.mark.parametrize("text", STATE)
def test_each_element_of_a_state_paper(report, text):
    assert look(report, text) == STATE[text]


@pytest.mark.parametrize("text", PARTY)
def test_each_element_of_a_party_paper(party, text):
    assert look(party, text) == PARTY[text]


def test_everything_is_times_new_roman_in_vietnamese(report):
    defaults = report.document.styles.element.find(qn("w:docDefaults"))
    faces = {value for one in defaults.iter(qn("w:rFonts")) for value in one.attrib.values()}
    assert faces == {"Times New Roman"}
    assert [one.get(qn("w:val")) for one in defaults.iter(qn("w:lang"))] == ["vi-VN"]
    assert list(report.body.iter(qn("w:rFonts"))) == []
    said = report.document.core_properties
    assert (said.language, said.title) == ("vi-VN", f"Báo cáo {samples.ABSTRACT}")
    assert said.created.date() == said.modified.date() == date(2024, 10, 15)


def test_capitals_are_in_the_text_and_in_the_style(report):
    for text in ("ỦY BAN NHÂN DÂN", "BÁO CÁO", "V. KIẾN NGHỊ", "CHỦ TỊCH"):
        style = report.styles[style_of(paragraph(report, text))]
        assert style.find(f"{qn('w:rPr')}/{qn('w:caps')}") is not None


def test_paragraphs_are_justified_indented_and_apart(report):
    assert of_style(report, "DoanVan", "w:jc", "w:val") == "both"
    assert int(of_style(report, "DoanVan", "w:ind", "w:firstLine")) == pytest.approx(12.7 * 56.7, abs=2)
    assert int(of_style(report, "DoanVan", "w:spacing", "w:before")) >= 6 * 20
    assert 14 * 20 <= int(of_style(report, "DoanVan", "w:spacing", "w:line")) <= 1.5 * 16.1 * 20
    assert of_style(report, "DoanVan", "w:spacing", "w:lineRule") == "atLeast"


def test_lines_of_a_party_paper_are_exact(party):
    assert of_style(party, "DoanVan", "w:spacing", "w:lineRule") == "exact"
    assert 18 * 20 <= int(of_style(party, "DoanVan", "w:spacing", "w:line")) <= 22 * 20


def test_headings_are_words_own_and_stay_with_their_text(report):
    for level, text in ((1, "II. KẾT QUẢ THỰC HIỆN"), (2, "2. Kết quả theo khối")):
        key = style_of(paragraph(report, text))
        assert report.styles[key].find(qn("w:name")).get(qn("w:val")) == f"heading {level}"
        assert of_style(report, key, "w:outlineLvl", "w:val") == str(level - 1)
        assert report.styles[key].find(f"{qn('w:pPr')}/{qn('w:keepNext')}") is not None


def rule_below(file: WordFile, text: str, width: float) -> float:
    """The length in millimetres of the line below a text."""
    rule = paragraph(file, text).getnext()
    assert rule.find(f".//{qn('w:pBdr')}/{qn('w:top')}") is not None
    indent = rule.find(f"{qn('w:pPr')}/{qn('w:ind')}")
    return width - sum(int(indent.get(qn(f"w:{side}"))) for side in ("left", "right")) / 56.7


def test_rules_are_as_long_as_they_should_be(report, party):
    motto, name = 61.5, 72.4  # of Times New Roman, 14 and 15 points, bold
    assert rule_below(report, "Độc lập - Tự do - Hạnh phúc", 100) == pytest.approx(motto, abs=1.5)
    assert rule_below(party, "ĐẢNG CỘNG SẢN VIỆT NAM", 100) == pytest.approx(name, abs=1.5)
    assert 44.8 / 3 <= rule_below(report, "PHƯỜNG HÀ KHÁNH", 64) <= 44.8 / 2


def test_number_and_date_stand_in_one_row(report):
    number, day = (
        paragraph(report, text) for text in ("Số: /BC-UBND", "Hà Khánh, ngày 15 tháng 10 năm 2024")
    )
    row = number.getparent().getparent()
    assert row is day.getparent().getparent()
    assert number.getparent() is not day.getparent()
    spacings = [one.find(f".//{qn('w:spacing')}").attrib for one in (number, day)]
    assert dict(spacings[0]) == dict(spacings[1])
    assert row.getparent().find(f"{qn('w:tblPr')}/{qn('w:tblBorders')}") is None


def test_the_gap_for_a_number_is_kept(report):
    assert "Số:       /BC-UBND" in word_text(paragraph(report, "Số: /BC-UBND"))


def test_a_letter_has_no_type_and_tells_below_its_number():
    file = file_of(PAPERS["letter"]())
    about = paragraph(file, "V/v đôn đốc báo cáo, thực hiện phần việc thi đua tháng 8/2024")
    assert one_line(word_text(about.getprevious())) == "Số: /UBND"
    assert "Title" not in {style_of(one) for one in file.body.iter(qn("w:p"))}


def test_groups_stay_with_their_rows_and_subtotals_with_those_above(report):
    table = report.tables[-1]
    rows = list(table.iterchildren(qn("w:tr")))
    said = [one_line(" ".join(word_text(p) for p in row.iter(qn("w:p")))) for row in rows]
    for at, text in enumerate(said):
        if text.startswith(("I. ", "II. ", "III. ", "IV. ")):
            assert all(one.find(f".//{qn('w:keepNext')}") is not None for one in rows[at].iter(qn("w:p")))
        if text.startswith(("Cộng", "Tổng cộng")):
            above = rows[at - 1].iter(qn("w:p"))
            assert all(one.find(f".//{qn('w:keepNext')}") is not None for one in above)


def test_red_is_red_and_nothing_else():
    paper = samples.report().paper()
    paper = replace(paper, body=(Paragraph(Red("(*) Số liệu đã đổi sau khi duyệt")), *paper.body))
    file = file_of(paper)
    red = [one for one in file.body.iter(qn("w:r")) if one.find(f".//{qn('w:color')}") is not None]
    assert [word_text(one) for one in red] == ["(*) Số liệu đã đổi sau khi duyệt"]


def test_no_code_vouches_for_what_can_be_changed():
    paper = samples.commitment().paper()
    file = file_of(paper)
    feet = " ".join(one.text for one in file.document.sections[0].footer.paragraphs)
    assert feet == f"DỮ LIỆU MINH HỌA · {NOT_SIGNED}"
    assert paper.foot.code
    said = " ".join("".join(part.blob.decode(errors="ignore")) for part in file.document.part.package.parts)
    assert paper.foot.code not in said


def test_a_word_copy_does_not_look_confirmed():
    """Anybody can change it: what was confirmed of the text stands on the PDF alone."""
    paper = samples.commitment().paper()
    names = [one.name for one in paper.closing.right.signatures]
    assert any(one.confirmation for one in paper.closing.right.signatures)
    many = replace(paper.closing.right, signatures=paper.closing.right.signatures * 3)
    across = replace(paper, closing=replace(paper.closing, right=many))
    for one in (paper, across):
        said = " ".join(file_of(one).texts)
        assert "xác nhận" not in said
        assert "SHA-256" not in said
        assert all(name in said for name in names)
    drafted = file_of(replace(paper, foot=Foot(as_of="Bản dự thảo, chưa chốt để ký")))
    assert [one.text for one in drafted.document.sections[0].footer.paragraphs] == [
        "Bản dự thảo, chưa chốt để ký"
    ]


def test_a_chart_is_a_chart_with_its_figures_and_says_them_aloud(report):
    chart = samples.results().chart()
    (shape,) = [one for one in report.body.iter() if one.tag.endswith("}docPr")]
    assert shape.get("descr") == chart.alt
    (part,) = [one for one in report.document.part.package.parts if one.partname.startswith("/word/charts/")]
    assert "79" in part.blob.decode()
    assert [one.target_part.partname for one in part.rels.values()] == ["/word/embeddings/chart1.xlsx"]


def test_a_chart_of_more_bars_than_a_page_holds_goes_on_in_another():
    file = file_of(PAPERS["progress report"]())
    heights = [int(one.get("cy")) / 360000 for one in file.body.iter() if one.tag.endswith("}extent")]
    assert len(heights) == 4
    assert max(heights) < 25.7
    captions = [one for one in file.texts if one.endswith(" (tiếp theo)")]
    assert captions
    assert all(one.removesuffix(" (tiếp theo)") in file.texts for one in captions)


def test_what_a_hand_fills_in_of_a_task_stays_on_one_page():
    """Every row is held on the page of the next, from a task's heading to the last row before the next task."""
    file = file_of(PAPERS["report form"]())
    told = [one for one in file.tables if "Đơn vị ghi" in word_text(one)]
    asked = [one for one in file.tables if "Mã dòng" in word_text(one)]
    assert told
    assert len(asked) == len(told)
    held = [
        [all(p.find(f".//{qn('w:keepNext')}") is not None for p in line.iter(qn("w:p"))) for line in one]
        for one in (list(table.iter(qn("w:tr"))) for table in told)
    ]
    assert all(one[1:] == [True, True, True, False] for one in held)
    for one in asked:
        assert all(p.find(f".//{qn('w:keepNext')}") is not None for p in one.iter(qn("w:p")))
        assert one.getnext().find(f".//{qn('w:keepNext')}") is not None


def test_two_hundred_tasks_and_what_xml_refuses():
    paper = repeated(samples.report().paper(), 200)
    paper = replace(paper, body=(Paragraph("Một\x00 hai\ufffe ba\u0301 <&>\u200b \U0001f600"), *paper.body))
    file = file_of(replace(paper, foot=Foot()))
    assert "Một hai bá <&>\u200b \U0001f600" in file.texts
    assert len(list(file.tables[-1].iterchildren(qn("w:tr")))) > 200

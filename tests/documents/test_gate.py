"""What can't be printed as it was meant isn't printed at all, and says why."""

from pathlib import Path
from shutil import copy
from unicodedata import normalize

import pytest
import reportlab

from pledges.documents.layouts import Weight
from pledges.documents.pdf import faces, gate
from pledges.documents.pdf.draw import draw
from pledges.documents.pdf.faces import FacesUnfitError
from pledges.documents.pdf.gate import GlyphMissingError
from tests.documents import samples
from tests.documents.measure import pages


def printed(text: str) -> str:
    return " ".join(page.text for page in pages(draw(samples.report(totals=(text,)))))


@pytest.mark.parametrize("character", ["★", "☐", "✓", "漢", "🙂", "\x07", "\ue000"])
def test_a_character_without_a_glyph_stops_the_paper(character: str):
    with pytest.raises(GlyphMissingError, match=f"U\\+{ord(character):04X}") as refusal:
        draw(samples.report(totals=(f"Có 24 phần việc {character} được đăng ký.",)))
    assert str(refusal.value).startswith("Không in được ký tự ")
    assert "24 phần việc" in str(refusal.value)


def test_a_mark_that_joins_no_letter_stops_the_paper():
    with pytest.raises(GlyphMissingError, match=r"U\+0309"):
        draw(samples.report(totals=("Phần việc m\u0309 đã xong.",)))


def test_a_missing_glyph_stops_the_paper_wherever_it_stands():
    for changes in (
        {"abstract": "Kết quả ★"},
        {"recipients": ("Như trên ★",)},
        {"annex_title": "Danh mục ★"},
        {"heading": samples.heading(number="Số: ★/BC-UBND")},
    ):
        with pytest.raises(GlyphMissingError):
            draw(samples.report(**changes))


def test_decomposed_input_is_printed_composed():
    sentence = "Đường Nguyễn Huệ được mở rộng, cử tri phấn khởi."
    assert sentence in printed(normalize("NFD", sentence))


def test_invisible_characters_leave_no_trace_and_odd_spaces_become_spaces():
    assert "Khu phố 1 đạt 95% kế hoạch." in printed(
        "Khu\u200b phố\u00ad 1\u2009đạt\t95%\ufeff kế\u202f\u2028hoạch."
    )


def test_all_vietnamese_letters_are_printed():
    letters = sorted(faces.VIETNAMESE_LETTERS)
    assert len([letter for letter in letters if not letter.isascii()]) == 134
    text = printed(" ".join(letters))
    assert set(letters) <= set(text)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for path in faces.FOLDER.glob("LiberationSerif-*.ttf"):
        copy(path, tmp_path)
    return tmp_path


def test_a_folder_of_other_faces_is_used(folder: Path):
    assert draw(samples.commitment(), folder) == draw(samples.commitment()), "wherever the same faces lie"


def test_windows_names_of_times_are_known(folder: Path):
    names = {
        "Regular": "times.ttf",
        "Bold": "TIMESBD.TTF",
        "Italic": "timesi.ttf",
        "BoldItalic": "timesbi.ttf",
    }
    for cut, name in names.items():
        (folder / f"LiberationSerif-{cut}.ttf").rename(folder / name)
    assert set(faces.load(folder)) == set(Weight)


def test_faces_without_vietnamese_letters_are_refused(folder: Path):
    vera = Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"
    copy(vera, folder / "LiberationSerif-Italic.ttf")
    with pytest.raises(FacesUnfitError, match=r"LiberationSerif-Italic\.ttf thiếu \d+ chữ cái tiếng Việt"):
        draw(samples.commitment(), folder)


def test_a_missing_face_is_named(folder: Path):
    (folder / "LiberationSerif-Bold.ttf").unlink()
    with pytest.raises(FacesUnfitError, match=r"không có tệp LiberationSerif-Bold\.ttf"):
        faces.load(folder)


def test_a_broken_face_is_named(folder: Path):
    (folder / "LiberationSerif-Bold.ttf").write_bytes(b"no face")
    with pytest.raises(FacesUnfitError, match=r"Không đọc được tệp phông chữ .*LiberationSerif-Bold\.ttf"):
        faces.load(folder)


def test_everything_that_a_text_lacks_is_named_at_once_in_its_order():
    cuts = faces.load().values()
    found = gate.missing_in("Khu phố 1 🚀 đạt\nrất tốt 😀, 😀 \x07", cuts)
    assert [one.number for one in found] == ["U+1F680", "U+1F600", "U+0007"]
    assert found[0].words == "ký tự “🚀” (U+1F680) trong đoạn “Khu phố 1 🚀 đạt”"
    assert found[1].near.startswith("rất tốt")
    assert found[2].name == "(U+0007)"
    assert gate.missing_in(normalize("NFD", "Đạt 95%,\u200b tốt\u00a0!\n"), cuts) == ()


@pytest.mark.parametrize(
    "text", ["Có ★ và ☐", "m\u0309", "Đủ\ufe0f chữ", "Chỗ\u202f\u2028này", "漢", "a\tb\u00a0c"]
)
def test_what_is_named_is_what_the_gate_refuses(text):
    face = faces.load()[Weight.REGULAR]
    if named := gate.missing_in(text, [face]):
        with pytest.raises(GlyphMissingError, match=rf"U\+({'|'.join(one.number[2:] for one in named)})"):
            gate.admit(text, face)
    else:
        assert gate.admit(text, face)

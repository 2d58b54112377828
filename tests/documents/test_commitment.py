"""Bản cam kết: the national heading without a number, both sides' signatures, and how each was given."""

from dataclasses import replace

import pytest

from pledges.documents.pdf.draw import draw
from pledges.documents.sheets.commitment import Represented
from pledges.documents.sheets.comparison import ChangeLine, ComparedLine
from pledges.documents.sheets.paper import Signature, Style
from tests.documents import samples
from tests.documents.measure import Page, pages


@pytest.fixture(scope="module")
def printed() -> list[Page]:
    return pages(draw(samples.commitment()))


@pytest.fixture(scope="module")
def text(printed: list[Page]) -> str:
    return " ".join(line.text for page in printed for line in page.body)


def test_it_has_the_national_heading_and_no_number(printed: list[Page], text: str):
    first = printed[0]
    assert first.line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM").bold
    assert first.line("PHƯỜNG HÀ KHÁNH").bold is False
    assert first.line("KHU PHỐ 1").bold
    assert first.line("Hà Khánh, ngày 29 tháng 3 năm 2024").italic
    assert "Số:" not in text


def test_a_number_or_the_party_s_heading_is_refused():
    for change in ({"number": "Số: 05/CK"}, {"number": "", "style": Style.PARTY}):
        with pytest.raises(ValueError, match="national heading and no number"):
            samples.commitment(heading=samples.heading(**change))


def test_title_unit_and_terms(printed: list[Page], text: str):
    title = printed[0].line("BẢN CAM KẾT THI ĐUA")
    assert title.bold
    assert title.middle == pytest.approx(112.5, abs=0.5)
    assert "Đơn vị cam kết: Khu phố 1, phường Hà Khánh." in text
    assert "Đại diện: Bí thư chi bộ." in text
    for at, term in enumerate(samples.TERMS, start=1):
        assert f"{at}. {term}." in text
    assert "được lập thành 03 bản có giá trị như nhau" in text


def test_representatives_with_a_name(printed: list[Page]):
    assert Represented("Bí thư chi bộ", "Nguyễn Văn An").text == "Đại diện: Nguyễn Văn An - Bí thư chi bộ."


def test_the_tasks_with_product_target_measure_and_dates(text: str):
    for words in ("Bê tông hóa ngõ tổ 3", "Sản phẩm:", "80", "triệu đồng", "10/4/2024 –", "18/11/2024"):
        assert words in text


def signed_by(number: int) -> Page:
    """The last page of a commitment with so many signatories."""
    sheet = samples.commitment()
    post = Signature(posts=("Phó Trưởng khu",), name="Lê Văn Bình")
    signatures = (*sheet.signatories.signatures, post, post, post)[:number]
    return pages(draw(replace(sheet, signatories=replace(sheet.signatories, signatures=signatures))))[-1]


def test_witness_on_the_left_and_signatories_on_the_right():
    page = signed_by(2)
    witness, unit = page.line("BÊN CHỨNG KIẾN"), page.line("ĐƠN VỊ CAM KẾT")
    assert witness.x1 < 112.5 < unit.x0
    assert witness.baseline == pytest.approx(unit.baseline, abs=0.05)
    assert page.line("Trần Việt Hùng").middle == pytest.approx(witness.middle, abs=0.5)
    posts = [page.line(post) for post in ("BÍ THƯ CHI BỘ", "KHU TRƯỞNG")]
    assert all(post.x0 > 112.5 and post.bold and post.size == 14 for post in posts)
    assert posts[1].top - posts[0].bottom > 20


def test_three_signatories_stand_beside_each_other_above_the_witness():
    page = signed_by(3)
    posts = [page.line(words) for words in ("BÍ THƯ CHI BỘ", "KHU TRƯỞNG", "TRƯỞNG BAN")]
    assert len({round(post.baseline, 1) for post in posts}) == 1
    assert [post.middle for post in posts] == pytest.approx([57.5, 112.5, 167.5], abs=0.5)
    title, witness = page.line("ĐƠN VỊ CAM KẾT"), page.line("BÊN CHỨNG KIẾN")
    assert title.middle == pytest.approx(112.5, abs=0.5)
    assert witness.middle == pytest.approx(112.5, abs=0.5)
    assert title.baseline < posts[0].baseline < witness.baseline
    assert witness.top - posts[0].bottom > 25


@pytest.mark.parametrize(("number", "rows"), [(4, [2, 2]), (5, [3, 2]), (6, [3, 3])])
def test_more_signatories_stand_in_rows(number: int, rows: list[int]):
    page = signed_by(number)
    capacities = [
        line
        for line in page.body
        if line.text.startswith(("BÍ THƯ CHI BỘ", "KHU TRƯỞNG", "TRƯỞNG BAN", "PHÓ TRƯỞNG KHU"))
    ]
    levels = sorted({round(line.baseline, 1) for line in capacities})
    assert [sum(round(line.baseline, 1) == level for line in capacities) for level in levels] == rows
    names = [line for line in page.body if line.text == "Lê Văn Bình"]
    assert len(names) == number - 3
    assert all(line.x0 >= 30 and line.x1 <= 195 for line in capacities)


def test_a_long_post_breaks_behind_its_title_and_never_inside():
    page = signed_by(3)
    lines = [page.line(words) for words in ("TRƯỞNG BAN", "CÔNG TÁC", "MẶT TRẬN")]
    assert lines == sorted(lines, key=lambda line: line.baseline)
    assert all(line.middle == pytest.approx(lines[0].middle, abs=0.5) for line in lines)
    wide = signed_by(2)
    assert wide.line("BÍ THƯ CHI BỘ")


def test_what_was_confirmed_in_the_app_is_said_where_a_signature_would_stand():
    page = signed_by(2)
    post, confirmed = page.line("KHU TRƯỞNG"), page.containing("Đã xác nhận điện tử nội bộ")[0]
    assert confirmed.italic
    assert confirmed.x0 > 112.5
    assert 0 < confirmed.top - post.bottom < 10
    said = [line.text for line in page.body if line.size == 11 and line.italic]
    assert samples.DIGEST in "".join(said)
    assert "lúc 16:42 ngày 29/3/2024, mã SHA-256" in " ".join(said)


def test_the_digest_stands_in_the_foot_of_each_page(printed: list[Page]):
    for page in printed:
        (line,) = page.containing("SHA-256: ")
        assert line.text == f"SHA-256: {samples.DIGEST}"
        assert line.top > 277


def test_one_signatory_without_a_witness():
    sheet = samples.commitment(witnesses=None)
    alone = replace(
        sheet, signatories=replace(sheet.signatories, signatures=sheet.signatories.signatures[:1])
    )
    page = pages(draw(alone))[-1]
    assert page.line("ĐƠN VỊ CAM KẾT").x0 > 112.5
    assert not page.containing("CHỨNG KIẾN")


def test_a_unit_without_tasks():
    text = " ".join(page.text for page in pages(draw(samples.commitment(tasks=()))))
    assert "Chưa có phần việc nào." in text


AMENDED = (
    ComparedLine(
        9,
        "Vận động Quỹ “Vì người nghèo”",
        (
            ChangeLine("Hạ chỉ tiêu", "Tiền quỹ: mức", "150 triệu đồng", "120 triệu đồng"),
            ChangeLine("Lùi thời hạn", "Thời hạn", "18/11/2024", "30/12/2024"),
        ),
        (
            (
                "Duyệt điều chỉnh: Trần Việt Hùng, Chủ tịch UBND phường, ngày 16/9/2024; lý do: khắc phục hậu "
                "quả bão số 3; căn cứ: Tờ trình số 05/TTr-MTTQ"
            ),
        ),
    ),
    ComparedLine(21, "Trồng cây xanh", (ChangeLine("Bỏ", "Cả phần việc", "Trồng cây xanh", ""),)),
)


def test_an_edition_says_what_it_changes_and_who_allowed_it():
    found = pages(draw(samples.commitment(amended=AMENDED, amends="bản cam kết lập lần 1")))
    text = " ".join(line.text for page in found for line in page.body)
    chapters = ("I. NỘI DUNG CAM KẾT", "II. NỘI DUNG ĐIỀU CHỈNH", "III. ĐIỀU KHOẢN CHUNG")
    places = [text.index(chapter) for chapter in chapters]
    assert places == sorted(places)
    assert "So với bản cam kết lập lần 1, bản này điều chỉnh các nội dung sau:" in text
    for words in (
        "Hạ chỉ tiêu",
        "Lùi thời hạn",
        "120 triệu đồng",
        "30/12/2024",
        "Trần Việt Hùng",
        "05/TTr-MTTQ",
    ):
        assert words in text.replace("\N{NO-BREAK SPACE}", " ")
    page = next(page for page in found if page.containing("Lùi thời hạn"))
    assert page.containing("Lùi thời")[0].baseline == pytest.approx(
        page.line("30/12/2024").baseline, abs=0.05
    )
    assert min(line.x0 for line in page.body) >= 29.5
    assert max(line.x1 for line in page.body) <= 195.5


def test_a_first_edition_has_no_such_section(text: str):
    assert "ĐIỀU CHỈNH" not in text
    assert "II. ĐIỀU KHOẢN CHUNG" in text

"""How the numbers of documents run: suggested, refused, doubted; how they are written."""

from datetime import date

import pytest

from pledges.core.refusal import Refused
from pledges.documents.issuing.rules import (
    Numbered,
    NumberUsed,
    check_day,
    check_number,
    check_stands,
    check_term,
    doubts,
    missing,
    name_of,
    next_number,
    number_and_symbol,
    term_of,
)
from pledges.documents.lines import lines_in
from pledges.documents.rules import DocumentStatus, PaperKind, series_of
from pledges.documents.sheets.paper import Style

DAY = date(2024, 10, 15)


def used(*numbers: int, on: date = DAY) -> list[Numbered]:
    return [Numbered(one, on, f"Báo cáo số {one:02}/BC-UBND") for one in numbers]


@pytest.mark.parametrize(
    ("number", "symbol", "written"),
    [
        (5, "BC-UBND", "05/BC-UBND"),
        (112, "BC-UBND", "112/BC-UBND"),
        (7, "UBND-VP", "07/UBND-VP"),
        (5, "BC/ĐU", "05-BC/ĐU"),
    ],
)
def test_number_and_symbol(number, symbol, written):
    assert number_and_symbol(number, symbol) == written


def test_what_a_document_is_called():
    assert name_of(PaperKind.INTERIM_REPORT, 5, "BC-UBND") == "Báo cáo số 05/BC-UBND"
    assert name_of(PaperKind.URGING_LETTER, 12, "UBND-VP") == "Công văn số 12/UBND-VP"
    assert name_of(PaperKind.INTERIM_REPORT, None, "BC-UBND") == "Dự thảo báo cáo sơ kết"


def test_the_next_is_one_more_than_the_highest_whatever_is_missing_between():
    assert next_number([]) == 1
    assert next_number([1, 7, 3]) == 8


def test_a_used_number_is_refused_with_what_has_it_and_what_is_free():
    with pytest.raises(NumberUsed, match="Số 07 đã dùng cho Báo cáo số 07/BC-UBND, ngày 15/10/2024"):
        check_number(7, used(5, 7))
    check_number(6, used(5, 7))


def test_state_numbers_begin_anew_each_year_and_those_of_the_party_each_term():
    first, last = date(2024, 12, 31), date(2025, 1, 1)
    assert series_of(3, "BC-UBND", Style.STATE, first) != series_of(3, "BC-UBND", Style.STATE, last)
    term = "2020-2025"
    assert series_of(3, "BC/ĐU", Style.PARTY, first, term) == series_of(3, "BC/ĐU", Style.PARTY, last, term)
    assert series_of(3, "BC/ĐU", Style.PARTY, last, "2025-2030") != series_of(
        3, "BC/ĐU", Style.PARTY, last, term
    )


def test_the_term_that_a_day_lies_in():
    assert term_of(date(2024, 10, 15)) == "2020-2025"
    assert term_of(date(2025, 1, 1)) == "2025-2030"


@pytest.mark.parametrize("wrong", ["", "2020", "2025-2020", "20-25", "2020 - 2025"])
def test_what_names_no_term(wrong):
    with pytest.raises(Refused, match="hai năm"):
        check_term(wrong)


def test_no_day_to_come():
    check_day(DAY, DAY)
    with pytest.raises(Refused, match="không được sau hôm nay"):
        check_day(date(2024, 10, 16), DAY)


def test_a_day_out_of_the_order_of_the_numbers_is_doubted():
    early, late = date(2024, 10, 1), date(2024, 10, 20)
    assert doubts(6, DAY, DAY, used(5)) == ()
    (before,) = doubts(6, DAY, DAY, used(5, on=late))
    assert "sớm hơn ngày của số liền trước: số 05 ban hành ngày 20/10/2024" in before
    (after,) = doubts(6, DAY, DAY, used(7, on=early))
    assert "muộn hơn ngày của số liền sau: số 07" in after


def test_figures_of_a_later_day_than_the_paper_are_doubted():
    (words,) = doubts(6, DAY, date(2024, 10, 31), used(5))
    assert words == "Số liệu tính đến ngày 31/10/2024, sau ngày ban hành."


def test_what_is_missing_before_it_goes_to_the_signer():
    assert missing(abstract="Kết quả", posts=("Chủ tịch",), signer="Hưng", recipients=("Lưu: VT",)) == ()
    assert missing(abstract=" ", posts=("",), signer="", recipients=()) == (
        "trích yếu",
        "chức vụ người ký",
        "họ tên người ký",
        "nơi nhận",
    )


def test_an_act_on_a_document_that_stands_elsewhere():
    with pytest.raises(Refused, match="đang ở bước “đã thu hồi” nên không phát hành được"):
        check_stands(DocumentStatus.WITHDRAWN, DocumentStatus.SUBMITTED, "phát hành")


def test_lines_as_people_type_them():
    assert lines_in("- Như trên;\n\n – Các đơn vị ; \n- Lưu: VT.") == ("Như trên", "Các đơn vị", "Lưu: VT")
    assert lines_in(None) == ()

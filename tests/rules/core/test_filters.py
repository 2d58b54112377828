"""What an address asks of a list."""

import pytest

from pledges.core.filters import ORDER, Question, Wishes, order, same

BLOCK = Question("khoi", "Khối", same(["I. Khối Đảng", "", "IV. Các khu phố", "I. Khối Đảng"]))
STATE = Question("tinh-trang", "Tình trạng", {"mo": "Đang mở"})
NAMES = order({"": "Mới nhất", "ten": "Tên"})


def wishes(**arguments: str) -> Wishes:
    given = {name.replace("_", "-"): value for name, value in arguments.items()}
    return Wishes.read(given, "Tìm đơn vị", BLOCK, STATE, NAMES)


def test_nothing_is_asked():
    asked = wishes()
    assert (asked.words, asked["khoi"], asked.narrowed) == ("", "", False)
    assert asked.arguments() == asked.cleared() == {}


def test_what_is_asked_is_carried_on():
    asked = wishes(q="  khu  phố ", khoi="IV. Các khu phố", xep="ten")
    assert asked.narrowed
    assert asked.arguments() == {"q": "khu phố", "khoi": "IV. Các khu phố", "xep": "ten"}
    assert asked.arguments(ngay="1/5/2024", q="")["ngay"] == "1/5/2024"
    assert "q" not in asked.arguments(q="")


def test_filters_fall_and_the_order_stays():
    assert wishes(q="khu", tinh_trang="mo", xep="ten").cleared() == {"xep": "ten"}


@pytest.mark.parametrize("value", ["khác", "None", "MO", "mo'--", "\x00"])
def test_what_means_nothing_narrows_nothing(value: str):
    asked = wishes(tinh_trang=value, xep=value)
    assert (asked["tinh-trang"], asked[ORDER], asked.narrowed) == ("", "", False)


def test_an_order_hides_nothing():
    assert not wishes(xep="ten").narrowed


@pytest.mark.parametrize(
    ("words", "found"), [("", True), ("KHU PHO", True), ("khu phố", True), ("tổ", False)]
)
def test_words_are_found_whatever_their_case_and_accents(words: str, found: bool):
    assert wishes(q=words).finds("khu pho 3", "kp3") is found


def test_a_question_with_one_answer_is_not_worth_asking():
    assert BLOCK.worth_asking
    assert not STATE.worth_asking
    assert NAMES.worth_asking
    assert BLOCK.options[0] == ("", "Tất cả")
    assert NAMES.options[0] == ("", "Mới nhất")

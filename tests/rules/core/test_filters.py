"""What an address asks of a list."""

import pytest

from pledges.core.filters import ORDER, UNLISTED, Chosen, Question, Wishes, numbered, order, same, worded

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


UNIT = numbered("don-vi", "Đơn vị")


@pytest.mark.parametrize("value", ["", "0", "x", "-1", "1.5", "²", "9" * 20, str(2**31)])
def test_a_number_that_no_record_has_is_no_answer(value: str):
    asked = Wishes.read({"don-vi": value}, "", UNIT)
    assert (asked.number("don-vi"), asked.narrowed) == (None, False)


def test_answers_that_are_offered_later_have_their_words_then():
    asked = Wishes.read({"don-vi": "7", "khoi": " IV. Các  khu phố "}, "", UNIT, worded("khoi", "Khối"))
    assert (asked.number("don-vi"), asked["khoi"]) == (7, "IV. Các khu phố")
    offered = asked.offering({"don-vi": {"7": "Khu phố 7", "8": "Khu phố 8"}, "khoi": {}})
    assert [one.words for one in offered.chosen] == ["Đơn vị: Khu phố 7", f"Khối: {UNLISTED}"]
    assert offered.asked[0].options == [("", "Tất cả"), ("7", "Khu phố 7"), ("8", "Khu phố 8")]
    assert ("IV. Các khu phố", UNLISTED) in offered.asked[1].options, "what is asked for stays chosen"
    assert offered.arguments() == asked.arguments()


def test_what_is_offered_no_more_keeps_the_words_it_has():
    asked = Wishes.read({"tinh-trang": "mo"}, "", STATE).offering({"tinh-trang": {"dong": "Đã đóng"}})
    assert asked.chosen == [Chosen("tinh-trang", "Tình trạng: Đang mở")]


def test_each_wish_can_be_taken_back_alone():
    asked = wishes(q="khu", tinh_trang="mo", xep="ten")
    assert asked.chosen == [Chosen("q", "“khu”"), Chosen("tinh-trang", "Tình trạng: Đang mở")]
    assert asked.without("q") == {"tinh-trang": "mo", "xep": "ten"}
    assert asked.without("tinh-trang") == {"q": "khu", "xep": "ten"}


def test_the_first_questions_stand_in_sight_and_the_others_fold_until_answered():
    many = [Question(f"cau-{one}", f"Câu {one}", same("ab")) for one in range(5)]
    asked = Wishes.read({"cau-0": "a"}, "Tìm", *many)
    assert [one.name for one in asked.in_sight] == ["cau-0", "cau-1", "cau-2"]
    assert [one.name for one in asked.folded] == ["cau-3", "cau-4"]
    assert not asked.opened
    assert Wishes.read({"cau-4": "b"}, "Tìm", *many).opened


def test_one_answer_is_worth_asking_for_where_rows_may_have_none():
    assert not Question("khoi", "Khối", {"a": "A"}).worth_asking
    assert Question("khoi", "Khối", {"a": "A"}, covers=False).worth_asking
    assert not Question("khoi", "Khối", {}, covers=False).worth_asking


def test_where_no_words_are_looked_for_none_are_read():
    assert Wishes.read({"q": "khu"}, "", BLOCK).narrowed is False

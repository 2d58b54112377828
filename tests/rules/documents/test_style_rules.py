"""Suggestions of Nghị định 30/2020: what is hinted at, and what is left alone."""

import pytest

from pledges.documents.drafting.style_rules import (
    LONGEST_ABSTRACT,
    hints_in,
    hints_of,
    hints_of_abstract,
    set_right,
    unexplained,
)


@pytest.mark.parametrize(
    ("text", "proposal"),
    [
        ("Được nhân dân đồng tình.", "Được Nhân dân đồng tình."),
        ("Chính sách của nhà nước.", "Chính sách của Nhà nước."),
        ("Thực hiện Khoản 2 của Luật.", "Thực hiện khoản 2 của Luật."),
        ("Theo Điểm a, khoản 3.", "Theo điểm a, khoản 3."),
        ("Theo Điểm đ khoản 3.", "Theo điểm đ khoản 3."),
        ("Căn cứ điều 16 của Luật", "Căn cứ Điều 16 của Luật"),
        ("Theo chương II của Luật.", "Theo Chương II của Luật."),
        ("Từ ngày 5 tháng 3 năm 2024.", "Từ ngày 05 tháng 3 năm 2024."),
        ("Từ ngày 15 tháng 03 năm 2024.", "Từ ngày 15 tháng 3 năm 2024."),
        ("Từ ngày 15 tháng 1 năm 2025.", "Từ ngày 15 tháng 01 năm 2025."),
        ("Trong tháng 02 năm 2025", None),
        ("Trong tháng 2 năm 2025.", "Trong tháng 02 năm 2025."),
        ("Trong tháng 09 năm 2024.", "Trong tháng 9 năm 2024."),
        ("Đã xong , còn hai việc.", "Đã xong, còn hai việc."),
        ("Trân trọng./.", "Trân trọng"),
        ("Ủy ban nhân dân phường, Hội đồng nhân dân, Công an nhân dân.", None),
        ("Quản lý nhà nước, ngân sách nhà nước, cơ quan nhà nước.", None),
        ("Nhân dân và Nhà nước.", None),
        ("Khoản 2 quy định rõ.", None),
        ("Đã nêu. Khoản 2 quy định rõ.", None),
        ("- Khoản 2 quy định rõ.", None),
        ("Theo khoản 2 Điều 5 Chương II.", None),
        ("Khoản tiền 20 triệu đồng; điểm rác số 3.", None),
        ("ngày 05 tháng 3 năm 2024, ngày 15 tháng 10 năm 2024", None),
        ("ngày 31 tháng 2 năm 2024", None),
        ("Ba dấu … và (ngoặc) vẫn đúng...", None),
    ],
)
def test_what_is_proposed(text, proposal):
    found = [hint.proposal for hint in hints_in(text) if "căn cứ" not in hint.why]
    assert found == ([] if proposal is None else [proposal])


def test_each_hint_shows_its_place_with_few_words_around():
    (hint,) = hints_in("Các đơn vị đã tuyên truyền sâu rộng đến nhân dân các khu phố trên địa bàn phường.")
    assert hint.found == "…sâu rộng đến nhân dân các khu phố trên…"
    assert hint.proposal == "…sâu rộng đến Nhân dân các khu phố trên…"
    assert "Phụ lục II" in hint.why


def test_bases_end_with_semicolons_and_the_last_with_a_full_stop():
    hints = list(hints_in("Căn cứ Luật A.\nCăn cứ Luật B;"))
    assert [hint.proposal[-1] for hint in hints] == [";", "."]
    assert not list(hints_in("Căn cứ Luật A;\nCăn cứ Luật B."))


def test_an_abstract_is_short_and_ends_without_a_mark():
    assert not list(hints_of_abstract("Kết quả thực hiện phong trào thi đua"))
    assert [hint.proposal for hint in hints_of_abstract("Kết quả thực hiện.")] == ["Kết quả thực hiện"]
    (hint,) = hints_of_abstract("a" * (LONGEST_ABSTRACT + 1))
    assert str(LONGEST_ABSTRACT + 1) in hint.why


def test_a_short_form_is_explained_where_it_comes_first():
    texts = [("a", "Lực lượng TNXP tham gia."), ("b", "TNXP làm tốt.")]
    assert [(hint.field, hint.proposal) for hint in unexplained(texts)] == [
        ("a", "Lực lượng … (TNXP) tham gia.")
    ]
    assert not list(unexplained([("a", "Thanh niên xung phong (TNXP) tham gia."), ("b", "TNXP tốt.")]))
    assert not list(unexplained([("", "Lực lượng TNXP."), ("b", "TNXP tốt.")])), (
        "what filled itself has said it"
    )
    assert not list(unexplained([("a", "UBND phường, mục III, Kế hoạch số 12/KH-BCĐ")]))


def test_hints_come_by_their_fields():
    found = hints_of(
        [("viet.totals.", "Được nhân dân giúp."), ("", "nhân dân"), ("viet.causes.", "Đúng.")], "Kết quả."
    )
    assert set(found) == {"abstract", "viet.totals."}


@pytest.mark.parametrize("text", ["", " ", "\n\n", "…", "nhân dân" * 500, "Điểm " * 300, "./." * 50])
def test_no_text_is_too_odd(text):
    assert all(hint.why for hint in hints_in(text))
    list(hints_of_abstract(text))


@pytest.mark.parametrize(
    "text",
    [
        "Được nhân dân đồng tình, theo Khoản 2 điều 5 , từ ngày 5 tháng 03 năm 2024./.",
        "- Chính sách của nhà nước.\n- Thực hiện Điểm a, Khoản 3 chương II.",
    ],
)
def test_what_is_set_right_hint_by_hint_is_hinted_at_no_more(text):
    for _turn in range(20):
        span = next((hint.span for hint in hints_in(text) if hint.span), None)
        if span is None:
            break
        text = set_right(text, span)
    assert not list(hints_in(text))
    assert "hân dân" not in text or "Nhân dân" in text


def test_a_place_that_changed_meanwhile_is_left():
    assert set_right("Được nhân dân giúp.", (0, 4)) == "Được nhân dân giúp."

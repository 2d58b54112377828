"""The order of what fits: accents, whole words, title, phrase. Each case is a list from best to worst."""

import itertools

import pytest

from pledges.index.rules import Asked, Text, rank

CASES: dict[str, tuple[str, list[tuple[str, ...]]]] = {
    "the same accents come first": (
        "đường",
        [("Đường hoa",), ("Ngõ", "sửa đường"), ("Dương liễu",)],
    ),
    "without accents what is written without comes first": ("duong", [("Duong 5",), ("Đường hoa",)]),
    "a letter without a mark stands for any, one with a mark doesn't": (
        "đuong",
        [("Đuong",), ("Đường hoa",), ("Dương liễu",)],
    ),
    "half of the accents": ("hà khanh", [("Hà Khanh",), ("Hà Khánh",), ("Ha Khánh",)]),
    "accents count more than the place": ("hà khánh", [("Sân chơi", "ở Hà Khánh"), ("Ha Khanh",)]),
    "whole words before beginnings": ("khu pho", [("Khu phố 2",), ("Khu", "phố"), ("Khu phòng",)]),
    "whole words elsewhere before beginnings in the title": (
        "hà kha",
        [("Đường", "Hà Kha"), ("Hà Khánh",)],
    ),
    "the title before other text": ("ngõ", [("Ngõ 12",), ("Đường", "Ngõ 12")]),
    "half in the title before nothing in it is no rank of its own": (
        "ngo duong",
        [("Đường, ngõ",), ("Đường", "ngõ")],
    ),
    "a phrase before scattered words": (
        "đường hà khánh",
        [("Vỉa hè đường Hà Khánh",), ("Hà Khánh: đường hoa",), ("Đường", "phường Hà Khánh")],
    ),
    "a phrase doesn't reach over the fields": ("hà khánh", [("Sân", "Hà Khánh"), ("Sân", "Hà", "Khánh")]),
    "where the tone stands": ("hoà", [("Hòa bình",), ("Hóa chất",)]),
    "small and capital letters": ("ĐƯỜNG HÀ KHÁNH", [("đường hà khánh",), ("duong ha khanh",)]),
}


def place(typed: str, text: tuple[str, ...]) -> tuple[int, ...]:
    kept = Text.of(text[0], text[1:])
    return rank(Asked.read(typed), kept.title, kept.title_fold, kept.body, kept.body_fold)


@pytest.mark.parametrize("case", CASES)
def test_order(case: str):
    typed, texts = CASES[case]
    ranks = [place(typed, text) for text in texts]
    assert all(better < worse for better, worse in itertools.pairwise(ranks)), list(
        zip(texts, ranks, strict=True)
    )


@pytest.mark.parametrize("typed", ["đường hoa", "duong hoa", "ĐƯỜNG HOA", "đường  hoa", "đường hoa."])
def test_spellings_of_one_question(typed: str):
    title = ("Tuyến đường hoa",)
    assert place(typed, title)[1:] == (0, 0, 0)
    assert (place(typed, title)[0] == 0) == ("đ" in typed.lower())

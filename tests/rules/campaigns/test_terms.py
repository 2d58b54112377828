"""The terms of a campaign, with places that a unit's commitment fills."""

import unicodedata

import pytest

from pledges.campaigns.terms import filled, in_braces, unknown, unknown_words


def said(terms: str) -> str:
    return filled(terms, unit="Khu phố 1", campaign="Thi đua chào mừng Đại hội", year=2024)


@pytest.mark.parametrize(
    ("terms", "words"),
    [
        (
            "{đơn vị} hưởng ứng {phong trào} năm {năm}.",
            "Khu phố 1 hưởng ứng Thi đua chào mừng Đại hội năm 2024.",
        ),
        ("{ Đơn  Vị } và {đơn vị}", "Khu phố 1 và Khu phố 1"),
        (unicodedata.normalize("NFD", "{đơn vị}"), "Khu phố 1"),
        ("Không có chỗ nào.\nDòng hai.", "Không có chỗ nào.\nDòng hai."),
        ("{tên lạ} của {đơn vị}", "{tên lạ} của Khu phố 1"),
        ("một { lẻ, một } lẻ", "một { lẻ, một } lẻ"),
        ("{đơn\nvị}", "{đơn\nvị}"),
        ("", ""),
    ],
    ids=["all", "spelt otherwise", "decomposed", "none", "unknown", "lone braces", "over two lines", "empty"],
)
def test_places_are_filled(terms: str, words: str):
    assert said(terms) == words


def test_what_is_filled_in_is_not_read_again():
    assert filled("{đơn vị}", unit="{năm}", campaign="", year=2024) == "{năm}"


def test_unknown_braces_are_named_once_in_their_order():
    terms = "{hạn} của {đơn vị}, {người}, {hạn}"
    assert in_braces(terms) == ["{hạn}", "{đơn vị}", "{người}"]
    assert unknown(terms) == ["{hạn}", "{người}"]
    assert unknown_words(terms) == (
        "Không có chỗ điền {hạn}, {người}; dùng được {đơn vị}, {phong trào}, {năm}."
    )


def test_of_known_ones_nothing_is_said():
    assert unknown_words("{Đơn vị} năm {năm}") == ""

import pytest

from pledges.core.syllables import is_syllable


@pytest.mark.parametrize(
    "word",
    ["Đường", "hoà", "hòa", "thuỷ", "quốc", "nghiêng", "giữa", "gì", "giếng", "khuếch", "NGUYỄN", "ơ", "ai",
     "yêu", "xoong", "huỳnh", "quýt", "thuở", "rượu", "hươu", "nghỉ", "sách", "đẹp", "phat"],
)  # fmt: skip
def test_vietnamese_is_known(word: str):
    assert is_syllable(word)


@pytest.mark.parametrize(
    "word",
    ["", "façade", "Müller", "für", "niño", "café", "Đrắk", "sách2", "hai ba", "đ", "HĐND", "cât", "lách̀",
     "hùt", "xã́", "Ñöôøng", "nghõtt", "w"],
)  # fmt: skip
def test_other_words_are_none(word: str):
    assert not is_syllable(word)

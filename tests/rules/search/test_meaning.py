"""What was meant when the Vietnamese keyboard was off, and what a question says with a word less."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledges.core.text import fold
from pledges.index.rules import Asked
from pledges.search.rules import as_meant, with_one_less


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("dduwowngf", "đường"),
        ("dduowngf", "đường"),
        ("khu phoos 3", "khu phố 3"),
        ("truwowngf hocj", "trường học"),
        ("xuwr lys", "xử lý"),
        ("awn chin uoongs sooi", "ăn chin uống sôi"),
        ("d9u7o7ng2", "đường"),
        ("tru7o7ng2 ho5c", "trường học"),
        ("be6 to6ng", "bê tông"),
    ],
)
def test_telex_and_vni(typed: str, meant: str):
    assert fold(as_meant(typed)) == fold(meant)
    assert as_meant(typed) == meant


@pytest.mark.parametrize("typed", ["đường hà khánh", "rac thai", "kp3", "số 12", "133", ""])
def test_what_was_meant_as_it_stands(typed: str):
    assert as_meant(typed) == typed


@given(st.text())
def test_whatever_is_typed(typed: str):
    assert isinstance(as_meant(typed), str)


def test_one_word_less():
    asked = Asked.read('đường "hà khánh" tổ')
    assert [(left, other.typed) for left, other in with_one_less(asked)] == [
        ("đường", '"hà khánh" tổ'),
        ("hà khánh", "đường tổ"),
        ("tổ", 'đường "hà khánh"'),
    ]
    assert with_one_less(Asked.read("đường")) == []
    assert with_one_less(Asked.read("một hai ba bốn năm")) == []

"""Whose name a certificate bears: accents make another name, except where it is written without any."""

import pytest

from pledges.commitments.copies.outside.rules import same_person


@pytest.mark.parametrize(
    ("holder", "signatory", "same"),
    [
        ("Phạm Văn Đức", "Phạm Văn Đức", True),
        ("PHẠM VĂN ĐỨC", "Phạm Văn Đức", True),
        ("Pham Van Duc", "Phạm Văn Đức", True),
        ("NGUYỄN VĂN HOÀ", "Nguyễn Văn Hòa", True),
        ("Nguyễn Thị Hương", "Nguyễn Thị Hường", False),
        ("Phạm Văn Dục", "Phạm Văn Đức", False),
        ("Phạm Văn Đức", "", False),
        ("", "Phạm Văn Đức", False),
    ],
)
def test_whose_name_it_is(holder: str, signatory: str, same: bool):
    assert same_person(holder, signatory) is same

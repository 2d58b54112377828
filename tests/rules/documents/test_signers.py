"""Who may sign for an office, and how the lines above the name read."""

from types import SimpleNamespace

import pytest

from pledges.documents.drafting.signers import signers_of
from pledges.documents.lines import lines_in
from pledges.units.rules import UnitKind

OFFICE = SimpleNamespace(kind=UnitKind.PEOPLE_COMMITTEE, head_position="Chủ tịch UBND")
PARTY = SimpleNamespace(kind=UnitKind.PARTY_COMMITTEE, head_position="Bí thư Đảng ủy")
FRONT = SimpleNamespace(kind=UnitKind.FRONT, head_position="Chủ tịch UBMTTQ")
UNION = SimpleNamespace(kind=UnitKind.UNION, head_position="Chủ tịch Hội LHPN")


def held(post: str, name: str = "Trần Văn An") -> SimpleNamespace:
    return SimpleNamespace(post=post, account=SimpleNamespace(name=name))


@pytest.mark.parametrize(
    ("office", "post", "behalf", "lines"),
    [
        (OFFICE, "Chủ tịch UBND phường", "TM. Ủy ban nhân dân", ("Chủ tịch",)),
        (OFFICE, "Phó Chủ tịch UBND phường", "TM. Ủy ban nhân dân", ("KT. Chủ tịch", "Phó Chủ tịch")),
        (PARTY, "Phó Bí thư Thường trực", "T/M Đảng ủy", ("Phó Bí thư Thường trực",)),
        (FRONT, "Phó Chủ tịch UBMTTQ", "TM. Ban Thường trực", ("Phó Chủ tịch",)),
        (OFFICE, "Phó trưởng phòng", "TM. Ủy ban nhân dân", ("Phó trưởng phòng",)),
        (UNION, "Phó Chủ tịch Hội LHPN", "", ("KT. Chủ tịch", "Phó Chủ tịch")),
        (UNION, "Chủ tịch Hội LHPN", "", ("Chủ tịch",)),
        (OFFICE, "Công chức Văn phòng", "TM. Ủy ban nhân dân", ("Công chức Văn phòng",)),
    ],
)
def test_a_deputy_signs_for_the_head(office, post, behalf, lines):
    (signer,) = signers_of(office, [held(post)])
    assert (signer.on_behalf, signer.posts, signer.name) == (behalf, lines, "Trần Văn An")
    assert signer.label == f"Trần Văn An, {post}"


def test_an_account_called_after_its_post_names_nobody():
    (signer,) = signers_of(OFFICE, [held("Chủ tịch UBND phường", "chủ tịch UBND phường")])
    assert signer.name == ""
    assert signer.label == "Chủ tịch UBND phường"


def test_lines_come_without_marks():
    assert lines_in("- Như trên;\n\n  – TT Đảng ủy (b/c) ;\n• Lưu: VT.") == (
        "Như trên",
        "TT Đảng ủy (b/c)",
        "Lưu: VT",
    )

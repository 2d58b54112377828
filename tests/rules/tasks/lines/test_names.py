"""Units and movements are known by all that they go by; names that only come close are asked about."""

import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledges.tasks.rows.names import MOST_CLOSE, Names
from tests.support.lists import hk_movements, hk_units, known

UNITS = hk_units()
NAMES = known(UNITS).unit_names


def codes(found: Any) -> list[str]:
    return [unit.code for unit in found]


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.code)
def test_a_unit_goes_by_code_name_and_short_name(unit):
    for name in (unit.code, unit.name, unit.short_name):
        for said in (name, name.upper(), name.lower(), unicodedata.normalize("NFD", name), f"  {name} "):
            assert codes(NAMES.exact(said)) == [unit.code]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("Khu pho 3", "KP3"),
        ("khu phố 3", "KP3"),
        ("dang uy", "DU"),
        ("ÐẢNG ỦY", "DU"),
        ("Đảng uỷ", "DU"),
        ("tram y te", "TYT"),
        ("KP 3", "KP3"),
        ("kp.3", "KP3"),
        ("ĐC-XD", "DCXD"),
        ("VP-TK", "VPTK"),
    ],
)
def test_accents_case_and_signs_make_no_question(said, code):
    assert codes(NAMES.exact(said)) == [code]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("K.phố 3", "KP3"),
        ("Khu phô số 3", "KP3"),
        ("UBND phường", "UBND"),
        ("UBND P. Hà Khánh", "UBND"),
        ("Hội phụ nữ", "HPN"),
        ("Hội LHPN phường", "HPN"),
        ("Mặt trận Tổ quốc", "MTTQ"),
        ("UB MTTQ phường", "MTTQ"),
        ("Đoàn thanh niên", "DTN"),
        ("Công an P.", "CA"),
        ("Trường THCS", "THCS"),
        ("trg tiểu học Hà Khánh", "TH"),
        ("BCH quân sự", "QS"),
        ("Cựu chiến bình", "CCB"),
    ],
)
def test_the_unit_that_is_meant_is_offered_first(said, code):
    assert NAMES.exact(said) == ()
    offered = codes(NAMES.close(said))
    assert offered[0] == code
    assert len(offered) <= MOST_CLOSE


@pytest.mark.parametrize("said", ["Xyz 99", "qwerty", "", "a" * 30_000])
def test_what_comes_close_to_nothing_is_offered_nothing(said):
    assert NAMES.close(said) == ()


@given(
    st.sampled_from([unit for unit in UNITS if len(unit.name) >= 9]),
    st.integers(0, 60),
    st.sampled_from("aeinhx"),
)
def test_one_wrong_letter_still_offers_the_unit(unit, place, letter):
    at = place % len(unit.name)
    if not unit.name[at].isdigit():
        said = unit.name[:at] + letter + unit.name[at + 1 :]
        assert unit.code in codes(NAMES.exact(said) or NAMES.close(said))


def test_a_name_of_several_gives_all_of_them():
    twins = Names(
        [("A1", "Khu phố 1"), ("B1", "Khu phố 1"), ("C1", "Khu phố 2")],
        code=lambda one: one[0],
        words=lambda one: (one[1],),
    )
    assert [one[0] for one in twins.exact("khu phố 1")] == ["A1", "B1"]
    assert [twins.written(one) for one in (("A1", "Khu phố 1"), ("C1", "Khu phố 2"))] == ["A1", "Khu phố 2"]


def test_exact_accents_go_before_those_without():
    pair = Names([("1", "Bản"), ("2", "Bán")], code=lambda one: one[0], words=lambda one: (one[1],))
    assert pair.exact("BÁN") == (("2", "Bán"),)
    assert len(pair.exact("ban")) == 2


def test_a_name_that_would_be_parted_is_written_as_its_code():
    one = ("VHXH", "Văn hóa; Xã hội")
    names = Names([one], code=lambda one: one[0], words=lambda one: (one[1],))
    assert names.written(one) == "VHXH"


NAME = st.text("KkPpốồo 12;,Đđ", min_size=1, max_size=4).filter(str.strip)


@given(
    st.lists(
        st.tuples(st.sampled_from(["KP1", "KP2", "K", "P1", "kp1"]), NAME, NAME), unique_by=lambda one: one[0]
    )
)
def test_what_is_written_leads_back_to_its_own_record(records):
    names = Names(records, code=lambda one: one[0], words=lambda one: one[1:])
    for one in records:
        assert names.exact(names.written(one)) == (one,)


def test_movements_go_by_their_names():
    there = hk_movements()
    names = known(movements=there).movement_names
    assert names.exact("toàn dân bảo vệ an ninh tổ quốc") == (there[1],)
    assert names.close("Toàn dân bảo vệ ANTQ")[0] is there[1]

"""What changes between two texts of a task: by what a pledge demands, not by which number is larger."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from pledges.tasks.amending.changes import GOES_ON, changes
from pledges.tasks.amending.rules import AmendmentStatus, ChangeKind, kind_of_day, kind_of_value
from pledges.tasks.amending.sides import lines
from pledges.tasks.parts import Facts

K = ChangeKind


def indicator(**said: Any) -> dict[str, Any]:
    return {
        "label": "Đường ngõ",
        "baseline": "0",
        "target": "450",
        "measure": "m",
        "direction": "up",
        "accumulates": True,
        "weight": "1",
        "measured_from": None,
        "milestones": [],
    } | said


def task(*indicators: dict[str, Any], **said: Any) -> Facts:
    return {
        "title": "Bê tông hóa",
        "product": "Mặt ngõ",
        "lead_unit": "KP1",
        "cooperating": [],
        "start_on": "2024-04-15",
        "due_on": "2024-12-31",
        "state_funding": "0",
        "social_funding": "0",
        "movement": None,
        "indicators": list(indicators or [indicator()]),
    } | said


def told(before: Facts, after: Facts) -> list[tuple[ChangeKind, str, str, str]]:
    names = {"KP1": "Khu phố 1", "KP2": "Khu phố 2"}
    return [(one.kind, one.label, one.before, one.after) for one in changes(before, after, names)]


@pytest.mark.parametrize(
    ("before", "after", "falls", "kind"),
    [
        ("450", "500", False, K.RAISED),
        ("450", "449.5", False, K.LOWERED),
        ("10", "5", True, K.RAISED),
        ("10", "12", True, K.LOWERED),
        ("-1", "0", False, K.RAISED),
        ("-1", "0", True, K.LOWERED),
    ],
)
def test_a_value_is_raised_by_what_it_demands(before: str, after: str, falls: bool, kind: ChangeKind):
    assert kind_of_value(Decimal(before), Decimal(after), falls=falls) is kind


def test_a_later_day_is_pushed_out():
    assert kind_of_day(date(2024, 12, 31), date(2025, 3, 31)) is K.PUSHED_OUT
    assert kind_of_day(date(2024, 12, 31), date(2024, 11, 30)) is K.BROUGHT_FORWARD


def test_a_text_that_says_the_same_changes_nothing():
    assert told(task(), task()) == []


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"due_on": "2025-03-31"}, (K.PUSHED_OUT, "Ngày hoàn thành", "31/12/2024", "31/3/2025")),
        ({"start_on": "2024-04-01"}, (K.BROUGHT_FORWARD, "Ngày bắt đầu", "15/4/2024", "1/4/2024")),
        ({"title": "Làm đường"}, (K.REWORDED, "Tên phần việc", "Bê tông hóa", "Làm đường")),
        ({"cooperating": ["KP2"]}, (K.REWORDED, "Đơn vị phối hợp", "Không có", "Khu phố 2")),
        ({"state_funding": "150.5"}, (K.REWORDED, "Ngân sách", "Không", "150,5 triệu đồng")),
    ],
)
def test_each_question_has_its_kind(said: dict[str, Any], expected: tuple[ChangeKind, str, str, str]):
    assert told(task(), task(**said)) == [expected]


def test_several_things_of_a_task_change_at_once():
    after = task(indicator(target="400"), due_on="2025-03-31", product="Mặt ngõ bê tông")
    assert [one[0] for one in told(task(), after)] == [K.REWORDED, K.PUSHED_OUT, K.LOWERED]


@pytest.mark.parametrize(
    ("was", "now", "expected"),
    [
        ({}, {"target": "400"}, (K.LOWERED, "Đường ngõ: phải đạt", "450 m", "400 m")),
        (
            {"direction": "down", "baseline": "20", "target": "10"},
            {"direction": "down", "baseline": "20", "target": "12"},
            (K.LOWERED, "Đường ngõ: phải đạt", "10 m", "12 m"),
        ),
        ({}, {"label": "Đường trục"}, (K.REWORDED, "Tên chỉ tiêu", "Đường ngõ", "Đường trục")),
        ({}, {"weight": "2"}, (K.REWORDED, "Đường ngõ: trọng số", "1", "2")),
        (
            {"measured_from": "2024-06-01"},
            {"measured_from": "2024-07-01"},
            (K.PUSHED_OUT, "Đường ngõ: đo được từ ngày", "1/6/2024", "1/7/2024"),
        ),
        (
            {},
            {"measured_from": "2024-07-01"},
            (K.REWORDED, "Đường ngõ: đo được từ ngày", "không ghi", "1/7/2024"),
        ),
        (
            {"milestones": [{"on": "2024-09-01", "value": "100"}]},
            {"milestones": [{"on": "2024-09-01", "value": "80"}]},
            (K.LOWERED, "Đường ngõ: các mốc", "1/9/2024: 100", "1/9/2024: 80"),
        ),
        (
            {"milestones": [{"on": "2024-09-01", "value": "100"}]},
            {"milestones": [{"on": "2024-10-01", "value": "100"}]},
            (K.REWORDED, "Đường ngõ: các mốc", "1/9/2024: 100", "1/10/2024: 100"),
        ),
    ],
)
def test_each_question_of_an_indicator_has_its_kind(
    was: dict[str, Any], now: dict[str, Any], expected: tuple[ChangeKind, str, str, str]
):
    assert told(task(indicator(**was)), task(indicator(**now))) == [expected]


def test_a_target_in_another_measure_is_neither_more_nor_less():
    after = task(indicator(target="0.5", measure="km"))
    assert told(task(), after) == [(K.REWORDED, "Đường ngõ: phải đạt", "450 m", "0,5 km")]


def test_an_indicator_is_known_by_its_name_wherever_it_stands():
    trees = indicator(label="Cây xanh", measure="cây", target="30")
    assert told(task(indicator(), trees), task(trees)) == [(K.DROPPED, "Chỉ tiêu", "Đường ngõ: 450 m", "")]
    assert told(task(trees), task(indicator(), trees)) == [(K.ADDED, "Chỉ tiêu", "", "Đường ngõ: 450 m")]


def test_one_that_is_renamed_is_known_by_its_place_and_measure():
    renamed = task(indicator(label="Đường trục", target="500"))
    assert [one[0] for one in told(task(), renamed)] == [K.REWORDED, K.RAISED]
    other = task(indicator(label="Cây xanh", measure="cây"))
    assert [one[0] for one in told(task(), other)] == [K.ADDED, K.DROPPED]


def test_a_proposal_says_itself_what_goes_on_from_what():
    before = task(indicator(), indicator(label="Cây xanh", target="30"))
    after = task(indicator(label="Đường ngõ", target="30") | {GOES_ON: 2})
    assert told(before, after) == [
        (K.REWORDED, "Tên chỉ tiêu", "Cây xanh", "Đường ngõ"),
        (K.DROPPED, "Chỉ tiêu", "Đường ngõ: 450 m", ""),
    ]
    new = task(indicator() | {GOES_ON: None})
    assert [one[0] for one in told(task(), new)] == [K.ADDED, K.DROPPED]


def test_side_by_side_every_question_is_there_and_what_changed_is_marked():
    shown = list(lines(task(), task(indicator(target="400", weight="2"), due_on="2025-03-31"), {}))
    assert [(one.label, one.before, one.after, one.kinds) for one in shown] == [
        ("Sản phẩm", "Mặt ngõ", "Mặt ngõ", ()),
        ("Đơn vị phối hợp", "Không có", "Không có", ()),
        ("Ngày bắt đầu", "15/4/2024", "15/4/2024", ()),
        ("Ngày hoàn thành", "31/12/2024", "31/3/2025", (K.PUSHED_OUT,)),
        ("Chỉ tiêu", "Đường ngõ: 450 m", "Đường ngõ: 400 m", (K.LOWERED,)),
        ("Đường ngõ: trọng số", "1", "2", (K.REWORDED,)),
    ]


def test_of_a_task_on_one_side_only_the_other_is_empty():
    assert {one.after for one in lines(task(), None, {})} == {""}
    assert {(one.before, one.kinds) for one in lines(None, task(), {})} == {("", ())}


def test_every_kind_and_status_has_its_words():
    assert len({kind.label for kind in K}) == len({kind.sign for kind in K}) == len(K)
    assert len({status.label for status in AmendmentStatus}) == len(AmendmentStatus)

"""Whom to phone first, and how it is said what is late."""

from datetime import date

import pytest

from pledges.documents.calls.rules import Contact, LateItem, LateKind, LateTask, LateUnit, PastCall

TODAY = date(2024, 10, 15)
ROAD, LAMPS = LateTask(1, 20, "Bê tông hóa ngõ tổ 3"), LateTask(2, 21, "Lắp đèn ngõ 7")
SEPTEMBER = LateItem(LateKind.OVERDUE, "Báo cáo tháng 9/2024", date(2024, 9, 25), (ROAD, LAMPS))
COMING = LateItem(LateKind.SOON, "Báo cáo tháng 10/2024", date(2024, 10, 17), (ROAD,))


def unit(*items: LateItem, promised: date | None = None, open_: bool = True, position: int = 1) -> LateUnit:
    call = PastCall(1, date(2024, 10, 1), "Vũ Thị Thư", "Chị Lan", "Sẽ gửi", promised, open=open_)
    calls = (call,) if promised else ()
    return LateUnit(
        position, f"Khu phố {position}", "", position, items, (Contact("Lan", "Khu phó", ""),), calls
    )


@pytest.mark.parametrize(
    ("item", "words"),
    [
        (SEPTEMBER, "Báo cáo tháng 9/2024 (phần việc 20, 21), hạn 25/9/2024, quá 20 ngày"),
        (COMING, "Sắp đến hạn: Báo cáo tháng 10/2024 (phần việc 20), hạn 17/10/2024, còn 2 ngày"),
        (
            LateItem(LateKind.SOON, "Giải trình chỉ tiêu hộ", TODAY),
            "Sắp đến hạn: Giải trình chỉ tiêu hộ, hạn 15/10/2024, hôm nay là ngày cuối",
        ),
        (
            LateItem(LateKind.RETURNED, "Báo cáo tháng 8/2024", date(2024, 10, 12), (ROAD,)),
            "Bị trả lại, chưa gửi lại: Báo cáo tháng 8/2024 (phần việc 20), trả lại ngày 12/10/2024, đã 3 ngày",
        ),
        (
            LateItem(LateKind.OVERDUE, "Báo cáo tháng 4/2024", date(2024, 4, 25), (ROAD,), "kỳ đã khóa"),
            "Báo cáo tháng 4/2024 (phần việc 20), hạn 25/4/2024, quá 173 ngày; kỳ đã khóa",
        ),
        (
            LateItem(LateKind.FOLLOW_UP, "Gửi danh sách hộ.", date(2024, 10, 10)),
            "Gửi danh sách hộ, hạn 10/10/2024, quá 5 ngày",
        ),
    ],
)
def test_an_item_is_a_line_of_the_printed_list(item: LateItem, words: str):
    assert item.line(TODAY) == words


@pytest.mark.parametrize(
    ("found", "calls", "short"),
    [
        (unit(SEPTEMBER), True, "02 việc chậm, lâu nhất từ 25/9/2024"),
        (unit(SEPTEMBER, promised=date(2024, 10, 15)), False, "02 việc chậm, lâu nhất từ 25/9/2024"),
        (
            unit(SEPTEMBER, promised=date(2024, 10, 14)),
            True,
            "không giữ hẹn ngày 14/10/2024; 02 việc chậm, lâu nhất từ 25/9/2024",
        ),
        (
            unit(SEPTEMBER, promised=date(2024, 10, 14), open_=False),
            True,
            "02 việc chậm, lâu nhất từ 25/9/2024",
        ),
        (unit(COMING), False, ""),
    ],
)
def test_who_is_to_be_phoned_now(found: LateUnit, calls: bool, short: str):
    assert found.asks_for_a_call(TODAY) is calls
    assert found.in_short(TODAY) == short


def test_what_a_meeting_decided_is_a_promise_too():
    decided = LateItem(LateKind.FOLLOW_UP, "Gửi danh sách hộ", date(2024, 10, 10), note="kết luận cuộc họp")
    found = unit(decided, SEPTEMBER, promised=date(2024, 10, 20), position=9)
    old = unit(LateItem(LateKind.OVERDUE, "Báo cáo tháng 4/2024", date(2024, 4, 25), (ROAD,)))
    assert found.broke(TODAY)
    assert found.asks_for_a_call(TODAY)
    assert found.in_short(TODAY).startswith("không giữ hẹn ngày 10/10/2024; 03 việc chậm")
    assert sorted([old, found], key=lambda one: one.order(TODAY)) == [found, old]


def test_a_broken_promise_stands_first_even_where_nothing_else_is_late():
    broke = unit(COMING, promised=date(2024, 10, 14), position=9)
    assert min([unit(SEPTEMBER), broke], key=lambda one: one.order(TODAY)) is broke
    assert broke.behind(TODAY)


def test_broken_promises_come_first_and_kept_ones_wait():
    old = LateItem(LateKind.OVERDUE, "Báo cáo tháng 4/2024", date(2024, 4, 25), (ROAD,))
    broke = unit(SEPTEMBER, promised=date(2024, 10, 10), position=5)
    oldest, silent = unit(old, position=4), unit(SEPTEMBER, position=3)
    promised = unit(old, promised=date(2024, 10, 20), position=2)
    coming = unit(COMING, position=1)
    found = sorted([coming, promised, silent, oldest, broke], key=lambda one: one.order(TODAY))
    assert found == [broke, oldest, silent, promised, coming]

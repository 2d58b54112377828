"""What a leader remarks on the parts of a registration."""

from collections.abc import Sequence
from dataclasses import dataclass

from pledges.tasks.remarks import Remark, in_one, own_reason, place_label, remarks_on, whole_reason
from pledges.tasks.rules import TaskEventKind, TaskPart, TaskStatus

PRODUCT = Remark(TaskPart.PRODUCT, "Nghiệm thu cái gì?")
SECOND = Remark(TaskPart.INDICATORS, "Đo bằng mét.", 2)


@dataclass
class Event:
    kind: TaskEventKind
    remarks: Sequence[Remark] = ()


@dataclass
class Returned:
    status: TaskStatus
    events: Sequence[Event]


def test_a_part_is_called_as_the_form_calls_it():
    assert place_label(TaskPart.DATES) == "Thời gian"
    assert place_label(TaskPart.INDICATORS, 2) == "Chỉ tiêu 2"


def test_remarks_read_as_one_line():
    assert in_one([PRODUCT, SECOND]) == "Sản phẩm: Nghiệm thu cái gì?; Chỉ tiêu 2: Đo bằng mét."
    assert in_one([]) == ""


def test_nothing_is_said_twice():
    line = in_one([PRODUCT])
    assert (own_reason(line, [PRODUCT]), whole_reason(line, [PRODUCT])) == ("", line)
    assert own_reason("Chưa đủ.", [PRODUCT]) == "Chưa đủ."
    assert whole_reason("Chưa đủ.", [PRODUCT]) == f"Chưa đủ.\n{line}"
    assert (own_reason("Chưa đủ.", []), whole_reason("Chưa đủ.", [])) == ("Chưa đủ.", "Chưa đủ.")


def test_the_unit_answers_the_last_return_only():
    first = Event(TaskEventKind.RETURNED, [PRODUCT])
    last = Event(TaskEventKind.RETURNED, [SECOND])
    events = [first, Event(TaskEventKind.SUBMITTED), last, Event(TaskEventKind.EDITED)]
    assert remarks_on(Returned(TaskStatus.RETURNED, events)) == {(TaskPart.INDICATORS, 2): "Đo bằng mét."}
    assert remarks_on(Returned(TaskStatus.SUBMITTED, events)) == {}, "it was sent again"

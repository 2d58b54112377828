"""What a commitment lacks before it is frozen and signed."""

from collections import Counter
from datetime import date
from typing import Any

import pytest

from pledges.campaigns.models import Campaign
from pledges.commitments.models import Commitment, Signatory
from pledges.commitments.readiness import UnitReadiness, readiness_of
from pledges.commitments.rules import CommitmentStatus
from pledges.commitments.unit_tasks import UnitTasks
from pledges.tasks.rules import TaskStatus
from pledges.units.models import Unit

CAMPAIGN, UNIT = Campaign(id=3), Unit(id=7, name="Khu phố 1")
APPROVED = {TaskStatus.APPROVED: 2}


def signatory(position: int = 1, **said: Any) -> Signatory:
    facts = {"name": "Phạm Văn Đức", "post": "Khu trưởng", "account_id": 5}
    return Signatory(position=position, **facts | said)


def draft(*signatories: Signatory, **said: Any) -> Commitment:
    facts = {
        "id": 9, "status": CommitmentStatus.DRAFT, "place": "Hà Khánh", "dated_on": date(2024, 3, 29), "copies": 2,
        "witness": "Trần Quốc Hưng", "witness_post": "Chủ tịch", "terms": "Làm đúng hạn.",
    }  # fmt: skip
    return Commitment(**facts | said, signatories=list(signatories))


def ready(
    made: Commitment | None, tasks: dict[TaskStatus, int] = APPROVED, amendments: int = 0
) -> UnitReadiness:
    return readiness_of(CAMPAIGN, UNIT, made, UnitTasks(Counter(tasks), amendments))


def said(readiness: UnitReadiness) -> tuple[list[str], list[str]]:
    return [gap.words for gap in readiness.missing], [gap.words for gap in readiness.remarks]


def test_a_complete_one_lacks_nothing():
    found = ready(draft(signatory()))
    assert (found.complete, found.words, found.gaps) == (True, "Đã đủ", ())


@pytest.mark.parametrize(
    ("changes", "words", "anchor"),
    [
        ({"place": ""}, "chưa ghi địa danh", "place"),
        ({"terms": " \n"}, "chưa có điều khoản chung", "terms"),
        ({"terms": "Năm {năm}, {năm}."}, "điều khoản chung chưa điền {năm}", "terms"),
        ({"copies": 0}, "chưa ghi số bản", "copies"),
    ],
)
def test_what_must_be_written_is_missing(changes: dict[str, Any], words: str, anchor: str):
    found = ready(draft(signatory(), **changes))
    assert said(found) == ([words], [])
    assert found.words == f"Còn thiếu: {words}"
    link = found.missing[0].link
    assert (link.endpoint, link.arguments, link.anchor) == ("commitments.edit", {"commitment_id": 9}, anchor)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"dated_on": None}, "chưa ghi ngày, sẽ ghi tay khi ký"),
        ({"witness": "", "witness_post": ""}, "chưa ghi bên chứng kiến"),
    ],
)
def test_what_may_stay_open_is_only_told(changes: dict[str, Any], words: str):
    found = ready(draft(signatory(), **changes))
    assert said(found) == ([], [words])
    assert found.complete


def test_a_witness_may_be_named_by_the_post_alone():
    assert ready(draft(signatory(), witness="")).gaps == ()


def test_somebody_signs_and_in_a_post():
    assert said(ready(draft())) == (["chưa có người ký"], [])
    assert said(ready(draft(signatory(), signatory(2, post="")))) == (["người ký thứ 2 chưa ghi chức vụ"], [])


def test_whoever_signs_on_paper_alone_is_named():
    front = signatory(2, name="", post="Trưởng ban công tác Mặt trận", account_id=None)
    cell = signatory(3, name="Bà Hoa", post="Bí thư chi bộ", account_id=None)
    words = "chỉ ký trên giấy: Trưởng ban công tác Mặt trận (chưa ghi họ tên); Bà Hoa, Bí thư chi bộ"
    assert said(ready(draft(signatory(), front, cell))) == ([], [words])


def test_an_account_named_by_its_post_needs_no_name():
    assert ready(draft(signatory(name=""))).gaps == ()


def test_without_an_approved_task_nothing_can_be_frozen():
    found = ready(draft(signatory()), {TaskStatus.SUBMITTED: 2})
    assert said(found) == (["chưa có phần việc được duyệt"], ["02 phần việc chờ duyệt"])
    assert found.missing[0].link.arguments == {"phong-trao": 3, "don-vi": 7}
    assert found.remarks[0].link.arguments == {"phong-trao": 3, "don-vi": 7, "tinh-trang": "submitted"}


@pytest.mark.parametrize("status", [TaskStatus.APPROVED, TaskStatus.COMMITTED])
def test_tasks_that_wait_beside_approved_ones_stop_nothing(status: TaskStatus):
    found = ready(draft(signatory()), {status: 1, TaskStatus.SUBMITTED: 1})
    assert said(found) == ([], ["01 phần việc chờ duyệt"])


def test_a_proposed_amendment_is_told_and_stops_nothing():
    found = ready(draft(signatory()), amendments=1)
    assert said(found) == ([], ["01 đề nghị điều chỉnh chờ duyệt"])
    assert found.complete


def test_a_unit_without_a_draft_is_led_to_prepare_one():
    found = ready(None)
    assert said(found) == (["chưa soạn bản cam kết"], [])
    assert found.gaps[0].link.arguments == {"campaign_id": 3, "unit_id": 7}
    assert found.gaps[0].sentence == "Chưa soạn bản cam kết"


@pytest.mark.parametrize("status", [CommitmentStatus.FROZEN, CommitmentStatus.SIGNED])
def test_what_is_frozen_lacks_nothing_any_more(status: CommitmentStatus):
    assert ready(draft(place="", status=status), {}).gaps == ()

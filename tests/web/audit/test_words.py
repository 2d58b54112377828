"""Everything that the log holds has its words."""

import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from pledges.audit.fact_words import FIELD_WORDS
from pledges.audit.models import LogEntry
from pledges.audit.telling import changes, told
from pledges.audit.words import KIND_WORDS, WORDS
from tests.support.critic import SignIn
from tests.support.ward import Ward


def work_through(ward: Ward, sign_in: SignIn) -> None:
    """A little of everything that is logged."""
    task = ward.task("KP1", status="approved")
    ward.task("KP2", status="returned")
    ward.commitment("KP1", status="signed")
    ward.report(task, "2024-08", [10, 30], obstacle="Thiếu xi măng.", next_step="Đổ tiếp ngõ 16.")
    ward.report(task, "2024-09", [20, 35], status="returned")
    sign_in("admin").send(f"/quan-tri/don-vi/{ward.unit('KP3').id}/ket-thuc", {"valid_to": "31/12/2024"})
    sign_in("admin").send(f"/quan-tri/tai-khoan/{ward.account('clerk').id}/sua", {"phone": "111"})


def entries(ward: Ward) -> list[LogEntry]:
    return list(ward.session.scalars(select(LogEntry).order_by(LogEntry.number)))


def keys(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, part in value.items():
            yield key
            yield from keys(part)
    elif isinstance(value, list):
        for part in value:
            yield from keys(part)


def test_each_act_kind_and_fact_has_its_words(ward: Ward, sign_in: SignIn):
    work_through(ward, sign_in)
    for entry in entries(ward):
        assert entry.action in WORDS
        assert entry.subject_kind in KIND_WORDS
        for side in (entry.before, entry.after):
            facts = {key for key in keys(json.loads(side)) if not key.isdecimal()}
            assert facts <= set(FIELD_WORDS), entry.action


def test_no_code_of_the_program_is_shown(ward: Ward, sign_in: SignIn):
    work_through(ward, sign_in)
    codes = {
        "officer",
        "leader",
        "ward",
        "neighbourhood",
        "state",
        "thematic",
        "running",
        "approved",
        "up",
        "paper",
    }
    with ward.app.app_context():
        for entry in entries(ward):
            for change in changes(entry):
                if change.label in {"Tên đăng nhập", "Tài khoản"}:
                    continue
                parts = {
                    part.strip() for part in f"{change.before};{change.after}".replace(",", ";").split(";")
                }
                said = {part.rpartition(": ")[2] for part in parts}
                assert not codes & said, (entry.action, change)
                assert "None" not in change.after


def test_quantities_and_empty_facts_read_well(ward: Ward):
    entry = LogEntry(
        number=1, at=ward.now, actor_id=0, actor_name="Hệ thống", actor_post="", action="task.edited",
        subject_kind="task", subject_id=1, note="", previous="", hash="",
        before=json.dumps({"state_funding": "1234.5", "title": "", "accumulates": True}),
        after=json.dumps({"state_funding": "1250000", "title": "Bê tông hóa", "accumulates": False}),
    )  # fmt: skip
    with ward.app.app_context():
        found = {change.label: (change.before, change.after) for change in told(entry).changes}
    assert found == {
        "Ngân sách (triệu đồng)": ("1.234,5", "1.250.000"),
        "Tên": ("để trống", "Bê tông hóa"),
        "Cộng dồn": ("có", "không"),
    }

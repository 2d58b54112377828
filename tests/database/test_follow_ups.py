"""Follow-ups on both kinds of database: they are written down where something was decided, and end with an outcome."""

import json
from datetime import date, timedelta
from typing import Any

import pytest

from pledges.audit.models import LogEntry
from pledges.core.refusal import Refused
from pledges.followups import operations
from pledges.followups.models import FollowUp
from pledges.followups.operations import FollowUpEntry
from pledges.followups.queries import open_in, overdue, seen_by, whole
from pledges.followups.rules import FollowUpEnd, FollowUpSource
from tests.support.databases import Database
from tests.support.ward import Ward


@pytest.fixture
def ward(database: Database) -> Ward:
    return database.ward()


def entry(ward: Ward, **changes: Any) -> FollowUpEntry:
    said: dict[str, Any] = {
        "campaign": ward.campaign,
        "source": FollowUpSource.OWN,
        "text": "Bổ sung xi măng cho ngõ 12",
        "due_on": ward.day + timedelta(days=7),
    }
    return FollowUpEntry(**(said | changes))


def made(ward: Ward, **changes: Any) -> FollowUp:
    one = operations.make(ward.session, entry(ward, **changes), by=ward.actor("clerk"), at=ward.now)
    ward.settle()
    return one


def test_a_task_brings_its_unit_and_an_account_its_name(ward: Ward):
    one = made(ward, task=ward.task("KP1"), owner=ward.account("head_kp1"))
    assert (one.unit, one.owner_name) == (ward.unit("KP1"), "Phạm Văn Đức")
    assert (one.made_by_name, one.made_by_post, one.open) == ("Vũ Thị Thư", "Văn thư UBND phường", True)


def test_who_may_know_of_one(ward: Ward):
    at_unit, anybodys = made(ward, unit=ward.unit("KP1")), made(ward, owner=ward.account("officer_kp2"))
    seen = {
        name: [one.id for one in ward.session.scalars(seen_by(ward.actor(name)))]
        for name in ("officer_kp1", "officer_kp2", "clerk", "outsider", "admin")
    }
    assert seen == {
        "officer_kp1": [at_unit.id],
        "officer_kp2": [anybodys.id],
        "clerk": [at_unit.id, anybodys.id],
        "outsider": [],
        "admin": [],
    }


def test_what_is_open_and_what_is_overdue(ward: Ward):
    late = made(ward, unit=ward.unit("KP1"), owner=ward.account("head_kp1"), due_on=ward.day)
    undated = made(ward, unit=ward.unit("KP2"), due_on=None)
    done = made(ward, unit=ward.unit("KP1"))
    operations.end(ward.session, done, FollowUpEnd.DONE, "", by=ward.actor("clerk"), at=ward.now)
    ask = ward.session.scalars
    assert list(ask(whole())) == [late, undated, done]
    assert list(ask(open_in(ward.campaign.id))) == [late, undated]
    assert list(ask(overdue(whole(), ward.day))) == []
    assert list(ask(overdue(whole(), ward.day + timedelta(days=1)))) == [late]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"text": " "}, "Ghi việc phải làm"),
        ({"due_on": date(2024, 10, 14)}, r"từ ngày ghi việc \(15/10/2024\)"),
        ({"unit": "HP-KP1"}, "không thuộc phạm vi"),
        ({"source": FollowUpSource.CALL, "unit": "KP1"}, "người đã nghe máy"),
        ({"source": FollowUpSource.CALL, "spoke_to": "Đồng chí Lan"}, "Ghi rõ đơn vị"),
        ({"source": FollowUpSource.MEETING}, "ở trang của cuộc họp"),
    ],
)
def test_what_is_not_written_down(ward: Ward, changes: dict[str, Any], words: str):
    said = {name: ward.unit(value) if name == "unit" else value for name, value in changes.items()}
    with pytest.raises(Refused, match=words):
        made(ward, **said)


def test_a_change_keeps_the_source_and_tells_the_log_what_changed(ward: Ward):
    one = made(ward, source=FollowUpSource.CALL, unit=ward.unit("KP1"), spoke_to="Đồng chí Lan")
    later = ward.day + timedelta(days=14)
    again = entry(ward, unit=ward.unit("KP1"), due_on=later, owner_name="Đồng chí Lan")
    operations.edit(ward.session, one, again, by=ward.actor("leader"), at=ward.now)
    assert (one.source, one.spoke_to, one.due_on) == (FollowUpSource.CALL, "Đồng chí Lan", later)
    newest = ward.session.query(LogEntry).order_by(LogEntry.number.desc()).first()
    assert newest.action == "follow_up.edited"
    assert set(json.loads(newest.after)) == {"due_on", "responsible"}


def test_it_ends_once_and_is_dropped_for_a_reason(ward: Ward):
    one, clerk = made(ward), ward.actor("clerk")
    with pytest.raises(Refused, match="lý do"):
        operations.end(ward.session, one, FollowUpEnd.DROPPED, " ", by=clerk, at=ward.now)
    operations.end(ward.session, one, FollowUpEnd.DONE, "Đã cấp 5 tấn.", by=clerk, at=ward.now)
    assert (one.open, one.ended_as, one.outcome) == (False, FollowUpEnd.DONE, "Đã cấp 5 tấn.")
    for again in (
        lambda: operations.end(ward.session, one, FollowUpEnd.DONE, "", by=clerk, at=ward.now),
        lambda: operations.edit(ward.session, one, entry(ward), by=clerk, at=ward.now),
    ):
        with pytest.raises(Refused, match="đã kết thúc: đã xong"):
            again()

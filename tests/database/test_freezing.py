"""What is frozen is what was read, whatever another transaction changes between the two."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from pledges.commitments import operations, preparing
from pledges.commitments.rules import CommitmentStatus
from tests.support import apps
from tests.support.critic import Critic
from tests.support.databases import Database, Postgres, SQLite
from tests.support.ward import Ward

BETWEEN = {
    "a title": "UPDATE task SET title = 'Tên khác'",
    "a cancelled task": "UPDATE task SET status = 'cancelled' WHERE number = 2",
    "a target": "UPDATE indicator SET target = target + 1",
}


@pytest.fixture
def ward(postgres: Postgres, sqlite: SQLite, tmp_path: Path) -> Iterator[Ward]:
    """SQLite lets one transaction at a time write anyhow."""
    database = Database("postgresql", tmp_path, sqlite, postgres)
    yield database.ward()
    database.close()


@pytest.mark.parametrize("change", BETWEEN)
def test_what_changes_after_it_was_compared_is_not_frozen(
    ward: Ward, monkeypatch: pytest.MonkeyPatch, change: str
):
    ward.task()
    ward.task(title="Việc thứ hai")
    made = ward.commitment("KP1", "draft")
    ward.settle()
    freeze = operations.freeze

    def a_moment_later(*arguments: Any, **named: Any) -> str:
        with apps.engine_of(ward.app).begin() as other:
            assert other.execute(sa.text(BETWEEN[change])).rowcount > 0
        return freeze(*arguments, **named)

    clerk = Critic(ward, "clerk")
    form = clerk.get(f"/cam-ket/{made.id}/chot").form()
    monkeypatch.setattr(preparing.operations, "freeze", a_moment_later)
    page = clerk.send_form(form, status=200)
    monkeypatch.undo()
    assert "Nội dung vừa thay đổi so với trang đồng chí đọc" in page.errors[0]
    ward.settle()
    assert (made.status, made.digest) == (CommitmentStatus.DRAFT, None)
    clerk.send_form(page.form())
    ward.settle()
    assert made.status is CommitmentStatus.FROZEN
    assert made.digest == page.form().fields["seen"][0]

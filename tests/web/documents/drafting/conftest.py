"""What the tests of drafts begin with."""

import pytest
from sqlalchemy import select

from pledges.documents.models import Document


@pytest.fixture
def reported(ward):
    """A task of which September was reported, with an obstacle."""
    task = ward.task("KP1", "committed", title="Bê tông hóa ngõ tổ 3")
    ward.report(task, "2024-09", [75, 40], obstacle="Thiếu xi măng")
    return task


@pytest.fixture
def clerk(sign_in, reported):
    """The clerk's browser, with something to report on."""
    return sign_in("clerk")


@pytest.fixture
def draft(clerk):
    """The address of the editor of a progress report that was begun."""
    return clerk.send("/van-ban/soan/bao-cao-tien-do").location


@pytest.fixture
def newest(ward):
    """Asks for the document that was begun last, as the database has it now."""

    def ask() -> Document | None:
        ward.session.expire_all()
        ward.settle()
        return ward.session.scalars(select(Document).order_by(Document.id.desc())).first()

    return ask

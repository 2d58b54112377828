"""Drafts on both databases: begun, edited, refreshed, given up; what others wrote is found again."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import func, select

from pledges.core.refusal import Refused
from pledges.documents.drafting import operations, queries
from pledges.documents.drafting.composing import prose_of
from pledges.documents.drafting.operations import DocumentEntry, DraftEntry
from pledges.documents.drafting.rules import Prose
from pledges.documents.drafting.scopes import scope_for, scope_of
from pledges.documents.models import Document, ProsePiece
from pledges.documents.rules import DocumentStatus, PaperKind
from tests.support.issuing import drafted, issued

SAID = {("causes", ""): Prose("Mưa bão."), ("totals", "mean"): Prose("", printed=False)}


def test_a_draft_s_way(database):
    ward = database.ward()
    session, clerk = ward.session, ward.actor("clerk")
    scope = scope_for(ward.day, unit=ward.unit("KP1"), period=ward.period("2024-09"))
    entry = DocumentEntry(campaign=ward.campaign, kind=PaperKind.FINAL_REPORT, scope=scope)
    made = operations.begin(session, entry, by=clerk, at=ward.now)
    session.commit()
    assert scope_of(made) == scope
    said = DraftEntry(abstract="Tổng kết", prose=SAID)
    operations.edit(session, made, said, by=clerk, at=ward.now)
    session.commit()
    version = made.version
    operations.edit(session, made, said, by=clerk, at=ward.now)
    session.commit()
    assert made.version == version, "nothing changed, so nothing is counted"
    assert prose_of(made) == SAID
    operations.edit(session, made, replace(said, prose={("causes", ""): Prose()}), by=clerk, at=ward.now)
    session.commit()
    assert made.version > version, "prose counts as a change of its document"
    assert ("causes", "") not in prose_of(made)
    operations.refresh(session, made, scope_of(made, date(2024, 10, 1)), by=clerk, at=ward.now)
    session.commit()
    assert made.as_of == date(2024, 10, 1)
    operations.discard(session, made, by=clerk, at=ward.now)
    session.commit()
    assert session.scalar(select(func.count(ProsePiece.id))) == 0


def test_drafts_of_the_same_scope_are_found(database):
    ward = database.ward()
    whole = drafted(ward)
    found = list(ward.session.scalars(queries.open_alike(ward.campaign.id, PaperKind.PROGRESS_REPORT)))
    assert found == [whole]
    of_unit = scope_for(ward.day, unit=ward.unit("KP1"))
    alike = queries.open_alike(ward.campaign.id, PaperKind.PROGRESS_REPORT, of_unit)
    assert not list(ward.session.scalars(alike))
    same = queries.open_alike(ward.campaign.id, PaperKind.PROGRESS_REPORT, scope_of(whole))
    assert list(ward.session.scalars(same)) == [whole]


def test_what_was_issued_is_offered_and_replaced_once(database):
    ward = database.ward()
    old = issued(ward, prose=SAID)
    draft = drafted(ward, prose={("causes", ""): Prose("Chưa phát hành.")})
    assert [one.text for one in ward.session.scalars(queries.said_before(draft))] == ["Mưa bão."]
    clerk = ward.actor("clerk")
    entry = DocumentEntry(campaign=ward.campaign, kind=old.kind, scope=scope_of(old), replaces=old)
    new = operations.begin(ward.session, entry, by=clerk, at=ward.now)
    ward.session.commit()
    assert prose_of(new) == SAID
    with pytest.raises(Refused, match="Đã có dự thảo thay thế"):
        operations.begin(ward.session, entry, by=clerk, at=ward.now)
    with pytest.raises(Refused, match="Chỉ thay thế được"):
        operations.begin(ward.session, replace(entry, replaces=draft), by=clerk, at=ward.now)


@pytest.mark.parametrize("status", [DocumentStatus.SUBMITTED])
def test_what_is_submitted_stays_as_it_is(database, status):
    ward = database.ward()
    document: Document = drafted(ward)
    document.status = status
    ward.session.commit()
    clerk, at = ward.actor("clerk"), ward.now
    for act in (
        lambda: operations.edit(ward.session, document, DraftEntry(abstract="Khác"), by=clerk, at=at),
        lambda: operations.refresh(ward.session, document, scope_of(document), by=clerk, at=at),
        lambda: operations.discard(ward.session, document, by=clerk, at=at),
    ):
        with pytest.raises(Refused, match="không sửa được nữa"):
            act()

"""The list of calls as tests read it, and promises made in it."""

from datetime import date

from sqlalchemy import select

from pledges.documents.calls.operations import CallEntry, note_call
from pledges.followups.models import FollowUp
from pledges.tasks.models import Task
from tests.support.page import Page
from tests.support.ward import Ward

URL = "/don-doc"


def rows(page: Page) -> dict[str, list[str]]:
    return {row[0]: row for row in page.table()[1:]} if page.of_class("call-list") else {}


def form_of(ward: Ward, code: str = "KP1") -> str:
    return f"{URL}/{ward.campaign.id}/{ward.unit(code).id}"


def promised(ward: Ward, day: date | None, code: str = "KP1") -> FollowUp:
    entry = CallEntry("Chị Lan", "Đang tổng hợp số liệu.", day)
    made = note_call(ward.session, ward.campaign, ward.unit(code), entry, by=ward.actor("clerk"), at=ward.now)
    ward.session.commit()
    return made


def task_of(ward: Ward, title: str) -> Task:
    return ward.session.scalars(select(Task).where(Task.title == title)).one()

"""Several who bring files to one report at the same moment: every file is kept, on both databases."""

from typing import Any

import pytest
from sqlalchemy import select

from pledges.progress.models import Evidence, Report
from tests.support.critic import Critic
from tests.support.databases import Database
from tests.support.files import png, upload
from tests.support.live import at_once
from tests.support.ward import Ward
from tests.web.progress.sheets import url


@pytest.fixture
def ward(database: Database) -> Ward:
    return database.ward()


PEOPLE = ("officer_kp1", "mate_kp1", "officer_kp1")


@pytest.mark.parametrize("begun", [False, True], ids=["nobody has begun the report", "a draft is there"])
def test_no_photo_is_lost_to_another(ward: Ward, *, begun: bool):
    task = ward.task()
    if begun:
        ward.report(task, "2024-10", [30, 60], status="draft")
    address = url(ward, task)
    people = [Critic(ward, name) for name in PEOPLE]
    forms = [person.get(address).form().fields for person in people]
    sent = [{name: form[name][0] for name in ("form_key", "version")} for form in forms]
    ward.settle()

    def bring(turn: int) -> Any:
        photo = {"evidence": upload(png(turn), f"Ảnh {turn}.png")}
        return people[turn].client.post(f"{address}/minh-chung", data=sent[turn] | photo)

    answers = at_once(len(PEOPLE), bring)
    assert [(one.status_code, one.json["words"]) for one in answers] == [(200, "")] * len(PEOPLE)
    ward.settle()
    kept = ward.session.scalars(select(Evidence.name).order_by(Evidence.name))
    assert list(kept) == ["Ảnh 0.png", "Ảnh 1.png", "Ảnh 2.png"]
    assert len(ward.session.scalars(select(Report)).all()) == 1
    assert sum(one.json["version"] is not None for one in answers) == 1, "who comes later saw it otherwise"

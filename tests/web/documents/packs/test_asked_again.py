"""Lập lại: a pack that somebody asks for again while it is still drawn, and one that the database refuses at once."""

import errno

import pytest
from sqlalchemy.exc import OperationalError

from pledges.documents.packs import drawing, views
from pledges.documents.packs.rules import JobStatus
from tests.web.documents.packs.conftest import TAP, during


@pytest.fixture
def changed_mind(sign_in, asked, monkeypatch):
    """Once, while the pack is drawn, it is given up and asked for again; what else then happens can be added."""
    clerk, after = sign_in("clerk"), []

    def act():
        if not (after and after[0] is None):
            clerk.send(asked, action=f"{asked}/huy")
            clerk.send(asked, action=f"{asked}/lap-lai")
            for one in after:
                one()
            after[:] = [None]

    during(monkeypatch, act)
    return after


def test_given_up_and_asked_for_again_while_it_is_drawn_it_is_drawn(
    asked, neighbour, changed_mind, job_of, shelf
):
    assert neighbour.work() == 1
    assert job_of().status is JobStatus.DONE
    assert shelf.file(job_of()).exists()


def test_whoever_was_woken_while_it_is_drawn_elsewhere_leaves_it_to_them(
    ward, asked, neighbour, changed_mind, job_of, monkeypatch
):
    monkeypatch.setattr("pledges.core.locks.held.__wrapped__.__defaults__", (0.0,))
    seen = []
    changed_mind.append(lambda: seen.append(drawing.draw_waiting()))
    number = job_of().id
    ward.settle()
    with ward.app.app_context():
        assert drawing.draw(number)
    assert seen == [0]
    assert job_of().status is JobStatus.DONE


def test_failed_just_when_it_was_asked_for_again_it_is_drawn(sign_in, asked, neighbour, monkeypatch, job_of):
    clerk, honest, tries = sign_in("clerk"), drawing.write, []

    def write(*arguments: object) -> int:
        tries.append(1)
        if len(tries) > 1:
            return honest(*arguments)
        clerk.send(asked, action=f"{asked}/huy")
        clerk.send(asked, action=f"{asked}/lap-lai")
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(drawing, "write", write)
    neighbour.work()
    assert (len(tries), job_of().status) == (2, JobStatus.DONE)


def test_what_the_database_refuses_at_once_is_drawn_beside(sign_in, three, neighbour, monkeypatch, job_of):
    def busy(_number: int) -> bool:
        raise OperationalError("UPDATE print_job", {}, Exception("database is locked"))

    monkeypatch.setattr(views, "drawn_at_once", lambda *_size: True)
    monkeypatch.setattr(drawing, "draw", busy)
    place = sign_in("clerk").send(f"{TAP}/ban-cam-ket").location
    assert place == f"{TAP}/{job_of().id}"
    assert (job_of().status, neighbour.called) == (JobStatus.WAITING, 1)

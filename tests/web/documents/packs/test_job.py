"""Tập in đã yêu cầu: how far it has come, giving it up, what went wrong, and how long it stays."""

import errno
import os
import stat
import time
from datetime import date

import pytest

from pledges.documents.packs import beside, drawing, writing
from pledges.documents.packs.rules import Asked, JobStatus
from tests.web.documents.packs.conftest import TAP, during, starts


def test_it_waits_is_drawn_and_can_be_fetched(sign_in, asked, neighbour, job_of, shelf):
    clerk = sign_in("clerk")
    page = clerk.get(asked)
    assert "Đang chờ" in page.text
    assert neighbour.called
    clerk.get(f"{asked}/tep", status=404)
    assert neighbour.work() == 1
    page = clerk.get(asked)
    assert "Tập đã xong" in page.text
    assert "Tệp được giữ thêm 24 giờ" in page.text
    assert len(starts(clerk.get(f"{asked}/tep").bytes)) == 3
    job = job_of()
    assert (job.status, job.done, job.total) == (JobStatus.DONE, 3, 3)
    assert stat.S_IMODE(shelf.file(job).stat().st_mode) == 0o600
    assert stat.S_IMODE(shelf.folder.stat().st_mode) == 0o700


def test_how_far_it_has_come_stands_on_the_page(sign_in, asked, neighbour, monkeypatch):
    clerk, seen = sign_in("clerk"), []
    during(monkeypatch, lambda: seen.append(clerk.get(asked).text))
    neighbour.work()
    assert "Đã lập 1/3 văn bản" in seen[0]


def test_how_many_are_before_it_is_said(sign_in, asked, neighbour, job_of):
    sign_in("leader").send(f"{TAP}/bao-cao-don-vi")
    page = sign_in("leader").get(f"{TAP}/{job_of().id}")
    assert "trước tập này còn 01 tập" in page.text


def test_given_up_before_anybody_began(sign_in, asked, neighbour, job_of, shelf):
    clerk = sign_in("clerk")
    page = clerk.send(asked, action=f"{asked}/huy", follow=True)
    assert "Tập đã hủy" in page.text
    assert neighbour.work() == 0
    assert job_of().status is JobStatus.CANCELLED
    assert not shelf.file(job_of()).exists()


def test_given_up_while_it_is_drawn_leaves_nothing(sign_in, asked, neighbour, monkeypatch, job_of, shelf):
    clerk = sign_in("clerk")
    during(monkeypatch, lambda: clerk.send(asked, action=f"{asked}/huy"))
    neighbour.work()
    assert job_of().status is JobStatus.CANCELLED
    assert [path.name for path in shelf.folder.iterdir() if path.suffix != ".lock"] == []
    clerk.get(f"{asked}/tep", status=404)


def test_given_up_at_the_last_moment_leaves_nothing(sign_in, asked, neighbour, monkeypatch, job_of, shelf):
    clerk, honest = sign_in("clerk"), drawing.write

    def write(*arguments: object) -> int:
        written = honest(*arguments)
        clerk.send(asked, action=f"{asked}/huy")
        return written

    monkeypatch.setattr(drawing, "write", write)
    neighbour.work()
    assert job_of().status is JobStatus.CANCELLED
    assert not shelf.file(job_of()).exists()


def test_what_is_over_is_not_given_up(sign_in, asked, neighbour):
    clerk = sign_in("clerk")
    form = clerk.get(asked).form(f"{asked}/huy")
    neighbour.work()
    page = clerk.send_form(form, status=200)
    assert "không còn gì để hủy" in page.text


def test_a_character_that_no_face_has_names_the_paper(ward, sign_in, neighbour, three, job_of):
    ward.task("KP1", title="Trồng hoa 🌸 ven đường")
    clerk = sign_in("clerk")
    clerk.send(f"{TAP}/bao-cao-don-vi")
    neighbour.work()
    page = clerk.get(f"{TAP}/{job_of().id}")
    assert "Không lập được tập" in page.text
    assert "Khu phố 1: Không in được ký tự" in page.text


def test_a_full_disk_is_said_and_it_can_be_asked_for_again(
    sign_in, asked, neighbour, monkeypatch, shelf, job_of
):
    def full(*_arguments: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    clerk = sign_in("clerk")
    with monkeypatch.context() as narrow:
        narrow.setattr(drawing, "write", full)
        neighbour.work()
    assert "Đĩa của máy chủ đã đầy" in clerk.get(asked).text
    assert not (shelf.folder / f"{job_of().id}.part").exists()
    clerk.send(asked, action=f"{asked}/lap-lai")
    assert neighbour.work() == 1
    assert "Tập đã xong" in clerk.get(asked).text


def test_a_fault_of_the_program_is_said_without_its_details(sign_in, asked, neighbour, monkeypatch):
    def broken(*_arguments: object) -> int:
        raise KeyError("mật")

    monkeypatch.setattr(drawing, "write", broken)
    neighbour.work()
    page = sign_in("clerk").get(asked)
    assert "Chương trình gặp lỗi khi lập tập này" in page.text
    assert "mật" not in page.text.replace("bí mật", "")


def test_nothing_is_left_of_what_was_asked_for(ward, sign_in, asked, neighbour, monkeypatch):
    monkeypatch.setattr(writing, "papers_of", lambda *_from: iter(()))
    neighbour.work()
    assert "Không còn văn bản nào để đưa vào tập" in sign_in("clerk").get(asked).text


def test_it_stays_a_day(sign_in, asked, neighbour, shelf, job_of):
    neighbour.work()
    clerk, job = sign_in("clerk"), job_of()
    yesterday = time.time() - 24 * 3600 - 1
    os.utime(shelf.file(job), (yesterday, yesterday))
    assert "Tệp đã hết hạn" in clerk.get(asked).text
    clerk.get(f"{asked}/tep", status=404)
    assert "Đã hết hạn" in clerk.get(TAP).text
    assert not shelf.file(job).exists()


@pytest.mark.parametrize("begun", ["asked for", "started"])
def test_what_is_too_old_goes_with_the_next_pack_and_with_the_next_start(
    ward, sign_in, asked, neighbour, shelf, job_of, begun
):
    neighbour.work()
    job, yesterday = job_of(), time.time() - 24 * 3600 - 1
    os.utime(shelf.file(job), (yesterday, yesterday))
    if begun == "started":
        beside.wake_if_needed(ward.app)
    else:
        sign_in("clerk").send(f"{TAP}/bao-cao-don-vi")
        neighbour.work()
    assert not shelf.file(job).exists()


def test_an_old_sign_is_not_tidied_away_under_a_new_drawer(asked, neighbour, shelf, job_of):
    neighbour.work()
    number, yesterday = job_of().id, time.time() - 24 * 3600 - 1
    os.utime(shelf.folder / f"{number}.lock", (yesterday, yesterday))
    with shelf.at_work(number) as mine:
        assert mine
        shelf.tidy()
        assert not shelf.deserted(number)


def test_whoever_draws_it_died_and_the_next_says_so(ward, sign_in, asked, neighbour, job_of, freeze):
    job = job_of()
    job.status, job.started_at = JobStatus.DRAWING, ward.now
    ward.session.commit()
    clerk = sign_in("clerk")
    assert "Tập bị ngắt giữa chừng" in clerk.get(asked).text
    assert neighbour.work() == 0
    page = clerk.get(asked)
    assert "Việc lập tập bị ngắt giữa chừng" in page.text
    freeze(date(2024, 10, 17))
    clerk.send(asked, action=f"{asked}/lap-lai")
    assert neighbour.work() == 1
    job = job_of()
    assert job.status is JobStatus.DONE
    assert Asked.read(job.asked).today == date(2024, 10, 17)


def test_one_that_is_drawn_is_not_taken_for_dead(ward, sign_in, asked, neighbour, shelf, job_of, monkeypatch):
    states = []

    def look():
        drawing.fail_deserted(shelf)
        states.append(job_of().status)
        ward.settle()

    during(monkeypatch, look)
    neighbour.work()
    assert states == [JobStatus.DRAWING]
    assert job_of().status is JobStatus.DONE


def test_ended_by_the_machine_it_waits_for_the_next_start(asked, neighbour, monkeypatch, job_of, shelf):
    def ended(*_arguments: object) -> int:
        raise SystemExit(0)

    with monkeypatch.context() as narrow:
        narrow.setattr(drawing, "write", ended)
        with pytest.raises(SystemExit):
            neighbour.work()
    assert job_of().status is JobStatus.WAITING
    assert neighbour.work() == 1
    assert job_of().status is JobStatus.DONE


def test_only_one_process_draws_at_a_time(ward, asked, neighbour, shelf, job_of, monkeypatch):
    monkeypatch.setattr("pledges.core.locks.held.__wrapped__.__defaults__", (0.0,))
    with shelf.turn() as mine:
        assert mine
        assert neighbour.work() == 0
    assert job_of().status is JobStatus.WAITING


@pytest.mark.parametrize("person", ["leader", "leader2"])
def test_another_clerk_does_not_learn_of_it(sign_in, asked, neighbour, person):
    neighbour.work()
    other = sign_in(person)
    other.get(asked, status=404)
    other.get(f"{asked}/tep", status=404)
    other.post(f"{asked}/huy", status=404)
    other.post(f"{asked}/lap-lai", status=404)
    assert "chưa lập tập nào" in other.get(TAP).text


@pytest.mark.parametrize("person", ["officer_kp1", "outsider", "admin", "ended"])
def test_strangers_are_refused(sign_in, asked, person):
    sign_in(person).get(asked, status=403)


def test_nobody_is_led_to_sign_in(sign_in, asked):
    assert "/dang-nhap" in sign_in("nobody").get(asked, status=302).location


def test_the_list_tells_how_each_stands(sign_in, asked, neighbour):
    clerk = sign_in("clerk")
    assert "Đang chờ" in clerk.get(TAP).text
    neighbour.work()
    page = clerk.get(TAP)
    assert "Đã xong" in page.text
    assert f"{asked}/tep" in [link.url for link in page.links]

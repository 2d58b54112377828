"""Máy chủ: what the page says, who sees it, a backup at once, a sealed one to take along."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from pyrage import x25519

from pledges.audit.queries import newest_first
from pledges.core import clock
from pledges.upkeep import beside, nightly, shelf, standing, working
from pledges.upkeep.rules import BackupKind, Name
from tests.support.backups import backed_up, place_of
from tests.support.critic import SignIn
from tests.support.page import Page
from tests.support.queries import CountQueries
from tests.support.ward import Ward
from tests.web.accounts.people import administrator

PAGE, NOW, TAKE = "/quan-tri/may-chu", "/quan-tri/may-chu/sao-luu", "/quan-tri/may-chu/ban-sao-luu"


@pytest.fixture
def launched(monkeypatch: pytest.MonkeyPatch) -> list[BackupKind]:
    """The backups that were begun; no process is started."""
    begun: list[BackupKind] = []
    monkeypatch.setattr(beside, "begin", lambda _app, kind: begun.append(kind))
    return begun


@pytest.fixture
def sealing(ward: Ward) -> Iterator[Flask]:
    """The application of an office that has a key."""
    ward.app.config["BACKUP_KEY"] = str(x25519.Identity.generate())
    yield ward.app
    ward.app.config["BACKUP_KEY"] = None


def offered(page: Page) -> list[str]:
    return [link.url for link in page.links if link.url.startswith(TAKE)]


@pytest.mark.parametrize("url", [PAGE, NOW, f"{TAKE}/sao-luu-20261124-100000-tay.tar"])
@pytest.mark.parametrize("name", ["officer_kp1", "head_kp1", "leader", "clerk", "outsider"])
def test_it_is_for_administrators_alone(sign_in: SignIn, name: str, url: str):
    sign_in(name).get(url, 403)


def test_nobody_is_asked_to_sign_in(sign_in: SignIn):
    for url in (PAGE, NOW):
        assert "/dang-nhap" in sign_in("nobody").get(url, 302).location


def test_an_administrator_of_a_part_is_told_of_nothing(ward: Ward, sign_in: SignIn):
    administrator(ward, "KP1", "adm_kp1")
    part = "adm_kp1"
    for url in (PAGE, NOW):
        sign_in(part).get(url, 404)
    assert "Máy chủ" not in sign_in(part).get("/quan-tri/tai-khoan").text
    assert "Máy chủ" in sign_in("admin").get("/quan-tri/tai-khoan").text


def test_without_a_backup_it_says_so(sign_in: SignIn):
    page = sign_in("admin").get(PAGE)
    assert page.h1 == "Máy chủ"
    for words in (
        "Chưa có bản sao lưu nào",
        "chưa lần nào",
        "cùng ổ đĩa với kho",
        "chưa được niêm bằng khóa",
        "SQLite",
    ):
        assert words in page.text, words


def test_with_one_it_says_when_what_and_how_the_rehearsal_went(
    ward: Ward, sign_in: SignIn, count_queries: CountQueries
):
    path, rehearsal = backed_up(ward.app)
    assert rehearsal.manifest
    admin = sign_in("admin")
    page = admin.get(PAGE)
    assert path.name in page.text
    assert f"nhật ký toàn vẹn đến mục {rehearsal.manifest.sealed}" in page.text
    assert "Được" in page.text
    assert not offered(page), "an open one is never handed out"
    admin.get(f"{TAKE}/{path.name}", 404)
    with count_queries() as once:
        admin.get(PAGE)
    backed_up(ward.app)
    with count_queries() as twice:
        admin.get(PAGE)
    assert len(twice) == len(once)


def test_one_that_can_not_be_put_back_is_told(ward: Ward, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(
        working, "rehearse", lambda *_: shelf.Rehearsal("2026-11-24T00:00:00+00:00", 1, ("hỏng",), None)
    )
    backed_up(ward.app)
    text = sign_in("admin").get(PAGE).text
    assert "Lần sao lưu gần nhất không thành" in text
    assert "Không được" in text


def test_a_press_begins_one_and_is_logged(ward: Ward, sign_in: SignIn, launched: list[BackupKind]):
    sign_in("admin").send(NOW, {}, follow=True)
    assert launched == [BackupKind.BY_HAND]
    assert ward.session.scalars(newest_first()).first().action == "account.backup_asked"


def test_a_sealed_one_is_handed_out_and_logged(ward: Ward, sealing: Flask, sign_in: SignIn):
    path, rehearsal = backed_up(sealing)
    assert rehearsal.whole
    admin = sign_in("admin")
    assert offered(admin.get(PAGE)) == [f"{TAKE}/{path.name}"]
    answer = admin.send(f"{TAKE}/{path.name}", {}, status=200)
    assert answer.answer.data == path.read_bytes()
    assert path.name in answer.headers["Content-Disposition"]
    entry = ward.session.scalars(newest_first()).first()
    assert (entry.action, path.name in entry.after) == ("account.backup_downloaded", True)


@pytest.mark.parametrize(
    "name", ["khong-co.tar", "..%2F..%2Fsecret-key", "sao-luu-20261124-100000-tay.tar", "%00"]
)
def test_no_other_file_is_handed_out(sign_in: SignIn, name: str):
    sign_in("admin").get(f"{TAKE}/{name}", 404)


def test_how_far_it_is_stands_on_the_page(ward: Ward, sign_in: SignIn):
    place = place_of(ward.app)
    with working.held(place.work / "backup.lock"):
        progress = working._Progress(place.work / "backup.json")
        progress.tell("files", 3_000_000, 12_000_000)
        page = sign_in("admin").get(PAGE)
        assert "3,0 MB trong 12,0 MB" in page.text
        with pytest.raises(working.BackupError, match="Đang có một lần sao lưu khác"):
            backed_up(ward.app)


def test_the_first_page_warns_after_thirty_six_hours(
    ward: Ward, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
):
    warning = "Đã quá 36 giờ chưa có bản sao lưu tốt"
    backed_up(ward.app)
    (ward.app.config["INSTANCE"] / "secret-key").write_text("made long ago", encoding="utf-8")
    now = clock.real()
    assert warning not in sign_in("admin").get("/").text
    for hours, said in ((35, False), (37, True)):
        monkeypatch.setattr(standing.clock, "real", lambda hours=hours: now + timedelta(hours=hours))
        assert (warning in sign_in("admin").get("/").text) is said
        assert (warning in sign_in("admin").get(PAGE).text) is said
    assert warning not in sign_in("leader").get("/").text


def test_the_night_watchman_begins_one_a_day(
    ward: Ward, launched: list[BackupKind], monkeypatch: pytest.MonkeyPatch
):
    day = clock.day_of(clock.real())
    watchman = nightly.Watchman(ward.app, 2)
    assert not watchman.look(clock.at(day, 1, 59))
    assert watchman.look(clock.at(day, 2))
    monkeypatch.setattr(
        "pledges.upkeep.taking._free_name", lambda _place, kind: Name(clock.at(day, 2, 1), kind)
    )
    backed_up(ward.app)
    assert not watchman.look(clock.at(day, 23))
    assert watchman.look(clock.at(day + timedelta(days=1), 9)), "a machine that was off makes up for it"
    assert launched == [BackupKind.NIGHTLY] * 2


def test_after_a_failure_it_is_tried_again_in_an_hour(ward: Ward, launched: list[BackupKind]):
    place, now = place_of(ward.app), clock.real()
    working._Progress(place.work / "backup.json").end(working.FAILED, "đĩa đầy")
    assert not nightly.due(place, 0, now + timedelta(minutes=59))
    assert nightly.due(place, 0, now + timedelta(minutes=61))
    assert launched == []

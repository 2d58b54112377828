"""Both kinds of database find what the words say, and the best of it first, however much there is."""

import random
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pledges.index import queries
from pledges.index.matching import WIDEST
from pledges.index.models import EntryKind, SearchEntry
from pledges.index.queries import Among, Page, held, ranked, ranked_each
from pledges.index.rules import Asked, Text, folded, rank
from pledges.tasks.models import Task
from tests.support.databases import KINDS, Database, SQLite
from tests.support.ward import Ward

WORDS = (
    "đường",
    "Đường",
    "duong",
    "dương",
    "Hà",
    "hạ",
    "Khánh",
    "khá",
    "khánh",
    "ngõ",
    "Ngô",
    "12",
    "1",
    "m²",
    "và",
)
TITLES = 120


@pytest.fixture(scope="module", params=KINDS)
def ward(
    request: pytest.FixtureRequest, sqlite: SQLite, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Ward]:
    """Tasks whose texts are of few words, so that whatever is asked fits some of them."""
    server = request.getfixturevalue("postgres") if request.param == "postgresql" else None
    database = Database(request.param, tmp_path_factory.mktemp("search"), sqlite, server)
    made = database.ward()
    dice = random.Random(5)  # noqa: S311 - the same texts each time
    lead = made.unit("KP1")
    for _ in range(TITLES):
        title, product = (" ".join(dice.choices(WORDS, k=dice.randint(1, 4))) for _ in range(2))
        made.session.add(
            Task(
                campaign=made.campaign, lead_unit=lead, title=title, product=product,
                start_on=made.campaign.starts_on, due_on=made.campaign.ends_on,
                entered_by_id=1, entered_by_name="An", entered_at=made.now,
            )
        )  # fmt: skip
    made.session.commit()
    yield made
    database.close()


TASKS = Among(EntryKind.TASK, (), Task.id, (), Task.id)


def found(ward: Ward, typed: str) -> list[int]:
    return [fit.record_id for fit in ranked(ward.session, Asked.read(typed), TASKS).fits]


def expected(ward: Ward, typed: str) -> list[int]:
    """By reading every text."""
    asked, fitting = Asked.read(typed), []
    for entry in ward.session.query(SearchEntry).filter_by(kind=EntryKind.TASK):
        whole = f" {entry.title_fold} | {entry.body_fold} "
        words = [f" {' '.join(term.folded)}{'' if term.begins else ' '}" for term in asked.terms]
        if words and all(one in whole for one in words):
            place = rank(asked, entry.title, entry.title_fold, entry.body, entry.body_fold)
            fitting.append((place, entry.sort, entry.record_id))
    return [record_id for _place, _sort, record_id in sorted(fitting)]


QUESTIONS = st.lists(
    st.sampled_from([*WORDS, "đườ", "kh", "Hà Khánh", '"hà khánh"', '"', "*", "AND", "k", "khu phố 1"]),
    min_size=1,
    max_size=4,
).map(" ".join)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(typed=QUESTIONS)
def test_what_is_found_is_what_holds_the_words(ward: Ward, typed: str):
    assert found(ward, typed) == expected(ward, typed)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(typed=st.text(max_size=60) | st.text(alphabet="\"*:^(){}-+&|!<>\\'%_ anđ\x00\ud800", max_size=30))
def test_whatever_is_typed_is_answered(ward: Ward, typed: str):
    found(ward, typed)


@pytest.mark.parametrize(
    "typed",
    ["đường", "duong", "đuong", "ĐƯỜNG", "đường hà", "duong ha", "kh", "ngo", "hà khánh", "12 ngõ", "d"],
)
@pytest.mark.parametrize("most", [3, 8, 20])
def test_the_best_come_first_where_there_is_too_much_to_rank(
    ward: Ward, monkeypatch: pytest.MonkeyPatch, typed: str, most: int
):
    """Of more than are ranked, none that is shown fits worse than one of a better stage that isn't."""
    best = expected(ward, typed)
    asked = Asked.read(typed)
    monkeypatch.setattr(queries, "RANKED", most)
    answer = ranked(ward.session, asked, TASKS)
    assert not answer.more
    assert {fit.record_id for fit in answer.fits} == set(best)
    if len(best) <= most:
        assert [fit.record_id for fit in answer.fits] == best
        return
    shown = answer.fits[:most]
    assert shown == sorted(shown)
    exact = [place for place in (rank_of(ward, asked, record) for record in best[:most]) if place[0] == 0]
    assert [fit.rank[:2] for fit in shown][: len(exact)] == [place[:2] for place in exact]


def rank_of(ward: Ward, asked: Asked, record_id: int) -> tuple[int, ...]:
    entry = ward.session.query(SearchEntry).filter_by(kind=EntryKind.TASK, record_id=record_id).one()
    return rank(asked, entry.title, entry.title_fold, entry.body, entry.body_fold)


def test_counting_alone(ward: Ward, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(queries, "RANKED", 3)
    monkeypatch.setattr(queries, "MOST", 5)
    (answer,) = ranked_each(ward.session, Asked.read("duong"), [(TASKS, 0)])
    assert (len(answer.fits), answer.more) == (5, True)


def test_what_is_too_much_to_rank_follows_newest_first(ward: Ward, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(queries, "RANKED", 5)
    monkeypatch.setattr(queries, "MOST", 30)
    answer = ranked(ward.session, Asked.read("duong"), TASKS)
    assert (len(answer.fits), answer.more) == (30, True)
    rest = [fit.record_id for fit in answer.fits if fit.rank[0] > 2]
    assert rest == sorted(rest, reverse=True)
    assert len({fit.record_id for fit in answer.fits}) == 30


@pytest.mark.parametrize("signs", [("u999",), ("k999", "o999")])
def test_other_places_hold_nothing(ward: Ward, signs: tuple[str, ...]):
    among = Among(EntryKind.TASK, (signs,), Task.id, (), Task.id)
    assert ranked(ward.session, Asked.read("duong"), among).fits == []


def test_who_reaches_nothing_asks_nothing(ward: Ward):
    among = Among(EntryKind.TASK, ((),), Task.id, (), Task.id)
    assert ranked(ward.session, Asked.read("duong"), among).fits == []


def test_the_words_of_the_question_are_letters_and_digits(ward: Ward):
    """They stand in the statement itself for PostgreSQL: nothing of the typed signs reaches it."""
    nasty = Asked.read("x'; DROP TABLE task; -- đường\\")
    assert all(word.isalnum() for term in nasty.terms for word in (*term.folded, *term.spelt))
    singly = ward.session.get_bind().dialect.name == "postgresql"
    ward.session.execute(held(nasty, TASKS, WIDEST, Page(5), singly=singly)).all()


@pytest.mark.parametrize(
    "typed",
    ["duong ha khanh", "ĐƯỜNG HÀ KHÁNH", "đường hà", "đuong ha khanh", "Đu\u031bo\u031b\u0300ng Ha\u0300"],
)
def test_the_ways_of_typing_a_name(ward: Ward, typed: str):
    task = ward.task("KP2", title="Vỉa hè đường Hà Khánh", product="Gạch")
    assert found(ward, typed).index(task.id) < len(found(ward, typed))
    assert found(ward, typed) == expected(ward, typed)
    assert Text.of(task.title, ()).title_fold == folded("VIA HE DUONG HA KHANH")

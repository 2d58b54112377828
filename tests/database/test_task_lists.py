"""The list of tasks means the same on both kinds of database: order, search, filters, likeness."""

from collections.abc import Iterator

import pytest

from pledges.core.text import sort_key
from pledges.tasks import lists
from pledges.tasks.alike import alike_to
from pledges.tasks.lists import Wanted
from pledges.tasks.registration import registrations
from pledges.tasks.rules import TaskStatus
from tests.support.databases import KINDS, Database, SQLite
from tests.support.ward import Ward

TITLES = (
    "Đèn chiếu sáng",
    "Dọn vệ sinh",
    "Ấm áp mùa đông",
    "ăn chín uống sôi",
    "Xây dựng 100%",
    "An ninh",
    "Ðường hoa",
)


@pytest.fixture(scope="module", params=KINDS)
def ward(
    request: pytest.FixtureRequest, sqlite: SQLite, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Ward]:
    server = request.getfixturevalue("postgres") if request.param == "postgresql" else None
    database = Database(request.param, tmp_path_factory.mktemp("lists"), sqlite, server)
    made = database.ward()
    for number, title in enumerate(TITLES):
        made.task("KP1" if number % 2 else "KP2", "draft" if number % 3 else "approved", title=title)
    yield made
    database.close()


def titles(ward: Ward, wanted: Wanted) -> list[str]:
    statement = lists.rows(ward.actor("leader"), ward.campaign.id, wanted)
    return [row.title for row in ward.session.execute(statement)]


def test_titles_come_in_vietnamese_order(ward: Ward):
    assert titles(ward, Wanted.read({"xep": "ten"})) == sorted(TITLES, key=sort_key)


@pytest.mark.parametrize("order", lists.ORDERS)
def test_every_order_is_total(ward: Ward, order: str):
    found = titles(ward, Wanted.read({"xep": order}))
    assert sorted(found) == sorted(TITLES)
    assert titles(ward, Wanted.read({"xep": order})) == found


def test_numbers_come_first(ward: Ward):
    statement = lists.rows(ward.actor("leader"), ward.campaign.id, Wanted.read({}))
    assert [row.number for row in ward.session.execute(statement)] == [1, 2, 3, None, None, None, None]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("DON VE", ["Dọn vệ sinh"]),
        ("xay 100%", ["Xây dựng 100%"]),
        ("_", []),
        ("  ", TITLES),
        ("khong co", []),
    ],
)
def test_search(ward: Ward, words: str, expected: list[str]):
    assert sorted(titles(ward, Wanted.read({"q": words}))) == sorted(expected)


@pytest.mark.parametrize(
    ("words", "first"),
    [("đường hoa", "Ðường hoa"), ("an", "An ninh"), ("ăn", "ăn chín uống sôi"), ("số 3", "Ðường hoa")],
)
def test_what_fits_best_comes_first(ward: Ward, words: str, first: str):
    wanted = Wanted.read({"q": words})
    ids = lists.best(ward.session, ward.actor("leader"), ward.campaign.id, wanted)
    rows = lists.in_order(ward.session, lists.rows(ward.actor("leader"), ward.campaign.id, wanted), ids)
    assert rows[0].title == first
    assert {row.title for row in rows} == set(titles(ward, wanted))


@pytest.mark.parametrize("words", ["duong", "khu pho 1", "1", "7", "hoa"])
@pytest.mark.parametrize("name", ["officer_kp1", "leader", "outsider"])
def test_the_best_are_those_of_the_list(ward: Ward, name: str, words: str):
    """Ranked or in another order, the same tasks are found."""
    wanted = Wanted.read({"q": words, "khoi": "IV. Các khu phố"})
    actor, campaign_id = ward.actor(name), ward.campaign.id
    listed = [row.id for row in ward.session.execute(lists.rows(actor, campaign_id, wanted))]
    assert sorted(lists.best(ward.session, actor, campaign_id, wanted)) == sorted(listed)


@pytest.mark.parametrize(
    ("asked", "due"),
    [
        ("2024-12", True),
        ("2024-11", False),
        ("2024-13", None),
        ("9999-12", False),
        ("12/2024", None),
        ("", None),
    ],
)
def test_the_month_of_the_due_day(ward: Ward, asked: str, due: bool | None):
    wanted = Wanted.read({"han": asked})
    assert wanted.wishes.narrowed == (due is not None)
    assert bool(titles(ward, wanted)) == (due is not False)


def test_filters_narrow_together(ward: Ward):
    unit = ward.unit("KP1").id
    asked = {"don-vi": str(unit), "tinh-trang": TaskStatus.APPROVED, "khoi": "IV. Các khu phố"}
    assert titles(ward, Wanted.read(asked)) == ["ăn chín uống sôi"]


def test_counts_are_in_the_order_of_the_way(ward: Ward):
    found = lists.counts(ward.session, ward.actor("leader"), ward.campaign.id)
    assert list(found.items()) == [(TaskStatus.DRAFT, 4), (TaskStatus.APPROVED, 3)]


def test_units_are_counted_once_they_have_sent_something(ward: Ward):
    found = registrations(ward.session, ward.campaign, ward.day)
    assert [one.unit.code for one in found] == ["DU", "UBND", "VPTK", "MTTQ", "KP1", "KP2", "KP3"]
    assert [one.unit.code for one in found if one.sent] == ["KP1", "KP2"]
    assert [one.unit.code for one in found if one.missing] == ["DU", "UBND", "VPTK", "MTTQ", "KP3"]
    (last,) = [one.last for one in found if one.unit.code == "KP1"]
    assert last is not None
    assert last.by_name == "Nguyễn Thị Lan"
    number = dict(tuple(row) for row in ward.session.execute(lists.registered_counts([ward.campaign.id])))
    assert number == {ward.campaign.id: 3}


def test_likeness_tells_only_what_the_actor_may_know(ward: Ward):
    task = ward.task("KP1", "draft", title="Dọn vệ sinh tổ 5")
    other = ward.task("KP2", "draft", title="Dọn vệ sinh tổ 6")
    told = alike_to(ward.session, ward.actor("officer_kp1"), task)
    assert [(one.id is None, one.title) for one in told] == [(False, "Dọn vệ sinh"), (True, "")]
    told = alike_to(ward.session, ward.actor("leader"), task)
    assert (other.id, "Dọn vệ sinh tổ 6", "Khu 2") in [(one.id, one.title, one.unit) for one in told]

"""Numbers in addresses that no record can have: a page that there is not, on both kinds of database."""

import pytest

from tests.support.critic import Critic
from tests.support.databases import Database
from tests.support.ward import Ward

LONG = "9" * 5000
NUMBERS = ("0", "2147483647", "2147483648", "3000000000", "9" * 19, "9" * 20, LONG)


@pytest.fixture
def ward(database: Database) -> Ward:
    return database.ward()


@pytest.mark.parametrize(
    ("who", "path"),
    [
        ("leader", "/phan-viec/{}"),
        ("leader", "/phong-trao/{}"),
        ("leader", "/cam-ket/{}"),
        ("clerk", "/cam-ket/soan/{}/1"),
        ("leader", "/bao-cao/{}"),
        ("leader", "/minh-chung/{}"),
        ("leader", "/vuong-mac/{}/quyet-dinh"),
        ("leader", "/theo-doi/ky/{}"),
        ("leader", "/phan-viec?phong-trao={}"),
        ("admin", "/quan-tri/tai-khoan/{}"),
        ("admin", "/quan-tri/don-vi/{}"),
    ],
)
def test_a_number_that_no_record_has(ward: Ward, who: str, path: str):
    critic = Critic(ward, who)
    for number in NUMBERS:
        critic.get(path.format(number), status=404)


@pytest.mark.parametrize(
    ("who", "path"),
    [
        ("admin", "/quan-tri/tai-khoan"),
        ("admin", "/quan-tri/nhat-ky"),
        ("leader", "/phan-viec"),
    ],
)
def test_a_page_that_no_list_has(ward: Ward, who: str, path: str):
    critic = Critic(ward, who)
    for number in NUMBERS:
        critic.get(f"{path}?page={number}", status=404)


@pytest.mark.parametrize(
    ("who", "path"),
    [
        ("admin", "/quan-tri/tai-khoan?don-vi={}"),
        ("admin", "/quan-tri/nhat-ky?nguoi={}"),
        ("admin", "/quan-tri/don-vi/lap?cap-tren={}"),
        ("leader", "/phan-viec?don-vi={}&van-dong={}"),
        ("leader", "/bao-cao?don-vi={}"),
        ("leader", "/cam-ket?don-vi={}"),
    ],
)
def test_an_argument_that_names_no_record_narrows_nothing_or_to_nothing(ward: Ward, who: str, path: str):
    critic = Critic(ward, who)
    for number in (*NUMBERS, "-1", "²", "%00", "x"):
        critic.get(path.format(number, number))


def test_the_largest_number_is_a_number(ward: Ward):
    with ward.app.test_request_context():
        matched = ward.app.url_map.bind("localhost").match("/phan-viec/2147483647")
    assert matched[1] == {"task_id": 2_147_483_647}

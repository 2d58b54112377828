"""The state of the chain, walked when it is asked for."""

import pytest
import sqlalchemy as sa

from pledges.audit.queries import head
from tests.support import apps
from tests.support.critic import SignIn
from tests.support.ward import Ward

PAGE = "/quan-tri/nhat-ky/kiem-tra"


def by_hand(ward: Ward, statement: str) -> None:
    """What somebody does who opens the database past the program, and past its triggers."""
    ward.settle()
    with apps.engine_of(ward.app).begin() as connection:
        names = (
            connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            .scalars()
            .all()
        )
        for name in names:
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        connection.execute(sa.text(statement))


def test_a_whole_chain_is_said_with_its_length_and_head(ward: Ward, sign_in: SignIn):
    newest = ward.session.scalars(head()).one()
    page = sign_in("admin").get(PAGE)
    assert page.h1 == "Kiểm tra nhật ký"
    assert f"Nhật ký toàn vẹn, {newest.number} mục" in page.text
    assert newest.hash in page.text


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        (
            "UPDATE log_entry SET actor_name = 'Kẻ khác' WHERE number = 7",
            "Nội dung không khớp với mã niêm phong",
        ),
        (
            "UPDATE log_entry SET after = after || ' ' WHERE number = 7",
            "Nội dung không khớp với mã niêm phong",
        ),
        ("DELETE FROM log_entry WHERE number = 7", "Thiếu mục số 7, gặp mục số 8"),
    ],
)
def test_one_byte_changed_by_hand_is_named(ward: Ward, sign_in: SignIn, statement: str, words: str):
    by_hand(ward, statement)
    page = sign_in("admin").get(PAGE)
    assert "Nhật ký bị hỏng từ mục số 7" in page.text
    assert words in page.text
    assert "toàn vẹn" not in page.text


def test_who_may_not_read_the_log_may_not_check_it(sign_in: SignIn):
    sign_in("leader").get(PAGE, status=403)
    assert sign_in("nobody").get(PAGE, status=302).location.startswith("/dang-nhap")

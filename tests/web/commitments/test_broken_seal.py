"""A frozen text that was changed past the program is neither shown, nor signed, nor printed."""

import pytest
import sqlalchemy as sa

from pledges.commitments.models import Commitment
from tests.support import apps
from tests.support.critic import SignIn
from tests.support.ward import Ward
from tests.web.commitments.people import PASSWORD

CONTENT = "UPDATE commitment SET content = replace(content, 'Bê tông', 'Xi măng')"
SIGNATURE = "UPDATE signature SET digest = replace(digest, substr(digest, 1, 1), 'x')"


def by_hand(ward: Ward, statement: str) -> None:
    """What somebody does who opens the database past the program, and past its triggers."""
    ward.settle()
    asked = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN ('commitment', 'signature')"
    )
    with apps.engine_of(ward.app).begin() as connection:
        for name in connection.exec_driver_sql(asked).scalars().all():
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        assert connection.execute(sa.text(statement)).rowcount == 1


def pages(made: Commitment) -> list[str]:
    return [f"/cam-ket/{made.id}", f"/cam-ket/{made.id}/ky", f"/van-ban/cam-ket/{made.id}.pdf"]


@pytest.mark.parametrize("number", range(3))
def test_it_is_neither_shown_nor_offered_nor_printed(ward: Ward, sign_in: SignIn, number: int):
    made = ward.commitment("KP1", "frozen")
    digest = made.digest or ""
    by_hand(ward, CONTENT)
    page = sign_in("head_kp1").get(pages(made)[number], status=409)
    assert page.h1 == "Bản cam kết không khớp mã SHA-256"
    assert digest in page.text
    assert "Xi măng" not in page.text


def test_it_is_not_signed_in_the_app(ward: Ward, sign_in: SignIn):
    made = ward.commitment("KP1", "frozen")
    head = sign_in("head_kp1")
    form = head.get(f"/cam-ket/{made.id}/ky").form()
    by_hand(ward, CONTENT)
    page = head.send_form(form, {"password": PASSWORD}, status=409)
    assert page.h1 == "Bản cam kết không khớp mã SHA-256"
    ward.settle()
    assert made.signatories[0].signature is None


def test_it_is_not_signed_on_paper(ward: Ward, sign_in: SignIn):
    made = ward.commitment("KP1", "frozen")
    clerk = sign_in("clerk")
    form = clerk.get(f"/cam-ket/{made.id}/ky-giay").form()
    by_hand(ward, CONTENT)
    ticked = {"signatories": [str(made.signatories[0].id)], "signed_on": "15/10/2024", "place": "Hội trường"}
    clerk.send_form(form, ticked, status=409)
    ward.settle()
    assert made.signatories[0].signature is None


def test_a_signature_over_another_text_is_no_signature(ward: Ward, sign_in: SignIn):
    made = ward.commitment("KP1", "signed")
    by_hand(ward, SIGNATURE)
    sign_in("clerk").get(f"/cam-ket/{made.id}", status=409)

"""A unit that signed, and whose new edition waits: one count of units and people, and the renewal told apart."""

from datetime import timedelta

import pytest

from pledges.commitments.ceremonies import operations as ceremonies
from pledges.commitments.ceremonies import roll
from pledges.commitments.ceremonies.models import Ceremony
from pledges.commitments.models import Commitment
from pledges.core import clock
from tests.support import hall
from tests.support.critic import SignIn
from tests.support.page import words
from tests.support.ward import Ward
from tests.web.commitments import people
from tests.web.commitments.rolls import counts, ids, press, url
from tests.web.commitments.test_listing import URL, rows
from tests.web.documents.test_signing_day import CALLS, ROLL, minutes, text_of

APART = "Chờ ký lại bản điều chỉnh: 01 đơn vị"


@pytest.fixture
def held(ward: Ward) -> Ceremony:
    """Khu phố 1 signed its first edition here; Khu phố 2 waits, Khu phố 3 writes, Đảng ủy has begun nothing."""
    first = people.of_three(ward)
    ward.commitment("KP2", "frozen")
    ward.commitment("KP3", "draft")
    ward.task("DU")
    held = hall.opened(ward)
    hall.tick(ward, held, *first.signatories)
    return held


@pytest.fixture
def second(ward: Ward, held: Ceremony) -> Commitment:
    """The second edition of Khu phố 1, frozen while the ceremony goes on; two people sign it."""
    return people.frozen(ward, [("Khu trưởng", "head_kp1"), ("Chi hội trưởng Phụ nữ", None)])


def test_the_roll_counts_units_and_people_of_the_same_texts(
    ward: Ward, sign_in: SignIn, held: Ceremony, second: Commitment
):
    clerk = sign_in("clerk")
    page = clerk.get(url(held))
    assert counts(page).startswith("Đơn vị đã ký 1/4 Người đã ký 3/4 Đơn vị chưa ký đủ 1Khu phố 2")
    assert words(page.by_id("roll-apart")) == (
        f"{APART}, 00/02 người đã ký. 02 đơn vị chưa chốt bản cam kết."
    )
    assert "0/2 đã ký bản lần 2, chờ ký lại bản điều chỉnh" in words(page.by_id(f"don-vi-{second.unit_id}"))
    screen = clerk.get(url(held, "/man-hinh"))
    assert words(screen.by_id("hall-counts")).startswith("1/4 đơn vị đã ký 3/4 người đã ký")
    assert f"{APART}, 00/02 người đã ký" in screen.text
    assert "Khu phố 1 ✓ đã ký; ký lại 0/2" in screen.text
    page = press(clerk, held, *ids(second))
    assert counts(page).startswith("Đơn vị đã ký 1/4 Người đã ký 2/3")
    assert "Chờ ký lại" not in page.text


def test_board_reminder_and_call_list_name_the_same_units(
    ward: Ward, sign_in: SignIn, held: Ceremony, second: Commitment
):
    clerk = sign_in("clerk")
    page = clerk.get(URL)
    assert "Đơn vị đã ký 1/4" in page.text
    assert "chờ ký lại bản điều chỉnh: lần 2, đã ký 0/2" in rows(page)["Khu phố 1"][1]
    found = clerk.get(page.link("Chờ ký lại bản điều chỉnh"))
    assert set(rows(found)) == {"Khu phố 1"}
    assert "còn 03 đơn vị chưa ký cam kết" in page.text
    assert f"{APART}: Khu phố 1" in page.text
    said = text_of(clerk.send(CALLS, status=200))
    assert f"còn 03 đơn vị chưa ký đủ bản cam kết. {APART}." in said
    assert "Chờ ký lại bản điều" in said.partition("Khu phố 3")[2]
    assert "Có 02 đơn vị với 03 người ký." in text_of(clerk.get(ROLL))


def test_where_all_signed_the_line_names_the_renewal_alone(ward: Ward, sign_in: SignIn):
    ward.commitment("KP1", "signed")
    people.frozen(ward, [("Khu trưởng", "head_kp1")])
    page = sign_in("clerk").get(URL)
    assert "chưa ký cam kết" not in page.text
    assert f": {APART}: Khu phố 1 (" in page.text


def test_a_draft_beside_the_edition_in_force_still_asks_to_sign_again(ward: Ward, sign_in: SignIn):
    ward.commitment("KP1", "signed")
    ward.task("KP1", title="Phần việc bổ sung")
    ward.commitment("KP1", "draft")
    page = sign_in("clerk").get(URL)
    assert "cần ký lại: " in rows(page)["Khu phố 1"][1]
    assert page.link("Cần ký lại")


def test_what_was_ticked_here_stays_in_the_roll_and_the_minutes(
    ward: Ward, sign_in: SignIn, held: Ceremony, second: Commitment
):
    clerk = sign_in("clerk")
    row = words(clerk.get(url(held)).by_id(f"don-vi-{second.unit_id}"))
    assert "Bản lần 1 của Khu phố 1: đã ký đủ, đang có hiệu lực" in row
    assert row.count("Ký trên giấy lúc") == 3
    said = text_of(clerk.get(minutes(held)))
    assert "Khu phố 1 (lần 1)" in said
    assert "Khu phố 1 (lần 2)" in said
    assert said.count("Ký trên giấy, ngày 15/10/2024") == 3
    assert "Có 01/04 đơn vị đã ký đủ; 03/04 người đã ký: 03 ký trên giấy tại hội nghị." in said
    hall.tick(ward, held, *second.signatories)
    page = clerk.get(url(held))
    assert words(page.by_id(f"don-vi-{second.unit_id}")).count("Ký trên giấy lúc") == 5
    hall.close(ward, held)
    assert text_of(clerk.get(minutes(held))).count("Ký trên giấy, ngày 15/10/2024") == 5


def test_closing_keeps_every_count_and_says_who_was_not_ready(
    ward: Ward, sign_in: SignIn, held: Ceremony, second: Commitment
):
    clerk = sign_in("clerk")
    before = counts(clerk.get(url(held)))
    assert "02 đơn vị chưa chốt bản cam kết" in clerk.get(url(held, "/ket-thuc")).text
    hall.close(ward, held)
    page = clerk.get(url(held))
    assert counts(page) == before
    assert f"{APART}, 00/02 người đã ký. 02 đơn vị chưa chốt bản cam kết." in page.text
    said = text_of(clerk.get(minutes(held)))
    assert "Có 01/04 đơn vị đã ký đủ" in said
    assert f"{APART}, 00/02 người đã ký. 02 đơn vị chưa chốt bản cam kết." in said
    kept = clerk.get(minutes(held)).bytes
    ward.hands.put(clock.at(ward.day + timedelta(days=2), 9))
    ward.task("MTTQ", at=ward.now)
    later = hall.opened(ward)
    ceremonies.tick(ward.session, later, second.signatories, by=ward.actor("clerk"), at=ward.now)
    ward.session.commit()
    assert clerk.get(minutes(held)).bytes == kept
    assert len(roll.of_ceremony(ward.session, held).units) == 4

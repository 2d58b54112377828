"""Kiểm tra bản in: open to anybody, about the paper alone."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from pledges.codes.models import CheckCode
from pledges.codes.rules import ALPHABET, new_code, shown
from pledges.commitments import operations
from pledges.commitments.signatures import Seen, record_on_paper
from tests.documents.codes import codes
from tests.documents.measure import pages
from tests.support.page import words
from tests.web.documents.test_commitment_foot import newer

URL = "/kiem-tra"
MISTYPED = "Mã nhập chưa đúng hoặc không do hệ thống cấp"


@pytest.fixture
def nobody(sign_in):
    return sign_in("nobody")


def code_of(ward, made) -> str:
    return ward.session.scalars(sa.select(CheckCode.code).where(CheckCode.record_id == made.id)).one()


def facts(page) -> dict[str, str]:
    return {
        words(row.find("dt")): words(row.find("dd"))
        for listed in page.of_class("facts")
        for row in page.all("div", within=listed)
    }


def verdict(page) -> str:
    return " ".join(words(title) for title in page.of_class("note-title"))


def test_the_form_stands_open_and_says_nothing_yet(nobody):
    page = nobody.get(URL)
    assert page.h1 == "Kiểm tra bản in"
    assert verdict(page) == ""
    assert page.form(URL)


def test_the_qr_on_the_paper_leads_to_the_answer(ward, sign_in, nobody):
    ward.app.config["PUBLIC_ADDRESS"] = "https://thidua.haphong.vn"
    made = ward.commitment("KP1", "signed")
    pdf = sign_in("clerk").get(f"/van-ban/cam-ket/{made.id}.pdf").bytes
    address = codes(pdf)[0][0].removeprefix("https://thidua.haphong.vn")
    page = nobody.get(address)
    assert verdict(page) == "Đang có hiệu lực"
    assert facts(page) == {
        "Mã kiểm tra": shown(code_of(ward, made)),
        "Văn bản": "Bản cam kết thi đua",
        "Đơn vị cam kết": "Khu phố 1",
        "Phong trào": "Phong trào thi đua chào mừng Đại hội Đảng các cấp",
        "Lần lập": "1",
        "Số phần việc": "1",
        "Số trang bản in": str(len(pages(pdf))),
        "Chốt nội dung ngày": "10/4/2024",
        "Ký đủ ngày": "10/4/2024",
    }
    assert made.digest in page.text


def test_no_person_is_named(ward, nobody):
    made = ward.commitment("KP1", "signed")
    said = nobody.get(URL, ma=code_of(ward, made)).text
    for account in ("head_kp1", "leader", "clerk"):
        assert ward.account(account).name not in said
    assert made.witness not in said
    assert made.signatories[0].post not in said


@pytest.mark.parametrize("write", [str.lower, shown, lambda code: f" {code[:5]} {code[5:]} "])
def test_the_code_is_read_however_it_is_typed(ward, nobody, write):
    made = ward.commitment("KP1", "frozen")
    page = nobody.get(URL, ma=write(code_of(ward, made)))
    assert verdict(page) == "Chưa ký đủ"
    assert "Ký đủ ngày" not in facts(page)


def test_a_pasted_address_is_read_too(ward, nobody):
    made = ward.commitment("KP1", "frozen")
    assert verdict(nobody.get(URL, ma=f"https://cu.vn/kiem-tra?ma={code_of(ward, made)}")) == "Chưa ký đủ"


def test_a_superseded_one_names_its_successor_and_its_day(ward, nobody):
    first = ward.commitment("KP1", "signed")
    second = newer(ward, first)
    assert verdict(nobody.get(URL, ma=code_of(ward, first))) == "Đang có hiệu lực"
    seen = Seen(on=ward.day, place="Hội trường", certified_by="Vũ Thị Thư")
    record_on_paper(ward.session, second.signatories[0], seen, by=ward.actor("clerk"), at=ward.now)
    ward.session.commit()
    page = nobody.get(URL, ma=code_of(ward, first))
    assert verdict(page) == "Đã được thay bằng bản mới"
    assert facts(page)["Được thay ngày"] == "15/10/2024"
    assert facts(page)["Thay bằng"] == "bản lập lần 2, ký đủ ngày 15/10/2024"
    assert verdict(nobody.get(URL, ma=code_of(ward, second))) == "Đang có hiệu lực"


def test_a_withdrawn_one_says_so_without_the_reason(ward, nobody):
    made = ward.commitment("KP1", "frozen")
    operations.withdraw(ward.session, made, "Ông Bảy đã nghỉ công tác.", by=ward.actor("clerk"), at=ward.now)
    ward.session.commit()
    page = nobody.get(URL, ma=code_of(ward, made))
    assert verdict(page) == "Đã thu hồi"
    assert facts(page)["Thu hồi ngày"] == "15/10/2024"
    assert "Ông Bảy" not in page.text


def test_a_code_that_was_never_given_is_unknown(ward, nobody):
    ward.commitment("KP1", "frozen")
    page = nobody.get(URL, ma=new_code())
    assert verdict(page) == "Không có văn bản nào mang mã này"
    assert facts(page) == {}


@pytest.mark.parametrize("typed", ["1234567890", "7KQ2M", "cam kết", "<script>", "7" * 300])
def test_what_can_be_no_code_is_told_from_it(nobody, typed):
    page = nobody.get(URL, ma=typed)
    assert verdict(page) == MISTYPED
    assert "Xin nhập lại. Nếu đã nhập đúng như trên giấy thì mã này không phải do hệ thống cấp." in page.text


def test_one_mistyped_character_is_noticed(ward, nobody):
    code = code_of(ward, ward.commitment("KP1", "frozen"))
    for at in range(10):
        wrong = ALPHABET[(ALPHABET.index(code[at]) + 1) % len(ALPHABET)]
        assert verdict(nobody.get(URL, ma=code[:at] + wrong + code[at + 1 :])) == MISTYPED


def past_the_program(ward, statement: str, **values: object) -> None:
    """Change the database as somebody would who has its file; the refusals are taken off first."""
    kind = "trigger" if ward.session.get_bind().dialect.name == "sqlite" else None
    assert kind is not None
    for (name,) in ward.session.execute(
        sa.text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'commitment'")
    ).all():
        ward.session.execute(sa.text(f'DROP TRIGGER "{name}"'))
    ward.session.execute(sa.text(statement), values)
    ward.session.commit()


def test_a_text_that_was_changed_past_the_program_is_not_confirmed(ward, nobody):
    made = ward.commitment("KP1", "signed")
    code, digest = code_of(ward, made), made.digest
    past_the_program(
        ward, "UPDATE commitment SET content = replace(content, 'Khu phố 1', 'Khu phố 9') WHERE id = :id",
        id=made.id,
    )  # fmt: skip
    page = nobody.get(URL, ma=code)
    assert verdict(page) == "Không xác nhận được"
    assert digest in page.text
    assert "Khu phố" not in page.text


def test_whoever_asks_without_end_is_asked_to_wait(ward, nobody):
    code = code_of(ward, ward.commitment("KP1", "frozen"))
    for _ in range(30):
        nobody.get(URL, ma="sai")
    page = nobody.get(URL, status=429, ma=code)
    assert verdict(page) == "Đã hỏi nhiều lần liên tiếp"
    assert page.headers["Retry-After"] == "60"
    assert facts(page) == {}
    nobody.get(URL)
    ward.hands.moment += timedelta(seconds=59)
    nobody.get(URL, status=429, ma=code)
    ward.hands.moment += timedelta(seconds=1)
    assert verdict(nobody.get(URL, ma=code)) == "Chưa ký đủ"


def test_it_is_kept_and_found_by_nobody(nobody):
    page = nobody.get(URL, ma="sai")
    assert page.headers["Cache-Control"] == "private, no-store"
    assert page.headers["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("person", ["clerk", "officer_kp2", "outsider", "admin"])
def test_members_learn_no_more_than_others(ward, sign_in, nobody, person):
    code = code_of(ward, ward.commitment("KP1", "signed"))
    assert facts(sign_in(person).get(URL, ma=code)) == facts(nobody.get(URL, ma=code))


def test_a_paper_that_cannot_be_printed_is_still_answered_for(ward, nobody):
    ward.task("KP1", title="Trồng cây 🌳 trước nhà văn hóa khu phố")
    page = nobody.get(URL, ma=code_of(ward, ward.commitment("KP1", "frozen")))
    assert verdict(page) == "Chưa ký đủ"
    assert "Số trang bản in" not in facts(page)

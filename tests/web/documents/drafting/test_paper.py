"""From a draft to its paper: number, day and annex, signer and recipients, what replaces and what is offered again."""

from datetime import date

import pytest

from pledges.documents.drafting.composing import filled_in, paper_of, prose_of
from pledges.documents.drafting.rules import Prose
from pledges.documents.models import Document
from pledges.documents.sheets.paper import Foot, SigningSide
from tests.support import hall
from tests.support.issuing import RECIPIENTS, SIGNER, drafted, issued

WRITTEN = {
    ("causes", ""): Prose("Mưa bão kéo dài nhiều ngày."),
    ("totals", "states"): Prose("", printed=False),
}


@pytest.fixture
def draft(ward, reported) -> Document:
    return drafted(ward, prose=WRITTEN)


def test_a_draft_keeps_the_gaps_for_the_hand(draft):
    paper = paper_of(draft)
    assert paper.heading.number == "Số:       /BC-UBND"
    assert paper.heading.place_and_date == "Hà Khánh, ngày      tháng      năm 2024"
    assert paper.foot.as_of == "DỰ THẢO, số liệu tính đến ngày 15/10/2024"
    assert paper.annexes[0].attached_to.startswith("(Kèm theo Báo cáo số       /BC-UBND ngày      tháng")


def test_number_and_day_stand_on_the_paper_and_on_its_annex(draft):
    paper = paper_of(draft, number=5, issued_on=date(2024, 10, 16))
    assert paper.heading.number == "Số: 05/BC-UBND"
    assert paper.heading.place_and_date == "Hà Khánh, ngày 16 tháng 10 năm 2024"
    assert paper.heading.ruled_on == date(2024, 10, 16)
    attached = (
        "(Kèm theo Báo cáo số 05/BC-UBND ngày 16 tháng 10 năm 2024 của Ủy ban nhân dân phường Hà Khánh)"
    )
    assert paper.annexes[0].attached_to == attached
    assert paper.foot == filled_in(draft).foot, "nothing says that it is a draft"


def test_a_foot_of_its_own_takes_the_place(draft):
    foot = Foot(code="7KQ2M-9XDAB")
    assert paper_of(draft, number=5, issued_on=date(2024, 10, 16), foot=foot).foot == foot


def test_signer_and_recipients_are_the_draft_s(draft):
    closing = paper_of(draft).closing
    (signed,) = closing.right.signatures
    assert (signed.on_behalf, signed.posts, signed.name) == ("TM. Ủy ban nhân dân", ("Chủ tịch",), SIGNER)
    assert closing.left.lines == tuple(
        f"- {one}{'.' if one == RECIPIENTS[-1] else ';'}" for one in RECIPIENTS
    )


def test_what_replaces_an_issued_one_begins_with_its_words(ward, reported):
    old = issued(ward, prose=WRITTEN)
    new = drafted(ward, replaces=old, prose=prose_of(old))
    assert new.replaces is old
    assert prose_of(new) == prose_of(old) == WRITTEN


def test_what_was_written_into_an_issued_one_is_offered_in_the_next(ward, clerk):
    issued(ward, prose=WRITTEN)
    url = clerk.send("/van-ban/soan/bao-cao-tien-do").location
    page = clerk.get(url)
    offered = [one for one in page.all("button") if one.get("value") == "phrase-causes-0"]
    assert "Mưa bão kéo dài nhiều ngày." in "".join(offered[0].itertext())


def test_a_draft_s_words_are_not_offered_elsewhere(ward, clerk, draft):
    url = clerk.send("/van-ban/soan/bao-cao-tien-do").location
    assert "Mưa bão kéo dài" not in clerk.get(url).text


def test_minutes_keep_the_side_of_the_secretary(ward, clerk, newest):
    hall.opened(ward)
    url = clerk.send("/van-ban/soan/bien-ban").location
    clerk.send(url, {"signer_name": "Trần Việt Hùng", "viet.proceedings.": "Các đơn vị lần lượt ký."})
    closing, filled = paper_of(newest()).closing, filled_in(newest()).closing
    assert isinstance(closing.left, SigningSide)
    assert closing.left == filled.left
    assert closing.right.signatures[0].name == "Trần Việt Hùng"
    assert closing.below.lines[-1].startswith("- Lưu")


def test_minutes_of_no_ceremony_are_refused_in_words(clerk, newest):
    page = clerk.send("/van-ban/soan/bien-ban", status=200)
    assert page.errors
    assert newest() is None


def test_a_letter_is_drafted_under_its_own_abstract(ward, clerk, newest):
    ward.task("KP2", "committed", title="Trồng cây tổ 9")
    url = clerk.send("/van-ban/soan/cong-van-don-doc").location
    clerk.send(url, {"abstract": "đôn đốc báo cáo tháng 9", "addressees": "Khu phố 1\nKhu phố 2"})
    paper = paper_of(newest(), number=12, issued_on=date(2024, 10, 16))
    assert paper.heading.number == "Số: 12/UBND-VP"
    assert paper.title.abstract == "đôn đốc báo cáo tháng 9"
    assert paper.addressees == ("Khu phố 1", "Khu phố 2")

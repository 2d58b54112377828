"""Sổ văn bản đi: every issued document with what became of it; searched, filtered, sorted, taken out and printed."""

from collections.abc import Iterator
from datetime import date
from io import BytesIO

import openpyxl
import pytest

from pledges.core import pdfium
from pledges.documents.issuing import operations
from tests.support import issuing
from tests.support.critic import Critic
from tests.support.databases import Database, SQLite
from tests.support.ward import Ward

URL = "/so-van-ban-di"


def issue_three(ward):
    """Two reports and a letter, the first report withdrawn."""
    first = issuing.issued(ward, 5, issued_on=date(2024, 9, 20), signer_name="Lê Thị Hoa")
    letter = issuing.issued(ward, 2, "urging_letter", addressees=("Khu phố 1", "Khu phố 2"))
    second = issuing.issued(ward, 6)
    operations.withdraw(ward.session, first, "Sai số liệu.", by=ward.actor("clerk"), at=ward.now)
    ward.session.commit()
    return first, letter, second


@pytest.fixture
def three(ward):
    """The three in a ward of one's own, where more may be issued."""
    return issue_three(ward)


class Kept:
    """The three in a ward that tests only read: issuing them takes longer than reading."""

    def __init__(self, ward: Ward) -> None:
        self.ward = ward
        self.three = issue_three(ward)
        ward.settle()

    def sign_in(self, name: str) -> Critic:
        return Critic(self.ward, None if name == "nobody" else name)


@pytest.fixture(scope="module")
def kept(sqlite: SQLite, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    made = Database("sqlite", tmp_path_factory.mktemp("register"), sqlite, None)
    yield Kept(made.ward())
    made.close()


def numbers(page) -> list[str]:
    return [row[0] for row in page.table(len(page.all("table")) - 1)[1:]]


def test_an_empty_register_says_how_documents_come_into_it(sign_in):
    page = sign_in("clerk").get(URL)
    assert "Chưa có văn bản nào được phát hành" in page.text


def test_drafts_stand_above_it(ward, three, sign_in):
    waiting = issuing.submitted(ward, "final_report")
    page = sign_in("leader").get(URL)
    assert "01 văn bản đang soạn hoặc đang trình ký" in page.text
    assert page.link("Báo cáo tổng kết") == f"/van-ban/{waiting.id}"


def test_a_replaced_one_names_its_successor(ward, three, sign_in):
    new = issuing.submitted(ward, replaces=three[2])
    issuing.issue(ward, new, 7)
    page = sign_in("clerk").get(URL)
    assert "Được thay bằng 07/BC-UBND" in page.text
    assert "Thay 06/BC-UBND" in page.text


def test_a_replacement_that_was_withdrawn_is_told_once_and_told_of_what_it_replaced(ward, sign_in):
    old = issuing.issued(ward, 5)
    new = issuing.submitted(ward, replaces=old)
    issuing.issue(ward, new, 6)
    operations.withdraw(ward.session, new, "Sai.", by=ward.actor("clerk"), at=ward.now)
    ward.session.commit()
    clerk = sign_in("clerk")
    (newer, older) = clerk.get(URL).table(-1)[1:]
    assert newer[-1].count("thu hồi") == 1
    assert newer[-1].endswith("Thay 05/BC-UBND")
    assert older[-1].endswith("Được thay bằng 06/BC-UBND (đã thu hồi)")
    book = openpyxl.load_workbook(BytesIO(clerk.get(f"{URL}.xlsx").bytes))
    assert [row[-1].value for row in book.active.iter_rows(min_row=2)] == [
        "Thay 05/BC-UBND",
        "Được thay bằng 06/BC-UBND (đã thu hồi)",
    ]
    with pdfium.opened(clerk.get(clerk.get(URL).link("In sổ năm 2024")).bytes) as opened:
        said = " ".join(opened[0].get_textpage().get_text_bounded().split())
    assert "Đã thu hồi; Thay" in said


def test_one_that_was_withdrawn_first_names_what_was_issued_instead(ward, three, sign_in):
    new = issuing.submitted(ward, replaces=three[0])
    issuing.issue(ward, new, 9)
    page = sign_in("clerk").get(URL, q="05/BC-UBND")
    assert page.table(-1)[1][-1] == "Đã thu hồiĐược thay bằng 09/BC-UBND"


def test_as_many_questions_however_many_rows(ward, sign_in, count_queries):
    issuing.issued(ward, 1)
    clerk = sign_in("clerk")
    clerk.get(URL)
    with count_queries() as few:
        clerk.get(URL)
    for number in range(2, 7):
        issuing.issued(ward, number)
    with count_queries() as many:
        clerk.get(URL)
    assert len(many) == len(few)


def test_the_last_issued_first_with_what_became_of_it(kept):
    page = kept.sign_in("clerk").get(URL)
    assert page.h1 == "Sổ văn bản đi"
    assert numbers(page) == ["06/BC-UBND", "02/UBND-VP", "05/BC-UBND"]
    assert "03 văn bản; 01 đã thu hồi" in page.text
    assert page.link("05/BC-UBND") == f"/van-ban/{kept.three[0].id}"


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"q": "le thi hoa"}, ["05/BC-UBND"]),
        ({"q": "khu pho 2"}, ["02/UBND-VP"]),
        ({"q": "06/bc"}, ["06/BC-UBND"]),
        ({"q": "ket qua thuc hien"}, ["06/BC-UBND", "05/BC-UBND"]),
        ({"loai": "urging_letter"}, ["02/UBND-VP"]),
        ({"tinh-trang": "withdrawn"}, ["05/BC-UBND"]),
        ({"nam": "2024"}, ["06/BC-UBND", "02/UBND-VP", "05/BC-UBND"]),
        ({"xep": "so"}, ["05/BC-UBND", "06/BC-UBND", "02/UBND-VP"]),
        ({"xep": "nguoi-ky"}, ["05/BC-UBND", "06/BC-UBND", "02/UBND-VP"]),
    ],
)
def test_searched_filtered_and_sorted(kept, asked, found):
    page = kept.sign_in("clerk").get(URL, **asked)
    assert numbers(page) == found
    book = openpyxl.load_workbook(BytesIO(kept.sign_in("clerk").get(f"{URL}.xlsx", **asked).bytes))
    assert [row[0].value for row in book.active.iter_rows(min_row=2)] == found


def test_nothing_like_that(kept):
    assert "Không có văn bản nào như đồng chí tìm" in kept.sign_in("clerk").get(URL, q="không có").text


def test_the_year_on_paper(kept):
    clerk = kept.sign_in("clerk")
    content = clerk.get(clerk.get(URL).link("In sổ năm 2024")).bytes
    with pdfium.opened(content) as opened:
        width, height = opened[0].get_size()
        said = " ".join(opened[0].get_textpage().get_text_bounded().split())
    assert width > height
    assert "SỔ ĐĂNG KÝ VĂN BẢN ĐI" in said
    assert "03 văn bản; 01 đã thu hồi" in said
    assert said.index("05/BC-UBND") < said.index("02/UBND-VP") < said.index("06/BC-UBND")
    assert "Đơn vị, người nhận bản lưu" in said


def test_a_year_without_documents_has_no_book(kept):
    kept.sign_in("clerk").get(
        f"{URL}.pdf", status=404, nam="2023", **{"don-vi": kept.ward.campaign.owner_unit_id}
    )
    kept.sign_in("clerk").get(f"{URL}.pdf", status=404)


def test_only_who_organises_sees_it(kept):
    for ending in ("", ".xlsx", ".pdf"):
        kept.sign_in("officer_kp1").get(f"{URL}{ending}", status=403)
        assert kept.sign_in("nobody").get(f"{URL}{ending}", status=302).location.startswith("/dang-nhap")


def test_a_leader_of_a_unit_that_organises_nothing_is_refused_as_on_the_page_of_papers(kept):
    for address in (URL, f"{URL}.xlsx", f"{URL}.pdf", "/van-ban"):
        kept.sign_in("head_kp1").get(address, status=403)

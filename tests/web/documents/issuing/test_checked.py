"""Kiểm tra bản in of an issued document: in force, replaced, withdrawn; no names of people."""

import sqlalchemy as sa

from pledges.codes.models import CheckCode
from pledges.codes.rules import shown
from pledges.documents.issuing import operations
from tests.documents.codes import codes
from tests.support import issuing
from tests.web.documents.test_check import facts, verdict


def asked(ward, sign_in, document):
    code = ward.session.scalars(sa.select(CheckCode.code).where(CheckCode.record_id == document.id)).one()
    return sign_in("nobody").get("/kiem-tra", ma=shown(code))


def test_in_force_with_number_day_office_and_abstract(ward, sign_in):
    document = issuing.issued(ward, 5)
    page = asked(ward, sign_in, document)
    assert verdict(page) == "Đang có hiệu lực"
    told = facts(page)
    assert told.pop("Mã kiểm tra")
    assert told == {
        "Văn bản": "Báo cáo",
        "Số, ký hiệu": "05/BC-UBND",
        "Ngày ban hành": "15/10/2024",
        "Đơn vị ban hành": "Ủy ban nhân dân phường Hà Khánh",
        "Trích yếu": document.abstract,
        "Số trang bản in": str(document.pages),
    }
    assert document.digest in page.text
    assert "Trần Quốc Hưng" not in page.text


def test_the_qr_on_its_print_leads_there(ward, sign_in):
    document = issuing.issued(ward, 5)
    address = codes(sign_in("clerk").get(f"/van-ban/{document.id}.pdf").bytes)[0][0]
    page = sign_in("nobody").get(address.removeprefix("https://thidua.haphong.vn"))
    assert facts(page)["Số, ký hiệu"] == "05/BC-UBND"


def test_a_replaced_one_names_the_other(ward, sign_in):
    old = issuing.issued(ward, 5)
    new = issuing.submitted(ward, replaces=old)
    issuing.issue(ward, new, 6)
    page = asked(ward, sign_in, old)
    assert verdict(page) == "Đã được thay bằng bản mới"
    assert facts(page)["Được thay bằng"] == "06/BC-UBND ngày 15/10/2024"
    assert facts(asked(ward, sign_in, new))["Thay thế"] == "05/BC-UBND"


def test_a_withdrawn_one_says_when_and_not_why(ward, sign_in):
    document = issuing.issued(ward, 5)
    operations.withdraw(ward.session, document, "Sai số liệu.", by=ward.actor("clerk"), at=ward.now)
    ward.session.commit()
    page = asked(ward, sign_in, document)
    assert verdict(page) == "Đã thu hồi"
    assert facts(page)["Thu hồi ngày"] == "15/10/2024"
    assert "Sai số liệu" not in page.text


def test_a_text_that_was_changed_confirms_nothing(ward, sign_in):
    document = issuing.issued(ward, 5)
    ward.session.execute(sa.text("UPDATE document SET paper = replace(paper, '05/BC', '06/BC')"))
    ward.session.commit()
    assert verdict(asked(ward, sign_in, document)) == "Không xác nhận được"


def test_a_replacement_that_was_withdrawn_and_replaced_is_told_as_such(ward, sign_in):
    old = issuing.issued(ward, 5)
    new = issuing.submitted(ward, replaces=old)
    issuing.issue(ward, new, 6)
    operations.withdraw(ward.session, new, "Sai.", by=ward.actor("clerk"), at=ward.now)
    ward.session.commit()
    told = facts(asked(ward, sign_in, old))
    assert told["Được thay bằng"] == "06/BC-UBND ngày 15/10/2024 (đã thu hồi)"
    newest = issuing.submitted(ward, replaces=new)
    issuing.issue(ward, newest, 8)
    assert facts(asked(ward, sign_in, old))["Văn bản thay thế sau cùng"] == "08/BC-UBND ngày 15/10/2024"
    told = facts(asked(ward, sign_in, new))
    assert told["Được thay bằng"] == "08/BC-UBND ngày 15/10/2024"
    assert told["Thu hồi ngày"] == "15/10/2024"

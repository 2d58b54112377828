"""Forms to report on paper: filled in with what is known, for a unit, for all that owe, and blank."""

import pytest

from pledges.progress.proofs.operations import ProofEntry, set_rules
from pledges.progress.proofs.rules import ProofKind
from tests.documents.measure import pages
from tests.support.critic import SignIn
from tests.support.ward import Ward


def text_of(page) -> str:
    return " ".join(line.text for sheet in pages(page.bytes) for line in sheet.lines)


def form(ward: Ward, unit: str = "KP1", month: str = "2024-10") -> str:
    return f"/van-ban/phieu-bao-cao/{ward.unit(unit).id}/{ward.period(month).id}.pdf"


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("officer_kp1", 200),
        ("mate_kp1", 200),
        ("head_kp1", 200),
        ("clerk", 200),
        ("leader", 200),
        ("officer_kp2", 404),
        ("outsider", 404),
        ("admin", 403),
        ("nobody", 302),
    ],
)
def test_who_prints_that_of_a_unit(ward: Ward, sign_in: SignIn, name: str, status: int):
    ward.task()
    sign_in(name).get(form(ward), status=status)


def test_it_is_filled_in_with_what_was_pledged_and_reported(ward: Ward, sign_in: SignIn):
    task = ward.task()
    ward.report(task, "2024-09", [30, 60])
    entries = [ProofEntry(ProofKind.PHOTO, 2, "trước và sau")]
    set_rules(ward.session, [task], entries, by=ward.actor("clerk"), at=ward.now)
    ward.session.commit()
    answer = sign_in("clerk").get(form(ward))
    assert answer.headers["Content-Type"] == "application/pdf"
    said = text_of(answer)
    for words in (
        "KHU PHỐ 1",
        "Kỳ báo cáo tháng 10/2024",
        "Hạn nộp: ngày 25/10/2024",
        "01.1",
        "450 m",
        "01.2",
        "80 % hộ",
        "2 ảnh",
    ):
        assert words in said, words
    assert "30" in said.split("450 m")[1].split("01.2")[0], "what stood before"


def test_what_stood_before_is_what_was_accepted_and_what_waits_is_named_apart(ward: Ward, sign_in: SignIn):
    task = ward.task()
    ward.report(task, "2024-08", [30, 60])
    ward.report(task, "2024-09", [45, 60], status="submitted")
    said = text_of(sign_in("clerk").get(form(ward)))
    line = said.split("450 m")[1].split("01.2")[0]
    assert line.split()[:4] == ["30", "chờ", "duyệt:", "75"]
    assert "chờ duyệt" not in said.split("01.2")[1]


def test_what_was_sent_is_not_asked_again(ward: Ward, sign_in: SignIn):
    first, second = ward.task(), ward.task(title="Trồng cây xanh")
    ward.report(first, "2024-10", [30, 60], status="submitted")
    said = text_of(sign_in("officer_kp1").get(form(ward)))
    assert "Đã gửi báo cáo kỳ này, không ghi vào phiếu: phần việc số 01." in said
    assert "Trồng cây xanh" in said
    assert "01.1" not in said
    ward.report(second, "2024-10", [30, 60], status="submitted")
    assert "không còn phần việc nào" in text_of(sign_in("officer_kp1").get(form(ward)))


def test_the_pack_holds_the_units_that_still_owe(ward: Ward, sign_in: SignIn):
    pack = f"/van-ban/phieu-bao-cao/{ward.period('2024-10').id}.pdf"
    clerk = sign_in("clerk")
    clerk.get(pack, status=404)
    ward.task("KP2")
    ward.report(ward.task("KP1"), "2024-10", [30, 60], status="submitted")
    found = pages(clerk.get(pack).bytes)
    assert len(found) == 1
    assert "KHU PHỐ 2" in text_of(clerk.get(pack))
    sign_in("officer_kp1").get(pack, status=403)
    sign_in("outsider").get(pack, status=403)


def test_the_blank_one_and_the_pack_are_linked_from_the_list(ward: Ward, sign_in: SignIn):
    ward.task("KP2")
    clerk = sign_in("clerk")
    page = clerk.get("/van-ban")
    assert f"/van-ban/phieu-bao-cao/{ward.period('2024-10').id}.pdf" in [link.url for link in page.links]
    blank = next(url for url in [link.url for link in page.links] if "phieu-bao-cao-trong" in url)
    assert "Phần việc số ……" in text_of(clerk.get(blank))
    sign_in("officer_kp1").get(blank, status=403)


def test_an_officer_finds_the_own_units_form(ward: Ward, sign_in: SignIn):
    ward.task()
    page = sign_in("officer_kp1").get(f"/don-vi/{ward.unit('KP1').id}")
    assert form(ward) in [link.url for link in page.links]


def test_a_period_or_unit_that_is_not_there(ward: Ward, sign_in: SignIn):
    clerk = sign_in("clerk")
    clerk.get(f"/van-ban/phieu-bao-cao/{ward.unit('KP1').id}/9999.pdf", status=404)
    clerk.get(f"/van-ban/phieu-bao-cao/9999/{ward.period('2024-10').id}.pdf", status=404)

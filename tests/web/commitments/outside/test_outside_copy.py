"""What was found of a signed PDF, and whose signatures it holds: by proof, or by a clerk's word."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from pledges.accounts.authorisations.models import Authorisation
from pledges.accounts.authorisations.rules import Capacity
from pledges.audit.models import LogEntry
from pledges.commitments.models import Commitment
from pledges.commitments.rules import CommitmentStatus, SigningWay
from tests.support.critic import SignIn
from tests.support.signing import Authority, Holder, hybrid, sign
from tests.support.ward import Ward
from tests.web.commitments.outside.handing import NAMES, handed_in, signatures, signed


@pytest.mark.usefixtures("trusted")
def test_three_signatories_sign_one_file(
    ward: Ward, sign_in: SignIn, frozen: Commitment, printed: bytes, holders: list[Holder]
):
    content = signed(ward, printed, holders)
    officer = sign_in("officer_kp1")
    page = handed_in(officer, frozen, content)
    assert page.said == "Đã nhận tệp và kiểm chữ ký số; kết quả ở dưới đây."
    assert "Do tổ chức trong danh sách gốc tin cậy của phường cấp" in page.text
    assert "Trên tệp có đúng mã SHA-256 của bản chốt" in page.text
    assert frozen.status is CommitmentStatus.FROZEN
    done = officer.follow(officer.send_form(page.form()))
    assert done.said == "Đã ghi nhận 3 chữ ký số."
    found = signatures(ward)
    assert [one.way for one in found] == [SigningWay.OUTSIDE] * 3
    assert [one.signer_name for one in found] == list(NAMES)
    assert {(one.signed_on, one.certified_by) for one in found} == {(ward.day, "Nguyễn Thị Lan")}
    assert frozen.status is CommitmentStatus.SIGNED
    assert done.forms == []


@pytest.mark.usefixtures("trusted")
def test_later_files_bring_the_signatures_of_the_rest(
    ward: Ward, sign_in: SignIn, frozen: Commitment, printed: bytes, holders: list[Holder]
):
    officer = sign_in("officer_kp1")
    first = signed(ward, printed, holders[:1])
    officer.send_form(handed_in(officer, frozen, first).form())
    assert len(signatures(ward)) == 1
    assert frozen.status is CommitmentStatus.FROZEN
    page = handed_in(officer, frozen, signed(ward, first, holders[1:]))
    assert "✓ Đã ghi nhận là chữ ký của Phạm Văn Đức" in page.text
    assert len([name for name in page.form().names if name.endswith("-place")]) == 2
    done = officer.follow(officer.send_form(page.form()))
    assert done.said == "Đã ghi nhận 2 chữ ký số."
    assert len({one.copy_id for one in signatures(ward)}) == 2
    assert frozen.status is CommitmentStatus.SIGNED
    assert frozen.signed_on == ward.day


@pytest.mark.usefixtures("trusted")
def test_two_who_record_at_once(
    ward: Ward, sign_in: SignIn, frozen: Commitment, printed: bytes, holders: list[Holder]
):
    officer, clerk = sign_in("officer_kp1"), sign_in("clerk")
    page = handed_in(officer, frozen, signed(ward, printed, holders[:2]))
    other = clerk.get(page.url).form()
    officer.send_form(page.form())
    shown = clerk.send_form(other, status=200)
    assert shown.errors == ["Không còn chữ ký nào của tệp để ghi nhận; có thể người khác vừa ghi nhận xong."]
    assert shown.forms == []
    assert len(signatures(ward)) == 2


def test_without_roots_the_clerk_answers_for_the_certificates(
    ward: Ward, sign_in: SignIn, frozen: Commitment, printed: bytes, holders: list[Holder]
):
    officer, clerk = sign_in("officer_kp1"), sign_in("clerk")
    page = handed_in(officer, frozen, signed(ward, printed, holders))
    assert "Không kiểm được nguồn gốc chứng thư vì phường chưa cấu hình gốc tin cậy" in page.text
    assert "Chờ văn thư đối chiếu" in page.text
    assert page.forms == []
    waits = [link for link in clerk.get("/").links if link.url == page.url]
    assert waits, "the clerk is led there"
    form = clerk.get(page.url).form()
    missed = clerk.send_form(form, status=200)
    assert "Chưa xác nhận đã đối chiếu người đứng tên chứng thư." in missed.errors
    assert signatures(ward) == []
    clerk.send_form(missed.form(), {"vouched": "y"})
    assert len(signatures(ward)) == 3
    assert {one.certified_by for one in signatures(ward)} == {"Vũ Thị Thư"}
    logged = ward.session.scalars(select(LogEntry).where(LogEntry.action == "commitment.pdf_compared")).one()
    assert "Chứng thư của Phạm Văn Đức: không kiểm được nguồn gốc chứng thư" in logged.note


@pytest.mark.usefixtures("trusted")
def test_an_officer_cannot_answer_by_hand(
    ward: Ward, sign_in: SignIn, frozen: Commitment, printed: bytes, holders: list[Holder]
):
    """Who forges the clerk's word, or gives a signature to somebody of another name, records nothing."""
    officer = sign_in("officer_kp1")
    page = handed_in(officer, frozen, signed(ward, printed, holders[:1]))
    sent = {"rows-0-place": str(frozen.signatories[1].id), "vouched": "y"}
    shown = officer.send_form(page.form(), sent, status=200, forge=True)
    (error,) = shown.errors
    assert "cần văn thư của phường đối chiếu rồi ghi nhận" in error
    assert "Chứng thư đứng tên Phạm Văn Đức, người ký là Trịnh Văn Mặt." in error
    assert signatures(ward) == []


@pytest.mark.usefixtures("trusted")
def test_a_clerk_gives_a_signature_to_another_name(
    ward: Ward, sign_in: SignIn, authority: Authority, frozen: Commitment, printed: bytes
):
    clerk = sign_in("clerk")
    page = handed_in(clerk, frozen, sign(printed, authority.holder("Phạm V. Đức"), at=ward.now))
    assert page.form().fields["rows-0-place"] == [""], "no name fits, so nobody is proposed"
    none = clerk.send_form(page.form(), status=200)
    assert "Chưa chọn chữ ký nào là của người ký nào." in none.errors
    sent = {"rows-0-place": str(frozen.signatories[0].id)}
    unanswered = clerk.send_form(none.form(), sent, status=200)
    assert "Chưa xác nhận đã đối chiếu người đứng tên chứng thư." in unanswered.errors
    clerk.send_form(unanswered.form(), sent | {"vouched": "y"})
    assert [one.signatory_id for one in signatures(ward)] == [frozen.signatories[0].id]


@pytest.mark.usefixtures("trusted")
def test_nobody_signs_twice_in_one_file(
    ward: Ward, sign_in: SignIn, frozen: Commitment, printed: bytes, holders: list[Holder]
):
    clerk = sign_in("clerk")
    page = handed_in(clerk, frozen, signed(ward, printed, holders[:2]))
    place = str(frozen.signatories[0].id)
    sent = {"rows-0-place": place, "rows-1-place": place, "vouched": "y"}
    shown = clerk.send_form(page.form(), sent, status=200)
    assert "Mỗi người ký chỉ nhận một chữ ký trong tệp." in shown.errors
    assert signatures(ward) == []


@pytest.mark.usefixtures("trusted")
def test_a_deputy_signs_with_an_authorisation(
    ward: Ward, sign_in: SignIn, authority: Authority, frozen: Commitment, printed: bytes
):
    deputy = ward.account("mate_kp1")
    made = Authorisation(
        unit=ward.unit("KP1"), principal_post="Bí thư chi bộ, Khu trưởng", account=deputy, post="Thư ký Khu phố 1",
        capacity=Capacity.BY_AUTHORITY, paper="Giấy ủy quyền số 02", valid_from=ward.day, valid_to=ward.day,
        recorded_at=ward.now, recorded_by_id=1, recorded_by_name="Vũ Thị Thư",
    )  # fmt: skip
    ward.session.add(made)
    ward.session.commit()
    officer = sign_in("officer_kp1")
    page = handed_in(officer, frozen, sign(printed, authority.holder(deputy.name), at=ward.now))
    officer.send_form(page.form())
    (found,) = signatures(ward)
    assert found.signatory_id == frozen.signatories[0].id
    assert (found.signer_name, found.signer_post) == (deputy.name, "Thư ký Khu phố 1")
    assert (found.capacity, found.authorisation_id) == (Capacity.BY_AUTHORITY, made.id)


@pytest.mark.usefixtures("trusted")
def test_a_deputy_out_of_date(
    ward: Ward, sign_in: SignIn, authority: Authority, frozen: Commitment, printed: bytes
):
    deputy = ward.account("mate_kp1")
    over = ward.day - timedelta(days=1)
    ward.session.add(
        Authorisation(
            unit=ward.unit("KP1"), principal_post="Bí thư chi bộ, Khu trưởng", account=deputy, post="Thư ký Khu phố 1",
            capacity=Capacity.BY_AUTHORITY, paper="Giấy ủy quyền số 02", valid_from=over, valid_to=over,
            recorded_at=ward.now, recorded_by_id=1, recorded_by_name="Vũ Thị Thư",
        )
    )  # fmt: skip
    ward.session.commit()
    officer = sign_in("officer_kp1")
    page = handed_in(officer, frozen, sign(printed, authority.holder(deputy.name), at=ward.now))
    shown = officer.send_form(page.form(), status=200)
    assert any("Ủy quyền theo Giấy ủy quyền số 02 đã hết hiệu lực" in error for error in shown.errors)
    assert signatures(ward) == []


@pytest.mark.usefixtures("trusted")
def test_a_text_that_is_not_known_is_compared_by_the_clerk(
    ward: Ward, sign_in: SignIn, frozen: Commitment, holders: list[Holder]
):
    clerk = sign_in("clerk")
    page = handed_in(clerk, frozen, sign(hybrid(), holders[0], at=ward.now))
    assert "Không tìm thấy mã SHA-256 hay mã kiểm tra của bản chốt trên tệp" in page.text
    missed = clerk.send_form(page.form(), status=200)
    assert "Chưa xác nhận đã đối chiếu nội dung tệp với bản chốt." in missed.errors
    officer = sign_in("officer_kp1").get(page.url)
    assert officer.forms == []
    assert "Chờ văn thư đối chiếu" in officer.text
    clerk.send_form(missed.form(), {"compared": "y"})
    assert len(signatures(ward)) == 1


def test_who_sees_what_was_found(sign_in: SignIn, found_at: str):
    for name, status in (
        ("officer_kp1", 200), ("head_kp1", 200), ("leader", 200), ("officer_kp2", 404), ("outsider", 404),
    ):  # fmt: skip
        page = sign_in(name).get(found_at, status=status)
        assert page.forms == []
    assert "/dang-nhap" in sign_in("nobody").get(found_at, status=302).location
    sign_in("head_kp1").post(found_at, {}, status=403)


def test_the_findings_of_another_commitment_are_not_served(ward: Ward, sign_in: SignIn, found_at: str):
    other = ward.commitment("KP2", "frozen")
    sign_in("clerk").get(f"/cam-ket/{other.id}/ky-so/{found_at.rsplit('/', 1)[1]}", status=404)

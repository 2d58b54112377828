"""A PDF that was signed elsewhere: who hands it in, what is found, and whose signatures it holds."""

import io
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from pledges.accounts.authorisations.models import Authorisation
from pledges.accounts.authorisations.rules import Capacity
from pledges.audit.models import LogEntry
from pledges.commitments import operations as commitments
from pledges.commitments.models import Commitment, Signature, SignedCopy
from pledges.commitments.operations import SignatoryEntry
from pledges.commitments.rules import CommitmentStatus, SigningWay
from pledges.core.pdfium import opened
from pledges.files import rules
from pledges.files.models import StoredFile
from tests.support.critic import Critic, SignIn
from tests.support.files import PDF, png, upload
from tests.support.page import Page
from tests.support.signing import Authority, Holder, hybrid, sign, with_page_added
from tests.support.ward import Ward
from tests.web.commitments import people

NAMES = ("Phạm Văn Đức", "Trịnh Văn Mặt", "Đỗ Thị Hội")


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority()


@pytest.fixture(scope="module")
def holders(authority: Authority) -> list[Holder]:
    """The three signatories, each with a certificate."""
    return [authority.holder(name) for name in NAMES]


@pytest.fixture
def trusted(ward: Ward, authority: Authority, tmp_path: Path) -> None:
    """The authority is one of those that the office trusts."""
    folder = tmp_path / "roots"
    folder.mkdir()
    (folder / "goc.pem").write_bytes(authority.root.pem)
    ward.app.config["TRUST_ROOTS"] = folder


@pytest.fixture
def frozen(ward: Ward) -> Commitment:
    """A frozen commitment of Khu phố 1 with three signatories, all of them named."""
    people.second_head(ward)
    ward.task()
    posts = ("Bí thư chi bộ, Khu trưởng", "Trưởng ban công tác Mặt trận", "Chi hội trưởng Phụ nữ")
    rows = [SignatoryEntry(name, post) for name, post in zip(NAMES, posts, strict=True)]
    clerk = ward.actor("clerk")
    made = commitments.prepare(
        ward.session, ward.campaign, ward.unit("KP1"), people.entry(ward, rows), by=clerk, at=ward.now
    )
    commitments.freeze(ward.session, made, by=clerk, at=ward.now)
    ward.session.commit()
    return made


@pytest.fixture
def printed(sign_in: SignIn, frozen: Commitment) -> bytes:
    """The commitment as it comes out of the app."""
    return paper(sign_in, frozen)


def paper(sign_in: SignIn, commitment: Commitment) -> bytes:
    return sign_in("clerk").get(f"/van-ban/cam-ket/{commitment.id}.pdf").bytes


def url(commitment: Commitment) -> str:
    return f"/cam-ket/{commitment.id}/ky-so"


def signed(ward: Ward, content: bytes, holders: Sequence[Holder]) -> bytes:
    for holder in holders:
        content = sign(content, holder, at=ward.now)
    return content


def handed_in(someone: Critic, commitment: Commitment, content: bytes, name: str = "Đã ký.pdf") -> Page:
    return someone.send(url(commitment), {"pdf": upload(content, name)}, follow=True)


def refused(someone: Critic, commitment: Commitment, content: bytes) -> list[str]:
    return someone.send(url(commitment), {"pdf": upload(content, "tệp.pdf")}, status=200).errors


def copies(ward: Ward) -> list[SignedCopy]:
    ward.settle()
    return list(ward.session.scalars(select(SignedCopy).order_by(SignedCopy.id)))


def signatures(ward: Ward) -> list[Signature]:
    ward.settle()
    return list(ward.session.scalars(select(Signature).order_by(Signature.signatory_id)))


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("clerk", 200),
        ("officer_kp1", 200),
        ("mate_kp1", 200),
        ("head_kp1", 403),
        ("leader", 403),
        ("officer_kp2", 404),
        ("outsider", 404),
    ],
)
def test_who_hands_in(sign_in: SignIn, frozen: Commitment, name: str, status: int):
    sign_in(name).get(url(frozen), status=status)


def test_nobody_is_led_to_the_sign_in(sign_in: SignIn, frozen: Commitment):
    assert "/dang-nhap" in sign_in("nobody").get(url(frozen), status=302).location


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
def test_the_file_is_kept_byte_for_byte(
    ward: Ward, sign_in: SignIn, frozen: Commitment, printed: bytes, holders: list[Holder]
):
    content = signed(ward, printed, holders[:1])
    handed_in(sign_in("officer_kp1"), frozen, content, "Cam kết KP1.pdf")
    (copy,) = copies(ward)
    assert (copy.filename, copy.filed_by_name) == ("Cam kết KP1.pdf", "Nguyễn Thị Lan")
    answer = sign_in("clerk").get(f"/cam-ket/{frozen.id}/ban-da-ky/{copy.id}")
    assert answer.bytes == content


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
def test_clicks_and_resends_count_once(
    ward: Ward, sign_in: SignIn, frozen: Commitment, printed: bytes, holders: list[Holder]
):
    content, officer = signed(ward, printed, holders[:1]), sign_in("officer_kp1")
    form = officer.get(url(frozen)).form()
    led = {officer.send_form(form, {"pdf": upload(content, "a.pdf")}).location for _click in range(3)}
    assert len(led) == 1
    again = handed_in(officer, frozen, content, "cùng tệp.pdf")
    assert again.url.endswith(led.pop()), "the same file leads to what was found of it"
    assert len(copies(ward)) == 1
    assert ward.session.scalar(select(func.count(StoredFile.id))) == 1
    form = again.form()
    assert len({officer.send_form(form).location for _click in range(3)}) == 1
    assert len(signatures(ward)) == 1


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
def test_a_bad_file_is_kept_and_its_signature_refused(
    ward: Ward, sign_in: SignIn, frozen: Commitment, printed: bytes, holders: list[Holder]
):
    clerk = sign_in("clerk")
    page = handed_in(clerk, frozen, with_page_added(signed(ward, printed, holders[:1])))
    assert "1 trong 1 chữ ký không được tính" in page.text
    assert "Tệp bị sửa: thêm trang, đổi nội dung hoặc chú thích sau khi ký." in page.text
    assert page.forms == []
    assert len(copies(ward)) == 1


@pytest.mark.usefixtures("trusted")
def test_a_signature_given_before_the_text_was_frozen(
    ward: Ward, sign_in: SignIn, frozen: Commitment, printed: bytes, holders: list[Holder]
):
    content = sign(printed, holders[0], at=ward.now - timedelta(days=1))
    page = handed_in(sign_in("clerk"), frozen, content)
    assert "Chữ ký ghi ngày 14/10/2024, trước ngày bản cam kết được chốt (15/10/2024)." in page.text
    assert page.forms == []


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


@pytest.mark.usefixtures("trusted")
def test_a_scanned_page_is_known_by_its_qr(
    ward: Ward, sign_in: SignIn, frozen: Commitment, printed: bytes, holders: list[Holder]
):
    page = handed_in(sign_in("clerk"), frozen, signed(ward, as_pictures(printed), holders[:1]))
    assert "Trên tệp có đúng mã kiểm tra của bản chốt" in page.text


def as_pictures(content: bytes) -> bytes:
    """The pages as a scanner would make them: nothing but pictures."""
    with opened(content) as document:
        first, *rest = [page.render(scale=200 / 72, grayscale=True).to_pil() for page in document]
    made = io.BytesIO()
    first.save(made, "PDF", resolution=200, save_all=True, append_images=rest)
    return made.getvalue()


@pytest.mark.usefixtures("trusted")
def test_the_paper_of_another_unit(ward: Ward, sign_in: SignIn, frozen: Commitment, holders: list[Holder]):
    other = paper(sign_in, ward.commitment("KP2", "frozen"))
    clerk = sign_in("clerk")
    for content in (other, as_pictures(other)):
        (error,) = set(refused(clerk, frozen, signed(ward, content, holders[:1])))
        assert "của một văn bản khác, không phải bản cam kết này" in error
    assert copies(ward) == []


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Tệp rỗng"),
        (png(), "Chỉ nhận tệp PDF có chữ ký số."),
        (b"PK\x03\x04 a zip", "Chỉ nhận tệp PDF và ảnh"),
        (PDF, "hỏng hoặc không đúng cách"),
    ],
)
def test_other_files_are_refused_in_words(
    ward: Ward, sign_in: SignIn, frozen: Commitment, content: bytes, words: str
):
    errors = refused(sign_in("clerk"), frozen, content)
    assert any(words in error for error in errors), errors
    assert copies(ward) == []


def test_a_huge_file_is_refused_before_it_is_read(
    ward: Ward, sign_in: SignIn, frozen: Commitment, printed: bytes, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(rules, "LARGEST", len(printed) - 1)
    errors = refused(sign_in("clerk"), frozen, printed)
    assert any(error.startswith("Tệp lớn hơn") for error in errors)
    assert copies(ward) == []


def test_a_pdf_nobody_signed_leads_to_the_other_way(sign_in: SignIn, frozen: Commitment, printed: bytes):
    clerk = sign_in("clerk")
    page = clerk.send(url(frozen), {"pdf": upload(printed, "bản quét.pdf")}, status=200)
    assert any("không có chữ ký số nào" in error for error in page.errors)
    assert f"/cam-ket/{frozen.id}/ky-giay" in [link.url for link in page.links]


def test_no_file_at_all(sign_in: SignIn, frozen: Commitment):
    assert sign_in("clerk").send(url(frozen), status=200).errors == ["Chưa chọn tệp PDF."]


@pytest.mark.parametrize(
    ("status", "words"), [("draft", "Bản cam kết chưa được chốt"), ("signed", "Bản cam kết đã đủ chữ ký.")]
)
def test_the_wrong_time_is_refused_in_words(ward: Ward, sign_in: SignIn, status: str, words: str):
    page = sign_in("clerk").get(url(ward.commitment("KP1", status)), status=409)
    assert words in page.text
    assert page.forms == []


@pytest.fixture
def found_at(ward: Ward, sign_in: SignIn, frozen: Commitment, printed: bytes, holders: list[Holder]) -> str:
    """Where the findings of a good file stand."""
    return handed_in(sign_in("clerk"), frozen, signed(ward, printed, holders[:1])).url


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

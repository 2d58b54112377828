"""The check of signed PDFs, over files that an authority of our own signed."""

import random
import socket
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from pyhanko.sign.fields import MDPPerm

from pledges.documents.pdf.draw import draw
from pledges.files.signed import checking
from pledges.files.signed.checking import Checked, check
from pledges.files.signed.papers import read_pages
from pledges.files.signed.rules import Coverage, Integrity, Later, PdfRefused, PdfSignature, Trust
from tests.documents import samples
from tests.support import signing
from tests.support.signing import Authority, Holder, sign

AT = datetime(2024, 4, 11, 2, tzinfo=UTC)
NOW = datetime(2024, 10, 15, 2, tzinfo=UTC)


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority()


@pytest.fixture(scope="module")
def an(authority: Authority) -> Holder:
    return authority.holder("Nguyễn Văn An")


@pytest.fixture(scope="module")
def binh(authority: Authority) -> Holder:
    return authority.holder("Trần Thị Bình")


@pytest.fixture(scope="module")
def clock(authority: Authority) -> Holder:
    return authority.holder("Trung tâm cấp dấu thời gian", usage="stamping")


@pytest.fixture(scope="module")
def printed() -> bytes:
    return draw(samples.commitment())


@pytest.fixture(scope="module")
def once(printed: bytes, an: Holder) -> bytes:
    return sign(printed, an, at=AT)


Look = Callable[[bytes], Checked]


@pytest.fixture
def look(authority: Authority, monkeypatch: pytest.MonkeyPatch) -> Look:
    """Check against the authority's root; whoever asks the network fails."""

    def refuse(*_args: object, **_kwargs: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    return lambda content: check(content, [authority.root.pem], at=NOW)


def only(checked: Checked) -> PdfSignature:
    (found,) = checked.signatures
    return found


def test_a_good_signature(look: Look, once: bytes, an: Holder):
    found = only(look(once))
    assert (found.name, found.organisation) == ("Nguyễn Văn An", signing.OFFICE)
    assert found.serial == f"{an.certificate.serial_number:X}"
    assert (found.issuer, found.root) == (
        "Tổ chức chứng thực thử nghiệm",
        "Tổ chức chứng thực thử nghiệm (gốc)",
    )
    assert (found.said_at, found.stamp) == (AT, None)
    assert (found.integrity, found.coverage, found.later, found.trust) == (
        Integrity.WHOLE, Coverage.FILE, Later.NOTHING, Trust.KNOWN,
    )  # fmt: skip
    assert (found.valid_from, found.valid_to) == (signing.SINCE, signing.UNTIL)


def test_several_sign_one_after_the_other(look: Look, once: bytes, binh: Holder):
    first, second = look(sign(once, binh, at=AT + timedelta(hours=1))).signatures
    assert [first.name, second.name] == ["Nguyễn Văn An", "Trần Thị Bình"]
    assert (first.coverage, first.later) == (Coverage.REVISION, Later.SIGNING)
    assert (second.coverage, second.later) == (Coverage.FILE, Later.NOTHING)
    assert first.mark == only(look(once)).mark, "a signature is the same in every later file"
    assert first.mark != second.mark


def test_one_changed_byte(look: Look, once: bytes):
    at = once.index(b"stream") + 20
    found = only(look(once[:at] + bytes([once[at] ^ 1]) + once[at + 1 :]))
    assert (found.integrity, found.trust) == (Integrity.CHANGED, Trust.NOT_LOOKED_AT)


def test_a_page_added_after_signing(look: Look, once: bytes):
    found = only(look(signing.with_page_added(once)))
    assert (found.integrity, found.coverage, found.later) == (
        Integrity.WHOLE,
        Coverage.REVISION,
        Later.CHANGED,
    )


def test_bytes_added_behind_are_not_covered(look: Look, once: bytes):
    found = only(look(once + b"\n% nothing that a reader shows\n"))
    assert found.later is Later.CHANGED or found.coverage is not Coverage.FILE


@pytest.mark.parametrize(
    ("changes", "trust"),
    [
        ({"until": datetime(2024, 4, 1, tzinfo=UTC)}, Trust.EXPIRED),
        ({"since": datetime(2024, 5, 1, tzinfo=UTC)}, Trust.NOT_YET_VALID),
        ({"usage": "encrypting"}, Trust.NOT_FOR_SIGNING),
    ],
)
def test_certificates_that_were_not_good(
    look: Look, printed: bytes, authority: Authority, changes: dict[str, datetime], trust: Trust
):
    holder = authority.holder("Lê Văn Cũ", **changes)  # type: ignore[arg-type]
    assert only(look(sign(printed, holder, at=AT))).trust is trust


def test_it_was_good_then_though_it_is_not_any_more(
    look: Look, printed: bytes, authority: Authority, clock: Holder
):
    """Who signs with an old certificate could set the computer's clock back; an authority's stamp could not."""
    holder = authority.holder("Lê Văn Cũ", until=AT + timedelta(days=1))
    assert only(look(sign(printed, holder, at=AT))).trust is Trust.EXPIRED_SINCE
    assert only(look(sign(printed, holder, at=AT, stamper=clock.stamper(AT)))).trust is Trust.KNOWN


def test_who_stands_behind_the_certificate(printed: bytes, once: bytes):
    assert only(check(once, [], at=NOW)).trust is Trust.NO_ROOTS
    other = Authority("Tổ chức khác")
    assert only(check(once, [other.root.pem], at=NOW)).trust is Trust.UNKNOWN_ROOT
    own = signing.self_signed("Nguyễn Văn An")
    content = sign(printed, own, at=AT)
    assert only(check(content, [other.root.pem], at=NOW)).trust is Trust.SELF_SIGNED
    assert only(check(content, [], at=NOW)).trust is Trust.SELF_SIGNED


def test_a_false_authority_of_the_same_name(once: bytes):
    assert only(check(once, [Authority().root.pem], at=NOW)).trust is Trust.BROKEN_CHAIN


def test_a_time_that_an_authority_vouches_for(look: Look, printed: bytes, an: Holder, clock: Holder):
    found = only(look(sign(printed, an, at=AT, stamper=clock.stamper(AT + timedelta(minutes=1)))))
    assert found.stamp is not None
    assert (found.stamp.authority, found.stamp.good) == ("Trung tâm cấp dấu thời gian", True)
    assert found.signed_at == AT + timedelta(minutes=1)


def test_a_time_of_nobody_known_vouches_for_nothing(look: Look, printed: bytes, an: Holder, clock: Holder):
    stranger = Authority("Tổ chức khác").holder("Đồng hồ lạ", usage="stamping")
    found = only(look(sign(printed, an, at=AT, stamper=stranger.stamper(AT + timedelta(days=9)))))
    assert found.stamp is not None
    assert not found.stamp.good
    assert found.signed_at == AT


def test_a_file_that_an_archive_stamped(look: Look, once: bytes, clock: Holder):
    checked = look(signing.stamped(once, clock.stamper(NOW)))
    assert (only(checked).coverage, only(checked).later) == (Coverage.REVISION, Later.ARCHIVING)
    assert [(one.at, one.good) for one in checked.stamps] == [(NOW, True)]


def test_a_revocation_that_the_file_brings_along(look: Look, printed: bytes, authority: Authority):
    holder = authority.holder("Lê Thị Hủy")
    content = signing.with_revocation(
        sign(printed, holder, at=AT), authority, holder, at=AT - timedelta(days=1)
    )
    assert only(look(content)).trust is Trust.REVOKED


def test_a_signer_who_lets_nobody_change_anything(look: Look, printed: bytes, an: Holder):
    found = only(look(sign(printed, an, at=AT, permits=MDPPerm.NO_CHANGES)))
    assert found.later is Later.NOTHING
    changed = signing.with_page_added(sign(printed, an, at=AT, permits=MDPPerm.NO_CHANGES))
    assert only(look(changed)).later is Later.CHANGED


def test_a_file_for_two_kinds_of_readers(look: Look, an: Holder):
    assert only(look(sign(signing.hybrid(), an, at=AT))).integrity is Integrity.WHOLE


def test_a_signature_that_is_no_signature(look: Look, once: bytes):
    at = once.index(b"/Contents <") + len(b"/Contents <")
    found = only(look(once[:at] + b"00" * 40 + once[at + 80 :]))
    assert (found.integrity, found.mark) == (Integrity.UNREADABLE, "")


@pytest.mark.parametrize("length", [0, 8, 700, 20_000])
def test_what_is_cut_off_is_damaged(look: Look, once: bytes, length: int):
    with pytest.raises(PdfRefused, match="hỏng hoặc không đúng cách"):
        look(once[:length])


def test_other_files_that_are_not_taken(look: Look, printed: bytes):
    with pytest.raises(PdfRefused, match="không có chữ ký số nào"):
        look(printed)
    with pytest.raises(PdfRefused, match="đặt mật khẩu"):
        look(signing.locked(printed, "bí mật"))


def test_more_signatures_than_a_paper_has(look: Look, an: Holder, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(checking, "MOST_SIGNATURES", 2)
    content = sign(sign(signing.hybrid(), an, at=AT), an, at=AT)
    assert len(look(content).signatures) == 2
    with pytest.raises(PdfRefused, match="nhiều hơn một văn bản có"):
        look(sign(content, an, at=AT))


def test_pages_say_which_paper_they_are(printed: bytes):
    digest = samples.commitment().foot.digest
    assert digest in read_pages(printed, digest).digests
    with pytest.raises(PdfRefused, match="hỏng hoặc không đúng cách"):
        read_pages(b"%PDF-1.7 nothing", digest)


@pytest.mark.parametrize("seed", range(20))
def test_whatever_is_in_a_file_is_said_in_words(look: Look, once: bytes, seed: int):
    """Bytes lost, changed and put in at random: a finding or a sentence, never anything else."""
    chance = random.Random(seed)  # noqa: S311 - nothing secret
    mutated = bytearray(once)
    for _ in range(chance.choice([1, 5, 50])):
        at = chance.randrange(len(mutated))
        mutated[at : at + chance.randrange(9)] = chance.randbytes(chance.randrange(9))
    with suppress(PdfRefused):
        assert look(bytes(mutated)).signatures

"""Handing in signed PDFs, and what came of it."""

import io
from collections.abc import Sequence

from sqlalchemy import select

from pledges.commitments.models import Commitment, Signature, SignedCopy
from pledges.core.pdfium import opened
from tests.support.critic import Critic, SignIn
from tests.support.files import upload
from tests.support.page import Page
from tests.support.signing import Holder, sign
from tests.support.ward import Ward

NAMES = ("Phạm Văn Đức", "Trịnh Văn Mặt", "Đỗ Thị Hội")


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


def as_pictures(content: bytes) -> bytes:
    """The pages as a scanner would make them: nothing but pictures."""
    with opened(content) as document:
        first, *rest = [page.render(scale=200 / 72, grayscale=True).to_pil() for page in document]
    made = io.BytesIO()
    first.save(made, "PDF", resolution=200, save_all=True, append_images=rest)
    return made.getvalue()

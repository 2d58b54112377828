"""How a signature is written out under a commitment: capacity, posts, name, and words where no hand signed.

A picture of a signature is never drawn: on paper the place stays free, elsewhere words say what was done.
"""

from dataclasses import dataclass

from pledges.accounts.authorisations.rules import Capacity
from pledges.commitments.models import Signatory, Signature
from pledges.commitments.rules import SigningWay
from pledges.core.dates import format_date, format_instant


@dataclass(frozen=True)
class SignedAs:
    """What stands above and below the place to sign (Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II.7).

    `on_behalf` is "TM. Ban Thường trực …" or empty; `posts` are ("Chủ tịch",), or for a deputy ("KT. Chủ tịch",
    "Phó Chủ tịch"); `confirmation` stands in the place of a hand's signature, and is empty on paper. `by_paper` names
    what a deputy was authorised by; `given` says on a page how, when and where it was signed, "" while it is not.
    """

    on_behalf: str
    posts: tuple[str, ...]
    name: str
    confirmation: str
    by_paper: str = ""
    given: str = ""

    @property
    def lines(self) -> tuple[str, ...]:
        """The capacity and the posts as they stand above the name, in capitals: KT. CHỦ TỊCH, PHÓ CHỦ TỊCH."""
        return tuple(line.upper() for line in (self.on_behalf, *self.posts) if line)


def signed_as(signatory: Signatory) -> SignedAs:
    """The place of a signatory as it is printed: named as frozen, or the deputy who signed in the signatory's place."""
    on_behalf = f"TM. {signatory.on_behalf_of}" if signatory.on_behalf_of else ""
    signature = signatory.signature
    if signature is None:
        return SignedAs(on_behalf, (signatory.post,), signatory.name, "")
    said, given = _confirmation(signature), _given(signature)
    if signature.capacity is Capacity.OWN:
        return SignedAs(
            on_behalf, (signatory.post,), signatory.name or signature.signer_name, said, given=given
        )
    if signature.capacity is not Capacity.FOR_HEAD:
        on_behalf = ""  # by order and by authority one signs for the head alone, not for the collective body
    posts = (f"{signature.capacity.prefix} {signatory.post}", signature.signer_post)
    paper = signature.authorisation.paper if signature.authorisation is not None else ""
    return SignedAs(on_behalf, posts, signature.signer_name, said, by_paper=paper, given=given)


def _given(signature: Signature) -> str:
    """How, when and where, for a page."""
    if signature.way is SigningWay.IN_APP:
        return f"Xác nhận điện tử nội bộ lúc {format_instant(signature.at)}"
    where = f" tại {signature.place}" if signature.place else ""
    seen = "kiểm tra, ghi nhận" if signature.way is SigningWay.OUTSIDE else "chứng nhận"
    on = format_date(signature.signed_on)
    return f"{signature.way.label} ngày {on}{where}; {signature.certified_by} {seen}"


def _confirmation(signature: Signature) -> str:
    if signature.way is SigningWay.PAPER:
        return ""
    sealed = f"mã SHA-256 {signature.digest[:16]}…"
    if signature.way is SigningWay.OUTSIDE:
        on = format_date(signature.signed_on)
        return f"Đã ký số trên tệp PDF ngày {on}, chữ ký số nằm trong tệp đã lưu, {sealed}"
    return f"Đã xác nhận điện tử nội bộ lúc {format_instant(signature.at)}, {sealed}"

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
    "Phó Chủ tịch"); `confirmation` stands in the place of a hand's signature, and is empty on paper.
    """

    on_behalf: str
    posts: tuple[str, ...]
    name: str
    confirmation: str


def signed_as(signatory: Signatory) -> SignedAs:
    """The place of a signatory as it is printed: named as frozen, or the deputy who signed in the signatory's place."""
    on_behalf = f"TM. {signatory.on_behalf_of}" if signatory.on_behalf_of else ""
    signature = signatory.signature
    if signature is None or signature.capacity is Capacity.OWN:
        return SignedAs(on_behalf, (signatory.post,), signatory.name, _confirmation(signature))
    posts = (f"{signature.capacity.prefix} {signatory.post}", signature.signer_post)
    return SignedAs(on_behalf, posts, signature.signer_name, _confirmation(signature))


def _confirmation(signature: Signature | None) -> str:
    if signature is None or signature.way is SigningWay.PAPER:
        return ""
    sealed = f"mã SHA-256 {signature.digest[:16]}…"
    if signature.way is SigningWay.OUTSIDE:
        on = format_date(signature.signed_on)
        return f"Đã ký số trên tệp PDF ngày {on}, chữ ký số nằm trong tệp đã lưu, {sealed}"
    return f"Đã xác nhận điện tử nội bộ lúc {format_instant(signature.at)}, {sealed}"

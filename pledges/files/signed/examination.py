"""Which paper of ours a signed PDF is: by the digest and the codes on its pages."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from pledges.codes.models import CheckCode
from pledges.codes.queries import by_code, codes_of
from pledges.files.signed.papers import Said
from pledges.files.signed.rules import Sameness


def identified(
    session: Session, kind: str, record_id: int, digest: str, said: Said
) -> tuple[Sameness, CheckCode | None]:
    """By what the file is known to be this very text; where it isn't, the other paper whose code or digest it bears."""
    own = {one.code for one in session.scalars(codes_of(kind, [record_id]))}
    if digest in said.digests:
        return Sameness.DIGEST, None
    if own & said.codes:
        return Sameness.CODE, None
    for code in sorted(said.codes):
        if (other := session.scalars(by_code(code)).first()) is not None:
            return Sameness.UNPROVEN, other
    known = select(CheckCode).where(CheckCode.digest.in_(sorted(said.digests))).order_by(CheckCode.code)
    return Sameness.UNPROVEN, session.scalars(known).first()

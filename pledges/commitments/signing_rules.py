"""Tư cách ký: in whose place a person may sign a commitment today, and why not, in words; one rule for each reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from pledges.accounts.authorisations.models import Authorisation
from pledges.accounts.authorisations.queries import of_deputy
from pledges.accounts.authorisations.rules import Capacity
from pledges.accounts.models import Appointment
from pledges.accounts.queries import appointments_of
from pledges.campaigns.rules import works_on
from pledges.commitments.content import dropped
from pledges.commitments.models import Commitment, Signatory
from pledges.commitments.rules import CommitmentStatus, dropped_words
from pledges.core import clock
from pledges.core.dates import format_date
from pledges.core.text import fold

NOT_FROZEN = "Bản cam kết chưa được chốt nên chưa ký được; người soạn phải chốt nội dung trước."
SUPERSEDED = "Bản cam kết này đã được thay bằng bản mới nên không ký được nữa."
WITHDRAWN = "Bản cam kết này đã được thu hồi nên không ký được nữa."
OVER = "Phong trào {} nên không ký và không từ chối ký bản cam kết được nữa."
COMPLETE = "Bản cam kết đã đủ chữ ký."
NOT_NAMED = "Đồng chí không có tên trong những người ký bản cam kết này và không được ủy quyền ký thay ai."
SIGNED_ALREADY = "Đồng chí đã ký bản cam kết này rồi."
YOU = "đồng chí"


@dataclass(frozen=True)
class Person:
    """Somebody who would sign: every post and every authorisation that the person has or had."""

    account_id: int
    posts: Sequence[Appointment] = ()
    authorisations: Sequence[Authorisation] = ()


@dataclass(frozen=True)
class Way:
    """Tư cách ký: a place among the signatories, and by which authorisation it is taken; by none in the own post."""

    signatory: Signatory
    authorisation: Authorisation | None = None

    @property
    def key(self) -> str:
        """What names the way in a form."""
        return (
            f"{self.signatory.id}-{self.authorisation.id}" if self.authorisation else f"{self.signatory.id}"
        )

    @property
    def capacity(self) -> Capacity:
        """In which capacity."""
        return self.authorisation.capacity if self.authorisation else Capacity.OWN

    @property
    def label(self) -> str:
        """The way in words: "Khu trưởng", or "KT. Chủ tịch: Phó Chủ tịch UBND phường"."""
        if self.authorisation is None:
            return f"Ký theo chức vụ của mình: {self.signatory.post}"
        return f"{self.capacity.prefix} {self.signatory.post}: ký theo chức vụ {self.authorisation.post}"

    @property
    def hint(self) -> str:
        """By which paper, and for how long; nothing in the own post."""
        one = self.authorisation
        if one is None:
            return ""
        return (
            f"Theo {one.paper}, hiệu lực từ {format_date(one.valid_from)} đến hết {format_date(one.last_day)}"
        )


def person_of(session: Session, account_id: int) -> Person:
    """The person, read anew: an authorisation may have ended while this request waited for its turn; two queries."""
    fresh = {"populate_existing": True}
    posts = session.scalars(appointments_of(account_id).execution_options(**fresh))
    authorisations = session.scalars(of_deputy(account_id).execution_options(**fresh))
    return Person(account_id, tuple(posts), tuple(authorisations))


def ways_of(commitment: Commitment, person: Person) -> list[Way]:
    """Every way that concerns the person, whether it is open today or not: the own places first."""
    own = [Way(one) for one in commitment.signatories if one.account_id == person.account_id]
    return own + [
        Way(one, authorisation)
        for one in commitment.signatories
        for authorisation in person.authorisations
        if covers(authorisation, one) and one.account_id != person.account_id
    ]


def covers(authorisation: Authorisation, signatory: Signatory) -> bool:
    """Whether it is for this place: the unit's, and the post's by its words.

    Where two places bear the same post (two deputy chairmen), the principal's name says which of them is meant.
    """
    of_unit = authorisation.unit_id == signatory.commitment.unit_id
    post, name = fold(authorisation.principal_post), fold(authorisation.principal_name or "")
    alike = {fold(one.name) for one in signatory.commitment.signatories if fold(one.post) == post}
    meant = not name or name not in alike or fold(signatory.name) == name
    return of_unit and fold(signatory.post) == post and meant


def not_authorised(
    authorisation: Authorisation, signatory: Signatory, deputy: Person, on: date
) -> str | None:
    """Why nobody signs under it for this unit on the day, in the app or elsewhere; None when it allows that.

    Elsewhere it is the clerk, with the paper in hand, who holds the principal's post against the place.
    """
    unit = signatory.commitment.unit
    if authorisation.unit_id != unit.id:
        return f"{authorisation.paper} không cho ký thay ở {unit.name}."
    return out_of_date(Way(signatory, authorisation), deputy, on, who=authorisation.account.name)


def open_ways(session: Session, commitment: Commitment, person: Person, on: date) -> list[Way]:
    """The ways in which the person can sign now."""
    if not_open(session, commitment):
        return []
    return [way for way in ways_of(commitment, person) if why_closed(way, person, on) is None]


def to_decline(session: Session, commitment: Commitment, person: Person, on: date) -> list[Signatory]:
    """The own places that the person can refuse to sign now: in any order, and once."""
    if not_open(session, commitment):
        return []
    own = [way.signatory for way in ways_of(commitment, person) if way.authorisation is None]
    return [
        one
        for one in own
        if one.signature is None and one.declined is None and left_post(one, person, on) is None
    ]


def why_not(session: Session, commitment: Commitment, person: Person, on: date) -> str | None:
    """Why the person can't sign the commitment now, in words; None when there is a way."""
    ways = ways_of(commitment, person)
    closed = [why_closed(way, person, on) for way in ways]
    if SIGNED_ALREADY in closed and None not in closed and commitment.status in _STANDING:
        return SIGNED_ALREADY
    if words := not_open(session, commitment):
        return words
    if None in closed:
        return None
    return " ".join(dict.fromkeys(words for words in closed if words)) or NOT_NAMED


_STANDING = frozenset({CommitmentStatus.FROZEN, CommitmentStatus.SIGNED})


def not_open(session: Session, commitment: Commitment) -> str | None:
    """Why nobody can sign the text now, in words; None while it waits to be signed."""
    if commitment.status is CommitmentStatus.FROZEN:
        if not works_on(commitment.campaign.status):
            return OVER.format(commitment.campaign.status.label.lower())
        gone = dropped(session, commitment)
        return dropped_words(gone) if gone else None
    return {
        CommitmentStatus.DRAFT: NOT_FROZEN,
        CommitmentStatus.SIGNED: COMPLETE,
        CommitmentStatus.SUPERSEDED: SUPERSEDED,
        CommitmentStatus.WITHDRAWN: WITHDRAWN,
    }.get(commitment.status)


def why_closed(way: Way, person: Person, on: date) -> str | None:
    """Why nobody signs in this way now, in words; None when it is open."""
    return (
        signed_already(way)
        or (out_of_date(way, person, on) if way.authorisation else left_post(way.signatory, person, on))
        or out_of_turn(way.signatory)
    )


def signed_already(way: Way) -> str | None:
    """The place has its signature: the person's own, or one that somebody else gave in this place."""
    signature = way.signatory.signature
    if signature is None:
        return None
    if way.authorisation is None and signature.capacity is Capacity.OWN:
        return SIGNED_ALREADY
    signer = ", ".join(filter(None, (signature.signer_name, signature.signer_post)))
    prefix = signature.capacity.prefix
    return f"{signer} đã ký{f' {prefix}' if prefix else ''} ở vị trí {way.signatory.post}."


def out_of_date(way: Way, person: Person, on: date, who: str = YOU) -> str | None:
    """The authorisation is not in force on the day, or its deputy, `who`, no longer holds the post that it names."""
    authorisation = way.authorisation
    if authorisation is None:
        return None
    if words := authorisation.why_not(on):
        return words
    held = [one for one in person.posts if fold(one.post) == fold(authorisation.post)]
    if any(one.alive(on) for one in held):
        return None
    left = _no_longer(authorisation.post, held, on, who)
    return f"{left} nên không ký thay theo {authorisation.paper} được."


def left_post(signatory: Signatory, person: Person, on: date) -> str | None:
    """The signatory no longer holds, in the unit, the post in which the text was to be signed.

    That post is the one of the frozen words; where these are not quite the words of an appointment, those that the
    person held in the unit on the day of freezing and that these words name, else all of them.
    """
    commitment = signatory.commitment
    unit = commitment.unit
    frozen_on = clock.day_of(commitment.frozen_at) if commitment.frozen_at is not None else on
    here = [one for one in person.posts if one.unit_id == unit.id]
    then = [one for one in here if one.alive(frozen_on)]
    meant = [one for one in then if _names(signatory.post, one.post)] or then
    words = {fold(one.post) for one in meant} | {fold(signatory.post)}
    held = [one for one in here if fold(one.post) in words]
    if any(one.alive(on) for one in held):
        return None
    left = _no_longer(f"{signatory.post} ở {unit.name}", held, on)
    return f"{left} nên không ký theo chức vụ này được; người soạn cần thu hồi bản chốt và ghi lại người ký."


def _names(said: str, post: str) -> bool:
    """Whether the words name the post, perhaps in short: "Khu trưởng" for "Bí thư chi bộ, Khu trưởng Khu phố 1"."""
    deputies = {"phó" in words.casefold().split() for words in (said, post)}
    return len(deputies) == 1 and (fold(said) in fold(post) or fold(post) in fold(said))


def _no_longer(post: str, held: Sequence[Appointment], on: date, who: str = YOU) -> str:
    ends = [one.valid_to for one in held if one.valid_to is not None and one.valid_to < on]
    if not ends:
        return f"Tài khoản của {who} không giữ chức vụ {post}"
    since = max(ends) + timedelta(days=1)
    return f"Từ ngày {format_date(since)} {who} không còn giữ chức vụ {post}"


def out_of_turn(signatory: Signatory) -> str | None:
    """Those who are named before have not signed yet, and the commitment is signed in order."""
    waited_for = awaited(signatory)
    if not waited_for:
        return None
    named = "; ".join(
        f"{one.label} (đã từ chối ký)" if one.declined is not None else one.label for one in waited_for
    )
    return f"Bản cam kết này ký theo thứ tự: {named} ký trước rồi mới đến lượt đồng chí."


def awaited(signatory: Signatory) -> list[Signatory]:
    """Those who sign before, and have not yet; nobody where the order is free."""
    commitment = signatory.commitment
    if not commitment.in_order:
        return []
    return [
        one for one in commitment.signatories if one.position < signatory.position and one.signature is None
    ]

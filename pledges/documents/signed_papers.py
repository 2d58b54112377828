"""Hồ sơ cam kết đã ký: every paper of a campaign that somebody signed, with who signed how, read as plain data.

What is gathered here needs the database no more: the archive is drawn and written while nobody waits for this reader.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlalchemy.orm import Session

from pledges.access.roles import Actor
from pledges.campaigns.models import Campaign
from pledges.codes.rules import shown
from pledges.commitments import queries
from pledges.commitments.content import sealed_content
from pledges.commitments.copies.outside.counting import Counted, Counting, countings
from pledges.commitments.models import Commitment, Signatory, SignedCopy
from pledges.commitments.rules import BrokenSeal, CommitmentStatus, CopyKind
from pledges.commitments.signature_words import signed_as
from pledges.commitments.standing import Stage, UnitStanding, standings
from pledges.commitments.verification import state_of
from pledges.core.downloads import plain_name
from pledges.documents.commitments import sheet_of
from pledges.documents.seals import NO_SEAL, Seal, seals_of
from pledges.documents.sheets.commitment import CommitmentSheet

BROKEN = "nội dung đang lưu không khớp mã SHA-256 nên không in được"


@dataclass(frozen=True, kw_only=True)
class Filed:
    """A file as it was filed: its name in the archive, and what is known of its bytes."""

    name: str
    kind: CopyKind
    counted: str
    media_type: str
    sha256: str
    size: int
    filed_at: datetime
    filed_by: str


@dataclass(frozen=True, kw_only=True)
class Place:
    """Who was to sign, and the signature: how, when, by whom; "" where nobody signed.

    `capacity` is KT., TL. or TUQ. of a deputy, `by_paper` what authorised the deputy.
    """

    label: str
    on_behalf_of: str
    way: str
    on: date | None
    at: datetime | None
    signer: str
    capacity: str
    by_paper: str
    words: str


@dataclass(frozen=True, kw_only=True)
class SignedPaper:
    """One edition: what it is, who signed it, the sheet it is printed from (None: its seal is broken), its files."""

    edition: int
    status: CommitmentStatus
    digest: str
    code: str
    frozen_at: datetime | None
    signed_on: date | None
    places: tuple[Place, ...]
    printed: str
    sheet: CommitmentSheet | None
    filed: tuple[Filed, ...]

    @property
    def ways(self) -> str:
        """The ways in which it was signed, each once."""
        return "; ".join(dict.fromkeys(place.way for place in self.places if place.way))


@dataclass(frozen=True, kw_only=True)
class UnitPapers:
    """A unit, where it stands by the rule of every count, and its signed papers, newest edition first."""

    name: str
    code: str
    folder: str
    stage: Stage
    papers: tuple[SignedPaper, ...]


@dataclass(frozen=True, kw_only=True)
class SignedPapers:
    """All of a campaign, in the order of the list."""

    campaign_code: str
    campaign_title: str
    units: tuple[UnitPapers, ...]

    @property
    def folder(self) -> str:
        """The folder that everything lies in."""
        return plain_name(self.name)

    @property
    def name(self) -> str:
        """What the archive is called."""
        return f"Cam kết đã ký {self.campaign_code}"

    @property
    def size(self) -> int:
        """The bytes of all filed copies."""
        return sum(one.size for one in self.filed)

    @property
    def units_signed(self) -> int:
        """How many units have signed."""
        return sum(one.stage is Stage.SIGNED for one in self.units)

    @property
    def units_to_sign(self) -> int:
        """How many units have something to pledge."""
        return sum(one.stage is not Stage.NO_TASKS for one in self.units)

    @property
    def papers(self) -> tuple[SignedPaper, ...]:
        """The papers of all units."""
        return tuple(paper for unit in self.units for paper in unit.papers)

    @property
    def filed(self) -> tuple[Filed, ...]:
        """The filed copies of all units."""
        return tuple(one for paper in self.papers for one in paper.filed)

    def missing(self, folder: Path) -> list[tuple[str, str]]:
        """What can't be handed out, and why: files whose bytes are gone or changed, texts with a broken seal."""
        found = [(paper.printed, BROKEN) for paper in self.papers if paper.sheet is None]
        found += [(one.name, state) for one in self.filed if (state := state_of(folder, one.sha256))]
        return sorted(found)


def gather(
    session: Session, campaign: Campaign, actor: Actor, today: date, public_address: str
) -> SignedPapers:
    """Everything of the campaign that somebody signed or that was filed, within what the actor may know of."""
    signed: dict[int, list[Commitment]] = {}
    for one in session.scalars(queries.of_campaign(queries.seen_by(actor), campaign.id)):
        if _is_paper(one):
            signed.setdefault(one.unit_id, []).append(one)
    every = [one for of_unit in signed.values() for one in of_unit]
    seals = seals_of(session, every)
    counted = countings(session, [copy for one in every for copy in one.filed if copy.aside_at is None])
    taken: set[str] = set()
    units = []
    for standing in standings(session, campaign, actor):
        folder = _free(plain_name(standing.unit.name), taken)
        papers = (
            _paper(one, folder, seals.get(one.id, NO_SEAL), counted, today, public_address)
            for one in signed.get(standing.unit.id, ())
        )
        units.append(_unit(standing, folder, papers))
    return SignedPapers(campaign_code=campaign.code, campaign_title=campaign.title, units=tuple(units))


def _is_paper(one: Commitment) -> bool:
    """Whether a frozen text was signed by anybody, or a copy of it was filed; however far it came since."""
    given = any(place.signature is not None for place in one.signatories)
    return one.digest is not None and (given or any(copy.aside_at is None for copy in one.filed))


def _unit(standing: UnitStanding, folder: str, papers: Iterable[SignedPaper]) -> UnitPapers:
    return UnitPapers(
        name=standing.unit.name,
        code=standing.unit.code,
        folder=folder,
        stage=standing.stage,
        papers=tuple(papers),
    )


def _free(name: str, taken: set[str]) -> str:
    """The name, numbered where another unit has it already."""
    free, number = name, 2
    while free in taken:
        free, number = f"{name}-{number}", number + 1
    taken.add(free)
    return free


def _paper(
    one: Commitment,
    folder: str,
    seal: Seal,
    counted: Mapping[int, Counted],
    today: date,
    public_address: str,
) -> SignedPaper:
    beginning = f"{folder}/lan-{one.edition}"
    copies = [copy for copy in one.filed if copy.aside_at is None]
    try:
        sheet = sheet_of(one, sealed_content(one), today, seal, public_address)
    except BrokenSeal:
        sheet = None
    return SignedPaper(
        edition=one.edition,
        status=one.status,
        digest=one.digest or "",
        code=shown(seal.code) if seal.code else "",
        frozen_at=one.frozen_at,
        signed_on=one.signed_on,
        places=tuple(map(_place, one.signatories)),
        printed=f"{beginning}-ban-cam-ket.pdf",
        sheet=sheet,
        filed=tuple(_filed(beginning, copies, counted)),
    )


_APART = {Counting.COUNTED: "", Counting.WAITING: "-cho-xac-nhan", Counting.REFUSED: "-khong-tinh"}
"""How a file's name ends that must not be taken for one that counts."""


def _filed(beginning: str, copies: Sequence[SignedCopy], counted: Mapping[int, Counted]) -> Iterable[Filed]:
    words = {CopyKind.SCAN: "ban-ky-giay", CopyKind.SIGNED_PDF: "ky-so"}
    for number, copy in enumerate(copies, 1):
        yield Filed(
            name=f"{beginning}-{words[copy.kind]}-{number:02}{_APART[counted[copy.id].counting]}"
            f".{copy.file.extension}",
            kind=copy.kind,
            counted=counted[copy.id].words,
            media_type=copy.file.media_type,
            sha256=copy.file.sha256,
            size=copy.file.size,
            filed_at=copy.filed_at,
            filed_by=copy.filed_by_name,
        )


def _place(signatory: Signatory) -> Place:
    signature, said = signatory.signature, signed_as(signatory)
    signer = signature and ", ".join(filter(None, (signature.signer_name, signature.signer_post)))
    return Place(
        label=signatory.label,
        on_behalf_of=signatory.on_behalf_of,
        way=signature.way.label if signature else "",
        on=signature.signed_on if signature else None,
        at=signature.at if signature else None,
        signer=signer or "",
        capacity=signature.capacity.prefix if signature else "",
        by_paper=said.by_paper,
        words=said.given,
    )

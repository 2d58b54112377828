"""Sổ văn bản đi: the page, and the register as a spreadsheet and on paper. Routes on the blueprint of documents."""

from collections.abc import Sequence

from flask import Response, abort, render_template, request
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from pledges.access.guard import current_actor, guard, refuse
from pledges.access.permissions import Permission, may_within
from pledges.access.roles import Actor
from pledges.campaigns.models import Campaign
from pledges.campaigns.queries import listed as campaigns_listed
from pledges.campaigns.queries import organising_paths
from pledges.core import clock
from pledges.core.database import db
from pledges.core.dates import format_date
from pledges.core.downloads import file_answer
from pledges.core.filters import Question, Wishes, numbered, order
from pledges.core.paging import PER_PAGE
from pledges.core.workbooks.writing import write
from pledges.documents.blueprint import blueprint
from pledges.documents.headings import heading_of
from pledges.documents.issuing import queries
from pledges.documents.issuing.register import (
    ISSUER,
    KIND,
    ORDERS,
    STATUS,
    YEAR,
    Entry,
    book_of,
    counted,
    entries_of,
    sheet_of,
    shown,
)
from pledges.documents.issuing.rules import name_of
from pledges.documents.models import Document
from pledges.documents.printing import XLSX, Answer, printed
from pledges.documents.rules import NUMBERED, DocumentStatus, PaperKind
from pledges.units.tree import Cut


@blueprint.get("/so-van-ban-di")
@guard(Permission.SEE_DOCUMENT)
def register() -> str:
    """Sổ văn bản đi: every issued document with what became of it; above it what is still under way."""
    actor, session = _reader(), db.session()
    entries = _entries(session, actor)
    wishes = _wishes(entries)
    found = shown(entries, wishes)
    return render_template(
        "documents/issuing/register.html",
        wishes=wishes,
        page=Cut(found, PER_PAGE),
        any=bool(entries),
        counted=counted(found),
        under_way=list(session.scalars(queries.under_way(actor))),
        print_of=_print_of(found),
        name_of=name_of,
    )


@blueprint.get("/so-van-ban-di.xlsx")
@guard(Permission.SEE_DOCUMENT)
def register_xlsx() -> Response:
    """Sổ văn bản đi as a spreadsheet: the rows that the page shows for this address, all pages of them."""
    entries = _entries(db.session(), _reader())
    name = f"Sổ văn bản đi đến ngày {format_date(clock.today())}.xlsx"
    return file_answer(write(book_of(shown(entries, _wishes(entries)))), XLSX, name, shown=False)


@blueprint.get("/so-van-ban-di.pdf")
@guard(Permission.SEE_DOCUMENT)
def register_pdf() -> Answer:
    """Sổ đăng ký văn bản đi of one office and one year on paper: the year and the office of the address."""
    session, actor = db.session(), _reader()
    entries = _entries(session, actor)
    wishes = _wishes(entries)
    issuer, year = wishes.number(ISSUER), wishes[YEAR]
    kept = [one for one in entries if one.issuer_id == issuer and str(one.issued_on.year) == year]
    if not kept:
        abort(404)
    campaign = session.scalars(_campaign_of(kept)).one()
    today = clock.today()
    sheet = sheet_of(kept, heading_of(campaign, today), int(year), today, illustrative=campaign.illustrative)
    return printed(sheet, f"Sổ văn bản đi năm {year}.pdf")


def _reader() -> Actor:
    """Who reads the register: refused to those whose post organises no campaign, as on the page of papers."""
    actor = current_actor()
    organisers = list(db.session.scalars(organising_paths(one.unit_path for one in actor.holdings)))
    if organisers and not may_within(actor, Permission.SEE_DOCUMENT, organisers):
        refuse(Permission.SEE_DOCUMENT)
    return actor


def _campaign_of(kept: Sequence[Entry]) -> Select[Campaign]:
    """The campaign of the last of these documents: its office has the heading, its place the date."""
    last = max(kept, key=lambda one: (one.issued_on, one.id))
    of_it = select(Document.campaign_id).where(Document.id == last.id)
    return campaigns_listed().where(Campaign.id.in_(of_it))


def _entries(session: Session, actor: Actor) -> list[Entry]:
    return entries_of(session.execute(queries.register(actor)).all())


def _wishes(entries: Sequence[Entry]) -> Wishes:
    years = {str(one.issued_on.year): str(one.issued_on.year) for one in entries}
    issuers = {str(one.issuer_id): one.issuer for one in entries}
    kinds = {one.value: one.label for one in PaperKind if one in NUMBERED}
    statuses = {one.value: one.label for one in DocumentStatus if one.issued}
    return Wishes.read(
        request.args,
        "Tìm số, trích yếu, người ký, nơi nhận",
        Question(YEAR, "Năm", years),
        Question(KIND, "Loại văn bản", kinds),
        Question(STATUS, "Tình trạng", statuses),
        numbered(ISSUER, "Đơn vị ban hành"),
        order(ORDERS),
    ).offering({ISSUER: issuers})


def _print_of(found: Sequence[Entry]) -> list[dict[str, object]]:
    """The years that can be printed: one link each, of the office whose documents stand on the page."""
    seen = dict.fromkeys((one.issued_on.year, one.issuer_id, one.issuer) for one in found)
    several = len({issuer_id for _year, issuer_id, _issuer in seen}) > 1
    return [
        {
            "words": f"In sổ năm {year}" + (f", {issuer}" if several else ""),
            "arguments": {YEAR: year, ISSUER: issuer_id},
        }
        for year, issuer_id, issuer in sorted(seen, key=lambda one: (-one[0], one[2]))
    ]

"""A paper before it is printed: its pages as pictures, what it speaks of, and its files. Routes on the blueprint."""

from collections.abc import Sequence
from dataclasses import replace
from http import HTTPStatus

from flask import abort, redirect, render_template
from werkzeug.wrappers import Response

from pledges.access.guard import guard
from pledges.access.permissions import Permission
from pledges.access.roles import Actor
from pledges.campaigns.selection import url_in
from pledges.core import clock
from pledges.core.database import db
from pledges.core.downloads import file_answer
from pledges.core.refusal import Refused
from pledges.documents import catalogue
from pledges.documents.asked import Asked, asked
from pledges.documents.blueprint import blueprint
from pledges.documents.minutes import ceremony_of, file_name
from pledges.documents.pdf.gate import GlyphMissingError
from pledges.documents.pictures import DRAWN, PageSize, picture_of, sizes_of
from pledges.documents.printing import (
    PNG,
    Answer,
    campaign_to_print,
    filed,
    fonts,
    public_address,
    unprintable,
)
from pledges.documents.rules import PaperKind
from pledges.documents.sheets.listing import ListSheet
from pledges.documents.sheets.paper import Sheet


@blueprint.get("/van-ban/in/<string:path>")
@guard(Permission.PRINT_REPORT)
def paper(path: str) -> Answer | Response:
    """Xem trước một giấy tờ: the pages as they come out of the printer."""
    found, actor = _asked(_kind(path))
    if found.kind is PaperKind.CALL_LIST:
        return redirect(url_in(found.campaign, "documents.late_call_list"))
    try:
        pages = sizes_of(DRAWN.of(_sheet(found, actor), fonts()))
    except Refused as refused:
        return _page(found, refused=str(refused))
    except GlyphMissingError as missing:
        return unprintable(missing)
    return _page(found, pages)


@blueprint.get("/van-ban/in/<string:path>.pdf")
@guard(Permission.PRINT_REPORT)
def paper_pdf(path: str) -> Answer:
    """Giấy tờ dạng PDF: to print."""
    return file_of(_kind(path))


@blueprint.get("/van-ban/in/<string:path>.docx")
@guard(Permission.PRINT_REPORT)
def paper_docx(path: str) -> Answer:
    """Giấy tờ dạng Word: to edit further."""
    return _file(_kind(path), "docx")


@blueprint.get("/van-ban/in/<string:path>.xlsx")
@guard(Permission.PRINT_REPORT)
def paper_xlsx(path: str) -> Answer:
    """Các bảng của giấy tờ dạng Excel: to reckon further."""
    return _file(_kind(path), "xlsx")


@blueprint.get("/van-ban/in/<string:path>/trang/<int:page>.png")
@guard(Permission.PRINT_REPORT)
def page_picture(path: str, page: int) -> Answer:
    """Một trang của giấy tờ, for the preview."""
    found, actor = _asked(_kind(path))
    _logged_elsewhere(found)
    try:
        picture = picture_of(DRAWN.of(_sheet(found, actor), fonts()), page)
    except (Refused, GlyphMissingError):
        picture = None
    return file_answer(picture or abort(404), PNG, f"trang-{page}.png")


def file_of(kind: PaperKind) -> Answer:
    """The paper that the address asks for, as PDF."""
    return _file(kind, "pdf")


def _kind(path: str) -> PaperKind:
    return PaperKind.of_path(path) or abort(404)


def _asked(kind: PaperKind) -> tuple[Asked, Actor]:
    campaign, actor = campaign_to_print()
    return asked(db.session(), kind, campaign), actor


def _logged_elsewhere(found: Asked) -> None:
    """Telephones are handed out by the list's own page alone, which writes it into the log."""
    if found.kind is PaperKind.CALL_LIST:
        abort(404)


def _sheet(found: Asked, actor: Actor) -> Sheet:
    """The paper that is asked for; raises `Refused` where there is nothing to print."""
    sheet = catalogue.sheet_of(
        db.session(), found.campaign, found.kind, found.scope, actor, clock.today(), public_address()
    )
    if isinstance(sheet, ListSheet):
        return replace(sheet, attached_to=found.attached_to)
    return sheet


def _file(kind: PaperKind, ending: str) -> Answer:
    """The paper as a file; what can't be printed, or a day that can't be read, is said on the page instead."""
    found, actor = _asked(kind)
    _logged_elsewhere(found)
    if found.day.error:
        return _page(found), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        return filed(_sheet(found, actor), _file_name(found), ending)
    except Refused as refused:
        return _page(found, refused=str(refused)), HTTPStatus.UNPROCESSABLE_ENTITY
    except GlyphMissingError as missing:
        return unprintable(missing)


def _file_name(found: Asked) -> str:
    """What the file is called; minutes speak of a ceremony, not of the day on which they are printed."""
    if found.kind is PaperKind.MINUTES:
        return file_name(ceremony_of(db.session(), found.campaign, found.scope))
    return found.file_name


def _page(found: Asked, pages: Sequence[PageSize] = (), refused: str = "") -> str:
    return render_template(
        "documents/paper.html",
        asked=found,
        campaign=found.campaign,
        kind=found.kind,
        pages=pages,
        refused=refused,
        url_in=url_in,
    )

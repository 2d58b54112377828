"""What all papers share on their way out: the campaign they are of, the drawing, and the answer."""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from pathlib import Path
from typing import Any

from flask import Response, abort, current_app, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from pledges.access.guard import authorise, current_actor
from pledges.access.permissions import Permission
from pledges.access.roles import Actor
from pledges.campaigns.models import Campaign
from pledges.campaigns.selection import ARGUMENT, selected
from pledges.core.database import db
from pledges.core.downloads import file_answer
from pledges.documents.books.draw import book
from pledges.documents.pdf.draw import draw
from pledges.documents.pdf.gate import GlyphMissingError
from pledges.documents.sheets.paper import Sheet
from pledges.documents.unprintable import missing_of
from pledges.documents.word.draw import word

PDF, PNG = "application/pdf", "image/png"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Answer = AnyResponse | str | tuple[str, HTTPStatus]


def campaign_to_print() -> tuple[Campaign, Actor]:
    """The campaign that the address names, and who prints its papers; 404 and 403 as on every page."""
    campaign = selected(db.session(), current_actor())
    if campaign is None:
        abort(404)
    return campaign, authorise(Permission.PRINT_REPORT, campaign.subject(), see=Permission.SEE_CAMPAIGN)


def public_address() -> str:
    """The office's address for those outside; empty where there is none."""
    return current_app.config["PUBLIC_ADDRESS"] or ""


def fonts() -> Path | None:
    """The folder of other faces, if there is one."""
    folder: Path | None = current_app.config["FONT_FOLDER"]
    return folder


DRAWERS: Mapping[str, tuple[Callable[[Sheet], bytes], str]] = {
    "pdf": (lambda sheet: draw(sheet, fonts()), PDF),
    "docx": (word, DOCX),
    "xlsx": (book, XLSX),
}
"""What makes a file of a paper, and its media type, by the ending of its name."""


def filed(sheet: Sheet, name: str, ending: str) -> Response:
    """The paper as a file of one of these endings; raises as its drawer does. `name` comes without the ending."""
    drawer, media_type = DRAWERS[ending]
    return file_answer(drawer(sheet), media_type, f"{name}.{ending}", shown=media_type == PDF)


def printed(sheet: Sheet, name: str) -> Answer:
    """The paper, or the page that says which character no printed face has."""
    try:
        return file_answer(draw(sheet, fonts()), PDF, name)
    except GlyphMissingError as missing:
        return unprintable(missing, sheet)


def drawn(paper: Callable[[], bytes], name: str) -> Answer:
    """What a drawer makes, or the page that says which character no printed face has."""
    try:
        return file_answer(paper(), PDF, name)
    except GlyphMissingError as missing:
        return unprintable(missing)


def unprintable(missing: GlyphMissingError, sheet: Sheet | None = None) -> Answer:
    """The page that says which characters no printed face has, what to do, and where it is done."""
    found = missing_of(sheet, fonts()) if sheet is not None else ()
    url, words = _way_back()
    return render_template(
        "documents/unprintable.html", sentence=str(missing), found=found, back_url=url, back_words=words
    ), HTTPStatus.UNPROCESSABLE_ENTITY


def _way_back() -> tuple[str, str]:
    """From where a paper was printed: its document or pledge, else the page of papers."""
    asked = request.view_args or {}
    if "document_id" in asked:
        return url_for(
            "documents.document", document_id=asked["document_id"]
        ), "Về trang văn bản để soạn tiếp"
    if "commitment_id" in asked:
        return url_for("commitments.commitment", commitment_id=asked["commitment_id"]), "Về trang bản cam kết"
    campaign: dict[str, Any] = {ARGUMENT: request.args[ARGUMENT]} if ARGUMENT in request.args else {}
    return url_for("documents.listing", **campaign), "Về trang Văn bản"

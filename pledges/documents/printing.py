"""What all papers share on their way out: the campaign they are of, the drawing, and the answer."""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from pathlib import Path

from flask import Response, abort, current_app, render_template
from werkzeug.wrappers import Response as AnyResponse

from pledges.access.guard import authorise, current_actor
from pledges.access.permissions import Permission
from pledges.access.roles import Actor
from pledges.campaigns.models import Campaign
from pledges.campaigns.selection import selected
from pledges.core.database import db
from pledges.core.downloads import file_answer
from pledges.documents.books.draw import book
from pledges.documents.pdf.draw import draw
from pledges.documents.pdf.gate import GlyphMissingError
from pledges.documents.sheets.paper import Sheet
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
    return drawn(lambda: draw(sheet, fonts()), name)


def drawn(paper: Callable[[], bytes], name: str) -> Answer:
    """What a drawer makes, or the page that says which character no printed face has."""
    try:
        return file_answer(paper(), PDF, name)
    except GlyphMissingError as missing:
        return unprintable(missing)


def unprintable(missing: GlyphMissingError) -> Answer:
    """The page that says which character no printed face has, and what to do."""
    return render_template(
        "documents/unprintable.html", sentence=str(missing)
    ), HTTPStatus.UNPROCESSABLE_ENTITY

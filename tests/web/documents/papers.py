"""The papers of a campaign as tests ask for them, and what they say."""

from pledges.documents.rules import PaperKind
from pledges.overview.board import Board
from pledges.overview.reading import anew
from tests.documents.measure import pages
from tests.support.page import Page
from tests.support.ward import Ward

URL = "/van-ban/in/{}"
LETTER, SUMMARY, NEEDS, LIST = (
    URL.format(kind.path)
    for kind in (
        PaperKind.URGING_LETTER,
        PaperKind.UNIT_SUMMARY,
        PaperKind.ATTENTION_LIST,
        PaperKind.TASK_LIST,
    )
)


def text_of(page: Page) -> str:
    return " ".join(line.text for sheet in pages(page.bytes) for line in sheet.lines)


def board_of(ward: Ward) -> Board:
    return anew(ward.session, ward.campaign, ward.actor("clerk"), ward.day)

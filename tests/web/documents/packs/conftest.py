"""What the tests of packs share: units with commitments, and a stand-in for the process beside the program."""

import io
from collections.abc import Callable, Iterator

import pikepdf
import pytest

from pledges.core.database import db
from pledges.documents.packs import beside, drawing, views
from pledges.documents.packs.models import PrintJob
from pledges.documents.packs.shelf import PackShelf, shelf_of
from tests.support.critic import SignIn
from tests.support.ward import Ward

TAP = "/van-ban/tap"
ORDER = ("VPTK", "KP1", "KP2")


class Neighbour:
    """The process beside the program, which these tests begin themselves: how often it was called for."""

    def __init__(self, ward: Ward) -> None:
        self.ward = ward
        self.called = 0

    def begin(self, _app: object) -> None:
        self.called += 1

    def work(self) -> int:
        """Do what it would do, in this process."""
        self.ward.settle()
        with self.ward.app.app_context():
            drawn = drawing.draw_waiting()
            db.session.remove()
        return drawn


@pytest.fixture
def neighbour(ward: Ward, monkeypatch: pytest.MonkeyPatch) -> Neighbour:
    """Every pack is a large one, and nothing is drawn until the test says so."""
    made = Neighbour(ward)
    monkeypatch.setattr(beside.Beside, "begin", lambda _self, app: made.begin(app))
    monkeypatch.setattr(views, "drawn_at_once", lambda *_size: False)
    return made


@pytest.fixture
def three(ward: Ward) -> list[int]:
    """Commitments of three units, made in another order than that of the list."""
    made = [ward.commitment(code, status).id for code, status in (("KP2", "frozen"), ("KP1", "signed"))]
    return [*made, ward.commitment("VPTK", "frozen").id]


@pytest.fixture
def shelf(ward: Ward) -> PackShelf:
    """Where the packs of this instance lie."""
    return shelf_of(ward.app.config["INSTANCE"])


@pytest.fixture
def job_of(ward: Ward) -> Callable[[], PrintJob]:
    """The pack that was asked for last."""

    def newest() -> PrintJob:
        ward.settle()
        found: PrintJob = ward.session.query(PrintJob).order_by(PrintJob.id.desc()).first()
        ward.session.refresh(found)
        return found

    return newest


@pytest.fixture
def got(sign_in: SignIn) -> Callable[..., bytes]:
    """Ask for a pack as the clerk does, and fetch it."""

    def fetch(path: str, fields: dict[str, object] | None = None, **asked: str) -> bytes:
        clerk = sign_in("clerk")
        query = "&".join(f"{name}={value}" for name, value in asked.items())
        page = clerk.send(f"{TAP}/{path}?{query}" if query else f"{TAP}/{path}", fields)
        assert page.location.endswith("/tep"), clerk.get(page.location).text
        return clerk.get(page.location).bytes

    return fetch


@pytest.fixture
def asked(sign_in: SignIn, three: list[int], neighbour: Neighbour, job_of: Callable[[], PrintJob]) -> str:
    """A large pack of three commitments that waits; its address."""
    sign_in("clerk").send(f"{TAP}/ban-cam-ket")
    return f"{TAP}/{job_of().id}"


def during(monkeypatch: pytest.MonkeyPatch, act: Callable[[], object], paper: int = 2) -> None:
    """Have something happen while the pack is drawn, before its last paper."""
    monkeypatch.setattr(drawing, "TELLING", 0)
    honest = drawing._telling

    def telling(job_id: int) -> Callable[[int], None]:
        tell = honest(job_id)

        def told(done: int) -> None:
            if done == paper:
                act()
            tell(done)

        return told

    monkeypatch.setattr(drawing, "_telling", telling)


def starts(content: bytes) -> list[tuple[str, int]]:
    """The bookmarks of a PDF, each with the page that it leads to, counted from 0."""
    with pikepdf.open(io.BytesIO(content)) as pdf, pdf.open_outline() as outline:
        return [(line.title, _page(pdf, line)) for line in outline.root]


def _page(pdf: pikepdf.Pdf, line: pikepdf.OutlineItem) -> int:
    place = line.destination if line.destination is not None else line.action.D
    if not isinstance(place, pikepdf.Array):
        named = pikepdf.NameTree(pdf.Root.Names.Dests) if "/Names" in pdf.Root else pdf.Root.Dests
        place = named[str(place) if "/Names" in pdf.Root else f"/{str(place).lstrip('/')}"]
        place = place.D if isinstance(place, pikepdf.Dictionary) else place
    return int(pikepdf.Page(place[0]).index)


def pages(content: bytes) -> Iterator[bytes]:
    """What is written on each page of a PDF; nothing on a blank one."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for page in pdf.pages:
            page.contents_coalesce()
            yield page.Contents.read_bytes().strip()

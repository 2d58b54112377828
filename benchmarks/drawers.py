"""Who makes PDFs of papers in the benchmark of documents: ours, other programs, and the floor; all in one process."""

import importlib.util
import os
import shutil
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pikepdf

from benchmarks.peers import plain, typeset, web
from benchmarks.peers.said import FONTS
from pledges.documents.pdf.draw import draw
from pledges.documents.pdf.pack import pack
from pledges.documents.sheets.pack import Bound, Pack
from pledges.documents.sheets.paper import Paper, Ready

Papers = tuple[Paper, ...]
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome")
NEEDED = ("typst", "weasyprint", "fpdf", "playwright")
_UTIME, _PARENT = 13, 3
"""Places in /proc/PID/stat, counted from the process's number."""


def missing() -> list[str]:
    """Which peers can't be asked."""
    found = [name for name in NEEDED if importlib.util.find_spec(name) is None]
    return found if any(map(shutil.which, CHROMIUMS)) else [*found, "chromium"]


@dataclass(frozen=True)
class Drawer:
    """One who makes papers into a PDF; `worked` are the seconds of processors that it and its helpers took so far."""

    name: str
    make: Callable[[Papers], bytes]
    worked: Callable[[], float] = time.process_time


def ours(papers: Papers) -> bytes:
    """As the product prints them: one by itself, several as a pack."""
    if len(papers) == 1:
        return draw(Ready(papers[0]))
    bound = tuple(Bound(f"{at}", Ready(paper)) for at, paper in enumerate(papers, start=1))
    return pack(Pack(name="Báo cáo của các đơn vị", author=papers[0].author, papers=bound))


class Floor:
    """What is left when all is known: the streams of a ready PDF compressed anew, and its objects written."""

    def __init__(self, ready: bytes) -> None:
        """Take the file apart."""
        self.parts: list[tuple[bytes, bytes, bool]] = []
        with pikepdf.open(BytesIO(ready)) as file:
            contents = {page.obj["/Contents"].objgen for page in file.pages}
            for at, one in enumerate(file.objects, start=1):
                begun = b"%d 0 obj\n" % at
                if isinstance(one, pikepdf.Stream):
                    drawn = one.objgen in contents
                    head = {key: value for key, value in one.stream_dict.items() if key != "/Length"}
                    said = pikepdf.Dictionary(head).unparse(resolved=False)
                    data = one.read_bytes() if drawn else one.read_raw_bytes()
                    self.parts.append((begun + said, data, drawn))
                else:
                    self.parts.append((begun + _told(one), b"", False))

    def make(self, _papers: Papers) -> bytes:
        """The file anew."""
        output, places = BytesIO(b"%PDF-1.7\n"), []
        output.seek(0, os.SEEK_END)
        for head, data, drawn in self.parts:
            places.append(output.tell())
            output.write(head)
            if data:
                output.write(b"\nstream\n%b\nendstream" % (zlib.compress(data) if drawn else data))
            output.write(b"\nendobj\n")
        output.write(b"xref\n" + b"".join(b"%010d 00000 n \n" % place for place in places))
        return output.getvalue()


def _told(one: pikepdf.Object) -> bytes:
    return one.unparse(resolved=True) if hasattr(one, "unparse") else repr(one).encode()


def typst(papers: Papers) -> bytes:
    """From a source made of the papers to bytes."""
    import typst as peer  # noqa: PLC0415 - a peer: it may not be there

    made = peer.compile(typeset.source(papers).encode(), font_paths=[str(FONTS)], ignore_system_fonts=True)
    return bytes(made)


def weasyprint(papers: Papers) -> bytes:
    """From HTML made of the papers to bytes."""
    import weasyprint as peer  # noqa: PLC0415 - a peer: it may not be there

    return bytes(peer.HTML(string=web.html(papers)).write_pdf())


@contextmanager
def chromium(folder: Path) -> Iterator[Drawer]:
    """A browser without a window that stays open; each file is a page of HTML printed by it."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - a peer: it may not be there

    program = next(path for path in map(shutil.which, CHROMIUMS) if path)
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        source = folder / "papers.html"

        def make(papers: Papers) -> bytes:
            source.write_text(web.html(papers))
            page.goto(source.as_uri())
            return page.pdf(prefer_css_page_size=True)

        yield Drawer("Chromium", make, lambda: time.process_time() + _children())
        browser.close()


def _children() -> float:
    """The seconds of processors of everything that this process started, and of what that started."""
    seen: dict[int, tuple[int, float]] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal():
            with suppress(OSError):
                said = (folder / "stat").read_text().rpartition(") ")[2].split()
                ticks = sum(map(int, said[_UTIME - 2 : _UTIME + 2]))
                seen[int(folder.name)] = int(said[_PARENT - 2]), ticks / os.sysconf("SC_CLK_TCK")
    below, found = {os.getpid()}, 0.0
    while True:
        more = {one for one, (parent, _) in seen.items() if parent in below and one not in below}
        if not more:
            return found
        below |= more
        found += sum(seen[one][1] for one in more)


@contextmanager
def everybody(folder: Path, *, peers: bool) -> Iterator[list[Drawer]]:
    """Ours, and the others if they are wanted."""
    own = Drawer("ours", ours)
    if not peers:
        yield [own]
        return
    with chromium(folder) as browser:
        yield [
            own,
            Drawer("typst", typst),
            browser,
            Drawer("fpdf2", plain.pdf),
            Drawer("WeasyPrint", weasyprint),
        ]

"""All units of the demo sign, each in one of the three ways, and every count says the same at every moment."""

import io
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from pledges.commitments.models import Commitment
from pledges.core import clock
from pledges.demo.operations import load_demo
from pledges.instance import ACCOUNTS_FILE
from tests.support import apps
from tests.support.archives import Unpacked
from tests.support.clock import Hands
from tests.support.critic import Critic
from tests.support.databases import Database
from tests.support.files import PDF, upload
from tests.support.signing import Authority, sign
from tests.support.tables import make_tables
from tests.support.ward import Ward

LAUNCH = date(2024, 3, 29)
BY_PDF = ("CA", "TYT", "KP1")
IN_APP = ("MTTQ", "HPN", "HND", "CCB", "DTN", "MN", "TH", "THCS")
EACH_WAY = "KP3"
UNITS = 23


class Signing:
    """The morning of the launch: all commitments are frozen, nobody has signed."""

    def __init__(self, database: Database, folder: Path) -> None:
        self.instance = folder / "eve"
        app = apps.make(self.instance, Hands(LAUNCH), DATABASE_URL=database.empty())
        make_tables(app)
        load_demo(app, until=clock.at(LAUNCH, 8, 30))
        self.ward = Ward(app)
        self.clerk = Critic(self.ward, "vanthu")
        self.authority = Authority()
        (folder / "roots").mkdir()
        (folder / "roots" / "goc.pem").write_bytes(self.authority.root.pem)
        app.config["TRUST_ROOTS"] = folder / "roots"
        self.folder = folder
        self.times = 0
        lines = (self.instance / ACCOUNTS_FILE).read_text(encoding="utf-8").splitlines()
        self.passwords = {line.split("\t")[0]: line.split("\t")[1] for line in lines}
        found = list(self.ward.session.scalars(select(Commitment)))
        self.numbers = {one.unit.code: one.id for one in found}
        self.places = {one.unit.code: [place.id for place in one.signatories] for one in found}
        self.held = ""

    def open_the_ceremony(self) -> None:
        campaign = next(iter(self.ward.session.scalars(select(Commitment)))).campaign_id
        opened = self.clerk.send(f"/cam-ket/le-ky/{campaign}/mo", follow=True)
        self.held = opened.url.partition("?")[0]

    def on_paper(self, unit: str, *places: int) -> None:
        """The clerk ticks these places, or the whole unit by its one button, and files a scan."""
        wanted = [self.places[unit][one] for one in places] or self.places[unit]
        page = self.clerk.get(self.held)
        form = next(
            one
            for one in page.forms
            if "/danh-dau" in one.action and one.fields["places"] == [" ".join(map(str, wanted))]
        )
        self.clerk.send_form(form)
        scan = upload(PDF + unit.encode(), "bản quét.pdf")
        self.clerk.send(f"/cam-ket/{self.numbers[unit]}/luu-ban-ky", {"files": scan})

    def in_the_app(self, unit: str, place: int = 0) -> None:
        """The head reads the text and gives the password once more."""
        head = Critic(self.ward, unit.lower())
        fields = {"password": self.passwords[unit.lower()]}
        if len(self.places[unit]) > 1:
            fields["way"] = str(self.places[unit][place])
        head.send(f"/cam-ket/{self.numbers[unit]}/ky", fields)

    def by_pdf(self, unit: str, *places: int) -> bytes:
        """These people sign the printed paper elsewhere, one after the other; the clerk hands the file in."""
        content = self.clerk.get(f"/van-ban/cam-ket/{self.numbers[unit]}.pdf").bytes
        for number, _place in enumerate(places, 1):
            holder = self.authority.holder(f"Người thứ {number} của {unit}")
            content = sign(content, holder, at=self.ward.now)
        found = self.clerk.send(
            f"/cam-ket/{self.numbers[unit]}/ky-so", {"pdf": upload(content, "đã ký.pdf")}, follow=True
        )
        fields = {f"rows-{row}-place": str(self.places[unit][place]) for row, place in enumerate(places)}
        self.clerk.send(found.url.partition("?")[0], fields | {"vouched": "y"})
        return content

    def archive(self) -> Unpacked:
        """All signed papers, unpacked and checked."""
        self.times += 1
        page = self.clerk.send("/van-ban/cam-ket-da-ky", status=200)
        found = Unpacked(page.bytes, self.folder / f"unpacked-{self.times}")
        found.check()
        return found

    def counted(self) -> dict[str, str]:
        """What each page and paper says of how many units have signed."""
        report = self.clerk.get("/van-ban/bao-cao-tien-do.pdf").bytes
        text = " ".join(" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(report)).pages)
        manifest = self.archive().manifest["counts"]
        return {
            "board": _after(r"Đơn vị đã ký (\d+/\d+)", self.clerk.get("/cam-ket").text),
            "overview": _after(r"Đơn vị đã ký cam kết (\d+/\d+)", self.clerk.get("/theo-doi").text),
            "ceremony": _after(r"Đơn vị đã ký (\d+/\d+)", self.clerk.get(self.held).text),
            "report": _after(r"(\d+/\d+) đơn vị đã ký cam kết", text),
            "archive": f"{manifest['units_signed']}/{manifest['units_to_sign']}",
        }


def _after(pattern: str, text: str) -> str:
    found = re.search(pattern, text)
    assert found, f"{pattern} is not in: {text[:2000]}"
    return "/".join(str(int(number)) for number in found[1].split("/"))


def same(number: int) -> dict[str, str]:
    return dict.fromkeys(("board", "overview", "ceremony", "report", "archive"), f"{number}/{UNITS}")


@pytest.fixture
def signing(database: Database, tmp_path: Path) -> Iterator[Signing]:
    made = Signing(database, tmp_path)
    yield made
    made.ward.close()


def test_all_units_sign_in_three_ways_and_all_counts_agree(signing: Signing):
    assert set(signing.numbers) >= {*BY_PDF, *IN_APP, EACH_WAY}
    assert len(signing.numbers) == UNITS
    signing.open_the_ceremony()
    assert len(signing.places[EACH_WAY]) == 3
    signing.in_the_app(EACH_WAY, 0)
    assert signing.counted() == same(0)
    signing.on_paper(EACH_WAY, 1)
    assert signing.counted() == same(0)
    signing.by_pdf(EACH_WAY, 2)
    assert signing.counted() == same(1)
    for unit in IN_APP:
        signing.in_the_app(unit)
    files = {unit: signing.by_pdf(unit, *range(len(signing.places[unit]))) for unit in BY_PDF}
    assert signing.counted() == same(1 + len(IN_APP) + len(BY_PDF))
    for unit in set(signing.numbers) - {*IN_APP, *BY_PDF, EACH_WAY}:
        signing.on_paper(unit)
    assert signing.counted() == same(UNITS)
    said = {row[0].partition(" IV.")[0]: row[2] for row in signing.clerk.get("/cam-ket").table()[1:]}
    assert said["Khu phố 3"].endswith("1 trên giấy, 1 trong ứng dụng và 1 bằng chữ ký số trên PDF")
    found = signing.archive()
    ways = {unit["code"]: unit["papers"][0]["ways"] for unit in found.manifest["units"]}
    assert Counter(ways.values()) == {
        "Xác nhận điện tử nội bộ": len(IN_APP),
        "Chữ ký số trên tệp PDF": len(BY_PDF),
        "Ký trên giấy": UNITS - len(IN_APP) - len(BY_PDF) - 1,
        "Xác nhận điện tử nội bộ; Ký trên giấy; Chữ ký số trên tệp PDF": 1,
    }
    handed_out = {name.rpartition("/")[2]: name for name in found.names if "khu-pho-1/" in name}
    name = handed_out["lan-1-ky-so-01.pdf"].partition("/")[2]
    assert found.bytes(name) == files["KP1"]
    told = signing.ward.app.test_cli_runner().invoke(args=["verify"])
    assert told.exit_code == 0, told.output
    assert f"{UNITS} bản cam kết đã chốt, 33 chữ ký" in told.output

"""Reading the archive of signed papers as people do: unpacked, checked by the system's own tool."""

import csv
import io
import json
import subprocess
from pathlib import Path
from typing import Any
from zipfile import ZipFile


class Unpacked:
    """An archive in a folder of its own."""

    def __init__(self, content: bytes, folder: Path) -> None:
        with ZipFile(io.BytesIO(content)) as archive:
            assert archive.testzip() is None
            self.names = [info.filename for info in archive.infolist()]
            archive.extractall(folder)
        (self.folder,) = folder.iterdir()

    def check(self) -> None:
        """`sha256sum -c` accepts it, and it names every file but itself."""
        subprocess.run(["sha256sum", "--strict", "-c", "SHA256SUMS"], cwd=self.folder, check=True)
        named = {line[66:] for line in self.text("SHA256SUMS").splitlines()}
        here = {str(path.relative_to(self.folder)) for path in self.folder.rglob("*") if path.is_file()}
        assert here == named | {"SHA256SUMS"}

    def text(self, name: str) -> str:
        return (self.folder / name).read_text(encoding="utf-8")

    def bytes(self, name: str) -> bytes:
        return (self.folder / name).read_bytes()

    @property
    def manifest(self) -> dict[str, Any]:
        said: dict[str, Any] = json.loads(self.text("danh-muc.json"))
        return said

    @property
    def rows(self) -> list[dict[str, str]]:
        """The lines of the table by their headings."""
        raw = self.bytes("danh-muc.csv")
        assert raw.startswith(b"\xef\xbb\xbf")
        return list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline=""), delimiter=";"))

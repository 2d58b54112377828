"""Đổi chỗ: what was laid out takes the place of what stands, which gets another name and is never removed.

A mark lies in the instance from the first name that is changed to the last: who starts the program after a power cut
in between is told, and nothing is served from halves. What fails while the program lives is put back at once.
"""

import json
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path

from pledges.core import clock
from pledges.instance import RESTORING_FILE, SECRET_FILE, sync_folder, write_private
from pledges.upkeep.places import Place

ASIDE = "aside-"


class Exchange:
    """One exchange: what was put aside, and what came anew."""

    def __init__(self, place: Place, file: Path) -> None:
        self._place, self._file = place, file
        self._mark = place.instance / RESTORING_FILE
        self._aside: list[tuple[Path, Path]] = []
        self._made: list[Path] = []
        self._folder: Path | None = None

    def put_aside(self, standing: Sequence[Path]) -> Path | None:
        """Give what stands there another name, within the instance; where it lies now.

        Database and secret key keep their old name beside the new one until something takes it: there is no moment
        without them.
        """
        aside = self._free()
        said = {"file": str(self._file.absolute()), "aside": str(aside) if standing else ""}
        if standing:
            aside.mkdir(mode=0o700)
            self._folder = aside
        write_private(self._mark, json.dumps(said, ensure_ascii=False) + "\n")
        for path in standing:
            within = path.is_relative_to(self._place.instance)
            # A database elsewhere stays on its disk.
            target = aside / path.name if within else path.with_name(f"{aside.name}-{path.name}")
            self._aside.append((path, target))
            stays = path in {self._place.database, self._place.instance / SECRET_FILE}
            if not (stays and _linked(path, target)):
                path.rename(target)
        if standing:
            sync_folder(aside)
        sync_folder(self._place.instance)
        return aside if standing else None

    def _free(self) -> Path:
        """A name for this second, or the next that nothing has."""
        at = clock.local(clock.real())
        while True:
            aside = self._place.instance / f"{ASIDE}{at:%Y%m%d-%H%M%S}"
            if not aside.exists():
                return aside
            at += timedelta(seconds=1)

    def comes(self, path: Path) -> Path:
        """Note that this is about to be laid there."""
        self._made.append(path)
        return path

    def undo(self) -> None:
        """Put everything back as it stood; where the disk refuses, the mark stays."""
        for path in reversed(self._made):
            if path.is_dir():
                shutil.rmtree(path)
            elif path not in {was for was, _now in self._aside}:
                path.unlink(missing_ok=True)
        for was, now in reversed(self._aside):
            if was.exists() and now.exists() and was.samefile(now):
                now.unlink()  # nothing took its place; renaming one name of a file to its other does nothing
            elif now.exists():
                now.replace(was)
        if self._folder:
            self._folder.rmdir()
        self.over()

    def over(self) -> None:
        """Remove the mark."""
        self._mark.unlink(missing_ok=True)
        sync_folder(self._place.instance)


@contextmanager
def exchange(place: Place, file: Path) -> Iterator[Exchange]:
    """Everything that is exchanged in the block stays, or nothing does."""
    one = Exchange(place, file)
    try:
        yield one
    except BaseException:
        with suppress(OSError):
            one.undo()
        raise
    one.over()


def _linked(path: Path, target: Path) -> bool:
    """Give a file a second name; False on a disk that knows no such thing."""
    try:
        os.link(path, target)
    except OSError:
        return False
    return True


def interrupted(instance: Path) -> str | None:
    """What to say of an exchange that a power cut broke off; None where there was none."""
    try:
        said = json.loads((instance / RESTORING_FILE).read_text(encoding="utf-8"))
        file, aside = str(said["file"]), str(said["aside"])
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError):
        file, aside = "TỆP", ""
    kept = f" Dữ liệu có trước vẫn còn ở {aside}." if aside else ""
    return f"Lần khôi phục trước bị ngắt giữa chừng: hãy chạy lại lệnh restore {file} --replace.{kept}"

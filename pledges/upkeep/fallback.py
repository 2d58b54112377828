"""Tập dự phòng hằng đêm: the pack for the day without power lies beside the backups, for its owner's eyes alone.

It is not sealed: who needs it has no machine to open it with but one that reads a stick. What fails here is told in the
server's log, and keeps no backup from being taken.
"""

import logging
import os
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask
from sqlalchemy.orm import Session

from pledges.campaigns.models import Campaign
from pledges.core import clock
from pledges.core.dates import ZONE
from pledges.documents.fallback.composing import gather, going_on
from pledges.documents.fallback.writing import write
from pledges.instance import sync_folder
from pledges.upkeep.places import Place
from pledges.upkeep.taking import make_folder

log = logging.getLogger(__name__)
KEPT = 2
"""So many are kept: what is older says nothing that is still so, and has telephones."""
_NAME = re.compile(r"du-phong-(\d{8}-\d{6})\.pdf")


def keep(session: Session, app: Flask) -> Path | None:
    """Put the present pack beside the backups, and remove old ones; None where there is nothing to print."""
    try:
        campaigns = going_on(session)
        if not campaigns:
            return None
        place = Place.of(app.config)
        make_folder(place)
        path = place.backups / f"du-phong-{clock.real().astimezone(ZONE):%Y%m%d-%H%M%S}.pdf"
        _write(path, session, campaigns, app)
        for old in _listed(place.backups)[KEPT:]:
            old.unlink(missing_ok=True)
    except Exception:
        log.exception("the pack for the day without power could not be made")
        return None
    return path


def _write(path: Path, session: Session, campaigns: Sequence[Campaign], app: Flask) -> None:
    """Whole, synced, then named; readable by its owner alone from the first byte on."""
    now = clock.now()
    gathered = gather(session, campaigns, now, app.config["PUBLIC_ADDRESS"] or "")
    draft = path.with_name(f".{path.name}.part")
    handle = os.open(draft, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(handle, "w+b") as file:
            write(gathered, now, file, app.config["FONT_FOLDER"])
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
        sync_folder(path.parent)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def newest_at(place: Place) -> datetime | None:
    """When the newest was made; None without one."""
    found = next(iter(_listed(place.backups)), None)
    said = _NAME.fullmatch(found.name) if found else None
    if said is None:
        return None
    return datetime.strptime(said[1], "%Y%m%d-%H%M%S").replace(tzinfo=ZONE).astimezone(UTC)


def _listed(folder: Path) -> list[Path]:
    """The packs that lie there, newest first."""
    found = folder.glob("du-phong-*.pdf") if folder.is_dir() else ()
    return sorted((one for one in found if _NAME.fullmatch(one.name)), reverse=True)

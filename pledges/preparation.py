"""What must stand before anything runs: the instance folder, the secret key, the tables, the demo if asked.

Whatever the disk or the database refuses becomes `Refusal`, whose text is one Vietnamese sentence.
"""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.runtime.migration import MigrationContext
from flask import Flask

from pledges import instance, paths
from pledges.accounts.models import Account
from pledges.backup_keys import SealError, read_key
from pledges.core.database import db
from pledges.demo.operations import load_demo
from pledges.documents.pdf import faces
from pledges.factory import create_app
from pledges.settings import Settings, load
from pledges.troubles import Refusal, told
from pledges.upkeep.exchanging import interrupted
from pledges.upkeep.migrating import heads, known
from pledges.upkeep.places import FILES, Place
from pledges.upkeep.restoring import Restored, restore
from pledges.upkeep.rules import BackupError
from pledges.upkeep.updating import UpdateFailed, update

SECONDS_TO_CONNECT = 5
_NEWER = "Cơ sở dữ liệu do một bản mới hơn của chương trình lập ra: hãy cài bản đó."

# The day as of which the illustrative data stands (pledges/demo/data/README.md).
DEMO_DAY = date(2024, 10, 15)


@dataclass(frozen=True, slots=True)
class State:
    """What stands in a database: whether it has no table at all, and the migrations it has been through."""

    empty: bool
    revisions: frozenset[str]


def _nobody(_sentence: str) -> None:
    """Nobody listens to what goes on."""


def prepare(overrides: Mapping[str, Any], *, demo: bool, tell: Callable[[str], None] = _nobody) -> Flask:
    """The application over an instance that is wholly there; makes what is missing.

    With `demo`, a database without any table gets the Hà Khánh campaign, and the instance is marked for good. One of
    an older program is backed up first (`tell` hears of it). Two who call this for one instance at once wait for each
    other. Raises SettingError or Refusal.
    """
    settings = _load_without_key(overrides)
    folder = settings["INSTANCE"]
    _check_faces(settings)
    with told(settings["DATABASE_URL"]):
        instance.make_folder(folder)
        with instance.one_maker(folder):
            _refuse_halves(folder)
            _decide(folder, _load_without_key(overrides), demo=demo)
            instance.make_secret_key(folder)
            app = create_app(overrides)
            _migrate(app, tell)
            _fill(app, folder)
        return app


def existing(overrides: Mapping[str, Any]) -> Flask:
    """The application over an instance that was prepared before. Raises SettingError or Refusal."""
    settings = load(overrides)
    _check_faces(settings)
    with told(settings["DATABASE_URL"]):
        _refuse_halves(settings["INSTANCE"])
        state = _state(settings["DATABASE_URL"])
        if state.empty:
            raise Refusal(f"Kho {settings['INSTANCE']} chưa có cơ sở dữ liệu: hãy chạy lệnh prepare trước.")
        if not state.revisions <= known():
            raise Refusal(_NEWER)
        if state.revisions != frozenset(heads()):
            raise Refusal(
                "Cơ sở dữ liệu do bản cũ hơn lập ra: hãy chạy lệnh prepare, lệnh đó sao lưu rồi nâng cấp."
            )
        return create_app(overrides)


def restored(overrides: Mapping[str, Any], file: Path, *, replace: bool, key_file: Path | None) -> Restored:
    """Put a backup into the instance; needs none that was prepared. Raises SettingError or Refusal."""
    settings = _load_without_key(overrides)
    with told(settings["DATABASE_URL"]):
        try:
            place = Place.of(settings)
            key = read_key(key_file.read_text(encoding="utf-8")) if key_file else place.key
            instance.make_folder(place.instance)
            with instance.one_maker(place.instance):
                return restore(place, file, key, replace=replace)
        except BackupError as error:
            raise Refusal(str(error)) from error
        except SealError as error:
            raise Refusal(f"Khóa trong tệp {key_file} {error}.") from error


def _refuse_halves(folder: Path) -> None:
    """Refuse an instance whose restore was broken off: before anything is made beside its halves."""
    if broken_off := interrupted(folder):
        raise Refusal(broken_off)


def _load_without_key(overrides: Mapping[str, Any]) -> Settings:
    """The settings, before there is a key: the one given here serves nothing."""
    return load({"SECRET_KEY": secrets.token_hex(), **overrides})


def _check_faces(settings: Settings) -> None:
    """Refuse to start with faces that would print boxes for Vietnamese letters."""
    try:
        faces.load(settings["FONT_FOLDER"] or faces.FOLDER)
    except faces.FacesUnfitError as unfit:
        raise Refusal(str(unfit)) from unfit


def inhabited(app: Flask) -> bool:
    """Whether anybody has an account yet."""
    with app.app_context():
        return bool(db.session.scalar(sa.select(sa.exists().select_from(Account))))


def _decide(folder: Path, settings: Settings, *, demo: bool) -> None:
    """Mark the instance as a demo when it becomes one: nothing is there yet, and nobody forbids it."""
    if not demo and settings["DEMO"]:
        raise Refusal(f"{folder} là kho minh họa, không dùng làm kho thật được: hãy chọn thư mục khác.")
    wanted = demo and settings["DEMO_ALLOWED"] and not instance.marker(folder)
    if wanted and _state(settings["DATABASE_URL"]).empty:
        instance.mark(folder, instance.Marker(DEMO_DAY, loaded=False))


def _fill(app: Flask, folder: Path) -> None:
    """Load the demo into an instance marked as one, unless that was done; it comes whole or not at all."""
    marker = instance.marker(folder)
    if marker is None or marker.loaded:
        return
    if not inhabited(app):
        load_demo(app)
    instance.mark(folder, instance.Marker(marker.today, loaded=True))


def _state(address: str) -> State:
    """What stands in the database at an address; asking makes nothing."""
    url = sa.make_url(address)
    sqlite = url.get_backend_name() == "sqlite"
    if sqlite and not (url.database and Path(url.database).exists()):
        return State(empty=True, revisions=frozenset())
    limits = {} if sqlite else {"connect_timeout": SECONDS_TO_CONNECT}
    engine = sa.create_engine(url, poolclass=sa.NullPool, connect_args=limits)
    with engine.connect() as connection:
        revisions = frozenset(MigrationContext.configure(connection).get_current_heads())
        return State(not revisions and not sa.inspect(connection).get_table_names(), revisions)


def _first_file(folder: Path) -> Path | None:
    """One of the files kept there, if there are any: a database once knew it."""
    return next((path for path in folder.rglob("*") if path.is_file()), None)


def _migrate(app: Flask, tell: Callable[[str], None]) -> None:
    """Bring the tables to what the program expects: made new, or backed up and changed."""
    state = _state(app.config["DATABASE_URL"])
    if state.revisions == frozenset(heads()):
        return
    if not state.revisions and not state.empty:
        raise Refusal("Cơ sở dữ liệu đã có bảng của chương trình khác: hãy dùng một cơ sở dữ liệu trống.")
    if not state.revisions <= known():
        raise Refusal(_NEWER)
    if state.empty:
        if filed := _first_file(app.config["INSTANCE"] / FILES):
            raise Refusal(
                f"Kho có tệp (như {filed}) mà cơ sở dữ liệu trống hoặc không còn: hãy xem ổ đĩa đã gắn chưa và "
                "DATABASE_URL có đúng không, hoặc khôi phục từ bản sao lưu (lệnh restore). Muốn lập kho mới thì chọn "
                "thư mục khác."
            )
        with app.app_context():
            command.upgrade(app.extensions["migrate"].migrate.get_config(str(paths.MIGRATIONS)), "head")
        return
    tell("Dữ liệu do bản cũ hơn lập ra: đang sao lưu rồi nâng cấp…")
    try:
        backup = update(Place.of(app.config))
    except UpdateFailed as failed:
        raise Refusal(str(failed)) from failed
    tell(f"Đã nâng cấp; bản sao lưu trước khi nâng cấp ở {backup}.")

"""Bringing a database to a revision, whole or not at all; what is wrong afterwards undoes it."""

from collections.abc import Callable

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

from pledges import paths


def scripts() -> ScriptDirectory:
    """The migrations that the program brings."""
    return ScriptDirectory(str(paths.MIGRATIONS))


def heads() -> tuple[str, ...]:
    """The newest of them."""
    return tuple(sorted(scripts().get_heads()))


def known() -> frozenset[str]:
    """The names of all of them."""
    return frozenset(one.revision for one in scripts().walk_revisions())


def bring(
    connection: sa.Connection, revision: str, check: Callable[[sa.Connection], None] | None = None
) -> None:
    """Migrate in one transaction; `check` looks at the result before it is committed, and may raise."""
    config = Config(str(paths.MIGRATIONS / "alembic.ini"))
    config.set_main_option("script_location", str(paths.MIGRATIONS).replace("%", "%%"))
    config.attributes.update(connection=connection, check=check)
    command.upgrade(config, revision)

"""What was issued is printed again byte for byte, whatever migrations do with the tables under it, there and back."""

import hashlib
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

from pledges import paths
from pledges.audit.operations import verify as verify_log
from pledges.documents.issuing import verification
from tests.support import apps, issuing
from tests.support.critic import Critic
from tests.support.databases import Database
from tests.support.tables import migrations_of
from tests.support.ward import Ward

FIRST_WITH_DOCUMENTS = "0008"

_LATER = '''"""A later release."""
import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "{name}", "{before}", None, None


def upgrade():
{up}


def downgrade():
{down}
'''
_TABLES = ("document", "attachment", "document_event", "stored_file", "campaign", "check_code")


def _adding(column: str) -> str:
    added = f'sa.Column("{column}", sa.Text(), nullable=False, server_default="mới")'
    return "\n".join(
        f'    with op.batch_alter_table("{table}") as found:\n        found.add_column({added})'
        for table in _TABLES
    )


def _dropping(column: str) -> str:
    return "\n".join(
        f'    with op.batch_alter_table("{table}") as found:\n        found.drop_column("{column}")'
        for table in _TABLES
    )


def later_releases(ward: Ward, folder: Path) -> Config:
    """The product's migrations and two more: one brings columns, the next takes one away and brings another."""
    with ward.app.app_context():
        config = migrations_of(ward.app)
    head = ScriptDirectory.from_config(config).get_current_head()
    steps = {
        "later_1": (head, _adding("remark"), _dropping("remark")),
        "later_2": (
            "later_1",
            f"{_dropping('remark')}\n{_adding('colour')}",
            f"{_dropping('colour')}\n{_adding('remark')}",
        ),
    }
    for name, (before, up, down) in steps.items():
        (folder / f"{name}.py").write_text(_LATER.format(name=name, before=before, up=up, down=down))
    config.set_main_option("path_separator", "newline")
    config.set_main_option("version_locations", f"{paths.MIGRATIONS / 'versions'}\n{folder}")
    return config


def test_the_same_sha256_after_real_migrations_up_and_down(database: Database, tmp_path: Path):
    ward = database.ward()
    document = issuing.issued(ward, 5)
    number, kept = document.id, document.file.sha256
    config = later_releases(ward, tmp_path)

    def printed() -> str:
        clerk = Critic(ward, "clerk")  # signed in anew: the way back ends every session
        return hashlib.sha256(clerk.get(f"/van-ban/{number}.pdf").bytes).hexdigest()

    def moved(to: str, *, back: bool = False) -> None:
        ward.settle()
        ward.session.close()
        with ward.app.app_context():
            (command.downgrade if back else command.upgrade)(config, to)
        apps.engine_of(ward.app).dispose()

    def stored() -> tuple[object, ...]:
        asked = (
            "SELECT paper, digest, pages, sha256 FROM document JOIN stored_file ON stored_file.id = file_id"
        )
        ward.settle()
        with apps.engine_of(ward.app).connect() as connection:
            return tuple(connection.execute(sa.text(asked)).one())

    before = stored()
    assert printed() == kept
    for to, back in (("later_1", False), ("later_2", False), ("later_1", True), ("-1", True)):
        moved(to, back=back)
        assert printed() == kept, to
    moved(FIRST_WITH_DOCUMENTS, back=True)
    assert stored() == before
    moved("later_2")
    assert printed() == kept
    moved("-2", back=True)
    assert printed() == kept
    assert stored() == before
    folder = ward.app.config["INSTANCE"] / "files"
    assert verification.verify(ward.session, folder) == verification.Verified(1, ())
    assert verify_log(ward.session) is None

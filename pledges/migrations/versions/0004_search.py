"""What is searched, and how it is found fast."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

from pledges.index.rules import Text

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

KINDS = ("task", "unit", "account", "appointment", "commitment", "report", "campaign")
CHUNK = 2000

# What each database's own engine keeps over the entries. Triggers fill it, so that no writer can forget it.
#
# FTS5 keeps one list of places for a word of all columns: a word that stands in every text, but in few titles, would
# be sought through all of them. So the words of each column bear a letter by which they are words of their own, and
# the bar between two fields becomes a word that keeps phrases apart. pledges.index.matching asks with the same letters.
LETTERED = {
    "title": ("w", "{row}.title"),
    "title_fold": ("z", "{row}.title_fold"),
    "whole": ("j", "{row}.title || ' | ' || {row}.body"),
    "whole_fold": ("f", "{row}.title_fold || ' | ' || {row}.body_fold"),
}


def _fts_row(row: str, act: str = "") -> str:
    """The statement that gives FTS5 the words of an entry, or takes them back."""
    words = [f"'{one}' || replace({text.format(row=row)}, ' ', ' {one}')" for one, text in LETTERED.values()]
    columns = ["search_text"] * bool(act) + ["rowid", "scope", *LETTERED]
    values = [f"'{act}'"] * bool(act) + [f"{row}.id", f"{row}.scope", *words]
    return f"INSERT INTO search_text ({', '.join(columns)}) VALUES ({', '.join(values)});"  # noqa: S608 # nosec B608 # constants


_ADD, _TAKE_OUT = _fts_row("NEW"), _fts_row("OLD", "delete")

ENGINES = {
    "sqlite": (
        """
        CREATE VIRTUAL TABLE search_text USING fts5(
            scope, title, title_fold, whole, whole_fold,
            content='', columnsize=0, prefix='3 4 5 6 7', tokenize='unicode61 remove_diacritics 0'
        )
        """,
        f"CREATE TRIGGER search_entry_inserted AFTER INSERT ON search_entry BEGIN {_ADD} END",
        f"CREATE TRIGGER search_entry_deleted AFTER DELETE ON search_entry BEGIN {_TAKE_OUT} END",
        f"CREATE TRIGGER search_entry_updated AFTER UPDATE ON search_entry BEGIN {_TAKE_OUT} {_ADD} END",
    ),
    "postgresql": (
        """
        CREATE TABLE search_text (
            entry_id integer PRIMARY KEY REFERENCES search_entry (id) ON DELETE CASCADE,
            scope tsvector NOT NULL,
            title tsvector NOT NULL,
            title_fold tsvector NOT NULL,
            whole tsvector NOT NULL,
            whole_fold tsvector NOT NULL
        )
        """,
        # Title and body as one text, with a gap that no phrase reaches over.
        """
        CREATE FUNCTION search_text_of(title text, body text) RETURNS tsvector LANGUAGE sql IMMUTABLE AS
        $$ SELECT ts_delete(to_tsvector('simple', title || ' 0gap0 ' || body), '0gap0') $$
        """,
        """
        CREATE FUNCTION search_text_fill() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN
            DELETE FROM search_text WHERE entry_id = NEW.id;
            INSERT INTO search_text VALUES (
                NEW.id, to_tsvector('simple', NEW.scope),
                to_tsvector('simple', NEW.title), to_tsvector('simple', NEW.title_fold),
                search_text_of(NEW.title, NEW.body), search_text_of(NEW.title_fold, NEW.body_fold)
            );
            RETURN NULL;
        END $$
        """,
        """
        CREATE TRIGGER search_entry_changed AFTER INSERT OR UPDATE ON search_entry
        FOR EACH ROW EXECUTE FUNCTION search_text_fill()
        """,
        # Two indexes: where few entries are in reach, their words are read rather than sought among all.
        "CREATE INDEX search_text_scope ON search_text USING gin (scope) WITH (fastupdate = off)",
        """
        CREATE INDEX search_text_words ON search_text
        USING gin (title, title_fold, whole, whole_fold) WITH (fastupdate = off)
        """,
    ),
}
WAYS_BACK = {
    "sqlite": ("DROP TABLE search_text",),
    "postgresql": (
        "DROP TRIGGER search_entry_changed ON search_entry",
        "DROP TABLE search_text",
        "DROP FUNCTION search_text_fill()",
        "DROP FUNCTION search_text_of(text, text)",
    ),
}


def upgrade() -> None:
    entries = op.create_table(
        "search_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(*KINDS, name="entrykind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("record_id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("scope", "title", "title_fold")),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("body", "body_fold", "sort")),
        sa.PrimaryKeyConstraint("id", name="pk_search_entry"),
        sa.UniqueConstraint("kind", "record_id", name="uq_search_entry_kind_record_id"),
    )
    bind = op.get_bind()
    for statement in ENGINES[bind.dialect.name]:
        op.execute(statement)
    rows: list[dict[str, Any]] = []
    for row in _entries(bind):
        rows.append(row)
        if len(rows) == CHUNK:
            bind.execute(sa.insert(entries), rows)
            rows.clear()
    if rows:
        bind.execute(sa.insert(entries), rows)


def downgrade() -> None:
    for statement in WAYS_BACK[op.get_bind().dialect.name]:
        op.execute(statement)
    op.drop_table("search_entry")


def _entry(
    kind: str, number: int, title: str, body: Iterable[str], scope: Iterable[str], sort: str
) -> dict[str, Any]:
    signs = " ".join(dict.fromkeys([f"k{kind}", *scope]))
    return {"kind": kind, "record_id": number, "scope": signs, "sort": sort, **Text.of(title, body).__dict__}


def _signs(path: str, place: str = "u") -> list[str]:
    return [f"{place}{number}" for number in path.strip("/").split("/") if number]


def _entries(bind: sa.Connection) -> Iterator[dict[str, Any]]:
    """What stands in the tables is searched from the first day; later changes are indexed by the program."""
    units = {one.id: one for one in bind.execute(sa.text("SELECT * FROM unit"))}
    campaigns = {one.id: one for one in bind.execute(CAMPAIGNS)}
    newest = {one.id: f"{10**7 - one.starts_on.toordinal():07}" for one in campaigns.values()}
    organised = {one.id: _signs(units[one.owner_unit_id].path, "o") for one in campaigns.values()}
    yield from _of_units(units)
    yield from _of_people(bind, units)
    yield from _of_campaigns(bind, units, campaigns, newest, organised)
    yield from _of_commitments(bind, units, campaigns, newest, organised)
    yield from _of_tasks(bind, units, newest, organised)


CAMPAIGNS = sa.text(
    "SELECT id, code, title, theme, slogan, starts_on, owner_unit_id FROM campaign ORDER BY id"
).columns(starts_on=sa.Date())


def _by_first(bind: sa.Connection, statement: str) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in bind.execute(sa.text(statement)):
        found[row[0]].append(row)
    return found


def _names(unit: Any) -> tuple[str, ...]:
    return unit.name, unit.short_name, unit.code


def _of_units(units: dict[int, Any]) -> Iterator[dict[str, Any]]:
    for one in units.values():
        body = (one.short_name, one.code, one.head_position)
        sort = f"{max(one.position, 0):07}{one.name_sort[:60]}"
        yield _entry("unit", one.id, one.name, body, _signs(one.path), sort)


def _of_people(bind: sa.Connection, units: dict[int, Any]) -> Iterator[dict[str, Any]]:
    people = {one.id: one for one in bind.execute(sa.text("SELECT id, name, name_sort FROM account"))}
    for one in people.values():
        yield _entry("account", one.id, one.name, (), (), one.name_sort[:60])
    posts = bind.execute(sa.text("SELECT id, account_id, unit_id, post FROM appointment ORDER BY id"))
    for one in posts:
        person, unit = people[one.account_id], units[one.unit_id]
        body = (one.post, *_names(unit))
        yield _entry("appointment", one.id, person.name, body, _signs(unit.path), person.name_sort[:60])


def _of_campaigns(
    bind: sa.Connection,
    units: dict[int, Any],
    campaigns: dict[int, Any],
    newest: dict[int, str],
    organised: dict[int, list[str]],
) -> Iterator[dict[str, Any]]:
    bases = _by_first(
        bind, "SELECT campaign_id, type, number, subject FROM basis ORDER BY campaign_id, position"
    )
    movements = _by_first(bind, "SELECT campaign_id, name FROM movement ORDER BY campaign_id, position")
    for number, one in campaigns.items():
        owner, sign = units[one.owner_unit_id].name, f"c{number}"
        rests_on = [f"{basis.type} {basis.number} {basis.subject}" for basis in bases[number]]
        body = (one.theme, one.slogan, one.code, *rests_on, *(each.name for each in movements[number]), owner)
        yield _entry("campaign", number, one.title, body, [sign], newest[number])
        paper = ("Phụ lục danh mục phần việc", one.title, owner)
        yield _entry("report", number, "Báo cáo tiến độ", paper, [sign, *organised[number]], newest[number])


def _of_commitments(
    bind: sa.Connection,
    units: dict[int, Any],
    campaigns: dict[int, Any],
    newest: dict[int, str],
    organised: dict[int, list[str]],
) -> Iterator[dict[str, Any]]:
    signing = _by_first(
        bind, "SELECT commitment_id, name, post FROM signatory ORDER BY commitment_id, position"
    )
    made = bind.execute(sa.text("SELECT id, campaign_id, unit_id, edition FROM commitment ORDER BY id"))
    for one in made:
        unit, campaign = units[one.unit_id], one.campaign_id
        people = [f"{each.name} {each.post}" for each in signing[one.id]]
        body = (unit.short_name, unit.code, *people, campaigns[campaign].title)
        scope = [f"c{campaign}", *_signs(unit.path), *organised[campaign]]
        sort = f"{newest[campaign]}{max(unit.position, 0):07}{10**6 - one.edition:07}"
        yield _entry("commitment", one.id, f"Bản cam kết thi đua {unit.name}", body, scope, sort)


def _of_tasks(
    bind: sa.Connection, units: dict[int, Any], newest: dict[int, str], organised: dict[int, list[str]]
) -> Iterator[dict[str, Any]]:
    labels = _by_first(bind, "SELECT task_id, label FROM indicator ORDER BY task_id, position")
    helping = _by_first(
        bind,
        "SELECT task_id, unit_id FROM cooperation JOIN unit ON unit.id = unit_id ORDER BY task_id, position, unit_id",
    )
    columns = "id, campaign_id, lead_unit_id, title, title_sort, product, number"
    for one in bind.execute(sa.text(f"SELECT {columns} FROM task ORDER BY id")):  # noqa: S608 # nosec B608 # a constant
        lead, helped = units[one.lead_unit_id], [units[each.unit_id] for each in helping[one.id]]
        names = [name for unit in (lead, *helped) for name in _names(unit)]
        scope = [f"c{one.campaign_id}", *_signs(lead.path), *organised[one.campaign_id]]
        scope += [sign for unit in helped for sign in _signs(unit.path, "h")]
        sort = f"{newest[one.campaign_id]}{one.number or 10**6:07}{one.title_sort[:60]}"
        body = (one.product, *(each.label for each in labels[one.id]), *names)
        yield _entry("task", one.id, one.title, body, scope, sort)

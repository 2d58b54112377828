"""The written pages agree with the code: permissions, glossary."""

import re

import pytest

from pledges.access.page import page
from pledges.core.base import Base
from tests.house.sources import PACKAGE, ROOT, name
from tests.support.ward import Ward

GLOSSARY = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")] for line in GLOSSARY.splitlines() if line[:1] == "|"
]
TERMS = {row[0]: row for row in ROWS[2:]}
FEATURES = sorted(path.parent.name for path in PACKAGE.glob("*/models.py"))
PIECES = {
    "in",
    "way",
    "and",
    "of",
    "cooperation",
    "kept",
    "form",
    "sign",
    "attempt",
    "event",
    "ended",
    "session",
    "receipt",
}
"""Words of tables that are no terms of the field: they hold what the mechanism needs."""


def test_the_page_of_permissions_is_what_the_code_says():
    told = "run `python -m pledges permissions-page > docs/permissions.md`"
    assert (ROOT / "docs" / "permissions.md").read_text(encoding="utf-8") == page(), told


def test_the_command_prints_the_page(ward: Ward):
    assert ward.app.test_cli_runner().invoke(args=["permissions-page"]).output == page()


def test_every_line_of_the_glossary_is_whole():
    assert [row for row in ROWS if len(row) != 4 or not all(row)] == []


@pytest.mark.parametrize("feature", FEATURES)
def test_every_feature_has_its_terms(feature: str):
    assert [term for term, row in TERMS.items() if f"`{feature}`" in row[3]] != []


@pytest.mark.parametrize(
    "feature", sorted({one for row in TERMS.values() for one in re.findall(r"`(\w+)`", row[3])})
)
def test_every_term_belongs_to_a_feature(feature: str):
    assert (PACKAGE / feature).is_dir()


@pytest.mark.parametrize("table", sorted(Base.metadata.tables))
def test_every_table_is_named_by_a_term(table: str):
    terms = " ".join(TERMS).replace("-", " ")
    missing = [word for word in table.split("_") if word not in PIECES and not re.search(rf"\b{word}", terms)]
    assert missing == [], f"{table} uses words that {name(ROOT / 'docs' / 'glossary.md')} doesn't know"

"""Every file that leaves is written into the log with who took it, or holds nothing by which a person can be reached.

A new place that answers with a file fails here until it stands in one of the two tables; so does a new place that reads
a telephone or an e-mail address.
"""

import ast
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path

import pytest

from pledges.audit.words import WORDS
from tests.house.sources import PACKAGE, modules, name, tree

SINKS = frozenset(
    {
        "file_answer",
        "large_answer",
        "kept_answer",
        "printed",
        "drawn",
        "filed",
        "send_file",
        "send_from_directory",
    }
)
PASSING_ON = frozenset({"pledges/core/downloads.py", "pledges/documents/printing.py"})
"""Where they are made of each other."""

LOGGED = {
    "pledges/documents/calls/handing.py:handed_out": "campaign.call_list_downloaded",
    "pledges/documents/fallback/views.py:_handed_out": "campaign.fallback_downloaded",
    "pledges/documents/signed_papers_pages.py:_handed_out": "commitment.papers_downloaded",
    "pledges/overview/officials/views.py:_handed_out": "campaign.officials_downloaded",
    "pledges/upkeep/personal/views.py:take_my_data": "account.own_data_downloaded",
    "pledges/upkeep/views.py:download": "account.backup_downloaded",
}
"""Place → the act of the log."""

_OFFICE = "a paper of the office: names and posts of those who sign, as on its board of notices"
_RECORD = "one record's own file, seen on the record's page by the same people"
FREE = {
    "pledges/commitments/copies/piles.py:ceremony_page_picture": _RECORD,
    "pledges/documents/comparison_pages.py:comparison": _OFFICE,
    "pledges/documents/document_pages.py:document_picture": _OFFICE,
    "pledges/documents/issuing/issue_pages.py:_looked_at": _OFFICE,
    "pledges/documents/issuing/printing.py:document_pdf": _OFFICE,
    "pledges/documents/issuing/printing.py:marked_pdf": _OFFICE,
    "pledges/documents/issuing/printing.py:document_docx": _OFFICE,
    "pledges/documents/issuing/printing.py:document_xlsx": _OFFICE,
    "pledges/documents/issuing/register_pages.py:register_xlsx": _OFFICE,
    "pledges/documents/issuing/register_pages.py:register_pdf": _OFFICE,
    "pledges/documents/meeting_pack_pages.py:meeting_pack": _OFFICE,
    "pledges/documents/packs/views.py:job_file": "bound papers of the office; each pack that is asked for is logged",
    "pledges/documents/paper_pages.py:page_picture": "refuses the list with telephones, which has its own page",
    "pledges/documents/paper_pages.py:_file": "refuses the list with telephones, which has its own page",
    "pledges/documents/report_form_pages.py:report_form": _OFFICE,
    "pledges/documents/report_form_pages.py:report_forms": _OFFICE,
    "pledges/documents/report_form_pages.py:blank_report_form": "an empty form",
    "pledges/documents/signing_day_pages.py:commitments_pack": _OFFICE,
    "pledges/documents/signing_day_pages.py:signing_roll": _OFFICE,
    "pledges/documents/signing_day_pages.py:place_cards": _OFFICE,
    "pledges/documents/signing_day_pages.py:ceremony_minutes": _OFFICE,
    "pledges/documents/views.py:commitment": _OFFICE,
    "pledges/files/serving.py:preview_answer": _RECORD,
    "pledges/files/serving.py:answer": _RECORD,
    "pledges/overview/export_pages.py:book": "figures of units",
    "pledges/site/calendar.py:calendar": "the owner's due days, behind the owner's own secret",
    "pledges/tasks/exporting/views.py:_answer": "tasks of units, or an empty form",
}
"""Place → why nobody need know who took it."""

READ = frozenset({"phone", "email"})
REACHING = {
    "pledges/accounts/administration.py": "the page of an account",
    "pledges/accounts/notices/queries.py": "whom the daily letter goes to",
    "pledges/documents/calls/handing.py": "counts the telephones that leave, for the log",
    "pledges/documents/calls/late.py": "the list of calls",
    "pledges/documents/calls/sheet.py": "the list of calls",
    "pledges/documents/calls/signing.py": "the list of calls before a signing",
    "pledges/documents/fallback/composing.py": "the pack for a day without power",
    "pledges/documents/fallback/open_tasks.py": "the pack for a day without power",
    "pledges/documents/queries.py": "the list of calls before a signing",
    "pledges/documents/sheets/calls.py": "the list of calls, on paper",
    "pledges/upkeep/personal/portrait.py": "what is kept of a person, for that person",
    "pledges/upkeep/personal/queries.py": "whose telephone and address are kept for too long",
    "pledges/search/showing.py": "the search for an account, for administrators",
}
"""Module that reads how a person is reached → what for. None of them but those of logged lists answers with a file."""


def leaving(sources: Mapping[str, ast.AST]) -> Iterator[str]:
    """The functions that answer with a file, by module."""
    for module, parsed in sources.items():
        wanted = SINKS & _imported(parsed)
        if wanted and module not in PASSING_ON:
            for node in ast.walk(parsed):
                if isinstance(node, ast.FunctionDef) and any(_answers(one, wanted) for one in ast.walk(node)):
                    yield f"{module}:{node.name}"


def _imported(parsed: ast.AST) -> set[str]:
    froms = [node for node in ast.walk(parsed) if isinstance(node, ast.ImportFrom)]
    return {
        alias.asname or alias.name
        for node in froms
        if node.module in {"pledges.core.downloads", "pledges.documents.printing", "flask"}
        for alias in node.names
    }


def _answers(node: ast.AST, wanted: AbstractSet[str]) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in wanted


def reaching(sources: Mapping[str, ast.AST]) -> Iterator[str]:
    """The modules that read a telephone or an e-mail address."""
    for module, parsed in sources.items():
        if any(
            isinstance(node, ast.Attribute) and node.attr in READ and _read(node) for node in ast.walk(parsed)
        ):
            yield module


def _read(node: ast.Attribute) -> bool:
    return isinstance(node.ctx, ast.Load)


@pytest.fixture(scope="module")
def sources() -> dict[str, ast.AST]:
    return {name(path): tree(path) for path in modules()}


def test_every_file_that_leaves_is_logged_or_free_of_personal_data(sources: dict[str, ast.AST]):
    assert sorted(leaving(sources)) == sorted([*LOGGED, *FREE])


def test_every_reader_of_telephones_and_addresses_says_what_for(sources: dict[str, ast.AST]):
    assert sorted(reaching(sources)) == sorted(REACHING)


@pytest.mark.parametrize(("place", "action"), LOGGED.items())
def test_what_is_logged_is_written_where_the_file_leaves(place: str, action: str):
    parsed = tree(PACKAGE.parent / Path(place.partition(":")[0]))
    written = {
        node.args[1].value
        for node in ast.walk(parsed)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "record"
        and isinstance(node.args[1], ast.Constant)
    }
    assert action in written
    assert action in WORDS


def test_a_new_export_and_a_new_reader_are_caught():
    made = {
        "pledges/units/export.py": ast.parse(
            "from pledges.core.downloads import file_answer\n"
            "def book(people):\n    return file_answer(str([one.phone for one in people]), 'x', 'y')\n"
        )
    }
    assert list(leaving(made)) == ["pledges/units/export.py:book"]
    assert list(reaching(made)) == ["pledges/units/export.py"]

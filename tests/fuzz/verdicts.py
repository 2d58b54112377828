"""What is wrong with an answer: a fault, a line in the log, a file out of place, a refusal that wrote or lost words."""

import resource
from collections.abc import Callable, Iterator
from http import HTTPStatus
from pathlib import Path

from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

from tests.fuzz.judging import FAULT, Log, lost
from tests.fuzz.records import Records, kept_words
from tests.fuzz.results import Results
from tests.fuzz.rights import ANSWERED_AT_ONCE, KEPT_AT_ONCE, SPELT
from tests.fuzz.sending import SAYS_WHY, Sent

SLOW = 10.0
"""Seconds of the processor that no single answer may take."""
AT_ONCE, MOST_MEMORY = 2.0, 300
"""Seconds of the processor and megabytes that one uploaded file may take."""
TOLD = 300
"""Letters of a value that a finding tells."""
REFUSING = frozenset({200, 400, 409, 413})
"""Statuses with which a form is shown again."""
Fault = tuple[str, str]


class Judge:
    """Judges the answers of an application by what it says, and by what its database and its folder hold then."""

    def __init__(self, app: Flask, records: Records, log: Log, results: Results) -> None:
        self.app, self.records, self.log, self.results = app, records, log, results
        self.folder: Path = app.config["INSTANCE"]
        self.whole = records.digest()
        self.stored = self._files()
        self.most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024

    def close(self) -> None:
        """Give the records back."""
        self.records.close()

    def settle(self, before: str) -> None:
        """What stands there now is what was there before the next request, where nothing undid it."""
        if self.records.version() != before:
            self.whole = self.records.digest()

    def faults(
        self, answer: TestResponse | None, endpoint: str, sent: Sent | None, took: float, before: str
    ) -> Iterator[Fault]:
        """What is wrong, in words; `before` is the version that the request found."""
        yield from self._of_files(sent, took)
        yield from (("something in the log", line) for line in self.log.taken())
        if took > SLOW:
            yield "too slow", f"{took:.1f} s"
        if answer is None:
            return
        if answer.status_code >= FAULT:
            yield "a fault", f"{answer.status_code} {answer.get_data(as_text=True)[:TOLD]}"
        refused = _refused(answer, endpoint)
        if (answer.request.method == "GET" or refused) and self.records.version() != before:
            yield from self._of_records(endpoint, sent)
        if sent is not None and refused and answer.status_code in REFUSING:
            yield from self._of_words(answer, endpoint, sent)

    def _of_records(self, endpoint: str, sent: Sent | None) -> Iterator[Fault]:
        """A refusal that wrote what this door may not write."""
        self.results.compared += 1
        now = self.records.digest()
        changed = {name for name, short in now.items() if short != self.whole[name]}
        may = KEPT_AT_ONCE.get(endpoint, frozenset()) if sent is not None and sent.files else frozenset()
        if changed - may:
            yield "a refused sending wrote", " ".join(sorted(changed - may))

    def _of_words(self, answer: TestResponse, endpoint: str, sent: Sent) -> Iterator[Fault]:
        """A refusal that says no word, or keeps none."""
        shown = answer.get_data(as_text=True)
        silent = sent.owed and not any(one in shown for one in sent.owed)
        if silent and answer.status_code == HTTPStatus.OK:
            yield "refused without a word", f"{answer.status_code}"
        typed = [(value, _spelt(endpoint, name)) for name, values in sent.typed.items() for value in values]
        self.results.texts += len(typed)
        gone = lost(typed, shown, lambda: kept_words(self.records))
        if gone:
            yield "typed and lost", f"{answer.status_code} {[one[:TOLD] for one in gone]}"

    def _of_files(self, sent: Sent | None, took: float) -> Iterator[Fault]:
        """A file without its row, a file that is read too long, or with too much memory."""
        most, before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, self.most
        self.most = max(most, before)
        if sent is None or not sent.files:
            return
        known = set(self.records.column("stored_file", "sha256"))
        for one in self._files() - self.stored:
            if one.name not in known:
                yield "a file without its row", one.name
            one.unlink()
        if took > AT_ONCE * len(sent.files):
            yield "a file that takes long", f"{took:.1f} s"
        if most - before > MOST_MEMORY * len(sent.files):
            yield "a file that takes memory", f"{most - before} MB"

    def _files(self) -> set[Path]:
        return {one for one in (self.folder / "files").rglob("*") if one.is_file()}


def _spelt(endpoint: str, name: str) -> Callable[[str], str]:
    return SPELT.get((endpoint, name), str)


def _refused(answer: TestResponse, endpoint: str) -> bool:
    """Whether nothing was carried out: who is obeyed is led on, or gets a file, or sees what is shown once."""
    if answer.status_code != HTTPStatus.OK:
        return answer.status_code >= HTTPStatus.BAD_REQUEST
    once = endpoint in ANSWERED_AT_ONCE and SAYS_WHY not in answer.get_data(as_text=True)
    return answer.mimetype == "text/html" and not once


def endpoint_of(app: Flask, answer: TestResponse | None) -> str:
    """Which door answered; "" where there is none."""
    if answer is None:
        return ""
    try:
        found, _values = app.url_map.bind("localhost").match(
            answer.request.path, method=answer.request.method
        )
    except HTTPException:
        return ""
    return str(found)

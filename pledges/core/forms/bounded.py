"""What a form may bring: so many fields (Werkzeug counts those of forms with files only), and each with a name."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

from flask import Request
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.formparser import FormDataParser

MOST_FIELDS = 30_000
"""A table of 300 tasks brings 3,300; taking a field apart costs fifty times the bytes that it takes to send one."""
_FIELDS = "application/x-www-form-urlencoded"
_NAMELESS: Any = None
"""What Werkzeug calls a part that doesn't say which question it answers; no browser sends one."""


class TooManyFields(RequestEntityTooLarge):
    """A form of more fields than any page has."""


class BoundedParser(FormDataParser):
    """A parser that counts the fields before it takes them apart, and leaves out what has no name."""

    def parse(
        self,
        stream: IO[bytes],
        mimetype: str,
        content_length: int | None,
        options: dict[str, str] | None = None,
    ) -> tuple[IO[bytes], MultiDict[str, str], MultiDict[str, FileStorage]]:
        """Take the fields apart; raises `TooManyFields`."""
        if mimetype == _FIELDS:
            body = stream.read()
            if body.count(b"&") >= MOST_FIELDS:
                raise TooManyFields
            stream = io.BytesIO(body)
        with self._closing_what_is_dropped() as taken:
            rest, fields, files = super().parse(stream, mimetype, content_length, options)
            named = _named(files)
            taken += [one.stream for _name, one in named.items(multi=True)]
        return rest, _named(fields), named

    @contextmanager
    def _closing_what_is_dropped(self) -> Iterator[list[IO[bytes]]]:
        """Close the files that a form was being put into when it broke off or was too much: nobody gets them."""
        make, made = self.stream_factory, list[IO[bytes]]()
        taken: list[IO[bytes]] = []

        def noted(*told: Any, **named: Any) -> IO[bytes]:
            made.append(make(*told, **named))
            return made[-1]

        self.stream_factory = noted
        try:
            yield taken
        finally:
            self.stream_factory = make
            kept = {id(one) for one in taken}
            for one in made:
                if id(one) not in kept:
                    one.close()


def _named(parts: MultiDict[str, Any]) -> MultiDict[str, Any]:
    return MultiDict(pair for pair in parts.items(multi=True) if pair[0] is not _NAMELESS)


class BoundedRequest(Request):
    """What the application makes of a request."""

    form_data_parser_class = BoundedParser

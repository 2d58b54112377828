"""What was typed into a form whose files made it too large: its fields are read all the same, the files thrown away."""

import io
from typing import Any

from flask import current_app, request
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wsgi import get_input_stream

from pledges.core.forms.bounded import BoundedParser

MOST_READ = 4
"""So many times the size that a request may have: the server cuts off what is beyond that by itself."""


class _Nowhere(io.RawIOBase):
    """A file that keeps nothing."""

    def write(self, content: Any) -> int:
        return len(content)

    def seek(self, _offset: int, _whence: int = 0) -> int:
        return 0


def typed_beside_files() -> MultiDict[str, str]:
    """The fields of a request that was refused for its size; none where they themselves are too much."""
    settings = current_app.config
    parser = BoundedParser(
        stream_factory=lambda **_told: _Nowhere(),  # type: ignore[arg-type]
        max_form_memory_size=settings["MAX_FORM_MEMORY_SIZE"],
        max_form_parts=settings["MAX_FORM_PARTS"],
    )
    try:
        body = get_input_stream(
            request.environ, max_content_length=settings["MAX_CONTENT_LENGTH"] * MOST_READ
        )
        return parser.parse(body, request.mimetype, request.content_length, request.mimetype_params)[1]
    except RequestEntityTooLarge:
        return MultiDict()

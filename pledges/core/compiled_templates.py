"""Mẫu trang đã dịch: templates are compiled once for an instance, not once more by every start.

Compiling is half of what the first page after a start takes, and after a power cut everybody asks at once. What is
kept is code, so each file carries a code made with the instance's key: one that was cut short, or that anybody else
wrote, is not run but made anew.
"""

import hashlib
import hmac
import os
import tempfile
from contextlib import suppress
from io import BytesIO
from pathlib import Path

from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

FOLDER = "compiled-templates"
"""Where they lie, in the instance; everything there can be deleted."""
_SEAL = hashlib.sha256


class CompiledTemplates(BytecodeCache):
    """Compiled templates in a folder, each sealed."""

    def __init__(self, folder: Path, secret: str) -> None:
        self.folder = folder
        self._key = hmac.digest(secret.encode(), FOLDER.encode(), _SEAL)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give what is kept, if it was sealed here and is of this very template and Python."""
        with suppress(OSError):
            sealed = self._path(bucket).read_bytes()
            size = _SEAL().digest_size
            if hmac.compare_digest(sealed[:size], self._seal(bucket, sealed[size:])):
                bucket.load_bytecode(BytesIO(sealed[size:]))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep it, whole or not at all; a disk that takes nothing keeps nobody from the page."""
        code = bucket.bytecode_to_string()
        with suppress(OSError):
            self.folder.mkdir(mode=0o700, exist_ok=True)
            handle, draft = tempfile.mkstemp(dir=self.folder)
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(self._seal(bucket, code) + code)
                Path(draft).replace(self._path(bucket))
            except OSError:
                Path(draft).unlink(missing_ok=True)
                raise

    def _path(self, bucket: Bucket) -> Path:
        return self.folder / bucket.key

    def _seal(self, bucket: Bucket, code: bytes) -> bytes:
        """The code of a template under its name: one can't stand in another's place."""
        return hmac.digest(self._key, bucket.key.encode() + code, _SEAL)


def init(app: Flask) -> None:
    """Keep what this application compiles in its instance."""
    app.jinja_env.bytecode_cache = CompiledTemplates(app.config["INSTANCE"] / FOLDER, str(app.secret_key))

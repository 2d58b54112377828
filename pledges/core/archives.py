"""Tệp nén của văn phòng: the zip that a .xlsx or .docx file is, with nothing in it that tells when it was made."""

import zipfile
from collections.abc import Mapping
from io import BytesIO
from typing import Final

_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
"""The day that entries of the file bear: the earliest a zip can tell, so that a file has the same bytes always."""


def settled(made: BytesIO, instead: Mapping[str, bytes]) -> bytes:
    """The file with the parts that `instead` names replaced, and nothing that tells when or where it was made."""
    result = BytesIO()
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(result, "w") as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.create_system = 0
            target.writestr(entry, instead.get(name) or source.read(name), zipfile.ZIP_DEFLATED)
    return result.getvalue()

"""The check codes on the pages or the photograph of a stored file."""

from pathlib import Path

from pledges.codes.rules import code_in
from pledges.core.refusal import Refused
from pledges.files import operations as files
from pledges.files import scanned
from pledges.files.models import StoredFile


def codes_on(folder: Path, stored: StoredFile) -> set[str]:
    """The codes that can be read on it; a file without one, or one that can't be read, says nothing."""
    try:
        content = files.load(folder, stored)
        if stored.extension == "pdf":
            texts = [text for page in scanned.pages_of(content) for text in page.texts]
        else:
            texts = list(scanned.texts_of_picture(content))
    except Refused:
        return set()
    return {code for text in texts if (code := code_in(text)) is not None}

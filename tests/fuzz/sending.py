"""Sending what no browser sends: values by their bytes, in addresses and in both kinds of forms."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import quote_from_bytes

from tests.fuzz.words import Change

Pairs = list[tuple[str, bytes]]
BOUNDARY = "zqranhgioi"
URLENCODED, MULTIPART = "application/x-www-form-urlencoded", f"multipart/form-data; boundary={BOUNDARY}"
MANY = 50
SAYS_WHY = 'class="error-summary"'
"""What the page of a refused form holds."""


@dataclass(frozen=True)
class File:
    """A file as it is sent: under which field, its name's bytes, its content, and what it says it is."""

    field: str
    name: bytes
    content: bytes
    media_type: bytes = b"application/octet-stream"


@dataclass
class Sent:
    """One sending: its fields, which of them a person typed into, and its files."""

    fields: Pairs
    typed: dict[str, list[bytes]] = field(default_factory=dict)
    files: Sequence[File] = ()
    owed: Sequence[str] = (SAYS_WHY,)
    """Of these one stands in a page that is shown again; a button that adds a row owes none."""
    hostile: frozenset[str] = frozenset()
    """The fields that were altered."""

    @property
    def kind(self) -> str:
        """The content type."""
        return MULTIPART if self.files else URLENCODED

    @property
    def body(self) -> bytes:
        """What goes over the wire."""
        return multipart(self.fields, self.files) if self.files else encoded(self.fields)


def encoded(fields: Pairs) -> bytes:
    """The fields as a form, or a query string, has them."""
    return "&".join(
        f"{quote_from_bytes(name.encode())}={quote_from_bytes(value)}" for name, value in fields
    ).encode()


def multipart(fields: Pairs, files: Sequence[File]) -> bytes:
    """The fields and the files as a form with files has them."""
    parts = [
        b'Content-Disposition: form-data; name="%s"\r\n\r\n%s' % (name.encode(), value)
        for name, value in fields
    ]
    parts += [
        b'Content-Disposition: form-data; name="%s"; filename="%s"\r\nContent-Type: %s\r\n\r\n%s'
        % (one.field.encode(), one.name, one.media_type, one.content)
        for one in files
    ]
    edge = BOUNDARY.encode()
    return b"".join(b"--%s\r\n%s\r\n" % (edge, part) for part in parts) + b"--%s--\r\n" % edge


def altered(
    fields: Pairs, within: Sequence[str], changes: Sequence[Change]
) -> tuple[Pairs, dict[str, list[bytes]]]:
    """The fields after these changes to those of `within`, and what stands in each of them that was changed."""
    names = list(within)
    for change in changes:
        name = names[change.pick % len(names)] if names else MARKED
        fields = _altered(fields, name, change)
    told: dict[str, list[bytes]] = {}
    for name, value in fields:
        told.setdefault(name, []).append(value)
    return fields, told


MARKED = "zqla"
"""A field that no form has."""


def _altered(fields: Pairs, name: str, change: Change) -> Pairs:
    others = [pair for pair in fields if pair[0] != name]
    own = [pair for pair in fields if pair[0] == name]
    value = change.value
    if change.way == "add":
        return [*others, (name, (own[0][1] if own else b"") + value)]
    if change.way == "row":
        numbers = "".join("99999999999" if letter.isdigit() else letter for letter in name)
        return [*fields, (numbers if numbers != name else f"{name}-0-{name}", value)]
    strange = value[:200].decode(errors="replace").replace('"', "").replace("\r", "").replace("\n", "")
    put: dict[str, Pairs] = {
        "set": [*others, (name, value)],
        "twice": others + own + [(name, value), (name, b"x")],
        "many": others + [(name, value[:1000])] * MANY,
        "drop": others,
        "rename": [*others, (f"{name}{strange}", value)],
        "strange": [*fields, (MARKED, value)],
    }
    return put[change.way]

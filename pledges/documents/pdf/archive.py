"""What an archive asks of a PDF (PDF/A-2b): what it is, said twice and alike, and what its colours mean."""

from datetime import date
from functools import lru_cache
from html import escape
from struct import pack
from typing import NamedTuple
from zlib import compress

from pledges.documents.pdf.file import File, day, text

CREATOR = "Cam kết thi đua"
LANGUAGE = "vi-VN"
_D50 = (0.9642, 1.0, 0.8249)
_ADAPTED = (
    *(1.0478112, 0.0228866, -0.0501270),
    *(0.0295424, 0.9904844, -0.0170491),
    *(-0.0092345, 0.0150436, 0.7521316),
)
"""From daylight, which screens show as white, to the paler white of the profile."""
_PRIMARIES = {
    b"rXYZ": (0.4360747, 0.2225045, 0.0139322),
    b"gXYZ": (0.3850649, 0.7168786, 0.0971045),
    b"bXYZ": (0.1430804, 0.0606169, 0.7141733),
}
_CURVE = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
"""IEC 61966-2-1: how light a step of a colour is."""
_HEAD, _TAG, _FOUR = 128, 12, 4

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" \
xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
{archival}<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<xmp:CreatorTool>{creator}</xmp:CreatorTool><pdf:Producer>{creator}</pdf:Producer>
{dates}</rdf:Description>
</rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""
_ARCHIVAL = "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>\n"
_DATES = "<xmp:CreateDate>{at}</xmp:CreateDate><xmp:ModifyDate>{at}</xmp:ModifyDate>\n"


class Named(NamedTuple):
    """What a viewer's window says of a file, and the day of the paper: when the file was made is nobody's matter."""

    title: str
    author: str
    subject: str
    dated: date | None = None


def _fixed(*numbers: float) -> bytes:
    return b"".join(pack(">l", round(number * 65536)) for number in numbers)


def _words(words: str) -> bytes:
    written = words.encode("utf-16-be")
    return pack(">4sLLL2s2sLL", b"mluc", 0, 1, _TAG, b"en", b"US", len(written), 28) + written


@lru_cache(maxsize=1)
def colours() -> bytes:
    """The profile of sRGB: what a grey and a red of the paper look like, whatever shows it."""
    curve = pack(">4sLHH", b"para", 0, 3, 0) + _fixed(*_CURVE)
    tags = {
        b"desc": _words("sRGB"),
        b"cprt": _words("No copyright, use freely"),
        b"wtpt": b"XYZ " + bytes(4) + _fixed(*_D50),
        b"chad": b"sf32" + bytes(4) + _fixed(*_ADAPTED),
        **{tag: b"XYZ " + bytes(4) + _fixed(*place) for tag, place in _PRIMARIES.items()},
        **dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve),
    }
    at = _HEAD + 4 + _TAG * len(tags)
    table, bodies = pack(">L", len(tags)), b""
    for tag, body in tags.items():
        table += pack(">4sLL", tag, at + len(bodies), len(body))
        bodies += body + bytes(-len(body) % _FOUR)
    head = pack(
        ">L4sL4s4s4s6H4s",
        at + len(bodies),
        b"",
        0x04200000,
        b"mntr",
        b"RGB ",
        b"XYZ ",
        2000,
        1,
        1,
        0,
        0,
        0,
        b"acsp",
    )
    head += bytes(28) + _fixed(*_D50)
    return head + bytes(_HEAD - len(head)) + table + bodies


@lru_cache(maxsize=1)
def _colours_packed() -> bytes:
    return compress(colours(), 9)


def intent(file: File) -> str:
    """What the catalogue says of colours."""
    profile = file.streamed("/N 3", _colours_packed())
    return (
        "/OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)"
        f"/Info(sRGB IEC61966-2-1)/DestOutputProfile {profile} 0 R>>]"
    )


def described(file: File, named: Named, *, archival: bool = True) -> tuple[int, str]:
    """The file's own record, and what the catalogue says of the other, which says the same.

    `archival` tells whether it is what archives ask for.
    """
    dates, moment = "", ""
    if named.dated:
        dates = _DATES.format(at=f"{named.dated:%Y-%m-%d}T00:00:00+07:00")
        moment = f"/CreationDate{day(named.dated)}/ModDate{day(named.dated)}"
    words = {
        "title": named.title,
        "author": named.author,
        "subject": named.subject,
        "creator": CREATOR,
        "language": LANGUAGE,
    }
    said = _ARCHIVAL if archival else ""
    record = _XMP.format(
        dates=dates, archival=said, **{key: escape(word, quote=False) for key, word in words.items()}
    )
    metadata = file.streamed("/Type/Metadata/Subtype/XML", record.encode(), compressed=False)
    info = file.held(
        f"<</Title{text(named.title)}/Author{text(named.author)}/Subject{text(named.subject)}"
        f"/Creator{text(CREATOR)}/Producer{text(CREATOR)}{moment}>>"
    )
    return info, f"/Metadata {metadata} 0 R"

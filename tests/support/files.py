"""Small files as people send them."""

import base64
import io
import struct
import zipfile
import zlib


def png(shade: int = 0) -> bytes:
    """A picture of one point; another shade makes another file."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    return (
        b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(bytes([0, shade]))) + chunk(b"IEND", b"")
    )


PDF = b"%PDF-1.4\n1 0 obj <</Type /Catalog>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n"
HTML = b"<!DOCTYPE html><script>alert(1)</script>"


def upload(content: bytes, name: str) -> tuple[io.BytesIO, str]:
    """A file in a form, for the critic."""
    return io.BytesIO(content), name


def book(*, holding: str = "sheet.main+xml") -> bytes:
    """A zip that says of itself what it holds: by default a list in Excel."""
    out = io.BytesIO()
    kind = f"application/vnd.openxmlformats-officedocument.spreadsheetml.{holding}"
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("[Content_Types].xml", f"<Types><Override ContentType='{kind}'/></Types>")
    return out.getvalue()


HEIC = base64.b85decode(
    "0000SW^{RQXk}?*00000ZE0pPXk}?*ZE0a<0005UZDn*}000000000XXk=`10000000000aA{+700000000000000000000G-"
    "+&aV*mgE07O6l0ssL300001>i_`&00000002n<0ssI200J}s0RR9100000IsgCwIB98aW&i*H00062000$fZf0cy000000RRAKc4"
    "ILB0000LX>Mj^0ssI300IC2MR;ju000004sdC7Z2$lO00031009PRaB^?}008A_aAR)(004Dpc4I>U18@KU0FVFx0000U@BsY%`1"
    "k+-4+CHT0RR|40Sp2E{{wIU00RJ!0009300RIXx&lC90096gLID8-"
    "Z~y=U0FVFx0{{R603M(qfd!W8uA1iHA)vs3000bt00093gkk^z00u+>!E?ch0000JV{dG7ZewhC0096E00w{n000zeb8uw<00000"
    "002M$002M$001asY+-"
    "N!001xm00031000;O00061|Nrm+00092|Nqzk00062000nhX?SS>000032nYxO000STa&L440000PX>e^}0000000001009Pp0s{"
    "qvh5!Hn8fkK6W&i*H000004r63<V*mmG0RRC2004_^WMOmw002cO0k0Dws2FJY5cg;Q>cEBnZqq;T&|Y@zPzg%_VIkj{0c3jlWas"
    "V1uMlzXtL+RJ<Zd6di1GT|KY=dYtU#x-"
    "s9C2>00006MR;ju002!*04e|g00;mA0T2KJ000090000c0TKWM0000100sa600000M^IBxNKZ~h000"
)
"""A photo of a phone, 24 points wide and 48 high once it is turned as its Exif says; red above, blue below."""

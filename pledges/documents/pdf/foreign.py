"""A PDF that somebody else wrote or signed: its pages as they look, without what they do and belong to."""

from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any

from pledges.documents.pdf.file import text
from pledges.documents.pdf.reread import Leaf, Stream

_INHERITED = ("/Resources", "/MediaBox", "/CropBox", "/Rotate")
_OWN = ("/Contents", "/UserUnit", "/Group")
_LEFT_OUT = frozenset({"/Length", "/Parent", "/StructParent", "/StructParents", "/PieceInfo", "/Metadata"})
"""What ties an object to a file that it is taken out of."""
_HIDDEN = 2
_DEEPEST = 64


class UnjoinableError(ValueError):
    """A file whose pages can't be taken out of it; the message is a part of a sentence for people."""


class Foreign:
    """The objects of another's file, told in the words in which ours are. Raises `UnjoinableError`."""

    top = 0

    def __init__(self, content: bytes) -> None:
        from pyhanko.pdf_utils import generic, reader  # noqa: PLC0415 - a third of a second, for a file in a thousand

        self._words: Any = generic
        self._objects: dict[int, Any] = {}
        try:
            self._file: Any = reader.PdfFileReader(BytesIO(content), strict=False)
            encrypted = self._file.encrypted
        except Exception as error:
            raise UnjoinableError("tệp PDF bị hỏng") from error
        if encrypted:
            raise UnjoinableError("tệp PDF đặt mật khẩu")

    def leaves(self) -> Iterator[Leaf]:
        """The pages in their order."""
        try:
            yield from self._below(self._file.root.raw_get("/Pages"), {}, 0)
        except UnjoinableError:
            raise
        except Exception as error:  # whatever a broken file makes its reader stumble over
            raise UnjoinableError("tệp PDF bị hỏng") from error

    def found(self, number: int) -> str | Stream:
        """An object."""
        try:
            one = self._objects[number].get_object()
            if isinstance(one, self._words.StreamObject):
                return Stream(self._entries(one), bytes(one.encoded_data))
            return self._told(one)
        except Exception as error:
            raise UnjoinableError("tệp PDF bị hỏng") from error

    def _below(self, place: Any, above: Mapping[str, str], depth: int) -> Iterator[Leaf]:
        if depth > _DEEPEST:
            raise UnjoinableError("tệp PDF bị hỏng")
        node = place.get_object()
        said = {**above, **{key: self._told(node.raw_get(key)) for key in _INHERITED if key in node}}
        if "/Kids" in node:
            for at in range(len(node["/Kids"])):
                yield from self._below(node["/Kids"].raw_get(at), said, depth + 1)
            return
        said |= {key: self._told(node.raw_get(key)) for key in _OWN if key in node}
        if "/Annots" in node:
            said["/Annots"] = f"[{''.join(self._stamps(node['/Annots']))}]"
        self._told(place)
        yield Leaf(place.idnum, "".join(f"{key} {value}" for key, value in said.items()))

    def _stamps(self, annotations: Any) -> Iterator[str]:
        """What signatures and notes look like: a seal that is no more than its picture."""
        for at in range(len(annotations)):
            one = annotations[at]
            if not {"/AP", "/Rect"} <= one.keys() or "/N" not in one["/AP"] or self._hidden(one):
                continue
            shown = one["/AP"].raw_get("/N")
            if not isinstance(shown.get_object(), self._words.StreamObject):
                shown = shown.get_object().raw_get(str(one["/AS"]))
            place = self._told(one["/Rect"])
            yield f"<</Type/Annot/Subtype/Stamp/F 4/Rect {place}/AP<</N {self._told(shown)}>>>>"

    @staticmethod
    def _hidden(annotation: Any) -> bool:
        return "/F" in annotation and bool(int(annotation["/F"]) & _HIDDEN)

    def _told(self, one: Any) -> str:
        """An object in ASCII; strings by their digits, so that nothing in them looks like a reference."""
        words = self._words
        if isinstance(one, words.IndirectObject):
            self._objects[one.idnum] = one
            return f"{one.idnum} 0 R"
        if isinstance(one, words.DictionaryObject):
            return f"<<{self._entries(one)}>>"
        if isinstance(one, words.ArrayObject):
            return f"[{' '.join(self._told(one.raw_get(at)) for at in range(len(one)))}]"
        if isinstance(one, words.ByteStringObject):
            return f"<{bytes(one).hex()}>"
        if isinstance(one, words.TextStringObject):
            return text(str(one))
        written = BytesIO()
        one.write_to_stream(written)
        return written.getvalue().decode("ascii")

    def _entries(self, one: Any) -> str:
        kept = (key for key in one if key not in _LEFT_OUT)
        return "".join(f"{self._told(key)} {self._told(one.raw_get(key))}" for key in kept)

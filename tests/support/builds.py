"""How a page is built, whatever it says: where it was looked at once, another role needs no second look.

A build is the page's elements with the values of those attributes that styles, scripts and readers of screens go by;
rows of one build count once. The longest word belongs to it: nothing else that is said makes a page wider.
"""

import re
from hashlib import sha256
from pathlib import Path
from typing import Any

import lxml.html

TOLD = frozenset({"alt", "action", "content", "href", "placeholder", "srcset", "title", "value"})
NAMES = frozenset(
    {"id", "for", "list", "label", "d", "points"}
    | {f"aria-{name}" for name in ("label", "labelledby", "describedby", "controls", "owns")}
)
"""Attributes of which it counts that they are there; among those told, a link's address is a style sheet's."""
NUMBER = re.compile(r"\d+")


class Source:
    """A page as it was sent."""

    def __init__(self, html: str) -> None:
        tree: Any = lxml.html.document_fromstring(html)
        found = [one.get("href") or "" for one in tree.iter("a")]
        self.links = [href.partition("#")[0] for href in found if href.startswith("/")]
        """Where its links within the site lead."""
        main = tree.find(".//main")
        self.inside = _part(main)
        """The build and the longest word of what stands between the frame."""
        main.clear()
        self.frame = _part(tree)


def _part(element: Any) -> tuple[str, int]:
    said = " ".join(element.itertext()).split()
    return sha256(_build(element).encode()).hexdigest(), max(map(len, said), default=0)


def _build(element: Any) -> str:
    if not isinstance(element.tag, str):
        return ""
    inside = ["…"] if (element.text or "").strip() else []
    for child in element:
        one = _build(child)
        if one and (element.tag == "tr" or one not in inside):
            inside.append(one)
        if (child.tail or "").strip() and "…" not in inside[-1:]:
            inside.append("…")
    return f"{element.tag}[{' '.join(sorted(_attributes(element)))}]({''.join(inside)})"


def _attributes(element: Any) -> list[str]:
    told = NAMES if element.tag == "link" else NAMES | TOLD
    return [
        name if name in told or _is_said(name, value) else f"{name}={NUMBER.sub('0', value)}"
        for name, value in element.attrib.items()
    ]


def _is_said(name: str, value: str) -> bool:
    return name.startswith("data-") and " " in value


class Looked:
    """What was looked at, in a folder that all workers of a run share."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(exist_ok=True)

    def has(self, kind: str) -> bool:
        """Whether a page of the kind was."""
        return self._place(kind).exists()

    def knows(self, kind: str, page: Source) -> bool:
        """Whether one of the kind was that is built like this one, and a frame like this one's, with as long words."""
        return all(
            any(int(one.name) >= longest for one in self._place(build).glob("*"))
            for build, longest in self._parts(kind, page)
        )

    def note(self, kind: str, page: Source) -> None:
        """This one was."""
        for build, longest in [(kind, 0), *self._parts(kind, page)]:
            self._place(build).mkdir(exist_ok=True)
            (self._place(build) / str(longest)).touch()

    def _parts(self, kind: str, page: Source) -> list[tuple[str, int]]:
        build, longest = page.inside
        return [(f"{kind} {build}", longest), page.frame]

    def _place(self, name: str) -> Path:
        return self.folder / sha256(name.encode()).hexdigest()

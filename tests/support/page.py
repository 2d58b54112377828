"""An answer as a test reads it: heading, text, links, tables, forms."""

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import lxml.html
from werkzeug.test import TestResponse

BLOCKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "br", "caption", "dd", "details", "div", "dl", "dt"),
        *(
            "fieldset",
            "figcaption",
            "figure",
            "footer",
            "form",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "header",
            "hr",
        ),
        *("label", "legend", "li", "main", "nav", "ol", "option", "p", "pre", "section", "select", "summary"),
        *("table", "tbody", "td", "textarea", "tfoot", "th", "thead", "tr", "ul"),
    )
)
ParseError = tuple[tuple[int, int], str, dict[str, Any]]
"""Where it stands (line, column), its code, and what it is about."""
UNSEEN = frozenset({"script", "style", "template", "head"})


_READER = lxml.html.HTMLParser(encoding="utf-8")
_VALID_BUILDS: set[int] = set()
_TEXT = re.compile(r">([^<]+)<")
_VALUE = re.compile(r"=\"[^\"]*\"")
_ENTITY = re.compile(r"&[^\s;\"<]{0,10};?")


def build_of(html: str) -> str:
    """Everything of a page on which its validity rests: its tags with the names of their attributes, where text is, and
    which entities stand in it.
    """
    entities = " ".join(sorted(set(_ENTITY.findall(html))))
    tags = _VALUE.sub('=""', _TEXT.sub(lambda found: ">x<" if found[1].strip() else "><", html))
    return f"{entities}\n{tags}"


def elements(root: Element, *tags: str) -> list[Element]:
    """The elements of these tags at or below the root, in the order of the page; all without tags."""
    return [one for one in root.iter() if isinstance(one.tag, str) and (not tags or one.tag in tags)]


def words(element: Element) -> str:
    """What the element says, on one line."""
    return re.sub(r"\s+", " ", "".join(_pieces(element))).strip()


def _pieces(element: Element) -> list[str]:
    if not isinstance(element.tag, str) or element.tag in UNSEEN:
        return []
    edge = [" "] if element.tag in BLOCKS else []
    inside = [element.text or ""]
    for child in element:
        inside += _pieces(child)
        inside.append(child.tail or "")
    return edge + inside + edge


def has_class(element: Element, name: str) -> bool:
    """Whether the element has the class."""
    return name in (element.get("class") or "").split()


@dataclass(frozen=True)
class Link:
    """A link: its words and where it leads."""

    text: str
    url: str


@dataclass
class PageForm:
    """A form of a page: where it sends, and what it would send untouched (a name may have several values)."""

    action: str
    method: str
    fields: dict[str, list[str]] = field(default_factory=dict)
    offered: dict[str, set[str]] = field(default_factory=dict)
    """Per name of a choice, the values that a person can choose."""
    names: set[str] = field(default_factory=set)
    """Every name that a person or the page can send."""
    buttons: list[tuple[str, str, str]] = field(default_factory=list)
    """Words, name and value of each button that sends."""


class Page:
    """One answer; what it says is read when it is asked for."""

    def __init__(self, url: str, answer: TestResponse) -> None:
        self.url = url
        self.answer = answer
        self.status: int = answer.status_code
        self.headers = answer.headers
        self.location: str = answer.headers.get("Location", "")
        self.bytes: bytes = answer.get_data()
        self.is_html = answer.mimetype == "text/html" and not 300 <= answer.status_code < 400

    @cached_property
    def html(self) -> str:
        """The source."""
        return self.bytes.decode()

    @cached_property
    def tree(self) -> Element:
        """The page as elements; as a browser would build it only where `parse_errors` finds nothing."""
        tree: Any = lxml.html.document_fromstring(self.bytes, parser=_READER)
        return tree

    @property
    def parse_errors(self) -> list[ParseError]:
        """What HTML forbids and a browser would mend; pages of one build are as valid as the first of them."""
        build = hash(build_of(self.html))
        if build in _VALID_BUILDS:
            return []
        parser = html5lib.HTMLParser(
            html5lib.treebuilders.getTreeBuilder("etree"), namespaceHTMLElements=False
        )
        parser.parse(self.html)
        errors: list[ParseError] = parser.errors
        if not errors:
            _VALID_BUILDS.add(build)
        return errors

    @cached_property
    def _elements(self) -> list[Element]:
        return elements(self.tree)

    def all(self, *tags: str, within: Element | None = None) -> list[Element]:
        """The elements of these tags, in the order of the page."""
        if within is not None:
            return elements(within, *tags)
        return [one for one in self._elements if one.tag in tags] if tags else self._elements

    def of_class(self, name: str) -> list[Element]:
        """The elements of a class."""
        return [one for one in self.all() if has_class(one, name)]

    def by_id(self, name: str) -> Element:
        """The element of an id."""
        found = [one for one in self.all() if one.get("id") == name]
        assert found, f"{self.url} has no element with the id {name}"
        return found[0]

    @property
    def title(self) -> str:
        """What the browser's tab says."""
        return " ".join((self.all("title")[0].text or "").split())

    @property
    def h1(self) -> str:
        """The heading."""
        return words(self.all("h1")[0])

    @property
    def main(self) -> Element:
        """The page without its frame."""
        return self.all("main")[0]

    @property
    def text(self) -> str:
        """All that the page says between its frame, on one line."""
        return words(self.main)

    @property
    def links(self) -> list[Link]:
        """Every link of the page, frame and all."""
        return [Link(words(one), one.get("href") or "") for one in self.all("a") if one.get("href")]

    def link(self, text: str) -> str:
        """Where the first link leads that begins with these words."""
        found = [link.url for link in self.links if link.text.startswith(text)]
        assert found, f"{self.url} has no link “{text}”: {[link.text for link in self.links]}"
        return found[0]

    @property
    def errors(self) -> list[str]:
        """What the error summary says, line by line."""
        return [words(item) for box in self.of_class("error-summary") for item in elements(box, "li")]

    @property
    def said(self) -> str:
        """The message that a done act leaves on the next page."""
        return " ".join(words(one) for one in self.of_class("said"))

    def table(self, number: int = 0) -> list[list[str]]:
        """The rows of a table, cell by cell, with its header rows."""
        tables = self.all("table")
        assert number < len(tables), f"{self.url} has {len(tables)} tables"
        return [[words(cell) for cell in elements(row, "th", "td")] for row in elements(tables[number], "tr")]

    @property
    def forms(self) -> list[PageForm]:
        """The forms between the page's frame."""
        return [read_form(one, self.url) for one in elements(self.main, "form")]

    def form(self, action: str | None = None) -> PageForm:
        """The form that sends to an address; without one, the page's only form that changes something."""
        found = [
            one for one in self.forms if (one.method == "post" if action is None else one.action == action)
        ]
        told = [f"{one.method} {one.action}" for one in self.forms]
        assert len(found) == 1, f"{self.url}: {len(found)} forms fit {action or 'post'}; it has {told}"
        return found[0]


def read_form(element: Element, url: str) -> PageForm:
    """What a browser would make of a form."""
    form = PageForm(element.get("action") or url.partition("#")[0], (element.get("method") or "get").lower())
    for one in elements(element, "input", "select", "textarea", "button"):
        if one.get("name") and one.get("disabled") is None:
            form.names.add(one.get("name") or "")
        _read_control(form, one)
    return form


def _read_control(form: PageForm, one: Element) -> None:
    kind, name = (one.get("type") or "").lower(), one.get("name") or ""
    if one.tag == "button":
        if kind in {"", "submit"}:
            form.buttons.append((words(one), name, one.get("value") or ""))
    elif not name or one.get("disabled") is not None:
        return
    elif one.tag == "select":
        _read_select(form, name, one)
    elif kind in {"checkbox", "radio"}:
        form.offered.setdefault(name, set()).add(one.get("value") or "on")
        if one.get("checked") is not None:
            form.fields.setdefault(name, []).append(one.get("value") or "on")
    elif one.tag == "textarea":
        form.fields.setdefault(name, []).append((one.text or "").removeprefix("\n"))
    elif kind not in {"submit", "button", "image", "file", "reset"}:
        form.fields.setdefault(name, []).append(one.get("value") or "")


def _read_select(form: PageForm, name: str, one: Element) -> None:
    options = elements(one, "option")
    form.offered.setdefault(name, set()).update(_value(option) for option in options)
    chosen = [option for option in options if option.get("selected") is not None]
    if not chosen and one.get("multiple") is None:
        chosen = options[:1]
    form.fields.setdefault(name, []).extend(_value(option) for option in chosen)


def _value(option: Element) -> str:
    value: Any = option.get("value")
    return words(option) if value is None else str(value)

"""What every page must be, whatever it is about; each fault is a sentence."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from flask import Flask
from werkzeug.exceptions import HTTPException, MethodNotAllowed
from werkzeug.routing import RequestRedirect

from pledges import paths
from tests.support.page import Page, elements, words

CSP = (
    "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; "
    "frame-ancestors 'none'; form-action 'self'"
)
CSP_OF_FILES = "default-src 'none'; sandbox"
"""Of files that people sent: they may not even do what our own pages may."""
NOT_KNOWN_TO_HTML5LIB: frozenset[str] = frozenset()
"""Codes of its parse errors that HTML as it now stands no longer makes: none so far is met by our pages."""

REFERENCES = (
    "for",
    "form",
    "list",
    "headers",
    "aria-labelledby",
    "aria-describedby",
    "aria-controls",
    "aria-owns",
    "aria-details",
    "aria-errormessage",
    "aria-activedescendant",
    "popovertarget",
)
LOADING = {
    "script": "src",
    "link": "href",
    "img": "src",
    "iframe": "src",
    "source": "src",
    "object": "data",
    "embed": "src",
    "video": "src",
    "audio": "src",
    "use": "href",
    "image": "href",
    "form": "action",
    "button": "formaction",
    "input": "formaction",
}
LABELLED = frozenset({"input", "select", "textarea"})
UNLABELLED = frozenset({"hidden", "submit", "button", "reset", "image"})
INTERACTIVE = frozenset({"a", "button", "input", "select", "textarea", "details", "summary", "label"})
LEFTOVER = re.compile(
    r"\{\{|\{%|\bNone\b|\bUndefined\b|<[A-Z]\w+ |\b[A-Z]\w+Status\.|Decimal\(|datetime\.|%\(\w+\)"
)


def faults(page: Page, app: Flask) -> list[str]:
    """Everything that is wrong with an answer."""
    found = list(_headers(page))
    if page.is_html:
        for look in (_validity, _identity, _references, _forms, _policy, _labels, _nesting, _language):
            found += look(page)
        found += _addresses(page, app)
    return found


def _headers(page: Page) -> Iterator[str]:
    if page.headers.get("X-Content-Type-Options") != "nosniff":
        yield "the header X-Content-Type-Options: nosniff is missing"
    allowed = {CSP} if page.is_html else {CSP, CSP_OF_FILES}
    if page.headers.get("Content-Security-Policy") not in allowed:
        yield f"the Content-Security-Policy is {page.headers.get('Content-Security-Policy')!r}"
    if page.is_html and "charset=utf-8" not in page.headers["Content-Type"].lower():
        yield "the answer doesn't say that it is UTF-8"
    if page.is_html and "no-store" not in page.headers.get("Cache-Control", ""):
        yield "the page may be kept by a shared computer: Cache-Control lacks no-store"
    if page.location and not page.location.startswith("/"):
        yield f"it redirects to {page.location!r}, not to an address of this site"


def _validity(page: Page) -> Iterator[str]:
    for (line, column), code, facts in page.parse_errors:
        if code not in NOT_KNOWN_TO_HTML5LIB:
            source = page.html.splitlines()[line - 1] if 0 < line <= page.html.count("\n") + 1 else ""
            yield f"invalid HTML in line {line}, column {column}: {code} {facts}: {source.strip()[:160]}"


def _identity(page: Page) -> Iterator[str]:
    root = page.all("html")[0]
    if root.get("lang") != "vi":
        yield "the page doesn't say that it is in Vietnamese"
    headings, titles = page.all("h1"), page.all("title")
    if len(headings) != 1 or not words(headings[0]):
        yield f"it has {len(headings)} h1, or an empty one"
    if len(titles) != 1:
        yield f"it has {len(titles)} titles"
    elif headings and not page.title.startswith(page.h1):
        yield f"its title {page.title!r} doesn't begin with its h1 {page.h1!r}"
    if len(page.all("main")) != 1:
        yield "it has not exactly one main"


def _references(page: Page) -> Iterator[str]:
    ids = Counter(one.get("id") for one in page.all() if one.get("id") is not None)
    for name, count in ids.items():
        if count > 1 or not name or re.search(r"\s", name):
            yield f"the id {name!r} stands {count} times, is empty or has a space"
    for one in page.all():
        for attribute in REFERENCES:
            for target in (one.get(attribute) or "").split():
                if target not in ids:
                    yield f"{attribute}={target!r} of <{one.tag}> points nowhere"
        fragment = one.get("href") or ""
        if one.tag == "a" and fragment.startswith("#") and fragment[1:] not in ids:
            yield f"the link {words(one)!r} to {fragment!r} points nowhere"


def _forms(page: Page) -> Iterator[str]:
    for form in page.all("form"):
        names = Counter(one.get("name") for one in elements(form, "input"))
        method = (form.get("method") or "get").lower()
        for name in ("csrf_token", "form_key"):
            wanted = 1 if method == "post" else 0
            if names[name] != wanted:
                yield f"the {method} form to {form.get('action')!r} has {names[name]} {name}, not {wanted}"


def _policy(page: Page) -> Iterator[str]:
    for one in page.all():
        for name, value in one.attrib.items():
            if name == "style" or name.startswith("on"):
                yield f"<{one.tag}> has the attribute {name}={value!r}, which the policy blocks"
            if name in {"href", "src", "action", "formaction"} and value.strip().lower().startswith(
                "javascript:"
            ):
                yield f"<{one.tag}> has {name}={value!r}"
        if one.tag == "style" or (one.tag == "script" and not one.get("src")):
            yield f"an inline <{one.tag}>, which the policy blocks"
        loaded = (one.get(LOADING[one.tag]) or "") if one.tag in LOADING else ""
        allowed = ("data:",) if one.tag in {"img", "link", "image"} else ()
        if re.match(r"\s*([a-z][a-z0-9+.-]*:|//)", loaded, re.IGNORECASE) and not loaded.startswith(
            allowed or "\0"
        ):
            yield f"<{one.tag}> loads {loaded!r} from outside"


def _labels(page: Page) -> Iterator[str]:
    named = {one.get("for") for one in page.all("label")}
    wrapped = {id(inner) for label in page.all("label") for inner in elements(label)}
    for one in page.all(*LABELLED):
        if one.get("type") in UNLABELLED:
            continue
        aria = one.get("aria-label") or one.get("aria-labelledby")
        if not (aria or one.get("id") in named or id(one) in wrapped):
            yield f"the field {one.get('name')!r} has no label"
    for one in page.all("a", "button", "summary", "legend", "th", "label", "h1", "h2", "h3", "h4"):
        if not (words(one) or one.get("aria-label") or _pictured(one) or one.tag == "th"):
            yield f"an empty <{one.tag}> {dict(one.attrib)}"


def _pictured(element: Element) -> bool:
    return any(one.get("alt") or one.get("aria-label") for one in elements(element, "img", "svg"))


def _nesting(page: Page) -> Iterator[str]:
    """What html5lib's tree builder lets pass, and a validator does not."""
    for one in page.all("a", "button"):
        inside = [inner.tag for inner in elements(one) if inner is not one and inner.tag in INTERACTIVE]
        if inside:
            yield f"<{one.tag}> {words(one)!r} holds {inside}"
    for one in page.all("ul", "ol"):
        strange = [child.tag for child in one if child.tag not in {"li", "script", "template"}]
        if strange:
            yield f"<{one.tag}> holds {strange} beside its items"
    for one in page.all("p", "span", "h1", "h2", "h3", "button", "label"):
        strange = [
            inner.tag for inner in elements(one) if inner.tag in {"div", "p", "ul", "ol", "table", "dl"}
        ]
        strange = strange[1:] if one.tag == "p" else strange
        if strange:
            yield f"<{one.tag}> {words(one)[:60]!r} holds {strange}"
    for one in page.all("img"):
        if one.get("alt") is None:
            yield f"the picture {one.get('src')!r} has no alt"


def _language(page: Page) -> Iterator[str]:
    if not unicodedata.is_normalized("NFC", page.html):
        yield "its text isn't NFC"
    for body in page.all("body"):
        found = LEFTOVER.search(words(body))
        if found:
            at = words(body)
            yield f"it shows what no reader should see: {at[max(0, found.start() - 40) : found.end() + 40]!r}"


def _addresses(page: Page, app: Flask) -> Iterator[str]:
    """Links and forms of this site lead to a page that there is, by the right method."""
    adapter = app.url_map.bind("localhost")
    for one in page.all("a", "form", "script", "link", "img"):
        name = {"a": "href", "form": "action", "link": "href"}.get(one.tag, "src")
        address = (one.get(name) or "").split("#")[0].split("?")[0]
        if not address.startswith("/") or address.startswith("//"):
            continue
        method = (one.get("method") or "get").upper() if one.tag == "form" else "GET"
        try:
            endpoint, values = adapter.match(address, method=method)
        except RequestRedirect as other:
            yield f"<{one.tag}> leads to {address!r}, which is only a detour to {other.new_url}"
        except MethodNotAllowed:
            yield f"<{one.tag}> leads to {address!r}, which takes no {method}"
        except HTTPException:
            yield f"<{one.tag}> leads to {address!r}, and there is no such page"
        else:
            if endpoint == "static" and not (paths.STATIC / values["filename"]).is_file():
                yield f"<{one.tag}> loads {address!r}, and there is no such file"

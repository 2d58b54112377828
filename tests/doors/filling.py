"""Filling in the forms of a page as somebody does who means it: what is asked is answered."""

from typing import Any

import lxml.html

READER = lxml.html.HTMLParser(encoding="utf-8")
Fields = dict[str, list[str]]
WORDS = "Nội dung đã thống nhất"
BY_NAME = {"phone": "0912345678", "email": "lan@hakhanh.gov.vn", "username": "nguoi.moi", "code": "MOI-1"}


def forms(page: bytes) -> list[tuple[str, Fields]]:
    """Where each form of the page sends, and what it sends when every blank is filled."""
    tree: Any = lxml.html.document_fromstring(page, parser=READER)
    found = tree.xpath("//main//form[translate(@method, 'POST', 'post')='post']")
    return [(one.get("action") or "", _filled(one)) for one in found]


def _filled(form: Any) -> Fields:
    fields: Fields = {}
    for one in form.xpath(".//input[@name] | .//textarea[@name] | .//select[@name]"):
        name, kind = one.get("name"), one.get("type") or one.tag
        if kind == "radio":
            if name not in fields or one.get("checked") is not None:
                fields[name] = [one.get("value", "on")]
            continue
        values = _values(one, name, kind)
        if values:
            fields.setdefault(name, []).extend(values)
    for one in form.xpath(".//button[@name and @type='submit']")[:1]:
        fields.setdefault(one.get("name"), [one.get("value", "")])
    return fields


def _values(one: Any, name: str, kind: str) -> list[str]:
    if kind == "select":
        offered = one.xpath(".//option[@selected]/@value") or one.xpath(".//option[@value!='']/@value")
        return list(offered[:1])
    if kind == "file":
        return []
    if kind == "checkbox":
        return [one.get("value", "on")]
    value = one.text if one.tag == "textarea" else one.get("value")
    if kind == "hidden" or (value or "").strip():
        return [value or ""]
    return [BY_NAME.get(name, "15/10/2024" if name.endswith(("_on", "_to")) else WORDS)]

"""Files of others: what is sent is recognised by its bytes, and what is served can't run."""

import io
from urllib.parse import unquote

import pytest

from pledges.core.downloads import plain_name
from pledges.documents.papers_archive import harmless
from pledges.files import operations as files
from pledges.files.rules import EVIDENCE
from pledges.progress.models import Evidence
from tests.doors.conftest import House
from tests.doors.filling import forms
from tests.doors.knocking import Knocker, address, rules_of
from tests.doors.places import KP1
from tests.support.files import HTML, png

PICTURES = {
    "progress.evidence",
    "progress.picture",
    "progress.thumbnail",
    "commitments.copy",
    "documents.attachment",
}
"""Doors behind which lie files that people sent."""
SVG = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"
DISGUISED = {
    "a page": HTML,
    "a drawing with a script": SVG,
    "a page after blanks": b"\n\n \xef\xbb\xbf<html><script>alert(1)</script>",
    "a script": b"#!/bin/sh\necho",
    "a program": b"MZ\x90\x00" + bytes(100),
    "a zip": b"PK\x03\x04" + bytes(60),
    "XML": b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><script>1</script></html>",
}
NAMES = (
    "../../../etc/passwd.png", "..\\..\\x.html", 'a".html"; filename="b.html', "x\r\nSet-Cookie: a=b.png",
    "<img src=x onerror=alert(1)>.png", "ảnh\u202egnp.exe", "CON.png", ".htaccess", "a" * 300 + ".png", "\x00.png",
    "=1+1.png", 'a.b";x="c', "a.b\r\nc",
)  # fmt: skip
STARTS = ("=1+1", "+1", "-1+cmd|' /C calc'!A0", "@SUM(1)", "\t=1", "\r=1")


@pytest.mark.parametrize("what", DISGUISED)
@pytest.mark.parametrize("name", ["anh.png", "trang.html"])
def test_no_page_comes_in_as_a_picture(own: House, what: str, name: str):
    officer = Knocker(own.ward, "officer_kp1")
    own.restored.keep()
    place = own.places.of[KP1]
    url = f"/phan-viec/{place['task_id']}/bao-cao/{own.ward.period('2024-10').id}"
    own.ward.settle()
    fields = forms(officer.client.get(url, headers=officer.headers).get_data())[0][1]
    sent = {
        "form_key": fields["form_key"],
        "version": fields["version"],
        "evidence": (io.BytesIO(DISGUISED[what]), name, "image/png"),
    }
    answer = officer.client.post(f"{url}/minh-chung", data=sent, headers=officer.headers)
    assert answer.status_code in {200, 409}
    assert "Chỉ nhận tệp" in answer.get_json()["words"]
    assert answer.mimetype == "application/json"


def test_a_picture_that_is_a_page_too_is_served_as_a_picture_without_rights(own: House):
    both = png(7) + HTML
    names = []
    for name in NAMES:
        session, officer = own.ward.session, own.ward.actor("officer_kp1")
        folder = own.ward.app.config["INSTANCE"] / "files"
        stored = files.store(session, folder, both, by=officer, at=own.ward.now, kinds=EVIDENCE)
        number = own.places.of[KP1]["evidence_id"]
        one = session.get_one(Evidence, number)
        one.name, one.file = name, stored
        own.ward.settle()
        reader = Knocker(own.ward, "clerk")
        answer = reader.client.get(f"/minh-chung/{number}", headers=reader.headers)
        assert answer.mimetype == "image/png"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer.headers["Content-Security-Policy"]
        assert "script-src" not in answer.headers["Content-Security-Policy"]
        assert "Set-Cookie" not in [name for name, value in answer.headers if "a=b" in value]
        said = answer.headers["Content-Disposition"]
        assert said.isascii()
        assert said.count("filename=") == 1
        assert said.partition('filename="')[2].partition('"')[0].endswith(".png")
        names.append(unquote(said.partition("UTF-8''")[2]))
        own.restored.restore()
        own.ward.session.expire_all()
    assert not any(sign in one for one in names for sign in ("\r", "\n", "/", "\\", "\u202e", "\x00"))


def test_every_file_of_others_is_without_rights_and_kept_by_nobody(own: House):
    clerk, seen = Knocker(own.ward, "clerk"), set()
    own.restored.keep()
    for rule in rules_of(own.ward.app):
        url = address(own.ward.app, rule, own.places, KP1)
        if url is None or rule.endpoint not in PICTURES:
            continue
        answer = clerk.client.get(url, headers=clerk.headers)
        assert answer.status_code == 200, url
        assert "sandbox" in answer.headers["Content-Security-Policy"], url
        assert "no-store" in answer.headers["Cache-Control"], url
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.mimetype in {"image/png", "image/jpeg", "application/pdf"}
        seen.add(rule.endpoint)
    assert seen == PICTURES


@pytest.mark.parametrize("name", NAMES)
def test_a_plain_name_is_one_name_and_no_path(name: str):
    plain = plain_name(name)
    assert plain
    assert set(plain) & set('/\\"\r\n\x00<>;=') == set()
    assert ".." not in plain
    assert plain[0] != "."


@pytest.mark.parametrize("text", STARTS)
def test_no_cell_of_a_list_with_commas_is_a_formula(text: str):
    assert harmless(text)[0] == "'"
    assert harmless(text)[1:] == text

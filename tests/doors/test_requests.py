"""Requests that no browser of ours makes: other methods, odd paths, foreign names, poisoned headers."""

import re
from typing import Any

import pytest

from pledges.accounts.sessions import local_path
from pledges.factory import HEADERS
from tests.doors.conftest import House
from tests.doors.knocking import Knocker, address, rules_of
from tests.doors.places import KP1

OTHER_METHODS = ("PUT", "PATCH", "DELETE", "TRACE", "PROPFIND")
OVERRIDES = ("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override")
CLIMBING = (
    "/static/../config.py", "/static/..%2fconfig.py", "/static/%2e%2e/%2e%2e/instance/secret-key",
    "/static/..\\config.py", "/static//etc/passwd", "/static/%2fetc%2fpasswd", "/static/css/../../config.py",
    "/bootstrap/static/..%2f..%2f__init__.py", "/static/css%00.css", "/static/",
    "/van-ban/in/..%2f..%2fconfig.pdf", "/van-ban/tap/..%2f..%2finstance",
)  # fmt: skip
ODD_PATHS = (
    "/%00", "/phan-viec/%00", "/phan-viec/1%00", "/%ff%fe", "/phan-viec/%c0%ae", "/phan-viec/-1", "/phan-viec/0x1",
    "/phan-viec/１", "/phan-viec/99999999999999999999", "/phan-viec/1/", "//example.com/", "/%0d%0aSet-Cookie:a=b",
    "/" + "a" * 6000, "/van-ban/in/%00.pdf", "/van-ban/in/" + "a" * 3000, "/lich/%00.ics", "/lich/%ff.ics",
    "/lich/" + "=" * 300 + ".ics", "/van-ban/soan/%2e%2e", "/dung-thu/%00",
)  # fmt: skip
ODD_QUERIES = (
    "phong-trao=%00", "phong-trao=%ff", "phong-trao=1&phong-trao=2", "phong-trao[]=1", "phong-trao=-1", "q=%00",
    "q=%ff%fe", "page=%00", "page=-1", "page=1e9", "page=99999999999999999999", "ngay=0000-00-00", "den-ngay=%00",
    "q=" + "%F0%9F%98%80" * 200, "a=" + "b" * 20000, "&" * 500, "q=%E2%80%AE", "giu=%00", "tinh-trang=%00&khoi=%ff",
)  # fmt: skip
ELSEWHERE = (
    "https://example.com/", "//example.com", "///example.com", "/\\example.com", "\\\\example.com", "/\t/example.com",
    "/\n/example.com", "\t//example.com", "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x",
    "http:example.com", "/\u200b/example.com", "/\u3000/example.com", "\u2044\u2044example.com", "/%09/example.com\r\n",
    "/ /example.com", "//example.com%2f..", "https:/example.com", "/\x00/example.com", "?x=//example.com", "",
)  # fmt: skip


@pytest.mark.parametrize("method", OTHER_METHODS)
def test_no_door_knows_another_method(own: House, method: str):
    nobody = own.ward.app.test_client(use_cookies=False)
    wrong = {}
    for rule in rules_of(own.ward.app):
        url = address(own.ward.app, rule, own.places, KP1)
        answer = nobody.open(url, method=method)
        if answer.status_code != 405 or any(name not in answer.headers for name in HEADERS):
            wrong[url] = answer.status_code
    assert wrong == {}


def test_what_takes_posts_alone_or_none_says_so(own: House):
    clerk = Knocker(own.ward, "clerk")
    own.restored.keep()
    wrong = {}
    for rule in rules_of(own.ward.app):
        url = address(own.ward.app, rule, own.places, KP1)
        for method in {"GET", "POST"} - (rule.methods or set()):
            answer = clerk.client.open(url, method=method, headers=clerk.headers)
            if answer.status_code not in {
                404,
                405,
            }:  # a pack's number may as well be a pack's name that isn't there
                wrong[method, url] = answer.status_code
            answer.close()
    assert wrong == {}


def test_head_tells_no_more_than_get_and_has_no_body(own: House):
    """For one door of each kind: page, list, file of the look, refusal, sign-in."""
    officer, seen = Knocker(own.ward, "officer_kp1"), []
    own.restored.keep()
    for url in (
        "/",
        "/phan-viec",
        "/phan-viec/999",
        "/static/css/theme.css",
        "/quan-tri/tai-khoan",
        "/phan-viec/danh-muc.xlsx",
    ):
        got = officer.client.get(url, headers=officer.headers)
        head = officer.client.head(url, headers=officer.headers)
        seen.append((got.status_code == head.status_code, head.get_data()))
        got.close()
        head.close()
    assert seen == [(True, b"")] * 6


@pytest.mark.parametrize("header", OVERRIDES)
def test_no_header_and_no_field_makes_another_method_of_a_request(own: House, header: str):
    officer = Knocker(own.ward, "officer_kp1")
    own.restored.keep()
    url = f"/phan-viec/{own.places.of[KP1]['task_id.draft']}/bo"
    fields = {"csrf_token": officer.token, "_method": "POST"}
    headers = {**officer.headers, header: "POST"}
    assert officer.client.get(url, query_string=fields, headers=headers).status_code == 200
    assert officer.client.get(url, headers=officer.headers).status_code == 200, "the draft is still there"


@pytest.mark.parametrize("path", CLIMBING)
def test_no_path_climbs_out(own: House, path: str):
    clerk = Knocker(own.ward, "clerk")
    own.restored.keep()
    answer = clerk.client.get(path, headers=clerk.headers, follow_redirects=True)
    assert answer.status_code in {400, 404}, path
    assert b"SECRET_KEY" not in answer.get_data()
    assert b"root:" not in answer.get_data()


@pytest.mark.parametrize("person", ["nobody", "clerk"])
def test_odd_paths_and_queries_are_answered(own: House, person: str):
    somebody = Knocker(own.ward, person)
    own.restored.keep()
    statuses: dict[str, int] = {}
    for path in ODD_PATHS:
        statuses[path] = somebody.client.get(path, headers=somebody.headers).status_code
    for query in ODD_QUERIES:
        for path in (
            "/",
            "/phan-viec",
            "/tim",
            "/theo-doi",
            "/cam-ket",
            "/van-ban",
            "/so-van-ban-di",
            "/dang-nhap",
            "/kiem-tra",
        ):
            url = f"{path}?{query}"
            statuses[url] = somebody.client.get(url, headers=somebody.headers).status_code
    assert {url[:80]: status for url, status in statuses.items() if status >= 500} == {}
    assert all(statuses[path] >= 300 for path in ODD_PATHS), statuses


def test_a_name_given_twice_counts_once(own: House):
    """Two tokens, two campaigns: whichever is read, both together open nothing that one alone would not."""
    officer = Knocker(own.ward, "officer_kp1")
    own.restored.keep()
    foreign = own.places.of["hp"]["campaign_id"]
    mine = own.places.of[KP1]["campaign_id"]
    asked = [officer.client.get(f"/phan-viec?phong-trao={one}&phong-trao={two}", headers=officer.headers)
             for one, two in ((foreign, mine), (mine, foreign))]  # fmt: skip
    assert [answer.status_code for answer in asked] == [404, 200]
    assert b"zqhongphong" not in asked[1].get_data().lower()


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Long": "a" * 60_000},
        {"Cookie": "session=" + "a" * 5000},
        {"Cookie": "session=\xff\xfe; session=.; =; ;;;"},
        {"Accept-Language": "vi;q=" + "9" * 5000},
        {"If-None-Match": '"' + "a" * 9000 + '"', "If-Modified-Since": "gestern"},
        {"Range": "bytes=9-1,0-,,-5"},
        {"Content-Type": "multipart/form-data; boundary="},
        {"User-Agent": "<script>" * 500},
        {"Referer": "javascript:alert(1)"},
        {"X-Forwarded-For": "' OR 1=1 --", "X-Forwarded-Host": "example.com", "X-Forwarded-Proto": "gopher"},
        {"Forwarded": "for=example.com;host=example.com"},
    ],
    ids=lambda headers: next(iter(headers)),
)
def test_odd_headers_are_answered(own: House, headers: dict[str, str]):
    client = own.ward.app.test_client(use_cookies=False)
    for path in ("/dang-nhap", "/", "/static/css/theme.css", "/kiem-tra"):
        answer = client.get(path, headers=headers)
        assert answer.status_code < 500
        assert b"example.com" not in answer.get_data()
        answer.close()


@pytest.mark.parametrize(
    "body", [b"--x\r\n", b"", b"a" * 5000, b'--x\r\nContent-Disposition: form-data; name="\x00"\r\n\r\n']
)
def test_odd_bodies_are_answered(own: House, body: bytes):
    client = own.ward.app.test_client(use_cookies=False)
    for kind in (
        "multipart/form-data; boundary=x",
        "application/json",
        "text/xml",
        "application/x-www-form-urlencoded; charset=utf-7",
    ):
        assert client.post("/dang-nhap", data=body, content_type=kind).status_code < 500


@pytest.mark.parametrize("target", ELSEWHERE)
def test_sign_in_leads_nowhere_else(own: House, target: str):
    with own.ward.app.test_request_context():
        led = local_path(target)
    assert re.fullmatch(r"/(?![/\\])[!-~\u00a1-\uffff]*", led), led
    page = own.ward.app.test_client().get("/dang-nhap", query_string={"tiep": target})
    assert page.status_code == 200
    assert not re.search(rb"(?:href|action)=\"(?:javascript:|data:|https?:|//|\\)", page.get_data())


def test_a_foreign_name_is_served_nothing(own: House):
    nobody = own.ward.app.test_client(use_cookies=False)
    for host in (
        "example.com",
        "localhost.example.com",
        "localhost:80@example.com",
        "",
        "[::1",
        "127.0.0.1.nip.io",
    ):
        answer = nobody.get("/dang-nhap", headers={"Host": host})
        assert answer.status_code == 400, host
        assert b"example.com" not in answer.get_data()
        assert all(name in answer.headers for name in HEADERS)


def test_no_header_about_hosts_reaches_a_link_a_letter_or_a_code(own: House):
    """Without a proxy in front, nobody is believed about the host; with PUBLIC_ADDRESS, links don't ask at all."""
    clerk = Knocker(own.ward, "admin")
    own.restored.keep()
    poisoned: dict[str, Any] = {**clerk.headers, "X-Forwarded-Host": "example.com", "X-Host": "example.com",
                                "X-Original-URL": "/example.com", "X-Rewrite-URL": "/example.com"}  # fmt: skip
    for path in (
        "/",
        "/tai-khoan",
        "/tai-khoan/lich",
        f"/quan-tri/tai-khoan/{own.places.of[KP1]['account_id']}",
    ):
        answer = clerk.client.get(path, headers=poisoned)
        assert answer.status_code == 200, path
        assert b"example.com" not in answer.get_data() + str(answer.headers).encode()


def test_every_refusal_is_protected_too(own: House):
    """Framing, sniffing and caching of what is answered before any view is asked."""
    officer = Knocker(own.ward, "officer_kp1")
    own.restored.keep()
    for path, method in (
        ("/khong-co", "GET"),
        ("/phan-viec/999", "GET"),
        ("/quan-tri/tai-khoan", "GET"),
        ("/", "DELETE"),
    ):
        answer = officer.client.open(path, method=method, headers=officer.headers)
        assert answer.status_code >= 400
        assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
        assert "no-store" in answer.headers["Cache-Control"]

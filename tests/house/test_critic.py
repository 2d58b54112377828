"""The tests' own judge: a page that is wrong in one way is named for it."""

from collections.abc import Callable

import pytest
from flask import Response

from pledges.access.guard import open_to_all
from pledges.accounts.models import SignInAttempt
from pledges.core import clock
from pledges.core.database import db
from tests.support.critic import Critic
from tests.support.ward import Ward

GOOD = (
    '<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>Thử · Cam kết thi đua</title></head>'
    "<body><main><h1>Thử</h1>{}</main></body></html>"
)
FAULTS = {
    "no heading": (GOOD.replace("<h1>Thử</h1>", ""), "0 h1"),
    "two headings": (GOOD.format("<h1>Hai</h1>"), "2 h1"),
    "another title": (GOOD.replace("<title>Thử", "<title>Khác"), "doesn't begin with its h1"),
    "a closed tag too many": (GOOD.format("</b>"), "invalid HTML"),
    "a block in a paragraph": (GOOD.format("<p><ul><li>a</li></ul></p>"), "invalid HTML"),
    "a block in a line": (GOOD.format("<span><div>a</div></span>"), "holds ['div']"),
    "a button in a link": (GOOD.format('<a href="/"><button>a</button></a>'), "holds ['button']"),
    "the same id twice": (GOOD.format('<p id="a">a</p><p id="a">a</p>'), "the id 'a' stands 2 times"),
    "a label for nothing": (GOOD.format('<label for="x">a</label>'), "points nowhere"),
    "a description that is not there": (GOOD.format('<p aria-describedby="x">a</p>'), "points nowhere"),
    "a link within to nothing": (GOOD.format('<a href="#x">a</a>'), "points nowhere"),
    "a field without a label": (GOOD.format('<form><input name="q"></form>'), "has no label"),
    "a form without a token": (
        GOOD.format('<form method="post" action="/dang-nhap"></form>'),
        "0 csrf_token",
    ),
    "a token in an address": (
        GOOD.format('<form><input type="hidden" name="csrf_token"></form>'),
        "1 csrf_token",
    ),
    "an inline style": (GOOD.format('<p style="color:red">a</p>'), "the policy blocks"),
    "a style sheet in the page": (
        GOOD.replace("</head>", "<style>p{color:red}</style></head>"),
        "the policy blocks",
    ),
    "a script in the page": (GOOD.format("<script>1</script>"), "the policy blocks"),
    "a script in an attribute": (GOOD.format('<p onclick="x()">a</p>'), "the policy blocks"),
    "a picture from outside": (GOOD.format('<img alt="" src="https://example.org/a.png">'), "from outside"),
    "a script from outside": (GOOD.format('<script src="//example.org/a.js"></script>'), "from outside"),
    "a link to no page": (GOOD.format('<a href="/khong-co">a</a>'), "there is no such page"),
    "a file that is missing": (GOOD.format('<img alt="" src="/static/khong-co.png">'), "no such file"),
    "a language that is not told": (GOOD.replace(' lang="vi"', ""), "in Vietnamese"),
    "letters taken apart": (GOOD.format("<p>Khu pho\u0302\u0301</p>"), "isn't NFC"),
    "a value that leaked": (GOOD.format("<p>Hạn: None</p>"), "what no reader should see"),
    "an empty link": (GOOD.format('<a href="/"></a>'), "an empty <a>"),
    "a picture without words": (GOOD.format('<img src="/static/icons/star.svg">'), "has no alt"),
}


def serve(ward: Ward, page: str, **headers: str) -> None:
    @ward.app.get("/thu")
    @open_to_all(because="trang thử")
    def trial() -> Response:
        return Response(page, mimetype="text/html", headers=headers)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_page_with_one_fault_is_named_for_it(ward: Ward, sign_in: Callable[[str], Critic], fault: str):
    page, words = FAULTS[fault]
    serve(ward, page.replace("{}", ""))
    with pytest.raises(AssertionError) as told:
        sign_in("nobody").get("/thu")
    found = str(told.value).splitlines()[1:]
    assert any(words in line for line in found), found


def test_a_page_without_a_fault_passes(ward: Ward, sign_in: Callable[[str], Critic]):
    serve(ward, GOOD.format('<p id="a">Chào</p><a href="#a">lên</a>'))
    assert sign_in("nobody").get("/thu").text == "Thử Chào lên"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Content-Security-Policy", "default-src *"),
        ("X-Content-Type-Options", "x"),
        ("Cache-Control", "public"),
    ],
)
def test_a_header_that_is_too_weak_is_named(
    ward: Ward, sign_in: Callable[[str], Critic], name: str, value: str
):
    serve(ward, GOOD.format(""), **{name: value})
    with pytest.raises(AssertionError, match=name):
        sign_in("nobody").get("/thu")


def test_a_view_that_forgot_to_commit_is_told_the_remedy(ward: Ward, sign_in: Callable[[str], Critic]):
    @ward.app.post("/thu")
    @open_to_all(because="trang thử")
    def trial() -> str:
        db.session.add(SignInAttempt(username="a", address="b", at=clock.now()))
        db.session.flush()
        return GOOD.format("")

    with pytest.raises(AssertionError, match=r"POST /thu left changes.*call db\.session\.commit\(\)"):
        sign_in("nobody").post("/thu", status=200)


def test_a_view_that_commits_passes(ward: Ward, sign_in: Callable[[str], Critic]):
    @ward.app.post("/thu")
    @open_to_all(because="trang thử")
    def trial() -> str:
        db.session.add(SignInAttempt(username="a", address="b", at=clock.now()))
        db.session.commit()
        return GOOD.format("")

    sign_in("nobody").post("/thu", status=200)
    assert ward.session.query(SignInAttempt).count() == 1


def test_another_answer_than_expected_is_said(sign_in: Callable[[str], Critic]):
    with pytest.raises(AssertionError, match="404 instead of 200"):
        sign_in("officer_kp1").get("/khong-co")


def test_a_person_cannot_send_what_the_page_does_not_offer(sign_in: Callable[[str], Critic]):
    with pytest.raises(AssertionError, match="the form has no field luong"):
        sign_in("nobody").send("/dang-nhap", {"luong": "1"})

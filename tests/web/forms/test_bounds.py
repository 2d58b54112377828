"""A form of more fields than any page has is not taken apart, and a person reads why."""

import io
from collections.abc import Callable
from typing import IO

import pytest

from pledges.core.forms.bounded import MOST_FIELDS, BoundedParser
from pledges.tasks.models import Task
from tests.support.critic import Critic
from tests.support.ward import Ward

REGISTER = "/phan-viec/dang-ky"


def test_too_many_fields_are_refused_in_words(ward: Ward, sign_in: Callable[[str], Critic]):
    lan = sign_in("officer_kp1")
    form = lan.get(REGISTER).form()
    many = {f"x{number}": "a" for number in range(MOST_FIELDS)}
    page = lan.send_form(form, {**many, "title": "Trồng cây"}, button="Lưu nháp", forge=True, status=413)
    assert page.h1 == "Nội dung gửi lên quá lớn"
    assert "hơn 30.000 ô" in page.text
    assert ward.session.query(Task).count() == 0


def test_as_many_as_a_large_table_brings_are_taken(sign_in: Callable[[str], Critic]):
    lan = sign_in("officer_kp1")
    form = lan.get(REGISTER).form()
    many = {f"x{number}": "a" for number in range(MOST_FIELDS - 1_000)}
    page = lan.send_form(form, many, button="Lưu nháp", forge=True, status=200)
    assert page.errors


def test_a_part_without_a_name_answers_no_question(sign_in: Callable[[str], Critic]):
    lan = sign_in("officer_kp1")
    token = lan.get(REGISTER).form().fields["csrf_token"][0]
    parts = ("form-data", 'form-data; name="csrf_token"', 'form-data; filename="x.pdf"')
    body = "".join(f"--x\r\nContent-Disposition: {one}\r\n\r\n{token}\r\n" for one in parts) + "--x--\r\n"
    answer = lan.client.post(REGISTER, data=body.encode(), content_type="multipart/form-data; boundary=x")
    assert answer.status_code == 200
    assert "error-summary" in answer.get_data(as_text=True)


def test_too_many_fields_for_an_address_that_there_is_not_are_no_fault(sign_in: Callable[[str], Critic]):
    lan = sign_in("officer_kp1")
    answer = lan.client.post(
        "/khong-co", data="a=b&" * MOST_FIELDS, content_type="application/x-www-form-urlencoded"
    )
    assert answer.status_code == 404


HEAD = b'--x\r\nContent-Disposition: form-data; name="%s"; filename="a.pdf"\r\n\r\n%%PDF'


@pytest.mark.parametrize(
    ("body", "open_ones"),
    [
        (HEAD % b"evidence" + b"\r\n--x--\r\n", 1),
        (HEAD % b"evidence" + b"\r\n" + HEAD % b"cut", 0),
        (HEAD % b"evidence" + b"\r\n--x\r\nX: y\r\n\r\n\r\n--x--\r\n", 0),
    ],
    ids=["whole", "cut", "without a head"],
)
def test_a_body_that_breaks_off_leaves_no_file_open(body: bytes, open_ones: int):
    made: list[IO[bytes]] = []

    def keep(**_told: object) -> IO[bytes]:
        made.append(io.BytesIO())
        return made[-1]

    parser = BoundedParser(stream_factory=keep)  # type: ignore[arg-type]
    _rest, _fields, files = parser.parse(
        io.BytesIO(body), "multipart/form-data", len(body), {"boundary": "x"}
    )
    assert len(files) == open_ones
    assert [one.closed for one in made].count(False) == open_ones
    assert made

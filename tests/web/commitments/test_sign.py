"""Signing in the app: the frozen text is read, the password entered once more."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from pledges.access.roles import Role
from pledges.accounts import operations as accounts
from pledges.commitments.models import Commitment, Signature
from pledges.commitments.rules import CommitmentStatus, SigningWay
from pledges.tasks.rules import TaskStatus
from tests.support import apps
from tests.support.critic import SignIn
from tests.support.ward import Ward
from tests.web.accounts.people import give, post_of
from tests.web.commitments import people
from tests.web.commitments.people import FRONT, ONLY_THE_HEAD, PASSWORD


def url(commitment: Commitment):
    return f"/cam-ket/{commitment.id}/ky"


def signatures(ward: Ward) -> list[Signature]:
    ward.settle()
    return list(ward.session.scalars(select(Signature).order_by(Signature.id)))


@pytest.mark.parametrize(("name", "status"), [*ONLY_THE_HEAD, ("admin", 404), ("ended", 404)])
def test_who_signs(ward: Ward, sign_in: SignIn, name: str, status: int):
    sign_in(name).get(url(ward.commitment("KP1", "frozen")), status=status)


def test_nobody_is_led_to_the_sign_in(ward: Ward, sign_in: SignIn):
    page = sign_in("nobody").get(url(ward.commitment("KP1", "frozen")), status=302)
    assert "/dang-nhap" in page.location


def test_the_head_of_another_unit_does_not_know_of_it(ward: Ward, sign_in: SignIn):
    sign_in("head_kp1").get(url(ward.commitment("KP2", "frozen")), status=404)


def test_the_frozen_text_is_read_first(ward: Ward, sign_in: SignIn):
    made = ward.commitment("KP1", "frozen")
    text = sign_in("head_kp1").get(url(made)).text
    assert "1. Bê tông hóa đường ngõ" in text
    assert "Thực hiện đúng nội dung đã đăng ký." in text
    assert made.digest
    assert made.digest in text
    assert "xác nhận điện tử nội bộ, không phải chữ ký số" in text


def test_the_password_signs(ward: Ward, sign_in: SignIn):
    made = ward.commitment("KP1", "frozen")
    page = sign_in("head_kp1").send(url(made), {"password": PASSWORD}, follow=True)
    assert page.said == "Đã ký: xác nhận điện tử nội bộ lúc 09:30 ngày 15/10/2024."
    one = signatures(ward)[0]
    assert (one.way, one.by_name, one.digest) == (SigningWay.IN_APP, "Phạm Văn Đức", made.digest)
    assert one.by_post == "Bí thư chi bộ, Khu trưởng Khu phố 1"
    assert made.status is CommitmentStatus.SIGNED


def test_a_neighbourhood_has_signed_after_the_third(ward: Ward, sign_in: SignIn, of_three: Commitment):
    clerk = sign_in("clerk")
    sign_in("head_kp1").send(url(of_three), {"password": PASSWORD})
    sign_in(FRONT).send(url(of_three), {"password": PASSWORD})
    assert len(signatures(ward)) == 2
    assert of_three.status is CommitmentStatus.FROZEN
    third = {"signatories": [str(of_three.signatories[2].id)], "signed_on": "15/10/2024"}
    clerk.send(f"/cam-ket/{of_three.id}/ky-giay", third | {"place": "Nhà văn hóa"})
    assert len(signatures(ward)) == 3
    assert of_three.status is CommitmentStatus.SIGNED
    assert "ngày 15/10/2024, 1 trên giấy và 2 trong ứng dụng" in clerk.get("/cam-ket").text


def test_the_tasks_count_as_committed_then(ward: Ward, sign_in: SignIn):
    task = ward.task()
    made = ward.commitment("KP1", "frozen")
    sign_in("head_kp1").send(url(made), {"password": PASSWORD})
    ward.settle()
    assert task.status is TaskStatus.COMMITTED


@pytest.mark.parametrize(
    ("typed", "words"), [("", "Chưa nhập mật khẩu."), ("sai mật khẩu", "Mật khẩu chưa đúng.")]
)
def test_without_the_password_nothing_is_signed(ward: Ward, sign_in: SignIn, typed: str, words: str):
    made = ward.commitment("KP1", "frozen")
    page = sign_in("head_kp1").send(url(made), {"password": typed}, status=200)
    assert words in page.errors
    assert typed == "" or typed not in page.html
    assert signatures(ward) == []


def test_who_guesses_is_stopped(ward: Ward, sign_in: SignIn):
    made = ward.commitment("KP1", "frozen")
    head = sign_in("head_kp1")
    for _guess in range(5):
        head.send(url(made), {"password": "sai mật khẩu"}, status=200)
    page = head.send(url(made), {"password": PASSWORD}, status=200)
    assert "Đã nhập sai nhiều lần." in page.errors[0]
    assert signatures(ward) == []
    ward.hands.put(ward.now + timedelta(minutes=16))
    head.send(url(made), {"password": PASSWORD})
    assert len(signatures(ward)) == 1


def test_others_write_while_the_password_is_compared(
    ward: Ward, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
):
    made = ward.commitment("KP1", "frozen")
    compare, written = accounts.password_is, []

    def meanwhile(known: str | None, password: str) -> bool:
        with apps.engine_of(ward.app).connect() as other:
            other.exec_driver_sql("PRAGMA busy_timeout=100")
            written.append(other.exec_driver_sql("UPDATE unit SET position = position").rowcount)
            other.rollback()
            other.invalidate()  # the next test waits as long as ever
        return compare(known, password)

    monkeypatch.setattr(accounts, "password_is", meanwhile)
    sign_in("head_kp1").send(url(made), {"password": PASSWORD})
    assert len(written) == 1
    assert len(signatures(ward)) == 1


def test_three_clicks_sign_once(ward: Ward, sign_in: SignIn):
    made = ward.commitment("KP1", "frozen")
    head = sign_in("head_kp1")
    form = head.get(url(made)).form()
    answers = {head.send_form(form, {"password": PASSWORD}).location for _click in range(3)}
    assert answers == {f"/cam-ket/{made.id}"}
    assert len(signatures(ward)) == 1


def test_two_sign_one_after_the_other_from_pages_opened_together(ward: Ward, sign_in: SignIn):
    of_three = people.of_three(ward, in_order=False)
    head, front = sign_in("head_kp1"), sign_in(FRONT)
    late = front.get(url(of_three)).form()
    head.send(url(of_three), {"password": PASSWORD})
    page = front.send_form(late, {"password": PASSWORD}, status=200)
    assert "Nội dung vừa được người khác sửa." in page.errors[0]
    front.send_form(page.form(), {"password": PASSWORD})
    assert len(signatures(ward)) == 2


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("draft", "Bản cam kết chưa được chốt nên chưa ký được"),
        ("signed", "Đồng chí đã ký bản cam kết này rồi."),
    ],
)
def test_the_wrong_order_is_refused_in_words(ward: Ward, sign_in: SignIn, status: str, words: str):
    page = sign_in("head_kp1").get(url(ward.commitment("KP1", status)), status=409)
    assert words in page.text
    assert page.forms == []


def test_who_is_not_named_does_not_sign(ward: Ward, sign_in: SignIn):
    made = ward.commitment("KP1", "frozen")
    made.signatories[0].account_id = None
    ward.session.commit()
    page = sign_in("head_kp1").get(url(made), status=409)
    assert "Đồng chí không có tên trong những người ký bản cam kết này và không được ủy quyền" in page.text


def leave(ward: Ward, name: str = "head_kp1") -> None:
    """The last day in the post was yesterday."""
    post_of(ward, name).valid_to = ward.day - timedelta(days=1)
    ward.session.commit()


def test_who_left_the_post_is_told_since_when(ward: Ward, sign_in: SignIn):
    made = ward.commitment("KP1", "frozen")
    leave(ward)
    page = sign_in("head_kp1").get(url(made), status=409)
    assert "Từ ngày 15/10/2024 đồng chí không còn giữ chức vụ Khu trưởng ở Khu phố 1" in page.text
    assert made.digest not in page.html, "the text is not for who left"
    assert page.link("Về việc của tôi") == "/"


def test_who_left_while_the_page_was_open_does_not_sign(ward: Ward, sign_in: SignIn):
    made = ward.commitment("KP1", "frozen")
    head = sign_in("head_kp1")
    form = head.get(url(made)).form()
    leave(ward)
    page = head.send_form(form, {"password": PASSWORD}, status=409)
    assert "không còn giữ chức vụ Khu trưởng ở Khu phố 1" in page.text
    assert signatures(ward) == []


def test_another_post_in_the_unit_is_not_the_one_that_was_frozen(ward: Ward, sign_in: SignIn):
    made = ward.commitment("KP1", "frozen")
    leave(ward)
    give(ward, ward.account("head_kp1"), "KP1", Role.LEADER, "Khu phó Khu phố 1", since=ward.day)
    page = sign_in("head_kp1").get(url(made), status=409)
    assert "không còn giữ chức vụ Khu trưởng ở Khu phố 1" in page.text


def test_who_was_given_the_same_post_again_signs(ward: Ward, sign_in: SignIn):
    made = ward.commitment("KP1", "frozen")
    leave(ward)
    post = "Bí thư chi bộ, Khu trưởng Khu phố 1"
    give(ward, ward.account("head_kp1"), "KP1", Role.LEADER, post, since=ward.day)
    sign_in("head_kp1").send(url(made), {"password": PASSWORD})
    assert len(signatures(ward)) == 1


def test_who_comes_later_waits_for_who_is_named_before(ward: Ward, sign_in: SignIn, of_three: Commitment):
    page = sign_in(FRONT).get(url(of_three), status=409)
    assert (
        "Bản cam kết này ký theo thứ tự: Phạm Văn Đức, Bí thư chi bộ, Khu trưởng ký trước rồi mới đến lượt"
        in page.text
    )
    sign_in("head_kp1").send(url(of_three), {"password": PASSWORD})
    sign_in(FRONT).get(url(of_three))


def test_one_person_in_two_places_signs_both_one_after_the_other(ward: Ward, sign_in: SignIn):
    made = people.frozen(ward, [("Bí thư chi bộ", "head_kp1"), ("Khu trưởng", "head_kp1")], in_order=False)
    head = sign_in("head_kp1")
    page = head.get(url(made))
    assert page.form().fields.get("way") is None, "the person says in which capacity"
    page = head.send(url(made), {"password": PASSWORD}, status=200)
    assert page.errors == ["Chưa chọn tư cách ký."]
    second = str(made.signatories[1].id)
    head.send(url(made), {"way": second, "password": PASSWORD})
    assert made.status is CommitmentStatus.FROZEN
    head.send(url(made), {"password": PASSWORD})
    assert [one.signatory.post for one in signatures(ward)] == ["Khu trưởng", "Bí thư chi bộ"]
    assert made.status is CommitmentStatus.SIGNED


def test_a_page_of_yesterday_does_not_sign_what_was_superseded(ward: Ward, sign_in: SignIn):
    made = ward.commitment("KP1", "frozen")
    head = sign_in("head_kp1")
    form = head.get(url(made)).form()
    made.status = CommitmentStatus.SUPERSEDED
    ward.session.commit()
    page = head.send_form(form, {"password": PASSWORD}, status=409)
    assert "đã được thay bằng bản mới nên không ký được nữa" in page.text
    assert signatures(ward) == []


def test_an_ended_session_asks_for_the_password_again(ward: Ward, sign_in: SignIn):
    made = ward.commitment("KP1", "frozen")
    head = sign_in("head_kp1")
    form = head.get(url(made)).form()
    with head.client.session_transaction() as cookie:
        cookie["seen"] = 0
    asked = head.send_form(form, {"password": PASSWORD}, status=401)
    assert PASSWORD not in asked.html
    who = {"username": "head_kp1", "password": PASSWORD}
    page = head.send_form(asked.form("/dang-nhap"), who, follow=True)
    assert page.h1 == "Ký bản cam kết"
    assert page.form().fields["password"] == [""]
    assert signatures(ward) == []

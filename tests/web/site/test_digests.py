"""Thư nhắc việc: once a person and day, only where something waits, through a real mail server."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from email.headerregistry import Address
from email.utils import parsedate_to_datetime
from typing import Any

import pytest
from sqlalchemy import select

from pledges.accounts.notices.models import SentDigest
from pledges.accounts.notices.operations import claim_digest
from pledges.command_line import run as run_command
from pledges.core import clock
from pledges.core.database import db
from pledges.setting_values import MailServer
from pledges.site import inbox, postman
from pledges.site.digests import Sent, send_due
from pledges.troubles import Refusal
from tests.support.clock import Hands
from tests.support.critic import SignIn
from tests.support.postbox import Postbox, free_port, mail_server
from tests.support.ward import Ward

LAN = "lan@khupho1.hakhanh.gov.vn"
ADDRESS = "https://thidua.hakhanh.gov.vn"
SENDER = Address("Thi đua phường Hà Khánh", "thidua", "hakhanh.gov.vn")
Run = Callable[[], Sent]


@pytest.fixture
def box(ward: Ward) -> Iterator[Postbox]:
    """An office with a mail server, in which one officer has an address and something to do."""
    kept = {name: ward.app.config[name] for name in ("SMTP_URL", "SMTP_FROM", "PUBLIC_ADDRESS")}
    ward.account("officer_kp1").email = LAN
    ward.task("KP1", title="Bê tông hóa ngõ tổ 3")
    ward.session.commit()
    with mail_server() as (made, server):
        ward.app.config.update(SMTP_URL=server, SMTP_FROM=SENDER, PUBLIC_ADDRESS=ADDRESS)
        yield made
    ward.app.config.update(kept)


@pytest.fixture
def run(ward: Ward, box: Postbox) -> Run:
    def send() -> Sent:
        ward.settle()
        with ward.app.app_context():
            return send_due(ward.day)

    return send


def text_of(box: Postbox, kind: str = "plain") -> str:
    part = box.letters[0].get_body((kind,))
    assert part is not None
    content: str = part.get_content()
    return content


def test_a_letter_says_what_the_first_page_says(ward: Ward, sign_in: SignIn, box: Postbox, run: Run):
    assert run() == Sent(letters=1)
    assert box.recipients == [LAN]
    page = sign_in("officer_kp1").get("/")
    plain, html = text_of(box), text_of(box, "html")
    titles = [one.title for one in inbox_of(ward, "officer_kp1")]
    assert len(titles) > 5
    for shown in (page.text, plain, html):
        places = [shown.index(title) for title in titles]
        assert places == sorted(places)
    assert "[Quá hạn] Báo cáo tháng 4/2024: Bê tông hóa ngõ tổ 3" in plain
    assert "hạn 25/4/2024, quá 173 ngày" in plain
    assert f"{ADDRESS}/phan-viec/" in plain
    assert f'href="{ADDRESS}/phan-viec/' in html
    assert f"{ADDRESS}/tai-khoan/thu-nhac-viec" in plain
    assert "Kính gửi đồng chí Nguyễn Thị Lan," in plain
    assert "localhost" not in plain + html
    assert "127.0.0.1" not in plain + html


def test_what_was_remarked_on_the_lines_of_a_returned_report_is_in_the_letter(
    ward: Ward, sign_in: SignIn, box: Postbox, run: Run
):
    report = ward.report(ward.task(start_on=date(2024, 9, 1)), "2024-09", [10, 30], status="submitted")
    first = report.task.indicators[0]
    sign_in("leader").send(f"/bao-cao/{report.id}/tra-lai", {f"remark_{first.id}": "Đo lại ngõ 5"})
    run()
    assert f"   - {first.label}: Đo lại ngõ 5" in text_of(box).splitlines()
    assert f"{first.label}: Đo lại ngõ 5</li>" in text_of(box, "html")


def test_its_head_is_that_of_a_letter_by_a_machine(ward: Ward, box: Postbox, run: Run):
    run()
    (letter,) = box.letters
    number = len(inbox_of(ward, "officer_kp1"))
    assert letter["Subject"] == f"{number:02} việc đang chờ đồng chí, ngày 15/10/2024"
    assert letter["From"] == str(SENDER)
    assert letter["To"].addresses[0].addr_spec == LAN
    assert letter["To"].addresses[0].display_name == "Nguyễn Thị Lan"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["Message-ID"].endswith("@hakhanh.gov.vn>")
    assert parsedate_to_datetime(letter["Date"]).isoformat() == "2024-10-15T09:30:00+07:00"
    assert [part.get_content_type() for part in letter.iter_parts()] == ["text/plain", "text/html"]
    assert box.raw[0].isascii(), "a server of any age takes it"
    assert b"=?utf-8?" in box.raw[0]
    assert max(map(len, box.raw[0].splitlines())) <= 998


def inbox_of(ward: Ward, name: str) -> list[Any]:
    actor = ward.actor(name)
    with ward.app.test_request_context():
        found = inbox.of(db.session(), actor, ward.day)
        db.session.rollback()
    return found


def test_a_person_gets_one_a_day(ward: Ward, box: Postbox, run: Run, freeze: Callable[[date], None]):
    assert run().letters == 1
    assert run().letters == 0
    freeze(ward.day + timedelta(days=1))
    assert run().letters == 1
    assert len(box.raw) == 2
    days = list(ward.session.scalars(select(SentDigest.day).order_by(SentDigest.day)))
    assert days == [date(2024, 10, 15), date(2024, 10, 16)]


def test_who_was_written_to_by_another_process_meanwhile_gets_no_second_one(
    ward: Ward, box: Postbox, run: Run, monkeypatch: pytest.MonkeyPatch
):
    """The other process takes the day after this one has asked whom to write to."""
    number = ward.account("officer_kp1").id

    def late(session: Any, account_id: int, day: date, items: int, *, at: Any) -> bool:
        assert claim_digest(ward.session, number, day, 1, at=at)
        return claim_digest(session, account_id, day, items, at=at)

    monkeypatch.setattr("pledges.site.digests.claim_digest", late)
    assert run() == Sent()
    assert box.raw == []


@pytest.mark.parametrize("field", ["email", "wants_digest", "closed_at"])
def test_who_gets_none(ward: Ward, box: Postbox, run: Run, field: str):
    values = {"email": "", "wants_digest": False, "closed_at": ward.now}
    setattr(ward.account("officer_kp1"), field, values[field])
    ward.session.commit()
    assert run() == Sent()
    assert box.raw == []


def test_nothing_waits_nothing_is_sent(ward: Ward, box: Postbox, run: Run):
    ward.account("officer_kp1").email = ""
    ward.account("officer_kp2").email = "anh@khupho2.hakhanh.gov.vn"
    ward.account("ended").email = "nghi@khupho1.hakhanh.gov.vn"
    ward.session.commit()
    assert run() == Sent()
    assert box.raw == []
    assert ward.session.scalars(select(SentDigest)).all() == []


def test_a_concluded_campaign_asks_for_nothing(ward: Ward, box: Postbox, run: Run):
    ward.campaign.status = "concluded"
    ward.session.commit()
    assert run() == Sent()


def test_a_dead_server_is_tried_again(ward: Ward, box: Postbox, run: Run):
    alive = ward.app.config["SMTP_URL"]
    ward.app.config["SMTP_URL"] = MailServer("127.0.0.1", free_port(), encrypted=False)
    sent = run()
    assert sent.gone
    assert not sent.whole
    assert ward.session.scalars(select(SentDigest)).all() == []
    ward.app.config["SMTP_URL"] = alive
    assert run() == Sent(letters=1)


def test_one_refused_mailbox_does_not_keep_the_others_letters(ward: Ward, box: Postbox, run: Run):
    ward.account("mate_kp1").email = "binh@khupho1.hakhanh.gov.vn"
    ward.session.commit()
    box.refused = {LAN}
    assert run() == Sent(letters=1, refused=1)
    assert box.recipients == ["binh@khupho1.hakhanh.gov.vn"]
    box.refused = set()
    assert run() == Sent(letters=1)


@pytest.mark.parametrize(
    ("name", "email"),
    [
        ("Nguyễn Thị Lan\r\nBcc: ai@khac.vn", LAN),
        ("Nguyễn Thị Lan", "lan@khupho1.vn\r\nBcc: ai@khac.vn"),
        ("Nguyễn Thị Lan", "lan@khupho1.vn, ai@khac.vn"),
        ("Nguyễn Thị Lan", "không phải địa chỉ"),
    ],
)
def test_nothing_is_smuggled_into_the_head(ward: Ward, box: Postbox, run: Run, name: str, email: str):
    account = ward.account("officer_kp1")
    account.name, account.email = name, email
    ward.session.commit()
    run()
    assert "ai@khac.vn" not in box.recipients
    assert not any(letter["Bcc"] for letter in box.letters)


def test_a_password_is_never_sent_in_the_clear(ward: Ward, box: Postbox, run: Run):
    server = ward.app.config["SMTP_URL"]
    ward.app.config["SMTP_URL"] = MailServer(
        server.host, server.port, encrypted=False, user="a", password="b"
    )
    assert run().gone
    assert box.raw == []


def test_without_a_public_address_a_letter_has_no_links(ward: Ward, box: Postbox, run: Run):
    ward.app.config["PUBLIC_ADDRESS"] = None
    run()
    assert "http" not in text_of(box)
    assert "href" not in text_of(box, "html")
    assert "mở trang Việc của tôi" in text_of(box)


def test_the_command_says_what_it_did(ward: Ward, box: Postbox):
    ward.settle()
    runner = ward.app.test_cli_runner()
    done = runner.invoke(args=["send-digests", "--day", "2024-10-15"])
    assert (done.exit_code, done.output) == (0, "Ngày 15/10/2024: đã gửi 01 thư nhắc việc.\n")
    ward.app.config["SMTP_URL"] = None
    done = runner.invoke(args=["send-digests"])
    assert done.exit_code == 1
    assert "Chưa đặt máy chủ thư (SMTP_URL)" in done.output


def test_a_demo_says_that_it_sends_no_letters_and_blames_no_parameter(
    ward: Ward, monkeypatch: pytest.MonkeyPatch
):
    ward.settle()
    monkeypatch.setitem(ward.app.config, "DEMO", value=True)
    with pytest.raises(Refusal, match=r"\AKho minh họa không gửi thư\.\Z"):
        run_command(ward.app, "send-digests", [])
    with pytest.raises(Refusal, match="Lệnh send-digests không hiểu tham số đã cho"):
        run_command(ward.app, "send-digests", ["--tomorrow"])


def test_the_command_tells_a_dead_server_by_its_exit_code(ward: Ward, box: Postbox):
    ward.settle()
    ward.app.config["SMTP_URL"] = MailServer("127.0.0.1", free_port(), encrypted=False)
    done = ward.app.test_cli_runner().invoke(args=["send-digests"])
    assert done.exit_code == 1
    assert "Không tới được máy chủ thư" in done.output


def test_the_started_server_sends_from_its_hour_on_and_once(ward: Ward, box: Postbox):
    hands: Hands = ward.hands
    ward.settle()
    made = postman.Postman(ward.app, hour=10)
    made.look()
    assert box.raw == [], "it is half past nine"
    hands.put(clock.at(ward.day, 10, 5))
    made.look()
    made.look()
    assert len(box.raw) == 1
    ward.app.config["SMTP_URL"] = None
    hands.put(clock.at(ward.day + timedelta(days=1), 10))
    made.look()
    assert len(box.raw) == 1

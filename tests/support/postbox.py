"""A real mail server on this machine, for tests of what is sent."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from socket import socket
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from pledges.setting_values import MailServer

SENDER = "Thi đua phường Hà Khánh <thidua@hakhanh.gov.vn>"


class Postbox:
    """What came in, and whom it refuses."""

    def __init__(self) -> None:
        self.raw: list[bytes] = []
        self.recipients: list[str] = []
        self.refused: set[str] = set()

    async def handle_RCPT(  # noqa: N802 - the library's word
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if address in self.refused:
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.raw.append(bytes(envelope.content or b""))
        self.recipients += envelope.rcpt_tos
        return "250 OK"

    @property
    def letters(self) -> list[EmailMessage]:
        return [message_from_bytes(one, policy=policy.default) for one in self.raw]  # type: ignore[arg-type]


def free_port() -> int:
    with socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


@contextmanager
def mail_server(**settings: Any) -> Iterator[tuple[Postbox, MailServer]]:
    """A server as long as it is needed: its postbox, and how it is reached."""
    box = Postbox()
    controller = Controller(
        box, hostname="127.0.0.1", port=free_port(), loop=asyncio.new_event_loop(), **settings
    )
    controller.start()
    try:
        yield box, MailServer("127.0.0.1", controller.port, encrypted=False)
    finally:
        controller.stop()
        controller.loop.close()

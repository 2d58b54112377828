"""Thư điện tử: letters that the program writes, and handing them to the office's mail server.

What goes into a header is refused where it holds a line end (the library does that); every letter says that a machine
wrote it (RFC 3834), so that absence notes are not sent back.
"""

import logging
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid

from pledges.core.clock import local
from pledges.setting_values import MailServer

log = logging.getLogger(__name__)

PATIENCE = 20
"""So many seconds a silent mail server is waited for."""


class Undeliverable(Exception):
    """A letter that can't be written or that the server refuses; others may still be sent."""


class ServerGone(Exception):
    """The mail server can't be reached, or doesn't let the program in: no letter can be sent now."""


def letter(
    sender: Address, name: str, address: str, subject: str, *, text: str, html: str, at: datetime
) -> EmailMessage:
    """A letter in two forms; raises `Undeliverable` for an address that is none."""
    message = EmailMessage(policy=SMTP)
    try:
        message["From"] = sender
        message["To"] = Address(name, addr_spec=address)
        message["Subject"] = subject
    except (MessageError, ValueError, IndexError) as error:
        raise Undeliverable(str(error)) from error
    message["Date"] = format_datetime(local(at))
    message["Message-ID"] = make_msgid(domain=sender.domain)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text, cte="base64")
    message.add_alternative(html, subtype="html", cte="base64")
    return message


class Delivery:
    """An open way to the mail server."""

    def __init__(self, connection: smtplib.SMTP) -> None:
        self._connection = connection

    def send(self, message: EmailMessage) -> None:
        """Hand a letter over; raises `Undeliverable` where the server refuses it, `ServerGone` where it is gone."""
        try:
            self._connection.send_message(message)
        except smtplib.SMTPServerDisconnected as error:
            raise ServerGone(str(error)) from error
        except (smtplib.SMTPException, UnicodeError, ValueError) as error:
            self._forget()
            raise Undeliverable(str(error)) from error
        except OSError as error:
            raise ServerGone(str(error)) from error

    def _forget(self) -> None:
        """Begin anew after a refusal, so that the next letter is not mixed up with this one."""
        try:
            self._connection.rset()
        except (smtplib.SMTPException, OSError) as error:
            raise ServerGone(str(error)) from error


@contextmanager
def delivery(server: MailServer) -> Iterator[Delivery]:
    """A way to the mail server as long as it is needed; raises `ServerGone` when there is none.

    A password is sent over an encrypted line or not at all.
    """
    try:
        connection = _connected(server)
    except (smtplib.SMTPException, OSError) as error:
        raise ServerGone(str(error)) from error
    try:
        yield Delivery(connection)
    finally:
        try:
            connection.quit()
        except (smtplib.SMTPException, OSError):
            connection.close()


def _connected(server: MailServer) -> smtplib.SMTP:
    context = ssl.create_default_context()
    if server.encrypted:
        connection: smtplib.SMTP = smtplib.SMTP_SSL(
            server.host, server.port, timeout=PATIENCE, context=context
        )
    else:
        connection = smtplib.SMTP(server.host, server.port, timeout=PATIENCE)
    try:
        _enter(connection, server, context)
    except BaseException:
        connection.close()
        raise
    return connection


def _enter(connection: smtplib.SMTP, server: MailServer, context: ssl.SSLContext) -> None:
    safe = server.encrypted
    connection.ehlo()
    if not safe and connection.has_extn("starttls"):
        connection.starttls(context=context)
        connection.ehlo()
        safe = True
    if server.user and not safe:
        raise smtplib.SMTPNotSupportedError("the server offers no encryption for the password")
    if server.user:
        connection.login(server.user, server.password)

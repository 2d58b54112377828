"""Handing letters to a server that asks who sends: over an encrypted line alone, and only to whom it says it is."""

import ssl
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.headerregistry import Address
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from pledges.core import mail
from pledges.setting_values import MailServer
from tests.support.postbox import mail_server

USER, PASSWORD = "thidua@hakhanh.gov.vn", "mat khau : co @ / dau"
LETTER = mail.letter(
    Address("", "thidua", "hakhanh.gov.vn"),
    "Nguyễn Thị Lan",
    "lan@khupho1.vn",
    "Việc đang chờ",
    text="Kính gửi",
    html="<p>Kính gửi</p>",
    at=datetime(2024, 10, 15, 2, tzinfo=UTC),
)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate of this machine's own name, with its key."""
    key, name = (
        ec.generate_private_key(ec.SECP256R1()),
        x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "x")]),
    )
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path_factory.mktemp("certificate") / "server.pem"
    file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return file


@pytest.fixture
def trusted(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Let the certificate be believed, as if the machine knew who gave it."""
    real = ssl.create_default_context

    def trust() -> None:
        monkeypatch.setattr(
            mail.ssl, "create_default_context", lambda *_a, **_k: real(cafile=str(certificate))
        )

    return trust


def identity(_server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> AuthResult:
    return AuthResult(success=(data.login.decode(), data.password.decode()) == (USER, PASSWORD))


def server_side(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


@pytest.mark.parametrize(("password", "sent"), [(PASSWORD, 1), ("sai", 0)])
def test_a_line_is_encrypted_before_the_password_is_said(
    certificate: Path,
    trusted: Callable[[], None],
    password: str,
    sent: int,
    monkeypatch: pytest.MonkeyPatch,
):
    trusted()
    if not sent:  # to a wrong password the library's server says nothing more
        monkeypatch.setattr(mail, "PATIENCE", 2)
    settings = {"tls_context": server_side(certificate), "require_starttls": True, "authenticator": identity}
    with mail_server(**settings, auth_required=True) as (box, server):
        known = MailServer(server.host, server.port, encrypted=False, user=USER, password=password)
        try:
            with mail.delivery(known) as way:
                way.send(LETTER)
        except mail.ServerGone:
            assert not sent
        assert len(box.raw) == sent


def test_a_line_may_be_encrypted_from_the_first_byte(certificate: Path, trusted: Callable[[], None]):
    trusted()
    with mail_server(ssl_context=server_side(certificate)) as (box, server):
        with mail.delivery(MailServer(server.host, server.port, encrypted=True)) as way:
            way.send(LETTER)
        assert box.recipients == ["lan@khupho1.vn"]


@pytest.mark.parametrize("encrypted", [True, False])
def test_a_server_whose_certificate_nobody_knows_gets_nothing(certificate: Path, encrypted: bool):
    how = "ssl_context" if encrypted else "tls_context"
    with mail_server(**{how: server_side(certificate)}) as (box, server):
        known = MailServer(server.host, server.port, encrypted=encrypted, user=USER, password=PASSWORD)
        with pytest.raises(mail.ServerGone), mail.delivery(known) as way:
            way.send(LETTER)
        assert box.raw == []

"""Signing PDFs as the state's tool does (PAdES), with an authority of our own. Loads pyHanko: for few modules."""

import asyncio
import io
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from asn1crypto import crl, keys
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.pdf_utils.generic import DictionaryObject, NameObject, pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer
from pyhanko.sign import signers
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko_certvalidator.registry import SimpleCertificateStore

SINCE, UNTIL = datetime(2023, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC)
OFFICE = "UBND phường Hà Khánh"
LISTS = "http://crl.thu-nghiem.example/thu-hoi.crl"
"""Where certificates say that their authority lists the revoked ones: nobody is there, and nobody must ask."""


@dataclass(frozen=True)
class Holder:
    """Who holds a certificate, with the key and the certificates above."""

    certificate: x509.Certificate
    key: Any
    above: tuple[x509.Certificate, ...] = ()

    @property
    def pem(self) -> bytes:
        """The certificate as a file."""
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    @property
    def signer(self) -> signers.SimpleSigner:
        """The holder as pyHanko wants it."""
        store = SimpleCertificateStore()
        store.register_multiple([_asn1(one) for one in self.above])
        return signers.SimpleSigner(_asn1(self.certificate), self.asn1_key, store)

    @property
    def asn1_key(self) -> keys.PrivateKeyInfo:
        """The key as pyHanko wants it."""
        encoded = self.key.private_bytes(
            serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        return keys.PrivateKeyInfo.load(encoded)

    def stamper(self, at: datetime) -> DummyTimeStamper:
        """The holder as an authority for the time, whose clock stands."""
        store = SimpleCertificateStore()
        store.register_multiple([_asn1(one) for one in self.above])
        return DummyTimeStamper(_asn1(self.certificate), self.asn1_key, store, fixed_dt=at)


class Authority:
    """A certificate authority: a root, and one below it that gives certificates to people."""

    def __init__(self, name: str = "Tổ chức chứng thực thử nghiệm") -> None:
        self.root = _made(_name(f"{name} (gốc)"), None, SINCE, UNTIL, above=True)
        self.issuer = _made(_name(name), self.root, SINCE, UNTIL, above=True)

    def holder(
        self, name: str, *, since: datetime = SINCE, until: datetime = UNTIL, usage: str = "signing"
    ) -> Holder:
        """A person with a certificate, made for `usage`: signing, encrypting, stamping."""
        made = _made(_name(name, OFFICE), self.issuer, since, until, usage=usage)
        return Holder(made.certificate, made.key, (self.issuer.certificate, self.root.certificate))


def self_signed(name: str) -> Holder:
    """Somebody who made the own certificate."""
    return _made(_name(name, OFFICE), None, SINCE, UNTIL)


def _name(common: str, organisation: str = "") -> x509.Name:
    parts = [x509.NameAttribute(NameOID.COUNTRY_NAME, "VN")]
    if organisation:
        parts.append(x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation))
    return x509.Name([*parts, x509.NameAttribute(NameOID.COMMON_NAME, common)])


def _made(
    name: x509.Name,
    by: Holder | None,
    since: datetime,
    until: datetime,
    *,
    above: bool = False,
    usage: str = "signing",
) -> Holder:
    # pyHanko's stand-in for an authority of the time signs with RSA alone.
    stamps = usage == "stamping"
    key: Any = rsa.generate_private_key(65537, 2048) if stamps else ec.generate_private_key(ec.SECP256R1())
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(by.certificate.subject if by else name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(since)
        .not_valid_after(until)
        .add_extension(x509.BasicConstraints(ca=above, path_length=None), critical=True)
        .add_extension(_usage(above=above, encrypts=usage == "encrypting"), critical=True)
    )
    if not above:
        lists = x509.DistributionPoint([x509.UniformResourceIdentifier(LISTS)], None, None, None)
        builder = builder.add_extension(x509.CRLDistributionPoints([lists]), critical=False)
    if stamps:
        builder = builder.add_extension(
            x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True
        )
    signed = builder.sign((by or Holder(None, key)).key, hashes.SHA256())  # type: ignore[arg-type]
    return Holder(signed, key, (by.certificate,) if by else ())


def _usage(*, above: bool, encrypts: bool) -> x509.KeyUsage:
    signs = not above and not encrypts
    return x509.KeyUsage(
        digital_signature=signs,
        content_commitment=signs,
        key_encipherment=encrypts,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=above,
        crl_sign=above,
        encipher_only=False,
        decipher_only=False,
    )


def _asn1(certificate: x509.Certificate) -> asn1.Certificate:
    return asn1.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))


class _AtItsTime(signers.PdfSigner):
    """A signer whose computer's clock stands."""

    clock: datetime

    def init_signing_session(self, *args: Any, **kwargs: Any) -> Any:
        """As in the library, at the time that the test says."""
        session = super().init_signing_session(*args, **kwargs)
        session.system_time = self.clock
        return session


def sign(
    content: bytes,
    holder: Holder,
    *,
    at: datetime,
    stamper: DummyTimeStamper | None = None,
    permits: MDPPerm | None = None,
) -> bytes:
    """The file with one more signature behind what was there; `permits` is what its signer lets others do after it."""
    written = IncrementalPdfFileWriter(io.BytesIO(content), strict=False)
    number = len(written.prev.embedded_signatures) + 1
    about = signers.PdfSignatureMetadata(
        field_name=f"Signature{number}",
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        certify=permits is not None,
        docmdp_permissions=permits or MDPPerm.FILL_FORMS,
    )
    signer = _AtItsTime(about, holder.signer, timestamper=stamper)
    signer.clock = at
    output = asyncio.run(signer.async_sign_pdf(written))
    return bytes(output.getbuffer())


def with_page_added(content: bytes) -> bytes:
    """The file with an empty page behind, added as an update after everything that was signed."""
    written = IncrementalPdfFileWriter(io.BytesIO(content), strict=False)
    first = written.root["/Pages"]
    while "/Kids" in first:
        first = first["/Kids"][0]
    page = DictionaryObject({pdf_name("/Type"): pdf_name("/Page"), pdf_name("/MediaBox"): first["/MediaBox"]})
    written.insert_page(_page_with_resources(page))
    output = io.BytesIO()
    written.write(output)
    return output.getvalue()


def _page_with_resources(page: DictionaryObject) -> Any:
    page[NameObject("/Resources")] = DictionaryObject()
    return page


def stamped(content: bytes, stamper: DummyTimeStamper) -> bytes:
    """The file with a timestamp over all of it, as archives add one."""
    written = IncrementalPdfFileWriter(io.BytesIO(content), strict=False)
    output = asyncio.run(signers.PdfTimeStamper(stamper).async_timestamp_pdf(written, "sha256"))
    return bytes(output.getbuffer())


def with_revocation(content: bytes, authority: Authority, revoked: Holder, *, at: datetime) -> bytes:
    """The file with the authority's list of revoked certificates in its store, as long-term signatures bring it."""
    entry = (
        x509.RevokedCertificateBuilder()
        .serial_number(revoked.certificate.serial_number)
        .revocation_date(at)
        .build()
    )
    made = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(authority.issuer.certificate.subject)
        .last_update(at)
        .next_update(at + timedelta(days=900))
        .add_revoked_certificate(entry)
        .sign(authority.issuer.key, hashes.SHA256())
    )
    output = io.BytesIO(content)
    listed = crl.CertificateList.load(made.public_bytes(serialization.Encoding.DER))
    DocumentSecurityStore.add_dss(output, None, crls=[listed], strict=False)
    return output.getvalue()


def locked(content: bytes, password: str) -> bytes:
    """The file behind a password."""
    written = copy_into_new_writer(PdfFileReader(io.BytesIO(content)))
    written.encrypt(password, password)
    output = io.BytesIO()
    written.write(output)
    return output.getvalue()


def hybrid() -> bytes:
    """An empty page as old programs for two kinds of readers write it: a table of objects, and a stream beside it."""
    bodies = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << >> >>",
    )
    written = b"%PDF-1.5\n"
    places = []
    for number, body in enumerate((*bodies, b"(beside)"), 1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    stream = len(written)
    rows = b"\x01" + places[3].to_bytes(3, "big") + b"\x00"
    written += b"5 0 obj\n<< /Type /XRef /Size 6 /W [1 3 1] /Index [4 1] /Length 5 >>\nstream\n" + rows
    written += b"\nendstream\nendobj\n"
    table = len(written)
    written += b"xref\n0 4\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % at for at in places[:3])
    written += b"trailer\n<< /Size 6 /Root 1 0 R /XRefStm %d >>\nstartxref\n%d\n%%%%EOF\n" % (stream, table)
    return written

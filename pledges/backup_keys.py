"""Khóa niêm bản sao lưu: a passphrase, an age identity, or the public key of somebody who keeps the identity apart.

What is sealed for a passphrase is sealed for an identity made for it alone, which the passphrase seals: age takes a
passphrase for small texts only. What is sealed for a public key is sealed for a second identity too, which this
process forgets at its end: so it can be rehearsed once, and read afterwards only by who has the identity.
"""

import re
from dataclasses import dataclass, field
from typing import IO, Any

import pyrage
from pyrage import passphrase, x25519

SHORTEST = 16
_NOT_READ = "Khóa không mở được bản sao lưu này: xem lại BACKUP_KEY hoặc tệp khóa."


class SealError(Exception):
    """A sealed backup can't be opened with the key; the text is a sentence."""


@dataclass
class Key:
    """A key by which backups are sealed and opened; its text is shown nowhere."""

    text: str = field(repr=False)
    _passing: Any = field(default=None, repr=False)
    """The identity that this process knows of what it seals."""
    sealed_identity: bytes | None = field(default=None, repr=False)
    """The passing identity under the passphrase, for the file."""

    @property
    def public(self) -> bool:
        """Whether it only seals."""
        return self.text.startswith("age1")

    @property
    def _identity(self) -> Any:
        return x25519.Identity.from_str(self.text) if is_identity(self.text) else None

    def prepared(self) -> "Key":
        """The key, ready to seal one file: with an identity of its own where it needs one."""
        if is_identity(self.text) or self._passing:
            return self
        made = x25519.Identity.generate()
        wrapped = None if self.public else passphrase.encrypt(str(made).encode(), self.text)
        return Key(self.text, made, wrapped)

    def seal(self, source: Any, target: IO[bytes]) -> None:
        """Seal a stream."""
        if self.public:
            recipients = [x25519.Recipient.from_str(self.text), self._passing.to_public()]
        else:
            recipients = [(self._identity or self._passing).to_public()]
        try:
            pyrage.encrypt_io(source, target, recipients)
        except pyrage.EncryptError as error:
            raise OSError(str(error)) from error

    def unseal(self, source: IO[bytes], target: IO[bytes], wrapped: bytes | None) -> None:
        """Open a sealed stream; `wrapped` is the identity that a passphrase sealed. Raises SealError."""
        identity = self._identity or (None if wrapped else self._passing)
        try:
            if wrapped and identity is None and not self.public:
                identity = x25519.Identity.from_str(passphrase.decrypt(wrapped, self.text).decode())
            if identity is None:
                raise SealError(
                    "Khóa công khai chỉ niêm được, không mở được: hãy đưa khóa mở (AGE-SECRET-KEY-1…) bằng --key-file."
                )
            pyrage.decrypt_io(source, target, [identity])
        except pyrage.DecryptError as error:
            raise SealError(_NOT_READ) from error
        except OSError as error:
            if error.errno is not None:
                raise  # the disk, not the seal
            raise SealError(_NOT_READ) from error


def is_identity(text: str) -> bool:
    """Whether the key is an identity of age."""
    return text.startswith("AGE-SECRET-KEY-1")


def read_key(text: str) -> Key:
    """The key in a text, or in what age-keygen writes; raises SealError for one that can't be one."""
    found = re.search(r"^AGE-SECRET-KEY-1\S+$", text, re.MULTILINE)
    key = found[0] if found else text.strip()
    try:
        if is_identity(key):
            x25519.Identity.from_str(key)
        elif key.startswith("age1"):
            x25519.Recipient.from_str(key)
        elif len(key) < SHORTEST:
            raise SealError(f"quá ngắn: cần ít nhất {SHORTEST} ký tự")
    except (pyrage.IdentityError, pyrage.RecipientError) as error:
        raise SealError("không phải khóa age đúng") from error
    return Key(key)

"""Gốc tin cậy: the certificates of the authorities that the office trusts (setting TRUST_ROOTS)."""

from pathlib import Path

from pledges.setting_values import CERTIFICATE_ENDINGS


def certificates(folder: Path | None) -> list[bytes]:
    """The contents of the folder's certificate files, by their names; none where no folder is set."""
    if folder is None:
        return []
    return [
        path.read_bytes() for path in sorted(folder.iterdir()) if path.suffix.lower() in CERTIFICATE_ENDINGS
    ]

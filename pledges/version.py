"""Phiên bản chương trình: the one place where it stands; `setup.py` reads it here."""

VERSION = "0.1.0"

"""Whom to phone about what: before a signing, and when reports are late."""

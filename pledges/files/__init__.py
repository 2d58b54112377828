"""Uploaded files: kept once by content hash, shown only as what they are."""

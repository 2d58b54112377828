"""Bản đã ký: what was signed outside the app and filed: scans of papers, and PDFs signed with a certificate."""

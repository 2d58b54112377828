"""Tệp PDF ký số: commitments signed elsewhere with a certificate: checked, kept, their signatures counted."""

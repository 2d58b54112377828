"""Tệp PDF ký số: what their signatures and pages show, whatever paper they are of."""

"""Phát hành: a document's way from draft to number, what freezes it, and the register."""

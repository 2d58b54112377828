"""Bản Word: a paper as .docx, for people who edit further."""

"""Bản Excel: the tables of a paper as .xlsx."""

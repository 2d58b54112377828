"""Tập in: many papers as one file, drawn beside the program."""

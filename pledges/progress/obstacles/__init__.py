"""Difficulties that reports raise, open until a leader decides."""

"""Soạn thảo: what fills itself in a draft, and the prose that a clerk writes between."""

"""Tasks: registration, indicators, approval."""

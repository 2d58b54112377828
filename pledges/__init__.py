"""The pledge register: a ward office's emulation campaigns, from registration to the printed report."""

from pledges.factory import create_app

__all__ = ["create_app"]

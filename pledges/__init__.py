"""The pledge register: a ward office's emulation campaigns, from registration to the printed report."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pledges.factory import create_app

__all__ = ["create_app"]


def __getattr__(name: str) -> Any:
    """Load all features for whoever makes the application: who wants one module alone waits for none of them."""
    if name in __all__:
        return getattr(import_module("pledges.factory"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

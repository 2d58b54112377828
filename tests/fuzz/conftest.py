"""The two wards of the doors, for those who fire at them."""

from tests.doors.conftest import house

__all__ = ["house"]

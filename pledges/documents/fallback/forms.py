"""Form of the pack for the day without power."""

from pledges.core.forms.base import Form


class FallbackForm(Form):
    """Lập tập dự phòng: one button. Every press is a download of its own, and each is logged."""

"""Forms of the administrator's page: each is one button on a page of its own."""

from pledges.core.forms.base import Form


class BackUpForm(Form):
    """Sao lưu ngay."""


class DownloadForm(Form):
    """Tải bản sao lưu: every press is a download of its own, and each is logged."""

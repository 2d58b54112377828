"""Forms of one's own notices."""

from wtforms import BooleanField

from pledges.core.forms.base import EditForm, Form


class DigestForm(EditForm):
    """Thư nhắc việc hằng ngày: wanted or not."""

    wants_digest = BooleanField("Gửi thư nhắc việc cho tôi mỗi ngày có việc chờ")


class FeedForm(Form):
    """Lập, lập lại hoặc bỏ địa chỉ lịch: nothing to fill, only to confirm."""

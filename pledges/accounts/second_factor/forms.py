"""Forms of one's own second factor."""

from wtforms import HiddenField, PasswordField

from pledges.core.forms.base import Form
from pledges.core.forms.fields import REQUIRED, LineField


class CodeField(LineField):
    """A code: shown again it would only have to be wiped out, for the phone shows another by then."""

    def _value(self) -> str:
        return ""


class EnrolForm(Form):
    """Bật xác thực hai bước; `sealed` carries the secret that the page shows."""

    password = PasswordField("Mật khẩu của đồng chí", [REQUIRED])
    one_time_code = CodeField("Mã 6 số đang hiện trên điện thoại", [REQUIRED], longest=20)
    sealed = HiddenField()


class ProveForm(Form):
    """Tắt xác thực hai bước, hoặc lập lại mã dự phòng: password and code together."""

    password = PasswordField("Mật khẩu của đồng chí", [REQUIRED])
    one_time_code = CodeField("Mã xác nhận", [REQUIRED], longest=40)


class ResetForm(Form):
    """Đặt lại xác thực hai bước cho người khác: nothing to fill, only to confirm."""

"""Forms of signing in and of one's own account."""

from wtforms import HiddenField, PasswordField
from wtforms.validators import EqualTo

from pledges.core.forms.base import EditForm, Form
from pledges.core.forms.fields import REQUIRED, LineField


class SignInForm(Form):
    """Đăng nhập. `kept` carries what was typed when the last session ended; `next` the page to go to."""

    username = LineField("Tên đăng nhập", [REQUIRED], longest=100)
    password = PasswordField("Mật khẩu", [REQUIRED])
    kept = HiddenField()
    next = HiddenField()


class SignOutForm(Form):
    """Đăng xuất."""


class PasswordForm(EditForm):
    """Đổi mật khẩu của chính mình."""

    present_password = PasswordField("Mật khẩu hiện nay", [REQUIRED])
    password = PasswordField("Mật khẩu mới", [REQUIRED])
    password_again = PasswordField(
        "Nhập lại mật khẩu mới", [REQUIRED, EqualTo("password", "Hai lần nhập mật khẩu mới chưa giống nhau.")]
    )

    @classmethod
    def values_of(cls, record: object) -> dict[str, object]:
        """Nothing of a password is ever shown."""
        return {}

"""Forms of signing in, of one's own account, and of those who administer accounts."""

from collections.abc import Callable, Iterable
from typing import Any

from flask import current_app, request
from wtforms import BooleanField, HiddenField, PasswordField, ValidationError
from wtforms.validators import EqualTo

from pledges.access.roles import Role
from pledges.accounts.models import Account
from pledges.accounts.passwords import PasswordRefused, check_password
from pledges.accounts.rules import UsernameRefused, check_username
from pledges.accounts.second_factor.forms import CodeField
from pledges.accounts.setup_code import is_setup_code
from pledges.core import clock
from pledges.core.forms.base import EditForm, Form
from pledges.core.forms.fields import (
    OPTIONAL,
    REQUIRED,
    ChoiceField,
    ChoiceRadioField,
    DayField,
    LineField,
    RecordField,
)
from pledges.units.forms import check_code, code_of
from pledges.units.models import Unit
from pledges.units.rules import DocumentStyle, UnitKind

_AGAIN = "Hai lần nhập mật khẩu chưa giống nhau."


class UsernameField(LineField):
    """A name to sign in with, in small letters."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Capitals are typed by phones, and mean nothing."""
        super().process_formdata(valuelist)
        self.data = (self.data or "").lower()


class DoorForm(Form):
    """A step of signing in. `kept` carries what was typed when the last session ended; `next` the page to go to."""

    kept = HiddenField()
    next = HiddenField()

    def accepts(self) -> bool:
        """Whether it was sent and says nothing wrong; signing in twice is signing in.

        Without a receipt: a browser drops the answer to the first press of a double click, and with it the
        cookie, so the second press must sign in by itself. And no transaction waits while the password is checked.
        """
        return request.method == "POST" and self.validate()


class SignInForm(DoorForm):
    """Đăng nhập."""

    username = UsernameField("Tên đăng nhập", [REQUIRED], longest=100)
    password = PasswordField("Mật khẩu", [REQUIRED])


class CodeForm(DoorForm):
    """Bước hai: a code of the phone, or a recovery code."""

    one_time_code = CodeField("Mã xác nhận", [REQUIRED], longest=40)


class SessionsForm(Form):
    """Kết thúc phiên: nothing to fill, only to confirm."""


class SignOutForm(Form):
    """Đăng xuất."""


class PasswordForm(EditForm):
    """Đổi mật khẩu của chính mình."""

    record: Account

    present_password = PasswordField("Mật khẩu hiện nay", [REQUIRED])
    password = PasswordField("Mật khẩu mới", [REQUIRED])
    password_again = PasswordField("Nhập lại mật khẩu mới", [REQUIRED, EqualTo("password", _AGAIN)])

    @classmethod
    def values_of(cls, _record: object) -> dict[str, object]:
        """Nothing of a password is ever shown."""
        return {}

    def prepare(self, *, names: Iterable[str] = (), **_context: Any) -> None:
        """The words around the person that a password is not made of."""
        self.names = list(names)

    def validate_password(self, field: PasswordField) -> None:
        """Say beside the field why a password is too easy."""
        _refuse(check_password, field.data or "", username=self.record.username, names=self.names)


def _refuse(check: Callable[..., None], *arguments: Any, **named: Any) -> None:
    try:
        check(*arguments, **named)
    except (PasswordRefused, UsernameRefused) as refused:
        raise ValidationError(str(refused)) from None


def _check_username(_form: Any, field: UsernameField) -> None:
    _refuse(check_username, field.data or "")


def _check_email(_form: Any, field: LineField) -> None:
    name, _, host = (field.data or "").partition("@")
    if not name or "." not in host or "@" in host or " " in (field.data or ""):
        raise ValidationError("Địa chỉ thư điện tử có dạng ten@coquan.gov.vn.")


def _check_phone(_form: Any, field: LineField) -> None:
    if not set(field.data or "") <= set("0123456789 .+()-"):
        raise ValidationError("Số điện thoại chỉ gồm chữ số, dấu cách và các dấu + . - ( ).")


class PostForm(Form):
    """Giao chức vụ: `units` are those that the administrator may give posts in."""

    unit = RecordField("Đơn vị", [REQUIRED], empty="Chọn đơn vị")
    role = ChoiceRadioField("Vai trò trong chương trình", Role, [REQUIRED])
    post = LineField("Chức vụ", longest=200)
    since = DayField("Giữ chức vụ từ ngày", [REQUIRED])
    until = DayField("Đến hết ngày", [OPTIONAL])

    def prepare(self, *, units: Iterable[Unit] = (), **_context: Any) -> None:
        """Offer the units; from today on unless told."""
        _offer(self.unit, units)
        if request.method != "POST" and self.since.data is None:
            self.since.data = clock.today()

    def validate_until(self, field: DayField) -> None:
        """A post does not end before it begins."""
        if field.data and self.since.data and field.data < self.since.data:
            raise ValidationError("Ngày kết thúc không được trước ngày bắt đầu.")

    def validate_post(self, field: LineField) -> None:
        """Without words of its own, the post of a leader is that of the unit's head."""
        field.data = post_in_words(self, "Ghi chức vụ, ví dụ Công chức Văn phòng - Thống kê.")


def _offer(field: RecordField, units: Iterable[Unit]) -> None:
    offered = list(units)
    field.offer(
        offered, lambda unit: unit.name, (lambda unit: unit.block) if any(u.block for u in offered) else None
    )


def post_in_words(form: Any, missing: str) -> str:
    """The post as typed; for a leader, without words, that of the unit's head. Raises `ValidationError`."""
    if form.post.data:
        return str(form.post.data)
    unit: Unit | None = form.unit.record
    if form.role.data is Role.LEADER and unit is not None and unit.head_position:
        return unit.head_position
    raise ValidationError(missing)


class AccountForm(Form):
    """Lập tài khoản, with the first post if it is known."""

    name = LineField("Họ và tên", [REQUIRED], longest=100)
    username = UsernameField("Tên đăng nhập", [REQUIRED, _check_username], longest=50)
    phone = LineField("Điện thoại cơ quan", [OPTIONAL, _check_phone], longest=30)
    email = LineField("Thư điện tử công vụ", [OPTIONAL, _check_email], longest=100)
    unit = RecordField("Đơn vị", [OPTIONAL], empty="Giao chức vụ sau")
    role = ChoiceField("Vai trò trong chương trình", Role, [OPTIONAL], empty="Chọn vai trò")
    post = LineField("Chức vụ", [OPTIONAL], longest=200)
    since = DayField("Giữ chức vụ từ ngày", [OPTIONAL])

    def prepare(self, *, units: Iterable[Unit] = (), **_context: Any) -> None:
        """Offer the units; from today on unless told."""
        _offer(self.unit, units)
        if request.method != "POST" and self.since.data is None:
            self.since.data = clock.today()

    def validate(self, extra_validators: Any = None) -> bool:
        """A post is told wholly or not at all."""
        valid = bool(super().validate(extra_validators))
        if self.unit.data is None and (self.role.data or self.post.data):
            self.unit.errors = [*self.unit.errors, "Chọn đơn vị giữ chức vụ."]
            return False
        if self.unit.data is None:
            return valid
        if self.role.data is None:
            self.role.errors = [*self.role.errors, "Chọn vai trò trong chương trình."]
            return False
        if self.since.data is None and not self.since.errors:
            self.since.errors = ["Ghi ngày bắt đầu giữ chức vụ."]
            return False
        try:
            self.post.data = post_in_words(self, "Ghi chức vụ, ví dụ Công chức Văn phòng - Thống kê.")
        except ValidationError as error:
            self.post.errors = [*self.post.errors, str(error)]
            return False
        return valid


class AccountEditForm(EditForm):
    """Sửa tài khoản: the name to sign in with stays, papers and the log know it."""

    name = LineField("Họ và tên", [REQUIRED], longest=100)
    phone = LineField("Điện thoại cơ quan", [OPTIONAL, _check_phone], longest=30)
    email = LineField("Thư điện tử công vụ", [OPTIONAL, _check_email], longest=100)


class AccountActForm(EditForm):
    """Đặt lại mật khẩu, đóng, mở lại: nothing to fill, only to confirm."""


class EndPostForm(Form):
    """Kết thúc chức vụ."""

    on = DayField("Ngày cuối cùng giữ chức vụ", [REQUIRED])


class EndUnitForm(EditForm):
    """Ngày kết thúc của đơn vị; none lets it go on."""

    valid_to = DayField("Ngày cuối cùng hoạt động", [OPTIONAL])
    with_below = BooleanField("Các đơn vị trực thuộc kết thúc cùng ngày")

    def validate_valid_to(self, field: DayField) -> None:
        """A unit does not end before it began."""
        begun = self.record.valid_from  # type: ignore[attr-defined]
        if field.data and begun and field.data < begun:
            raise ValidationError("Ngày kết thúc không được trước ngày bắt đầu hoạt động.")


class SetUpForm(Form):
    """Thiết lập lần đầu: the unit at the top, and who administers it: who can read the server's console."""

    setup_code = LineField("Mã thiết lập", [REQUIRED], longest=40)
    unit_name = LineField("Tên đầy đủ của đơn vị", [REQUIRED], longest=200)
    short_name = LineField("Tên gọi tắt", [REQUIRED], longest=60)
    code = LineField("Mã đơn vị", [REQUIRED], filters=[code_of], longest=20)
    kind = ChoiceField("Loại đơn vị", UnitKind, [REQUIRED])
    document_style = ChoiceField("Thể thức văn bản", DocumentStyle, [REQUIRED])
    name = LineField("Họ và tên", [REQUIRED], longest=100)
    username = UsernameField("Tên đăng nhập", [REQUIRED, _check_username], longest=50)
    post = LineField("Chức vụ", [REQUIRED], longest=200)
    password = PasswordField("Mật khẩu", [REQUIRED])
    password_again = PasswordField("Nhập lại mật khẩu", [REQUIRED, EqualTo("password", _AGAIN)])

    def prepare(self, *, open_to_anybody: bool = False, **_context: Any) -> None:
        """A demo, which has nothing to lose, asks for no code of the console."""
        if open_to_anybody:
            del self.setup_code

    def validate_setup_code(self, field: LineField) -> None:
        """Only who started the server knows it: else whoever comes first would own the office."""
        if not is_setup_code(str(current_app.secret_key), field.data or ""):
            raise ValidationError(
                "Mã thiết lập chưa đúng. Mã hiện trên màn hình máy chủ khi khởi động chương trình."
            )

    def validate_code(self, field: LineField) -> None:
        """A code that papers and files can carry."""
        check_code(field.data or "")

    def validate_password(self, field: PasswordField) -> None:
        """Say beside the field why a password is too easy."""
        own = [self.name.data, self.unit_name.data, self.short_name.data, self.code.data]
        names = [name for name in own if name]
        _refuse(check_password, field.data or "", username=self.username.data or "", names=names)

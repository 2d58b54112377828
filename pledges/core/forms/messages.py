"""Every message of WTForms in Vietnamese: it brings no Vietnamese catalogue of its own."""

import re

KEPT = "Trang mở quá lâu hoặc phiên làm việc đã đổi. Nội dung đã nhập vẫn còn nguyên, đồng chí bấm gửi lại."

MESSAGES = {
    "CSRF failed.": KEPT,
    "CSRF token expired.": KEPT,
    "CSRF token missing.": KEPT,
    "Invalid CSRF Token.": KEPT,
    "Choices cannot be None.": "Chưa có lựa chọn nào.",
    "Date must be at least %(min)s.": "Ngày phải từ %(min)s trở đi.",
    "Date must be at most %(max)s.": "Ngày không được sau %(max)s.",
    "Date must be between %(min)s and %(max)s.": "Ngày phải từ %(min)s đến %(max)s.",
    "Field cannot be longer than %(max)d character.": "Không dài quá %(max)d ký tự.",
    "Field cannot be longer than %(max)d characters.": "Không dài quá %(max)d ký tự.",
    "Field must be at least %(min)d character long.": "Cần ít nhất %(min)d ký tự.",
    "Field must be at least %(min)d characters long.": "Cần ít nhất %(min)d ký tự.",
    "Field must be between %(min)d and %(max)d characters long.": "Cần từ %(min)d đến %(max)d ký tự.",
    "Field must be exactly %(max)d character long.": "Cần đúng %(max)d ký tự.",
    "Field must be exactly %(max)d characters long.": "Cần đúng %(max)d ký tự.",
    "Field must be equal to %(other_name)s.": "Phải giống với ô %(other_name)s.",
    "Invalid Choice: could not coerce.": "Lựa chọn không hợp lệ.",
    "Invalid choice(s): one or more data inputs could not be coerced.": "Lựa chọn không hợp lệ.",
    "Invalid IP address.": "Địa chỉ IP không hợp lệ.",
    "Invalid Mac address.": "Địa chỉ MAC không hợp lệ.",
    "Invalid URL.": "Địa chỉ trang không hợp lệ.",
    "Invalid UUID.": "Mã UUID không hợp lệ.",
    "Invalid email address.": "Địa chỉ thư điện tử không hợp lệ.",
    "Invalid field name '%s'.": "Không có ô nào tên là “%s”.",
    "Invalid input.": "Nội dung không hợp lệ.",
    "Invalid value, can't be any of: %(values)s.": "Không được dùng các giá trị: %(values)s.",
    "Invalid value, must be one of: %(values)s.": "Phải là một trong các giá trị: %(values)s.",
    "Not a valid choice.": "Lựa chọn này không còn trong danh sách.",
    "Not a valid date value.": "Ngày không hợp lệ; ghi ngày/tháng/năm, ví dụ 25/10/2024.",
    "Not a valid datetime value.": "Ngày giờ không hợp lệ.",
    "Not a valid decimal value.": "Số không hợp lệ; ví dụ 1234,5.",
    "Not a valid float value.": "Số không hợp lệ; ví dụ 1234,5.",
    "Not a valid integer value.": "Phải là số nguyên.",
    "Not a valid time value.": "Giờ không hợp lệ; ví dụ 16:45.",
    "Not a valid week value.": "Tuần không hợp lệ.",
    "Number must be at least %(min)s.": "Số phải từ %(min)s trở lên.",
    "Number must be at most %(max)s.": "Số không được quá %(max)s.",
    "Number must be between %(min)s and %(max)s.": "Số phải từ %(min)s đến %(max)s.",
    "This field cannot be edited.": "Ô này không sửa được.",
    "This field is disabled and cannot have a value.": "Ô này đang khóa, không nhận nội dung.",
    "This field is required.": "Chưa nhập ô này.",
    "'%(value)s' is not a valid choice for this field.": "“%(value)s” không còn trong danh sách.",
    "'%(value)s' are not valid choices for this field.": "%(value)s không còn trong danh sách.",
}
"""WTForms' message → what the user reads."""


_GAP = re.compile(r"%\\\((?:\w+)\\\)([sd])")
_GENERAL = tuple(
    re.compile(_GAP.sub(lambda gap: r"\d+" if gap[1] == "d" else ".+", re.escape(message)))
    for message in sorted(set(MESSAGES.values()) - {KEPT})
)


def general(message: str) -> bool:
    """Whether a message names no field of its own, so that a list of messages must say of which it speaks."""
    return any(pattern.fullmatch(message) for pattern in _GENERAL)


_SAY_IT_THEMSELVES = ("Nhập ", "Ngày bắt đầu", "Ngày kết thúc")


def needs_label(message: str, label: str) -> bool:
    """Whether a message on a day or a number must say of which it speaks: there may be several in a form or a row."""
    return not message.startswith((label, *_SAY_IT_THEMSELVES))


class Vietnamese:
    """The translations that every form uses; a message without one is shown as it is (and fails a test)."""

    def gettext(self, message: str) -> str:
        """The message in Vietnamese."""
        return MESSAGES.get(message, message)

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        """The message in Vietnamese, which has one form for any number."""
        return self.gettext(singular if number == 1 else plural)

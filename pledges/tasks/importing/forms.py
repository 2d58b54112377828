"""Forms of an uploaded list: the file, what must be decided about it, writing it, dropping it."""

from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Any, cast

from flask import request
from werkzeug.datastructures import FileStorage
from wtforms import FileField, HiddenField, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf

from pledges.core.forms.base import EditForm, Form
from pledges.core.forms.fields import OPTIONAL, LineField
from pledges.core.forms.steps import StepForm
from pledges.core.refusal import Refused
from pledges.core.text import clean_line
from pledges.core.workbooks.sheets import Sheet
from pledges.tasks import behalf
from pledges.tasks.importing.models import TaskImport
from pledges.tasks.importing.plan import Plan
from pledges.tasks.importing.questions import Asked
from pledges.tasks.importing.reading import read_file

LONGEST_NAME = 200
CHANGED = (
    "Dữ liệu vừa thay đổi ở nơi khác nên chưa ghi gì. Danh sách đã được đọc lại theo dữ liệu mới; "
    "đồng chí xem lại rồi bấm lần nữa."
)
YES, NO = "co", "khong"
_LETTERS = str.maketrans("0123456789", "ghijklmnop")


class _WithFile:
    """The part of a form that takes a list: it is read before anything waits for the database."""

    file: FileField
    sheets: tuple[Sheet, ...] = ()
    _fault = ""

    def read(self) -> None:
        """Read the file that came, if one did; what is wrong with it is said beside the field."""
        sent = self.file.data
        if request.method != "POST" or not isinstance(sent, FileStorage) or not sent.filename:
            return
        try:
            self.sheets = read_file(self.filename, sent.stream.read())
        except Refused as refused:
            self._fault = str(refused)

    @property
    def filename(self) -> str:
        """The name of the file as it was sent, without its folders."""
        name = clean_line(self.file.data.filename or "").replace("\\", "/").rpartition("/")[2]
        return name[-LONGEST_NAME:]

    def complain(self) -> bool:
        """Say what is wrong with the file; whether nothing is."""
        if self._fault:
            self.file.errors = [self._fault]
        elif not self.sheets:
            self.file.errors = ["Chọn tệp danh sách (.xlsx hoặc .csv)."]
        return not self.file.errors


class UploadForm(_WithFile, Form):
    """Tải danh sách lên."""

    file = FileField("Tệp danh sách")

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether it brings a list that can be read."""
        return bool(super().validate(extra_validators)) & self.complain()


class MendedForm(_WithFile, StepForm):
    """Tải lên tệp đã sửa: the same list again; what was answered stays answered."""

    file = FileField("Tệp đã sửa")

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether it brings a list that can be read."""
        return bool(super().validate(extra_validators)) & self.complain()


class DecisionsForm(EditForm):
    """Những điều cần quyết định: which sheet, old fonts, and the questions; made for a plan by `decisions_form`.

    Nothing must be answered at once: what is left open is asked again.
    """

    asked: Mapping[str, str]
    """The keys of the questions by the names of their fields."""

    @classmethod
    def values_of(cls, record: TaskImport) -> dict[str, Any]:
        """What was decided so far."""
        answers = record.answered
        said = {name: answers.get(key) for name, key in cls.asked.items()}
        font = {None: None, True: YES, False: NO}[record.converted]
        return said | {"sheet": record.sheet, "converted": font}

    def decided(self, record: TaskImport) -> dict[str, Any]:
        """What the operation is told: answers to what is not asked here stay as they are."""
        given = {key: self[name].data for name, key in self.asked.items() if self[name].data}
        unasked = {key: said for key, said in record.answered.items() if key not in self.asked.values()}
        converted = self["converted"].data if "converted" in self else None
        return {
            "sheet": (self["sheet"].data or None) if "sheet" in self else record.sheet,
            "converted": converted == YES if converted else record.converted,
            "answers": unasked | given,
        }


def decisions_form(plan: Plan, asked: Sequence[Asked]) -> type[DecisionsForm]:
    """The form of what a plan asks; its fields are named by the questions, so that none is mistaken for another."""
    fields: dict[str, Any] = {}
    if len(plan.sheet_names) > 1:
        fields["sheet"] = _radio("Trang tính có danh sách", ((name, name) for name in plan.sheet_names))
    if plan.suspects:
        choices = ((YES, "Chuyển sang Unicode"), (NO, "Không chuyển, chữ đang đúng"))
        fields["converted"] = _radio("Chuyển chữ phông cũ sang Unicode?", choices)
    shown = {field_name(one.key): one for one in asked}
    for name, one in shown.items():
        fields[name] = _radio(one.legend, ((choice.value, choice.label) for choice in one.choices))
    fields["asked"] = {name: one.key for name, one in shown.items()}
    return cast("type[DecisionsForm]", type("DecisionsForm", (DecisionsForm,), fields))


def _radio(label: str, choices: Iterable[tuple[str, str]]) -> RadioField:
    """One of a few, or none yet: what is offered is judged only where something was chosen."""
    offered = [SelectChoice(value, words) for value, words in choices]
    known = AnyOf([one.value for one in offered], "Lựa chọn này không còn trong danh sách.")
    return RadioField(label, [OPTIONAL, known], choices=offered, validate_choice=False)


def field_name(key: str) -> str:
    """The name of a question's field: letters alone, since digits in a row would be taken for the number of a row."""
    return "hoi-" + sha256(key.encode()).hexdigest()[:20].translate(_LETTERS)


class WriteForm(StepForm):
    """Ghi danh sách: it carries what the page showed, so that nothing else is ever written.

    Where the lines are of units that the actor enters for (nhập thay), it asks who gave the list, and on what.
    """

    plan = HiddenField()
    on_behalf_of = LineField("Ai khai danh sách này", [OPTIONAL], longest=behalf.LONGEST)
    from_paper = LineField("Theo văn bản, tệp nào", [OPTIONAL], longest=behalf.LONGEST)

    present: Plan

    def prepare(self, **context: Any) -> None:
        """`plan`: what would be written now."""
        self.present = context["plan"]
        if not self.present.behalf:
            del self.on_behalf_of, self.from_paper

    @classmethod
    def values_of(cls, record: TaskImport) -> dict[str, Any]:
        """The file itself is what most lists come on."""
        return {"from_paper": f"Tệp {record.filename}"[: behalf.LONGEST]}

    def show(self, plan: Plan) -> None:
        """Carry this plan: the page that is going to be shown tells it."""
        self.plan.data = plan.digest

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether it is what was shown, and says for whom it is where it must."""
        super().validate(extra_validators)
        for name, words in behalf.behalf_problems(**self.said).items() if self.present.behalf else ():
            if not self[name].errors:
                self[name].errors = [words]
        if self.plan.data != self.present.digest:
            self.refuse(CHANGED)
        return not self.errors

    @property
    def said(self) -> dict[str, str]:
        """The answers of nhập thay, where they are asked for."""
        if not self.present.behalf:
            return {}
        return {name: self[name].data or "" for name in ("on_behalf_of", "from_paper")}


class DropForm(StepForm):
    """Bỏ danh sách."""

"""Forms of drafts: of what a document is to speak, what is written into it, when its figures are filled anew."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, cast

from wtforms import BooleanField, SelectField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from pledges.campaigns.models import Campaign
from pledges.core import clock
from pledges.core.forms.base import EditForm, Form
from pledges.core.forms.fields import OPTIONAL, CountField, DayField, LineField, RecordField, TextField
from pledges.core.forms.sending import brought
from pledges.core.forms.steps import StepForm
from pledges.core.forms.unsent import Fields
from pledges.documents.asked import BLOCK, UNIT, Asked, last_day_of
from pledges.documents.drafting.composing import prose_of
from pledges.documents.drafting.operations import DraftEntry
from pledges.documents.drafting.rules import Prose, Scope, day_refused
from pledges.documents.drafting.scopes import scope_for
from pledges.documents.issuing.lists import listed_in
from pledges.documents.lines import lines_in
from pledges.documents.models import Document
from pledges.documents.rules import PaperKind
from pledges.documents.sheets.charts import BarChart, LineChart
from pledges.documents.sheets.draft import Filled, Piece, Slot
from pledges.documents.sheets.gaps import ALL as ALL_GAPS
from pledges.documents.sheets.gaps import GAPS, Gap, open_gaps, refused, time_in
from pledges.documents.sheets.paper import Paragraph
from pledges.progress.models import Period
from pledges.units.models import Unit

TEXT, OMIT = "viet.", "bo."
"""What the names of fields begin with: of prose, and of the tick that leaves out the piece before it."""
_PLACE = re.compile(r"(?:viet|bo)\.(?P<slot>[a-z_]{1,40})\.(?P<key>[a-z0-9_:]{0,80})", re.ASCII)
MOST_PLACES = 5_000
LONGEST_ABSTRACT = 1_000
LONGEST_PROSE = 20_000
LONGEST_GAP = 200
_SHOWN = 60
_BEGAN, _ENDED = "began", "ended"
ENDED_EARLY = "Giờ kết thúc phải sau giờ bắt đầu."


class BeginForm(Form):
    """Soạn văn bản: of whom, of which period and as of when it is to speak; a kind asks what it can be made of."""

    whom = SelectField("Phạm vi", [OPTIONAL])
    period = RecordField("Kỳ báo cáo", [OPTIONAL], empty="Không theo kỳ")
    as_of = DayField("Số liệu tính đến ngày", [OPTIONAL])

    def prepare(self, *, asked: Asked) -> None:  # type: ignore[override] # it offers what the kind can be made of
        """Offer the blocks, units and periods of the campaign."""
        self.asked = asked
        choices = [SelectChoice("", "Toàn phong trào")]
        choices += [SelectChoice(f"{BLOCK}{block}", block, optgroup="Một khối") for block in asked.blocks]
        choices += [
            SelectChoice(f"{UNIT}{number}", name, optgroup="Một đơn vị")
            for number, name, _block in asked.units
        ]
        self.whom.choices = choices
        self.period.offer(asked.periods, lambda period: period.label)
        for name, wanted in (
            ("whom", asked.asks_whom),
            ("period", asked.asks_period),
            ("as_of", asked.asks_day),
        ):
            if not wanted:
                del self[name]

    def validate_as_of(self, field: DayField) -> None:
        """A day that has come, and on which the campaign had begun."""
        _check_day(field, self.asked.campaign)

    def scope(self, unit_of: Callable[[int], Unit | None]) -> Scope:
        """What the document is to speak of: without a day, as of the period's last one, or of today."""
        whom = self.whom.data or "" if "whom" in self else ""
        period: Period | None = self.period.record if "period" in self else None
        day = self.as_of.data if "as_of" in self else None
        unit = unit_of(int(whom.removeprefix(UNIT))) if whom.startswith(UNIT) else None
        block = whom.removeprefix(BLOCK) if whom.startswith(BLOCK) else ""
        return scope_for(day or last_day_of(self.asked.kind, period), unit, block, period)


class RefreshForm(StepForm):
    """Cập nhật số liệu: as of the day of which the page showed the changes."""

    as_of = DayField("Số liệu tính đến ngày", [InputRequired("Chưa nhập ngày.")])

    @classmethod
    def values_of(cls, record: Any) -> dict[str, Any]:
        """The day that the draft speaks of."""
        return {"as_of": record.as_of}

    def validate_as_of(self, field: DayField) -> None:
        """A day that has come, and on which the campaign had begun."""
        _check_day(field, cast("Document", self.record).campaign)


def _check_day(field: DayField, campaign: Campaign) -> None:
    if field.data is not None and (why := day_refused(field.data, campaign.starts_on, clock.today())):
        raise ValidationError(why)


class DiscardForm(StepForm):
    """Bỏ dự thảo."""


class DraftForm(EditForm):
    """Soạn văn bản: everything that doesn't fill itself. Its prose has a field for each place, made by `form_for`."""

    keeps = True
    page_name = "Soạn văn bản"
    places: Mapping[str, tuple[str, str]] = {}
    """The fields of prose by name: slot and key."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._put: dict[str, str] = {}

    abstract = TextField("Trích yếu", [InputRequired("Chưa nhập trích yếu.")], longest=LONGEST_ABSTRACT)
    addressees: TextField | None = TextField("Kính gửi", [OPTIONAL])
    """None of minutes, which are addressed to nobody."""
    recipients = TextField("Nơi nhận", [OPTIONAL])
    on_behalf = LineField("Thay mặt", [OPTIONAL], longest=200)
    posts = TextField("Chức vụ người ký", [OPTIONAL], longest=400)
    signer_name = LineField("Họ và tên người ký", [OPTIONAL], longest=100)
    copies = CountField("Số bản", [InputRequired("Chưa nhập số bản.")], least=1)

    @classmethod
    def values_of(cls, record: Any) -> dict[str, Any]:
        """The draft as it is: lists as lines, prose by its place."""
        said = prose_of(record)
        values: dict[str, Any] = {
            name: getattr(record, name) for name in ("abstract", "on_behalf", "signer_name", "copies")
        }
        values |= {
            name: "\n".join(listed_in(getattr(record, name)))
            for name in ("addressees", "recipients", "posts")
        }
        for name, place in cls.places.items():
            prose = said.get(place, Prose())
            values[name] = prose.text
            values[_omit(place)] = not prose.printed
        return values

    def put(self, name: str, text: str) -> None:
        """Let a press change a field: what is kept of the page says the same."""
        self[name].data = text
        self._put[name] = text

    def typed_fields(self) -> Fields:
        """What was sent, and what a press made of it."""
        return [(name, self._put.get(name, value)) for name, value in super().typed_fields()]

    def entry(self) -> DraftEntry:
        """What was typed, as the operations take it."""
        copies = cast("int", self.copies.data)
        return DraftEntry(
            abstract=self.abstract.data or "",
            addressees=lines_in(self.addressees.data) if self.addressees else (),
            recipients=lines_in(self.recipients.data),
            on_behalf=self.on_behalf.data or "",
            posts=lines_in(self.posts.data),
            signer_name=self.signer_name.data or "",
            copies=copies,
            prose={place: self.prose_at(name) for name, place in self.places.items()},
        )

    def prose_at(self, name: str) -> Prose:
        """What was typed at one place."""
        omit = _omit(self.places[name])
        return Prose(self[name].data or "", printed=not (omit in self and self[omit].data))


def form_for(document: Document, filled: Filled) -> DraftForm:
    """The form of a draft, with a field behind each piece: of what fills itself, is written, or was sent.

    What somebody typed behind a piece that a colleague's refresh took away meanwhile keeps its field.
    """
    places = dict.fromkeys(places_of(filled))
    places |= dict.fromkeys(prose_of(document))
    places |= dict.fromkeys(_places_in(brought(DraftForm) or ()))
    gaps = {(GAPS, gap.key): gap for gap in ALL_GAPS}
    pieces = {(slot.key, piece.key): (slot, piece) for slot in filled.slots for piece in slot.pieces}
    titles = {slot.key: slot.title for slot in filled.slots}
    fields: dict[str, Any] = {"places": {_text(place): place for place in places}}
    if document.kind is PaperKind.MINUTES:
        fields["addressees"] = None
    for place in places:
        if place in gaps:
            checks = [OPTIONAL, _check_of(gaps[place])]
            fields[_text(place)] = LineField(gaps[place].label, checks, longest=LONGEST_GAP)
            continue
        words = _words(place, titles, pieces.get(place))
        fields[_text(place)] = TextField(f"Viết {words}", [OPTIONAL], longest=LONGEST_PROSE)
        if place[1]:
            fields[_omit(place)] = BooleanField(f"Bỏ, không in: {words}")
    made = cast("type[DraftForm]", type("DraftForm", (DraftForm,), fields | {"page_title": _title(document)}))
    return made.bind(document)


def _check_of(gap: Gap) -> Callable[[DraftForm, LineField], None]:
    """What is written for dots must be what they stand for; what ends does so after it began."""

    def check(form: DraftForm, field: LineField) -> None:
        if why := refused(gap, field.data or ""):
            raise ValidationError(why)
        if gap.key == _ENDED and (began := _text((GAPS, _BEGAN))) in form:
            start, end = time_in(form[began].data or ""), time_in(field.data or "")
            if start is not None and end is not None and end <= start:
                raise ValidationError(ENDED_EARLY)

    return check


def places_of(filled: Filled) -> Iterable[tuple[str, str]]:
    """Where prose may stand: at the head of each slot, behind each piece, and in place of the dots of a sentence."""
    for slot in filled.slots:
        yield slot.key, ""
        for piece in slot.pieces:
            yield slot.key, piece.key
    for gap in open_gaps(filled):
        yield GAPS, gap.key


def _places_in(names: Collection[str]) -> Iterable[tuple[str, str]]:
    found = (_PLACE.fullmatch(name) for name in list(names)[:MOST_PLACES])
    return ((one["slot"], one["key"]) for one in found if one is not None)


def _text(place: tuple[str, str]) -> str:
    return f"{TEXT}{place[0]}.{place[1]}"


def _omit(place: tuple[str, str]) -> str:
    return f"{OMIT}{place[0]}.{place[1]}"


def _title(document: Document) -> str:
    return document.abstract[:200]


def _words(place: tuple[str, str], titles: Mapping[str, str], found: tuple[Slot, Piece] | None) -> str:
    """What a place is called: "ở đầu mục …", "sau câu “…”"."""
    title = titles.get(place[0], "không còn")
    if not place[1]:
        return f"ở đầu mục {title}"
    if found is None:
        return f"ở mục {title}, sau câu không còn"
    return f"sau {said_short(found[1])}"


def said_short(piece: Piece) -> str:
    """A piece in a few words."""
    block = piece.block
    if isinstance(block, Paragraph):
        text = block.text.removeprefix("- ")
        return f"câu “{text if len(text) <= _SHOWN else text[:_SHOWN].rpartition(' ')[0] + '…'}”"
    if isinstance(block, BarChart | LineChart):
        return f"biểu đồ “{block.title}”"
    return "bảng số liệu"

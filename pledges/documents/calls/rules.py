"""Đôn đốc qua điện thoại: what a unit is phoned about, and who is phoned first. Plain Python."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from pledges.core.dates import format_date
from pledges.core.numbers import two_digits
from pledges.core.text import fold

CALL_BEFORE = timedelta(days=3)
"""A unit is reminded of what comes due within so many days."""

NAMED = 3
"""So many things are named where a promise begins."""


class LateKind(Enum):
    """Việc phải đôn đốc, gravest first: words, tone, and whether it is late already."""

    RETURNED = ("Bị trả lại, chưa gửi lại", "back", True)
    OVERDUE = ("Quá hạn", "back", True)
    EXPLANATION = ("Quá hạn giải trình", "back", True)
    TASK = ("Phần việc quá hạn", "back", True)
    FOLLOW_UP = ("Quá hẹn", "back", True)
    SOON = ("Sắp đến hạn", "warn", False)

    def __init__(self, label: str, tone: str, late: bool) -> None:  # noqa: FBT001
        """Read the line."""
        self.label = label
        self.tone = tone
        self.late = late


@dataclass(frozen=True)
class LateTask:
    """A task that is spoken of: its number in the list, and its name."""

    id: int
    number: int
    title: str

    @property
    def words(self) -> str:
        """As it is said on the telephone."""
        return f"phần việc {self.number}: {self.title}"


@dataclass(frozen=True)
class LateItem:
    """One thing to speak of: what, since when (or until when, of what is coming), and the tasks it concerns."""

    kind: LateKind
    what: str
    day: date
    tasks: tuple[LateTask, ...] = ()
    note: str = ""
    follow_up_id: int | None = None

    @property
    def count(self) -> int:
        """How many things it stands for."""
        return len(self.tasks) or 1

    @property
    def numbers(self) -> str:
        """The tasks that it is about; none where it names its task itself."""
        return "" if self.kind is LateKind.TASK else ", ".join(str(task.number) for task in self.tasks)

    @property
    def of_tasks(self) -> str:
        """What it is and of which tasks: "Báo cáo tháng 9/2024 của phần việc 20, 21"."""
        numbers = self.numbers
        return f"{self.what.rstrip(' .;')}{f' của phần việc {numbers}' if numbers else ''}"

    def since(self, today: date) -> str:
        """Since when it is late, or until when there is time."""
        days = (self.day - today).days
        if days < 0:
            said = f"{'trả lại ngày' if self.kind is LateKind.RETURNED else 'hạn'} {format_date(self.day)}"
            return f"{said}, {'đã' if self.kind is LateKind.RETURNED else 'quá'} {-days} ngày"
        if self.kind is LateKind.RETURNED:
            return "trả lại hôm nay"
        return f"hạn {format_date(self.day)}, {f'còn {days} ngày' if days else 'hôm nay là ngày cuối'}"

    def line(self, today: date) -> str:
        """The whole in a line of a printed list."""
        numbers = self.numbers
        named = f" (phần việc {numbers})" if numbers else ""
        note = f"; {self.note}" if self.note else ""
        lead = f"{self.kind.label}: " if self.kind in {LateKind.RETURNED, LateKind.SOON} else ""
        return f"{lead}{self.what.rstrip(' .;')}{named}, {self.since(today)}{note}"


@dataclass(frozen=True)
class Contact:
    """Người cần gọi: name, post and work phone of somebody of the unit; `responsible` for a task that is late."""

    name: str
    post: str
    phone: str
    responsible: bool = False


@dataclass(frozen=True)
class PastCall:
    """Một lần đã gọi: who phoned whom on which day, what was said, and the day that was promised."""

    id: int
    called_on: date
    by_name: str
    spoke_to: str
    said: str
    promised_on: date | None
    open: bool

    def broken(self, today: date) -> bool:
        """Whether the promised day has passed and the promise still stands."""
        return self.open and self.promised_on is not None and self.promised_on < today


@dataclass(frozen=True)
class LateUnit:
    """Đơn vị cần gọi: what about, whom, and what was promised before; the calls come the newest first."""

    unit_id: int
    name: str
    block: str
    position: int
    items: tuple[LateItem, ...]
    contacts: tuple[Contact, ...] = ()
    calls: tuple[PastCall, ...] = ()

    @property
    def name_fold(self) -> str:
        """The name as it is searched."""
        return fold(self.name)

    @property
    def late(self) -> int:
        """How many things are late already."""
        return sum(item.count for item in self.items if item.kind.late)

    @property
    def about(self) -> str:
        """What a call is about, as its promise begins: what is late; where nothing is, what comes due."""
        late = [item for item in self.items if item.kind.late] or list(self.items)
        said = [item.of_tasks for item in late[:NAMED]]
        more = f" và {len(late) - NAMED} việc khác" if len(late) > NAMED else ""
        return "; ".join(said) + more

    @property
    def only_task(self) -> LateTask | None:
        """The task that all of it concerns, where it is one."""
        found = {task.id: task for item in self.items for task in item.tasks}
        return next(iter(found.values())) if len(found) == 1 else None

    @property
    def promise(self) -> PastCall | None:
        """The promise that still stands, kept or broken."""
        return next((call for call in self.calls if call.open and call.promised_on is not None), None)

    def broken_days(self, today: date) -> list[date]:
        """The promised days that passed, of calls and of what else lies with the unit, the first one first."""
        days = [item.day for item in self.items if item.kind is LateKind.FOLLOW_UP]
        if self.promise is not None and self.promise.promised_on is not None and self.promise.broken(today):
            days.append(self.promise.promised_on)
        return sorted(days)

    def broke(self, today: date) -> bool:
        """Không giữ hẹn: whether a promise of a call, or something else that was to be done by a day, is overdue."""
        return bool(self.broken_days(today))

    def behind(self, today: date) -> bool:
        """Whether it is late with anything."""
        return bool(self.late) or self.broke(today)

    def asks_for_a_call(self, today: date) -> bool:
        """Whether it is to be phoned now: it is late, and no promised day is still to come."""
        return self.broke(today) or (bool(self.late) and self.promise is None)

    def in_short(self, today: date) -> str:
        """Why to phone, in a few words."""
        said = []
        broken = self.broken_days(today)
        if broken:
            said.append(f"không giữ hẹn ngày {format_date(broken[0])}")
        late = [item for item in self.items if item.kind.late]
        if late:
            oldest = min(item.day for item in late)
            said.append(f"{two_digits(self.late)} việc chậm, lâu nhất từ {format_date(oldest)}")
        return "; ".join(said)

    def order(self, today: date) -> tuple[int, date, int, int]:
        """Broken promises first, then what is late and unspoken of, then who has promised a day, then the coming."""
        if self.broke(today):
            rank = 0
        elif self.late:
            rank = 1 if self.promise is None else 2
        else:
            rank = 3
        late = [item.day for item in self.items if item.kind.late] + self.broken_days(today)
        oldest = min(late or [item.day for item in self.items], default=date.max)
        return rank, oldest, self.position, self.unit_id

"""Nhập thay: who registers for a unit without a post of an officer there says for whom, and from which paper.

To register is to enter a task, to give it to the unit, or to send it. What a unit entered itself may be corrected
without a paper: the unit stands for it, and sends it.
"""

from dataclasses import replace

from pledges.access.permissions import Permission, Place, reach
from pledges.access.roles import Actor
from pledges.core.refusal import Refused
from pledges.tasks.entries import TaskEntry
from pledges.tasks.models import Task
from pledges.units.models import Unit

LONGEST = 200
"""Letters of each of the two answers."""


def enters_for_another(actor: Actor, unit: Unit, permission: Permission = Permission.ENTER_TASK) -> bool:
    """Whether the actor holds no post that enters tasks (or what else is permitted) for the unit as its own.

    Then it is nhập thay.
    """
    own = reach(actor, permission, Place.UNIT)
    return not any(unit.path.startswith(path) for path in own)


def corrects(actor: Actor, unit: Unit, task: Task | None) -> bool:
    """Whether the task is the unit's own entry, which the actor only corrects."""
    return (
        task is not None
        and task.lead_unit is unit
        and not task.on_behalf_of
        and task.entered_by_id != actor.account_id
    )


def needs_paper(actor: Actor, unit: Unit, task: Task | None) -> bool:
    """Whether the actor must answer for whom and from which paper before the task (None: a new one) is the unit's."""
    return enters_for_another(actor, unit) and not corrects(actor, unit, task)


def asks_paper(actor: Actor, unit: Unit, task: Task | None) -> bool:
    """Whether a table or a list must ask: a paper is needed, and the unit's task was not entered from one before."""
    return needs_paper(actor, unit, task) and not _has_paper(unit, task)


def _has_paper(unit: Unit, task: Task | None) -> bool:
    return task is not None and bool(task.from_paper) and task.lead_unit is unit


def with_paper(
    entry: TaskEntry, task: Task | None, by: Actor, *, on_behalf_of: str, from_paper: str
) -> TaskEntry:
    """The entry with the two answers where they are needed; what was answered of the unit's task before stays."""
    if not needs_paper(by, entry.lead_unit, task):
        return entry
    if task is not None and _has_paper(entry.lead_unit, task):
        return replace(entry, on_behalf_of=task.on_behalf_of, from_paper=task.from_paper)
    return replace(entry, on_behalf_of=on_behalf_of, from_paper=from_paper)


def sending_problem(actor: Actor, task: Task) -> str:
    """Why the actor can't send the task for its unit, in words; "" when that needs no paper, or has one."""
    if task.on_behalf_of or not enters_for_another(actor, task.lead_unit):
        return ""
    return (
        f"Đồng chí gửi thay {task.lead_unit.name}: ghi người của đơn vị đã khai, theo giấy tờ nào "
        "ở trang sửa phần việc."
    )


def behalf_problems(*, on_behalf_of: str, from_paper: str) -> dict[str, str]:
    """What is missing of the two answers, in words by field; empty when both are there."""
    found = {}
    if not on_behalf_of:
        found["on_behalf_of"] = "Nhập người của đơn vị đã khai: đồng chí đang nhập thay."
    if not from_paper:
        found["from_paper"] = "Nhập theo giấy tờ nào, ví dụ Phiếu đăng ký ngày 20/3/2024."
    return found


def check_behalf(actor: Actor, unit: Unit, task: Task | None, *, on_behalf_of: str, from_paper: str) -> None:
    """Refuse to register for another unit without both answers, and to note one of them alone."""
    if not (on_behalf_of or from_paper or needs_paper(actor, unit, task)):
        return
    problems = behalf_problems(on_behalf_of=on_behalf_of, from_paper=from_paper)
    if problems:
        raise Refused(f"{unit.name}: {' '.join(problems.values())}")


def behalf_words(on_behalf_of: str, from_paper: str) -> str:
    """The two answers as a timeline tells them; empty without them."""
    return f"Nhập thay {on_behalf_of}, theo {from_paper}." if on_behalf_of else ""

"""Nhập thay: who enters for a unit without a post of an officer there says for whom, and from which paper."""

from pledges.access.permissions import Permission, Place, reach
from pledges.access.roles import Actor
from pledges.core.refusal import Refused
from pledges.units.models import Unit

LONGEST = 200
"""Letters of each of the two answers."""


def enters_for_another(actor: Actor, unit: Unit) -> bool:
    """Whether the actor holds no post that enters tasks for the unit as its own: then it is nhập thay."""
    own = reach(actor, Permission.ENTER_TASK, Place.UNIT)
    return not any(unit.path.startswith(path) for path in own)


def behalf_problems(*, on_behalf_of: str, from_paper: str) -> dict[str, str]:
    """What is missing of the two answers, in words by field; empty when both are there."""
    found = {}
    if not on_behalf_of:
        found["on_behalf_of"] = "Nhập người của đơn vị đã khai: đồng chí đang nhập thay."
    if not from_paper:
        found["from_paper"] = "Nhập theo giấy tờ nào, ví dụ Phiếu đăng ký ngày 20/3/2024."
    return found


def check_behalf(actor: Actor, unit: Unit, *, on_behalf_of: str, from_paper: str) -> None:
    """Refuse to enter for another unit without both answers."""
    if not enters_for_another(actor, unit):
        return
    problems = behalf_problems(on_behalf_of=on_behalf_of, from_paper=from_paper)
    if problems:
        raise Refused(f"{unit.name}: {' '.join(problems.values())}")


def behalf_words(on_behalf_of: str, from_paper: str) -> str:
    """The two answers as a timeline tells them; empty without them."""
    return f"Nhập thay {on_behalf_of}, theo {from_paper}." if on_behalf_of else ""

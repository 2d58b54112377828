"""Nhập thay: who reports for a unit without a post of an officer there says for whom, and from which paper.

What the unit wrote itself may be corrected without a paper: the unit stands for it.
"""

from pledges.access.permissions import Permission
from pledges.access.roles import Actor
from pledges.progress.models import ReportRound
from pledges.tasks.behalf import enters_for_another
from pledges.units.models import Unit


def needs_paper(actor: Actor, unit: Unit, one: ReportRound | None) -> bool:
    """Whether the actor must say for whom and from which paper, before the unit's round (None: a new one) is sent."""
    if not enters_for_another(actor, unit, Permission.ENTER_REPORT):
        return False
    return one is None or one.written_by <= {actor.account_id}


def sending_problem(actor: Actor, unit: Unit, one: ReportRound) -> str:
    """Why the actor can't send the round for its unit, in words; "" when that needs no paper, or has one."""
    if one.on_behalf_of or not needs_paper(actor, unit, one):
        return ""
    return (
        f"Đồng chí gửi thay {unit.name}: ghi người của đơn vị đã khai, theo giấy tờ nào ở trang viết báo cáo."
    )

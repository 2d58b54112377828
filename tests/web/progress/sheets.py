"""What the tests of writing a report share."""

from sqlalchemy import select

from pledges.progress.models import Report
from pledges.tasks.models import Task
from tests.support.critic import Critic
from tests.support.ward import Ward

CHECK = "Xem lại trước khi gửi"
KEEP = "Lưu nháp"


def url(ward: Ward, task: Task, month: str = "2024-10"):
    return f"/phan-viec/{task.id}/bao-cao/{ward.period(month).id}"


def field(task: Task, number: int = 0, kind: str = "value"):
    return f"{kind}_{task.indicators[number].id}"


def the_report(ward: Ward) -> Report:
    ward.settle()
    return ward.session.scalars(select(Report)).one()


def end_session(person: Critic) -> None:
    with person.client.session_transaction() as cookie:
        cookie["seen"] = 0

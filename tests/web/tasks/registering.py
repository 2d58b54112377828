"""What the tests of registering share: the page, a form that is filled in, and what it made."""

from typing import Any

from sqlalchemy import select

from pledges.tasks.models import Task
from tests.support.ward import Ward

URL = "/phan-viec/dang-ky"


def filled(**changes: Any):
    """What a person types into the form of one task with one indicator; `row0_…` stands for the row's fields."""
    fields = {
        "title": "Trồng cây xanh đường chính",
        "product": "Hàng cây sống, có người chăm sóc",
        "start_on": "01/11/2024",
        "due_on": "30/11/2024",
        "indicators-0-label": "Cây xanh được trồng và sống",
        "indicators-0-baseline": "20",
        "indicators-0-target": "120",
        "indicators-0-measure": "cây",
    }
    return fields | {name.replace("row0_", "indicators-0-"): value for name, value in changes.items()}


def tasks(ward: Ward):
    ward.settle()
    return list(ward.session.scalars(select(Task).order_by(Task.id)))

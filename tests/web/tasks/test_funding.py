"""What a task costs is written in million đồng; who writes đồng is asked."""

from decimal import Decimal

from sqlalchemy import select

from pledges.tasks.models import Task
from tests.support.critic import SignIn
from tests.support.ward import Ward

URL = "/phan-viec/dang-ky"
WORK = {
    "title": "Trồng cây xanh đường chính",
    "start_on": "01/11/2024",
    "due_on": "30/11/2024",
    "social_funding": "45.000.000",
}


def test_funding_that_looks_like_dong_is_asked_about(ward: Ward, sign_in: SignIn):
    officer = sign_in("officer_kp1")
    page = officer.send(URL, WORK, button="Lưu nháp", status=200)
    assert [one for one in page.errors if "100 tỷ đồng" in one] == page.errors
    assert ward.session.scalars(select(Task)).all() == []
    officer.send_form(page.form(), {"large_funding": "y"}, button="Lưu nháp")
    ward.settle()
    task = ward.session.scalars(select(Task)).one()
    assert task.social_funding == Decimal(45_000_000)
    again = officer.get(f"/phan-viec/{task.id}/sua").form()
    assert again.fields["large_funding"] == ["y"], "what was confirmed is not asked about again"

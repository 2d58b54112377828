"""Theo người phụ trách: who sees whose figures, what stands behind them, and the logged spreadsheet."""

from datetime import date

import pytest

from pledges.audit.models import LogEntry
from pledges.core.workbooks.reading import read
from pledges.tasks.models import Task
from tests.support.critic import SignIn
from tests.support.queries import CountQueries
from tests.support.spreadsheets import values
from tests.support.ward import Ward
from tests.web.tasks.test_assignments import given

PAGE = "/theo-doi/can-bo"


@pytest.fixture
def tasks(ward: Ward) -> list[Task]:
    """One of each unit, each with somebody who answers for it; that of KP1 is done in time."""
    first = ward.task("KP1", due_on=date(2024, 9, 30))
    second = ward.task("KP2", title="Trồng cây dọc ngõ 12", due_on=date(2024, 9, 30))
    given(ward, first, "officer_kp1")
    given(ward, second, "officer_kp2")
    ward.report(first, "2024-09", [450, 85])
    return [first, second]


@pytest.mark.parametrize(
    ("name", "seen"),
    [
        ("clerk", ["Nguyễn Thị Lan", "Hoàng Thị Ánh"]),
        ("leader", ["Nguyễn Thị Lan", "Hoàng Thị Ánh"]),
        ("head_kp1", ["Nguyễn Thị Lan"]),
        ("mate_kp1", []),
        ("officer_kp2", ["Hoàng Thị Ánh"]),
        ("outsider", []),
    ],
)
def test_a_person_sees_the_own_the_head_the_units_the_organisers_all(
    ward: Ward, sign_in: SignIn, tasks: list[Task], name: str, seen: list[str]
):
    known = {ward.account(who).id: ward.account(who).name for who in ("officer_kp1", "officer_kp2")}
    links = {link.url.partition("?")[0] for link in sign_in(name).get(PAGE).links}
    assert [known[number] for number in known if f"{PAGE}/{number}" in links] == seen
    person = sign_in(name)
    for who in ("officer_kp1", "officer_kp2"):
        account = ward.account(who)
        person.get(f"{PAGE}/{account.id}", status=200 if account.name in seen else 404)


def test_the_figures_and_the_rows_behind_them(ward: Ward, sign_in: SignIn, tasks: list[Task]):
    clerk = sign_in("clerk")
    page = clerk.get(f"{PAGE}/{ward.account('officer_kp1').id}")
    assert "Hoàn thành đúng hạn" in page.text
    page = clerk.get(f"{PAGE}/{ward.account('officer_kp2').id}")
    assert "Quá hạn, chưa xong" in page.text
    assert "15" in page.text.split("Từng phần việc")[1]
    before = clerk.get(f"{PAGE}/{ward.account('officer_kp2').id}", den="30/9/2024")
    assert "Còn trong hạn" in before.text
    assert "Ngày này chưa đến" in clerk.get(PAGE, den="1/1/2025").text


def test_the_spreadsheet_is_logged_before_it_is_handed_out(ward: Ward, sign_in: SignIn, tasks: list[Task]):
    clerk = sign_in("clerk")
    assert ward.session.query(LogEntry).filter_by(action="campaign.officials_downloaded").count() == 0
    answer = clerk.send(f"{PAGE}.xlsx", status=200)
    grid = read("kết quả.xlsx", answer.bytes)[0]
    assert [row[0] for row in values(grid)[1:]] == ["Hoàng Thị Ánh", "Nguyễn Thị Lan"]
    ward.settle()
    entry = ward.session.query(LogEntry).filter_by(action="campaign.officials_downloaded").one()
    assert (entry.actor_name, '"people":2' in entry.after.replace(" ", "")) == ("Vũ Thị Thư", True)
    assert "Không có ai" in sign_in("mate_kp1").get(f"{PAGE}.xlsx").text
    sign_in("nobody").get(PAGE, status=302)


def test_the_number_of_questions_does_not_grow_with_the_tasks(
    ward: Ward, sign_in: SignIn, tasks: list[Task], count_queries: CountQueries
):
    clerk = sign_in("clerk")
    clerk.get(PAGE)
    with count_queries() as few:
        clerk.get(PAGE)
    for unit in ("KP1", "KP2"):
        given(ward, ward.task(unit, title=f"Trồng cây ở {unit}"), f"officer_{unit.lower()}")
    with count_queries() as many:
        clerk.get(PAGE)
    assert len(many) == len(few)

"""Xếp hạng: who sees it, what it ranks, and that the page says what the board says."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select

from pledges.accounts.queries import appointments_of
from pledges.core import clock
from pledges.tasks.assigning import operations as assigning
from pledges.tasks.assigning.operations import AssignmentEntry
from pledges.tasks.assigning.rules import Duty
from pledges.tasks.models import Task
from tests.support.critic import Critic, SignIn
from tests.support.page import Page, elements, words
from tests.support.queries import CountQueries
from tests.support.ward import Ward

URL = "/theo-doi/xep-hang"


@pytest.fixture
def two(ward: Ward) -> Ward:
    """KP1 with a report, KP2 and the front without."""
    ward.report(ward.task("KP1", "committed"), "2024-09", [180, 45])
    ward.task("KP2", title="Lắp đèn chiếu sáng ngõ")
    ward.task("MTTQ", title="Vận động Quỹ Vì người nghèo")
    return ward


def lines(page: Page) -> dict[str, list[str]]:
    """The cells of each line, by the words in front."""
    found = {}
    for row in elements(page.of_class("ranking")[0], "tr")[1:]:
        cells = [words(cell) for cell in elements(row, "th", "td")]
        found[cells[1] if len(cells) > 6 else cells[0]] = cells
    return found


@pytest.mark.parametrize("who", ["leader", "leader2", "clerk"])
def test_who_organises_sees_the_ranking(two: Ward, sign_in: SignIn, who: str):
    page = sign_in(who).get(URL)
    assert page.h1 == "Xếp hạng"
    said = lines(page)
    first = next(cells for name, cells in said.items() if name.startswith("Khu phố 1"))
    assert first[0] == "1"
    assert first[3].endswith(": 1 phần việc = 41%")
    silent = next(cells for name, cells in said.items() if name.startswith("Khu phố 2"))
    assert silent[0] == "–"
    assert "Chưa có số liệu: 2. Lắp đèn chiếu sáng ngõ" in silent[1]
    assert silent[3].endswith("chưa có số liệu")
    assert said["Cả phong trào"][1] == "3"


@pytest.mark.parametrize("who", ["officer_kp1", "head_kp1", "officer_kp2"])
def test_a_unit_is_not_ranked_by_the_part_that_it_sees(two: Ward, sign_in: SignIn, who: str):
    page = sign_in(who).get(URL)
    assert "Xếp hạng cần số liệu của mọi đơn vị" in page.text
    assert page.of_class("ranking") == []


def test_strangers(two: Ward, sign_in: SignIn):
    sign_in("outsider").get(URL, status=404, **{"phong-trao": two.campaign.id})
    sign_in("admin").get(URL, status=403)
    assert sign_in("nobody").get(URL, status=302).location.startswith("/dang-nhap")


def test_what_is_ranked_and_by_what_is_chosen_and_carried_on(two: Ward, sign_in: SignIn):
    critic = sign_in("leader")
    blocks = critic.get(critic.get(URL, **{"den-ngay": "30/9/2024"}).link("Khối"))
    assert "den-ngay=2024-09-30" in blocks.url
    assert "Khối theo tiến độ" in blocks.text
    done = critic.get(blocks.link("Phần việc hoàn thành"))
    assert "Khối theo phần việc hoàn thành" in done.text
    form = done.form(URL)
    assert (form.fields["theo"], form.fields["xep"]) == (["khoi"], ["hoan-thanh"])
    strange = critic.get(URL, theo="tuổi", xep="màu")
    assert "Đơn vị theo tiến độ" in strange.text


def test_persons_are_those_responsible_on_the_day(two: Ward, sign_in: SignIn):
    task = two.session.scalars(select(Task).where(Task.number == 1)).one()
    post = two.session.scalars(appointments_of(two.account("officer_kp1").id)).first()
    entry = AssignmentEntry(Duty.RESPONSIBLE, post, date(2024, 9, 1))
    assigning.assign(two.session, task, entry, by=two.actor("leader"), at=clock.at(date(2024, 9, 1), 9))
    two.session.commit()
    page = sign_in("leader").get(URL, theo="nguoi")
    said = lines(page)
    assert any(name.startswith(two.account("officer_kp1").name) for name in said)
    rest = next(cells for name, cells in said.items() if name.startswith("Chưa phân công người phụ trách"))
    assert (rest[0], rest[2]) == ("", "2")
    before = sign_in("leader").get(URL, theo="nguoi", **{"den-ngay": "31/8/2024"})
    assert two.account("officer_kp1").name not in before.text


def test_the_demo_ranks_as_its_hand_table(in_demo: Callable[[str], Critic]):
    said = lines(in_demo("chutich").get(URL, theo="khoi"))
    assert [cells[0] for cells in said.values()][:4] == ["1", "2", "3", "4"]
    whole = said["Cả phong trào"]
    assert whole[1] == "24"
    assert whole[2].startswith("69%")
    assert whole[2].endswith(": 24 phần việc = 69%")


def test_a_page_costs_the_same_for_three_and_for_thirty_tasks(
    two: Ward, sign_in: SignIn, count_queries: CountQueries
):
    critic = sign_in("leader")
    critic.get(URL, theo="nguoi")
    two.task("KP1", title="Phần việc thứ tư")
    with count_queries() as few:
        critic.get(URL, theo="nguoi")
    for number in range(27):
        two.task("KP2" if number % 2 else "KP1", title=f"Phần việc thứ {number}")
    with count_queries() as many:
        critic.get(URL, theo="nguoi")
    assert len(many) == len(few)

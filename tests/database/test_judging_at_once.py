"""Two leaders at one report, obstacle or answer at the same moment: one wins, the other is told; on both databases."""

import pytest
from sqlalchemy import select

from pledges.progress.explanations.models import ExplanationRequest
from pledges.progress.models import Report
from pledges.progress.obstacles.models import Obstacle
from pledges.tasks.amending.models import Amendment
from tests.support.critic import Critic, fill
from tests.support.databases import Database
from tests.support.live import at_once
from tests.support.page import Page
from tests.support.ward import Ward

ALREADY = "Nội dung vừa được người khác sửa."


@pytest.fixture
def ward(database: Database) -> Ward:
    return database.ward()


def sent(ward: Ward, unit: str = "KP1") -> Report:
    return ward.report(ward.task(unit), "2024-09", [30, 60], status="submitted", obstacle="Thiếu đá dăm")


def opened(ward: Ward, name: str, path: str, **said: object) -> tuple[Critic, str, dict[str, object]]:
    """The person's browser with the page open, filled in to be sent."""
    person = Critic(ward, name)
    return person, path.partition("?")[0], fill(person.get(path).form(), said)


def answers(ward: Ward, people: list[tuple[Critic, str, dict[str, object]]]) -> list[Page]:
    """Everybody sends at the same moment, past the critic, which is one person's."""
    ward.settle()

    def send(turn: int) -> Page:
        person, path, fields = people[turn]
        return Page(path, person.client.post(path, data=fields))

    pages = at_once(len(people), send)
    ward.settle()
    return pages


def told(pages: list[Page]) -> Page:
    """Of two answers one is the act, the other tells why not."""
    assert sorted(page.status for page in pages) == [200, 302]
    return next(page for page in pages if page.status == 200)


def test_of_accepting_and_returning_at_once_one_counts(ward: Ward):
    report = sent(ward)
    accept, back = f"/bao-cao/{report.id}/duyet", f"/bao-cao/{report.id}/tra-lai"
    line = f"remark_{report.task.indicators[0].id}"
    both = [opened(ward, "leader", accept), opened(ward, "leader2", back, **{line: "Kèm ảnh"})]
    late = told(answers(ward, both))
    assert "Báo cáo này không ở bước chờ duyệt" in late.text
    assert "Kèm ảnh" in late.text or late.path == accept, "what the late one typed is there to be copied"
    assert len(report.rounds[-1].events) == 2


def test_of_one_and_several_at_once_the_report_is_accepted_once(ward: Ward):
    report, other = sent(ward), sent(ward, "KP2")
    one = opened(ward, "leader", f"/bao-cao/{report.id}/duyet")
    several = opened(ward, "leader2", f"/duyet/nhieu?muc={report.id}&muc={other.id}")
    pages = answers(ward, [one, several])
    assert [event.kind.value for event in report.rounds[-1].events] == ["submitted", "accepted"]
    assert [event.kind.value for event in other.rounds[-1].events] == ["submitted", "accepted"]
    assert pages[1].status == 302
    left = f"de-lai={report.id}" in pages[1].location
    assert left is (pages[0].status == 302), (
        "who came late is told: beside the form, or by name in the result"
    )


def test_two_decisions_on_an_obstacle_are_one(ward: Ward):
    obstacle = ward.session.scalars(select(Obstacle).where(Obstacle.report_id == sent(ward).id)).one()
    url = f"/vuong-mac/{obstacle.id}/quyet-dinh"
    both = [
        opened(ward, "leader", url, decision="extend", reason="Mưa kéo dài", due_on="15/2/2025"),
        opened(ward, "leader2", url, decision="refuse", reason="Tự cân đối"),
    ]
    late = told(answers(ward, both))
    assert "quyết định lúc" in late.text
    proposed = ward.session.scalars(select(Amendment)).all()
    assert len(proposed) == (1 if obstacle.decision == "extend" else 0), "nothing is left of the other's"


def test_two_who_answer_at_once_answer_once(ward: Ward):
    task = ward.task()
    leader = Critic(ward, "leader")
    leader.send(f"/chi-tieu/{task.indicators[0].id}/yeu-cau-giai-trinh", {"question": "Vì sao chậm?"})
    asked = ward.session.scalars(select(ExplanationRequest)).one()
    url = f"/giai-trinh/{asked.id}"
    both = [opened(ward, name, url, answer=f"Lời của {name}") for name in ("officer_kp1", "mate_kp1")]
    pages = answers(ward, both)
    assert sorted(page.status for page in pages) in ([200, 302], [302, 409])
    late = next(page for page in pages if page.status != 302)
    assert "đã gửi giải trình cho yêu cầu này" in late.text or ALREADY in late.text
    assert asked.answer.startswith("Lời của ")

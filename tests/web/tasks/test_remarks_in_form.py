"""A leader's remarks stand beside the questions that they speak of, until the task is sent again."""

import pytest

from pledges.tasks import operations
from pledges.tasks.models import Task
from pledges.tasks.remarks import Remark
from pledges.tasks.rules import TaskPart
from tests.support.critic import SignIn
from tests.support.page import Page, words
from tests.support.ward import Ward

REMARKS = (
    Remark(TaskPart.TITLE, "Ghi rõ tuyến đường."),
    Remark(TaskPart.COOPERATING, "Thêm Khu phố 2."),
    Remark(TaskPart.DATES, "Xong trước Tết."),
    Remark(TaskPart.INDICATORS, "Tỷ lệ quá thấp.", 2),
    Remark(TaskPart.FUNDING, "Chưa có nguồn."),
)


@pytest.fixture
def task(ward: Ward) -> Task:
    task = ward.task(status="submitted")
    leader = ward.actor("leader")
    operations.send_back(ward.session, task, "Làm lại cho gọn.", by=leader, at=ward.now, remarks=REMARKS)
    ward.session.commit()
    return task


def url(task: Task) -> str:
    return f"/phan-viec/{task.id}/sua"


def remarked(page: Page) -> dict[str, str]:
    """What is remarked → the name of the first question below it."""
    found = {}
    for box in page.of_class("remarked"):
        remark, *_ = [one for one in page.all("p", within=box) if one.get("class") == "remark"]
        fields = [one.get("name") or "" for one in page.all("input", "select", within=box)]
        found[words(remark).removeprefix("Cần sửa: ")] = next(iter(fields), "")
    return found


def rows(page: Page) -> list[str]:
    """What the rows of the form say, without the blank one that a script would copy."""
    found = [words(one) for one in page.of_class("indicator-row")]
    return [row for row in found if not row.startswith("Chỉ tiêu 0")]


def test_each_stands_above_its_question_and_the_reason_on_top(ward: Ward, sign_in: SignIn, task: Task):
    page = sign_in("officer_kp1").get(url(task))
    assert "“Làm lại cho gọn.”" in page.text
    assert remarked(page) == {
        "Ghi rõ tuyến đường.": "title",
        "Thêm Khu phố 2.": "cooperating",
        "Xong trước Tết.": "start_on",
        "Tỷ lệ quá thấp.": "",
        "Chưa có nguồn.": "state_funding",
    }
    assert ["Tỷ lệ quá thấp." in row for row in rows(page)] == [False, True]


def test_a_remark_follows_its_indicator_when_another_goes(sign_in: SignIn, task: Task):
    page = sign_in("officer_kp1").send(url(task), {"rows": "indicators-drop-0"}, status=200)
    (row,) = rows(page)
    assert "Tỷ lệ quá thấp." in row


def test_a_remark_on_an_indicator_that_is_called_otherwise_now_is_not_lost(sign_in: SignIn, task: Task):
    typed = {"indicators-1-label": "Hộ phân loại tại nguồn", "due_on": "x"}
    page = sign_in("officer_kp1").send(url(task), typed, status=200)
    assert "Chỉ tiêu 2: Tỷ lệ quá thấp." in remarked(page)


def test_when_it_is_sent_again_they_are_answered(ward: Ward, sign_in: SignIn, task: Task):
    officer = sign_in("officer_kp1")
    officer.send(f"/phan-viec/{task.id}/gui-duyet")
    operations.send_back(ward.session, task, "Vẫn chưa rõ.", by=ward.actor("leader"), at=ward.now)
    ward.session.commit()
    page = officer.get(url(task))
    assert remarked(page) == {}
    assert "Vẫn chưa rõ." in page.text
    assert "Làm lại cho gọn." not in page.text


def test_remarks_alone_say_where_to_look(ward: Ward, sign_in: SignIn):
    task = ward.task(status="submitted")
    operations.send_back(ward.session, task, "", by=ward.actor("leader"), at=ward.now, remarks=REMARKS[:1])
    ward.session.commit()
    page = sign_in("officer_kp1").get(url(task))
    assert "Ý kiến theo từng mục ghi ngay ở mục cần sửa dưới đây." in page.text
    assert page.text.count("Ghi rõ tuyến đường.") == 1

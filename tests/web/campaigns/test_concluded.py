"""A concluded or archived campaign keeps its list and its figures as they were."""

import pytest

from pledges.campaigns import operations as campaigns
from pledges.campaigns.rules import CampaignStatus, MoveRefused, works_on
from pledges.commitments.rules import CommitmentStatus
from pledges.progress import operations as progress
from pledges.reviews import operations as reviews
from pledges.tasks.models import Task
from pledges.tasks.rules import TaskStatus
from tests.support.critic import SignIn
from tests.support.page import Page
from tests.support.ward import Ward
from tests.web.progress.sheets import field, the_report, url

CLOSED = [CampaignStatus.CONCLUDED, CampaignStatus.ARCHIVED]
NO_MORE_TASKS = "Phong trào đã tổng kết nên không nhận đăng ký nữa."


def close(ward: Ward, status: CampaignStatus = CampaignStatus.CONCLUDED) -> None:
    ward.campaign.status = status
    ward.session.commit()


def status_of(ward: Ward, task: Task) -> TaskStatus:
    ward.settle()
    return task.status


def buttons(page: Page) -> list[str]:
    return [words for form in page.forms for words, _name, _value in form.buttons]


def test_work_goes_on_until_the_conclusion():
    assert {status for status in CampaignStatus if not works_on(status)} == set(CLOSED)


@pytest.mark.parametrize("closed", CLOSED)
def test_a_task_is_neither_edited_nor_sent_nor_approved(ward: Ward, sign_in: SignIn, closed: CampaignStatus):
    draft, sent = ward.task(status="draft"), ward.task("KP2", status="submitted")
    officer, leader = sign_in("officer_kp1"), sign_in("leader")
    pages = [
        (officer, f"/phan-viec/{draft.id}/sua"),
        (officer, f"/phan-viec/{draft.id}/gui-duyet"),
        (leader, f"/phan-viec/{sent.id}/duyet"),
    ]
    forms = [person.get(page).form() for person, page in pages]
    close(ward, closed)
    officer.get(pages[0][1], status=409)
    for number, (person, _page) in enumerate(pages):
        person.send_form(forms[number], status=409 if number == 0 else 200)
    assert NO_MORE_TASKS in leader.get(pages[2][1]).text
    assert "Duyệt vào danh mục" not in buttons(leader.get(pages[2][1]))
    assert "Gửi duyệt" not in buttons(officer.get(pages[1][1]))
    assert (status_of(ward, draft), status_of(ward, sent)) == (TaskStatus.DRAFT, TaskStatus.SUBMITTED)


@pytest.mark.parametrize("closed", CLOSED)
def test_no_report_is_written_or_sent(ward: Ward, sign_in: SignIn, closed: CampaignStatus):
    task = ward.task()
    officer, page = sign_in("officer_kp1"), url(ward, task, "2024-09")
    words = {field(task): "30", field(task, 1): "40", "narrative": "Đã làm"}
    officer.send(page, words)
    opened, ready = officer.get(page).form(), officer.get(f"{page}/gui").form()
    close(ward, closed)
    assert "nên không nhận báo cáo nữa" in officer.get(page, status=409).text
    officer.send_form(opened, {field(task): "999"}, status=409)
    sent = officer.send_form(ready, status=200)
    assert f"Phong trào {closed.label.lower()} nên không sửa, gửi hay duyệt được nữa." in sent.errors
    last = the_report(ward).last_round
    assert last is not None
    assert (last.last_event, last.figures[0].value) == (None, 30)
    with pytest.raises(MoveRefused):
        progress.begin(ward.session, task, ward.period("2024-08"), by=ward.actor("officer_kp1"), at=ward.now)
    assert page not in [link.url for link in officer.get(f"/phan-viec/{task.id}").links]


def test_no_report_is_accepted_but_it_may_go_back(ward: Ward, sign_in: SignIn):
    report, leader = ward.report(ward.task(), "2024-09", [30, 60], "submitted"), sign_in("leader")
    opened = leader.get(f"/bao-cao/{report.id}/duyet").form()
    close(ward)
    page = leader.send_form(opened, status=200)
    assert page.errors == ["Phong trào đã tổng kết nên không sửa, gửi hay duyệt được nữa."]
    with pytest.raises(MoveRefused):
        reviews.accept(ward.session, report, by=ward.actor("leader"), at=ward.now)
    leader.send(f"/bao-cao/{report.id}/tra-lai", {"reason": "Phong trào đã tổng kết"})


@pytest.mark.parametrize("closed", CLOSED)
def test_the_campaign_itself_stays_as_it_is(ward: Ward, sign_in: SignIn, closed: CampaignStatus):
    clerk, page = sign_in("clerk"), f"/phong-trao/{ward.campaign.id}"
    opened = clerk.get(f"{page}/sua").form()
    assert f"{page}/sua" in [link.url for link in clerk.get(page).links]
    close(ward, closed)
    assert f"{page}/sua" not in [link.url for link in clerk.get(page).links]
    assert clerk.get(f"{page}/sua", status=409).h1 == "Phong trào này không sửa được nữa"
    clerk.send_form(opened, {"slogan": "Khác"}, status=409)
    with pytest.raises(MoveRefused):
        campaigns.edit(ward.session, ward.campaign, by=ward.actor("clerk"), at=ward.now, slogan="Khác")


@pytest.mark.parametrize("closed", CLOSED)
def test_no_commitment_is_frozen_or_signed(ward: Ward, sign_in: SignIn, closed: CampaignStatus):
    draft, frozen = ward.commitment("KP1", "draft"), ward.commitment("KP2", "frozen")
    clerk = sign_in("clerk")
    steps = [f"/cam-ket/{draft.id}/chot", f"/cam-ket/{frozen.id}/ky-giay"]
    forms = [clerk.get(step).form() for step in steps]
    close(ward, closed)
    freezing = clerk.send_form(forms[0], status=200)
    assert any(f"Phong trào {closed.label.lower()}" in error for error in freezing.errors)
    boxes = {name: values for name, values in forms[1].offered.items() if name == "signatories"}
    filled = {name: sorted(values) for name, values in boxes.items()}
    signing = clerk.send_form(forms[1], filled, status=409)
    assert any(f"Phong trào {closed.label.lower()}" in error for error in signing.errors)
    ward.settle()
    assert (draft.status, frozen.status) == ("draft", "frozen")


@pytest.mark.parametrize("closed", CLOSED)
def test_no_commitment_is_taken_back(ward: Ward, sign_in: SignIn, closed: CampaignStatus):
    made = ward.commitment("KP1", "frozen")
    clerk = sign_in("clerk")
    form = clerk.get(f"/cam-ket/{made.id}/thu-hoi").form()
    close(ward, closed)
    said = clerk.send_form(form, {"reason": "Soạn lại theo danh mục mới."}, status=200)
    assert said.errors == [f"Phong trào {closed.label.lower()} nên không sửa, gửi hay duyệt được nữa."]
    assert said.form().fields["reason"] == ["Soạn lại theo danh mục mới."]
    ward.settle()
    assert made.status is CommitmentStatus.FROZEN


@pytest.mark.parametrize("status", ["draft", "frozen"])
def test_the_page_of_a_commitment_offers_nothing_that_is_refused(ward: Ward, sign_in: SignIn, status: str):
    made, clerk = ward.commitment("KP1", status), sign_in("clerk")
    page = f"/cam-ket/{made.id}"

    def acts() -> set[str]:
        return {
            link.url.removeprefix(page) for link in clerk.get(page).links if link.url.startswith(f"{page}/")
        }

    going_on = {"draft": {"/sua", "/chot"}, "frozen": {"/thu-hoi", "/ky-giay", "/ky-so"}}[status]
    assert going_on <= acts()
    close(ward)
    assert not going_on & acts()

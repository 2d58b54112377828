"""A leader's question on an indicator: asked, answered in writing, taken or withdrawn."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from pledges.campaigns.rules import CampaignStatus
from pledges.core.dates import format_date
from pledges.progress.explanations.models import ExplanationRequest
from pledges.tasks.models import Indicator, Task
from tests.support.critic import SignIn
from tests.support.ward import Ward


def indicator(ward: Ward, task: Task | None = None) -> Indicator:
    return (task or ward.task()).indicators[0]


def ask_url(one: Indicator) -> str:
    return f"/chi-tieu/{one.id}/yeu-cau-giai-trinh"


def asked(ward: Ward, sign_in: SignIn, **said: str) -> ExplanationRequest:
    words = {"question": "Vì sao tháng 9 chỉ thêm 30 m?", **said}
    sign_in("leader").send(ask_url(indicator(ward)), words)
    ward.settle()
    return ward.session.scalars(select(ExplanationRequest)).one()


def answered(ward: Ward, sign_in: SignIn) -> ExplanationRequest:
    one = asked(ward, sign_in)
    sign_in("officer_kp1").send(f"/giai-trinh/{one.id}", {"answer": "Mưa 12 ngày, đã bù từ tháng 10."})
    ward.settle()
    return one


@pytest.mark.parametrize(
    ("name", "ask", "answer", "close"),
    [
        ("leader", 200, 403, 200),
        ("leader2", 200, 403, 200),
        ("officer_kp1", 403, 200, 403),
        ("mate_kp1", 403, 200, 403),
        ("head_kp1", 403, 403, 403),
        ("clerk", 403, 200, 403),
        ("officer_kp2", 403, 404, 403),
        ("outsider", 403, 404, 403),
        ("admin", 403, 403, 403),
    ],
)
def test_who_asks_answers_and_ends(ward: Ward, sign_in: SignIn, name: str, ask: int, answer: int, close: int):
    one = asked(ward, sign_in)
    person = sign_in(name)
    person.get(ask_url(one.indicator), status=ask)
    person.get(f"/giai-trinh/{one.id}", status=answer)
    person.get(f"/giai-trinh/{one.id}/ket-thuc", status=close)


def test_nobody_is_led_to_the_sign_in(ward: Ward, sign_in: SignIn):
    one = asked(ward, sign_in)
    for url in (ask_url(one.indicator), f"/giai-trinh/{one.id}", f"/giai-trinh/{one.id}/ket-thuc"):
        assert "/dang-nhap" in sign_in("nobody").get(url, status=302).location


def test_a_question_is_told_to_the_unit_and_does_not_hold_up_its_report(ward: Ward, sign_in: SignIn):
    one = asked(ward, sign_in)
    assert one.answer_by == ward.day + timedelta(days=5), "a day is offered"
    officer = sign_in("officer_kp1")
    page = officer.get(f"/phan-viec/{one.indicator.task_id}")
    assert "Lãnh đạo yêu cầu giải trình" in page.text
    assert "Vì sao tháng 9 chỉ thêm 30 m?" in page.text
    assert page.link("Viết giải trình") == f"/giai-trinh/{one.id}"
    report = ward.report(one.indicator.task, "2024-09", [30, 60], status="submitted")
    leader = sign_in("leader")
    assert "Chờ đơn vị giải trình" in leader.get(f"/bao-cao/{report.id}/duyet").text, "beside the line"
    leader.send(f"/bao-cao/{report.id}/duyet")
    ward.settle()
    assert one.waits_for_unit


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"question": " "}, "Chưa ghi cần giải trình điều gì."),
        ({"answer_by": "1/1/2024"}, "Ngày phải trả lời không thể ở trước hôm nay."),
        ({"answer_by": ""}, "Chưa có ngày phải trả lời."),
    ],
)
def test_words_and_a_day_to_come_are_needed(ward: Ward, sign_in: SignIn, said: dict[str, str], words: str):
    fields = {"question": "Vì sao?", **said}
    page = sign_in("leader").send(ask_url(indicator(ward)), fields, status=200)
    assert page.errors[0].endswith(words)


def test_it_can_be_about_the_report_of_a_period(ward: Ward, sign_in: SignIn):
    period = ward.period("2024-09")
    one = indicator(ward)
    leader = sign_in("leader")
    page = leader.get(f"{ask_url(one)}?ky={period.id}")
    assert page.form().fields["period"] == [str(period.id)]
    leader.send_form(page.form(), {"question": "Vì sao giảm?"})
    ward.settle()
    assert ward.session.scalars(select(ExplanationRequest)).one().period_id == period.id


@pytest.mark.parametrize("status", ["draft", "cancelled"])
def test_only_what_stands_in_the_list_is_asked_about(ward: Ward, sign_in: SignIn, status: str):
    page = sign_in("leader").get(ask_url(indicator(ward, ward.task(status=status))))
    assert "Chỉ yêu cầu giải trình về phần việc đang trong danh mục." in page.text
    assert page.forms == []


def test_an_answer_waits_for_a_leader_who_takes_it(ward: Ward, sign_in: SignIn):
    one = answered(ward, sign_in)
    for name in ("leader", "leader2"):
        page = sign_in(name).get("/duyet")
        assert "01 giải trình" in page.text
        assert "Mưa 12 ngày, đã bù từ tháng 10." in page.text
    page = sign_in("leader2").send(f"/giai-trinh/{one.id}/ket-thuc", {"note": "Rõ"}, follow=True)
    assert page.said.startswith("Đã nhận giải trình")
    ward.settle()
    assert (one.closed_by_name, one.closing_note) == ("Đỗ Hải Yến", "Rõ")
    assert "giải trình" not in sign_in("leader").get("/duyet").text.lower().split("khi đơn vị")[0]
    text = sign_in("officer_kp1").get(f"/phan-viec/{one.indicator.task_id}").text
    assert "Nhận giải trình: Đỗ Hải Yến" in text
    for words in ("Đã yêu cầu giải trình về", "Đã giải trình về", "Đã nhận giải trình về"):
        assert words in text, "the story tells each step"


def test_a_question_without_an_answer_is_withdrawn_with_a_note(ward: Ward, sign_in: SignIn):
    one = asked(ward, sign_in)
    url = f"/giai-trinh/{one.id}/ket-thuc"
    assert "ghi vì sao rút yêu cầu" in sign_in("leader").send(url, status=200).errors[0]
    page = sign_in("leader").send(url, {"note": "Đã rõ qua báo cáo"}, follow=True)
    assert "Đã rút yêu cầu giải trình" in page.said
    page = sign_in("officer_kp1").get(f"/giai-trinh/{one.id}", status=409)
    assert "Trần Quốc Hưng đã kết thúc yêu cầu này." in page.text
    assert page.forms == []


def test_an_overdue_answer_is_said_to_be_overdue_and_a_late_one_late(ward: Ward, sign_in: SignIn):
    one = asked(ward, sign_in)
    ward.hands.put(one.answer_by + timedelta(days=2))
    page = sign_in("leader").get(f"/phan-viec/{one.indicator.task_id}")
    assert "Quá hạn giải trình" in page.text
    assert "đã quá 2 ngày" in page.text
    sign_in("officer_kp1").send(f"/giai-trinh/{one.id}", {"answer": "Mưa"})
    text = sign_in("leader").get(f"/giai-trinh/{one.id}/ket-thuc").text
    assert f"trả lời trước hết {format_date(one.answer_by)}" in text
    assert "trả lời muộn" in text


def test_it_is_answered_once(ward: Ward, sign_in: SignIn):
    one = asked(ward, sign_in)
    url = f"/giai-trinh/{one.id}"
    late = sign_in("mate_kp1")
    form = late.get(url).form()
    sign_in("officer_kp1").send(url, {"answer": "Mưa"})
    page = late.send_form(form, {"answer": "Thiếu người"}, status=409)
    assert "Nguyễn Thị Lan đã gửi giải trình cho yêu cầu này." in page.text
    assert "Thiếu người" in page.text, "what was typed is still there to be read"
    ward.settle()
    assert one.answer == "Mưa"


def test_two_clicks_ask_once(ward: Ward, sign_in: SignIn):
    leader = sign_in("leader")
    form = leader.get(ask_url(indicator(ward))).form()
    assert len({leader.send_form(form, {"question": "Vì sao?"}).location for _click in range(2)}) == 1
    ward.settle()
    assert len(ward.session.scalars(select(ExplanationRequest)).all()) == 1


def test_a_concluded_campaign_asks_and_answers_nothing(ward: Ward, sign_in: SignIn):
    one = asked(ward, sign_in)
    ward.campaign.status = CampaignStatus.CONCLUDED
    ward.session.commit()
    assert sign_in("leader").get(ask_url(one.indicator)).forms == []
    assert sign_in("officer_kp1").get(f"/giai-trinh/{one.id}", status=409).forms == []

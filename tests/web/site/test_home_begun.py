"""Đang điền dở: the first page leads back to everything that was typed and not sent."""

from tests.support.critic import SignIn
from tests.support.queries import CountQueries
from tests.support.ward import Ward

REGISTER = "/phan-viec/dang-ky"
PART = "Đang điền dở"


def test_it_leads_back_to_a_task_and_to_a_report(ward: Ward, sign_in: SignIn):
    task, officer = ward.task(), sign_in("officer_kp1")
    assert PART not in officer.get("/").text
    officer.send(REGISTER, {"title": "Trồng <b>cây</b>", "due_on": "x"}, status=200)
    report = f"/phan-viec/{task.id}/bao-cao/{ward.period('2024-10').id}"
    officer.send(report, {"narrative": "Dở", f"value_{task.indicators[0].id}": "x"}, status=200)
    page = officer.get("/")
    assert "Đăng ký phần việc: “Trồng <b>cây</b>”, lưu lúc 09:30" in page.text
    assert f"Báo cáo tháng 10/2024: “{task.title}”, lưu lúc 09:30" in page.text
    fields = officer.get(page.link("Điền tiếp: Trồng <b>cây</b>")).form().fields
    assert fields["title"] == ["Trồng <b>cây</b>"]
    page = officer.get(page.link(f"Điền tiếp: {task.title}"))
    assert page.form().fields["narrative"] == ["Dở"]
    officer.send_form(officer.get(page.link("Bỏ, xem nội dung đã lưu")).form())
    assert "Báo cáo tháng 10/2024: “" not in officer.get("/").text


def test_nobody_else_sees_it(sign_in: SignIn):
    sign_in("officer_kp1").send(REGISTER, {"title": "Trồng cây", "due_on": "x"}, status=200)
    for name in ("mate_kp1", "leader", "admin"):
        assert PART not in sign_in(name).get("/").text


def test_queries_do_not_grow_with_what_was_begun(sign_in: SignIn, count_queries: CountQueries):
    officer = sign_in("officer_kp1")
    officer.send(REGISTER, {"title": "Một", "due_on": "x"}, status=200)
    with count_queries() as first:
        officer.get("/")
    for title in ("Hai", "Ba"):
        officer.send(REGISTER, {"title": title, "due_on": "x"}, status=200)
    with count_queries() as second:
        officer.get("/")
    assert len(second) == len(first)

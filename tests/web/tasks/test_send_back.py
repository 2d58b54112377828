"""Returning a task to its unit, with the reason."""

from pledges.audit.queries import history
from pledges.audit.telling import changes
from pledges.tasks.models import Task
from pledges.tasks.remarks import remarks_on
from pledges.tasks.rules import TaskPart, TaskStatus
from tests.support.critic import SignIn
from tests.support.page import words
from tests.support.queries import CountQueries
from tests.support.ward import Ward


def url(task: Task):
    return f"/phan-viec/{task.id}/tra-lai"


def test_a_reason_is_demanded(ward: Ward, sign_in: SignIn):
    task = ward.task(status="submitted")
    page = sign_in("leader").send(url(task), {"reason": "  "}, status=200)
    assert page.errors == ["Nhập lý do, hoặc ghi ý kiến vào mục cần sửa: đơn vị cần biết phải sửa gì."]
    ward.settle()
    assert task.status is TaskStatus.SUBMITTED


def test_the_unit_gets_it_back_with_the_reason(ward: Ward, sign_in: SignIn):
    task = ward.task(status="submitted")
    reason = "Chỉ tiêu 450 m chưa khớp kế hoạch.\nGhi rõ từng ngõ."
    page = sign_in("leader").send(url(task), {"reason": reason}, button="Trả lại cho Khu 1", follow=True)
    assert page.said.startswith("Đã trả lại cho Khu phố 1 kèm lý do: Bê tông hóa")
    ward.settle()
    assert task.status is TaskStatus.RETURNED
    assert task.events[-1].reason == reason
    assert "Ghi rõ từng ngõ." in sign_in("officer_kp1").get(f"/phan-viec/{task.id}/sua").text


def test_each_part_is_shown_with_a_field_for_a_remark(ward: Ward, sign_in: SignIn):
    page = sign_in("leader").get(url(ward.task(status="submitted", cooperating=["KP2"])))
    names = {name for name in page.form().names if name.startswith("remark_")}
    parts = ("title", "product", "lead_unit", "cooperating", "dates", "funding", "movement")
    assert names == {f"remark_{part}" for part in (*parts, "indicators_1", "indicators_2")}
    for line in (
        "Sản phẩm Đường ngõ sạch, có biển tên",
        "Đơn vị phối hợp Khu phố 2",
        "Ngày hoàn thành: 31/12/2024",
        "Hiện trạng: 20 Phải đạt: 80 Đơn vị tính: % hộ",
    ):
        assert line in page.text


def test_remarks_alone_are_a_reason(ward: Ward, sign_in: SignIn):
    task = ward.task(status="submitted")
    remarks = {"remark_product": "Nghiệm thu cái gì?", "remark_indicators_2": "Số hộ, không phải tỷ lệ."}
    sign_in("leader").send(url(task), remarks)
    ward.settle()
    event = task.events[-1]
    said = "Sản phẩm: Nghiệm thu cái gì?; Chỉ tiêu 2: Số hộ, không phải tỷ lệ."
    assert (event.reason, event.own_reason) == (said, "")
    assert [(one.part.value, one.indicator, one.words) for one in event.remarks] == [
        ("product", None, "Nghiệm thu cái gì?"),
        ("indicators", 2, "Số hộ, không phải tỷ lệ."),
    ]
    assert remarks_on(task)[TaskPart.PRODUCT, None] == "Nghiệm thu cái gì?"
    officer = sign_in("officer_kp1")
    assert "Nghiệm thu cái gì?" in officer.get("/").text
    assert said in officer.get(f"/phan-viec/{task.id}").text


def test_reason_and_remarks_stand_in_the_log(ward: Ward, sign_in: SignIn):
    task = ward.task(status="submitted")
    sign_in("leader").send(url(task), {"reason": "Chưa đủ.", "remark_dates": "Xong trước 30/11."})
    ward.settle()
    entry = ward.session.scalars(history("task", task.id)).all()[-1]
    assert (entry.action, entry.note) == ("task.returned", "Chưa đủ.")
    with ward.app.app_context():
        told = [f"{change.label}: {change.after}" for change in changes(entry)]
    assert "Ý kiến theo mục: Mục: Thời gian, Ý kiến: Xong trước 30/11." in told


def test_phrases_that_were_used_before_are_offered(ward: Ward, sign_in: SignIn):
    for reason in ("Chưa rõ sản phẩm.", "Thiếu mốc."):
        sent = ward.task("KP2", "submitted")
        sign_in("leader").send(url(sent), {"reason": reason, "remark_title": ""})
    other = ward.task("KP2", "submitted")
    sign_in("leader").send(url(other), {"remark_product": "Chưa đếm được"})
    ward.task("KP2", "returned")
    page = sign_in("leader2").get(url(ward.task(status="submitted")))
    offered = [words(one) for one in page.of_class("phrases")]
    assert offered == ["Câu hay dùng, bấm để chép vào lý do: Chưa rõ sản phẩm. Thiếu mốc."], (
        "the most used first"
    )
    values = [one.get("value") for one in page.all("option", within=page.by_id("cau-product"))]
    assert values == ["Chưa đếm được"]


def test_the_first_button_which_enter_presses_returns_nothing(ward: Ward, sign_in: SignIn):
    task, leader = ward.task(status="submitted"), sign_in("leader")
    form = leader.get(url(task)).form()
    assert form.buttons[0] == ("Xem lại", "act", "look")
    page = leader.send_form(form, {"remark_product": "Chưa đếm được"}, button="Xem lại", status=200)
    ward.settle()
    assert task.status is TaskStatus.SUBMITTED
    leader.send_form(page.form(), button="Trả lại cho Khu 1")
    ward.settle()
    assert [remark.words for remark in task.events[-1].remarks] == ["Chưa đếm được"]


def test_two_clicks_return_once(ward: Ward, sign_in: SignIn):
    task = ward.task(status="submitted")
    leader = sign_in("leader")
    form = leader.get(url(task)).form()
    sent = {"remark_product": "Chưa đếm được"}
    assert len({leader.send_form(form, sent).location for _click in range(2)}) == 1
    ward.settle()
    assert [event.kind.value for event in task.events] == ["drafted", "submitted", "returned"]


def test_what_was_typed_stays_when_something_is_wrong(ward: Ward, sign_in: SignIn):
    task = ward.task(status="submitted")
    page = sign_in("leader").send(url(task), {"remark_product": "x" * 301, "reason": "Chưa đủ"}, status=200)
    assert page.form().fields["reason"] == ["Chưa đủ"]
    assert page.form().fields["remark_product"] == ["x" * 301]
    assert len(page.errors) == 1


def test_its_queries_do_not_grow(ward: Ward, sign_in: SignIn, count_queries: CountQueries):
    def fill() -> None:
        for _ in range(3):
            task = ward.task("KP2", "submitted")
            sign_in("leader").send(url(task), {"remark_product": "Chưa đếm được", "remark_title": "Dài"})

    fill()
    task = ward.task(status="submitted")
    leader = sign_in("leader")
    leader.get(url(task))
    with count_queries() as few:
        leader.get(url(task))
    fill()
    with count_queries() as many:
        leader.get(url(task))
    assert len(many) == len(few)


def test_every_round_stays_in_sight(ward: Ward, sign_in: SignIn):
    task = ward.task(status="returned")
    officer, leader = sign_in("officer_kp1"), sign_in("leader")
    officer.send(f"/phan-viec/{task.id}/gui-duyet")
    leader.send(url(task), {"reason": "Vẫn chưa đếm được."})
    officer.send(f"/phan-viec/{task.id}/gui-duyet")
    page = leader.get(f"/phan-viec/{task.id}/duyet")
    assert "Vẫn chưa đếm được." in page.text
    assert "Chưa rõ sản phẩm." in page.text
    assert page.text.index("Vẫn chưa đếm được.") < page.text.index("Chưa rõ sản phẩm."), "newest first"


def test_an_approved_task_is_not_returned(ward: Ward, sign_in: SignIn):
    page = sign_in("leader").get(url(ward.task()))
    assert "Phần việc đang ở bước “đã duyệt”" in page.text
    assert page.forms == []


def test_nobody_returns_an_own_entry(ward: Ward, sign_in: SignIn):
    task = ward.task(status="submitted")
    task.entered_by_id = ward.account("leader").id
    ward.session.commit()
    sign_in("leader").get(url(task), status=403)


def test_others_may_not_return_it(ward: Ward, sign_in: SignIn):
    task = ward.task(status="submitted")
    for name in ("officer_kp1", "mate_kp1", "head_kp1", "clerk", "officer_kp2", "outsider", "ended"):
        sign_in(name).get(url(task), status=403)
    sign_in("head_kp1").get(url(ward.task("KP2", status="submitted")), status=404)
    assert sign_in("nobody").get(url(task), status=302).location.startswith("/dang-nhap")

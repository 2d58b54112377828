"""What a unit changed after a return, as the leader who decides on it again sees it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from pledges.tasks import operations
from pledges.tasks.models import Task
from pledges.tasks.operations import IndicatorEntry, TaskEntry
from pledges.tasks.remarks import Remark
from pledges.tasks.rules import TaskPart
from tests.support.critic import SignIn
from tests.support.page import words
from tests.support.queries import CountQueries
from tests.support.ward import INDICATORS, Ward


def entry(ward: Ward, task: Task) -> TaskEntry:
    return TaskEntry(
        title=task.title,
        product=task.product,
        lead_unit=task.lead_unit,
        start_on=task.start_on,
        due_on=task.due_on,
        indicators=INDICATORS,
    )


def sent_back(ward: Ward, task: Task, *remarks: Remark, reason: str = "") -> None:
    leader = ward.actor("leader")
    operations.send_back(ward.session, task, reason, by=leader, at=ward.now, remarks=remarks)


def sent_again(ward: Ward, task: Task, *entries: TaskEntry) -> None:
    officer = ward.actor("officer_kp1")
    for one in entries:
        operations.edit(ward.session, task, one, by=officer, at=ward.now)
    operations.submit(ward.session, task, by=officer, at=ward.now)
    ward.session.commit()


def shown(ward: Ward, sign_in: SignIn, task: Task) -> str:
    return words(sign_in("leader").get(f"/phan-viec/{task.id}/duyet").by_id("da-sua"))


def test_every_change_is_told_before_and_after(ward: Ward, sign_in: SignIn):
    task = ward.task(status="submitted")
    sent_back(ward, task, reason="Chưa đủ.")
    road, homes = INDICATORS
    changed = replace(
        entry(ward, task),
        title="Bê tông hóa ngõ 12",
        lead_unit=ward.unit("KP2"),
        cooperating=(ward.unit("MTTQ"),),
        due_on=date(2024, 11, 30),
        social_funding=Decimal(20),
        movement=ward.campaign.movements[0],
        on_behalf_of="Bà Hoàng Thị Ánh",
        from_paper="Phiếu đăng ký ngày 5/4/2024",
        indicators=(replace(road, target=Decimal(500), weight=Decimal(2)), homes),
    )
    sent_again(ward, task, changed)
    text = shown(ward, sign_in, task)
    for line in (
        "Tên phần việc Bê tông hóa đường ngõ và phân loại rác tại nguồn → thành Bê tông hóa ngõ 12",
        "Đơn vị chủ trì Khu phố 1 → thành Khu phố 2",
        "Đơn vị phối hợp Không có → thành Ủy ban Mặt trận Tổ quốc phường",
        "Ngày hoàn thành 31/12/2024 → thành 30/11/2024",
        "Chỉ tiêu 1 · Phải đạt 450 → thành 500",
        "Chỉ tiêu 1 · Trọng số 1 → thành 2",
        "Xã hội hóa Không → thành 20 triệu đồng",
        "Cuộc vận động Không gắn → thành Toàn dân đoàn kết xây dựng đô thị văn minh",
        "Chưa đủ.",
    ):
        assert line in text
    assert "Ngày bắt đầu" not in text, "what stayed is not told"
    assert "Chỉ tiêu 2" not in text


def test_indicators_that_came_and_went_are_told(ward: Ward, sign_in: SignIn):
    task = ward.task(status="submitted")
    sent_back(ward, task, reason="Chưa đủ.")
    road, homes = INDICATORS
    trees = IndicatorEntry("Cây xanh", Decimal(300), "cây")
    sent_again(ward, task, replace(entry(ward, task), indicators=(homes,)))
    assert "bỏ: Đường ngõ được bê tông hóa: hiện trạng 0, phải đạt 450 m" in shown(ward, sign_in, task)
    sent_back(ward, task, reason="Vẫn chưa đủ.")
    sent_again(ward, task, replace(entry(ward, task), indicators=(homes, road, trees)))
    text = shown(ward, sign_in, task)
    assert "thêm: Đường ngõ được bê tông hóa: hiện trạng 0, phải đạt 450 m" in text
    assert "thêm: Cây xanh: hiện trạng 0, phải đạt 300 cây" in text


def test_edits_in_several_sittings_are_one_change(ward: Ward, sign_in: SignIn):
    task = ward.task(status="submitted")
    sent_back(ward, task, Remark(TaskPart.PRODUCT, "Chưa đếm được"), Remark(TaskPart.TITLE, "Dài quá"))
    first = replace(entry(ward, task), product="Nháp", title="Tên khác")
    second = replace(first, product="Biên bản nghiệm thu", title=task.title)
    sent_again(ward, task, first, second)
    text = shown(ward, sign_in, task)
    assert "Sản phẩm Chưa đếm được Đường ngõ sạch, có biển tên → thành Biên bản nghiệm thu" in text
    assert "Nháp" not in text
    assert "Tên phần việc Dài quá Mục này chưa sửa" in text, "it stands again as it stood"


def test_what_came_back_unchanged_is_said(ward: Ward, sign_in: SignIn):
    task = ward.task(status="submitted")
    sent_back(ward, task, Remark(TaskPart.PRODUCT, "Chưa đếm được"))
    sent_again(ward, task)
    text = shown(ward, sign_in, task)
    assert "Mục này chưa sửa" in text
    assert "Đơn vị gửi lại mà không sửa nội dung nào." in text


def test_each_round_keeps_its_own_changes(ward: Ward, sign_in: SignIn):
    task = ward.task(status="submitted")
    sent_back(ward, task, reason="Lần một.")
    sent_again(ward, task, replace(entry(ward, task), product="Bản một"))
    sent_back(ward, task, reason="Lần hai.")
    sent_again(ward, task, replace(entry(ward, task), product="Bản hai"))
    text = shown(ward, sign_in, task)
    second, first = text.index("Bản một → thành Bản hai"), text.index("có biển tên → thành Bản một")
    assert second < first, "the newest round first"
    assert text.index("Lần hai.") < text.index("Lần một.")


def test_a_first_sending_has_nothing_to_compare(ward: Ward, sign_in: SignIn):
    page = sign_in("leader").get(f"/phan-viec/{ward.task(status='submitted').id}/duyet")
    assert "bị trả lại" not in page.text


def test_rounds_cost_no_more_queries(ward: Ward, sign_in: SignIn, count_queries: CountQueries):
    task, leader = ward.task(status="submitted"), sign_in("leader")

    def round_with(unit: str) -> None:
        sent_back(ward, task, Remark(TaskPart.LEAD_UNIT, "Đổi"), Remark(TaskPart.PRODUCT, "Sửa"))
        sent_again(ward, task, replace(entry(ward, task), cooperating=(ward.unit(unit),), product=unit))

    round_with("KP2")
    round_with("KP3")
    leader.get(f"/phan-viec/{task.id}/duyet")
    with count_queries() as few:
        leader.get(f"/phan-viec/{task.id}/duyet")
    for unit in ("MTTQ", "DU", "VPTK"):
        round_with(unit)
    with count_queries() as many:
        leader.get(f"/phan-viec/{task.id}/duyet")
    assert len(many) == len(few)

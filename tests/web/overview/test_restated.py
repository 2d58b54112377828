"""A figure that changed after it was accepted is marked in the grid, in the reckoning, and in the book."""

import io
from decimal import Decimal

from openpyxl import load_workbook

from pledges.progress import operations as progress
from pledges.progress.operations import ReportEntry
from pledges.reviews import operations as reviews
from tests.support.critic import SignIn
from tests.support.page import elements, words
from tests.support.ward import Ward


def test_a_corrected_figure_is_marked_from_its_day_on(ward: Ward, sign_in: SignIn):
    task = ward.task("KP1", "committed")
    report = ward.report(task, "2024-09", [40, 30])
    officer, leader = ward.actor("officer_kp1"), ward.actor("leader")
    progress.begin_correction(ward.session, report, "Đếm lại.", by=officer, at=ward.now)
    values = {task.indicators[0].id: Decimal(38), task.indicators[1].id: Decimal(30)}
    progress.write(ward.session, report, ReportEntry(values, "Đếm lại."), by=officer, at=ward.now)
    progress.submit(ward.session, report, by=officer, at=ward.now)
    reviews.accept(ward.session, report, by=leader, at=ward.now)
    ward.session.commit()

    critic = sign_in("leader")
    cells = [words(one) for one in elements(critic.get("/theo-doi").of_class("grid")[0], "a")]
    assert any(cell.startswith("Tháng 9/2024") and "số liệu đã đổi sau khi duyệt" in cell for cell in cells)
    said = "✎ Đường ngõ được bê tông hóa, tháng 9/2024 đã đổi sau khi duyệt: 40 → 38, ngày 15/10/2024"
    page = critic.get("/theo-doi/cach-tinh")
    assert [words(one) for one in page.of_class("restated")] == [said]
    assert critic.get(page.link("✎")).h1 == "Báo cáo tháng 9/2024"
    book = load_workbook(io.BytesIO(critic.get("/theo-doi/bang-theo-doi.xlsx").bytes))
    assert "đã đổi sau khi duyệt: 40 → 38" in book["Chỉ tiêu"]["K2"].value
    assert "số liệu đã đổi sau khi duyệt" in book["Phần việc"]["J2"].value

    before = {"den-ngay": "14/10/2024"}
    assert critic.get("/theo-doi/cach-tinh", **before).of_class("restated") == []
    cells = [words(one) for one in elements(critic.get("/theo-doi", **before).of_class("grid")[0], "a")]
    assert not any("đã đổi" in cell for cell in cells)

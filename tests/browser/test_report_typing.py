"""While a report is typed: the page reckons as the server does, and asks for the day when the target is reached."""

from collections.abc import Callable
from decimal import Decimal

from playwright.sync_api import Locator, expect

from pledges.core.numbers import NumberError, format_number, format_percent, parse_number
from pledges.progress.lines import Line
from pledges.progress.rules import IndicatorPlan
from pledges.tasks.rules import Direction
from tests.support.browser import PHONE, Person

TYPED = (
    "30", "0", "-46", "−46", "+5", "30,5", "30.5", "1234,5", "1.234,5", "1,234.5", "1 234,5", "12.345.678",
    "0,125", "0.0001", "1.234", "1,234", "abc", "5%", "1e5", "1,2,3", "--5", "",
)  # fmt: skip


def reckoned(field: Locator, text: str) -> str:
    """What the server would show for the figure."""
    said = {
        name: field.get_attribute(f"data-{name}") or ""
        for name in ("before", "baseline", "target", "measure")
    }
    plan = IndicatorPlan(
        "Chỉ tiêu", Decimal(said["baseline"]), Decimal(said["target"]), said["measure"],
        direction=Direction(field.get_attribute("data-direction") or ""),
        accumulates=field.get_attribute("data-accumulates") == "1",
    )  # fmt: skip
    try:
        line = Line(1, plan, Decimal(said["before"]) if said["before"] else None, parse_number(text))
    except NumberError:
        return ""
    assert line.value is not None
    assert line.progress is not None
    name = "Lũy kế" if plan.accumulates else "Mức đạt"
    return f"{name} {format_number(line.value)} {plan.measure}, đạt {format_percent(line.progress)}"


def october(window: Callable[..., Person]) -> tuple[Person, Locator]:
    """The officer of Khu phố 1 before the report of the month that goes on, and its first figure."""
    officer = window(size=PHONE)
    officer.sign_in("officer")
    officer.go("/bao-cao?q=bê tông hóa ngõ")
    officer.press_in(officer.page.get_by_role("main").get_by_role("link", name="tháng 10/2024").first)
    return officer, officer.page.locator("input[data-target]").first


def test_it_reckons_as_the_server_does(window: Callable[..., Person]):
    officer, field = october(window)
    outcome = officer.page.locator(".figure-outcome").first
    for text in TYPED:
        field.fill(text)
        shown = (outcome.text_content() or "").split(". Số liệu giảm")[0]
        assert shown == reckoned(field, text), text


def test_the_day_is_asked_for_only_when_the_target_is_reached(window: Callable[..., Person]):
    officer, field = october(window)
    day = officer.page.locator(".reached").first
    target = Decimal(field.get_attribute("data-target") or "")
    before = Decimal(field.get_attribute("data-before") or "0")
    field.fill(str(target - before - 1).replace(".", ","))
    expect(day).to_be_hidden()
    field.fill(str(target - before).replace(".", ","))
    expect(day).to_be_visible()
    officer.page.locator(".reached input").first.fill("10/10/2024")
    field.fill("")
    expect(day).to_be_visible()


def test_a_fall_asks_for_words_at_once(window: Callable[..., Person]):
    officer, field = october(window)
    field.fill("-5")
    expect(officer.page.locator(".figure-outcome").first).to_contain_text("Số liệu giảm: ghi rõ lý do")


def test_who_leaves_by_a_link_finds_figures_and_words_again(window: Callable[..., Person]):
    officer, field = october(window)
    report, line = officer.path, officer.page.locator("[data-unsent]")
    field.fill("12,5")
    officer.page.locator("[name='narrative']").press_sequentially("Xong nửa ngõ")
    expect(line).to_contain_text("Đã tự lưu lúc", timeout=10_000)
    officer.page.locator("[name='obstacle']").press_sequentially("Gõ ngay trước khi rời")
    officer.place("Việc của tôi")
    officer.sees("Báo cáo tháng 10/2024: “Bê tông hóa ngõ")
    officer.go(report)
    expect(officer.page.locator("input[data-target]").first).to_have_value("12,5")
    expect(officer.page.locator("[name='narrative']")).to_have_value("Xong nửa ngõ")
    expect(officer.page.locator("[name='obstacle']")).to_have_value("Gõ ngay trước khi rời")
    officer.sees("rời trang thì phải chọn lại")
    officer.follow("Bỏ, xem nội dung đã lưu")
    officer.press("Bỏ nội dung này")
    expect(officer.page.locator("[name='narrative']")).to_have_value("")


def test_the_chosen_files_are_named(window: Callable[..., Person]):
    officer, _field = october(window)
    photo = {"name": "Ngõ 12.jpg", "mimeType": "image/jpeg", "buffer": b"\xff\xd8\xff\xe0"}
    officer.page.locator("input[type=file]").set_input_files([photo])
    expect(officer.page.locator(".evidence .file-face")).to_have_text("+ Chụp ảnh, chọn tệp Ngõ 12.jpg")

"""While a report is typed: the page reckons as the server does, and asks for the day when the target is reached."""

from collections.abc import Callable
from decimal import Decimal

from playwright.sync_api import Locator, expect

from pledges.core.numbers import NumberError, format_number, format_percent, parse_number
from pledges.progress.lines import Line
from pledges.progress.rules import IndicatorPlan
from pledges.tasks.rules import Direction
from tests.support.browser import PHONE, Person
from tests.support.files import png

TYPED = (
    "30", "0", "-46", "−46", "+5", "30,5", "30.5", "1234,5", "1.234,5", "1,234.5", "1 234,5", "12.345.678",
    "0,125", "0.0001", "1.234", "1,234", "abc", "5%", "1e5", "1,2,3", "--5", "",
)  # fmt: skip


def reckoned(field: Locator, text: str) -> tuple[str, str]:
    """What the server would show for the figure, and what it would ask."""
    said = {
        name: field.get_attribute(f"data-{name}") or ""
        for name in ("before", "baseline", "target", "measure", "usually")
    }
    plan = IndicatorPlan(
        "Chỉ tiêu", Decimal(said["baseline"]), Decimal(said["target"]), said["measure"],
        direction=Direction(field.get_attribute("data-direction") or ""),
        accumulates=field.get_attribute("data-accumulates") == "1",
    )  # fmt: skip
    try:
        before, usually = (Decimal(said[name]) if said[name] else None for name in ("before", "usually"))
        line = Line(1, plan, before, parse_number(text), usually=usually)
    except NumberError:
        return "", ""
    assert line.value is not None
    assert line.progress is not None
    name = "Lũy kế" if plan.accumulates else "Mức đạt"
    outcome = f"{name} {format_number(line.value)} {plan.measure}, đạt {format_percent(line.progress)}"
    return outcome, " ".join(line.questions)


def october(window: Callable[..., Person]) -> tuple[Person, Locator]:
    """The officer of Khu phố 1 before the report of the month that goes on, and its first figure."""
    officer = window(size=PHONE)
    officer.sign_in("officer")
    officer.go("/bao-cao?q=bê tông hóa ngõ")
    officer.press_in(officer.page.get_by_role("main").get_by_role("link", name="tháng 10/2024").first)
    return officer, officer.page.locator("input[data-target]").first


def test_it_reckons_as_the_server_does(window: Callable[..., Person]):
    officer, field = october(window)
    outcome, doubt = officer.page.locator(".figure-outcome").first, officer.page.locator(".doubt").first
    for text in TYPED:
        field.fill(text)
        said, asked = reckoned(field, text)
        assert outcome.text_content() == said, text
        expect(doubt).to_be_visible() if asked else expect(doubt).to_be_hidden()
        assert doubt.locator(".doubt-words").text_content() == asked, text


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


def test_a_fall_is_asked_about_at_once_and_the_yes_holds_for_that_figure_alone(
    window: Callable[..., Person],
):
    officer, field = october(window)
    tick = officer.page.get_by_role("main").get_by_label("Đúng như vậy").first
    expect(tick).to_be_hidden()
    field.fill("-5")
    tick.check()
    assert tick.get_attribute("value") == "-5"
    field.fill("-50")
    expect(tick).to_be_visible()
    expect(tick).not_to_be_checked()


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
    officer.follow("Bỏ, xem nội dung đã lưu")
    officer.press("Bỏ nội dung này")
    expect(officer.page.locator("[name='narrative']")).to_have_value("")


def test_a_months_report_with_a_photo_takes_at_most_twelve_taps(window: Callable[..., Person]):
    officer = window(size=PHONE)
    officer.sign_in("officer")
    taps: list[str] = []

    def tap(what: str, place: Locator, *, leads: bool = False) -> None:
        taps.append(what)
        officer.press_in(place) if leads else place.click()

    main = officer.page.get_by_role("main")
    tap("Báo cáo", main.get_by_role("link", name="Báo cáo : Báo cáo tháng 10/2024").first, leads=True)
    tap("số liệu", main.locator("input[data-target]").first)
    officer.page.keyboard.type("1")
    tap("đã làm được gì", main.locator("[name=narrative]"))
    officer.page.keyboard.type("Đổ xong ngõ 12.")
    with officer.page.expect_file_chooser() as chooser:
        tap("ảnh", main.locator("input[type=file]:visible").first)
    taps += ["bấm máy", "dùng ảnh này"]  # in the phone's camera
    photo = {"name": "Ngõ 12.png", "mimeType": "image/png", "buffer": png()}
    chooser.value.set_files([photo])
    expect(main.locator(".files li")).to_have_count(1)
    tap("xem lại", main.get_by_role("button", name="Xem lại trước khi gửi"), leads=True)
    officer.sees("Ngõ 12.png")
    tap("gửi", main.get_by_role("button", name="Gửi báo cáo"), leads=True)
    assert officer.h1 == "Đã gửi báo cáo tháng 10/2024"
    assert len(taps) == 8, taps

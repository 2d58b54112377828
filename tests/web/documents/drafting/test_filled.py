"""What fills itself says the figures of the board, for every kind and scope; nothing is reckoned twice."""

from datetime import date
from fractions import Fraction

import pytest

from pledges.core.numbers import format_percent, two_digits
from pledges.documents.drafting.composing import composed
from pledges.documents.drafting.filling import filled_of
from pledges.documents.drafting.rules import Prose
from pledges.documents.drafting.scopes import restricted, scope_for
from pledges.documents.rules import REPORTS, PaperKind
from pledges.documents.sheets.charts import BarChart, LineChart
from pledges.documents.sheets.paper import Paragraph, RowKind, Section, Table
from pledges.overview.reading import of_campaign as board_of
from pledges.progress.means import mean_of
from tests.support.histories import History

DAY = date(2024, 10, 15)


def filled(ward, kind=PaperKind.PROGRESS_REPORT, as_of=DAY, **whom: object):
    scope = scope_for(as_of, **whom)
    return filled_of(ward.session, ward.campaign, kind, scope, ward.actor("clerk"), ward.day), scope


def block(found, slot: str, key: str):
    pieces = {(one.key, piece.key): piece.block for one in found.slots for piece in one.pieces}
    return pieces.get((slot, key))


def share(ratio: Fraction | None) -> str:
    return "–" if ratio is None else format_percent(ratio)


@pytest.fixture
def tasks(ward):
    ward.task("KP1", "committed", title="Bê tông hóa ngõ tổ 3")
    ward.report(ward.task("KP1", "committed", title="Nhà văn hóa"), "2024-09", [450, 80])
    ward.report(ward.task("KP2", "committed", title="Trồng cây"), "2024-09", [75, 40])


@pytest.mark.parametrize("seed", range(3))
def test_the_sentences_say_the_board_s_figures_on_any_day(ward, seed):
    history = History(ward, seed)
    actor = ward.actor("clerk")
    for day in [*history.days(3), ward.day]:
        found, scope = filled(ward, as_of=day)
        board = restricted(board_of(ward.session, ward.campaign, actor, day), scope)
        said = block(found, "totals", "mean").text
        if board.mean.with_figures:
            assert f"đạt {share(board.mean.progress)}," in said
            assert f"là {share(board.mean.expected)} (" in said
        states = block(found, "totals", "states")
        assert (states is None) == (not board.counts)
        for state, count in board.counts:
            assert f"{two_digits(count)} {state.label.lower()}" in states.text
        table = block(found, "by_group", "table")
        total = [row for row in table.rows if row.kind is RowKind.TOTAL]
        assert [row.cells[1] for row in total] == ([str(board.mean.tasks)] if board.rows else [])


@pytest.mark.parametrize("kind", REPORTS)
def test_each_kind_has_its_title_and_sections(ward, tasks, kind):
    found, _scope = filled(ward, kind)
    begin = {
        PaperKind.PROGRESS_REPORT: "Kết quả thực hiện phong trào",
        PaperKind.INTERIM_REPORT: "Sơ kết phong trào",
        PaperKind.FINAL_REPORT: "Tổng kết phong trào",
    }[kind]
    assert found.title.abstract.startswith(begin)
    assert begin[:1].lower() + begin[1:6] in block(found, "opening", "opening").text
    assert ("lessons" in {slot.key for slot in found.slots}) == (kind is not PaperKind.PROGRESS_REPORT)


def test_lessons_are_printed_when_somebody_draws_them(ward, tasks):
    found, _scope = filled(ward, PaperKind.FINAL_REPORT)
    headings = [one.text for one in composed(found, {}).body if isinstance(one, Section)]
    assert "4. Bài học kinh nghiệm" not in headings
    drawn = composed(found, {("lessons", ""): Prose("Rõ người, rõ việc.")})
    assert "4. Bài học kinh nghiệm" in [one.text for one in drawn.body if isinstance(one, Section)]


def test_a_unit_s_report_has_its_tasks_alone(ward, tasks):
    unit = ward.unit("KP1")
    found, scope = filled(ward, unit=unit)
    board = restricted(board_of(ward.session, ward.campaign, ward.actor("clerk"), DAY), scope)
    assert {row.card.lead.id for row in board.rows} == {unit.id}
    table = block(found, "by_group", "table")
    assert [row.cells[1] for row in table.rows] == ["Bê tông hóa ngõ tổ 3", "Nhà văn hóa"]
    assert share(mean_of(row.standing for row in board.rows).progress) in block(found, "totals", "mean").text
    assert "có 02 phần việc được đăng ký" in block(found, "totals", "registered").text
    assert f"của {unit.name}" in found.title.abstract
    assert block(found, "by_group", "units") is None
    (annex,) = found.annexes
    (listed,) = (one for one in annex.body if isinstance(one, Table))
    assert sum(row.kind is RowKind.PLAIN for row in listed.rows) == 2


def test_a_block_s_report_goes_by_units(ward, tasks):
    block_of = ward.unit("KP1").block
    found, _scope = filled(ward, block=block_of)
    table = block(found, "by_group", "table")
    assert [row.cells[0] for row in table.rows] == ["Khu phố 1", "Khu phố 2", "Toàn khối"]
    chart = block(found, "by_group", "units")
    assert isinstance(chart, BarChart)
    assert [bar.label for bar in chart.bars] == ["Khu phố 1", "Khu phố 2", "Toàn khối"]
    assert "của các khu phố" in found.title.abstract


def test_a_period_s_report_says_how_far_it_came_within(ward, tasks):
    found, _scope = filled(ward, as_of=date(2024, 9, 30), period=ward.period("2024-09"))
    actor = ward.actor("clerk")
    eve = board_of(ward.session, ward.campaign, actor, date(2024, 8, 31)).mean.progress
    end = board_of(ward.session, ward.campaign, actor, date(2024, 9, 30)).mean.progress
    said = block(found, "totals", "period").text
    assert share(end) in said
    assert eve is None or share(eve) in said
    assert "tháng 9/2024" in found.title.abstract
    assert "Báo cáo tháng 9/2024" in block(found, "totals", "reports").text


def test_the_way_to_the_day_is_drawn_beside_the_plan(ward, tasks):
    found, _scope = filled(ward)
    chart = block(found, "by_group", "burn_up")
    assert isinstance(chart, LineChart)
    board = board_of(ward.session, ward.campaign, ward.actor("clerk"), DAY)
    reached, planned = chart.lines[0], chart.lines[1]
    assert reached.points[-1] == (DAY, board.mean.progress)
    at_day = dict(planned.points)[DAY]
    assert abs(Fraction(at_day) - board.mean.expected) < Fraction(1, 1000)
    assert chart.ends == ward.campaign.ends_on


def test_keys_stay_the_same_on_another_day(ward, tasks):
    found, _scope = filled(ward)
    later, _scope = filled(ward, as_of=date(2024, 10, 1))
    own = {"opening", "registered", "mean", "states", "intro", "table", "units", "burn_up", "launch"}
    for one in (found, later):
        keys = {piece.key for slot in one.slots for piece in slot.pieces}
        assert own <= keys
    assert any(key.startswith("notable:") for slot in found.slots for key in [p.key for p in slot.pieces])


@pytest.mark.parametrize("named", [(), ("KP1",)])
def test_a_campaign_without_a_figure_says_so_and_counts_nothing_of_nothing(ward, named):
    for code in named:
        ward.task(code)
    for kind in REPORTS:
        found, _scope = filled(ward, kind, period=ward.period("2024-09"))
        body = [one.text for one in composed(found, {}).body if isinstance(one, Paragraph)]
        assert [text for text in body if text.startswith("Không có.")]
        assert [text for text in body if text.startswith("Tiến độ chung chưa có số liệu báo cáo (")]
        assert not [text for text in body if "–" in text or "00/00" in text]


def test_the_same_number_of_queries_whatever_the_number_of_tasks(ward, tasks, sign_in, count_queries):
    clerk = sign_in("clerk")
    url = clerk.send("/van-ban/soan/bao-cao-so-ket").location
    clerk.get(url)
    with count_queries() as before:
        clerk.get(url)
    for number in range(6):
        ward.report(
            ward.task("KP2", "committed", title=f"Việc {number}"),
            "2024-09",
            [75, 40],
            obstacle="Thiếu xi măng",
        )
    clerk.get(url)
    with count_queries() as after:
        clerk.get(url)
    assert len(after) <= len(before)

"""The slides of the meeting room: everything on the board stands on one of them."""

from collections import Counter
from datetime import date

from pledges.overview.screen import MOST_NEEDS, MOST_OBSTACLES, MOST_TASKS, slides_of
from tests.rules.overview import campaign_board

NOW = campaign_board.board(date(2024, 10, 15))
SLIDES = slides_of(NOW)


def shown(kind: str) -> list:
    return [item for slide in SLIDES if slide.kind == kind for item in slide.items]


def test_the_order_of_a_meeting():
    kinds = list(dict.fromkeys(slide.kind for slide in SLIDES))
    assert kinds == ["figures", "states", "needs", "obstacles", "course", "blocks", "tasks"]


def test_every_task_need_and_obstacle_stands_on_one_slide():
    assert [row.card.number for row in shown("tasks")] == list(range(1, 25))
    assert shown("needs") == list(NOW.needs)
    assert [one for _row, one in shown("obstacles")] == list(NOW.obstacles)
    assert shown("blocks") == list(NOW.blocks)


def test_no_slide_holds_more_than_fits():
    most = {"needs": MOST_NEEDS, "obstacles": MOST_OBSTACLES, "tasks": MOST_TASKS}
    assert all(len(slide.items) <= most.get(slide.kind, 9) for slide in SLIDES)


def test_parts_of_a_list_are_numbered_on():
    needs = [slide for slide in SLIDES if slide.kind == "needs"]
    assert [slide.title for slide in needs] == [f"Cần quan tâm trước ({place}/6)" for place in range(1, 7)]
    assert [slide.first for slide in needs] == [1, 3, 5, 7, 9, 11]


def test_no_two_slides_have_the_same_heading():
    assert max(Counter(slide.title for slide in SLIDES).values()) == 1


def test_a_board_without_tasks_is_one_slide():
    assert [slide.kind for slide in slides_of(NOW.part([]))] == ["nothing"]

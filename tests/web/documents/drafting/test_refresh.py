"""Cập nhật số liệu, bỏ dự thảo: shown first, then done; what was written stays."""

from datetime import date

import pytest
from sqlalchemy import select

from pledges.audit.models import LogEntry
from pledges.documents.drafting.composing import filled_in, prose_of
from pledges.documents.drafting.operations import DocumentEntry, begin, refresh
from pledges.documents.drafting.scopes import scope_for
from pledges.documents.issuing.lists import listed_in
from pledges.documents.lines import kept
from pledges.documents.models import ProsePiece
from pledges.documents.rules import DocumentStatus, PaperKind
from pledges.documents.sheets.paper import Paragraph


def sentence(document, slot: str, key: str) -> str:
    """A sentence that filled itself."""
    pieces = {(one.key, piece.key): piece for one in filled_in(document).slots for piece in one.pieces}
    block = pieces[slot, key].block
    assert isinstance(block, Paragraph)
    return block.text


def address(draft: str) -> str:
    return draft.replace("/soan", "/cap-nhat-so-lieu")


@pytest.fixture
def moved(ward, clerk, draft, reported, freeze):
    """More was accepted since the draft was begun, and something was written behind a sentence that is to go."""
    obstacle = next(
        name for name in clerk.get(draft).form(draft).fields if name.startswith("viet.causes.causes:")
    )
    clerk.send(draft, {"viet.totals.mean": "Tăng nhanh.", obstacle: "Đã báo cáo thành phố."})
    freeze(date(2024, 10, 28))
    ward.report(reported, "2024-10", [375, 80])
    return draft


def test_the_page_says_what_changes_before_it_does(clerk, moved, newest):
    before = sentence(newest(), "totals", "mean")
    page = clerk.get(address(moved), **{"den-ngay": "28/10/2024"})
    assert "chỗ sẽ thay đổi" in page.text
    assert "Kết quả" in page.text
    assert page.all("del")
    assert page.all("ins")
    assert sentence(newest(), "totals", "mean") == before, "nothing is done by looking"


def test_a_refresh_keeps_what_was_written_and_moves_the_day(clerk, moved, newest):
    was, said = sentence(newest(), "totals", "mean"), prose_of(newest())
    page = clerk.get(address(moved), **{"den-ngay": "28/10/2024"})
    form = next(one for one in page.forms if one.method == "post" and one.action.endswith("cap-nhat-so-lieu"))
    answer = clerk.send_form(form, follow=True)
    assert "nội dung đồng chí viết giữ nguyên" in answer.said
    assert newest().as_of == date(2024, 10, 28)
    assert sentence(newest(), "totals", "mean") != was
    assert prose_of(newest()) == said
    assert "Tính đến ngày 28/10/2024" in sentence(newest(), "totals", "registered")


def test_the_editor_says_that_figures_are_others_by_now(ward, clerk, draft, reported, newest):
    assert "nay đã khác" not in clerk.get(draft).text
    ward.task("KP2", "committed", title="Trồng cây tổ 9")
    assert "chỗ nay đã khác" in clerk.get(draft).text


def test_figures_of_a_past_day_stay_though_more_comes_later(clerk, moved):
    page = clerk.get(moved)
    assert "nay đã khác" not in page.text
    assert "Chuyển số liệu đến hôm nay" in page.text


def test_nothing_to_refresh_is_said(clerk, draft):
    assert "Số liệu không có gì khác" in clerk.get(address(draft)).text


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("31/2/2024", "không có ngày 31"),
        ("1/1/2030", "chưa đến"),
        ("15/10/1990", "trước ngày bắt đầu phong trào"),
    ],
)
def test_a_day_that_is_none_is_said(clerk, draft, day, said):
    assert said in clerk.get(address(draft), **{"den-ngay": day}).text


def test_a_refresh_meets_an_edit_on_the_conflict_page(clerk, moved, newest):
    mine = clerk.get(moved).form(moved)
    page = clerk.get(address(moved), **{"den-ngay": "28/10/2024"})
    refresh = next(
        one for one in page.forms if one.action.endswith("cap-nhat-so-lieu") and one.method == "post"
    )
    clerk.send_form(refresh)
    again = clerk.send_form(mine, {"viet.totals.": "Viết trong lúc đó."}, status=409)
    clerk.send_form(again.form(moved))
    assert prose_of(newest())["totals", ""].text == "Viết trong lúc đó."
    assert newest().as_of == date(2024, 10, 28)


def test_the_day_that_was_looked_at_stays_asked_for_though_somebody_wrote_meanwhile(clerk, moved, newest):
    def refresh(page):
        return next(
            one for one in page.forms if one.action.endswith("cap-nhat-so-lieu") and one.method == "post"
        )

    looked_at = refresh(clerk.get(address(moved), **{"den-ngay": "28/10/2024"}))
    clerk.send(moved, {"viet.totals.": "Viết trong lúc đó."})
    again = clerk.send_form(looked_at, status=200)
    assert "vừa được người khác sửa" in again.text
    clerk.send_form(refresh(again))
    assert newest().as_of == date(2024, 10, 28)
    assert prose_of(newest())["totals", ""].text == "Viết trong lúc đó."


@pytest.mark.parametrize("typed", [True, False])
def test_addressees_follow_until_somebody_changes_them(ward, reported, typed):
    clerk, session = ward.actor("clerk"), ward.session
    late = ward.task("KP2", "committed", title="Trồng cây tổ 9")
    scope = scope_for(ward.day)
    entry = DocumentEntry(campaign=ward.campaign, kind=PaperKind.URGING_LETTER, scope=scope)
    made = begin(session, entry, by=clerk, at=ward.now)
    first = listed_in(made.addressees)
    assert "Khu phố 2" in first
    if typed:
        made.addressees = kept(("Khu phố 2, Khu phố 1",))
    for period in ward.periods:
        if period.due_on <= ward.day:
            ward.report(late, period, [450, 80])
    refresh(session, made, scope, by=clerk, at=ward.now)
    said = listed_in(made.addressees)
    assert said == ("Khu phố 2, Khu phố 1",) if typed else said == filled_in(made).addressees != first


def test_a_draft_is_given_up_with_its_prose_and_the_log_keeps_it(ward, clerk, draft, newest):
    clerk.send(draft, {"viet.totals.": "Đoạn sẽ mất"})
    number = newest().id
    page = clerk.get(draft.replace("/soan", "/bo-du-thao"))
    assert "Đoạn sẽ mất" in page.text
    clerk.send(draft.replace("/soan", "/bo-du-thao"))
    assert newest() is None
    assert not list(ward.session.scalars(select(ProsePiece)))
    logged = select(LogEntry).where(LogEntry.subject_kind == "document", LogEntry.subject_id == number)
    entries = list(ward.session.scalars(logged.order_by(LogEntry.number)))
    assert [one.action for one in entries] == ["document.drafted", "document.edited", "document.discarded"]
    assert "Đoạn sẽ mất" in entries[-1].before
    clerk.get(draft, status=404)


@pytest.mark.parametrize("page", ["cap-nhat-so-lieu", "bo-du-thao"])
def test_a_submitted_one_is_neither_refreshed_nor_given_up(ward, clerk, draft, newest, page):
    url = draft.replace("soan", page)
    form = next(
        one
        for one in clerk.get(draft.replace("soan", "bo-du-thao")).forms
        if "bo-du-thao" in one.action or not one.action
    )
    found = newest()
    found.status = DocumentStatus.SUBMITTED
    ward.session.commit()
    assert "Đang trình ký".lower() in clerk.get(url).text.lower()
    fields = {name: values[0] for name, values in form.fields.items()} | {"version": str(newest().version)}
    answer = clerk.post(url, fields | {"as_of": "15/10/2024"}, status=200)
    assert newest() is not None
    assert newest().status is DocumentStatus.SUBMITTED
    assert answer.h1 in {"Cập nhật số liệu", "Bỏ dự thảo"}

"""The page of a unit's reports, written by two at once or left halfway: nothing typed is lost."""

from sqlalchemy import select

from pledges.progress.models import Report
from pledges.tasks import operations as tasks
from tests.support.critic import SignIn
from tests.support.files import png, upload
from tests.support.ward import Ward
from tests.web.progress.sheets import CHECK, KEEP
from tests.web.progress.test_report_unsent import autosave
from tests.web.progress.unit_sheets import drafts, field, sent, two, url, word


def test_what_a_colleague_changed_after_the_check_is_left(ward: Ward, sign_in: SignIn):
    trees, waste = two(ward)
    mine, mate = sign_in("officer_kp1"), sign_in("mate_kp1")
    page = mine.send(url(ward), {field(trees): "30", field(waste): "55"}, button=CHECK, follow=True)
    mate.send(url(ward), {field(trees): "31"}, button=KEEP)
    page = mine.send_form(page.form(), follow=True)
    assert "Nội dung vừa được đồng chí khác sửa" in page.text
    assert sent(ward) == 1


def test_wrong_input_stands_beside_its_field_with_everything_else(ward: Ward, sign_in: SignIn):
    trees, waste = two(ward)
    officer = sign_in("officer_kp1")
    typed = {field(trees): "ba mươi", field(waste): "55", word(waste): "Đã điều tra."}
    page = officer.send(url(ward), typed, button=KEEP, status=200)
    assert "Chỉ nhập số" in page.errors[0]
    assert {name: page.form().fields[name] for name in typed} == {
        name: [text] for name, text in typed.items()
    }
    assert drafts(ward) == {}
    again = sign_in("officer_kp1").get(url(ward))
    assert again.form().fields[field(trees)] == ["ba mươi"]


def test_both_peoples_changes_are_kept_where_they_differ(ward: Ward, sign_in: SignIn):
    trees, _waste = two(ward)
    mine, mate = sign_in("officer_kp1"), sign_in("mate_kp1")
    mine.send(url(ward), {field(trees): "30", word(trees): "Ban đầu."}, button=KEEP)
    form = mine.get(url(ward)).form()
    mate.send(url(ward), {word(trees): "Lời của Bình.", word(trees, "next_step"): "Mua giống."}, button=KEEP)
    page = mine.send_form(form, {field(trees): "32", word(trees): "Lời của Lan."}, button=KEEP, status=200)
    assert "Phần việc 1: đồng chí khác vừa sửa báo cáo này." in page.errors[0]
    assert "Đồng chí khác vừa ghi Đã làm được gì Lời của Bình." in page.text
    fields = page.form().fields
    assert (fields[word(trees)], fields[word(trees, "next_step")]) == (["Lời của Lan."], ["Mua giống."])
    mine.send_form(page.form(), button=KEEP)
    assert drafts(ward)["Trồng cây"] == ("Lời của Lan.", ["32"])
    one = ward.session.scalars(select(Report)).one().last_round
    assert one is not None
    assert one.next_step == "Mua giống."


def test_a_draft_that_a_colleague_began_meanwhile_is_not_overwritten(ward: Ward, sign_in: SignIn):
    trees, _waste = two(ward)
    mine, mate = sign_in("officer_kp1"), sign_in("mate_kp1")
    form = mine.get(url(ward)).form()
    mate.send(url(ward), {field(trees): "31"}, button=KEEP)
    page = mine.send_form(form, {field(trees): "30"}, button=KEEP, status=200)
    assert "Đồng chí khác vừa ghi Cây xanh: thêm trong tháng 10 31" in page.text
    mine.send_form(page.form(), button=KEEP)
    assert drafts(ward)["Trồng cây"] == ("", ["30"])


def test_what_was_typed_for_a_report_that_went_meanwhile_is_shown_to_be_copied(ward: Ward, sign_in: SignIn):
    trees, waste = two(ward)
    mine, mate = sign_in("officer_kp1"), sign_in("mate_kp1")
    form = mine.get(url(ward)).form()
    mate.send(url(ward), {field(trees): "31"}, button=KEEP)
    mate.send(url(ward) + "/gui")
    typed = {word(trees): "Lời của Lan.", field(waste): "55"}
    page = mine.send_form(form, typed, button=KEEP, status=200)
    assert "Phần việc 1: Báo cáo đã gửi, chờ lãnh đạo duyệt." in page.errors[0]
    assert "Đồng chí vừa nhập cho phần việc 1" in page.text
    assert "Lời của Lan." in page.text
    mine.send_form(page.form(), button=KEEP)
    assert drafts(ward)["Phân loại rác"] == ("", ["55"])


def test_a_task_that_was_cancelled_meanwhile_costs_no_word(ward: Ward, sign_in: SignIn):
    trees, _waste = two(ward)
    officer = sign_in("officer_kp1")
    form = officer.get(url(ward)).form()
    tasks.cancel(ward.session, trees, "Trùng.", by=ward.actor("leader"), at=ward.now)
    ward.session.commit()
    page = officer.send_form(form, {word(trees): "Lời của Lan."}, button=KEEP, status=200)
    assert "Lời của Lan." in page.text


def test_typing_is_kept_on_every_machine_ticks_included(ward: Ward, sign_in: SignIn):
    trees, waste = two(ward)
    first = sign_in("officer_kp1")
    typed = {
        field(trees): "130",
        field(trees, "affirmed"): "130",
        word(waste, "blanks_meant"): "y",
        word(waste, "obstacle"): "Thiếu thùng",
    }
    autosave(first, first.get(url(ward)).form(), **typed)
    fields = sign_in("officer_kp1").get(url(ward)).form().fields
    assert {name: fields.get(name) for name in typed} == {name: [text] for name, text in typed.items()}
    assert word(trees, "blanks_meant") not in fields


def test_files_come_with_any_button_whatever_else_is_wrong(ward: Ward, sign_in: SignIn):
    trees, _waste = two(ward)
    officer = sign_in("officer_kp1")
    typed = {field(trees): "x", word(trees, "evidence"): upload(png(), "ảnh.png")}
    page = officer.send(url(ward), typed, button=KEEP, status=200)
    assert "Chỉ nhập số" in page.errors[0]
    assert "ảnh.png" in page.text
    officer.send_form(page.form(), {field(trees): "30"}, button=KEEP)
    ward.settle()
    one = ward.session.scalars(select(Report)).one().last_round
    assert one is not None
    assert ([file.name for file in one.evidence], [str(figure.value) for figure in one.figures]) == (
        ["ảnh.png"],
        ["30"],
    )

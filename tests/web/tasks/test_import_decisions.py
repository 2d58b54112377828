"""The preview of an uploaded list: what must be decided, what is told, and that answers are never lost."""

from decimal import Decimal

from openpyxl import Workbook
from sqlalchemy import select

from pledges.core.legacy import Encoding
from pledges.tasks.models import Task
from tests.support.critic import SignIn
from tests.support.files import upload
from tests.support.old_fonts import encode
from tests.support.page import words
from tests.support.queries import CountQueries
from tests.support.task_sheets import (
    HEADINGS,
    LINES,
    answer,
    changed,
    saved,
    told_faults,
    upload_list,
    write_list,
    xlsx,
)
from tests.support.ward import Ward


def test_one_answer_serves_all_rows_with_the_same_text(ward: Ward, sign_in: SignIn):
    lines = [line | {"Đơn vị chủ trì": "Khu phô 1", "Phải đạt": "1.234"} for line in LINES]
    officer = sign_in("officer_kp1")
    preview = upload_list(officer, xlsx(lines))
    asked = [words(box) for box in preview.of_class("choices")]
    assert len(asked) == 2 or all("Dòng 2, 3" in one for one in asked)
    preview = answer(officer, preview, "Khu phố 1", of="Đơn vị chủ trì") if len(asked) == 2 else preview
    preview = answer(officer, preview, "1.234", of="Phải đạt")
    assert "2 phần việc: 2 mới" in preview.text
    assert "Cây trồng mới: 1.234 cây" in preview.text


def test_an_answer_can_be_changed_later(ward: Ward, sign_in: SignIn):
    officer = sign_in("officer_kp1")
    preview = upload_list(officer, xlsx(changed(LINES, 1, target="1.234")))
    preview = answer(officer, preview, "1.234", of="Phải đạt")
    assert "Cây trồng mới: 1.234 cây" in preview.text
    preview = answer(officer, preview, "1,234", of="Phải đạt")
    assert "Cây trồng mới: 1,234 cây" in preview.text


def test_answers_stay_with_the_mended_file(ward: Ward, sign_in: SignIn):
    officer = sign_in("officer_kp1")
    wrong = changed(changed(LINES, 1, target="1.234"), 2, title="")
    preview = answer(officer, upload_list(officer, xlsx(wrong)), "1.234")
    assert told_faults(preview) == {"3": ["Tên phần việc (trống) Nhập tên phần việc."]}
    page = officer.get(preview.link("Tải lên tệp đã sửa"))
    mended = changed(LINES, 1, target="1.234")
    again = officer.send(page.url, {"file": upload(xlsx(mended), "đã sửa.xlsx")}, follow=True)
    assert again.url == preview.url
    assert "2 phần việc: 2 mới" in again.text
    assert "đã sửa.xlsx" in again.text
    officer.send_form(page.form(), {"file": upload(b"", "rỗng.xlsx")}, status=200)


def test_two_browsers_never_overwrite_each_others_answers(ward: Ward, sign_in: SignIn):
    first, second = sign_in("officer_kp1"), sign_in("officer_kp1")
    preview = upload_list(first, xlsx(changed(LINES, 1, target="1.234")))
    late = second.get(preview.url).form()
    answer(first, preview, "1.234")
    (name,) = [name for name in late.offered if name.startswith("hoi-")]
    page = second.send_form(late, {name: "1,2340"}, status=409)
    assert page.h1 == "Nội dung vừa được người khác sửa"
    assert "Lấy của người kia: 1.234" in page.text
    taken = second.send_form(page.form(), {f"choose-{name}": "theirs"}, follow=True)
    assert "Cây trồng mới: 1.234 cây" in taken.text


def test_the_sheet_is_asked_for_when_several_hold_a_list(ward: Ward, sign_in: SignIn):
    book = Workbook()
    for title, line in (("Đợt 1", LINES[0]), ("Đợt 2", LINES[1])):
        page = book.create_sheet(title)
        page.append(HEADINGS)
        page.append([line.get(heading) for heading in HEADINGS])
    book.create_sheet("Ghi chú").append(["Danh sách này lập ngày 1/4"])
    officer = sign_in("officer_kp1")
    preview = upload_list(officer, saved(book))
    assert preview.form().offered["sheet"] == {"Đợt 1", "Đợt 2"}
    assert "phần việc:" not in preview.text
    preview = officer.send(preview.url, {"sheet": "Đợt 2"}, follow=True)
    assert "1 phần việc: 1 mới" in preview.text
    assert "Lắp đèn chiếu sáng ngõ" in preview.text
    preview = officer.send(preview.url, {"sheet": "Đợt 1"}, follow=True)
    assert "Trồng cây xanh đường chính" in preview.text


def test_text_that_only_looks_old_can_be_left_as_it_is(ward: Ward, sign_in: SignIn):
    odd = xlsx(
        changed(LINES, 1, title="Trång c©y xanh"), font=lambda text: ".VnTime" if "©" in text else "Arial"
    )
    officer = sign_in("officer_kp1")
    preview = upload_list(officer, odd)
    assert ["D2", "Trång c©y xanh", "Trồng cây xanh", "TCVN3 (ABC)"] in preview.table()
    preview = officer.send(preview.url, {"converted": "khong"}, follow=True)
    assert "Trång c©y xanh" in preview.text
    preview = officer.send(preview.url, {"converted": "co"}, follow=True)
    assert "Trồng cây xanh" in preview.text
    assert "Trång" not in preview.text.split("Xem hoặc đổi")[0]


def test_what_is_left_out_is_told(ward: Ward, sign_in: SignIn):
    lines = [*LINES, {"Tên phần việc": "Tổng cộng", "Phải đạt": Decimal(145)}]
    data = xlsx([line | {"Ghi chú riêng": "x"} for line in lines], headings=(*HEADINGS, "Ghi chú riêng"))
    preview = upload_list(sign_in("officer_kp1"), data)
    assert "Cột không dùng đến: “Ghi chú riêng”." in preview.text
    assert "Dòng 4: “Tổng cộng” là dòng tổng cộng: bỏ qua." in preview.text


def test_what_leaders_will_want_is_told_but_no_fault(ward: Ward, sign_in: SignIn):
    preview = upload_list(sign_in("officer_kp1"), xlsx(changed(LINES, 1, product="", start_on="1/1/2024")))
    assert told_faults(preview) == {}
    assert "1 phần việc còn thiếu nội dung để gửi duyệt" in preview.text
    assert "Trước khi gửi duyệt: Chưa có sản phẩm" in preview.text
    assert "Trước khi gửi duyệt: Trước ngày bắt đầu phong trào (29/3/2024)." in preview.text


def test_close_titles_are_pointed_out_without_telling_strangers_affairs(ward: Ward, sign_in: SignIn):
    ward.task("KP2", "draft", title="Trồng cây xanh đường chính số 2")
    ward.task("KP1", "draft", title="Lắp đèn chiếu sáng các ngõ")
    preview = upload_list(sign_in("officer_kp1"), xlsx(LINES))
    assert "Gần giống: một phần việc của đơn vị khác" in preview.text
    assert "Trồng cây xanh đường chính số 2" not in preview.text
    assert "Gần giống: Lắp đèn chiếu sáng các ngõ (Khu 1)" in preview.text


def test_the_number_of_queries_does_not_grow_with_the_list(
    ward: Ward, sign_in: SignIn, count_queries: CountQueries
):
    officer = sign_in("officer_kp1")
    short = upload_list(officer, xlsx(LINES)).url
    many = [LINES[0] | {"Tên phần việc": f"Trồng cây số {number} phố {number}"} for number in range(40)]
    long = upload_list(officer, xlsx(many)).url
    ward.task("KP1", "draft")
    with count_queries() as few:
        officer.get(short)
    for number in range(12):
        ward.task("KP1", "draft", title=f"Phần việc thứ {number}")
    with count_queries() as more:
        officer.get(long)
    assert len(more) == len(few)


def test_cells_of_each_old_encoding_are_shown(ward: Ward, sign_in: SignIn):
    def font(text: str) -> str:
        return "VNI-Times" if "đèn" in text else ".VnTime"

    def spell(text: str) -> str:
        return encode(text, Encoding.VNI if "đèn" in text else Encoding.TCVN3)

    lines = [
        LINES[0] | {"Tên phần việc": f"Trồng cây xanh dọc đường chính, đoạn {word}"} for word in "abcdefgh"
    ]
    preview = upload_list(sign_in("officer_kp1"), xlsx([*lines, LINES[1]], spell=spell, font=font))
    assert {row[3] for row in preview.table()[1:]} == {"TCVN3 (ABC)", "VNI"}


def test_what_is_wrong_stands_before_what_is_asked(ward: Ward, sign_in: SignIn):
    lines = changed(changed(LINES, 1, target="1.234"), 2, title="")
    preview = upload_list(sign_in("officer_kp1"), xlsx(lines))
    assert preview.text.index("1 phần việc có lỗi") < preview.text.index("“1.234” là số nào?")
    assert preview.link("Tải lên tệp đã sửa") == f"{preview.url}/tep-da-sua"


def test_rows_of_other_units_are_asked_about_in_one_sentence(ward: Ward, sign_in: SignIn):
    lines = [LINES[0]] + [
        LINES[1] | {"Đơn vị chủ trì": unit, "Tên phần việc": f"Việc của {unit}", "Phải đạt": target}
        for unit, target in (("KP2", "1.234"), ("Khu phố 3", "5"), ("Khu 3", "6"))
    ]
    officer = sign_in("officer_kp1")
    preview = upload_list(officer, xlsx(lines))
    assert told_faults(preview) == {}
    (asked,) = [words(box) for box in preview.of_class("choices")]
    assert "Dòng 3, 4, 5 · Đơn vị chủ trì: 3 dòng của đơn vị khác (Khu 2, Khu 3)" in asked
    assert "đồng chí không được đăng ký thay. Bỏ qua các dòng này?" in asked
    left = answer(officer, preview, "Bỏ qua 3 dòng này")
    assert "4 phần việc: 1 mới, 3 bỏ qua" in left.text
    assert "Việc của Khu phố 3" in left.text, "what is left out is told"
    kept = answer(officer, left, "Không bỏ")
    assert list(told_faults(kept)) == ["3", "4", "5"]
    assert "Đồng chí không được đăng ký, sửa phần việc của Khu phố 2." in kept.text
    left = answer(officer, kept, "Bỏ qua 3 dòng này")
    write_list(officer, left)
    ward.settle()
    assert [task.lead_unit.code for task in ward.session.scalars(select(Task))] == ["KP1"]

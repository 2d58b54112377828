"""The list as a spreadsheet: what the actor may see, in columns that are read back as the tasks themselves."""

import io
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import unquote

import pytest
from openpyxl import load_workbook

from pledges.core.workbooks.reading import read
from tests.support.critic import SignIn
from tests.support.queries import CountQueries
from tests.support.task_sheets import (
    COLUMN,
    HEADINGS,
    LINES,
    settle_the_campaign,
    told_faults,
    upload_list,
    whole_list,
    write_list,
    xlsx,
)
from tests.support.ward import INDICATORS, Ward

EXPORT, TEMPLATE = "/phan-viec/danh-muc.xlsx", "/phan-viec/mau.xlsx"


def sheet(data: bytes, name: str = "Danh mục") -> list[dict[str, Any]]:
    """The rows of a sheet by their headings, as openpyxl reads them."""
    page = load_workbook(io.BytesIO(data))[name]
    headings, *rows = page.iter_rows(values_only=True)
    found = [dict(zip(headings, row, strict=True)) for row in rows]
    return [row for row in found if any(value is not None for value in row.values())]


def titles(data: bytes) -> list[str]:
    return [row["Tên phần việc"] for row in sheet(data) if row["Tên phần việc"]]


def test_each_indicator_has_a_row_and_each_task_its_code_and_status(ward: Ward, sign_in: SignIn):
    task = ward.task("KP1", "submitted", cooperating=["KP2", "MTTQ"], state_funding=Decimal("12.5"))
    answer = sign_in("officer_kp1").get(EXPORT)
    assert unquote(answer.headers["Content-Disposition"]).endswith("Danh mục phần việc HK-2024.xlsx")
    assert 'filename="danh-muc-phan-viec-hk-2024.xlsx"' in answer.headers["Content-Disposition"]
    first, second = sheet(answer.bytes)
    assert list(first) == [*HEADINGS, "Tình trạng"]
    assert first["Mã phần việc"] == task.id
    assert first["Đơn vị chủ trì"] == "Khu phố 1"
    assert first["Đơn vị phối hợp"] == "Ủy ban Mặt trận Tổ quốc phường; Khu phố 2"
    assert (first["Ngày bắt đầu"].date(), first["Ngân sách (triệu đồng)"]) == (date(2024, 4, 15), 12.5)
    assert (first["Nội dung chỉ tiêu"], second["Nội dung chỉ tiêu"]) == tuple(one.label for one in INDICATORS)
    assert (first["Chiều"], first["Mỗi kỳ ghi"], second["Mỗi kỳ ghi"]) == ("tăng", "số thêm", "mức đạt")
    assert (first["Tình trạng"], second["Tình trạng"]) == ("Chờ duyệt", None)
    assert second["Tên phần việc"] is second["Mã phần việc"] is None


def test_only_what_the_actor_may_see_is_in_it(ward: Ward, sign_in: SignIn):
    ward.task("KP1", "draft", title="Của khu phố 1")
    ward.task("KP2", "approved", title="Của khu phố 2")
    ward.task("KP2", "draft", title="Cùng làm", cooperating=["KP1"])
    assert titles(sign_in("officer_kp1").get(EXPORT).bytes) == ["Của khu phố 1", "Cùng làm"]
    assert titles(sign_in("officer_kp2").get(EXPORT).bytes) == ["Của khu phố 2", "Cùng làm"]
    assert titles(sign_in("leader").get(EXPORT).bytes) == ["Của khu phố 2", "Của khu phố 1", "Cùng làm"]
    for name in ("admin", "ended"):
        sign_in(name).get(EXPORT, status=403)
    sign_in("outsider").get(EXPORT, status=404)
    assert sign_in("nobody").get(EXPORT, status=302).location.startswith("/dang-nhap")


def test_a_campaign_out_of_reach_is_not_there(ward: Ward, sign_in: SignIn):
    for url in (EXPORT, TEMPLATE):
        sign_in("officer_kp1").get(url, status=404, **{"phong-trao": 999})


def test_the_filters_of_the_list_hold(ward: Ward, sign_in: SignIn):
    ward.task("KP1", "draft", title="Lắp đèn")
    ward.task("KP1", "approved", title="Trồng cây xanh")
    ward.task("KP2", "approved", title="Trồng hoa")
    clerk = sign_in("clerk")
    assert titles(clerk.get(EXPORT, q="trong").bytes) == ["Trồng cây xanh", "Trồng hoa"]
    assert titles(clerk.get(EXPORT, **{"tinh-trang": "draft"}).bytes) == ["Lắp đèn"]
    assert titles(clerk.get(EXPORT, **{"don-vi": ward.unit("KP2").id}).bytes) == ["Trồng hoa"]
    assert titles(clerk.get(EXPORT, xep="ten").bytes) == ["Lắp đèn", "Trồng cây xanh", "Trồng hoa"]


@pytest.mark.parametrize(
    "text", ['=HYPERLINK("http://x","y")', "+84", "-1+1", "@SUM(A1)", "=1+1|calc", "\t=1"]
)
def test_text_that_looks_like_a_formula_stays_text(ward: Ward, sign_in: SignIn, text: str):
    ward.task("KP1", "draft", title=text.strip() + " x", product=text.strip())
    officer = sign_in("officer_kp1")
    data = officer.get(EXPORT).bytes
    page = load_workbook(io.BytesIO(data))["Danh mục"]
    cells = [cell for row in page.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert "1 không đổi" in upload_list(officer, data).text


def test_the_queries_of_an_export_do_not_grow(ward: Ward, sign_in: SignIn, count_queries: CountQueries):
    clerk = sign_in("clerk")
    ward.task("KP1")
    with count_queries() as few:
        clerk.get(EXPORT)
    for number in range(15):
        ward.task("KP2", "draft", title=f"Phần việc {number}")
    with count_queries() as many:
        clerk.get(EXPORT)
    assert len(many) == len(few)


STATUSES = ("draft", "submitted", "returned", "approved", "committed", "cancelled")


def test_the_whole_list_exported_and_imported_again_changes_nothing(ward: Ward, sign_in: SignIn):
    settle_the_campaign(ward)
    clerk = sign_in("clerk")
    preview = upload_list(clerk, xlsx(whole_list()))
    fields = {name: max(offered) for name, offered in preview.form().offered.items()}
    write_list(clerk, clerk.send(preview.url, fields, follow=True))
    for number, status in enumerate(STATUSES):
        ward.task(("KP1", "KP2")[number % 2], status, title=f"Phần việc {status}")
    ward.task("KP3", "draft", product="", indicators=())
    again = upload_list(clerk, clerk.get(EXPORT).bytes)
    assert told_faults(again) == {}
    assert "31 phần việc: 31 không đổi" in again.text
    assert "Cột không dùng đến" not in again.text


def test_an_officer_sends_the_tasks_of_others_back_unchanged(ward: Ward, sign_in: SignIn):
    ward.task("KP2", "draft", title="Cùng làm", cooperating=["KP1"])
    officer = sign_in("officer_kp1")
    data = officer.get(EXPORT).bytes
    assert "1 phần việc: 1 không đổi" in upload_list(officer, data).text
    book = load_workbook(io.BytesIO(data))
    book["Danh mục"].cell(2, HEADINGS.index("Sản phẩm") + 1).value = "Sản phẩm khác"
    out = io.BytesIO()
    book.save(out)
    (fault,) = told_faults(upload_list(officer, out.getvalue()))["2"]
    assert "Đồng chí không được đăng ký, sửa phần việc của Khu phố 2." in fault


def test_columns_that_are_gone_leave_what_was_there(ward: Ward, sign_in: SignIn):
    ward.task("KP1", "draft", cooperating=["KP2"], state_funding=Decimal(7))
    officer = sign_in("officer_kp1")
    kept = {COLUMN["title"], COLUMN["code"], COLUMN["product"]}
    lines = [row for row in sheet(officer.get(EXPORT).bytes) if row["Mã phần việc"]]
    lines = [{name: row[name] for name in kept} | {COLUMN["product"]: "Sản phẩm mới"} for row in lines]
    preview = upload_list(officer, xlsx(lines, headings=sorted(kept)))
    assert told_faults(preview) == {}
    assert "1 phần việc: 1 sẽ sửa" in preview.text
    changes = preview.of_class("import-change")
    assert len(changes) == 1


def test_the_template_is_filled_and_imported(ward: Ward, sign_in: SignIn):
    officer = sign_in("officer_kp1")
    answer = officer.get(TEMPLATE)
    assert unquote(answer.headers["Content-Disposition"]).endswith("Mẫu danh mục phần việc HK-2024.xlsx")
    book = load_workbook(io.BytesIO(answer.bytes))
    seen = [name for name in book.sheetnames if book[name].sheet_state == "visible"]
    assert seen == ["Danh mục", "Ví dụ", "Đơn vị", "Hướng dẫn"]
    page = book["Danh mục"]
    assert [cell.value for cell in page[1]] == list(HEADINGS)
    for number, line in enumerate(LINES, 2):
        for column, heading in enumerate(HEADINGS, 1):
            page.cell(number, column).value = line.get(heading)
    out = io.BytesIO()
    book.save(out)
    preview = upload_list(officer, out.getvalue())
    assert "2 phần việc: 2 mới" in preview.text
    assert "Trang tính" not in preview.text, "the example asks nothing"


def test_the_empty_template_gets_a_kind_sentence(ward: Ward, sign_in: SignIn):
    officer = sign_in("officer_kp1")
    data = officer.get(TEMPLATE).bytes
    form = officer.get("/phan-viec/nhap-tep").form("/phan-viec/nhap-tep")
    page = officer.send_form(form, {"file": (io.BytesIO(data), "mẫu.xlsx")}, status=200)
    assert page.errors[0].startswith("Tệp có các cột của danh mục nhưng chưa có phần việc nào")


def test_the_example_of_the_template_is_right(ward: Ward, sign_in: SignIn):
    """Sent alone, it is a list without a fault."""
    officer = sign_in("officer_kp1")
    book = load_workbook(io.BytesIO(officer.get(TEMPLATE).bytes))
    for name in ("Danh mục", "Đơn vị", "Hướng dẫn"):
        book.remove(book[name])
    out = io.BytesIO()
    book.save(out)
    preview = upload_list(officer, out.getvalue())
    assert told_faults(preview) == {}
    assert "1 phần việc: 1 mới" in preview.text


@pytest.mark.parametrize("name", ["head_kp1", "leader", "admin", "ended"])
def test_who_enters_no_tasks_needs_no_template(ward: Ward, sign_in: SignIn, name: str):
    sign_in(name).get(TEMPLATE, status=403)


def test_the_template_offers_only_the_units_to_enter_for(ward: Ward, sign_in: SignIn):
    for name, expected in (
        ("officer_kp1", {"Khu phố 1"}),
        ("clerk", {"Khu phố 1", "Khu phố 2", "Khu phố 3"}),
    ):
        data = sign_in(name).get(TEMPLATE).bytes
        assert expected <= set(lists_of(data))
        assert ("Khu phố 2" in set(lists_of(data))) is ("Khu phố 2" in expected)


def lists_of(data: bytes) -> Iterator[str]:
    """Every choice that a drop-down list of the first sheet offers."""
    book = load_workbook(io.BytesIO(data))
    for rule in book["Danh mục"].data_validations.dataValidation:
        if rule.type != "list":
            continue
        if rule.formula1.startswith('"'):
            yield from rule.formula1.strip('"').split(",")
        else:
            name, cells = rule.formula1.replace("'", "").replace("$", "").split("!")
            for (cell,) in book[name][cells]:
                yield str(cell.value)


def test_what_is_written_is_what_is_read(ward: Ward, sign_in: SignIn):
    ward.task("KP1")
    data = sign_in("clerk").get(EXPORT).bytes
    assert read("x.xlsx", data)[0].name == "Danh mục"
    assert data == sign_in("clerk").get(EXPORT).bytes, "the same list, the same bytes"

"""The ward's list of 24 tasks in one sheet, from the upload to the tasks: in Unicode, TCVN3, VNI, and as CSV."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import pytest
from sqlalchemy import select

from pledges.audit.models import LogEntry
from pledges.core.legacy import Encoding
from pledges.demo.entries import task_entry
from pledges.tasks.models import Task
from pledges.tasks.rows.writing import entry_of
from pledges.tasks.rules import TaskStatus
from tests.support.campaign_files import FILES, rows
from tests.support.critic import Critic, SignIn
from tests.support.old_fonts import encode, font_for
from tests.support.page import Page
from tests.support.task_sheets import (
    Line,
    answer,
    csv_bytes,
    settle_the_campaign,
    told_faults,
    upload_list,
    whole_list,
    write_list,
    xlsx,
)
from tests.support.ward import Ward


@pytest.fixture
def whole_ward(ward: Ward) -> Ward:
    settle_the_campaign(ward)
    return ward


def tasks(ward: Ward) -> list[Task]:
    ward.settle()
    return list(ward.session.scalars(select(Task).order_by(Task.id)))


def as_in_the_files(ward: Ward) -> list[dict[str, Any]]:
    """The tasks as the data folder has them, by another way than the import's."""
    from_files = {
        unit["code"]: ward.unit(unit["code"]) for unit in rows(FILES / "units.csv") if unit["block"]
    }
    entries = [task_entry(row, from_files, ward.campaign.movements) for row in rows(FILES / "tasks.csv")]
    return [asdict_of(entry) for entry in entries]


def asdict_of(entry: Any) -> dict[str, Any]:
    said = {name: getattr(entry, name) for name in ("title", "product", "start_on", "due_on")}
    said |= {"state_funding": entry.state_funding, "social_funding": entry.social_funding}
    said |= {"lead": entry.lead_unit.code, "movement": entry.movement and entry.movement.name}
    said["cooperating"] = {unit.code for unit in entry.cooperating}
    return said | {"indicators": [asdict(one) for one in entry.indicators]}


def decide(critic: Critic, preview: Page) -> Page:
    """Answer that the share may pass 100 %, and that the line is to be held."""
    assert "Còn" not in told_faults(preview)
    return answer(critic, preview, "Đúng")


def test_the_whole_list_is_previewed_and_written(whole_ward: Ward, sign_in: SignIn):
    clerk = sign_in("clerk")
    preview = upload_list(clerk, xlsx(whole_list()))
    assert told_faults(preview) == {}
    assert "24 phần việc: 22 mới; 2 chờ trả lời" in preview.text
    assert [link.text for link in preview.links if "Tiếp tục" in link.text] == []
    preview = decide(clerk, preview)
    assert "24 phần việc: 24 mới" in preview.text
    assert preview.link("Tiếp tục: ghi 24 phần việc mới") == f"{preview.url}/ghi"
    assert tasks(whole_ward) == [], "nothing is written before it is confirmed"
    receipt = write_list(clerk, preview)
    assert receipt.h1 == "Đã ghi danh sách"
    assert "Đã ghi 24 phần việc mới" in receipt.text
    made = tasks(whole_ward)
    assert {task.status for task in made} == {TaskStatus.DRAFT}
    assert [asdict_of(entry_of(task)) for task in made] == as_in_the_files(whole_ward)
    last = whole_ward.session.scalars(select(LogEntry).order_by(LogEntry.number.desc())).first()
    assert last is not None
    assert last.action == "task_import.written"


def tcvn3(lines: list[Line]) -> bytes:
    return xlsx(
        lines,
        spell=lambda text: encode(text, Encoding.TCVN3),
        font=lambda text: font_for(text, Encoding.TCVN3),
    )


def vni(lines: list[Line]) -> bytes:
    return xlsx(lines, spell=lambda text: encode(text, Encoding.VNI), font=lambda _text: "VNI-Times")


@pytest.mark.parametrize(("write", "name"), [(tcvn3, "TCVN3 (ABC)"), (vni, "VNI")])
def test_a_list_in_an_old_font_is_the_same_list(
    whole_ward: Ward, sign_in: SignIn, write: Callable[[list[Line]], bytes], name: str
):
    clerk = sign_in("clerk")
    preview = upload_list(clerk, write(whole_list()))
    table = preview.table()
    assert table[0] == ["Ô", "Trong tệp", "Sau khi chuyển", "Bảng mã"]
    assert ["Hồ sơ số hóa; chi bộ sinh hoạt bằng sổ tay điện tử", name] in [row[2:] for row in table], (
        "before and after are in sight"
    )
    assert "phần việc:" not in preview.text, "nothing is read before it is decided"
    preview = clerk.send(preview.url, {"converted": "co"}, follow=True)
    receipt = write_list(clerk, decide(clerk, preview))
    assert "Đã ghi 24 phần việc mới" in receipt.text
    assert [asdict_of(entry_of(task)) for task in tasks(whole_ward)] == as_in_the_files(whole_ward)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_csv_file_is_the_same_list(whole_ward: Ward, sign_in: SignIn, delimiter: str):
    clerk = sign_in("clerk")
    preview = upload_list(clerk, csv_bytes(whole_list(), delimiter=delimiter), "danh mục.csv")
    write_list(clerk, decide(clerk, preview))
    assert [asdict_of(entry_of(task)) for task in tasks(whole_ward)] == as_in_the_files(whole_ward)


def test_the_same_file_again_changes_nothing(whole_ward: Ward, sign_in: SignIn):
    clerk = sign_in("clerk")
    write_list(clerk, decide(clerk, upload_list(clerk, xlsx(whole_list()))))
    again = upload_list(clerk, xlsx(whole_list()))
    assert "24 phần việc: 24 không đổi" in decide(clerk, again).text
    assert clerk.get(f"{again.url}/ghi", status=302).location == again.url
    assert len(tasks(whole_ward)) == 24

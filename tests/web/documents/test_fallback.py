"""Tập dự phòng khi mất điện: who may have it, what it says, what the log keeps, and the one of each night."""

import re
import stat
from io import BytesIO
from urllib.parse import unquote

import pytest
from click.testing import Result
from pypdf import PdfReader

from pledges.audit.queries import newest_first
from pledges.campaigns.models import Campaign
from pledges.campaigns.rules import CampaignStatus
from pledges.documents.fallback.composing import bound, gather, going_on
from pledges.documents.fallback.writing import write
from pledges.upkeep import commands, fallback
from pledges.upkeep.rules import BackupError
from tests.support.critic import SignIn
from tests.support.queries import CountQueries
from tests.support.ward import Ward

URL = "/van-ban/tap-du-phong"


@pytest.fixture
def working(ward: Ward) -> Ward:
    """KP1 is late with September and has a telephone; KP2 reported."""
    ward.account("officer_kp1").phone = "0203 3825 111"
    for code in ("KP1", "KP2"):
        task = ward.task(code, title=f"Việc của {code}")
        if code == "KP2":
            ward.report(task, "2024-09", [5, 31])
    ward.session.commit()
    return ward


def words(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages)


@pytest.mark.parametrize("name", ["officer_kp1", "mate_kp1", "head_kp1", "leader", "ended"])
def test_it_is_for_the_clerk_and_administrators(working: Ward, sign_in: SignIn, name: str):
    assert "0203" not in sign_in(name).get(URL, 403).text


def test_nobody_is_asked_to_sign_in(sign_in: SignIn):
    assert "/dang-nhap" in sign_in("nobody").get(URL, 302).location


@pytest.mark.parametrize("name", ["clerk", "admin"])
def test_a_press_hands_it_out_and_is_logged(working: Ward, sign_in: SignIn, name: str):
    critic = sign_in(name)
    assert working.campaign.title in critic.get(URL).text
    answer = critic.send(URL, {}, status=200)
    file = unquote(answer.headers["Content-Disposition"])
    assert re.search(r"Tập dự phòng khi mất điện lúc \d\d\.\d\d ngày 15-10-2024\.pdf$", file), file
    said = words(answer.answer.data)
    for one in (
        "TẬP DỰ PHÒNG KHI MẤT ĐIỆN",
        "Nhập lại khi có điện".upper(),
        "0203 3825 111",
        "Việc của KP1",
        "hạn 25/4/2024, quá 173 ngày",
        "PHIẾU ĐĂNG KÝ PHẦN VIỆC",
    ):
        assert one in said, one
    entry = working.session.scalars(newest_first()).first()
    assert (entry.action, entry.actor_name) == (
        "campaign.fallback_downloaded",
        working.account(name).name,
    )
    assert '"phones":' in entry.after
    assert "0203" not in entry.after


def test_each_paper_has_its_bookmark_and_the_cover_counts_them(working: Ward):
    gathered = gather(working.session, [working.campaign], working.now, "")
    output = BytesIO()
    write(gathered, working.now, output)
    titles = [one.title for one in PdfReader(output).outline]
    assert titles == [one.bookmark for one in bound(gathered, working.now)]
    cover = bound(gathered, working.now)[0].sheet
    last = cover.lines[-1].papers.rpartition("-")[2]
    assert int(last) == len(titles)


def another(ward: Ward) -> Campaign:
    """One more campaign of the same office."""
    one = ward.campaign
    made = Campaign(
        code="HK-2025", title="Phong trào thứ hai", kind=one.kind, status=CampaignStatus.RUNNING,
        owner=one.owner, area=one.area, starts_on=one.starts_on, ends_on=one.ends_on,
    )  # fmt: skip
    ward.session.add(made)
    ward.session.commit()
    return made


def test_of_several_campaigns_each_bookmark_names_its_own(working: Ward, count_queries: CountQueries):
    with count_queries() as once:
        gather(working.session, [working.campaign], working.now, "")
    second = another(working)
    campaigns = [one for one in going_on(working.session) if one.owner is second.owner]
    assert len(campaigns) == 2
    gathered = gather(working.session, campaigns, working.now, "")
    papers = bound(gathered, working.now)
    assert papers[0].sheet.abstract == "02 phong trào thi đua"
    assert {one.bookmark.partition(":")[0] for one in papers[1:]} == {"HK-2024", "HK-2025"}
    working.task("KP2", title="Thêm một việc")
    with count_queries() as more:
        gather(working.session, [working.campaign], working.now, "")
    assert len(more) <= len(once) + 1


def test_what_no_face_has_leaves_one_paper_out_and_is_named(working: Ward):
    working.task("KP1", title="Việc \U00013000")
    output = BytesIO()
    write(gather(working.session, [working.campaign], working.now, ""), working.now, output)
    said = words(output.getvalue())
    assert "Không in được: Phần việc đang thực hiện" in said
    assert "PHIẾU ĐĂNG KÝ PHẦN VIỆC" in said


def test_a_concluded_campaign_is_not_in_it(working: Ward, sign_in: SignIn):
    working.campaign.status = CampaignStatus.CONCLUDED
    working.session.commit()
    assert "Không có phong trào nào đang thực hiện" in sign_in("clerk").get(URL).text


def nightly(ward: Ward) -> Result:
    return ward.app.test_cli_runner().invoke(args=["backup", "--kind", "dem"])


def test_each_night_one_lies_beside_the_backups_for_its_owner_alone(
    working: Ward, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
):
    def disk_full(*_: object) -> None:
        raise BackupError("đĩa đầy")

    monkeypatch.setattr(commands, "back_up", disk_full)
    working.settle()
    folder = fallback.Place.of(working.app.config).backups
    folder.mkdir(mode=0o700, exist_ok=True)
    for old in ("20200101-000000", "20200102-000000", "20200103-000000"):
        (folder / f"du-phong-{old}.pdf").write_bytes(b"")
    assert nightly(working).exit_code == 1, "the backup failed"
    kept = sorted(folder.glob("*.pdf"))
    assert kept[0].name == "du-phong-20200103-000000.pdf"
    assert len(kept) == fallback.KEPT
    assert stat.S_IMODE(kept[-1].stat().st_mode) == 0o600
    assert "Việc của KP1" in words(kept[-1].read_bytes())
    assert "tệp PDF cạnh các bản sao lưu" in sign_in("admin").get("/quan-tri/may-chu").text


def test_a_pack_that_can_not_be_made_keeps_no_backup_away(
    working: Ward, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    def fails(*_: object) -> None:
        raise OSError("đĩa đầy")

    monkeypatch.setattr(fallback, "_write", fails)
    assert fallback.keep(working.session, working.app) is None
    assert "could not be made" in caplog.text

"""The screen in the hall, and how open pages ask whether anything changed."""

import json

from pledges.commitments.ceremonies.models import Ceremony
from pledges.commitments.models import Commitment
from tests.support import hall
from tests.support.critic import SignIn
from tests.support.page import words
from tests.support.ward import Ward
from tests.web.commitments.rolls import ids, press, url


def test_the_screen_shows_the_counts_and_nothing_of_who_is_signed_in(
    sign_in: SignIn, held: Ceremony, of_three: Commitment
):
    clerk = sign_in("clerk")
    page = clerk.get(url(held, "/man-hinh"))
    assert words(page.by_id("hall-counts")) == "0/2 đơn vị đã ký 0/4 người đã ký Chưa có đơn vị ký"
    assert "Vũ Thị Thư" not in page.text
    assert page.all("form") == []
    press(clerk, held, *ids(of_three))
    page = clerk.get(url(held, "/man-hinh"))
    assert words(page.by_id("hall-counts")).startswith("1/2 đơn vị đã ký 3/4 người đã ký Vừa ký: Khu phố 1")
    assert words(page.by_id("hall-units")) == "Khu phố 1 ✓ đã ký đủ Khu phố 2 0/1"


def test_the_screen_loads_itself_anew_without_its_script(ward: Ward, sign_in: SignIn, held: Ceremony):
    clerk = sign_in("clerk")
    page = clerk.get(url(held, "/man-hinh"))
    assert "Refresh" not in page.headers
    assert clerk.get(page.link("Tự cập nhật trang này")).headers["Refresh"] == "10"
    hall.close(ward, held)
    assert "Refresh" not in clerk.get(url(held, "/man-hinh"), **{"tu-cap-nhat": 1}).headers


def test_whether_anything_changed_is_asked_cheaply(
    ward: Ward, sign_in: SignIn, held: Ceremony, of_three: Commitment, count_queries
):
    clerk = sign_in("clerk")
    clerk.get(url(held, "/trang-thai"))
    with count_queries() as asked:
        first = clerk.get(url(held, "/trang-thai"))
    assert len(asked) <= 6
    state = json.loads(first.bytes)["state"]
    assert first.headers["ETag"] == f'"{state}"'
    known = {"If-None-Match": first.headers["ETag"]}
    assert clerk.client.get(url(held, "/trang-thai"), headers=known).status_code == 304
    press(clerk, held, ids(of_three)[0])
    assert clerk.client.get(url(held, "/trang-thai"), headers=known).status_code == 200
    ticked = json.loads(clerk.get(url(held, "/trang-thai")).bytes)["state"]
    assert ticked > state
    press(clerk, held, ids(of_three)[0], undo=True)
    hall.close(ward, held)
    last = json.loads(clerk.get(url(held, "/trang-thai")).bytes)
    assert last["state"] > ticked
    assert not last["open"]

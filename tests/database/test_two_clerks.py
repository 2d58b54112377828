"""Two clerks at a ceremony at once, on both kinds of database: nothing is doubled, and each is told the truth."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from pledges.commitments import operations as commitments
from pledges.commitments.models import Signature
from pledges.commitments.rules import CommitmentStatus
from tests.support import hall
from tests.support.critic import Critic, fill
from tests.support.databases import Database
from tests.support.page import Page, PageForm
from tests.support.ward import Ward
from tests.web.commitments import people


@pytest.fixture
def ward(database: Database) -> Ward:
    return database.ward()


def standing(ward: Ward) -> int:
    ward.settle()
    return ward.session.scalar(select(func.count(Signature.id)).where(Signature.undone_at.is_(None))) or 0


PLACES = "places"


def tick_forms(page: Page) -> dict[str, dict[str, object]]:
    """What each button of the roll sends, by its places."""
    ticks: list[PageForm] = [form for form in page.forms if form.action.endswith("/danh-dau")]
    return {str(form.fields[PLACES][0]): fill(form, {}) for form in ticks}


def test_two_clerks_at_once_double_nothing(ward: Ward):
    """On two laptops, on the same page: the same place, and places of one unit; each is told the truth."""
    made, held = people.of_three(ward), hall.opened(ward)
    url = f"/cam-ket/le-ky/{held.id}"
    places = [str(one.id) for one in made.signatories]
    clerks = [Critic(ward, "clerk"), Critic(ward, "clerk")]
    sent = [tick_forms(clerk.get(url)) for clerk in clerks]
    ward.settle()

    def press(at: int, which: str) -> int:
        answer = clerks[at].client.post(f"{url}/danh-dau", data=sent[at][which])
        return answer.status_code

    with ThreadPoolExecutor(2) as pool:
        for pair in ((places[0], places[0]), (places[1], " ".join(places))):
            codes = [answer.result(30) for answer in [pool.submit(press, at, pair[at]) for at in (0, 1)]]
            assert codes == [302, 302]
    assert standing(ward) == 3
    assert hall.signed(made) == [True, True, True]
    assert made.status is CommitmentStatus.SIGNED


def test_a_tick_beside_a_closing_is_one_or_the_other(ward: Ward):
    made, held = people.of_three(ward), hall.opened(ward)
    url = f"/cam-ket/le-ky/{held.id}"
    ticking, closing = Critic(ward, "clerk"), Critic(ward, "clerk")
    button = tick_forms(ticking.get(url))[str(made.signatories[0].id)]
    form = closing.get(f"{url}/ket-thuc").form()
    ward.settle()
    with ThreadPoolExecutor(2) as pool:
        tick = pool.submit(ticking.client.post, f"{url}/danh-dau", data=button)
        close = pool.submit(closing.client.post, form.action, data=fill(form, {}))
        ticked = Page(url, tick.result(30))
        assert close.result(30).status_code == 302
    ward.settle()
    assert not held.open
    assert (standing(ward) == 1) == (ticked.status == 302)
    if ticked.status != 302:
        assert "Lễ ký đã kết thúc" in ticked.errors[0]
    assert (made.signatories[0].signature is not None) == (ticked.status == 302)


def test_pressing_what_was_withdrawn_meanwhile_is_told_in_words(ward: Ward):
    made, held = people.of_three(ward), hall.opened(ward)
    clerk = Critic(ward, "clerk")
    page = clerk.get(f"/cam-ket/le-ky/{held.id}")
    form = next(one for one in page.forms if one.fields.get(PLACES) == [str(made.signatories[0].id)])
    commitments.withdraw(ward.session, made, "Sai tên.", by=ward.actor("clerk"), at=ward.now)
    ward.session.commit()
    said = clerk.send_form(form, status=200)
    assert "đã thu hồi" in said.errors[0]
    assert standing(ward) == 0

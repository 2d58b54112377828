"""How an authorisation stands on a day, and in which words it is refused."""

from datetime import date

import pytest

from pledges.accounts.authorisations.models import Authorisation
from pledges.accounts.authorisations.rules import DEPUTISING, Capacity, Validity, validity

FROM, TO = date(2024, 10, 1), date(2024, 10, 31)


@pytest.mark.parametrize(
    ("on", "ended_on", "stands"),
    [
        (date(2024, 9, 30), None, Validity.NOT_YET),
        (date(2024, 10, 1), None, Validity.IN_FORCE),
        (date(2024, 10, 31), None, Validity.IN_FORCE),
        (date(2024, 11, 1), None, Validity.EXPIRED),
        (date(2024, 10, 15), date(2024, 10, 15), Validity.IN_FORCE),
        (date(2024, 10, 16), date(2024, 10, 15), Validity.ENDED),
        (date(2024, 11, 1), date(2024, 10, 15), Validity.ENDED),
        (date(2024, 10, 1), date(2024, 9, 20), Validity.ENDED),
        (date(2024, 9, 20), date(2024, 9, 20), Validity.NOT_YET),
    ],
)
def test_each_day_has_its_answer(on: date, ended_on: date | None, stands: Validity):
    assert validity(FROM, TO, ended_on, on) is stands


@pytest.mark.parametrize(
    ("on", "changes", "words"),
    [
        (date(2024, 10, 1), {}, None),
        (date(2024, 9, 30), {}, "Ủy quyền theo Giấy số 3 chỉ có hiệu lực từ ngày 1/10/2024."),
        (date(2024, 11, 1), {}, "Ủy quyền theo Giấy số 3 đã hết hiệu lực sau ngày 31/10/2024."),
        (
            date(2024, 10, 16),
            {"ended_on": date(2024, 10, 15), "ended_because": "Đã về."},
            "Ủy quyền theo Giấy số 3 đã chấm dứt, chỉ có hiệu lực đến hết ngày 15/10/2024. Lý do: Đã về.",
        ),
    ],
)
def test_why_not_is_told_in_words(on: date, changes: dict[str, object], words: str | None):
    one = Authorisation(paper="Giấy số 3", valid_from=FROM, valid_to=TO, **changes)
    assert one.why_not(on) == words
    assert one.alive(on) is (words is None)


def test_a_deputy_signs_by_kt_tl_or_tuq():
    assert [one.prefix for one in DEPUTISING] == ["KT.", "TL.", "TUQ."]
    assert Capacity.OWN.prefix == ""

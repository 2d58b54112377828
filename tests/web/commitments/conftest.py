"""Fixtures of the tests of commitments."""

import pytest

from pledges.commitments.ceremonies.models import Ceremony
from pledges.commitments.models import Commitment
from tests.support import hall
from tests.support.ward import Ward
from tests.web.commitments import people


@pytest.fixture
def of_three(ward: Ward) -> Commitment:
    """A frozen commitment of Khu phố 1 with three signatories."""
    return people.of_three(ward)


@pytest.fixture
def held(ward: Ward, of_three: Commitment) -> Ceremony:
    """A ceremony with a unit of three to sign, and one of one."""
    ward.commitment("KP2", "frozen")
    return hall.opened(ward)

"""Fixtures of the tests of commitments."""

import pytest

from pledges.commitments.models import Commitment
from tests.support.ward import Ward
from tests.web.commitments import people


@pytest.fixture
def of_three(ward: Ward) -> Commitment:
    """A frozen commitment of Khu phố 1 with three signatories."""
    return people.of_three(ward)

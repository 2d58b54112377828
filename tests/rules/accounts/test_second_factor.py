"""Codes of RFC 6238, how far a clock may be wrong, and what is kept of secrets."""

import base64
from datetime import UTC, datetime, timedelta

import pytest

from pledges.accounts.second_factor import sealing
from pledges.accounts.second_factor.rules import (
    address,
    in_groups,
    is_phones,
    is_recovery,
    matching_step,
    new_secret,
    plain_code,
)
from pledges.accounts.setup_code import is_setup_code, setup_code

OF_THE_RFC = base64.b32encode(b"12345678901234567890").decode()
KEY, OTHER = "k" * 40, "l" * 40


@pytest.mark.parametrize(
    ("seconds", "code"),
    [(59, "287082"), (1111111109, "081804"), (1111111111, "050471"), (2000000000, "279037")],
)
def test_codes_are_those_of_the_rfc(seconds: int, code: str):
    assert matching_step(OF_THE_RFC, code, datetime.fromtimestamp(seconds, UTC)) == seconds // 30


@pytest.mark.parametrize(
    ("off", "right"), [(-60, False), (-31, False), (-30, True), (0, True), (30, True), (60, False)]
)
def test_a_clock_may_be_one_step_wrong(off: int, right: bool):
    at = datetime.fromtimestamp(1111111110, UTC) + timedelta(seconds=off)  # the first second of a step
    assert (matching_step(OF_THE_RFC, "050471", at) is not None) is right


@pytest.mark.parametrize("code", ["", "05047", "0504710", "abcdef", "٠٥٠٤٧١", "050472"])
def test_anything_else_is_no_code(code: str):
    assert matching_step(OF_THE_RFC, code, datetime.fromtimestamp(1111111111, UTC)) is None


def test_what_is_typed_with_blanks_and_hyphens_is_understood():
    assert plain_code(" 050 471 ") == "050471"
    assert plain_code("K7FM-x2qp-9whd") == "k7fmx2qp9whd"
    assert is_phones("050471")
    assert not is_phones("٠٥٠٤٧١")
    assert is_recovery("k7fmx2qp9whd")
    assert not is_recovery("")


def test_a_secret_is_new_each_time_and_long_enough():
    secrets = {new_secret() for _number in range(50)}
    assert len(secrets) == 50
    assert all(len(base64.b32decode(secret)) >= 20 for secret in secrets)
    assert in_groups("ABCDEFGHIJ") == "ABCD EFGH IJ"


def test_the_picture_names_product_and_account():
    said = address(OF_THE_RFC, "kp1")
    assert said.startswith("otpauth://totp/Cam%20k%E1%BA%BFt%20thi%20%C4%91ua:kp1?")
    assert f"secret={OF_THE_RFC}" in said


def test_a_sealed_secret_opens_under_its_key_for_its_account():
    sealed = sealing.seal(KEY, 1, OF_THE_RFC)
    assert OF_THE_RFC not in sealed
    assert sealing.unseal(KEY, 1, sealed) == OF_THE_RFC
    assert sealing.unseal(OTHER, 1, sealed) is None
    assert sealing.unseal(KEY, 2, sealed) is None
    assert sealing.unseal(KEY, 1, sealed[:-8] + "AAAAAAA=") is None
    assert sealing.unseal(KEY, 1, "") is None
    assert sealing.unseal(KEY, 1, "không phải") is None
    assert sealing.seal(KEY, 1, OF_THE_RFC) != sealed


def test_a_recovery_code_says_nothing_without_the_key():
    digests = {sealing.digest(key, account, "k7fm") for key in (KEY, OTHER) for account in (1, 2)}
    assert len(digests) == 4


def test_a_setup_code_is_of_one_instance_whatever_the_spelling():
    code = setup_code(KEY)
    assert setup_code(KEY) == code != setup_code(OTHER)
    assert is_setup_code(KEY, f" {code.upper().replace('-', ' ')} ")
    assert not is_setup_code(OTHER, code)
    assert not is_setup_code(KEY, "")

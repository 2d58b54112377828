"""How far a unit is with its commitment, in words: who signed how, who is awaited, how long there is."""

from collections import Counter

from pledges.commitments.models import Commitment
from pledges.commitments.rules import CommitmentStatus, SigningWay
from pledges.core.dates import format_date
from pledges.core.numbers import two_digits

WAYS = {
    SigningWay.PAPER: "trên giấy",
    SigningWay.IN_APP: "trong ứng dụng",
    SigningWay.OUTSIDE: "bằng chữ ký số trên PDF",
}


RENEWING = "Chờ ký lại bản điều chỉnh"
"""What is said of a unit that signed, and whose new edition waits."""


def renewing_words(number: int) -> str:
    """How many units sign anew: "Chờ ký lại bản điều chỉnh: 01 đơn vị"."""
    return f"{RENEWING}: {two_digits(number)} đơn vị"


def signed_words(commitment: Commitment) -> str:
    """What stands of an edition in force: "lần 2, ngày 29/3/2024, 2 trên giấy và 1 trong ứng dụng"."""
    ways = Counter(one.signature.way for one in commitment.signatories if one.signature is not None)
    how = [f"{ways[way]} {words}" for way, words in WAYS.items() if ways[way]]
    on = f"ngày {format_date(commitment.signed_on)}" if commitment.signed_on else ""
    edition = f"lần {commitment.edition}" if commitment.edition > 1 else ""
    return ", ".join(part for part in (edition, on, _and(how)) if part)


def _and(parts: list[str]) -> str:
    return f"{', '.join(parts[:-1])} và {parts[-1]}" if len(parts) > 1 else "".join(parts)


def under_way_words(commitment: Commitment, signed: tuple[int, int], *, beside: bool, renewing: bool) -> str:
    """What stands of an edition that is written or waits, alone or `beside` what else is said of the unit.

    `renewing` says that the unit counts as signed by the edition before.
    """
    if commitment.status is CommitmentStatus.FROZEN:
        words = f"đã ký {signed[0]}/{signed[1]}"
        if renewing:
            return f"{RENEWING.lower()}: lần {commitment.edition}, {words}"
        return f"lần {commitment.edition} chờ ký, {words}" if beside else words
    return f"đang soạn lần {commitment.edition}" if beside else f"{signed[1]} người ký"


def days_words(days: int | None) -> str:
    """How much time is left: "còn 03 ngày", "hôm nay", "quá hạn 05 ngày"."""
    if days is None:
        return ""
    if days == 0:
        return "hạn hôm nay"
    return f"còn {days:02} ngày" if days > 0 else f"quá hạn {-days:02} ngày"

"""Which signatures of a signed PDF count for a commitment, and whose they are by their names.

What the app can't know by itself is a doubt (`files.signed.rules`): without a clerk's answer it does not count.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from pledges.core.dates import format_date
from pledges.core.text import fold, sort_key
from pledges.files.signed.rules import PdfSignature, fault


def refusal(signature: PdfSignature, *, frozen_on: date, by: date) -> str:
    """Why a signature can't count, in words; empty when it can. `by` is the last day on which it can be given."""
    return fault(signature) or _out_of_time(signature.signed_on, frozen_on, by)


def _out_of_time(on: date | None, frozen_on: date, by: date) -> str:
    if on is not None and on < frozen_on:
        frozen = format_date(frozen_on)
        return f"Chữ ký ghi ngày {format_date(on)}, trước ngày bản cam kết được chốt ({frozen})."
    if on is not None and on > by:
        return f"Chữ ký ghi ngày {format_date(on)}, sau ngày nộp tệp ({format_date(by)})."
    return ""


def same_person(holder: str, signatory: str) -> bool:
    """Whether the certificate's holder bears the signatory's name, whatever the case.

    Accents make another name (Hương, Hường), but where the certificate is written without any.
    """
    if not signatory or fold(holder) != fold(signatory):
        return False
    return holder.isascii() or sort_key(holder.casefold()) == sort_key(signatory.casefold())


def proposals(holders: Mapping[str, str], places: Iterable[tuple[str, str]]) -> dict[str, str]:
    """For each signature the place that it fills: by the name, and no place twice.

    `holders` are the names in the certificates by the signatures' marks; `places` are the keys and names of who is
    to sign.
    """
    free = list(places)
    found: dict[str, str] = {}
    for mark, holder in holders.items():
        fitting = next((place for place in free if same_person(holder, place[1])), None)
        if fitting is not None:
            found[mark] = fitting[0]
            free.remove(fitting)
    return found

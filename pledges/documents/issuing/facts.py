"""What the page of a document says of it, as pairs of label and value."""

from collections.abc import Iterator

from pledges.core.dates import format_date
from pledges.core.numbers import two_digits
from pledges.documents.issuing.lists import listed_in
from pledges.documents.issuing.rules import number_and_symbol
from pledges.documents.models import Document

Fact = tuple[str, str]


def facts_of(document: Document) -> list[Fact]:
    """What it is about, who signs it and who gets it; of an issued one its number, day and pages."""
    return [
        (label, value)
        for label, value in (*_issued(document), *_about(document), *_people(document))
        if value
    ]


def _part(document: Document) -> str:
    """What part of the campaign it speaks of, in words."""
    place = document.unit.name if document.unit is not None else document.block
    parts = [place or "Toàn phong trào"]
    if document.period is not None:
        parts.append(document.period.label)
    return ", ".join(parts)


def signed_by(document: Document) -> str:
    """Who signs, with the capacity as it stands above the name: "KT. Chủ tịch, Phó Chủ tịch Trần Văn An"."""
    capacity = ", ".join(filter(None, (document.on_behalf, *listed_in(document.posts))))
    return " – ".join(filter(None, (capacity, document.signer_name)))


def _issued(document: Document) -> Iterator[Fact]:
    if document.number is not None and document.issued_on is not None:
        yield "Số, ký hiệu", number_and_symbol(document.number, document.symbol)
        yield "Ngày ban hành", format_date(document.issued_on)
        yield "Nhiệm kỳ", document.term


def _about(document: Document) -> Iterator[Fact]:
    yield "Loại văn bản", document.kind.label
    yield "Trích yếu", document.abstract
    yield "Số liệu tính đến ngày", format_date(document.as_of)
    yield "Phạm vi", _part(document)
    yield "Đơn vị ban hành", document.issuer.name


def _people(document: Document) -> Iterator[Fact]:
    yield "Kính gửi", "; ".join(listed_in(document.addressees))
    yield "Người ký", signed_by(document)
    yield "Nơi nhận", "; ".join(listed_in(document.recipients))
    yield "Số lượng bản", two_digits(document.copies)
    yield "Số trang", two_digits(document.pages) if document.pages is not None else ""

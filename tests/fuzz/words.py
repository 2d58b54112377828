"""What no page expects: texts, numbers and days as careless, broken and hostile senders type them, drawn by a seed."""
# ruff: noqa: E501 - lists of values, one after the other; no secret is drawn

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

LONG = 100_000
MARK = "zqfuzz"
SCRIPT = f"<svg onload={MARK}()>"
"""If this stands in a page as it is, somebody else's script runs in it."""

NUMBERS = (
    "1e999", "-1e999", "1" + "0" * 400, "NaN", "Infinity", "-Infinity", "sNaN", "-1", "-0", "0", "0,0", "1.234", "1,234",
    "1.234.567,89", "99999999999999,9999", "999999999999999", "0x10", "1_000", "２０２４", "١٢٣", "²", "½", "1e5", "9" * 5000,
    str(2**31 - 1), str(2**31), str(2**63 - 1), str(2**63), str(2**64), "+5", "5%", "1/0", "--1", "1 234", "1\u00a0234",
)  # fmt: skip
DAYS = (
    "32/13/2024", "0/0/0", "1/1/0", "1/1/0000", "1/1/1", "31/12/9999", "1/1/10000", "29/2/2023", "29/2/2024", "2024-02-30",
    "0000-00-00", "9999-12-31", "0001-01-01", "-1/1/2024", "1/1/-2024", "2024-10-15T25:61", "15.10.2024", "2024-W42", "2024-13",
    "0000-01", "9999-12", "1/1/99999999999999999999", "15/10/24", "hôm nay",
)  # fmt: skip
TEXTS = (
    "", " ", "\t", "\n", "\r\n\r\n", "\x00", "a\x00b", "\x01\x02\x1b[31m", "\x7f", "\x85", "\u2028", "\ufeff", "\ufffe", "\uffff",
    "\u202eđảo\u202c ngược", "\u2066a\u2069", "Nguye\u0302\u0303n Thi\u0323 Hoa\u0300", "Hòa Hoà thủy thuỷ", "\u200bẩn\u200d\u200c",
    "👩‍👩‍👧‍👦🇻🇳", "𠮷𝕏", "e" + "\u0301" * 2000, "\u0301", "\U000e0041", "ﷺ" * 50, "İıſß", "'; DROP TABLE task; --", '" OR 1=1 --',
    "%", "_", "\\", "%00", "%s%n{0}{{7*7}}${7*7}", "=1+1", "@SUM(A1)", "../../../etc/passwd", "\\\\máy\\chung", "C:\\", "//evil.example",
    "javascript:alert(1)", "http://[::1", "null", "None", "undefined", "true", "[]", "{}", "[[[[", '"', "'", "<", "&amp;", "&#0;", "]]>",
    "<!--", "</textarea>", "</script>", SCRIPT, f'">{SCRIPT}', "a b c " * 40, "đ" * 301, "*", "AND OR NOT NEAR(", '"chưa đóng', "a:b^c*",
    "-", "((((", "x" * 10_001, "Phường Hà Khánh tổ chức ra quân dọn vệ sinh ngày chủ nhật.",
)  # fmt: skip
BYTES = (
    b"\xff", b"\xff\xfe\x00", b"\xc0\xaf", b"\xed\xa0\x80", b"\xed\xa0\xbd\xed\xb8\x80", b"\xf4\x90\x80\x80", b"\xe1\xbb", b"H\xe0 Kh\xe1nh",
    b"\xf0\x9f", b"\x80" * 300,
)  # fmt: skip
"""No UTF-8: lone surrogates, overlong and cut forms, letters of old code pages."""
_PIECES = st.text(st.characters(codec="utf-8"), max_size=60)
_VIETNAMESE = st.text(
    "aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạấầẩẫậắằẳẵặéèẻẽẹếềểễệ ,.-/0123456789\n", min_size=1, max_size=400
)
_LONG = st.sampled_from(("x", "ạ ", "\u0301", "9", "<", "&", "\n", "👍", "\u202e", "%", '"')).map(
    lambda one: one * (LONG // len(one))
)


def values() -> st.SearchStrategy[bytes]:
    """One value of a field or an argument, as its bytes."""
    known = st.sampled_from(NUMBERS) | st.sampled_from(DAYS) | st.sampled_from(TEXTS) | st.sampled_from(TEXTS)
    free = _PIECES | _VIETNAMESE | st.integers().map(str) | st.decimals().map(str) | st.dates().map(str)
    texts = known | known | free | _VIETNAMESE
    rare = st.sampled_from((*range(20),)).flatmap(lambda one: _LONG if not one else texts)
    return rare.map(str.encode) | st.sampled_from(BYTES) | texts.map(str.encode)


WAYS = ("set", "set", "set", "set", "add", "twice", "many", "drop", "rename", "row", "strange")
"""What is done to a field: another value, one more behind its own, the value twice or fifty times, no field at all,
another name for it, a row that no page has, a field that no page has."""


@dataclass(frozen=True)
class Change:
    """What is done to one field of a form, or to one argument of an address; `pick` chooses among those there are."""

    pick: int
    way: str
    value: bytes


def changes() -> st.SearchStrategy[list[Change]]:
    """What is done to one form: mostly to one field, at times to several."""
    one = st.builds(Change, st.integers(0, 10_000), st.sampled_from(WAYS), values())
    return st.lists(one, min_size=1, max_size=4)


def drawn(strategy: st.SearchStrategy[Any], number: int, by: int) -> Sequence[Any]:
    """So many examples; the same seed draws the same."""
    kept: list[Any] = []

    @seed(by)
    @settings(
        max_examples=number,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def take(one: Any) -> None:
        kept.append(one)

    take()
    return [kept[place % len(kept)] for place in range(number)]

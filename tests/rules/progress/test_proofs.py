"""What is missing of the evidence that a task asks for."""

from dataclasses import dataclass

import pytest

from pledges.progress.proofs.rules import ProofKind, missing, wanted

PHOTO, LIST = ProofKind.PHOTO, ProofKind.DOCUMENT
JPEG, HEIC, PDF, XLSX = "image/jpeg", "image/heic", "application/pdf", "application/vnd.x"


@dataclass(frozen=True)
class Rule:
    kind: ProofKind
    number: int
    label: str = ""


BOTH = [Rule(PHOTO, 2, "trước và sau"), Rule(LIST, 1)]


@pytest.mark.parametrize(
    ("rules", "files", "words"),
    [
        ([], [], []),
        (BOTH, [JPEG, HEIC, XLSX], []),
        (BOTH, [JPEG, PDF], ["còn thiếu 1 ảnh (trước và sau)"]),
        (BOTH, [JPEG, JPEG, JPEG], ["còn thiếu 1 danh sách, văn bản"]),
        (BOTH, [], ["còn thiếu 2 ảnh (trước và sau)", "còn thiếu 1 danh sách, văn bản"]),
        ([Rule(PHOTO, 1, "trước"), Rule(PHOTO, 1, "sau")], [JPEG], ["còn thiếu 1 ảnh (trước; sau)"]),
    ],
)
def test_what_is_missing_is_said_by_kind(rules: list[Rule], files: list[str], words: list[str]):
    assert missing(rules, files) == words


def test_what_is_wanted_is_said_rule_by_rule():
    assert wanted(BOTH) == ["2 ảnh (trước và sau)", "1 danh sách, văn bản"]

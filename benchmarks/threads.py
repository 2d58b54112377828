"""Whether many at once are all right: `python benchmarks/threads.py [documents] [--threads 8]`.

Draws so many documents on so many threads, reports and commitments with words of their own, and holds each byte for
byte against the same document drawn alone. Prints how many came out wrong, and how many were drawn in a second.
"""

import argparse
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from pledges.documents.pdf.draw import draw
from pledges.documents.sheets.paper import Sheet
from tests.documents import samples

DIFFERENT = 250
"""So many documents are drawn alone to compare with; each is drawn again and again by the threads."""
REPORT, COMMITMENT = samples.report(), samples.commitment()
KINDS: tuple[Callable[[int], Sheet], ...] = (
    lambda number: replace(COMMITMENT, unit=f"Khu phố {number}, phường Hà Khánh"),
    lambda number: replace(REPORT, totals=(f"Tính đến nay, có {number} phần việc được đăng ký.",)),
    lambda number: replace(
        COMMITMENT, unit=f"Trường Tiểu học số {number} Ǻ{chr(0x1E00 + number % DIFFERENT)}"
    ),
)


def made(number: int) -> str:
    """The digest of one of the documents."""
    return sha256(draw(KINDS[number % len(KINDS)](number))).hexdigest()


def main() -> int:
    """Print the figures; 1 if a document came out wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("documents", nargs="?", type=int, default=10_000)
    parser.add_argument("--threads", type=int, default=8)
    given = parser.parse_args()
    numbers = [at % DIFFERENT for at in range(given.documents)]
    began = time.perf_counter()
    with ThreadPoolExecutor(given.threads) as threads:
        together = list(threads.map(made, numbers))
    taken = time.perf_counter() - began
    alone = [made(number) for number in range(min(DIFFERENT, given.documents))]
    wrong = sum(digest != alone[number] for number, digest in zip(numbers, together, strict=True))
    print(
        f"{given.documents} documents on {given.threads} threads, {len(set(alone))} different: {wrong} wrong"
    )
    print(f"{given.documents / taken:.0f} a second")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

"""How long a start takes until its first page: the second one, with the demo in place.

    python benchmarks/start.py [times]

Prints each start, the best and the median. The aim is under 2 seconds.
"""

import os
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
AIM = 2.0


def seconds_to_first_page(instance: Path) -> float:
    """Start the program, fetch its first page, stop it."""
    began = time.monotonic()
    program = subprocess.Popen(
        [sys.executable, "-m", "pledges", "start", "--port", "0", "--instance", str(instance)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    try:
        hello = program.stdout.readline() if program.stdout else ""
        address = re.search(r"http://[\d.]+:\d+", hello)
        if address is None:
            raise SystemExit("the program did not start")
        urllib.request.urlopen(address[0] + "/dang-nhap", timeout=10).read()  # noqa: S310 - its own address
        return time.monotonic() - began
    finally:
        program.send_signal(signal.SIGINT)
        program.communicate(timeout=20)


def main() -> None:
    """Measure and print."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with tempfile.TemporaryDirectory() as folder:
        instance = Path(folder) / "instance"
        print(f"first start (makes the demo): {seconds_to_first_page(instance):.2f} s")
        found = [seconds_to_first_page(instance) for _ in range(times)]
    for number, seconds in enumerate(found, 2):
        print(f"start {number}: {seconds:.2f} s")
    print(f"best {min(found):.2f} s, median {statistics.median(found):.2f} s, aim under {AIM:.0f} s")


if __name__ == "__main__":
    main()

"""Ten thousand hostile requests to every address, form, upload and sending: what was tried, and what was found.

    python benchmarks/fuzz.py [--requests 10000] [--seed 1] [--out docs/fuzz.json]

The same code as the thousand of the test run (tests/fuzz), by another seed. Needs the test packages; everything stays
in this process and in a temporary folder. Ends with 1 where anything was found.
"""

import argparse
import json
import os
import platform
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from pledges.documents.packs.beside import Beside
from pledges.upkeep import beside as upkeep
from tests.doors.conftest import House, _make
from tests.doors.knocking import Restored
from tests.doors.places import Places
from tests.fuzz.firing import fired
from tests.fuzz.results import Results
from tests.support import apps, world
from tests.support.clock import Hands
from tests.support.ward import Ward


def run(folder: Path, requests: int, seed: int) -> dict[str, Any]:
    """Everything that was tried, by its kind and in all."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Beside, "begin", lambda _self, _app: None)
        patch.setattr(upkeep, "begin", lambda _app, _kind: None)
        _make(folder)
        places = Places(json.loads((folder / "places.json").read_text(encoding="utf-8")))
        instance = folder / "made" / "instance"
        house = House(Ward(apps.make(instance, Hands(world.DAY))), places, Restored(instance))
        runs, whole, begun = {}, Results(), time.monotonic()
        for kind, results, seconds in fired(house, requests, seed):
            runs[kind] = results.told() | {"seconds": seconds}
            whole.add(results)
            print(f"{kind}, seed {seed}: {json.dumps(runs[kind], ensure_ascii=False)[:3000]}", flush=True)
        house.restored.close()
        house.ward.close()
    return {"seconds": round(time.monotonic() - begun, 1), "runs": runs, "whole": whole.told()}


def machine() -> dict[str, Any]:
    """What it ran on."""
    return {
        "processors": len(os.sched_getaffinity(0)),
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "system": f"{platform.system()} {platform.machine()}",
    }


def main() -> int:
    """Run, tell, and write."""
    reader = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    reader.add_argument("--requests", type=int, default=10_000)
    reader.add_argument("--seed", type=int, default=1)
    reader.add_argument("--out", type=Path)
    wanted = reader.parse_args()
    made_at = datetime.now(UTC).isoformat(timespec="seconds")
    with tempfile.TemporaryDirectory() as folder:
        results = run(Path(folder), wanted.requests, wanted.seed)
    told = {
        "made_at": made_at,
        "machine": machine(),
        "requests": wanted.requests,
        "seed": wanted.seed,
    } | results
    if wanted.out:
        wanted.out.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    found = Counter(one["what"] for one in results["whole"]["findings"])
    print(
        f"{results['whole']['requests']} requests in {results['seconds']} s, found: {dict(found) or 'nothing'}"
    )
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())

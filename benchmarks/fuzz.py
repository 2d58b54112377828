"""Ten thousand hostile requests to every address, form, upload and sending: what was tried, and what was found.

    python benchmarks/fuzz.py [--requests 10000] [--seed 1] [--out docs/fuzz.json]

The same code as the thousand of the test run (tests/fuzz), by another seed. Needs the test packages; everything stays
in this process and in a temporary folder. Ends with 1 where anything was found.
"""

import argparse
import json
import shutil
import sys
import tempfile
import time
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from pledges.documents.packs.beside import Beside
from pledges.upkeep import beside as upkeep
from tests.doors.conftest import House, _make
from tests.doors.knocking import Restored
from tests.doors.places import Places
from tests.fuzz.firing import RUNS, SHARES, ranged
from tests.support import apps, world
from tests.support.clock import Hands
from tests.support.ward import Ward


def run(folder: Path, requests: int, seed: int) -> dict[str, object]:
    """Everything that was tried, by its kind."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Beside, "begin", lambda _self, _app: None)
        patch.setattr(upkeep, "begin", lambda _app, _kind: None)
        _make(folder)
        places = Places(json.loads((folder / "places.json").read_text(encoding="utf-8")))
        results: dict[str, object] = {}
        for kind, fire in RUNS.items():
            instance = folder / kind / "instance"
            shutil.copytree(folder / "made" / "instance", instance)
            house = House(Ward(apps.make(instance, Hands(world.DAY))), places, Restored(instance))
            begun = time.monotonic()
            with ranged(house) as target:
                fire(target, int(requests * SHARES[kind]), seed)
            house.restored.close()
            house.ward.close()
            results[kind] = target.results.told() | {"seconds": round(time.monotonic() - begun, 1)}
            print(f"{kind}, seed {seed}: {json.dumps(results[kind], ensure_ascii=False)[:3000]}", flush=True)
    return results


def main() -> int:
    """Run, tell, and write."""
    reader = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    reader.add_argument("--requests", type=int, default=10_000)
    reader.add_argument("--seed", type=int, default=1)
    reader.add_argument("--out", type=Path)
    wanted = reader.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        results = run(Path(folder), wanted.requests, wanted.seed)
    whole = {"requests": wanted.requests, "seed": wanted.seed, "runs": results}
    if wanted.out:
        wanted.out.write_text(json.dumps(whole, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return int(any(one["findings"] for one in results.values()))  # type: ignore[index]


if __name__ == "__main__":
    sys.exit(main())

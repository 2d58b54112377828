"""pip-audit over both locks: whether a known hole is in a library that the program or its tests run with.

It asks PyPI, which a machine may not reach. What was not asked is said to be unchecked, and fails nothing; a known
hole fails, and so does, as with pip-audit's own `--strict`, a library that the service does not know though it knows
others. Arguments are passed on to pip-audit: `-s osv` asks another service.
"""

import json
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("requirements.lock", "requirements-test.lock")
PATIENCE = 30
"""Seconds for all that is asked."""
SOUND, HOLES, UNREACHED = 0, 1, 75
"""The exit codes; 75 is what sysexits.h has for trying again later."""
_NO_LINE = re.compile(
    r"^(requests\.exceptions|pip_audit\._service\.interface|urllib3\.exceptions)\.\w+|Could not connect"
)


def audited(
    locks: Sequence[Path], options: Sequence[str] = (), patience: float = PATIENCE
) -> tuple[int, str]:
    """Have pip-audit ask about the locks; the exit code and what is to be said."""
    named = [part for lock in locks for part in ("-r", str(lock))]
    how = ["--require-hashes", "--disable-pip", "--progress-spinner", "off", "--timeout", "10"]
    command = [sys.executable, "-m", "pip_audit", "--format", "json", "--desc", "off", *how, *named, *options]
    try:
        ended = subprocess.run(command, capture_output=True, encoding="utf-8", check=False, timeout=patience)
    except subprocess.TimeoutExpired:
        return UNREACHED, unreached(f"không trả lời trong {patience:g} giây")
    return judged(ended.returncode, ended.stdout, ended.stderr)


def judged(code: int, answer: str, complaint: str) -> tuple[int, str]:
    """What pip-audit's exit code and words come to."""
    if not answer.strip():
        lines = complaint.strip().splitlines() or [f"pip-audit kết thúc với mã {code}"]
        cause = next((line for line in reversed(lines) if _NO_LINE.search(line)), "")
        return (UNREACHED, unreached(cause[:200])) if cause else (HOLES, complaint)
    libraries: list[dict[str, Any]] = json.loads(answer)["dependencies"]
    holes = [
        f"{one['name']} {one['version']}: {_told(hole)}" for one in libraries for hole in one.get("vulns", ())
    ]
    skipped = [one["skip_reason"] for one in libraries if "skip_reason" in one]
    if holes:
        return HOLES, "\n".join(holes)
    if skipped and len(skipped) == len(libraries):
        return UNREACHED, unreached(f"nơi trả lời không biết thư viện nào trong {len(skipped)} thư viện")
    if skipped or code:
        return HOLES, "\n".join(skipped) or complaint
    return SOUND, f"pip-audit: {len(libraries)} thư viện không có lỗ hổng đã biết"


def _told(hole: dict[str, Any]) -> str:
    mended = ", ".join(hole["fix_versions"]) or "chưa có bản vá"
    return f"{hole['id']} ({', '.join(hole.get('aliases', ())) or 'không có tên khác'}), bản vá: {mended}"


def unreached(cause: str) -> str:
    """The line that says that nothing was checked, and why."""
    return f"pip-audit: không tới được danh mục lỗ hổng ({cause}) – chưa kiểm"


if __name__ == "__main__":
    CODE, SAID = audited([ROOT / lock for lock in LOCKS], sys.argv[1:])
    print(SAID)
    sys.exit(CODE)

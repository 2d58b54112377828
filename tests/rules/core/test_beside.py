"""A process beside that is asked to end: it does, or it is ended; whoever asks waits no longer than that takes."""

import signal
import subprocess
import sys

import pytest

from pledges.core.beside import end

DEAF = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(60)"
POLITE = "import time; print('here', flush=True); time.sleep(60)"


@pytest.mark.parametrize(("program", "by"), [(DEAF, signal.SIGKILL), (POLITE, signal.SIGTERM)])
def test_it_is_over_within_its_patience(program: str, by: signal.Signals):
    with subprocess.Popen([sys.executable, "-S", "-c", program], stdout=subprocess.PIPE) as process:
        assert process.stdout
        process.stdout.readline()
        assert end(process, patience=0.3)
        assert process.returncode == -by
        assert end(process)

"""Load the program once, and fork a server off for each line that comes: `python -m tests.faults.forking KHO CỔNG`.

The child goes the way of `pledges.start` from there: it repairs, listens and serves. It is killed, never ended.
"""

import os
import signal
import sys
from pathlib import Path

from pledges import create_app
from pledges.core.database import db
from pledges.start import listen, open_for, settle_memory
from pledges.upkeep.repair import at_start


def main(instance: str, port: str) -> None:
    """Fork whenever a line comes; say the child's number."""
    app = create_app({"INSTANCE": Path(instance), "HOST": "127.0.0.1"})
    app.test_client().get("/dang-nhap")  # what every page needs is compiled once
    with app.app_context():
        db.engine.dispose()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for _line in sys.stdin:
        child = os.fork()
        if child == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            at_start(app)
            with listen("127.0.0.1", int(port)) as door:
                server = open_for(app, door)
                settle_memory()
                server.run()
            os._exit(0)
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])

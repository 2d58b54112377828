"""`pledges COMMAND`, `python -m pledges COMMAND`: load the program and have it carry out the command."""

import gc
import sys
from importlib import import_module


def main() -> int:
    """Carry out what the command line says; the exit code.

    What the program consists of lives as long as the process: looking through it again and again while it is being
    loaded takes a seventh of that time.
    """
    gc.disable()
    command_line = import_module("pledges.command_line")
    gc.freeze()
    gc.enable()
    return int(command_line.main())


if __name__ == "__main__":
    sys.exit(main())

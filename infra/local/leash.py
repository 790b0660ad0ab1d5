"""`python -m infra.local.leash MODULE ARGUMENT…`: runs a module until whoever started it is gone.

The starter keeps the other end of standard input; when it dies, even by `kill -9`, the end of
input comes and the module gets the SIGTERM that an orderly stop would have sent.
"""

import os
import runpy
import signal
import sys
import threading


def main() -> None:
    """Take the leash, then become the module."""
    threading.Thread(target=_watch, daemon=True).start()
    module, sys.argv = sys.argv[1], sys.argv[1:]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


def _watch() -> None:
    while os.read(0, 1024):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    main()

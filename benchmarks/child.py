"""A script that runs a command and prints as JSON what it took: seconds, peak memory in bytes, what it printed.

It is a process of its own, and a small one, because the system counts the memory of the process that starts a command towards
the command's peak.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time


def main(command: list[str]) -> None:
    begin = time.perf_counter()
    finished = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True)
    seconds = time.perf_counter() - begin
    report = {
        "seconds": seconds,
        "peak": _peak(),
        "exit": finished.returncode,
        "output": finished.stdout.decode("utf-8", "replace"),
        "complaint": finished.stderr.decode("utf-8", "replace"),
    }
    print(json.dumps(report))


def _peak() -> int | None:
    """The peak of the memory of the command, None where the system does not tell."""
    if sys.platform == "win32":
        return None
    import resource

    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


if __name__ == "__main__":
    main(sys.argv[1:])

"""What the command line as a whole asks for."""

from __future__ import annotations


class Session:
    """The wishes of one run; each run has its own."""

    def __init__(self) -> None:
        self.debug = False

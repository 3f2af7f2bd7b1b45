"""What a run of the command line holds, and what it begins before it is even understood."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

TYPE_CHECKING = False  # as typing has it, which would have to be imported before reading begins
if TYPE_CHECKING:
    from generator.cluster.registers.ahead import ReadingAhead

_READING = ("check", "build")
"""The commands that are followed by the cluster whose register they read."""


class Session:
    """What the command line as a whole asks for, and the register being read already; each run has its own."""

    def __init__(self, ahead: ReadingAhead | None = None) -> None:
        self.debug = False
        self.ahead = ahead

    def register_of(self, cluster: Path) -> ReadingAhead:
        """Return the register of `cluster`, being read."""
        from generator.cluster.registers.ahead import ReadingAhead

        return self.ahead if self.ahead is not None and self.ahead.cluster == cluster else ReadingAhead(cluster)


def begin(arguments: Sequence[str]) -> Session:
    """Return the session of a command line. Where its first words say whose register it will need, reading that begins here:
    it goes on beside the imports, which take as long. What is wrong with the words is left to the parser.
    """
    if len(arguments) < 2 or arguments[0] not in _READING or not {"-h", "--help"}.isdisjoint(arguments):
        return Session()
    from generator.cluster.registers.ahead import ReadingAhead

    return Session(ReadingAhead(Path(arguments[1])))

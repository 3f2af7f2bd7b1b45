"""Reading PDF files of strangers in silence: what the reader says in English of small faults is nothing for the user."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterator


@contextlib.contextmanager
def unheard() -> Iterator[None]:
    """Keep pypdf's own grumbling from the user for the block."""
    talker = logging.getLogger("pypdf")
    level = talker.level
    talker.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        talker.setLevel(level)

"""How 字 are counted where a form sets a limit (200字以内). The algorithm, with worked examples, is in docs/counting.md."""

from __future__ import annotations

import re

_RUN = re.compile(r"[0-9A-Za-z]+(?:[.,:/'&+\-][0-9A-Za-z]+)*%?")


def count_characters(text: str) -> int:
    """Return the 字 of `text`: every hanzi or mark counts 1, an unbroken run of Latin letters or digits 1, white space 0."""
    return sum(map(len, _RUN.sub("0", text).split()))

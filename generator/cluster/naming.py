"""Names made of parts: where a cluster lies and what it makes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import takewhile

from generator.cluster.values import NIL

PLACES = ("省", "市", "县")
_BLANK = re.compile(r"\{(\w+)\}")
_FIRST_HANZI, _LAST_HANZI = "\u4e00", "\u9fff"


def compose(pattern: str, parts: Mapping[str, str]) -> str:
    """Return the name that `pattern` (`{省}{市}{县}{产业}产业`) makes of `parts`, saying nothing twice.

    A level that a place has not (absent, 无) is left out, and so is one that repeats the level above (上海市 as 省 and as
    市), and the end of a part that the pattern prints behind it (智能传感器产业 before 产业).
    """
    pieces = _BLANK.split(pattern)
    name, above = pieces[0], ""
    for blank, printed in zip(pieces[1::2], pieces[2::2], strict=True):
        part = parts.get(blank, "")
        if blank not in PLACES or part not in {above, NIL.value}:
            name += _without_repeat(part, printed)
        above = part or above
        name += printed
    return name


def _without_repeat(part: str, printed: str) -> str:
    """Return `part` without its end where what is `printed` behind it begins with the same words: 产业 before 产业集群."""
    said = "".join(takewhile(lambda character: _FIRST_HANZI <= character <= _LAST_HANZI, printed))
    repeated = (said[:length] for length in range(len(said), 0, -1) if length > 1 or length == len(said))
    return part.removesuffix(next((words for words in repeated if part.endswith(words)), ""))

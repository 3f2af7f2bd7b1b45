"""The numbers that items of evidence bear since a version was frozen: they keep them, whatever is added since."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from generator.errors import UnreadableError
from generator.package.manifest import SNAPSHOT
from generator.package.reuse import EVIDENCE_PLACES
from generator.package.versions.frozen import result_of, versions


def kept_numbers(series: Path) -> Mapping[str, int]:
    """Return the numbers of all items of evidence, by name, that stood in a version of the folder `series`.

    Of several, the later version counts. A version that can't be read any more is passed over.
    """
    numbers: dict[str, int] = {}
    try:
        frozen = versions(series)
    except UnreadableError:
        return {}
    for version in frozen:
        try:
            places = json.loads((result_of(series, version) / SNAPSHOT).read_bytes())[EVIDENCE_PLACES]
            numbers |= {str(place["name"]): int(place["number"]) for place in places}
        except (OSError, ValueError, KeyError, TypeError):
            continue
    return numbers

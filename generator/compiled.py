"""Definitions and catalogues, read and checked before: what they gave is kept beside them, for as long as they are unchanged.

Reading YAML and checking it against a grammar takes longer than all the rest of a check. `tools/compile_templates.py` writes
what the package's own files give into `templates/compiled`; an office's own files are read from the YAML each time, and so is
whatever differs from what was compiled, to the byte. Nothing is written at run time.

What is kept is a pickle, of which nothing but the package's own frozen values, enumerations and decimals is taken.
"""

from __future__ import annotations

import importlib
import io
import pickle
import zlib
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any

from generator.frozen import is_frozen, names_of

FOLDER, SUFFIX = "compiled", ".pickle"
_PROTOCOL = 5
_OURS = "generator."

Stamp = tuple[tuple[str, int, int], ...]
Fields = Mapping[tuple[str, str], tuple[str, ...]]
"""The classes of a value, by module and name, and their fields; an enumeration has none."""


def written(value: Any, sources: Iterable[Path]) -> bytes:
    """Return `value`, which was read from the files `sources`, as `read` takes it. It is made of frozen values, enumerations,
    decimals, tuples, texts, numbers, and mappings.
    """
    stream = io.BytesIO()
    _Writer(stream, _PROTOCOL).dump(value)
    content = stream.getvalue()
    reader = _Reader(content, None)
    reader.load()
    return pickle.dumps((_stamp(sources), reader.met, content), _PROTOCOL)


def read(path: Path, sources: Sequence[Path]) -> Any:
    """Return the value that was compiled into `path`; None where there is none, or it is not of `sources` as they are now."""
    try:
        stamp, fields, content = _Reader(path.read_bytes(), {}).load()
        return _Reader(content, fields).load() if stamp == _stamp(sources) else None
    except (
        OSError,
        ValueError,
        KeyError,
        IndexError,
        TypeError,
        AttributeError,
        ImportError,
        EOFError,
        pickle.PickleError,
    ):
        return None


def _stamp(sources: Iterable[Path]) -> Stamp:
    """What tells files from others: their names, lengths and check sums."""
    contents = ((path.name, path.read_bytes()) for path in sources)
    return tuple((name, len(content), zlib.crc32(content)) for name, content in contents)


class _Writer(pickle.Pickler):
    """Writes a member of an enumeration by its value, as no two versions of Python do by themselves."""

    def reducer_override(self, value: Any) -> Any:
        return (type(value), (value.value,)) if isinstance(value, Enum) else NotImplemented


class _Reader(pickle.Unpickler):
    """Reads `content`, whose classes had the fields `known` when it was written; None: it is being written, they are `met`."""

    def __init__(self, content: bytes, known: Fields | None) -> None:
        super().__init__(io.BytesIO(content))
        self._known = known
        self.met: dict[tuple[str, str], tuple[str, ...]] = {}

    def find_class(self, module: str, name: str) -> Any:
        """Return the class. Raises ValueError for one that is none of ours, or has other fields by now, and so is another."""
        if (module, name) == (Decimal.__module__, Decimal.__name__):
            return Decimal
        if not module.startswith(_OURS):
            raise ValueError(f"{module}.{name} is none of ours")
        found = getattr(importlib.import_module(module), name)
        if not (isinstance(found, type) and (is_frozen(found) or issubclass(found, Enum))):
            raise ValueError(f"{name} is no value")
        fields = () if issubclass(found, Enum) else names_of(found)
        if self._known is None:
            self.met[module, name] = fields
        elif self._known[module, name] != fields:
            raise ValueError(f"{name} has changed")
        return found

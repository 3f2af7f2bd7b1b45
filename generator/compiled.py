"""Definitions and catalogues, read and checked before: what they gave, as JSON beside them, for as long as they are unchanged.

Reading YAML and checking it against a grammar takes longer than all the rest of a check. `tools/compile_templates.py` writes
what the package's own files give into `templates/compiled`; an office's own files are read from the YAML each time, and so is
whatever differs from what was compiled, to the byte. Nothing is written at run time.
"""

from __future__ import annotations

import importlib
import json
import zlib
from collections.abc import Iterable, Sequence
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any

from generator.frozen import defaults_of, names_of, restored

FOLDER = "compiled"
_CLASS, _MEMBER, _DECIMAL, _MAP = "#", "#member", "#decimal", "#map"

Stamp = list[list[Any]]


def written(value: Any, sources: Iterable[Path]) -> bytes:
    """Return `value`, which was read from the files `sources`, as `read` takes it. It is made of frozen values, enumerations,
    tuples, texts, numbers, and mappings by text.
    """
    classes: dict[type, int] = {}
    packed = _packed(value, classes)
    known = [[each.__module__, each.__qualname__, *_fields(each)] for each in classes]
    tree = {"sources": _stamp(sources), "classes": known, "value": packed}
    return json.dumps(tree, ensure_ascii=False, indent=None, separators=(",", ":")).encode("utf-8") + b"\n"


def read(path: Path, sources: Sequence[Path]) -> Any:
    """Return the value that was compiled into `path`; None where there is none, or it is not of `sources` as they are now."""
    try:
        tree = json.loads(path.read_bytes())
        if tree["sources"] != _stamp(sources):
            return None
        classes = [_class(*known) for known in tree["classes"]]
        return _unpacked(tree["value"], classes)
    except (OSError, ValueError, KeyError, IndexError, TypeError, AttributeError, ImportError):
        return None


def _stamp(sources: Iterable[Path]) -> Stamp:
    """What tells files from others: their names, lengths and check sums."""
    contents = ((path.name, path.read_bytes()) for path in sources)
    return [[name, len(content), zlib.crc32(content)] for name, content in contents]


def _fields(kind: type) -> tuple[str, ...]:
    return () if issubclass(kind, Enum) else names_of(kind)


def _class(module: str, name: str, *fields: str) -> type:
    """The class of this name. Raises ValueError where it has other fields by now, and so is another."""
    found: type = getattr(importlib.import_module(module), name)
    if _fields(found) != fields:
        raise ValueError(f"{name} has changed")
    return found


def _packed(value: Any, classes: dict[type, int]) -> Any:
    if value is None or (isinstance(value, str | bool | int | float) and not isinstance(value, Enum)):
        return value
    if isinstance(value, Decimal):
        return {_DECIMAL: str(value)}
    if isinstance(value, tuple):
        return [_packed(item, classes) for item in value]
    if isinstance(value, dict):
        return {_MAP: {key: _packed(item, classes) for key, item in value.items()}}
    number = classes.setdefault(type(value), len(classes))
    if isinstance(value, Enum):
        return {_MEMBER: number, "": value.value}
    defaults = defaults_of(type(value))
    told = {name: getattr(value, name) for name in names_of(type(value))}
    own = {name: item for name, item in told.items() if name not in defaults or defaults[name] != item}
    return {_CLASS: number, **{name: _packed(item, classes) for name, item in own.items()}}


def _unpacked(packed: Any, classes: Sequence[type]) -> Any:
    if isinstance(packed, list):
        return tuple([item if isinstance(item, str) else _unpacked(item, classes) for item in packed])
    if not isinstance(packed, dict):
        return packed
    if _CLASS in packed:
        kind = classes[packed[_CLASS]]
        contents = {name: item if isinstance(item, str) else _unpacked(item, classes) for name, item in packed.items()}
        del contents[_CLASS]
        return restored(kind, {**defaults_of(kind), **contents})
    if _MAP in packed:
        return {key: _unpacked(item, classes) for key, item in packed[_MAP].items()}
    return Decimal(packed[_DECIMAL]) if _DECIMAL in packed else classes[packed[_MEMBER]](packed[""])

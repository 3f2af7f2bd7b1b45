"""Output that no console chokes on. What its encoding lacks is printed as a readable stand-in, never as an exception."""

from __future__ import annotations

import codecs
import os
import sys
from typing import TextIO

_HANDLER = "shenbao.stand-in"
_STAND_INS = {
    "›": ">",
    "☐": "[ ]",
    "☑": "[√]",
    "☒": "[×]",
    "✓": "√",
    "✔": "√",
    "✗": "×",
    "✘": "×",
    "•": "·",
    "–": "-",
    "²": "2",
    "³": "3",
    "\u00a0": " ",
    "\u200b": "",
    "\ufeff": "",
}


class ReaderGoneError(Exception):
    """Whoever read our output closed it. No OSError, since click ends the process with 1 on some of those."""


def prepare(stream: TextIO) -> None:
    """Let `stream` print stand-ins for the characters that its encoding lacks, from now on."""
    codecs.register_error(_HANDLER, _stand_in)
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors=_HANDLER)


def open_missing() -> None:
    """Give standard output and error somewhere to go where the process was started without them (`>&-`, pythonw)."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            from pathlib import Path

            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 open until the process ends


def printable(text: str, encoding: str) -> str:
    """Return `text` as `encoding` can print it: `›` becomes `>`, `☑` `[√]`, and what has no likeness its number, `[U+1F600]`."""
    codecs.register_error(_HANDLER, _stand_in)
    return text.encode(encoding, _HANDLER).decode(encoding)


def say(text: str) -> None:
    """Print `text` and a line end on standard output."""
    print(text, file=sys.stdout)


def complain(text: str) -> None:
    """Print `text` and a line end on standard error."""
    print(text, file=sys.stderr)


def fitted(text: str, *, error: bool = False) -> str:
    """Return `text`, its lines broken to the width of the terminal that standard output (or `error`) goes to; as it is elsewhere.

    What is broken goes on indented below itself.
    """
    stream = sys.stderr if error else sys.stdout
    if not stream.isatty():
        return text
    from shutil import get_terminal_size

    from generator.cli.columns import folded

    return folded(text, get_terminal_size().columns)


def say_json(value: object) -> None:
    """Print `value` as JSON that every console carries unharmed: with escapes, unless standard output is Unicode."""
    import json

    unicode = (sys.stdout.encoding or "").lower().startswith("utf")
    say(json.dumps(value, ensure_ascii=not unicode, indent=1))


def _stand_in(error: UnicodeError) -> tuple[str, int]:
    """Return what is printed in place of the characters that `error` is about, and where to go on."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    characters = error.object[error.start : error.end]
    return "".join(_likeness(character, error.encoding) for character in characters), error.end


def _likeness(character: str, encoding: str) -> str:
    likeness = _STAND_INS.get(character, f"[U+{ord(character):04X}]")
    try:
        likeness.encode(encoding)
    except UnicodeEncodeError:
        return f"[U+{ord(character):04X}]"
    return likeness

"""A file that can't be opened."""

from __future__ import annotations


class DamagedError(Exception):
    """A file can't be opened or read to its end; the text says why. Never shown by itself: whoever opens files tells of it."""

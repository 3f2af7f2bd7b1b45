"""The command line: parse, call, report."""

from generator.cli.program import main

__all__ = ["main"]

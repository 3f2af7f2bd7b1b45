"""The one tree of exceptions. Each class owns the exit code of a run that it ends."""

from __future__ import annotations

from generator.findings import Findings


class ShenbaoError(Exception):
    """Base of all errors. `str(error)` is a Chinese sentence for the user; `advice` says what to do."""

    exit_code = 1

    def __init__(self, message: str, advice: str = "") -> None:
        super().__init__(message)
        self.advice = advice


class BlockedError(ShenbaoError):
    """Findings block the work; they travel with the error."""

    exit_code = 1

    def __init__(self, message: str, findings: Findings, advice: str = "") -> None:
        super().__init__(message, advice)
        self.findings = findings


class UnreadableError(ShenbaoError):
    """A file that the user gave as the cluster's data can't be read at all."""

    exit_code = 1


class UsageError(ShenbaoError):
    """The command line asks for something that does not exist or does not fit together."""

    exit_code = 2


class MissingError(ShenbaoError):
    """A tool, font or path named on the command line is missing."""

    exit_code = 3


class OutputError(ShenbaoError):
    """The program's own output failed its check, or could not be written whole."""

    exit_code = 4


class DefinitionError(ShenbaoError):
    """A form definition, catalogue or template (an office's own, or the package's) is wrong."""

    exit_code = 3


class UnknownConstructError(ShenbaoError):
    """A .docx holds a construct that the typesetter does not know; the message names it."""

    exit_code = 3

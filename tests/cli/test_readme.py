"""The README says only what the program does: every command line in it is one that the program takes."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest

from generator.cli.program import program

CHECKOUT = Path(__file__).resolve().parents[2]
README = (CHECKOUT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```sh\n(.*?)^```", README, re.DOTALL | re.MULTILINE)
LINES = [line for block in BLOCKS for line in block.splitlines() if "shenbao " in line and "pip wheel" not in line]

PAGES = sorted(
    {
        line.partition(" #")[0].strip()
        for page in sorted((CHECKOUT / "docs").glob("*.md"))
        for block in re.findall(r"^```\w*\n(.*?)^```", page.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
        for line in block.splitlines()
        if line.startswith("shenbao ") and "\\" not in line and " …" not in line
    }
)
"""The command lines in blocks of docs/, but those with a Windows path and those that leave something out (…)."""


def command_of(name: str) -> str:
    """Return the command that .ci/run reads from the block marked with `name`."""
    found = re.findall(rf"^<!-- command: {name} -->\n```sh\n(.*)\n```$", README, re.MULTILINE)
    assert len(found) == 1
    return str(found[0])


def parse(words: list[str]) -> click.Context:
    """Let the program read a command line without running it."""
    context = program.make_context("shenbao", words)
    name, command, rest = program.resolve_command(context, words)
    assert command is not None
    return command.make_context(name, rest, parent=context)


@pytest.mark.parametrize("line", [line for line in LINES if line.startswith("shenbao")])
def test_every_command_line_in_the_readme_is_understood(line: str) -> None:
    parse(shlex.split(line, comments=True)[1:])


@pytest.mark.parametrize("line", PAGES)
def test_every_command_line_in_the_pages_of_docs_is_understood(line: str) -> None:
    parse(shlex.split(line, comments=True)[1:])


def test_a_command_line_that_is_not_understood_is_noticed() -> None:
    with pytest.raises(click.UsageError):
        parse(["build", "x", "--no-such-option"])


def test_the_readme_shows_every_command() -> None:
    shown = {line.split()[1] for line in LINES if line.startswith("shenbao")}
    assert shown == set(program.list_commands(click.Context(program)))


def test_the_first_command_installs_and_builds_an_example_that_is_there() -> None:
    install, build = command_of("build").split(" && ")
    assert install == "python -m pip install ."
    cluster = parse(shlex.split(build)[1:]).params["cluster"]
    assert (CHECKOUT / cluster / "cluster.yaml").is_file()


def test_the_second_command_installs_and_runs_the_tests() -> None:
    assert command_of("test") == 'python -m pip install -e ".[test]" && python -m pytest'


def test_the_readme_knows_every_exit_code() -> None:
    from generator.cli import failures
    from generator.errors import DefinitionError, OutputError, ShenbaoError, UsageError

    codes = {0, failures.INTERNAL, failures.INTERRUPTED, failures.PIPE_CLOSED}
    codes |= {error.exit_code for error in (ShenbaoError, UsageError, DefinitionError, OutputError)}
    assert {int(code) for code in re.findall(r"^\| (\d+) \|", README, re.MULTILINE)} == codes

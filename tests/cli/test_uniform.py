"""What holds for every command: `--json` answers a program with one document, `-q` says nothing, errors included as they must be."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from generator.cli.front import COMMANDS
from generator.cli.program import program
from generator.cli.telling import TellingCommand
from tests.package.builds import EXAMPLE, FORM, word_file_of
from tests.package.sealing.samples import picture, put

Words = Sequence[str | Path]


def shenbao(*words: str | Path) -> Result:
    return CliRunner().invoke(program, [str(word) for word in words])


def all_commands() -> Iterator[tuple[str, click.Command]]:
    """Yield every command with its name, those of a group by themselves."""
    for name in COMMANDS:
        command = program.get_command(click.Context(program), name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from ((f"{name} {inner}", one) for inner, one in command.commands.items())
        else:
            yield name, command


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the complete example in it, built, frozen and printed, and scans of its signed sheets."""
    base = tmp_path_factory.mktemp("house")
    shutil.copytree(EXAMPLE, base / EXAMPLE.name)
    lines: tuple[Words, ...] = (
        ["build", base / EXAMPLE.name, "--form", FORM, "--form-only", "--copies", "2", "--discs", "1", "-q"],
        ["freeze", base / EXAMPLE.name, "-q"],
        ["ledger", base / EXAMPLE.name, "第1份", "--printed", "是", "-q"],
    )
    for words in lines:
        result = shenbao(*words, "-o", base / "output")
        assert (result.exit_code, result.output) == (0, ""), result.output
    put(base / "scans", 封面__jpg=picture(grey=240), 九__png=picture(kind="PNG", grey=230))
    return base


def command_lines(house: Path, fresh: Path) -> dict[str, Words]:
    """Every command as it succeeds; `fresh` is a folder that nobody wrote to yet."""
    cluster, output = house / EXAMPLE.name, house / "output"
    (draft,) = output.glob("*/*/第001稿")
    contact = ["--contact", "李明 13800000000"]
    return {
        "forms": [],
        "notices": ["上海"],
        "new": [fresh / "new", "--form", FORM],
        "schema": [],
        "blank": [FORM, "-o", fresh],
        "check": [cluster, "--form", FORM],
        "build": [cluster, "--form", FORM, "--form-only", "-o", fresh],
        "freeze": [cluster, "-o", output],
        "ledger": [cluster, "第2份", "光盘1", "--printed", "是", "-o", output],
        "history": [cluster, "-o", output],
        "set": [cluster, "占地面积", "13", "--reason", "核定", "--form", FORM, "--dry-run", "-o", fresh],
        "diff": [cluster, "-o", output],
        "correct": [cluster, "-o", output],
        "seal": [output, "--scans", house / "scans", "--dry-run"],
        "summary": [draft, "-o", fresh, *contact],
        "recommend": [draft, "--notice", "湖北", "--dry-run", "-o", fresh, *contact],
        "verify": [output, "--cluster", cluster],
        "form verify": [FORM, word_file_of(draft)],
        "explain": ["集群总产值"],
    }


FAILING: dict[str, tuple[Words, str, int]] = {
    "forms": (["--library", "nowhere"], "missing", 3),
    "notices": (["火星"], "usage", 2),
    "new": (["folder", "--form", "mars-2024"], "usage", 2),
    "schema": (["--library", "nowhere"], "missing", 3),
    "blank": (["mars-2024"], "usage", 2),
    "check": (["nowhere", "--form", FORM], "missing", 3),
    "build": ([EXAMPLE, "--form", "mars-2024"], "usage", 2),
    "freeze": ([EXAMPLE, "-o", "nowhere"], "usage", 2),
    "ledger": ([EXAMPLE, "第1份", "-o", "nowhere"], "usage", 2),
    "history": ([EXAMPLE, "-o", "nowhere"], "usage", 2),
    "set": ([EXAMPLE, "占地面积", "很大", "--reason", "核定", "--form", FORM], "blocked", 1),
    "diff": ([EXAMPLE, "-o", "nowhere"], "usage", 2),
    "correct": ([EXAMPLE, "-o", "nowhere"], "usage", 2),
    "seal": (["nowhere", "--scans", "nowhere"], "missing", 3),
    "summary": (["nowhere"], "missing", 3),
    "recommend": (["nowhere", "--notice", "湖北"], "missing", 3),
    "verify": (["nowhere"], "missing", 3),
    "form verify": ([FORM, "nowhere.docx"], "missing", 3),
    "explain": (["没有的字段"], "usage", 2),
}


def test_the_walk_over_all_commands_leaves_none_out() -> None:
    names = {name for name, _ in all_commands()}
    assert set(FAILING) == names
    assert all(isinstance(command, TellingCommand) for _, command in all_commands())


@pytest.mark.parametrize(("name", "command"), list(all_commands()))
def test_every_command_knows_both_options(name: str, command: click.Command) -> None:
    options = {option for parameter in command.params for option in parameter.opts}
    assert {"--json", "-q", "--quiet"} <= options, name


@pytest.mark.parametrize("name", sorted(FAILING))
def test_a_result_is_told_to_people_to_a_program_and_to_nobody(name: str, house: Path, tmp_path: Path) -> None:
    codes = []
    for number, more in enumerate(([], ["--json"], ["-q"], ["--json", "-q"])):
        fresh = tmp_path / str(number)
        fresh.mkdir()
        result = shenbao(*name.split(), *command_lines(house, fresh)[name], *more)
        codes.append(result.exit_code)
        assert result.stderr == "", result.stderr
        if "--json" in more:
            assert "error" not in json.loads(result.stdout)
        else:
            assert bool(result.stdout) == (not more)
    assert len(set(codes)) == 1 and codes[0] in (0, 1), codes


def answer(*words: str | Path) -> tuple[Result, dict[str, Any]]:
    result = shenbao(*words, "--json")
    told: dict[str, Any] = json.loads(result.stdout)
    return result, told


@pytest.mark.parametrize("name", sorted(FAILING))
def test_an_expected_error_is_one_document_too(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    words, kind, code = FAILING[name]
    result, told = answer(*name.split(), *words)
    assert result.exit_code == code == told["error"]["code"], told
    assert told["error"]["kind"] == kind
    assert told["error"]["message"] in result.stderr
    assert told["error"]["advice"], told
    quiet = shenbao(*name.split(), *words, "-q")
    assert (quiet.exit_code, quiet.stdout) == (code, "") and told["error"]["message"] in quiet.stderr


def test_findings_that_stand_in_the_way_are_part_of_the_answer() -> None:
    result, told = answer("set", EXAMPLE, "占地面积", "很大", "--reason", "核定", "--form", FORM)
    assert told["changed"] is False and "Y301" in {finding["code"] for finding in told["findings"]}
    assert told["counts"]["must"] == 1 and "Y301" not in result.stderr


def test_a_command_line_that_cannot_be_read_is_answered_too() -> None:
    result, told = answer("check", "--frm", "x")
    assert (result.exit_code, told["error"]["kind"], told["error"]["code"]) == (2, "usage", 2)
    assert "--form" in told["error"]["message"]


def test_what_failed_its_check_is_code_4(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    result, told = answer("build", EXAMPLE, "--form", FORM, "--form-only", "-o", tmp_path / "file")
    assert (result.exit_code, told["error"]["kind"], told["draft"]) == (4, "output", None)

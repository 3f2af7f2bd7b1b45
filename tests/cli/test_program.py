from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from generator.cli.columns import width, wrapped
from generator.cli.front import COMMANDS, page
from generator.cli.program import Program, program
from generator.cli.wording import Argument, Command
from generator.errors import BlockedError, MissingError, OutputError, ShenbaoError, UsageError
from generator.findings import Finding, Severity

HEAVY = ["yaml", "docx", "docxtpl", "jinja2", "lxml", "reportlab", "pypdf", "fontTools", "generator.build"]


class Sample(Program):
    """The program with one command more, which does what a test wants."""

    def __init__(self, action: Callable[[], object]) -> None:
        super().__init__(["go"], name="shenbao", params=program.params, context_settings=program.context_settings)
        self.action = action

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name != "go":
            return None
        return Command(
            "go",
            help="做一件事。",
            callback=lambda **values: self.action(),
            params=[
                Argument(["cluster"], metavar="集群", description="集群文件夹。"),
                click.Option(["--form"], required=True, metavar="申报表", help="申报表代号。"),
                click.Option(["--fonts"], type=click.Choice(["bundled", "system"]), metavar="字体", help="字体来源。"),
                click.Option(["--often"], type=click.IntRange(0, 99), metavar="次数", hidden=True),
                click.Option(["--json"], is_flag=True, help="输出 JSON。"),
            ],
        )


def run(action: Callable[[], object], *args: str) -> Result:
    return CliRunner().invoke(Sample(action), args or ["go", "x", "--form", "y"])


def failing(error: BaseException) -> Callable[[], object]:
    def action() -> object:
        raise error

    return action


def english_in(text: str) -> list[str]:
    """Return the Latin words in `text` that are no command, option or given value."""
    known = {
        "shenbao",
        "go",
        "form",
        "fonts",
        "json",
        "bundled",
        "system",
        "help",
        "version",
        "debug",
        "docx",
        "PDF",
        "xlsx",
    }
    known |= {"JSON", "Schema", "cluster", "yaml", "fo", "foo", "often", *COMMANDS}
    return [word for word in re.findall(r"[A-Za-z]{2,}", text) if word not in known]


def test_help_lists_every_command_in_chinese() -> None:
    result = CliRunner().invoke(program, ["--help"])
    assert result.exit_code == 0
    assert all(f"  {name} " in result.stdout for name in COMMANDS)
    assert english_in(result.stdout) == []
    assert result.stdout.startswith("用法：shenbao")


@pytest.mark.parametrize("args", [[], ["-h"]])
def test_help_is_shown_when_asked_for_or_nothing_is_said(args: list[str]) -> None:
    assert CliRunner().invoke(program, args).stdout == CliRunner().invoke(program, ["--help"]).stdout


def test_help_of_a_command_tells_its_parameters_in_chinese() -> None:
    result = run(lambda: None, "go", "-h")
    assert result.stdout.splitlines() == [
        "用法：shenbao go 集群 --form 申报表 [选项]",
        "",
        "  做一件事。",
        "",
        "参数：",
        "  集群  集群文件夹。",
        "",
        "选项：",
        "  --form 申报表  必写。申报表代号。",
        "  --fonts 字体   字体来源。",
        "  --json         输出 JSON。",
        "  -h, --help     显示这一页说明。",
    ]


def test_no_line_of_any_help_page_is_wider_than_a_console() -> None:
    for name in ["", *COMMANDS]:
        page = CliRunner().invoke(program, [*name.split(), "--help"]).stdout
        assert page
        assert all(width(line) <= 80 for line in page.splitlines())


def test_version_is_told() -> None:
    assert re.fullmatch(r"shenbao \d+\.\d+\.\d+\n", CliRunner().invoke(program, ["--version"]).stdout)


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["gone"], "没有命令 gone。是不是 go？"),
        (["--foo"], "没有选项 --foo。"),
        (["go", "x", "--fo", "y"], "没有选项 --fo。是不是 --form？"),
        (["go", "--form", "y"], "缺少参数 集群。"),
        (["go", "x"], "缺少选项 --form。"),
        (["go", "x", "--form"], "选项 --form 后面要写申报表。"),
        (["go", "x", "--form", "y", "--json=1"], "选项 --json 后面不写值。"),
        (["go", "x", "y", "z", "--form", "y"], "多出了参数：y z。"),
        (["go", "x", "--form", "y", "--often", "-1"], "选项 --often 的值不对：要写 0 至 99 的整数。"),
        (["go", "x", "--form", "y", "--fonts", "none"], "选项 --fonts 的值不对：只能是 bundled、system。"),
        (["--version=1"], "选项 --version 后面不写值。"),
    ],
)
def test_a_command_line_that_makes_no_sense_is_told_so_in_chinese(args: list[str], said: str) -> None:
    result = run(lambda: None, *args)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.splitlines()[0] == f"命令行有误：{said}"
    assert english_in(result.stderr.replace("gone", "").replace("none", "")) == []


@pytest.mark.parametrize("command", ["new", "blank"])
def test_what_must_be_written_is_asked_for_where_it_is_missing(command: str) -> None:
    result = CliRunner().invoke(program, [command] if command == "blank" else [command, "我的集群"])
    assert result.exit_code == 2
    assert result.stderr.startswith(f"命令行有误：缺少{'参数 表式' if command == 'blank' else '选项 --form'}。")


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (ShenbaoError("出错。", "重来。"), 1),
        (UsageError("没有这个申报表。", "重来。"), 2),
        (MissingError("找不到。", "重来。"), 3),
        (OutputError("没有通过自查。", "重来。"), 4),
    ],
)
def test_an_error_is_a_sentence_some_advice_and_the_exit_code_of_its_class(error: ShenbaoError, code: int) -> None:
    result = run(failing(error))
    assert result.exit_code == code
    assert result.stderr == f"错误：{error}\n怎么办：重来。\n"
    assert result.stdout == ""


def test_an_error_that_findings_caused_shows_them() -> None:
    finding = Finding("Y103", Severity.MUST, "不是一个数。")
    result = run(failing(BlockedError("有必须改的问题。", (finding,))))
    assert result.exit_code == 1
    assert "必须改 [Y103] 不是一个数。" in result.stderr


def test_an_unforeseen_error_asks_for_a_report_and_shows_no_traceback() -> None:
    result = run(failing(ZeroDivisionError("by zero")))
    assert result.exit_code == 70
    assert "--debug" in result.stderr
    assert "Traceback" not in result.stderr


def test_debug_shows_the_traceback() -> None:
    result = CliRunner().invoke(Sample(failing(ZeroDivisionError())), ["--debug", "go", "x", "--form", "y"])
    assert result.exit_code == 70
    assert "Traceback" in result.stderr


def test_an_interruption_is_said_without_fuss() -> None:
    result = run(failing(KeyboardInterrupt()))
    assert result.exit_code == 130
    assert result.stderr.strip() == "已中断。没有写完的内容不会生效。"


@pytest.mark.parametrize(("returned", "code"), [(None, 0), (0, 0), (1, 1), ("text", 0)])
def test_the_number_that_a_command_returns_is_the_exit_code(returned: object, code: int) -> None:
    assert run(lambda: returned).exit_code == code


def test_the_first_help_page_imports_nothing_heavy_not_even_the_parser(child_environment: dict[str, str]) -> None:
    program = (
        "import sys\nfrom generator.cli import main\nsys.argv[1:] = ['--help']\nmain()\n"
        f"print([name for name in {['click', *HEAVY]!r} if name in sys.modules], file=sys.stderr)"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], env=child_environment, capture_output=True, check=True, timeout=60
    )
    assert "用法" in run.stdout.decode()
    assert run.stderr.decode().strip() == "[]"


@pytest.mark.parametrize("name", COMMANDS)
def test_help_of_a_command_imports_nothing_heavy(name: str, child_environment: dict[str, str]) -> None:
    program = (
        f"import atexit, sys\nfrom generator.cli import main\nsys.argv[1:] = [{name!r}, '--help']\n"
        f"atexit.register(lambda: print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr))\nmain()"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], env=child_environment, capture_output=True, check=True, timeout=60
    )
    assert run.stderr.decode().strip() == "[]"


def test_the_first_help_page_tells_every_command_and_option_there_is() -> None:
    context = click.Context(program, help_option_names=["-h", "--help"])
    names = {name for parameter in program.get_params(context) for name in parameter.opts}
    shown = {word.rstrip(",") for line in page().splitlines() for word in line.split()}
    assert names <= shown
    assert set(program.list_commands(context)) == set(COMMANDS) <= shown
    assert all(program.get_command(context, name) for name in COMMANDS)


def shenbao(environment: dict[str, str], *args: str, **options: Any) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "generator", *args]
    return subprocess.run(command, env=environment, capture_output=True, timeout=60, **options)


@pytest.mark.parametrize("encoding", ["gbk:strict", "ascii:strict", "utf-8:strict"])
def test_usage_errors_pass_a_strict_console(encoding: str, child_environment: dict[str, str]) -> None:
    result = shenbao({**child_environment, "PYTHONIOENCODING": encoding}, "𬭎😀›")
    assert result.returncode == 2
    assert b"Traceback" not in result.stderr
    result.stderr.decode(encoding.partition(":")[0])


def test_help_passes_a_strict_gbk_console(child_environment: dict[str, str]) -> None:
    result = shenbao({**child_environment, "PYTHONIOENCODING": "gbk:strict"}, "--help")
    assert result.returncode == 0
    assert "用法" in result.stdout.decode("gbk")


@pytest.mark.skipif(sys.platform == "win32", reason="pipes close differently")
def test_a_reader_that_goes_away_is_no_drama(child_environment: dict[str, str]) -> None:
    program = (
        "import sys; from tests.cli.test_program import Sample\n"
        "Sample(lambda: [print('行' * 100) for _ in range(20000)])(['go', 'x', '--form', 'y'])"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program], env=child_environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == 141


@pytest.mark.skipif(sys.platform == "win32", reason="a shell closes it")
def test_without_standard_output_a_command_still_runs(child_environment: dict[str, str], tmp_path: Path) -> None:
    command = [sys.executable, "-m", "generator", "new", str(tmp_path / "甲"), "--form", "national-2025"]
    run = ["sh", "-c", 'exec "$@" >&-', "sh", *command]
    result = subprocess.run(run, env=child_environment, stderr=subprocess.PIPE, timeout=60)
    assert (result.returncode, result.stderr) == (0, b"")
    assert (tmp_path / "甲" / "cluster.yaml").is_file()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_output_that_can_not_be_written_is_no_fault_of_the_program(child_environment: dict[str, str]) -> None:
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, "-m", "generator", "forms"]
        result = subprocess.run(command, env=child_environment, stdout=full, stderr=subprocess.PIPE, timeout=60)
    assert result.returncode == 4
    assert "磁盘" in result.stderr.decode()
    assert "内部错误" not in result.stderr.decode()


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGINT")
def test_control_c_ends_a_real_process_with_a_sentence(child_environment: dict[str, str], tmp_path: Path) -> None:
    program = (
        "import signal, sys, time; from tests.cli.test_program import Sample\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)  # a job in the background is born deaf to it\n"
        "Sample(lambda: (print('ready', flush=True), time.sleep(30)))(['go', 'x', '--form', 'y'])"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program], env=child_environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        assert "已中断" in process.stderr.read().decode()
        assert process.wait(60) == 130


@pytest.mark.parametrize("columns", [10, 20, 33])
def test_text_is_broken_by_columns_and_no_line_begins_with_a_closing_mark(columns: int) -> None:
    text = "中小企业特色产业集群申报材料，由一份集群数据（cluster.yaml）生成：申报表、清单。JSON Schema 也行。"
    lines = wrapped(text, columns)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(width(line) <= max(columns, len("（cluster.yaml") + 1) + 2 for line in lines)
    assert not any(line[0] in "，。、：）" for line in lines)


def test_file_names_that_the_locale_can_not_write_are_no_internal_error(tmp_path: Path) -> None:
    settings = {
        "LC_ALL": "C",
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }
    program = (
        "import sys; from generator.cli import main; "
        f"sys.argv = ['shenbao', 'new', '--form', 'national-2025', {str(tmp_path / '集群')!a}]; main()"
    )
    environment = {**os.environ, **settings}
    result = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True)
    assert result.returncode == 4
    assert b"PYTHONUTF8=1" in result.stderr

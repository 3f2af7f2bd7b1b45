from __future__ import annotations

import io
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.cli import console
from generator.cli.columns import width

ODD_NAMES = [
    "𬭎钢𠮷产业",
    "R&D <集群>",
    "e\u0301cole",
    "\u200b零宽",
    "emoji😀",
    "\ud800半个",
    "叶榭镇・①㎡",
    "①②③",
    "‰℃",
]


def test_marks_that_the_console_lacks_get_readable_stand_ins() -> None:
    assert console.printable("二 › 产值 ☑是 ☐否 m²", "gbk") == "二 > 产值 [√]是 [ ]否 m2"


def test_what_the_console_has_stays_as_it_is() -> None:
    text = "“集群”——〔2024〕…±×÷℃、①"
    assert console.printable(text, "gbk") == text


def test_what_has_no_likeness_is_printed_as_its_number() -> None:
    assert console.printable("𬭎😀", "gbk") == "[U+2CB4E][U+1F600]"


def test_a_stand_in_that_the_console_lacks_too_gives_way_to_the_number() -> None:
    assert console.printable("☑", "ascii") == "[U+2611]"


@given(
    st.text(alphabet=st.characters(codec=None)), st.sampled_from(["gbk", "gb2312", "cp936", "ascii", "utf-8", "big5"])
)
def test_any_text_passes_any_console(text: str, encoding: str) -> None:
    console.printable(text, encoding).encode(encoding)


@pytest.mark.parametrize("name", ODD_NAMES)
def test_a_strict_gbk_stream_takes_odd_names(name: str) -> None:
    stream = io.TextIOWrapper(io.BytesIO(), encoding="gbk", errors="strict")
    console.prepare(stream)
    stream.write(f"{name} › ☑\n")
    stream.flush()


def test_a_stream_without_settings_is_left_alone() -> None:
    console.prepare(io.StringIO())


@pytest.mark.parametrize("encoding", ["gbk:strict", "utf-8:strict", "ascii:strict"])
def test_json_says_the_same_on_every_console(encoding: str, child_environment: dict[str, str]) -> None:
    program = (
        "import sys; from generator.cli import console; console.prepare(sys.stdout);"
        "console.say_json({'名称': '𬭎 › ☑ 集群'})"
    )
    run = subprocess.run(
        [sys.executable, "-c", program],
        env={**child_environment, "PYTHONIOENCODING": encoding},
        capture_output=True,
        check=True,
        timeout=60,
    )
    import json

    assert json.loads(run.stdout.decode(encoding.partition(":")[0])) == {"名称": "𬭎 › ☑ 集群"}


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


LONG = (
    "cluster.yaml:12:5 必须改 [C101] 二、主导产业情况 › 集群总产值占所在县级行政区划工业总产值比例（%） › 2022年：必填栏目空缺\n"
    "    怎么办：请在 cluster.yaml 里填写“实绩”中2022年、2023年的“集群总产值”、“县域工业总产值”，由本工具推算。\n"
    "共 1 条：必须改 1。"
)


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_lines_are_broken_to_the_width_of_a_terminal_and_go_on_below_themselves(
    columns: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdout", Terminal())
    monkeypatch.setenv("COLUMNS", str(columns))
    lines = console.fitted(LONG).splitlines()
    assert all(width(line, "WFA") <= columns for line in lines)
    assert "".join(lines).replace(" ", "") == LONG.replace("\n", "").replace(" ", "")
    assert not any(line.endswith(("“", "（")) or line.lstrip().startswith(("”", "，", "）")) for line in lines)
    starts = [line for line in lines if not line.startswith("  ")]
    assert [start[:5] for start in starts] == ["clust", "共 1 条"[:5]]
    remedy = lines.index(next(line for line in lines if line.startswith("    怎么办")))
    assert all(line.startswith("      ") for line in lines[remedy + 1 : -1])


def test_what_goes_to_a_file_is_not_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    monkeypatch.setattr(sys, "stderr", Terminal())
    monkeypatch.setenv("COLUMNS", "60")
    assert console.fitted(LONG) == LONG
    assert console.fitted(LONG, error=True) != LONG

from __future__ import annotations

import io
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.cli import console

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

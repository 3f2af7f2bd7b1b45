"""A text may be written over several lines: the blank that YAML puts in is not the user's."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.cluster.codes import Collector
from generator.cluster.folding import unfolded
from generator.cluster.nodes import MappingNode, ScalarNode, compose
from generator.cluster.source import Source

HANZI = st.text("集群产业链，。“”（）１Ａ", min_size=1, max_size=8)
WORD = st.text("abc019", min_size=1, max_size=5)
STYLES = ("{}", "'{}'", '"{}"', ">\n  {}")


def read(text: str, native: bool) -> str:
    source = Source("cluster.yaml", text)
    root = compose(source, Collector(), native=native)
    assert isinstance(root, MappingNode)
    value = root.pairs[0][1]
    assert isinstance(value, ScalarNode)
    return unfolded(value, source).rstrip("\n")


@pytest.mark.parametrize("native", [True, False], ids=["libyaml", "python"])
@given(st.lists(HANZI, min_size=1, max_size=5), st.sampled_from(STYLES), st.sampled_from(["\n", "\r\n"]))
def test_hanzi_written_over_lines_are_one_text(native: bool, lines: list[str], style: str, ending: str) -> None:
    text = "a: " + style.format("\n  ".join(lines)) + "\n"
    assert read(text.replace("\n", ending), native) == "".join(lines)


@given(st.lists(WORD, min_size=1, max_size=5), st.sampled_from(STYLES))
def test_latin_words_keep_their_blank(lines: list[str], style: str) -> None:
    assert read("a: " + style.format("\n  ".join(lines)) + "\n", True) == " ".join(lines)


@pytest.mark.parametrize("style", STYLES)
def test_a_blank_that_was_typed_stays(style: str) -> None:
    assert read("a: " + style.format("张三 李四\n  王五") + "\n", True) == "张三 李四王五"


@pytest.mark.parametrize("style", STYLES)
def test_a_blank_line_parts_paragraphs(style: str) -> None:
    assert read("a: " + style.format("第一段\n  续\n\n  第二段") + "\n", True) == "第一段续\n第二段"


def test_an_apostrophe_in_single_quotes_is_no_obstacle() -> None:
    assert read("a: '甲''乙\n  丙'\n", True) == "甲'乙丙"


def test_a_literal_text_keeps_its_lines() -> None:
    assert read("a: |\n  甲 乙\n  丙\n", True) == "甲 乙\n丙"

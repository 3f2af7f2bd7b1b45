"""docs/media.md lists the findings of media and sealing, and shows commands that there are."""

from __future__ import annotations

import re
from pathlib import Path

from generator.cli.commands.seal import command
from generator.forms.library import Library
from generator.package.media.rules import read_media_rules
from generator.package.sealing.rules import read_sealing_rules

ROOT = Path(__file__).resolve().parents[3]
PAGE = (ROOT / "docs" / "media.md").read_text("utf-8")


def test_the_page_lists_every_code_with_its_severity_and_no_other() -> None:
    used = {}
    for folder in ("media", "sealing"):
        for path in (ROOT / "generator" / "package" / folder).glob("*.py"):
            for code, severity in re.findall(
                r'code="([A-Z]\d{3})",\s+severity=Severity\.(\w+)', path.read_text("utf-8")
            ):
                used[code] = {"MUST": "必须改", "CHECK": "请核对", "NOTE": "提示"}[severity]
    assert used == dict(re.findall(r"^\| ([MS]\d{3}) \| (\S+) \|", PAGE, re.MULTILINE))
    assert len(used) == 29


def test_every_option_that_the_page_writes_exists() -> None:
    options = {name for parameter in command.params for name in parameter.opts}
    shown = {
        name for line in PAGE.splitlines() if line.startswith("shenbao seal") for name in re.findall(r"--[a-z-]+", line)
    }
    assert shown and shown <= options


def test_the_figures_of_the_page_are_those_of_the_rules() -> None:
    media, sealing = read_media_rules(Library.standard()), read_sealing_rules(Library.standard())
    assert f"默认一封最大 {media.mail.limit // 1024**2} MB" in PAGE
    assert f"可差 {sealing.paper.tolerance:g} 毫米" in PAGE
    assert all(f"`{word}`" in PAGE for word in (*sealing.cover, sealing.whole[0]))

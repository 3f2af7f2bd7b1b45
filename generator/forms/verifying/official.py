"""A form or summary table held against an official text: plain text, its lines broken anywhere, its blanks empty."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from generator.findings import Findings
from generator.forms.definition import FOOTNOTE_MARK, Form
from generator.forms.definition_summary import Summary
from generator.forms.verifying.bare import Bare
from generator.forms.verifying.differences import as_findings, with_moves, with_whole_rows
from generator.forms.verifying.paper import NOTES, Paper
from generator.forms.verifying.placing import compare
from generator.forms.verifying.summary_paper import papers_of
from generator.frozen import dataclass, replace

_NOTE = re.compile(r"(\d{1,2}) ?(?![\d.年])(.+)")
_END_OF_NOTE = ("；", "。")
_ANNEX = re.compile(r"\s*附件\s*\d{0,2}\s*[：:]?\s*")


@dataclass(frozen=True)
class OfficialText:
    """An official text taken apart: its lines, the mark of each footnote as `[^]`, and the footnotes."""

    lines: tuple[str, ...]
    notes: tuple[str, ...] = ()


def verify_text(form: Form | Summary, text: str) -> Findings:
    """Return where the official `text` and the definition of `form` differ, in the order of the form.

    Every text that the form prints must stand in `text` and nothing else: 缺少 is what only the form has, 多出 what only
    the text has. White space, underlines and line breaks don't count.
    """
    paper = papers_of(form)[0]
    taken = footnoted(text) if paper.notes else OfficialText(tuple(text.splitlines()))
    printed = [replace(one, optional=False, begins=False) for one in paper.printed()]
    differences = compare(printed, Bare.of(without_annex(taken.lines)), (paper.title,))
    differences += compare(paper.notes, Bare.of(taken.notes), (NOTES,))
    return as_findings(with_moves(with_whole_rows(differences, _rows(paper))), paper.clause)


def without_annex(lines: Sequence[str]) -> Sequence[str]:
    """Return the lines without the notice's mark (附件1) before them, which is no part of the form."""
    for number, line in enumerate(lines):
        if line.strip():
            return lines[number + 1 :] if _ANNEX.fullmatch(line) else lines
    return lines


def footnoted(text: str) -> OfficialText:
    """Take apart a text whose pages were put one below the other: marks are numbers on lines of their own, a note stands
    where its page ended, behind its number.
    """
    notes: list[str] = []
    return OfficialText(tuple(_without_notes(text.splitlines(), notes)), tuple(notes))


def _without_notes(lines: Sequence[str], notes: list[str]) -> Iterator[str]:
    marks = 0
    remaining = iter(lines)
    for line in remaining:
        if line.strip() == str(marks + 1):
            marks += 1
            yield FOOTNOTE_MARK
            continue
        note = _NOTE.fullmatch(line)
        if note is None or note[1] != str(len(notes) + 1):
            yield line
            continue
        sentence = note[2]
        while not sentence.endswith(_END_OF_NOTE):
            sentence += next(remaining, _END_OF_NOTE[-1])
        notes.append(sentence)


def _rows(paper: Paper) -> dict[int, list[str]]:
    texts: dict[int, list[str]] = {}
    for printed in paper.printed():
        texts.setdefault(printed.row, []).append(printed.text)
    return texts

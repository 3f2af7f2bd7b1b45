"""The complete example, spoilt in one place: what was spoilt is found, and nothing else stands in the way."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from generator.findings import Findings, blocking
from generator.forms.library import Library
from generator.measure.fonts import FontLibrary
from generator.prepared import prepare
from tests.checks.mutations import FOLDER, FORMS, MUTATIONS, PROSE, Mutation


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    copied = tmp_path_factory.mktemp("示例") / FOLDER.name
    shutil.copytree(FOLDER, copied)
    return copied


@pytest.fixture(scope="module")
def fonts() -> FontLibrary:
    return FontLibrary.bundled()


def checked(folder: Path, form: str, text: str, fonts: FontLibrary) -> Findings:
    (folder / "cluster.yaml").write_text(text, encoding="utf-8")
    return prepare(folder, form, Library.standard(), fonts).findings


def original() -> str:
    return (FOLDER / "cluster.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("form", FORMS)
def test_nothing_is_found_in_the_untouched_example(form: str, folder: Path, fonts: FontLibrary) -> None:
    assert checked(folder, form, original(), fonts) == ()


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.name)
def test_what_was_spoilt_is_found_and_nothing_else_blocks(mutation: Mutation, folder: Path, fonts: FontLibrary) -> None:
    text = original()
    assert text.count(mutation.old) == mutation.count
    findings = checked(folder, mutation.form, text.replace(mutation.old, mutation.new), fonts)
    assert mutation.code in {finding.code for finding in findings}
    assert {finding.code for finding in blocking(findings)} <= {mutation.code}


@pytest.mark.parametrize("mutation", PROSE, ids=lambda mutation: mutation.name)
def test_a_stale_figure_in_the_prose_is_all_that_is_found(mutation: Mutation, folder: Path, fonts: FontLibrary) -> None:
    findings = checked(folder, mutation.form, original().replace(mutation.old, mutation.new), fonts)
    changed = {finding.found.partition("：")[0] for finding in findings}
    assert {finding.code for finding in findings} == {"C911"}
    assert any(number in mutation.new for number in changed)


def test_the_example_is_spoilt_in_enough_ways() -> None:
    assert len(MUTATIONS) >= 60
    assert len(PROSE) >= 25
    assert len({(mutation.form, mutation.new, mutation.old) for mutation in MUTATIONS}) == len(MUTATIONS)

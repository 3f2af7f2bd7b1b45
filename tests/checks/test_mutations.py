"""The complete example, spoilt in one place: what was spoilt is found, and nothing else stands in the way."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from generator.findings import Findings, blocking
from generator.forms.library import Library
from generator.measure.fonts import FontLibrary
from generator.prepared import prepare
from tests.checks.mutations import FOLDER, FORMS, MUTATIONS, Mutation


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


def test_the_example_is_spoilt_in_enough_ways() -> None:
    assert len(MUTATIONS) >= 60
    assert len({(mutation.form, mutation.new, mutation.old) for mutation in MUTATIONS}) == len(MUTATIONS)

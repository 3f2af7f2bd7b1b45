"""The national form, compiled once for all tests of Word files."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.docx.compile import compile_form
from generator.docx.fill import Template
from generator.forms.arrange import arrange
from generator.forms.arrangement import Arrangement
from generator.forms.reading import read_form
from generator.measure.fonts import FontLibrary
from generator.resources import templates_folder

OFFICIAL = Path(__file__).resolve().parents[1] / "fixtures" / "official"


@pytest.fixture(scope="session")
def fonts() -> FontLibrary:
    return FontLibrary.bundled()


@pytest.fixture(scope="session")
def national() -> Arrangement:
    return arrange(read_form(templates_folder() / "forms" / "national-2025.yaml"))


@pytest.fixture(scope="session")
def national_docx(national: Arrangement, fonts: FontLibrary) -> bytes:
    return compile_form(national, fonts)


@pytest.fixture(scope="session")
def national_template(national_docx: bytes) -> Template:
    return Template.prepare(national_docx)


@pytest.fixture
def official_text() -> str:
    return (OFFICIAL / "national-2025-form.txt").read_text(encoding="utf-8")

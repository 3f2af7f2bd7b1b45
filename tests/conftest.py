"""What all tests share."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings

from tests.calc import Calc

CHECKOUT = Path(__file__).resolve().parents[1]

settings.register_profile("quiet", deadline=None, database=None, derandomize=True)
settings.load_profile("quiet")


@pytest.fixture
def checkout() -> Path:
    """The folder of the repository."""
    return CHECKOUT


@pytest.fixture
def child_environment() -> dict[str, str]:
    """The environment for a Python process that runs the code under test."""
    return {**os.environ, "PYTHONPATH": str(CHECKOUT)}


@pytest.fixture(scope="session")
def soffice() -> str:
    """The path of LibreOffice; a test that asks for it is skipped where it is missing."""
    found = shutil.which("soffice")
    if found is None:
        pytest.skip("LibreOffice is not installed")
    return found


@pytest.fixture(scope="session")
def calc(soffice: str, tmp_path_factory: pytest.TempPathFactory) -> Calc:
    """LibreOffice Calc, which opens a table and saves it; a test that asks for it is skipped where it is missing."""
    program = Calc(soffice, tmp_path_factory.mktemp("calc"))
    if not program.works():
        pytest.skip("LibreOffice Calc is not installed")
    return program


@pytest.fixture(scope="session")
def pdftotext() -> str:
    """The path of poppler's pdftotext; a test that asks for it is skipped where it is missing."""
    found = shutil.which("pdftotext")
    if found is None:
        pytest.skip("poppler is not installed")
    return found

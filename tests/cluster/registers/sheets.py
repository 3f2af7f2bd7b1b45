"""Small workbooks and .csv files for the tests of registers, and what is read from them."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

from generator.cluster.catalogue import Catalogue, read_catalogue
from generator.cluster.load import load_cluster
from generator.cluster.model import Cluster, Entry
from generator.findings import Findings
from generator.resources import templates_folder

CODES = ("91310115000000001U", "91310115000000002Y", "913101150000000032")
Rows = Sequence[Sequence[Any]]


def whole_catalogue() -> Catalogue:
    return read_catalogue([templates_folder() / "fields"])


def workbook(sheets: Mapping[str, Rows], touch: Callable[[Any, Any], None] | None = None) -> bytes:
    """A workbook of these sheets; `touch` may add to its first sheet what rows can't say."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    dates = book.add_format({"num_format": "yyyy-mm-dd"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for at, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(at, column, value, dates)
                elif isinstance(value, str):
                    sheet.write_string(at, column, value)
                elif value is not None:
                    sheet.write(at, column, value)
        if touch is not None:
            touch(book, sheet)
            touch = None
    book.close()
    return stream.getvalue()


def read(folder: Path, files: Mapping[str, bytes], yaml: str = "产业: 智能传感器\n") -> tuple[Cluster, Findings]:
    """The cluster that `folder` holds once these files are in it."""
    for name, data in {"cluster.yaml": yaml.encode("utf-8"), **files}.items():
        (folder / name).write_bytes(data)
    cluster, findings = load_cluster(folder, whole_catalogue(), forms=["national-2025"])
    assert cluster is not None
    return cluster, findings


def read_sheet(folder: Path, rows: Rows, sheet: str = "企业") -> tuple[Sequence[Entry], Findings]:
    """The entries that one sheet gives."""
    cluster, findings = read(folder, {"企业清单.xlsx": workbook({sheet: rows})})
    register = {"示范项目": "试点示范项目"}.get(sheet, sheet)
    return cluster.registers.get(register, ()), findings


def codes(findings: Findings) -> list[str]:
    return [finding.code for finding in findings]


def firm(name: str = "甲公司", **more: Any) -> dict[str, Any]:
    return {"名称": name, "是否中小企业": "是", "是否主导产业相关": "是", **more}


def table(*rows: Mapping[str, Any]) -> Rows:
    """Rows of a sheet, headed by all labels that come up."""
    labels = list(dict.fromkeys(label for row in rows for label in row))
    return [labels, *([row.get(label) for label in labels] for row in rows)]

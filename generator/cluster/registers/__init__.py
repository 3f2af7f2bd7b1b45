"""Registers that stand in files beside cluster.yaml: 企业清单.xlsx with a sheet each, or a .csv each (docs/registers.md)."""

from __future__ import annotations

from generator.cluster.registers.load import WORKBOOK, read_registers
from generator.cluster.registers.workbook_to_fill import workbook_to_fill

__all__ = ["WORKBOOK", "read_registers", "workbook_to_fill"]

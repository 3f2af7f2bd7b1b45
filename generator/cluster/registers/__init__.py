"""Registers that stand in files beside cluster.yaml: 企业清单.xlsx with a sheet each, or a .csv each (docs/registers.md)."""

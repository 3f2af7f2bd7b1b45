"""Corrections: two snapshots in, what changed out; and one value of the data found, changed, and its consequences told."""

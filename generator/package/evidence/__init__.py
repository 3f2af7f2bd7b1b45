"""佐证材料: files read and held to limits, put in order with contents, dividers and numbers, bound into volumes."""

from __future__ import annotations

from generator.package.evidence.binding import (
    BoundVolume,
    EvidencePlace,
    EvidencePlan,
    bind_evidence,
    plan_evidence,
    printed_pages,
    recorded,
)
from generator.package.evidence.reading import read_evidence
from generator.package.evidence.remembered import KeptEvidence
from generator.package.evidence.source import EvidenceItem, ReadItem, Source, items_of
from generator.package.evidence.volumes import FilePlace, Volume, VolumeSettings

__all__ = [
    "BoundVolume",
    "EvidenceItem",
    "EvidencePlace",
    "EvidencePlan",
    "FilePlace",
    "KeptEvidence",
    "ReadItem",
    "Source",
    "Volume",
    "VolumeSettings",
    "bind_evidence",
    "items_of",
    "plan_evidence",
    "printed_pages",
    "read_evidence",
    "recorded",
]

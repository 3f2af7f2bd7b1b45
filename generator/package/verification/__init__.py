"""A package held against its manifest, against today's data, and opened file by file: `shenbao verify`."""

from __future__ import annotations

from generator.package.verification.values import Aspect, Examination, Result, Verification
from generator.package.verification.verify import verify_package

__all__ = ["Aspect", "Examination", "Result", "Verification", "verify_package"]

"""Facts about certifications."""

from __future__ import annotations

from dataclasses import dataclass

from directory.database import Fact


@dataclass(frozen=True)
class CertificationChanged(Fact):
    """A certification of the organisation was recorded, changed or revoked."""

    organisation_id: int

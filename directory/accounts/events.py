"""Facts about organisations."""

from __future__ import annotations

from dataclasses import dataclass

from directory.database import Fact


@dataclass(frozen=True)
class StandingChanged(Fact):
    """Package or tier of the organisation changed."""

    organisation_id: int

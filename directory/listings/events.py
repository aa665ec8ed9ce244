"""Facts about listings."""

from __future__ import annotations

from dataclasses import dataclass

from directory.database import Fact


@dataclass(frozen=True)
class ListingChanged(Fact):
    """Something that the public may see of the listing, or whether it sees it, changed."""

    listing_id: int


@dataclass(frozen=True)
class ListingRemoved(Fact):
    """The listing no longer exists."""

    listing_id: int

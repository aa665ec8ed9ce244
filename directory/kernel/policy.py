"""Every number of the program's rules in one place, so that changing one touches no rule's code."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Package(StrEnum):
    """What an organisation has booked (PKG-1)."""

    PROVIDER = "provider"
    PARTNER = "partner"


class Tier(StrEnum):
    """Standing of a partner, lowest first (TIE-1)."""

    GOLD = "gold"
    PLATINUM = "platinum"
    DIAMOND = "diamond"
    ELITE = "elite"

    @property
    def rank(self) -> int:
        """1 for gold to 4 for elite; no tier counts as 0."""
        return list(Tier).index(self) + 1

    @property
    def label(self) -> str:
        """Its name, the same in both languages."""
        return self.value.capitalize()


@dataclass(frozen=True)
class Policy:
    """The defaults of `program-rules`; units are in the names."""

    gate_kind: str = "inbound"
    tiers_day: int = 15
    page_size: int = 20
    radius_default_km: int = 50
    radius_most_km: int = 500
    distance_bands_km: tuple[int, ...] = (10, 25, 50, 100, 250)
    facet_values_most: int = 20
    query_words_most: int = 8
    query_length_most: int = 100
    suggestions_most: int = 8
    reviews_for_average: int = 3


POLICY = Policy()

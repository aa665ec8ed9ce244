"""The facts of all listings of one generation as bitmaps, numbered in the order of their rank.

Number 0 is the listing that stands first where neither words nor distance tell them apart, so
that the first set bits of a result are its first page.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from pyroaring import BitMap

from directory.kernel.policy import Tier
from directory.kernel.text import fold_name, folded_words
from directory.search.documents import Facts
from directory.search.places import upward
from directory.search.ranking import Standing, in_order, order_of
from directory.search.request import NONE, Sort
from directory.taxonomy import queries as taxonomy

DAYS_KEPT = 4
FACETS = ("service", "industry", "language", "credential", "tier", "package", "accepting")
LAST = "\U0010ffff"
TIER_RANKS = {tier.value: tier.rank for tier in Tier}


class Plane:
    """Bitmaps over the listings of one generation.

    listings: facts by number; standings: what decides their place without words and places;
    values: for each facet the bitmap of each value, where areas include their services, a place
    its parts and what serves it; offices: bitmaps of places by offices alone.
    """

    def __init__(self, facts: Iterable[Facts]) -> None:
        by_id = {one.id: one for one in facts}
        order = order_of(Sort.BEST, near=False)
        self.standings = in_order(map(standing_of, by_id.values()), order)
        self.listings = [by_id[standing.id] for standing in self.standings]
        self.numbers = {one.id: number for number, one in enumerate(self.listings)}
        self.values = _values(self.listings)
        self.offices = _bitmaps(
            (place, number)
            for number, one in enumerate(self.listings)
            for place in _office_places(one)
        )
        self.serving = _Serving(self.listings)
        self.values |= self._places()
        self.budgets = sorted(
            (one.budget, number)
            for number, one in enumerate(self.listings)
            if one.budget is not None
        )
        self.bounds = sorted((one.bound, number) for number, one in enumerate(self.listings))
        self.names = _bitmaps(
            (fold_name(one.name), number) for number, one in enumerate(self.listings)
        )
        self.name_ends = sorted(
            (end, number)
            for number, one in enumerate(self.listings)
            for end in _ends(folded_words(one.name))
        )
        self.mean_length = sum(one.length for one in self.listings) / max(1, len(self.listings))
        self.valid_on = lru_cache(maxsize=DAYS_KEPT)(self._valid_on)

    def _valid_on(self, day: int) -> BitMap:
        """DIR-2: the listings whose gate is open on the day of that ordinal."""
        return BitMap(n for n, one in enumerate(self.listings) if one.is_valid(day))

    def within_budget(self, euros: int) -> BitMap:
        """Listings whose smallest budget is known and at most that."""
        end = bisect_right(self.budgets, (euros, len(self.listings)))
        return BitMap(number for _, number in self.budgets[:end])

    def rated(self, at_least: float) -> BitMap:
        """Listings whose rating's lower bound is at least that (REV-6)."""
        start = bisect_left(self.bounds, (round(at_least * 1000), -1))
        return BitMap(number for _, number in self.bounds[start:])

    def in_place(self, key: str) -> BitMap:
        """DIR-4: listings with an office in a country, region or city, or that serve it."""
        return self.offices.get(key, BitMap()) | self.serving.reaching(key)

    def begins(self, prefix: str) -> BitMap:
        """Listings in whose name folded words begin so; none for an empty prefix."""
        if not prefix:
            return BitMap()
        start = bisect_left(self.name_ends, (prefix, -1))
        end = bisect_right(self.name_ends, (prefix + LAST, -1))
        return BitMap(number for _, number in self.name_ends[start:end])

    def _places(self) -> dict[str, dict[str, BitMap]]:
        """The facets of places: those with an office, and those that somebody says to serve."""
        found: dict[str, dict[str, BitMap]] = {"country": {}, "region": {}, "city": {}}
        for key in self.offices.keys() | self.serving.named():
            found[_kind(key)][key] = self.in_place(key)
        return found


class _Serving:
    """Who serves which place: a part of it, itself, or more than it."""

    def __init__(self, listings: Sequence[Facts]) -> None:
        served = [(key, n) for n, one in enumerate(listings) for key in one.serves]
        self.exactly = _bitmaps(served)
        self.inside = _bitmaps((up, n) for key, n in served for up in upward(key))

    def named(self) -> Iterator[str]:
        """All places served, with those that they lie in."""
        return iter(self.inside)

    def reaching(self, key: str) -> BitMap:
        found = BitMap(self.inside.get(key, ()))
        for outer in upward(key)[1:]:
            found |= self.exactly.get(outer, BitMap())
        return found


def standing_of(facts: Facts) -> Standing:
    """What decides a listing's place without words and places."""
    return Standing(
        id=facts.id,
        name=facts.name,
        bound=facts.bound,
        reviews=facts.reviews,
        tier=TIER_RANKS.get(facts.tier, 0),
        first_public=facts.first_public,
    )


def _values(listings: Sequence[Facts]) -> dict[str, dict[str, BitMap]]:
    pairs: dict[str, list[tuple[str, int]]] = {facet: [] for facet in FACETS}
    for number, one in enumerate(listings):
        areas = {taxonomy.services()[s].area for s in one.service if s in taxonomy.services()}
        pairs["service"] += [(value, number) for value in (*one.service, *areas)]
        for facet in ("industry", "language", "credential"):
            pairs[facet] += [(value, number) for value in getattr(one, facet)]
        pairs["tier"].append((one.tier or NONE, number))
        pairs["package"].append((one.package or NONE, number))
        pairs["accepting"] += [("1", number)] if one.accepting else []
    return {facet: _bitmaps(found) for facet, found in pairs.items()}


def _office_places(facts: Facts) -> set[str]:
    return {
        key for spot in facts.offices for key in (spot.country, *spot.regions, spot.city) if key
    }


def _ends(words: list[str]) -> set[str]:
    """A name from each of its words on."""
    return {" ".join(words[at:]) for at in range(len(words))}


def _kind(key: str) -> str:
    if key.isdigit():
        return "city"
    return "region" if "-" in key else "country"


def _bitmaps(pairs: Iterable[tuple[str, int]]) -> dict[str, BitMap]:
    found: defaultdict[str, list[int]] = defaultdict(list)
    for value, number in pairs:
        found[value].append(number)
    return {value: BitMap(numbers) for value, numbers in found.items()}

"""Makes the arrays of a segment from documents: everything that answers a search.

Listings get numbers in the order in which they stand where neither words nor distance decide, so
that the first bits of a result are its first page.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from math import nan

import numpy as np

from directory.kernel.policy import Tier
from directory.search.documents import Document, Facts
from directory.search.engines.arrays import Array, pack, starts_of, strings
from directory.search.engines.naming import named
from directory.search.engines.postings import Inversion, bitmap
from directory.search.engines.spelling import deletions_of
from directory.search.places import upward
from directory.search.ranking import Standing, in_order, order_of
from directory.search.request import NONE, Sort
from directory.taxonomy import queries as taxonomy

COLUMNS_FILE = "plane.columns"
POSTINGS_FILE = "plane.postings"
TIER_RANKS = {tier.value: tier.rank for tier in Tier}
PLAIN_FACETS = ("service", "tier", "industry", "language", "credential", "package", "accepting")
# Groups of bitmaps beside the facets: who has an office in a place, serves exactly it, serves it or
# a part of it, and for whom it is the widest place served.
OFFICES, EXACTLY, SERVED, WIDEST = "offices", "exactly", "served", "widest"
# What is counted for each listing, as rows.
PLAIN_ROWS, PLACED_ROWS = "plain", "placed"
BETWEEN = "\n"
UNKNOWN = -1


class Compiler:
    """Collects documents; `files` are then the segment's."""

    def __init__(self) -> None:
        self.facts: list[Facts] = []
        self.inversion = Inversion()

    def add(self, document: Document) -> None:
        self.inversion.add(len(self.facts), document)
        self.facts.append(document.facts)

    def files(self) -> dict[str, bytes]:
        """The contents of the segment's files."""
        came = {one.id: at for at, one in enumerate(self.facts)}
        ordered = in_order(map(standing_of, self.facts), order_of(Sort.BEST, near=False))
        facts = [self.facts[came[one.id]] for one in ordered]
        numbers = np.zeros(len(facts), np.uint64)
        numbers[[came[one.id] for one in facts]] = np.arange(len(facts))
        terms, postings = self.inversion.written(numbers)
        arrays = _columns(facts) | named([one.name for one in facts]) | _places(facts)
        arrays |= (
            _values(facts)
            | _bitmaps(facts)
            | terms
            | {"deletions": deletions_of(self.inversion.names)}
        )
        return {COLUMNS_FILE: pack(arrays), POSTINGS_FILE: postings}


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


def _columns(facts: Sequence[Facts]) -> dict[str, Array]:
    periods = [(at, *period) for at, one in enumerate(facts) for period in one.periods]
    owner, first, last = np.array(periods, np.int32).reshape(-1, 3).T
    by_name = [one.id for one in in_order(map(standing_of, facts), order_of(Sort.NAME, near=False))]
    at = {one.id: number for number, one in enumerate(facts)}
    name_order = np.array([at[one] for one in by_name], np.uint32)
    budgets = [UNKNOWN if one.budget is None else one.budget for one in facts]
    return {
        "id": np.array([one.id for one in facts], np.int64),
        "bound": np.array([one.bound for one in facts], np.int32),
        "reviews": np.array([one.reviews for one in facts], np.int32),
        "tier": np.array([TIER_RANKS.get(one.tier, 0) for one in facts], np.int32),
        "first_public": np.array([one.first_public for one in facts], np.int32),
        "budget": np.array(budgets, np.int64),
        "name_order": name_order,
        "name_rank": np.argsort(name_order).astype(np.uint32),
        "period_owner": owner,
        "period_first": first,
        "period_last": last,
    }


def _places(facts: Sequence[Facts]) -> dict[str, Array]:
    """Offices by listing: degrees, and the places that each lies in."""
    spots = [spot for one in facts for spot in one.offices]
    keys = [tuple(key for key in (s.country, *s.regions, s.city) if key) for s in spots]
    known = {key: at for at, key in enumerate(dict.fromkeys(k for one in keys for k in one))}
    lat = [nan if s.lat is None or s.lon is None else s.lat for s in spots]
    lon = [nan if s.lat is None or s.lon is None else s.lon for s in spots]
    return {
        "office_starts": starts_of(len(one.offices) for one in facts),
        "office_lat": np.array(lat, np.float64),
        "office_lon": np.array(lon, np.float64),
        "office_key_starts": starts_of(map(len, keys)),
        "office_keys": np.array([known[k] for one in keys for k in one], np.uint32),
        **strings("office_places", known),
    }


def _values(facts: Sequence[Facts]) -> dict[str, Array]:
    """What is counted for each listing, as rows of indices of `values` (facet and value).

    Places have rows of their own, since a place's own filter is left out of their counts.
    Places that lie below one that the listing serves are left out: all below it are counted so.
    """
    plain, placed = [[*_plain(one)] for one in facts], [_counted_places(one) for one in facts]
    every = dict.fromkeys(pair for one in (*plain, *placed) for pair in one)
    known = {pair: at for at, pair in enumerate(every)}
    arrays = strings("values", map(BETWEEN.join, known))
    for name, found in ((PLAIN_ROWS, plain), (PLACED_ROWS, placed)):
        arrays[f"{name}_starts"] = starts_of(map(len, found))
        arrays[f"{name}_rows"] = np.array([known[p] for one in found for p in one], np.uint32)
    return arrays


def _plain(facts: Facts) -> Iterator[tuple[str, str]]:
    """The values of all facets but the place, areas with their services."""
    services = taxonomy.services()
    areas = {services[slug].area for slug in facts.service if slug in services}
    yield from (("service", value) for value in dict.fromkeys((*facts.service, *areas)))
    for facet in ("industry", "language", "credential"):
        yield from ((facet, value) for value in dict.fromkeys(getattr(facts, facet)))
    yield "tier", facts.tier or NONE
    yield "package", facts.package or NONE
    if facts.accepting:
        yield "accepting", "1"


def _office_places(facts: Facts) -> set[str]:
    return {key for s in facts.offices for key in (s.country, *s.regions, s.city) if key}


def _counted_places(facts: Facts) -> list[tuple[str, str]]:
    places = _office_places(facts) | {up for key in facts.serves for up in upward(key)}
    widest = set(_widest(facts))
    if widest:
        places = {place for place in places if not widest & set(upward(place)[1:])}
    return [(kind(place), place) for place in sorted(places)]


def _widest(facts: Facts) -> list[str]:
    """The places served that lie in no other place served."""
    served = set(facts.serves)
    return [key for key in served if not served & set(upward(key)[1:])]


def _bitmaps(facts: Sequence[Facts]) -> dict[str, Array]:
    members: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for number, one in enumerate(facts):
        for pair in _memberships(one):
            members[pair].append(number)
    blobs = [bitmap(np.array(one, np.uint32)).serialize() for one in members.values()]
    return strings("groups", map(BETWEEN.join, members)) | strings("bitmaps", blobs)


def _memberships(facts: Facts) -> Iterable[tuple[str, str]]:
    yield from _plain(facts)
    yield from ((OFFICES, key) for key in _office_places(facts))
    yield from ((EXACTLY, key) for key in set(facts.serves))
    yield from ((SERVED, key) for key in {up for key in facts.serves for up in upward(key)})
    yield from ((WIDEST, key) for key in _widest(facts))


def kind(key: str) -> str:
    """The facet of a place's key."""
    if key.isdigit():
        return "city"
    return "region" if "-" in key else "country"

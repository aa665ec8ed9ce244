"""Turns an engine's counts into facets with names, and a request into chips."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache

from directory.kernel.policy import Package, Tier
from directory.search.engines.numbers import Numbers
from directory.search.labels import label, said_label
from directory.search.request import LIST_FACETS, NONE, SearchRequest
from directory.search.results import Chip, Facet, FacetValue, Understood
from directory.search.understanding import without_words
from directory.taxonomy import queries as taxonomy

# Of places, by far the longest lists, the most frequent ones.
VALUES_MOST = 500
# Among so many times as many that are equally frequent, names decide which are kept.
TIES = 8
SINGLE = ("near", "budget", "rating", "accepting")


class Facets(Mapping[str, Facet]):
    """An engine's counts as facets by name, each made when it is asked for.

    Tiers come the highest first, services by area, all others the commonest first. Values that
    are asked for are there even with no listing.
    """

    def __init__(
        self, counts: Mapping[str, Mapping[str, int]], request: SearchRequest, language: str
    ) -> None:
        self.counts = counts
        self.request = request
        self.language = language

    def __getitem__(self, name: str) -> Facet:
        fixed = ORDERS.get(name)
        if fixed is None:
            return Facet(name, self.commonest(name, VALUES_MOST))
        places = fixed()
        ordered = sorted(self.counts[name], key=lambda one: places.get(one, len(places)))
        return Facet(name, tuple(self._named(name, ordered, self.request.values(name))))

    def __iter__(self) -> Iterator[str]:
        return iter(self.counts)

    def __len__(self) -> int:
        return len(self.counts)

    def commonest(
        self, name: str, most: int, among: frozenset[str] | None = None
    ) -> tuple[FacetValue, ...]:
        """At most so many values with all that are asked for, the commonest first, then by name.

        among: which values count at all; only the ones that are kept are named.
        """
        selected = self.request.values(name)
        counts = self.counts.get(name, {})
        asked = [one for one in selected if one in counts]
        kept = dict.fromkeys((*asked, *_most_frequent(_frequent(counts, most, among), most)))
        named = self._named(name, kept, selected)
        named.sort(key=lambda one: (not one.selected, -one.count, one.label, one.value))
        del named[max(most, len(asked)) :]
        named.sort(key=lambda one: (-one.count, one.label, one.value))
        return tuple(named)

    def _named(
        self, name: str, values: Iterable[str], selected: Collection[str]
    ) -> list[FacetValue]:
        counts, language = self.counts.get(name, {}), self.language
        return [
            FacetValue(one, label(name, one, language), counts[one], one in selected)
            for one in values
        ]


def _frequent(
    counts: Mapping[str, int], most: int, among: frozenset[str] | None
) -> Mapping[str, int]:
    """The counts without values that are not among the first so many, or without some of them."""
    if isinstance(counts, Numbers):
        return counts.commonest(most, among)
    return counts if among is None else {one: counts[one] for one in counts.keys() & among}


def _most_frequent(counts: Mapping[str, int], most: int) -> list[str]:
    """The values that may be among the first so many, ties at the end as far as is reasonable."""
    if len(counts) <= most:
        return list(counts)
    ordered = sorted(counts, key=counts.__getitem__, reverse=True)
    least = counts[ordered[most - 1]]
    end = bisect_right(ordered, -least, key=lambda one: -counts[one])
    if end <= TIES * most:
        return ordered[:end]
    start = bisect_left(ordered, -least, key=lambda one: -counts[one])
    return ordered[:start] + sorted(ordered[start:end])[: most - start]


def chips(
    request: SearchRequest,
    effective: SearchRequest,
    understood: Iterable[Understood],
    language: str,
) -> tuple[Chip, ...]:
    """One chip for each thing that narrows the search but the words."""
    words = {(one.facet, one.value): one.words for one in understood}
    found: list[Chip] = []
    for facet in (*LIST_FACETS, *SINGLE):
        for value in effective.values(facet):
            said = words.get((facet, value), "")
            without = _unsaid(request, said) if said else request.without(facet, value)
            name = said_label(effective, facet, value, language)
            found.append(Chip(facet, value, name, without, said))
    return tuple(found)


def _unsaid(request: SearchRequest, words: str) -> SearchRequest:
    return replace(request, q=without_words(request.q, words), page=1)


@cache
def _services() -> dict[str, int]:
    """The place of each area, followed by its services."""
    services = taxonomy.services().values()
    listed = (
        slug
        for area in taxonomy.areas()
        for slug in (area, *(one.slug for one in services if one.area == area))
    )
    return _numbered(listed)


def _numbered(values: Iterable[str]) -> dict[str, int]:
    return {value: at for at, value in enumerate(values)}


ORDERS: dict[str, Callable[[], Mapping[str, int]]] = {
    "service": _services,
    "tier": cache(lambda: _numbered([*reversed(Tier), NONE])),
    "package": cache(lambda: _numbered([*reversed(Package), NONE])),
}

"""Turns an engine's counts into facets with names, and a request into chips."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from directory.kernel.policy import Package, Tier
from directory.search.labels import label, said_label
from directory.search.request import LIST_FACETS, NONE, SearchRequest
from directory.search.results import Chip, Facet, FacetValue, Understood
from directory.search.understanding import without_words
from directory.taxonomy import queries as taxonomy

# Of places, by far the longest lists, the most frequent ones.
VALUES_MOST = 500
SINGLE = ("near", "budget", "rating", "accepting")


def facets(
    counts: Mapping[str, Mapping[str, int]], request: SearchRequest, language: str
) -> dict[str, Facet]:
    """Facets by name; tiers the highest first, services by area, all others the commonest first.

    Values that are asked for are there even with no listing.
    """
    found: dict[str, Facet] = {}
    for name, values in counts.items():
        selected = set(request.values(name))
        named = [
            FacetValue(value, label(name, value, language), count, value in selected)
            for value, count in values.items()
        ]
        found[name] = Facet(name, tuple(_ordered(name, named)))
    return found


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


def _ordered(facet: str, values: list[FacetValue]) -> list[FacetValue]:
    fixed = ORDERS.get(facet)
    if fixed is not None:
        places = {value: at for at, value in enumerate(fixed())}
        return sorted(values, key=lambda one: places.get(one.value, len(places)))
    values.sort(key=lambda one: (not one.selected, -one.count, one.label, one.value))
    kept = values[:VALUES_MOST]
    return sorted(kept, key=lambda one: (-one.count, one.label, one.value))


def _services() -> list[str]:
    """Each area, then its services."""
    services = taxonomy.services().values()
    return [
        slug
        for area in taxonomy.areas()
        for slug in (area, *(one.slug for one in services if one.area == area))
    ]


ORDERS: dict[str, Callable[[], list[str]]] = {
    "service": _services,
    "tier": lambda: [*reversed(Tier), NONE],
    "package": lambda: [*reversed(Package), NONE],
}

"""The order of results as one table of steps (DIR-3): it sorts and explains, and can be shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import cache, lru_cache
from math import inf, log
from typing import Any, NamedTuple

from directory.kernel.policy import POLICY
from directory.kernel.text import fold_name
from directory.search.request import Sort
from directory.search.results import Via

# The rule's version: changed whenever a step or its place changes.
VERSION = "2026-11"
# REV-6: the lower bound without a review is 3.499; the middle band is the one around it.
NO_REVIEWS_BOUND = 3499
BAND = 500
MIDDLE_FROM = NO_REVIEWS_BOUND - BAND // 2
# BM25's saturation and length normalisation, and how much a field's words count.
SATURATION = 1.2
NORMALISATION = 0.75
FIELD_WEIGHTS = (4, 2, 1)
# A word counts at most so often in a field; listings are compared with one of so many terms.
OFTEN_MOST = 255
USUAL_LENGTH = 400
RELEVANCE_ONE = 10_000
RELEVANCE = "relevance"
NAMES_KEPT = 200_000


class Counts(Enum):
    """When a step tells listings apart."""

    EVER = "ever"
    WITH_WORDS = "with words"
    WITH_PLACE = "with a place"
    NEAR = "near a place"
    WITH_REVIEWS = "with reviews"


class Standing(NamedTuple):
    """What decides the place of one listing in the results of one search.

    text: 0 all words in the name, 1 in services or tagline too, 2 in the description too, 3 only
    with correction; km: to the nearest office, None without `near` or coordinates; serves: found
    by serving the place, without an office there; bound: thousandths; tier: 0 none to 4 elite;
    relevance: BM25 in ten-thousandths; first_public: ordinal.
    """

    id: int
    name: str
    text: int = 0
    km: float | None = None
    serves: bool = False
    bound: int = NO_REVIEWS_BOUND
    reviews: int = 0
    tier: int = 0
    relevance: int = 0
    first_public: int = 0


@dataclass(frozen=True)
class Step:
    """One step of the order.

    place: where a listing stands, smaller comes first; value: the same for machines;
    counts: when the step tells listings apart at all.
    """

    part: str
    place: Callable[[Standing], Any]
    value: Callable[[Standing], str | int | float | None]
    counts: Counts


def distance_band(km: float | None) -> int:
    """DIR-3: 0 up to 10 km, then to 25, 50, 100, 250; the last one beyond or unknown."""
    bands = POLICY.distance_bands_km
    return next((at for at, most in enumerate(bands) if km is not None and km <= most), len(bands))


def rating_band(bound: int) -> int:
    """DIR-3: bands of 0.5, 0 the one around the bound without a review, higher is better."""
    return (bound - MIDDLE_FROM) // BAND


def weight(often: tuple[int, ...], length: int) -> int:
    """What a term's occurrences in one listing weigh: BM25's part without rarity, in hundredths.

    often: how often in each field; length: of all the listing's words. At most 220.
    """
    counted = sum(
        factor * min(count, OFTEN_MOST) for factor, count in zip(FIELD_WEIGHTS, often, strict=True)
    )
    damped = counted + SATURATION * (1 - NORMALISATION + NORMALISATION * length / USUAL_LENGTH)
    return round(100 * counted * (SATURATION + 1) / damped)


def rarity(listings: int, total: int) -> int:
    """BM25's inverse frequency of a word that so many of all listings have, in hundredths."""
    return round(100 * log(1 + (total - listings + 0.5) / (listings + 0.5)))


def relevance(found: Iterable[tuple[int, int]]) -> int:
    """BM25 in ten-thousandths: over a query's words, rarity times weight.

    Whole numbers, so that every way of adding them gives the same order.
    """
    return sum(rare * weighed for rare, weighed in found)


@lru_cache(maxsize=NAMES_KEPT)
def _folded(name: str) -> str:
    return fold_name(name)


STEPS = {
    step.part: step
    for step in (
        Step("text", lambda s: s.text, lambda s: s.text, Counts.WITH_WORDS),
        Step("distance", lambda s: distance_band(s.km), lambda s: _tenths(s.km), Counts.NEAR),
        Step("km", lambda s: _far(s.km), lambda s: _tenths(s.km), Counts.NEAR),
        Step("via", lambda s: s.serves, lambda s: _via(s), Counts.WITH_PLACE),
        Step(
            "rating", lambda s: -rating_band(s.bound), lambda s: rating_band(s.bound), Counts.EVER
        ),
        Step("tier", lambda s: -s.tier, lambda s: s.tier, Counts.EVER),
        Step("bound", lambda s: -s.bound, lambda s: s.bound / 1000, Counts.WITH_REVIEWS),
        Step("reviews", lambda s: -s.reviews, lambda s: s.reviews, Counts.WITH_REVIEWS),
        Step(
            "relevance",
            lambda s: -s.relevance,
            lambda s: s.relevance / RELEVANCE_ONE,
            Counts.WITH_WORDS,
        ),
        Step("newest", lambda s: -s.first_public, lambda s: _day(s.first_public), Counts.EVER),
        Step("name", lambda s: (_folded(s.name), s.id), lambda s: s.name, Counts.EVER),
    )
}
# DIR-3 for `best`; nothing that is paid for enters any of them, and only `best` and `distance`
# have the tier in them (OPR-2).
ORDERS: dict[Sort, tuple[str, ...]] = {
    Sort.BEST: (
        *("text", "distance", "via", "rating", "tier", "bound", "reviews", "relevance", "name"),
    ),
    Sort.DISTANCE: ("km", "via", "rating", "tier", "bound", "reviews", "relevance", "name"),
    Sort.RATING: ("bound", "reviews", "name"),
    Sort.REVIEWS: ("reviews", "bound", "name"),
    Sort.NEWEST: ("newest", "name"),
    Sort.NAME: ("name",),
}


@cache
def order_of(sort: Sort, *, near: bool) -> tuple[Step, ...]:
    """The steps of an order; by distance is only possible `near` a place, else it is `best`."""
    if sort is Sort.DISTANCE and not near:
        sort = Sort.BEST
    return tuple(STEPS[part] for part in ORDERS[sort])


def in_order(standings: Iterable[Standing], steps: Iterable[Step]) -> list[Standing]:
    """The standings by all steps; the order is total, so that pages neither repeat nor skip."""
    places = [step.place for step in steps]
    return sorted(standings, key=lambda standing: tuple(place(standing) for place in places))


def _far(km: float | None) -> float:
    return inf if km is None else km


def _tenths(km: float | None) -> float | None:
    return None if km is None else round(km, 1)


def _via(standing: Standing) -> str:
    return (Via.SERVES if standing.serves else Via.OFFICE).value


def _day(ordinal: int) -> str | None:
    return date.fromordinal(ordinal).isoformat() if ordinal else None

"""Why a listing stands where it stands: each step of the order in one plain sentence (DIR-3)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import lru_cache

from babel.dates import format_date

from directory.kernel.policy import POLICY, Tier
from directory.search.labels import number
from directory.search.ranking import (
    BAND,
    MIDDLE_FROM,
    Counts,
    Standing,
    distance_band,
    order_of,
    rating_band,
)
from directory.search.request import SearchRequest, Sort
from directory.search.results import Part

# Bounds of ratings are in thousandths of a star.
BOUND_ONE = 1000
# What is called a point of relevance, in its smallest units, so that two decimals tell all.
POINT = 100
STANDINGS_KEPT = 4096
TEXT = {
    "en": (
        "All your words are in the name.",
        "Your words are in the name, the services or the tagline.",
        "Some of your words are only in the description.",
        "A word begins with what you wrote last, or differs from a word of yours by one letter.",
    ),
    "de": (
        "Alle Ihre Wörter stehen im Namen.",
        "Ihre Wörter stehen im Namen, in den Leistungen oder im Kurztext.",
        "Einige Ihrer Wörter stehen nur in der Beschreibung.",
        "Ein Wort beginnt wie Ihr letztes oder weicht um einen Buchstaben von Ihrem ab.",
    ),
}
WITHIN = {
    "en": "An office is at most {km} km away.",
    "de": "Ein Büro liegt höchstens {km} km entfernt.",
}
BEYOND = {
    "en": "The nearest office is more than {km} km away.",
    "de": "Das nächste Büro liegt mehr als {km} km entfernt.",
}
NO_DISTANCE = {
    "en": "How far the nearest office is, is not known.",
    "de": "Wie weit das nächste Büro entfernt liegt, ist nicht bekannt.",
}
KM = {"en": "The nearest office is {km} km away.", "de": "Das nächste Büro liegt {km} km entfernt."}
VIA = {
    "en": ("It has an office there.", "It serves the place without an office there."),
    "de": ("Ein Büro liegt dort.", "Der Ort wird ohne Büro dort bedient."),
}
VIA_NEAR = {
    "en": ("An office is within the radius.", "It serves the place from farther away."),
    "de": ("Ein Büro liegt im Umkreis.", "Der Ort wird von weiter weg bedient."),
}
RATING = {
    "en": "Fewer than three reviews: neither an advantage nor a disadvantage.",
    "de": "Weniger als drei Bewertungen: weder Vorteil noch Nachteil.",
}
TIER = {"en": "It is {a} {tier} partner.", "de": "Die Stufe ist {tier}."}
NO_TIER = {"en": "It has no tier.", "de": "Es gibt keine Stufe."}
NEWEST = {"en": "Listed since {day}.", "de": "Gelistet seit {day}."}
NOT_YET = {"en": "Newly listed.", "de": "Neu gelistet."}
RATED = {
    "en": "The rating is in the band from {low} to {high} stars.",
    "de": "Die Bewertung liegt im Bereich von {low} bis {high} Sternen.",
}
NAME = {
    "en": "Among equals the alphabet decides, here: {name}.",
    "de": "Unter Gleichen entscheidet das Alphabet, hier: {name}.",
}
RELEVANCE = {
    "en": "Your words weigh {points} points here: where and how often they occur, rare ones more.",
    "de": "Ihre Wörter wiegen hier {points} Punkte: wo und wie oft sie vorkommen, seltene mehr.",
}
BOUND = {"en": "The rating is at least {stars}.", "de": "Die Bewertung beträgt mindestens {stars}."}
REVIEWS = {"en": "{count} reviews.", "de": "{count} Bewertungen."}


def explain(standing: Standing, request: SearchRequest, language: str) -> tuple[Part, ...]:
    """The parts of a result's place, in the order in which they decide."""
    with_place, near = request.has_place, request.near is not None
    return _parts(standing, request.sort, bool(request.q), with_place, near, language)


@lru_cache(maxsize=STANDINGS_KEPT)
def _parts(
    standing: Standing, sort: Sort, with_words: bool, with_place: bool, near: bool, language: str
) -> tuple[Part, ...]:
    counting = {
        Counts.EVER: True,
        Counts.WITH_WORDS: with_words,
        Counts.WITH_PLACE: with_place,
        Counts.NEAR: near,
        Counts.WITH_REVIEWS: standing.reviews > 0,
    }
    return tuple(
        Part(step.part, step.value(standing), SAYS[step.part](standing, language))
        for step in order_of(sort, near=near)
        if counting[step.counts]
    )


def _distance(standing: Standing, language: str) -> str:
    bands = POLICY.distance_bands_km
    band = distance_band(standing.km)
    if standing.km is None:
        return NO_DISTANCE[language]
    if band == len(bands):
        return BEYOND[language].format(km=bands[-1])
    return WITHIN[language].format(km=bands[band])


def _km(standing: Standing, language: str) -> str:
    if standing.km is None:
        return NO_DISTANCE[language]
    return KM[language].format(km=number(round(standing.km, 1), language))


def _via(standing: Standing, language: str) -> str:
    said = VIA if standing.km is None else VIA_NEAR
    return said[language][standing.serves]


def _rating(standing: Standing, language: str) -> str:
    if standing.reviews < POLICY.reviews_for_average:
        return RATING[language]
    low = (MIDDLE_FROM + rating_band(standing.bound) * BAND) / BOUND_ONE
    ends = {"low": low, "high": low + BAND / BOUND_ONE}
    return RATED[language].format(**{end: number(at, language) for end, at in ends.items()})


def _tier(standing: Standing, language: str) -> str:
    if not standing.tier:
        return NO_TIER[language]
    label = list(Tier)[standing.tier - 1].label
    return TIER[language].format(tier=label, a="an" if label[0] in "AEIOU" else "a")


def _newest(standing: Standing, language: str) -> str:
    if not standing.first_public:
        return NOT_YET[language]
    day = date.fromordinal(standing.first_public)
    return NEWEST[language].format(day=format_date(day, "long", locale=language))


SAYS: dict[str, Callable[[Standing, str], str]] = {
    "text": lambda standing, language: TEXT[language][standing.text],
    "distance": _distance,
    "km": _km,
    "via": _via,
    "rating": _rating,
    "tier": _tier,
    "bound": lambda standing, language: BOUND[language].format(
        stars=number(standing.bound / BOUND_ONE, language)
    ),
    "reviews": lambda standing, language: REVIEWS[language].format(count=standing.reviews),
    "relevance": lambda standing, language: RELEVANCE[language].format(
        points=number(standing.relevance / POINT, language)
    ),
    "newest": _newest,
    "name": lambda standing, language: NAME[language].format(name=standing.name),
}

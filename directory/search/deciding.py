"""What puts one result before another: the first step of the order in which they differ (DIR-3)."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from directory.kernel.policy import POLICY, Tier
from directory.search.labels import number
from directory.search.ranking import Standing, distance_band, order_of
from directory.search.request import SearchRequest
from directory.search.why import BOUND_ONE, POINT

SENTENCE = {
    "en": "It stands before {name} because {because}.",
    "de": "Der Eintrag steht vor {name}, weil {because}.",
}
# `a` is what the upper one has, `b` the lower one's.
BECAUSE = {
    "en": {
        "text": "your words are in a place that counts more",
        "distance": "an office is nearer ({a}, the other one's {b})",
        "km": "an office is nearer ({a}, the other one's {b})",
        "via": "it has an office there, and the other one only serves the place",
        "rating": "its rating is in a higher band",
        "tier": "its tier is higher ({a} over {b})",
        "bound": "its rating is at least {a}, and the other one's {b}",
        "reviews": "it has more reviews ({a}, not {b})",
        "relevance": "your words weigh more here ({a} points, not {b})",
        "newest": "it was listed later",
        "name": "all else is equal and the alphabet decides",
    },
    "de": {
        "text": "Ihre Wörter an einer Stelle stehen, die mehr zählt",
        "distance": "ein Büro näher liegt ({a} statt {b})",
        "km": "ein Büro näher liegt ({a} statt {b})",
        "via": "er ein Büro dort hat und der andere den Ort nur bedient",
        "rating": "seine Bewertung in einem höheren Bereich liegt",
        "tier": "seine Stufe höher ist ({a} statt {b})",
        "bound": "seine Bewertung mindestens {a} beträgt und die andere {b}",
        "reviews": "er mehr Bewertungen hat ({a} statt {b})",
        "relevance": "Ihre Wörter hier mehr wiegen ({a} Punkte statt {b})",
        "newest": "er später gelistet wurde",
        "name": "sonst alles gleich ist und das Alphabet entscheidet",
    },
}
WITHIN = {"en": "at most {km} km", "de": "höchstens {km} km"}
BEYOND = {"en": "more than {km} km", "de": "mehr als {km} km"}
UNKNOWN = {"en": "unknown", "de": "unbekannt"}
NONE = {"en": "none", "de": "keiner"}


class Decision(NamedTuple):
    """label: one plain sentence; equal: the names of the steps before, as in `results.Part`."""

    label: str
    equal: tuple[str, ...]


def decision(
    above: Standing, below: Standing, request: SearchRequest, name: str, language: str
) -> Decision:
    """Why a result stands before another one, which has that name, in `de` or `en`."""
    equal: list[str] = []
    for step in order_of(request.sort, near=request.near is not None):
        if step.place(above) != step.place(below):
            said = VALUES.get(step.part, _nothing)
            because = BECAUSE[language][step.part].format(
                a=said(above, language), b=said(below, language)
            )
            return Decision(SENTENCE[language].format(name=name, because=because), tuple(equal))
        equal.append(step.part)
    raise ValueError("two listings at one place")


def _nothing(_standing: Standing, _language: str) -> str:
    return ""


def _band(standing: Standing, language: str) -> str:
    """The distance as the order sees it."""
    bands, band = POLICY.distance_bands_km, distance_band(standing.km)
    if standing.km is None:
        return UNKNOWN[language]
    said, km = (WITHIN, bands[band]) if band < len(bands) else (BEYOND, bands[-1])
    return said[language].format(km=km)


def _km(standing: Standing, language: str) -> str:
    if standing.km is None:
        return UNKNOWN[language]
    return f"{number(round(standing.km, 1), language)} km"


def _tier(standing: Standing, language: str) -> str:
    return list(Tier)[standing.tier - 1].label if standing.tier else NONE[language]


VALUES: dict[str, Callable[[Standing, str], str]] = {
    "distance": _band,
    "km": _km,
    "tier": _tier,
    "bound": lambda standing, language: number(standing.bound / BOUND_ONE, language),
    "reviews": lambda standing, language: number(standing.reviews, language),
    "relevance": lambda standing, language: number(standing.relevance / POINT, language),
}

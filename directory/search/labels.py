"""Names of facet values and languages as visitors read them, for chips, facets and sentences."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache
from types import MappingProxyType

from babel import Locale
from babel.numbers import format_decimal

from directory.geography import queries as geography
from directory.kernel.policy import Tier
from directory.search.request import Near, SearchRequest
from directory.taxonomy import queries as taxonomy

# Names come from data that never changes while the program runs.
LABELS_KEPT = 32_768
PACKAGES = {
    "en": {"partner": "Solutions Partner", "provider": "Solutions Provider", "none": "No package"},
    "de": {"partner": "Solutions Partner", "provider": "Solutions Provider", "none": "Ohne Paket"},
}
NO_TIER = {"en": "No tier", "de": "Ohne Stufe"}
ACCEPTING = {"en": "Accepting new clients", "de": "Nimmt neue Kunden an"}
NEAR = {"en": "Within {radius} km of {name}", "de": "Bis {radius} km um {name}"}
BUDGET = {"en": "Budget of {money}", "de": "Budget von {money}"}
RATING = {"en": "Rated {stars} or higher", "de": "Mindestens {stars} Sterne"}


@lru_cache(maxsize=LABELS_KEPT)
def label(facet: str, value: str, language: str) -> str:
    """The name of a value of a facet that holds several; the value itself if it is not known."""
    return LABELS[facet](value, language) or value


def said_label(request: SearchRequest, facet: str, value: str, language: str) -> str:
    """The label of one thing that the request asks for, of any facet."""
    if facet in LABELS:
        return label(facet, value, language)
    if facet == "near" and request.near is not None:
        return near_label(request.near, request.radius, language)
    if facet == "budget":
        return BUDGET[language].format(money=money(int(value), language))
    stars = number(float(value), language)
    return RATING[language].format(stars=stars)


def near_label(near: Near, radius: int, language: str) -> str:
    """`Within 50 km of Cologne` · `Bis 50 km um Köln`."""
    return NEAR[language].format(radius=radius, name=near.name(language))


def money(euros: int, language: str) -> str:
    """Whole euros: `€5,000` · `5.000 €`."""
    amount = number(euros, language)
    return f"{amount}\N{NO-BREAK SPACE}€" if language == "de" else f"€{amount}"


@lru_cache(maxsize=LABELS_KEPT)
def number(value: float, language: str) -> str:
    """A number as the language writes it: `4.5` · `4,5`."""
    return str(format_decimal(value, locale=language))


@cache
def language_names(language: str) -> MappingProxyType[str, str]:
    """The names of all languages of ISO 639-1 by code, in `de` or `en`."""
    names = Locale.parse(language).languages
    codes = [str(code) for code in names if len(str(code)) == 2]
    return MappingProxyType({code: names[code][:1].upper() + names[code][1:] for code in codes})


def _service(value: str, language: str) -> str:
    term = taxonomy.service_or_area(value)
    return term.name(language) if term else ""


def _country(value: str, language: str) -> str:
    country = geography.country(value)
    return country.name(language) if country else ""


def _region(value: str, language: str) -> str:
    region = geography.region(value)
    return region.name(language) if region else ""


def _city(value: str, language: str) -> str:
    city = geography.city(int(value))
    return city.name(language) if city else ""


def _tier(value: str, language: str) -> str:
    return Tier(value).label if value in list(Tier) else NO_TIER[language]


def _industry(value: str, language: str) -> str:
    term = taxonomy.industries().get(value)
    return term.name(language) if term else ""


def _credential(value: str, language: str) -> str:
    term = taxonomy.credentials().get(value)
    return term.name(language) if term else ""


LABELS: dict[str, Callable[[str, str], str]] = {
    "service": _service,
    "country": _country,
    "region": _region,
    "city": _city,
    "tier": _tier,
    "industry": _industry,
    "language": lambda value, language: language_names(language).get(value, ""),
    "credential": _credential,
    "package": lambda value, language: PACKAGES[language].get(value, ""),
    "accepting": lambda _value, language: ACCEPTING[language],
}

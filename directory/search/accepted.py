"""What each parameter of a search accepts: parsers that answer None for anything else."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from directory.geography import queries as geography
from directory.geography.queries import City
from directory.kernel.policy import POLICY, Package, Tier
from directory.search.labels import language_names
from directory.search.request import NONE, Sort
from directory.taxonomy import queries as taxonomy

DIGITS_MOST = 9
RATING = re.compile(r"[1-4](\.[0-9])?|5(\.0)?")


def number(text: str, digits: int) -> int | None:
    """A whole number of at most so many ASCII digits (K9)."""
    plain = text.isascii() and text.isdigit() and len(text) <= digits
    return int(text) if plain else None


def budget(text: str) -> int | None:
    """Whole euros."""
    return number(text, DIGITS_MOST)


def radius(text: str) -> int | None:
    """Whole kilometres from 1 to the most that is allowed."""
    value = number(text, len(str(POLICY.radius_most_km)))
    return value if value and value <= POLICY.radius_most_km else None


def rating(text: str) -> float | None:
    """1 to 5 in tenths."""
    return float(text) if RATING.fullmatch(text) else None


def flag(text: str) -> bool | None:
    """1 or 0."""
    return {"1": True, "0": False}.get(text)


def sort(text: str) -> Sort | None:
    """An order of the results, in any case."""
    return Sort(text.lower()) if text.lower() in list(Sort) else None


def city(text: str) -> City | None:
    """The city of a GeoNames id."""
    value = number(text, DIGITS_MOST)
    return geography.city(value) if value is not None else None


def _city_key(text: str) -> str | None:
    known = city(text)
    return str(known.id) if known else None


def _country_key(text: str) -> str | None:
    return text.upper() if geography.country(text.upper()) else None


def _region_key(text: str) -> str | None:
    return text.upper() if geography.region(text.upper()) else None


def _service(text: str) -> str | None:
    return text.lower() if taxonomy.service_or_area(text.lower()) else None


def _in_list(values: Callable[[], Mapping[str, object]]) -> Callable[[str], str | None]:
    return lambda text: text.lower() if text.lower() in values() else None


def _tier_values() -> dict[str, object]:
    return dict.fromkeys((*Tier, NONE))


def _package_values() -> dict[str, object]:
    return dict.fromkeys((*Package, NONE))


CANONICAL: dict[str, Callable[[str], str | None]] = {
    "service": _service,
    "country": _country_key,
    "region": _region_key,
    "city": _city_key,
    "tier": _in_list(_tier_values),
    "industry": _in_list(taxonomy.industries),
    "language": _in_list(lambda: language_names("en")),
    "credential": _in_list(taxonomy.credentials),
    "package": _in_list(_package_values),
}

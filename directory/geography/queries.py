"""Questions to the gazetteer, which is data of the package and read once (DIR-4)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from heapq import nsmallest

from directory.geography import gazetteer
from directory.geography.places import City, Country, Place, Region, place_key
from directory.geography.rules import short_forms
from directory.kernel.text import fold_name

__all__ = [
    "City",
    "Country",
    "Place",
    "Region",
    "cities",
    "city",
    "city_by_name",
    "complete_places",
    "countries",
    "country",
    "find_places",
    "label",
    "lineage",
    "place",
    "place_key",
    "region",
    "regions",
    "within",
]

KINDS: dict[str, type[Country] | type[Region] | type[City]] = {
    "country": Country,
    "region": Region,
    "city": City,
}
# A name means the largest city of that name if it is this many times as populous as the next.
DOMINANCE = 10
LONGEST_ID = 9
# Cities that listings are in come back on every page of results.
CITIES_KEPT = 16_384
WHOLE_NAME = 10
OWN_LANGUAGE = 5


def country(code: str) -> Country | None:
    """The country of that ISO 3166-1 alpha-2 code."""
    return gazetteer.countries().get(code)


def region(code: str) -> Region | None:
    """The subdivision of that ISO 3166-2 code."""
    return gazetteer.regions().get(code)


@lru_cache(maxsize=CITIES_KEPT)
def city(geonames_id: int) -> City | None:
    """The city of that GeoNames id."""
    return gazetteer.cities().get(geonames_id)


def place(key: str) -> Place | None:
    """The place of a key as `place_key` writes it."""
    if key.isascii() and key.isdigit() and len(key) <= LONGEST_ID:
        return city(int(key))
    return region(key) or country(key)


def countries() -> dict[str, Country]:
    """All countries by code."""
    return gazetteer.countries()


@cache
def regions(country: str | None = None) -> dict[str, Region]:
    """All regions by code, or those of one country."""
    known = gazetteer.regions()
    return {key: one for key, one in known.items() if country in (None, one.country)}


def cities() -> Iterator[City]:
    """All cities, the largest first."""
    return iter(gazetteer.cities())


@lru_cache(maxsize=8192)
def lineage(region_code: str) -> tuple[str, ...]:
    """The region's code, then those of the regions it lies in, upward; none for an unknown code."""
    found: list[str] = []
    step = region(region_code)
    while step is not None and step.code not in found:
        found.append(step.code)
        step = region(step.parent) if step.parent else None
    return tuple(found)


def within(code: str) -> frozenset[str]:
    """A region's or country's code with those of all regions below it; none for an unknown code."""
    return _descendants().get(code, frozenset())


def find_places(
    name: str,
    *,
    kinds: Iterable[str] = ("country", "region", "city"),
    country: str | None = None,
    region: str | None = None,
    limit: int = 8,
) -> list[Place]:
    """The places called `name` in any language and spelling, the likeliest first.

    A country counts ten times its population, a region two fifths, what lies in Europe or an
    English-speaking country four times, names that are not displayed a fiftieth, so that `Georgia`
    is the country, `Paris` the one in France and `Münster` no Irish province. A city comes before
    the region that is called after it (Berlin, Zürich, New York). With `country` or `region` only
    what lies there; a city whose region is not known passes any region of its country.
    """
    wanted = tuple(KINDS[kind] for kind in kinds)
    folded = fold_name(name)
    found = (one for one in _called(folded) if isinstance(one, wanted))
    fitting = [one for one in found if _lies_in(one, country, region)]
    return fitting[:limit]


def complete_places(prefix: str, language: str, limit: int = 8) -> list[Place]:
    """The places with a name in which a word starts with `prefix`, the likeliest first.

    Names in both languages count, those in `language` five times as much.
    """
    folded = fold_name(prefix)
    return [one for key in _completions(folded, language, limit) if (one := place(key))]


def city_by_name(name: str, *, country: str, region: str | None = None) -> City | None:
    """The city of that name in the country, or None if the name leaves a doubt there.

    Names that are displayed, and their short forms, go before other spellings; of several cities
    the largest is meant only if it is ten times as populous as the next.
    """
    folded = fold_name(name)
    found = [one for one in _called(folded) if isinstance(one, City)]
    here = [one for one in found if _lies_in(one, country, region)]
    titled = [one for one in here if folded in _titles(one)]
    ranked = sorted(titled or here, key=lambda one: -one.population)
    if len(ranked) > 1 and ranked[0].population < DOMINANCE * ranked[1].population:
        return None
    return ranked[0] if ranked else None


def label(place: Place, language: str) -> str:
    """A name that tells namesakes apart: `Frankfurt am Main, Hessen, Deutschland`.

    No part repeats the name: `Madrid, Spanien`, not `Madrid, Provinz Madrid, Spanien`.
    """
    own = place.name(language)
    if isinstance(place, Country):
        return own
    home = gazetteer.countries()[place.country].name(language)
    title = own
    if isinstance(place, Region) and (own == home or _has_namesake(place, language)):
        title += " (Region)" if language == "de" else " (region)"
    area = _area_said(place, home, language) if isinstance(place, City) else None
    return ", ".join([title, *(name for name in (area, home) if name and name != own)])


def _area_said(city: City, home: str, language: str) -> str | None:
    """The name of the city's region, unless it says no more than the city's or the country's."""
    area = gazetteer.regions().get(city.region or "")
    if area is None or fold_name(area.name(language)) == fold_name(home):
        return None
    own, said = fold_name(city.name(language)), fold_name(area.name(language))
    return None if f" {own} " in f" {said} " else area.name(language)


def _called(folded: str) -> list[Place]:
    """Every place of a folded name in the index's order."""
    line = gazetteer.names().starting_with(folded.encode() + b"\t")
    keys = line.decode().partition("\t")[2].split()
    return [one for key in keys if (one := place(key))]


def _lies_in(place: Place, country: str | None, region: str | None) -> bool:
    home = place.code if isinstance(place, Country) else place.country
    if country is not None and home != country:
        return False
    if region is None:
        return True
    if isinstance(place, City) and place.region is None:
        return region in within(home)
    own = place.region if isinstance(place, City) else place.code
    # A city is filed under the outer region where the source knows no finer one (Paris).
    return own in within(region) or (isinstance(place, City) and own in lineage(region))


def _titles(city: City) -> set[str]:
    return {fold_name(form) for name in (city.en, city.de) for form in (name, *short_forms(name))}


def _has_namesake(region: Region, language: str) -> bool:
    called = region.name(language)
    cities = find_places(called, kinds=("city",), country=region.country)
    return any(one.name(language) == called for one in cities)


@lru_cache(maxsize=2048)
def _completions(folded: str, language: str, limit: int) -> tuple[str, ...]:
    """Keys of the best completions; a short prefix has thousands, hence the cache."""
    prefix, own = folded.encode(), language[:1].encode()
    text = gazetteer.starts().starting_with(prefix) if prefix else b""
    # One flat split is twice as fast as one for each of thousands of lines.
    fields = text.replace(b"\n", b"\t").split(b"\t") if text else []
    best: dict[bytes, int] = {}
    lines = zip(fields[::4], fields[1::4], fields[2::4], fields[3::4], strict=True)
    for start, weight, marks, key in lines:
        score = int(weight) * (OWN_LANGUAGE if own in marks else 1)
        if start == prefix and b"w" in marks:
            score *= WHOLE_NAME
        if score > best.get(key, 0):
            best[key] = score
    ranked = nsmallest(limit, ((-score, key) for key, score in best.items()))
    return tuple(key.decode() for _, key in ranked)


@cache
def _descendants() -> dict[str, frozenset[str]]:
    below: dict[str, set[str]] = {code: {code} for code in gazetteer.countries()}
    for code, one in gazetteer.regions().items():
        for outer in (*lineage(code), one.country):
            below.setdefault(outer, {outer}).add(code)
    return {code: frozenset(codes) for code, codes in below.items()}

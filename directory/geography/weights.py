"""How likely a place is meant when it is named, from its population; for `make` alone, pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from directory.geography.places import City, Region
from directory.kernel.text import fold_name

# A region that is called after its own city comes just behind the city.
AFTER_ITS_CITY = 0.9
# Quarters are counted beside their city: a city-state holds two to three times its city's people.
CITY_STATE = 2.9
GERMAN_SPEAKING = frozenset({"AT", "CH", "DE", "LI", "LU"})
ENGLISH_SPEAKING = frozenset({"AU", "CA", "NZ", "US"})


@dataclass(frozen=True)
class Scheme:
    """What a population counts for: by kind of place, and by country for regions and cities.

    nations: for countries themselves; homes: for what lies in them (1 where not named).
    """

    country: float
    region: float
    nations: Mapping[str, float] = field(default_factory=dict)
    homes: Mapping[str, float] = field(default_factory=dict)


def by_name(european: Iterable[str]) -> Scheme:
    """For a whole name: countries first, and a city before regions that are not far bigger.

    What lies in Europe or an English-speaking country counts four times, so that `Valencia` and
    `Santander` are in Spain. A region counts two fifths: `Münster` is the city and not the Irish
    province, `Ontario` the province and not the city in California.
    """
    return Scheme(10, 0.4, homes=dict.fromkeys({*european, *ENGLISH_SPEAKING}, 4.0))


def by_start(european: Iterable[str]) -> Scheme:
    """For the start of a name: what visitors of a German and English site look for comes first."""
    homes = dict.fromkeys({*european, *ENGLISH_SPEAKING}, 2.0)
    homes |= dict.fromkeys(GERMAN_SPEAKING, 8.0)
    return Scheme(3, 1, homes, homes)


@dataclass(frozen=True)
class Census:
    """Populations of countries and regions, and the city that a region is called after."""

    countries: Mapping[str, int]
    regions: Mapping[str, float]
    namesakes: Mapping[str, City]

    def city_states(self) -> frozenset[str]:
        """Regions that are little more than the city of their name."""
        return frozenset(
            code
            for code, city in self.namesakes.items()
            if self.regions[code] <= CITY_STATE * city.population
        )


def census(
    countries: Mapping[str, int], regions: Mapping[str, Region], cities: Iterable[City]
) -> Census:
    """Counts the people of regions; `cities` come the largest first.

    A region that no city is filed under gets an even share of the region it lies in, and is
    called after a city there, or in its country where the source knows no regions (Taipei).
    """
    people: dict[str, float] = defaultdict(float)
    largest: dict[tuple[str, str], City] = {}
    for city in cities:
        for code in upward(regions, city.region) if city.region else [city.country]:
            people[code] += city.population
            for name in (city.en, city.de):
                largest.setdefault((code, fold_name(name)), city)
    return Census(countries, _shared(people, regions), _namesakes(people, regions, largest))


def weigh(
    scheme: Scheme, counted: Census, regions: Mapping[str, Region], cities: Iterable[City]
) -> dict[str, float]:
    """The weight of every place by its key."""
    weights = {
        code: scheme.country * scheme.nations.get(code, 1) * number + 1
        for code, number in counted.countries.items()
    }
    for city in cities:
        weights[str(city.id)] = scheme.homes.get(city.country, 1) * city.population + 1
    for code, region in regions.items():
        full = scheme.region * scheme.homes.get(region.country, 1) * counted.regions[code] + 1
        namesake = counted.namesakes.get(code)
        cap = AFTER_ITS_CITY * weights[str(namesake.id)] if namesake else full
        weights[code] = min(full, cap)
    return weights


def upward(regions: Mapping[str, Region], code: str | None) -> Iterator[str]:
    """The region and those it lies in."""
    while code:
        yield code
        code = regions[code].parent


def _shared(people: Mapping[str, float], regions: Mapping[str, Region]) -> dict[str, float]:
    siblings: dict[str | None, int] = defaultdict(int)
    for region in regions.values():
        siblings[region.parent] += 1
    return {
        code: people.get(code) or people.get(region.parent or "", 0) / siblings[region.parent]
        for code, region in regions.items()
    }


def _namesakes(
    people: Mapping[str, float],
    regions: Mapping[str, Region],
    largest: Mapping[tuple[str, str], City],
) -> dict[str, City]:
    found = {}
    for code, region in regions.items():
        filed = code if code in people else region.parent or region.country
        cities = (largest.get((filed, fold_name(name))) for name in (region.en, region.de))
        city = next((one for one in cities if one is not None), None)
        if city is not None:
            found[code] = city
    return found

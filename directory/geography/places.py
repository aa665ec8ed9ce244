"""The three kinds of place: country, region and city, each with a German and an English name."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Country:
    """A country by its ISO 3166-1 alpha-2 code."""

    code: str
    en: str
    de: str

    def name(self, language: str) -> str:
        """Its name in `de`, or in English for any other language."""
        return self.de if language == "de" else self.en


@dataclass(frozen=True, slots=True)
class Region:
    """A subdivision by its ISO 3166-2 code; `parent` is the code of the region it lies in, if any.

    kind: the type in the standard's English words, such as `State` or `Canton`.
    """

    code: str
    country: str
    en: str
    de: str
    parent: str | None
    kind: str

    def name(self, language: str) -> str:
        """Its name in `de`, or in English for any other language."""
        return self.de if language == "de" else self.en


@dataclass(frozen=True, slots=True)
class City:
    """A city, town or quarter by its GeoNames id; coordinates in degrees, north and east positive.

    region: the ISO 3166-2 code of the subdivision it lies in, None where it is not known.
    """

    id: int
    en: str
    de: str
    country: str
    region: str | None
    lat: float
    lon: float
    population: int

    def name(self, language: str) -> str:
        """Its name in `de`, or in English for any other language."""
        return self.de if language == "de" else self.en


Place = Country | Region | City


def place_key(place: Place) -> str:
    """The place's key in addresses and files: `DE`, `DE-BW` or the GeoNames id `2886242`."""
    return str(place.id) if isinstance(place, City) else place.code

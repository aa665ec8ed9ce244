"""Words that mean something to a search, as data: small words, synonyms, landscapes, no places."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from directory.kernel.text import folded_words


@dataclass(frozen=True)
class Said:
    """Other words for a value of a facet, both languages mixed.

    facet: a parameter's name, or `audience`: an industry only where the words before or after say
    so (`for agencies`), since by themselves they mean something else.
    """

    facet: str
    value: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Demonym:
    """Adjectives of a country or region: English as they stand, German without their ending."""

    key: str
    english: tuple[str, ...]
    german: tuple[str, ...]


@dataclass(frozen=True)
class Landscape:
    """A region that no office knows (Ruhrgebiet, Nordics): places, or a circle around a city.

    keys: of countries and regions; centre: a city's key, else empty; radius: km.
    """

    names: tuple[str, ...]
    keys: tuple[str, ...]
    centre: str
    radius: int


@cache
def small_words(language: str) -> frozenset[str]:
    """Folded function words of `de` or `en`, by which a text's language is told."""
    return _listed(f"small_words_{language}")


@cache
def function_words() -> frozenset[str]:
    """Folded function words of both languages."""
    return small_words("de") | small_words("en")


@cache
def said_of_everyone() -> frozenset[str]:
    """Folded words that narrow nothing here (agency, beste, near), in both languages."""
    return _listed("said_of_everyone") | function_words()


@cache
def near_words() -> frozenset[str]:
    """Folded words by which a visitor asks for what is near; a place has to say near what."""
    return _listed("near_words")


@cache
def no_places() -> frozenset[str]:
    """Folded words that are a place's name somewhere but mean something else in a query."""
    return _listed("no_places")


@cache
def compound_parts() -> frozenset[str]:
    """Folded words of which German compounds of this field are made."""
    return _listed("compound_parts")


@cache
def compound_ends() -> tuple[str, ...]:
    """Folded last parts of compounds that add nothing to the first (SEO-agentur), longest first."""
    return tuple(sorted(_listed("compound_ends"), key=lambda end: (-len(end), end)))


@cache
def synonyms() -> tuple[Said, ...]:
    """What people say for services, areas, industries, packages, tiers and `accepting`."""
    return tuple(
        Said(row["facet"], row["value"], tuple(row["words"].split("|")))
        for row in _rows("synonyms")
    )


@cache
def demonyms() -> tuple[Demonym, ...]:
    """The adjectives of countries and regions."""
    return tuple(
        Demonym(row["key"], _parts(row["english"]), _parts(row["german"]))
        for row in _rows("demonyms")
    )


@cache
def landscapes() -> tuple[Landscape, ...]:
    """Historic and colloquial regions."""
    return tuple(
        Landscape(
            _parts(row["names"]),
            tuple(row["keys"].split()),
            row["centre"],
            int(row["radius"] or 0),
        )
        for row in _rows("landscapes")
    )


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split("|") if part)


def _listed(name: str) -> frozenset[str]:
    return frozenset(folded_words(_text(f"{name}.txt")))


def _rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(_text(f"{name}.csv").splitlines()))


def _text(name: str) -> str:
    return (files(__package__) / "data" / name).read_text(encoding="utf-8")

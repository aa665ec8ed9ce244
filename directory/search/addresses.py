"""Reads a search from an untrusted address: allow-lists, limits, notices of what was dropped."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, TypeVar

from directory.geography import queries as geography
from directory.geography.queries import City, Country, Place, Region, place_key
from directory.kernel.policy import POLICY
from directory.kernel.text import clean_line, fold_name
from directory.search import accepted
from directory.search.accepted import CANONICAL
from directory.search.request import LIST_FACETS, Near, SearchRequest, Sort

T = TypeVar("T")

# Characters of a query that are looked at before it is cleaned and cut.
LOOKED_AT = 4 * POLICY.query_length_most
VALUE_LENGTH = 100
NOTICES_MOST = 10
PAGE_MOST = 10**9


class Args(Protocol):
    """What a MultiDict offers of repeated parameters."""

    def getlist(self, key: str, /) -> list[str]: ...


class BadPage(ValueError):
    """`page` is below 1 or no number."""


class Reason(StrEnum):
    """Why something of an address was not used."""

    UNKNOWN = "unknown"
    TOO_MANY = "too-many"
    SHORTENED = "shortened"
    WITHOUT_PLACE = "without-place"


@dataclass(frozen=True)
class Notice:
    """A parameter's value that was dropped, or with `shortened` used in part."""

    parameter: str
    value: str
    reason: Reason = Reason.UNKNOWN


def read(args: Args) -> tuple[SearchRequest, tuple[Notice, ...]]:
    """The search of an address and, at most ten, notices of what was dropped; nothing else is used.

    Raises BadPage when the page is below 1 or no number in ASCII digits.
    """
    reader = _Reader(args)
    page = _page(args.getlist("page"))
    q = reader.query()
    facets = {name: reader.several(name) for name in LIST_FACETS}
    wants_city = any(args.getlist("radius"))
    place = reader.one("near", lambda text: _place(text, wants_city=wants_city))
    near = place if isinstance(place, Near) else None
    if isinstance(place, Country | Region):
        kind = type(place).__name__.lower()
        facets[kind] = tuple(dict.fromkeys((*facets[kind], place.code)))
    request = SearchRequest(
        q=q,
        near=near,
        radius=reader.radius(near),
        budget=reader.one("budget", accepted.budget),
        rating=reader.one("rating", accepted.rating),
        accepting=bool(reader.one("accepting", accepted.flag)),
        sort=reader.one("sort", accepted.sort) or Sort.BEST,
        page=page,
        explain=bool(reader.one("explain", accepted.flag)),
        text=bool(reader.one("text", accepted.flag)),
        **facets,
    )
    return request, tuple(reader.notices[:NOTICES_MOST])


class _Reader:
    """Takes values out of an address and notes what it drops."""

    def __init__(self, args: Args) -> None:
        self.args = args
        self.notices: list[Notice] = []
        self.left = POLICY.facet_values_most

    def query(self) -> str:
        """`q` cleaned, at most 100 characters; how many words count is told once they are read."""
        raw = next(iter(self.args.getlist("q")), "")
        cleaned = clean_line(raw[:LOOKED_AT])
        kept = cleaned[: POLICY.query_length_most].strip()
        if kept != cleaned or len(raw) > LOOKED_AT:
            self.drop("q", kept, Reason.SHORTENED)
        return kept

    def several(self, name: str) -> tuple[str, ...]:
        """The known values of a facet, each once, as far as the limit of all facets allows."""
        canonical = CANONICAL[name]
        known: list[str] = []
        for raw in dict.fromkeys(self.args.getlist(name)):
            value = clean_line(raw[:VALUE_LENGTH])
            if not value:
                continue
            found = canonical(value)
            if found is None:
                self.drop(name, value)
            elif found not in known:
                self.keep(name, found, known)
        return tuple(known)

    def keep(self, name: str, value: str, known: list[str]) -> None:
        if self.left:
            known.append(value)
            self.left -= 1
        else:
            self.drop(name, value, Reason.TOO_MANY)

    def one(self, name: str, parse: Callable[[str], T | None]) -> T | None:
        """The first value that is not empty, parsed; None and a notice if it can't be."""
        for raw in self.args.getlist(name):
            value = clean_line(raw[:VALUE_LENGTH])
            if not value:
                continue
            parsed = parse(value)
            if parsed is None:
                self.drop(name, value)
            return parsed
        return None

    def radius(self, near: Near | None) -> int:
        """Kilometres around `near`; noted where no place was asked for at all.

        A form without script sends it along with an empty field for the place, or with a country.
        """
        radius = self.one("radius", accepted.radius)
        if radius and not self.args.getlist("near"):
            self.drop("radius", str(radius), Reason.WITHOUT_PLACE)
        return (near and radius) or POLICY.radius_default_km

    def drop(self, name: str, value: str, reason: Reason = Reason.UNKNOWN) -> None:
        if len(self.notices) < NOTICES_MOST:
            self.notices.append(Notice(name, value, reason))


def _page(given: list[str]) -> int:
    if not given:
        return 1
    text = given[0]
    if not (text.isascii() and text.isdigit() and text.strip("0")):
        raise BadPage("page must be a number from 1 on")
    digits = text.lstrip("0")
    return int(digits) if len(digits) < len(str(PAGE_MOST)) else PAGE_MOST


def _place(text: str, *, wants_city: bool) -> Near | Country | Region | None:
    """What `near` names: a city, or the country or region of that name.

    With a radius a city goes first that is called just so (Luxembourg, not Sachsen bei Ansbach).
    """
    place: Place | None
    if text.isascii() and text.isdigit():
        place = accepted.city(text)
    else:
        place = place_called(text, ("country", "region", "city"))
    if wants_city and isinstance(place, Country | Region):
        namesake = place_called(text, ("city",))
        place = namesake if _is_called(namesake, text) else place
    return _near(place, text) if isinstance(place, City) else place


def _is_called(place: Place | None, text: str) -> bool:
    return place is not None and fold_name(text) in (fold_name(place.en), fold_name(place.de))


def place_called(text: str, kinds: tuple[str, ...]) -> Place | None:
    """The likeliest place of a name that may be followed by what it lies in (`Köln, Germany`)."""
    found = geography.find_places(text, kinds=kinds, limit=1)
    head, comma, rest = text.partition(",")
    if not found and comma:
        for outer in geography.find_places(rest.rpartition(",")[2], kinds=("country", "region")):
            inside = {type(outer).__name__.lower(): place_key(outer)}
            found = geography.find_places(head, kinds=kinds, limit=1, **inside)
            if found:
                break
    return found[0] if found else None


def _near(city: City, text: str) -> Near:
    return Near(str(city.id), city.en, city.de, city.lat, city.lon, text)

"""A search as an object: known facts from an address, and back to the one canonical address."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from directory.kernel.policy import POLICY

if TYPE_CHECKING:
    from directory.search.addresses import Args, Notice

PLACE_FACETS = ("country", "region", "city")
LIST_FACETS = (
    "service",
    *PLACE_FACETS,
    "tier",
    "industry",
    "language",
    "credential",
    "package",
)
NONE = "none"


class Sort(StrEnum):
    """Orders of the results; `ranking.ORDERS` says what each means."""

    BEST = "best"
    RATING = "rating"
    REVIEWS = "reviews"
    NAME = "name"
    DISTANCE = "distance"
    NEWEST = "newest"


@dataclass(frozen=True)
class Near:
    """The city around which a search looks (DIR-4).

    text: as the visitor wrote it; key: its GeoNames id; lat, lon: degrees.
    """

    key: str
    name_en: str
    name_de: str
    lat: float
    lon: float
    text: str = field(default="", compare=False)

    def name(self, language: str) -> str:
        """Its name in `de`, or in English for any other language."""
        return self.name_de if language == "de" else self.name_en


@dataclass(frozen=True)
class SearchRequest:
    """What a visitor asks for; `addresses.read` makes it from an untrusted address.

    Values within a facet are alternatives, between facets all count; `service` holds slugs of
    services and areas. country, region, city and near are together one facet, the place.
    radius: km around `near`; budget: whole EUR the visitor has; rating: at least, 1 to 5;
    text: take the words literally; page: from 1.
    """

    q: str = ""
    service: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    region: tuple[str, ...] = ()
    city: tuple[str, ...] = ()
    near: Near | None = None
    radius: int = POLICY.radius_default_km
    tier: tuple[str, ...] = ()
    industry: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    budget: int | None = None
    credential: tuple[str, ...] = ()
    rating: float | None = None
    package: tuple[str, ...] = ()
    accepting: bool = False
    sort: Sort = Sort.BEST
    page: int = 1
    explain: bool = False
    text: bool = False

    @classmethod
    def from_args(cls, args: Args) -> tuple[SearchRequest, tuple[Notice, ...]]:
        """The search of an address (a MultiDict) and notices of what was dropped from it.

        Raises addresses.BadPage. See `addresses.read`.
        """
        # Here, since that module needs this one.
        from directory.search.addresses import read

        return read(args)

    def params(self) -> list[tuple[str, str]]:
        """The address's query in its one canonical order, defaults left out."""
        changed = (name for name, usual in DEFAULTS.items() if getattr(self, name) is not usual)
        return [pair for name in changed for pair in self._written(name)]

    def _written(self, name: str) -> Iterator[tuple[str, str]]:
        value = getattr(self, name)
        if name in LIST_FACETS:
            yield from ((name, one) for one in value)
        elif isinstance(value, Near):
            yield name, value.key
        elif value != DEFAULTS[name]:
            yield name, _as_text(value)

    def values(self, facet: str) -> tuple[str, ...]:
        """What is asked of a facet as texts, whatever its kind."""
        return tuple(value for name, value in self._written(facet) if name == facet)

    def without(self, facet: str, value: str) -> SearchRequest:
        """The same search, first page, without one value of a facet."""
        if facet in LIST_FACETS:
            kept = tuple(one for one in getattr(self, facet) if one != value)
            return self._changed(**{facet: kept})
        if facet == "near":
            return self._changed(near=None, radius=POLICY.radius_default_km)
        return self._changed(**{facet: DEFAULTS[facet]})

    def with_added(self, facet: str, value: str) -> SearchRequest:
        """The same search, first page, with one more value of a facet that holds several."""
        return self._changed(**{facet: tuple(dict.fromkeys((*getattr(self, facet), value)))})

    def with_page(self, page: int) -> SearchRequest:
        """The same search, another page."""
        return replace(self, page=page)

    def with_sort(self, sort: Sort) -> SearchRequest:
        """The same search in another order, first page."""
        return self._changed(sort=sort)

    def literal(self) -> SearchRequest:
        """The same search with its words taken literally, first page."""
        return self._changed(text=True)

    def _changed(self, **values: Any) -> SearchRequest:
        return replace(self, **{"page": 1, **values})

    @property
    def has_place(self) -> bool:
        return bool(self.country or self.region or self.city or self.near)

    @property
    def is_filtered(self) -> bool:
        """Whether anything narrows the results."""
        shown = {"sort", "page", "explain", "text"}
        return any(name not in shown for name, _ in self.params())


PARAMETERS = tuple(one.name for one in fields(SearchRequest))
DEFAULTS: dict[str, Any] = {one.name: one.default for one in fields(SearchRequest)}


def _as_text(value: Any) -> str:
    if value is True:
        return "1"
    return f"{value:g}" if isinstance(value, float) else str(value)

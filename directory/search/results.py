"""What a search answers: hits in order, exact facet counts, and what was understood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from directory.kernel.paging import Paging
    from directory.search.facets import Facets
    from directory.search.ranking import Standing
    from directory.search.request import SearchRequest


# The steps of relevance from which on a word is only in the description, and of what is found
# only by correction (DIR-3).
IN_DESCRIPTION = 2
CORRECTED = 3


class Via(StrEnum):
    """How a listing matches a place (DIR-4): by an office there or because it serves it."""

    OFFICE = "office"
    SERVES = "serves"


class Part(NamedTuple):
    """One step of the order and where a hit stands in it (DIR-3, `explain=1`).

    part: the step's name (`text`, `distance`, `via`, `rating`, `tier`, `name`);
    value: a number or word for machines; label: one plain sentence in the page's language.
    """

    part: str
    value: str | int | float | None
    label: str


@dataclass(frozen=True)
class Hit:
    """One listing found.

    distance_km: to the nearest office, only for a search `near` a place; via: None without a place;
    office: index of the office that matched, into the listing's offices in their order;
    text: its step of relevance (DIR-3), None for a search without words; standing: what decides its
    place, None where the order was not asked for.
    """

    listing_id: int
    distance_km: float | None = None
    via: Via | None = None
    office: int | None = None
    explain: tuple[Part, ...] = ()
    text: int | None = None
    standing: Standing | None = None


class FacetValue(NamedTuple):
    """One value of a facet with the exact number of listings under all other filters."""

    value: str
    label: str
    count: int  # type: ignore[assignment]  # a tuple's method of that name is not needed
    selected: bool = False


@dataclass(frozen=True)
class Facet:
    """A group of values; name is the parameter's name (`service`, `country`, `tier` …)."""

    name: str
    values: tuple[FacetValue, ...]


@dataclass(frozen=True)
class Understood:
    """Words of the query that were taken as a filter; removable by searching `text=1`."""

    facet: str
    value: str
    label: str
    words: str


@dataclass(frozen=True)
class Chip:
    """An applied filter; `without` is the same search without it.

    words: the visitor's words it came from, else empty.
    """

    facet: str
    value: str
    label: str
    without: SearchRequest
    words: str = ""


@dataclass(frozen=True)
class SearchPage:
    """The answer to a search.

    request: as asked; effective: with understood words as filters and the rest as text;
    words: folded words that matched as text; offices: how many have an office in the place asked
    for, None without one, the others only serve it; counted: False when the plain SQL answer stood
    in, which has no facet counts; everything: the counts of a search for everything; unmatched:
    words as written that nobody has beside the rest, so that `effective` is without them; hidden:
    ids of listings that may not be shown whatever the index knows of them; needs_place: words ask
    for what is near, but near what? cut: words as written beyond those that are looked for, so that
    `effective` is without them too.
    """

    request: SearchRequest
    effective: SearchRequest
    hits: tuple[Hit, ...]
    paging: Paging
    sentence: str
    facets: Facets
    understood: tuple[Understood, ...] = ()
    chips: tuple[Chip, ...] = ()
    words: tuple[str, ...] = ()
    offices: int | None = None
    counted: bool = True
    unmatched: tuple[str, ...] = ()
    needs_place: bool = False
    cut: tuple[str, ...] = ()
    hidden: frozenset[int] = frozenset()
    everything: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    @property
    def corrected(self) -> bool:
        """Whether the words were found only with a typing error mended, or as beginnings."""
        return bool(self.hits) and all(hit.text == CORRECTED for hit in self.hits)

    @property
    def in_descriptions(self) -> bool:
        """Whether a word was found only in the description of one of the hits."""
        return any(hit.text is not None and hit.text >= IN_DESCRIPTION for hit in self.hits)

"""The narrow interface of a search engine: it takes documents and gives ids in order, counted."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple, Protocol

from directory.kernel.policy import POLICY
from directory.search.analysis import Wanted, wanted
from directory.search.documents import Document
from directory.search.ranking import Standing
from directory.search.request import PLACE_FACETS, SearchRequest
from directory.search.results import Via

COUNTED = (
    *("service", "tier", "industry", "language", "credential", "package", "accepting"),
    *PLACE_FACETS,
)


class EngineAway(Exception):
    """The engine can't answer now: it has no index, or one that is damaged or of another format."""


@dataclass(frozen=True)
class Query:
    """What an engine is asked.

    request: with understood words as filters, `q` being the rest; day: on which certifications
    must be valid (DIR-2); hidden: ids of listings that must not be found whatever the engine
    knows of them; size: hits a page; facets: those to be counted.
    """

    request: SearchRequest
    day: date
    hidden: frozenset[int] = frozenset()
    size: int = POLICY.page_size
    facets: tuple[str, ...] = COUNTED

    @property
    def words(self) -> tuple[Wanted, ...]:
        return wanted(self.request.q) if self.request.q else ()

    @property
    def offset(self) -> int:
        return (self.request.page - 1) * self.size


class FoundListing(NamedTuple):
    """One listing found, with what its place rests on; see `results.Hit`."""

    standing: Standing
    via: Via | None = None
    office: int | None = None


@dataclass(frozen=True)
class Found:
    """An engine's answer.

    total: of all pages; listings: of the page, in order; counts: for each facet the number of
    listings by value under all filters but its own, None from an engine that does not count;
    words: the folded words that were looked for; offices: how many have an office in the place that
    is asked for, None without one.
    """

    total: int
    listings: Sequence[FoundListing]
    counts: Mapping[str, Mapping[str, int]] | None = None
    words: tuple[str, ...] = field(default=())
    offices: int | None = None


@dataclass(frozen=True)
class Budgets:
    """The smallest budgets that are known of `known` listings: whole EUR, each the budget of one.

    A quarter of them is at most `quarter`, a half at most `median`, three quarters at most
    `three_quarters`.
    """

    known: int
    lowest: int
    quarter: int
    median: int
    three_quarters: int
    highest: int


@dataclass(frozen=True)
class Profile:
    """What the listings found have, as numbers of listings.

    services: by the slugs of services and areas they offer; offices: by the codes of countries and
    regions and the GeoNames ids of cities that they have an office in.
    """

    services: Mapping[str, int] = field(default_factory=dict)
    offices: Mapping[str, int] = field(default_factory=dict)
    budgets: Budgets | None = None


class Finding(Protocol):
    """What answers a search: an engine, or the database while there is none."""

    def find(self, query: Query) -> Found:
        """The listings that match, in the order of DIR-3."""

    def is_name(self, name: str, query: Query) -> bool:
        """Whether that is the whole name of a listing that may be found, however it is spelt."""

    def has_word(self, word: str, query: Query) -> bool:
        """Whether a listing that may be found has the word as it is, whatever the filters."""

    def suggest(self, prefix: str, query: Query, limit: int) -> list[int]:
        """Ids of listings with words in their name that begin so, in the order of DIR-3."""


class Engine(Finding, Protocol):
    """A search engine over documents.

    Every method raises EngineAway when it can't do its work; nothing else leaves it.
    """

    @property
    def generation(self) -> str:
        """Names the state of the index; another one after every change."""

    def is_missing(self) -> bool:
        """Whether there is no index of the present layout; a cheap look."""

    def is_crowded(self) -> bool:
        """Whether so much changed since `replace` that another one pays; a cheap look."""

    def profile(self, query: Query) -> Profile:
        """What all listings have that match the query's filters; its words do not count."""

    def put(self, documents: Iterable[Document], remove: Collection[int] = ()) -> None:
        """Take the documents in, replacing those with their ids, and remove others, at once."""

    def replace(self, documents: Iterable[Document]) -> int:
        """Hold these documents and no other; how many they are."""

    def checksums(self) -> dict[int, str]:
        """The checksum of each document held, by listing id."""

"""Values of a facet as rows: boxes to tick, or links that narrow what is ticked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from directory.kernel.policy import Tier
from directory.search.labels import label
from directory.search.request import NONE
from directory.search.results import SearchPage

SHOWN_AT_ONCE = 7
SHOWN_AT_ALL = 60
TIERS = [*reversed(Tier), NONE]


@dataclass(frozen=True)
class Row:
    """One value; url: where a link leads that narrows to it, else it is a box to tick."""

    value: str
    label: str
    count: int
    selected: bool = False
    url: str | None = None


@dataclass(frozen=True)
class Section:
    """Values of one facet under a title: those seen at once, and those behind 'show all'."""

    facet: str
    title: str
    rows: list[Row]
    more: list[Row]
    title_hidden: bool = False

    @property
    def size(self) -> int:
        return len(self.rows) + len(self.more)


def rows(found: SearchPage, facet: str, language: str) -> list[Row]:
    """The facet's values, the chosen ones first, then the frequent ones; chosen ones never lack."""
    listed = found.facets[facet].values if facet in found.facets else ()
    known = {one.value: Row(one.value, one.label, one.count, one.selected) for one in listed}
    chosen = getattr(found.effective, facet)
    for value in (*chosen, *(TIERS if facet == "tier" and known else ())):
        if value not in known:
            known[value] = Row(value, label(facet, value, language), 0, value in chosen)
    return sorted(known.values(), key=lambda row: _place(facet, row))


def flat(found: SearchPage, facet: str, title: str, language: str) -> Section:
    """All values of one facet in one section."""
    return cut(facet, title, rows(found, facet, language))


def cut(facet: str, title: str, listed: Iterable[Row], at_once: int = SHOWN_AT_ONCE) -> Section:
    """A section whose first `at_once` rows, and all chosen ones, are seen at once."""
    every = list(listed)[:SHOWN_AT_ALL]
    seen = max(at_once, sum(row.selected for row in every))
    if len(every) <= seen + 1:
        seen = len(every)
    return Section(facet, title, every[:seen], every[seen:])


def _place(facet: str, row: Row) -> tuple[bool, int, str]:
    if facet == "tier":
        return (False, TIERS.index(row.value), "")
    return (not row.selected, -row.count, row.label)

"""Values of a facet as rows: boxes to tick, or links that narrow what is ticked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from directory.kernel.policy import Package, Tier
from directory.search.facets import VALUES_MOST
from directory.search.labels import label
from directory.search.request import NONE, PLACE_FACETS
from directory.search.results import SearchPage
from directory.web.public.presenters.links import whole_url

SHOWN_AT_ONCE = 7
# Behind 'show all'; of longer lists the rest is on the page that `all` asks for.
SHOWN_AT_ALL = 30
# Facets whose values are all listed, in this order, with or without providers.
FIXED = {
    "tier": [*reversed(Tier), NONE],
    "package": [*reversed(Package), NONE],
    "accepting": ["1"],
}


class Row(NamedTuple):
    """One value; url: where a link leads that narrows to it, else it is a box to tick."""

    value: str
    label: str
    count: int  # type: ignore[assignment]  # a tuple's method of that name is not needed
    selected: bool = False
    url: str | None = None


@dataclass(frozen=True)
class Section:
    """Values of one facet under a title: those seen at once, and those behind 'show all'.

    groups: the latter under titles of their own; all_url: where values are that are not among
    them; open: whether all are to be seen.
    """

    facet: str
    title: str
    rows: list[Row]
    more: list[Row]
    title_hidden: bool = False
    all_url: str | None = None
    open: bool = False
    groups: list[tuple[str, list[Row]]] = field(default_factory=list)

    @property
    def size(self) -> int:
        return len(self.rows) + len(self.more) + sum(len(rows) for _title, rows in self.groups)


def rows(
    found: SearchPage,
    facet: str,
    language: str,
    most: int = SHOWN_AT_ALL,
    among: frozenset[str] | None = None,
) -> list[Row]:
    """The facet's values, the frequent ones first, whatever is chosen; chosen ones never lack.

    most: how many, and one more if there are; among: which count at all.
    """
    listed = found.facets.commonest(facet, most + 1, among)
    known = {one.value: Row(one.value, one.label, one.count, one.selected) for one in listed}
    chosen = found.effective.values(facet)
    fixed = FIXED.get(facet, ()) if found.counted else ()
    for value in (*chosen, *fixed, *_without_any(found, facet, most + 1 - len(known))):
        if value not in known:
            known[value] = Row(value, label(facet, value, language), 0, value in chosen)
    if fixed:
        return [known[value] for value in fixed]
    # A choice does not change the order, so that nothing moves away under the pointer.
    return sorted(known.values(), key=lambda row: (-row.count, row.label))


def _without_any(found: SearchPage, facet: str, most: int) -> list[str]:
    """Values that somebody has but no listing under the present filters, the commonest first."""
    if facet in PLACE_FACETS or most <= 0:
        return []
    every = found.everything.get(facet, {})
    counts = found.facets.counts.get(facet, {})
    missing = [value for value in every if value not in counts]
    return sorted(missing, key=every.__getitem__, reverse=True)[:most]


def flat(found: SearchPage, facet: str, title: str, language: str, whole: str = "") -> Section:
    """All values of one facet in one section; `whole` is the facet of which all are to be seen."""
    most = VALUES_MOST if whole == facet else SHOWN_AT_ALL
    section = cut(facet, title, rows(found, facet, language, most), most=most)
    return linked(section, found, whole)


def cut(
    facet: str,
    title: str,
    listed: Iterable[Row],
    at_once: int = SHOWN_AT_ONCE,
    most: int = SHOWN_AT_ALL,
) -> Section:
    """A section whose first `at_once` rows are seen at once, and after them all chosen ones.

    With more than `most` rows it has an `all_url`, yet empty.
    """
    every = list(listed)
    if len(every) <= at_once + 1:
        return Section(facet, title, every, [])
    seen = [row for at, row in enumerate(every) if at < at_once or row.selected]
    rest = [row for row in every[at_once:] if not row.selected]
    behind = max(0, most - len(seen))
    if len(rest) == 1:
        seen, rest = every, []
    return Section(facet, title, seen, rest[:behind], all_url="" if len(rest) > behind else None)


def linked(section: Section, found: SearchPage, whole: str) -> Section:
    """The section with the address at which all its values are, if not all are in it."""
    url = None if section.all_url is None else whole_url(found.request, section.facet)
    return replace(section, all_url=url, open=section.facet == whole)

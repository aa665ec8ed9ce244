"""The page of results."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from directory.listings.cards import Card
from directory.search.addresses import Notice
from directory.search.marking import Marks
from directory.search.request import SearchRequest, Sort
from directory.search.results import SearchPage
from directory.web.filters import number
from directory.web.languages import gettext as _
from directory.web.public.kept import with_kept
from directory.web.public.presenters import (
    around,
    chips,
    entry,
    filters,
    keep,
    left_out,
    linked,
    nothing,
    notices,
    why,
)
from directory.web.public.presenters.landing_links import same_search
from directory.web.public.presenters.links import canonical_url, search_url
from directory.web.public.presenters.matches import Matches

# Orders that look at the tier, so that the page has to say so (OPR-2).
BY_TIER = (Sort.BEST, Sort.DISTANCE)


@dataclass(frozen=True)
class Order:
    """One order of the results."""

    label: str
    note: str
    url: str
    current: bool


@dataclass(frozen=True)
class PageLink:
    """One page of the results."""

    number: int
    url: str
    current: bool


@dataclass(frozen=True)
class Pages:
    """The pager; None among the numbers is a gap."""

    numbers: list[PageLink | None]
    before: str | None
    after: str | None


def present(
    found: SearchPage,
    cards: Mapping[int, Card],
    dropped: tuple[Notice, ...],
    language: str,
    today: date,
    whole: str = "",
) -> dict[str, Any]:
    """Everything that `public/results.html` shows; whole: a facet to be shown with all values."""
    asked = found.request
    landing = same_search(asked, found.paging.total)
    matches = Matches(Marks(found.effective.q, corrected=found.corrected), language)
    hits = [hit for hit in found.hits if hit.listing_id in cards]
    reasons = why.present(hits, cards, found.effective, language)
    entries = [
        entry.present(hit, cards[hit.listing_id], found.effective, matches, language, reason)
        for hit, reason in zip(hits, reasons, strict=True)
    ]
    return {
        "found": found,
        "entries": entries,
        "form": filters.present(found, dropped, language, whole),
        "chips_shown": chips.present(found),
        "all_understood": all(chip.words for chip in found.chips),
        "notices": notices.present(dropped, asked, language),
        "left_out": left_out.present(found),
        "more_around": around.more(found, language, today),
        "literal_url": search_url(asked.literal()) if found.understood else None,
        "orders": _orders(found.request),
        "by_tier": asked.sort in BY_TIER,
        "untiered_url": search_url(asked.with_sort(Sort.NAME)),
        "nothing": None if entries else nothing.present(found, language, today),
        "pages": _pages(found),
        "query": asked.q,
        "elsewhere": _elsewhere(found),
        "landing": with_kept(landing) if landing else None,
        "bar": keep.bar(asked, [one.slug for one in entries]),
        "canonical": landing or canonical_url(asked),
        "linked": linked.results(found.sentence, entries, found.paging) if entries else None,
        "noindex": not landing and (asked.is_filtered or asked.sort is not Sort.BEST),
    }


def _elsewhere(found: SearchPage) -> str:
    """How many only serve the place (DIR-4), beside those with an office there; empty for none."""
    served = found.paging.total - (found.offices or 0)
    if found.offices is None or not served:
        return ""
    said = {"here": number(found.offices), "served": number(served)}
    if found.effective.near:
        return _(
            "Office within the radius: %(here)s; serving it from farther away: %(served)s", **said
        )
    return _("Office there: %(here)s; serving it from elsewhere: %(served)s", **said)


def last_page(found: SearchPage) -> dict[str, Any]:
    """How many pages a search has, and where the last one is."""
    pages = found.paging.pages
    return {"pages": pages, "last_url": search_url(found.request.with_page(pages))}


def _orders(asked: SearchRequest) -> list[Order]:
    """The orders that make sense for the search; those by reviews only when asked for."""
    near = asked.near is not None
    chosen = asked.sort if near or asked.sort is not Sort.DISTANCE else Sort.BEST
    known = [
        (Sort.BEST, _("best match"), _("Words, distance, rating; tier only among equals"), True),
        (Sort.DISTANCE, _("distance"), _("The nearest office first; tier only among equals"), near),
        (Sort.NAME, _("name"), _("From A to Z, without tier"), True),
        (Sort.NEWEST, _("newest"), _("Who was listed last first, without tier"), True),
        (
            *(Sort.RATING, _("rating"), _("What the rating is at least, without tier")),
            chosen is Sort.RATING,
        ),
        (
            *(Sort.REVIEWS, _("number of reviews"), _("Most reviews first, without tier")),
            chosen is Sort.REVIEWS,
        ),
    ]
    return [
        Order(label, note, search_url(asked.with_sort(sort)), sort is chosen)
        for sort, label, note, offered in known
        if offered
    ]


def _pages(found: SearchPage) -> Pages | None:
    paging = found.paging
    if paging.pages < 2:
        return None

    def link(number: int) -> str:
        return search_url(replace(found.request, page=number))

    numbers = [
        PageLink(number, link(number), number == paging.page) if number else None
        for number in paging.numbers()
    ]
    before = link(paging.page - 1) if paging.page > 1 else None
    after = link(paging.page + 1) if paging.page < paging.pages else None
    return Pages(numbers, before, after)

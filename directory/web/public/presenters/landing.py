"""The page of a service or area, everywhere or in one country: what there is, in figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from directory.listings.cards import Card
from directory.search.engines import Budgets, Profile
from directory.search.labels import label
from directory.search.marking import Marks
from directory.search.request import SearchRequest
from directory.search.results import SearchPage
from directory.taxonomy import queries as taxonomy
from directory.web.public.presenters import (
    entry,
    keep,
    landing_indexes,
    landing_words,
    linked,
    why,
)
from directory.web.public.presenters.entry import Entry
from directory.web.public.presenters.keep import Bar
from directory.web.public.presenters.landing_indexes import Index, lies_in
from directory.web.public.presenters.landing_links import landing_link, path_of
from directory.web.public.presenters.landing_words import Figures
from directory.web.public.presenters.links import Link, home_link, search_url
from directory.web.public.presenters.matches import Matches

FIRST = 5
NEWEST = 3


@dataclass(frozen=True)
class Spread:
    """Smallest budgets as a reading: EUR, and per cent of the way from lowest to highest."""

    budgets: Budgets
    start: float
    width: float
    median: float


@dataclass(frozen=True)
class Newcomer:
    """A provider and the day on which it became public."""

    slug: str
    name: str
    since: date


@dataclass(frozen=True)
class LandingPage:
    """All that the page shows; together: services that are often offered with this one."""

    crumbs: list[Link]
    here: str
    heading: str
    lead: str
    terms: str
    total: int
    url: str
    bar: Bar
    spread: Spread | None
    entries: list[Entry]
    indexes: list[Index]
    together: list[Link]
    newest: list[Newcomer]
    around: list[Index]
    linked: dict[str, Any]


def present(
    found: SearchPage,
    profile: Profile | None,
    newest: Sequence[int],
    cards: Mapping[int, Card],
    language: str,
) -> LandingPage:
    """The page of what a search for one service finds, `found.request`; it is not empty."""
    asked = found.request
    figures = _figures(found, profile, cards, language)
    matches = Matches(Marks(""), language)
    hits = [hit for hit in found.hits[:FIRST] if hit.listing_id in cards]
    entries = [
        entry.present(hit, cards[hit.listing_id], asked, matches, language, reason)
        for hit, reason in zip(hits, why.present(hits, cards, asked, language), strict=True)
    ]
    crumbs = _crumbs(asked, language)
    return LandingPage(
        crumbs=crumbs[:-1],
        here=crumbs[-1].label,
        heading=found.sentence,
        lead=landing_words.lead(figures),
        terms=landing_words.terms(figures),
        total=found.paging.total,
        url=search_url(asked),
        bar=keep.bar(asked, [one.slug for one in entries]),
        spread=_spread(profile.budgets) if profile else None,
        entries=entries,
        indexes=landing_indexes.present(found, profile),
        together=landing_indexes.together(asked, profile, language),
        newest=_newcomers(newest, cards) if found.paging.total > FIRST else [],
        around=landing_indexes.around(found, language),
        linked=linked.landing(found.sentence, entries, found.paging, crumbs, path_of(asked)),
    )


def _figures(
    found: SearchPage, profile: Profile | None, cards: Mapping[int, Card], language: str
) -> Figures:
    names = [cards[hit.listing_id].name for hit in found.hits[:FIRST] if hit.listing_id in cards]
    kind = "city" if found.request.country else "country"
    offices = profile.offices if profile else {}
    home = next(iter(found.request.country), None)
    inside = [(key, count) for key, count in offices.items() if lies_in(key, kind, home)]
    inside.sort(key=lambda one: (-one[1], label(kind, one[0], language)))
    return Figures(found, profile, names, inside, language)


def _crumbs(asked: SearchRequest, language: str) -> list[Link]:
    """The directory, the area, the service, the country."""
    (slug,) = asked.service
    service = taxonomy.services().get(slug)
    path = [service.area, slug] if service else [slug]
    return [
        home_link(),
        *(Link(label("service", one, language), landing_link(one)) for one in path),
        *(Link(label("country", one, language), landing_link(slug, one)) for one in asked.country),
    ]


def _spread(budgets: Budgets | None) -> Spread | None:
    """The reading; None where all are the same or too few name one."""
    if budgets is None or budgets.known < landing_words.ENOUGH:
        return None
    whole = budgets.highest - budgets.lowest
    if not whole:
        return None

    def share(amount: int) -> float:
        return round(100 * (amount - budgets.lowest) / whole, 1)

    start = share(budgets.quarter)
    width = round(share(budgets.three_quarters) - start, 1)
    return Spread(budgets, start, width, share(budgets.median))


def _newcomers(newest: Sequence[int], cards: Mapping[int, Card]) -> list[Newcomer]:
    known = [cards[one] for one in newest if one in cards]
    return [Newcomer(one.slug, one.name, one.first_public) for one in known if one.first_public]

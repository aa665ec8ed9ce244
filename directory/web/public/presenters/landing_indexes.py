"""Where a landing page leads: into the results, to other services, to countries around."""

from __future__ import annotations

from dataclasses import dataclass

from directory.geography import queries as geography
from directory.geography.centres import nearest_first
from directory.kernel.policy import Tier
from directory.search.engines import Profile
from directory.search.facets import VALUES_MOST
from directory.search.labels import label
from directory.search.request import SearchRequest
from directory.search.results import FacetValue, SearchPage
from directory.search.sentence import sentence
from directory.taxonomy import queries as taxonomy
from directory.web.languages import gettext as _
from directory.web.public.presenters.landing_links import landing_link
from directory.web.public.presenters.links import Link, search_url

ROWS = 8
TOGETHER = 6
NEAREST = 3


@dataclass(frozen=True)
class Index:
    """Links with the number of providers under a title; tiered: whether they are tiers (OPR-2)."""

    title: str
    links: list[Link]
    tiered: bool = False


def present(found: SearchPage, profile: Profile | None) -> list[Index]:
    """Where they are, what they speak, whom they know: each number is that of the results."""
    tiers = [one for one in values(found, "tier") if one.value in list(Tier)]
    made = [
        *_places(found, profile),
        Index(_("Languages"), _narrowing(found, "language", values(found, "language"))),
        Index(_("Industries"), _narrowing(found, "industry", values(found, "industry"))),
        Index(_("Tier"), _narrowing(found, "tier", tiers), tiered=True),
    ]
    return [one for one in made if one.links]


def together(asked: SearchRequest, profile: Profile | None, language: str) -> list[Link]:
    """Other services of those who offer this one, the most frequent first."""
    (slug,) = asked.service
    own = {slug, *taxonomy.services_of(slug)}
    counts = profile.services if profile else {}
    known = [one for one in counts if one in taxonomy.services() and one not in own]
    country = next(iter(asked.country), None)
    made = [
        Link(label("service", one, language), landing_link(one, country), counts[one])
        for one in known
    ]
    return sorted(made, key=lambda link: (-(link.count or 0), link.label))[:TOGETHER]


def around(found: SearchPage, language: str) -> list[Index]:
    """The same service in the countries around, and its neighbours in the taxonomy there."""
    (slug,) = found.request.service
    home = next(iter(found.request.country), None)
    made = [Index(_("In one service"), _inside(found, slug, home))]
    if home is not None:
        made.append(Index(_("Countries nearby"), countries(found, _nearby(found, home))[:ROWS]))
    named = label("service", slug, language) if slug in taxonomy.areas() else ""
    title = _("Other areas") if named else _("Services of the same area")
    made.append(Index(title, _beside(found, slug, home)))
    return [one for one in made if one.links]


def nearest(found: SearchPage, beside: SearchPage, language: str) -> list[Link]:
    """The three nearest landing pages for one that does not exist, by what they are about.

    found: the same service everywhere; beside: every service in that country, or everywhere.
    """
    (slug,) = found.request.service
    home = next(iter(beside.request.country), None)
    counts = {one.value: one.count for one in values(found, "country")}
    abroad = [(slug, code, counts[code]) for code in (_nearby(found, home) if home else [])]
    areas = [one for one in values(beside, "service") if one.value in taxonomy.areas()]
    here = [*_level(beside, slug), *sorted(areas, key=lambda one: -one.count)]
    pages = dict.fromkeys([*abroad, *((one.value, home, one.count) for one in here)])
    return [_page_link(*page, language) for page in list(pages)[:NEAREST]]


def countries(found: SearchPage, codes: list[str]) -> list[Link]:
    """The landing pages of the service in countries, in their order, those without nobody out."""
    (slug,) = found.request.service
    known = {one.value: one for one in values(found, "country")}
    return [
        Link(known[code].label, landing_link(slug, code), known[code].count)
        for code in codes
        if code in known
    ]


def values(found: SearchPage, facet: str) -> list[FacetValue]:
    """The values of a facet that somebody has, in the facet's order."""
    listed = found.facets[facet].values if found.counted else ()
    return [one for one in listed if one.count]


def lies_in(key: str, kind: str, home: str | None) -> bool:
    """Whether the key is that of a `country`, `region` or `city`, and it lies in a country."""
    place = geography.place(key)
    if place is None or type(place).__name__.lower() != kind:
        return False
    return home is None or getattr(place, "country", key) == home


def _nearby(found: SearchPage, home: str) -> list[str]:
    others = [one.value for one in values(found, "country") if one.value != home]
    return nearest_first(others, home)


def _narrowing(found: SearchPage, facet: str, listed: list[FacetValue]) -> list[Link]:
    asked = found.request
    return [
        Link(one.label, search_url(asked.with_added(facet, one.value)), one.count)
        for one in listed[:ROWS]
    ]


def _places(found: SearchPage, profile: Profile | None) -> list[Index]:
    """Places with an office, those with the most results first."""
    if profile is None:
        return []
    home = next(iter(found.request.country), None)
    if home is None:
        listed = _with_offices(found, profile, "country", None, VALUES_MOST)
        return [Index(_("Countries"), countries(found, [one.value for one in listed]))]
    made = []
    for kind, title in (("region", _("Regions")), ("city", _("Cities"))):
        listed = _with_offices(found, profile, kind, home)
        made.append(Index(title, [_place_link(found, kind, one) for one in listed]))
    return made


def _with_offices(
    found: SearchPage, profile: Profile, kind: str, home: str | None, most: int = ROWS
) -> list[FacetValue]:
    """Where somebody has an office; what all only serve would be every town of a country."""
    offices = frozenset(key for key in profile.offices if lies_in(key, kind, home))
    listed = found.facets.commonest(kind, most, offices)
    return [one for one in listed if one.count]


def _place_link(found: SearchPage, kind: str, value: FacetValue) -> Link:
    request = SearchRequest(service=found.request.service).with_added(kind, value.value)
    return Link(value.label, search_url(request), value.count)


def _inside(found: SearchPage, slug: str, home: str | None) -> list[Link]:
    """The services of an area."""
    if slug not in taxonomy.areas():
        return []
    inner = taxonomy.services_of(slug)
    return [_service_link(one, home) for one in values(found, "service") if one.value in inner]


def _page_link(service: str, country: str | None, count: int, language: str) -> Link:
    asked = SearchRequest(service=(service,), country=(country,) if country else ())
    return Link(sentence(asked, language), landing_link(service, country), count)


def _beside(found: SearchPage, slug: str, home: str | None) -> list[Link]:
    return [_service_link(one, home) for one in _level(found, slug)[:ROWS]]


def _level(found: SearchPage, slug: str) -> list[FacetValue]:
    """The other services of a service's area, or the other areas, the most frequent first."""
    service = taxonomy.services().get(slug)
    level = taxonomy.services_of(service.area) if service else tuple(taxonomy.areas())
    known = [one for one in values(found, "service") if one.value in level and one.value != slug]
    return sorted(known, key=lambda one: -one.count)


def _service_link(value: FacetValue, home: str | None) -> Link:
    return Link(value.label, landing_link(value.value, home), value.count)

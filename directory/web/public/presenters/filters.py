"""The form of filters: groups of values with counts, and what it keeps hidden."""

from __future__ import annotations

from dataclasses import dataclass, replace

from directory.geography import queries as geography
from directory.search.addresses import Notice, place_called
from directory.search.request import PLACE_FACETS, Near, SearchRequest
from directory.search.results import SearchPage
from directory.web.languages import gettext as _
from directory.web.public.kept import kept_pairs
from directory.web.public.presenters import places, services
from directory.web.public.presenters.around import near_of, only_city
from directory.web.public.presenters.links import search_url
from directory.web.public.presenters.notices import typed
from directory.web.public.presenters.values import Section, flat

RADII = (10, 25, 50, 100, 250, 500)
NOT_IN_FORM = ("rating", "sort", "text", "q")
# Groups that stay closed until something in them is chosen.
QUIET = ("industry", "credential", "package")


@dataclass(frozen=True)
class Group:
    """A part of the form that opens and closes; set: how many of its filters are in force."""

    name: str
    title: str
    set: int
    sections: list[Section]
    open: bool = True


@dataclass(frozen=True)
class FilterForm:
    """The form; hidden: names and values that it hands on; set: how many filters are in force.

    near, budget: what stands in those fields, wrong or right; around: GeoNames id of the one city
    that is searched in without a radius, `only` its name; radius: None is the city itself.
    """

    groups: list[Group]
    hidden: list[tuple[str, str]]
    near: str
    around: str
    only: str
    radius: int | None
    radii: tuple[int, ...]
    budget: str
    wrong: frozenset[str]
    set: int
    reset_url: str


def present(
    found: SearchPage, dropped: tuple[Notice, ...], language: str, whole: str = ""
) -> FilterForm:
    """The form for a search as it was understood, so that understood words can be unticked.

    whole: the facet of which all values are to be seen.
    """
    asked = found.effective
    city = only_city(asked)
    shown = near_of(city) if city else asked.near
    budget = "" if asked.budget is None else str(asked.budget)
    return FilterForm(
        groups=_groups(found, language, whole),
        hidden=[*(pair for pair in asked.params() if pair[0] in NOT_IN_FORM), *kept_pairs()],
        near=typed(dropped, "near") or (near_text(shown, language) if shown else ""),
        around=str(city.id) if city else "",
        only=city.name(language) if city else "",
        radius=None if city else asked.radius,
        radii=tuple(sorted({*RADII, asked.radius})),
        budget=typed(dropped, "budget") or budget,
        wrong=frozenset(one.parameter for one in dropped),
        set=len(found.chips),
        reset_url=search_url(SearchRequest(q=asked.q, text=asked.text)),
    )


def near_text(near: Near, language: str) -> str:
    """What stands in the field for the place: a name that leads back to the same city."""
    city = geography.city(int(near.key))
    names = [near.text, near.name(language)]
    names += [geography.label(city, language)] if city else []
    for name in filter(None, names):
        called = place_called(name, ("city",))
        if called is not None and geography.place_key(called) == near.key:
            return name
    return near.key


def _groups(found: SearchPage, language: str, whole: str) -> list[Group]:
    asked = found.effective
    placed = sum(len(getattr(asked, name)) for name in PLACE_FACETS) + (asked.near is not None)
    groups = [
        Group("place", _("Place"), placed, places.sections(found, language, whole)),
        Group("service", _("Service"), len(asked.service), services.sections(found, language)),
        _plain(found, "language", _("Language"), language, whole),
        Group("budget", _("Your budget"), int(asked.budget is not None), []),
        _plain(found, "tier", _("Tier"), language, whole),
        _plain(found, "industry", _("Industry"), language, whole),
        _plain(found, "credential", _("Credential"), language, whole),
        _plain(found, "package", _("Program"), language, whole),
        _plain(found, "accepting", _("New clients"), language, whole),
    ]
    return [group for group in groups if group.sections or group.name in ("place", "budget")]


def _plain(found: SearchPage, facet: str, title: str, language: str, whole: str) -> Group:
    """A group with nothing but the values of one facet."""
    chosen = len(found.effective.values(facet))
    section = flat(found, facet, title, language, whole)
    quiet = facet in QUIET and not chosen and whole != facet
    sections = [replace(section, title_hidden=True)] if section.size else []
    return Group(facet, title, chosen, sections, open=not quiet)

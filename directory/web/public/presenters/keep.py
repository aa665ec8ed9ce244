"""Keeping providers while searching: the bar below a list, and the way back to the search."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from flask import request

from directory.listings.models import Listing
from directory.search.addresses import BadPage
from directory.search.request import SearchRequest
from directory.search.sentence import sentence
from directory.web.public.kept import PARAMETER, kept
from directory.web.public.presenters.links import Link, search_url


@dataclass(frozen=True)
class Bar:
    """A form to compare or keep those that are ticked in a list.

    hidden: names and values that it hands on, the search among them, so that it can be gone back
    to; elsewhere: the kept ones that are not in the list.
    """

    hidden: list[tuple[str, str]]
    elsewhere: list[str]


def bar(asked: SearchRequest, listed: Collection[str]) -> Bar:
    """The bar of a list of those slugs."""
    elsewhere = [slug for slug in kept() if slug not in listed]
    search = [pair for pair in asked.params() if pair[0] != "explain"]
    return Bar([*((PARAMETER, slug) for slug in elsewhere), *search], elsewhere)


def once(found: Mapping[str, Listing]) -> list[tuple[Listing, list[str]]]:
    """Each listing once in its order, with all slugs that it was asked for with."""
    slugs: defaultdict[int, list[str]] = defaultdict(list)
    for slug, one in found.items():
        slugs[one.id].append(slug)
    listings = {one.id: one for one in found.values()}
    return [(one, slugs[one.id]) for one in listings.values()]


def search_before(language: str) -> Link | None:
    """The search that the visitor comes from, which the address still holds."""
    asked = searched()
    return Link(sentence(asked, language), search_url(asked)) if asked.is_filtered else None


def carried() -> dict[str, list[str]]:
    """That search as parameters by name."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for name, value in searched().params():
        found[name].append(value)
    return dict(found)


def searched() -> SearchRequest:
    """That search; everything where the address holds none."""
    try:
        return SearchRequest.from_args(request.args)[0]
    except BadPage:
        return SearchRequest()

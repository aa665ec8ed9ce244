"""Addresses of searches."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from flask import url_for

from directory.search.request import SearchRequest
from directory.web.languages import gettext as _
from directory.web.public.addresses import HOLE, results_path
from directory.web.public.kept import with_kept

# The parts of the order are always computed for 'Why here?', so that no link needs to ask for them.
NEVER_LINKED = "explain"


@dataclass(frozen=True)
class Link:
    """Something to go to; `count` is how many providers are there."""

    label: str
    url: str
    count: int | None = None


def search_url(request: SearchRequest) -> str:
    """A link to a search in the language of the page; who is kept stays kept."""
    return with_kept(canonical_url(request))


def canonical_url(request: SearchRequest) -> str:
    """The one address of a search in the language of the page."""
    params = [(name, value) for name, value in request.params() if name != NEVER_LINKED]
    return results_path() + (f"?{urlencode(params)}" if params else "")


def home_link() -> Link:
    """The first step of every trail."""
    return Link(_("Directory"), with_kept(url_for("public.home")))


def whole_url(request: SearchRequest, facet: str) -> str:
    """The same search with all values of a facet in the form."""
    url = search_url(request)
    return f"{url}{'&' if '?' in url else '?'}all={facet}"


class Pattern:
    """Addresses that differ in one value only, written once."""

    def __init__(self, request: SearchRequest, facet: str) -> None:
        """The search with one more value of a facet; request: without it."""
        url = search_url(request.with_added(facet, HOLE))
        self.before, _, self.after = url.partition(HOLE)

    def url(self, value: str) -> str:
        """The address with that value, a slug or code."""
        return f"{self.before}{value}{self.after}"

"""Addresses of searches."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from flask import url_for

from directory.search.request import SearchRequest
from directory.web.public.kept import kept_pairs

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
    return url_for("public.results") + (f"?{urlencode(params)}" if params else "")


def with_kept(url: str) -> str:
    """An address with the providers that the visitor has kept."""
    tail = urlencode(kept_pairs())
    return f"{url}{'&' if '?' in url else '?'}{tail}" if tail else url

"""Addresses of landing pages: a service or area, everywhere or in one country."""

from __future__ import annotations

from flask import url_for

from directory.geography import queries as geography
from directory.search.request import SearchRequest, Sort
from directory.taxonomy import queries as taxonomy
from directory.web.public.kept import with_kept


def landing_url(service: str, country: str | None = None) -> str:
    """The address of a landing page; the country's ISO 3166-1 code stands there in lower case."""
    if country is None:
        return url_for("public.landing", service=service)
    return url_for("public.landing", service=service, country=country.lower())


def landing_link(service: str, country: str | None = None) -> str:
    """A link to a landing page; who is kept stays kept."""
    return with_kept(landing_url(service, country))


def path_of(asked: SearchRequest) -> str:
    """The address of the landing page of a search for one service and at most one country."""
    return landing_url(asked.service[0], next(iter(asked.country), None))


def asked_by(service: str, country: str | None) -> SearchRequest | None:
    """The search of a landing page, whatever the case of its address; None if there is no such."""
    slug, code = service.lower(), country.upper() if country else None
    if taxonomy.service_or_area(slug) is None:
        return None
    if code is not None and geography.country(code) is None:
        return None
    return SearchRequest(service=(slug,), country=(code,) if code else ())


def same_search(asked: SearchRequest, total: int) -> str | None:
    """The address of the landing page that shows what the search asks for, if there is one.

    That is the first page of a search for exactly one service or area, and at most one country.
    """
    if not total or len(asked.service) != 1 or len(asked.country) > 1:
        return None
    same = SearchRequest(service=asked.service, country=asked.country).params()
    plain = [pair for pair in asked.params() if pair[0] != "explain"]
    if plain != same or asked.sort is not Sort.BEST:
        return None
    return path_of(asked)

"""The plain answer from the database for the time in which the index is away: no facet counts."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import reduce
from typing import Any

from sqlalchemy import SQLColumnExpression, and_, case, false, func, or_, select

from directory.accounts.models import Organisation
from directory.database import db
from directory.geography import queries as geography
from directory.geography.rules import distance_km
from directory.kernel.policy import Tier
from directory.kernel.text import words
from directory.listings.models import Listing, ListingTag, ListingText, Office, TagKind
from directory.listings.queries import visible
from directory.search.engines import Found, FoundListing, Query
from directory.search.places import KM_PER_DEGREE, upward
from directory.search.ranking import NO_REVIEWS_BOUND, Standing
from directory.search.request import NONE, Near, SearchRequest, Sort
from directory.taxonomy.queries import services_of

TAGS = {
    "industry": TagKind.INDUSTRY,
    "language": TagKind.LANGUAGE,
    "credential": TagKind.CREDENTIAL,
}
WITHOUT_TIER = frozenset((Sort.NAME, Sort.RATING, Sort.REVIEWS))
ESCAPE = "\\"


class SqlAnswer:
    """Filters, words by LIKE, order by tier and name; see `engines.Finding`."""

    def find(self, query: Query) -> Found:
        condition = and_(visible(query.day), *_conditions(query.request))
        chosen = select(Listing.id, Listing.name).join(Listing.organisation).where(condition)
        total = db.session.scalar(select(func.count()).select_from(chosen.subquery())) or 0
        rows = db.session.execute(
            chosen.order_by(*_order(query.request.sort)).offset(query.offset).limit(query.size)
        )
        listings = tuple(FoundListing(Standing(*row)) for row in rows)
        return Found(total, listings, None, tuple(word.word for word in query.words))

    def is_name(self, name: str, query: Query) -> bool:
        named = func.lower(Listing.name) == name.lower()
        found = select(Listing.id).where(visible(query.day), named).limit(1)
        return db.session.scalar(found) is not None

    def has_word(self, word: str, query: Query) -> bool:
        found = select(Listing.id).where(visible(query.day), _has_word(word)).limit(1)
        return db.session.scalar(found) is not None

    def suggest(self, prefix: str, query: Query, limit: int) -> list[int]:
        begins = or_(
            _like(Listing.name, f"{_plain(prefix)}%"), _like(Listing.name, f"% {_plain(prefix)}%")
        )
        found = select(Listing.id).join(Listing.organisation).where(visible(query.day), begins)
        return list(db.session.scalars(found.order_by(*_order(Sort.BEST)).limit(limit)))


def _conditions(request: SearchRequest) -> Iterator[SQLColumnExpression[bool]]:
    yield from (_has_word(word) for word in words(request.q))
    if request.service:
        yield _tagged(
            TagKind.SERVICE, [one for slug in request.service for one in services_of(slug)]
        )
    for facet, kind in TAGS.items():
        if values := getattr(request, facet):
            yield _tagged(kind, values)
    yield from _standing(request)
    if request.has_place:
        yield _in_places(request)
    yield from _terms(request)


def _standing(request: SearchRequest) -> Iterator[SQLColumnExpression[bool]]:
    for values, column in (
        (request.tier, Organisation.tier),
        (request.package, Organisation.package),
    ):
        if values:
            known = column.in_([one for one in values if one != NONE])
            yield or_(known, column.is_(None)) if NONE in values else known


def _terms(request: SearchRequest) -> Iterator[SQLColumnExpression[bool]]:
    """Budget, openness to new clients, rating."""
    if request.budget is not None:
        yield Listing.budget_min <= request.budget
    if request.accepting:
        yield Listing.accepting.is_(True)
    if request.rating is not None and round(request.rating * 1000) > NO_REVIEWS_BOUND:
        yield false()


def _tagged(kind: TagKind, values: Collection[str]) -> SQLColumnExpression[bool]:
    tagged = select(ListingTag.listing_id).where(
        ListingTag.kind == kind, ListingTag.value.in_(values)
    )
    return Listing.id.in_(tagged)


def _in_places(request: SearchRequest) -> SQLColumnExpression[bool]:
    """DIR-4: an office in one of the places, or that one of them is served."""
    regions = {one for code in request.region for one in geography.within(code)}
    cities = {int(key) for key in request.city} | _cities_around(request.near, request.radius)
    offices = select(Office.listing_id).where(
        or_(
            Office.country.in_(request.country),
            Office.region.in_(regions),
            Office.city_id.in_(cities),
        )
    )
    keys = [*request.country, *request.region, *request.city]
    keys += [request.near.key] if request.near else []
    served = {one for key in keys for one in (*upward(key), *geography.within(key))}
    return or_(Listing.id.in_(offices), _tagged(TagKind.SERVES, served))


def _cities_around(near: Near | None, radius: int) -> set[int]:
    if near is None:
        return set()
    reach = radius / KM_PER_DEGREE
    return {
        city.id
        for city in geography.cities()
        if abs(city.lat - near.lat) <= reach
        and distance_km(near.lat, near.lon, city.lat, city.lon) <= radius
    }


def _has_word(word: str) -> SQLColumnExpression[bool]:
    pattern = f"%{_plain(word)}%"
    texts = select(ListingText.listing_id).where(
        or_(_like(ListingText.tagline, pattern), _like(ListingText.description, pattern))
    )
    return or_(_like(Listing.name, pattern), Listing.id.in_(texts))


def _like(column: SQLColumnExpression[str], pattern: str) -> SQLColumnExpression[bool]:
    return func.lower(column).like(pattern.lower(), escape=ESCAPE)


def _plain(text: str) -> str:
    """Text in which `%`, `_` and the escape itself stand for themselves (C3)."""
    return reduce(lambda done, sign: done.replace(sign, ESCAPE + sign), (ESCAPE, "%", "_"), text)


def _order(sort: Sort) -> list[SQLColumnExpression[Any]]:
    ends: list[SQLColumnExpression[Any]] = [func.lower(Listing.name), Listing.id]
    if sort is Sort.NEWEST:
        return [Listing.first_public.desc(), *ends]
    if sort in WITHOUT_TIER:
        return ends
    ranks = {tier.value: -tier.rank for tier in Tier}
    return [case(ranks, value=Organisation.tier, else_=0), *ends]

"""What can be done with the search: ask it, and keep its index in step with the database."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace
from datetime import date

import structlog
from sqlalchemy.exc import SQLAlchemyError

from directory.config import LANGUAGES, clock, settings
from directory.database import db
from directory.kernel.paging import Paging
from directory.kernel.policy import POLICY
from directory.kernel.text import clean_line, folded_words
from directory.search import queries
from directory.search.completion import (
    ProviderHint,
    Suggestions,
    places_beginning,
    services_beginning,
)
from directory.search.engines import COUNTED, EngineAway, Finding, Profile, Query
from directory.search.engines.sql_answer import SqlAnswer
from directory.search.facets import Facets, chips
from directory.search.interpretation import interpret
from directory.search.models import SearchChange
from directory.search.request import PLACE_FACETS, SearchRequest, Sort
from directory.search.results import Hit, SearchPage
from directory.search.sentence import sentence
from directory.search.upkeep import apply_changes, check, engine, rebuild
from directory.search.why import explain

__all__ = [
    "answer",
    "apply_changes",
    "check",
    "moment",
    "others",
    "overview",
    "queue_change",
    "rebuild",
    "suggest",
    "warm_up",
]

# A word that nothing has: asking for it loads what mends typing errors.
NOBODYS_WORD = "qxyzzyq"

log = structlog.get_logger()


def answer(
    request: SearchRequest,
    *,
    language: str,
    today: date,
    facets: tuple[str, ...] = COUNTED,
    hidden: frozenset[int] | None = None,
) -> SearchPage:
    """What a search finds on a day (DIR-2), in `de` or `en`; see `SearchPage`.

    facets: those to be counted; hidden: who must not be found, where it is known already. Whatever
    is wrong with the index, the database answers then, without facet counts.
    """
    hidden = queries.hidden_by_changes(today) if hidden is None else hidden
    query = Query(request, today, hidden, facets=facets)
    try:
        return _answer(engine(), query, language)
    except EngineAway as away:
        log.warning("search without index", problem=str(away))
        return _answer(SqlAnswer(), query, language)


def overview(
    request: SearchRequest, *, language: str, today: date, newest: int
) -> tuple[SearchPage, Profile | None, list[int]]:
    """What a search by filters alone finds, what that has in common, and its newest listings.

    The third is the ids of at most `newest` listings that became public last. Without an index
    there is no profile, and no newest ones.
    """
    query = Query(request, today, queries.hidden_by_changes(today))
    latest = replace(query, request=request.with_sort(Sort.NEWEST), size=newest, facets=())
    try:
        source = engine()
        found, profile = _answer(source, query, language), source.profile(query)
        ids = [one.standing.id for one in source.find(latest).listings]
    except EngineAway as away:
        log.warning("overview without index", problem=str(away))
        return _answer(SqlAnswer(), query, language), None, []
    return found, profile, ids


def moment(today: date) -> Hashable | None:
    """What names the state that a search for a day is answered from; None while there is no index.

    It changes with the index, with every change that waits for it, and with the day.
    """
    try:
        return engine().generation, queries.last_change(), today
    except EngineAway:
        return None


def suggest(text: str, *, language: str, today: date) -> Suggestions:
    """At most eight services, places and public providers that begin with a text."""
    prefix = clean_line(text[: 2 * POLICY.query_length_most])[: POLICY.query_length_most]
    if not folded_words(prefix):
        return Suggestions()
    query = Query(SearchRequest(), today, queries.hidden_by_changes(today))
    try:
        return _suggest(engine(), prefix, query, language)
    except EngineAway as away:
        log.warning("suggestions without index", problem=str(away))
        return _suggest(SqlAnswer(), prefix, query, language)


def others(request: SearchRequest, listing_id: int, *, today: date, limit: int) -> list[int]:
    """Ids of the first listings that a search finds beside one of them; none without an index.

    Changes that wait are not masked: whoever shows them asks the gate for each (DIR-2).
    """
    query = Query(request, today, frozenset({listing_id}), size=limit, facets=())
    try:
        return [one.standing.id for one in engine().find(query).listings]
    except EngineAway as away:
        log.warning("similar listings without index", problem=str(away))
        return []


def queue_change(listing_id: int) -> None:
    """Have the index look at the listing again; part of the transaction that changes it."""
    db.session.add(SearchChange(listing_id=listing_id, created_at=clock().now()))
    db.session.flush()


def warm_up() -> None:
    """Open the index and load what words are understood with, so that no visitor waits for it.

    A web process does this before it serves; whatever is wrong only leaves the wait to a visitor.
    """
    try:
        for language in LANGUAGES:
            for q in ("", NOBODYS_WORD):
                answer(SearchRequest(q=q), language=language, today=clock().today())
    except SQLAlchemyError as problem:
        log.warning("search not warmed up", problem=type(problem).__name__)


def _answer(source: Finding, query: Query, language: str) -> SearchPage:
    ignored = frozenset(folded_words(settings().vendor))
    read = interpret(source, query, language=language, ignored=ignored)
    request, effective, found = query.request, read.request, read.found
    hits = [
        Hit(
            listing_id=one.standing.id,
            distance_km=one.standing.km,
            via=one.via,
            office=one.office,
            explain=explain(one.standing, effective, language) if request.explain else (),
            text=one.standing.text if effective.q else None,
            standing=one.standing if request.explain else None,
        )
        for one in found.listings
    ]
    return SearchPage(
        request=request,
        effective=effective,
        hits=tuple(hits),
        paging=Paging(request.page, found.total, query.size),
        sentence=sentence(effective, language),
        facets=Facets(found.counts or {}, effective, language),
        understood=read.understood,
        chips=chips(request, effective, read.understood, language),
        words=found.words,
        offices=found.offices,
        counted=found.counts is not None,
        unmatched=read.unmatched,
        needs_place=read.needs_place,
        cut=read.cut,
        hidden=query.hidden,
        everything=source.find(replace(query, request=SearchRequest())).counts or {},
    )


def _suggest(source: Finding, prefix: str, query: Query, language: str) -> Suggestions:
    counts = source.find(query).counts or {}
    counted = {value for facet in PLACE_FACETS for value in counts.get(facet, ())}
    ids = source.suggest(prefix, query, POLICY.suggestions_most)
    named = queries.slugs_and_names(ids, query.day)
    return Suggestions(
        services=services_beginning(prefix, language),
        places=places_beginning(prefix, language, counted),
        providers=tuple(ProviderHint(*named[one]) for one in ids if one in named),
    ).cut()

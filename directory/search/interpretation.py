"""How a search is meant so that it finds something: understood, literally, widely, in part."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from directory.search.amounts import distance_said
from directory.search.applying import Taken
from directory.search.engines import Finding, Found, Query
from directory.search.meanings import words_of
from directory.search.relaxing import NAMED, SAID, is_nearly, without_unmatched
from directory.search.request import PLACE_FACETS, SearchRequest
from directory.search.results import Understood
from directory.search.understanding import first_words, understand
from directory.search.vocabulary import near_words

LOOKED_AT = 20


@dataclass(frozen=True)
class Interpretation:
    """A search as it was asked of the engine, and what that found.

    unmatched: words as written that nobody has, without which it was asked; needs_place: words ask
    for what is near, and nothing says near what; cut: words as written beyond those that are looked
    for.
    """

    request: SearchRequest
    understood: tuple[Understood, ...]
    found: Found
    unmatched: tuple[str, ...] = ()
    needs_place: bool = False
    cut: tuple[str, ...] = ()


def interpret(
    source: Finding, query: Query, *, language: str, ignored: frozenset[str]
) -> Interpretation:
    """The first way to take the words that finds something, else the words as understood.

    These are, in turn: as understood; literally, where that is a name, or where only a place was
    understood and its name is part of a text; each service a filter (see `Taken`); widely (the area
    for the service of one name, the region for the city); then these without the words that nobody
    has. What is text in part, or mistyped, is a name before all.
    """
    said = cache(lambda word: source.has_word(word, query))
    first = _Way(source, query, language, ignored, said, Taken.STRICTLY)
    read = first.as_understood()
    in_doubt = read.understood and (read.request.q or first.mistyped)
    named = first.as_name() or first.as_mistyped_name() if in_doubt else None
    if named or read.found.total or not query.request.q or query.request.text:
        return named or read
    taken = (Taken.ANY, Taken.WIDELY)
    ways = [_Way(source, query, language, ignored, said, way) for way in taken]
    return next((one for one in _others(first, ways) if one.found.total), read)


class _Way:
    """One way to understand the words."""

    def __init__(
        self,
        source: Finding,
        query: Query,
        language: str,
        ignored: frozenset[str],
        said: Callable[[str], bool],
        taken: Taken,
    ) -> None:
        literal, self.literally_cut = first_words(query.request.q)
        self.asked = replace(query, request=replace(query.request, q=literal))
        self.source, self.said, self.mistyped = source, said, False
        request, self.understood = understand(
            query.request,
            language=language,
            is_name=lambda name: source.is_name(name, query),
            ignored=ignored,
            is_said=self._is_said,
            taken=taken,
        )
        text, self.cut = first_words(request.q)
        self.request = replace(request, q=text)
        self.query = replace(query, request=self.request)
        self.needs_place = _asks_for_here(query.request, self.request)

    def as_understood(self) -> Interpretation:
        return self._read(self.request, self.source.find(self.query))

    def as_name(self, enough: int = NAMED) -> Interpretation | None:
        """The words taken literally, if a listing has them all in its name, or up to a step."""
        literal = self.asked.request
        found = self.source.find(
            replace(self.asked, size=1, facets=(), request=literal.with_page(1))
        )
        if not any(one.standing.text <= enough for one in found.listings):
            return None
        return self._literally(self.source.find(self.asked))

    def as_mistyped_name(self) -> Interpretation | None:
        """The words taken literally, if they are in a name but for one typing error a word."""
        found = self.source.find(self.asked)
        names = (one.standing.name for one in found.listings[:LOOKED_AT])
        if not any(is_nearly(self.asked.request.q, name) for name in names):
            return None
        return self._literally(found)

    def as_text(self) -> Interpretation | None:
        """As a name; or anywhere in a text, if nothing but a place was understood."""
        facets = {one.facet for one in self.understood}
        only_place = bool(facets) and facets <= set(PLACE_FACETS) and not self.request.q
        return self.as_name(SAID if only_place else NAMED)

    def in_part(self) -> Interpretation:
        relaxed, unmatched, found = without_unmatched(self.source, self.query)
        return self._read(relaxed.request, found, unmatched)

    def _is_said(self, word: str) -> bool:
        said = self.said(word)
        self.mistyped = self.mistyped or not said
        return said

    def _read(
        self, request: SearchRequest, found: Found, unmatched: tuple[str, ...] = ()
    ) -> Interpretation:
        return Interpretation(
            request, self.understood, found, unmatched, self.needs_place, self.cut
        )

    def _literally(self, found: Found) -> Interpretation:
        return Interpretation(self.asked.request, (), found, cut=self.literally_cut)


def _others(first: _Way, ways: list[_Way]) -> Iterator[Interpretation]:
    literally = first.as_text()
    if literally:
        yield literally
    others = [one for one in ways if one.request != first.request]
    for way in others:
        yield way.as_understood()
    for way in (*ways[:1], *others):
        yield way.in_part()


def _asks_for_here(asked: SearchRequest, effective: SearchRequest) -> bool:
    near = any(word.folded in near_words() for word in words_of(asked.q))
    return (
        (near or distance_said(asked.q) is not None) and not asked.text and not effective.has_place
    )

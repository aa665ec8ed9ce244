"""Finds something where all words together find nothing: words that nobody has are left out."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from rapidfuzz.distance import OSA

from directory.kernel.text import respelt, unaccented, words
from directory.search.analysis import WORD_OR_HYPHENATED
from directory.search.engines import Finding, Found, Query
from directory.search.engines.spelling import SHORTEST_CORRECTED

# The steps of relevance (`ranking.Standing.text`): all words in the name; anywhere as they are.
NAMED, SAID = 0, 2
NAMES_KEPT = 4096


def is_nearly(query: str, name: str) -> bool:
    """Whether a name has every word of the query, with one typing error in a longer one."""
    known = _as_typed(name)
    return all(any(_is_near(*word, *other) for other in known) for word in _as_typed(query))


@lru_cache(maxsize=NAMES_KEPT)
def _as_typed(text: str) -> tuple[tuple[str, str], ...]:
    """Its words folded and as typed, since folding may hide an error."""
    return tuple((respelt(word), word) for word in words(unaccented(text)))


def _is_near(word: str, typed: str, other: str, written: str) -> bool:
    if word == other:
        return True
    apart = ((word, other), (typed, other), (typed, written))
    return len(word) >= SHORTEST_CORRECTED - 1 and any(
        OSA.distance(*pair, score_cutoff=1) <= 1 for pair in apart
    )


def without_unmatched(source: Finding, query: Query) -> tuple[Query, tuple[str, ...], Found]:
    """The query without the words of its text that nobody has beside the others.

    The words left out are as written. At least one word or filter stays; a query of which nothing
    would stay is asked as it is.
    """
    kept: list[str] = []
    unmatched: list[str] = []
    for word in WORD_OR_HYPHENATED.findall(query.request.q):
        tried = replace(query.request, q=" ".join((*kept, word)), page=1)
        found = source.find(replace(query, request=tried, size=1, facets=()))
        (kept if found.total else unmatched).append(word)
    relaxed = replace(query, request=replace(query.request, q=" ".join(kept)))
    if not unmatched or not relaxed.request.is_filtered:
        return query, (), source.find(query)
    return relaxed, tuple(unmatched), source.find(relaxed)

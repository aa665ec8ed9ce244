"""Which listings have a query's words, in which step of relevance, and how well."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce
from typing import Protocol

from pyroaring import BitMap

from directory.search.analysis import Wanted
from directory.search.documents import Field

FIELDS = tuple(Field)
# The step after all fields: found only because a word begins like the query's last one.
BEGINNING = len(FIELDS)
SHORTEST_BEGINNING = 4
BEGINNINGS_MOST = 64
KEPT = 4096


@dataclass(frozen=True)
class Postings:
    """Where a term occurs in one field: in which listings, and how often in each."""

    listings: BitMap
    counts: Mapping[int, int]


class Lexicon(Protocol):
    """What an index knows of terms; listings are the plane's numbers."""

    def postings(self, field: Field, term: str) -> Postings:
        """Where the term occurs; empty for an unknown one."""

    def beginning(self, field: Field, prefix: str) -> Iterable[str]:
        """The terms of a field that begin so."""


class Occurrences:
    """Where one word occurs, whichever of its terms is there, by field."""

    def __init__(self, lexicon: Lexicon, terms: frozenset[str]) -> None:
        found = [[lexicon.postings(field, term) for term in sorted(terms)] for field in FIELDS]
        self.listings = [_union(one.listings for one in postings) for postings in found]
        self.counts = [[one.counts for one in postings if one.counts] for postings in found]

    def within(self, fields: int) -> BitMap:
        """Listings that have it in the first so many fields."""
        return _union(self.listings[:fields])

    def count(self, number: int, field: int) -> int:
        return max((counts.get(number, 0) for counts in self.counts[field]), default=0)


# For a word of the query its ways, each the words that must all occur.
Ways = Sequence[Sequence[Occurrences]]


class Matcher:
    """Matches queries against one generation's lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.occurrences = lru_cache(maxsize=KEPT)(self._occurrences)

    def match(self, words: Sequence[Wanted], allowed: BitMap) -> Match:
        """The `allowed` listings that have all words.

        A last word of at least four letters that none of them has is taken for a beginning.
        """
        ways = [self._ways(word) for word in words]
        last = words[-1].word
        if len(last) < SHORTEST_BEGINNING or _having(ways[-1], BEGINNING) & allowed:
            steps = [_all(ways, fields) & allowed for fields in range(1, len(FIELDS) + 1)]
            return Match(ways, steps)
        ways[-1] = [[self.occurrences(self._beginnings(last))]]
        return Match(ways, [*(BitMap() for _ in FIELDS), _all(ways, BEGINNING) & allowed])

    def _ways(self, word: Wanted) -> Ways:
        return [[self.occurrences(terms) for terms in way] for way in word.ways]

    def _beginnings(self, prefix: str) -> frozenset[str]:
        found = {term for field in FIELDS for term in self.lexicon.beginning(field, prefix)}
        return frozenset(sorted(found)[:BEGINNINGS_MOST])

    def _occurrences(self, terms: frozenset[str]) -> Occurrences:
        return Occurrences(self.lexicon, terms)


class Match:
    """The listings that have all words of a query; `step` and `found` tell how."""

    def __init__(self, ways: Sequence[Ways], steps: Sequence[BitMap]) -> None:
        self.ways = ways
        self.steps = steps
        self.listings = _union(steps)
        self.spread = [len(_having(one, BEGINNING)) for one in ways]

    def step(self, number: int) -> int:
        """The relevance step of a listing: the first whose fields have all words."""
        return next(at for at, listings in enumerate(self.steps) if number in listings)

    def found(self, number: int) -> list[tuple[int, tuple[int, ...]]]:
        """For each word in how many listings it is, and how often in each field of this one."""
        return [
            (spread, tuple(_count(ways, number, field) for field in range(len(FIELDS))))
            for ways, spread in zip(self.ways, self.spread, strict=True)
        ]


def _count(ways: Ways, number: int, field: int) -> int:
    return max(min(word.count(number, field) for word in way) for way in ways)


def _having(ways: Ways, fields: int) -> BitMap:
    """Listings that have a word, one of its ways, in the first so many fields."""
    return _union(reduce(BitMap.__and__, (word.within(fields) for word in way)) for way in ways)


def _all(words: Sequence[Ways], fields: int) -> BitMap:
    return reduce(BitMap.__and__, (_having(ways, fields) for ways in words))


def _union(bitmaps: Iterable[BitMap]) -> BitMap:
    return reduce(BitMap.__or__, bitmaps, BitMap())

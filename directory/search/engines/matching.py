"""Which listings have a query's words, in which step of relevance, and how well."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache, reduce

import numpy as np
from pyroaring import BitMap

from directory.search.analysis import Wanted, loosely, near_terms
from directory.search.engines.arrays import Array
from directory.search.engines.kept import Kept
from directory.search.engines.lexicon import FIELDS, Lexicon, Word
from directory.search.engines.postings import as_array
from directory.search.ranking import rarity

# The step after all fields: found only as a beginning, or with a typing error mended.
CORRECTED = FIELDS
SHORTEST_BEGINNING = 4
KEPT_BYTES = 8_000_000
CORRECTIONS_KEPT = 1024
# What a bitmap takes: a number each while they are few, later a bit for each listing.
BYTES_PER_STEP, BYTES_PER_NUMBER, BITS = 500, 2, 8

# So many listings are scored all at once, and their scores kept.
FEW = 500

# For a word of the query its ways, each the words that must all occur.
Ways = Sequence[Sequence[Word]]


class Matcher:
    """Matches queries against one generation's words."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._kept: Kept[tuple[tuple[Wanted, ...], int], Match] = Kept(KEPT_BYTES)
        self.meant = lru_cache(maxsize=CORRECTIONS_KEPT)(self._meant)

    def known(self, words: tuple[Wanted, ...], day: int) -> Match:
        """What a query matches on a day on which nothing is hidden; kept for its other pages."""
        valid = self.lexicon.plane.valid_on
        return self._kept.get((words, day), lambda: self.match(words, valid(day)))

    def has(self, words: Sequence[Wanted], allowed: BitMap) -> bool:
        """Whether each of the words is in one of the `allowed` listings, none corrected.

        A stem that takes much off says little of a word: `accesibility` is not there because
        `accesible` is.
        """
        for one in words:
            ways = tuple(tuple(map(near_terms, way)) for way in one.ways)
            if having(self._ways(replace(one, ways=ways)), FIELDS).isdisjoint(allowed):
                return False
        return True

    def match(self, words: Sequence[Wanted], allowed: BitMap) -> Match:
        """The `allowed` listings that have all words.

        Words that none of them has are corrected (A03): one typing error from five letters on,
        and the last word of a query is a beginning from four on. If then no listing has all
        words, those that somebody has are corrected too.
        """
        ways = [self._ways(word) for word in words]
        missing = [having(one, FIELDS).isdisjoint(allowed) for one in ways]
        if not any(missing):
            steps = [_all(ways, fields) & allowed for fields in range(1, FIELDS + 1)]
            if steps[-1]:
                return Match(self.lexicon, ways, steps)
        loose = [
            self._loosely(words, at) if gone or not any(missing) else ways[at]
            for at, gone in enumerate(missing)
        ]
        found = _all(loose, FIELDS) & allowed
        return Match(self.lexicon, loose, [*(BitMap() for _ in range(FIELDS)), found])

    def _ways(self, word: Wanted) -> Ways:
        return [[self.lexicon.word(terms) for terms in way] for way in word.ways]

    def _loosely(self, words: Sequence[Wanted], at: int) -> Ways:
        """The ways of a word, and one more: what it may have been meant to be."""
        terms = self.meant(words[at].word, words[at].typed, at == len(words) - 1)
        return [*self._ways(words[at]), [self.lexicon.word(terms)]]

    def _meant(self, word: str, typed: str, is_last: bool) -> frozenset[str]:
        near = self.lexicon.one_error_away(word, typed)
        begun = is_last and len(word) >= SHORTEST_BEGINNING
        return frozenset(loosely(near) | (self.lexicon.beginning(word) if begun else set()))


class Match:
    """The listings that have all words of a query; `steps` and `relevance` tell how."""

    def __init__(self, lexicon: Lexicon, ways: Sequence[Ways], steps: Sequence[BitMap]) -> None:
        self.alive = lexicon.plane.alive
        self.ways = ways
        # Each step holds those before it.
        self.within = steps
        self.listings = steps[-1]
        # Whether the step tells listings apart.
        self.is_stepped = any(steps[:-1])

    @property
    def size(self) -> int:
        """Bytes, roughly, with the words, though others may keep these too."""
        words = {id(word): word.size for ways in self.ways for way in ways for word in way}
        most = len(self.alive) // BITS
        steps = (min(BYTES_PER_NUMBER * len(step), most) for step in self.within)
        return sum(words.values()) + sum(BYTES_PER_STEP + step for step in steps)

    def step(self, hits: Array) -> Array:
        """The relevance step of each listing: the first whose fields have all words."""
        found = np.full(len(hits), len(self.within) - 1, np.int64)
        for step in range(len(self.within) - 2, -1, -1):
            if self.within[step]:
                found[_among(hits, self.within[step])] = step
        return found

    def relevance(self, hits: Array) -> Array:
        """BM25 of each listing in ten-thousandths; see `ranking.relevance`."""
        if len(self.listings) > FEW:
            return self._scored(hits)
        numbers, scores = self._few
        found: Array = scores[numbers.searchsorted(hits)]
        return found

    @cached_property
    def _few(self) -> tuple[Array, Array]:
        """All listings with their scores, for every page and filter."""
        numbers = as_array(self.listings)
        return numbers, self._scored(numbers)

    def _scored(self, hits: Array) -> Array:
        score = np.zeros(len(hits), np.int64)
        for ways, rare in zip(self.ways, self._rarities, strict=True):
            score += rare * _weights(ways, hits)
        return score

    @cached_property
    def _rarities(self) -> list[int]:
        total = len(self.alive)
        spread = (having(ways, FIELDS).intersection_cardinality(self.alive) for ways in self.ways)
        return [rarity(one, total) for one in spread]


def having(ways: Ways, fields: int) -> BitMap:
    """Listings that have a word, one of its ways, in the first so many fields."""
    found = [reduce(BitMap.__and__, (word.within[fields - 1] for word in way)) for way in ways]
    return _union(found)


def _weights(ways: Ways, hits: Array) -> Array:
    """The best way's weight, which is its least word's."""
    each = [reduce(np.minimum, (word.weights(hits) for word in way)) for way in ways]
    return reduce(np.maximum, each)


def _among(hits: Array, numbers: BitMap) -> Array:
    """Where the hits stand that are among those numbers."""
    wanted = np.frombuffer(numbers.to_array(), np.uint32)
    at = hits.searchsorted(wanted)
    at[at == len(hits)] = 0
    there: Array = at[hits[at] == wanted]
    return there


def _all(words: Sequence[Ways], fields: int) -> BitMap:
    return reduce(BitMap.__and__, (having(ways, fields) for ways in words))


def _union(bitmaps: Iterable[BitMap]) -> BitMap:
    return reduce(BitMap.__or__, bitmaps)

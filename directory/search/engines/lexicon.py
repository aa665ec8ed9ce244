"""The words of all segments: where one occurs, whichever of its terms is there, kept while used."""

from __future__ import annotations

from functools import reduce
from itertools import takewhile

import numpy as np
from pyroaring import BitMap

from directory.kernel.text import respelt
from directory.search.documents import Field
from directory.search.engines.arrays import Array
from directory.search.engines.kept import Kept
from directory.search.engines.plane import Plane
from directory.search.engines.postings import Posting
from directory.search.engines.segment import Segment
from directory.search.engines.spelling import (
    LONGEST_CORRECTED,
    SHORTEST_CORRECTED,
    one_error_away,
    undone,
)

FIELDS = len(Field)
# Terms that begin alike, or are one error away, and are looked for.
ALIKE_MOST = 64
KEPT_BYTES = 24_000_000
BYTES_PER_WORD = 500


class Word:
    """Where one of some terms occurs.

    within: listings that have it in the name; in name or offer; anywhere.
    """

    def __init__(self, found: list[tuple[int, Posting]]) -> None:
        self.within = [
            _union([_moved(one.within[at], n) for n, one in found]) for at in range(FIELDS)
        ]
        self._weighted = [
            (one.numbers + np.uint32(n) if n else one.numbers, one.weights) for n, one in found
        ]

    @property
    def size(self) -> int:
        """Bytes, roughly."""
        return BYTES_PER_WORD + sum(8 * len(numbers) for numbers, _ in self._weighted)

    def weights(self, hits: Array) -> Array:
        """For each of some listings the greatest weight of the terms, 0 without any."""
        best = np.zeros(len(hits), np.int64)
        for numbers, weights in self._weighted:
            at = numbers.searchsorted(hits)
            at[at == len(numbers)] = 0
            np.maximum(best, weights[at] * (numbers[at] == hits), out=best)
        return best


class Lexicon:
    """The words of one plane."""

    def __init__(self, plane: Plane) -> None:
        self.plane = plane
        self._kept: Kept[frozenset[str], Word] = Kept(KEPT_BYTES)

    def word(self, terms: frozenset[str]) -> Word:
        """Where one of those terms occurs."""
        return self._kept.get(terms, lambda: self._read(terms))

    def beginning(self, prefix: str) -> set[str]:
        """The first terms that begin so."""
        found = {t for segment in self.plane.segments for t in _beginning(segment, prefix)}
        return set(sorted(found)[:ALIKE_MOST])

    def one_error_away(self, word: str, typed: str = "") -> set[str]:
        """The first words that differ by one typing error, never for a short word (A03).

        typed: the word before it was folded, which folding may have led further away.
        """
        forms = {word, typed or word}
        found = {
            other
            for segment in self.plane.segments
            for form in forms
            for other in one_error_away(form, segment.arrays["deletions"], segment.terms.terms)
        }
        return set(sorted(found | self._folded_apart(typed or word))[:ALIKE_MOST])

    def _folded_apart(self, typed: str) -> set[str]:
        """Words that one becomes by folding if an error is undone before: `geothe`, Goethe."""
        if not SHORTEST_CORRECTED <= len(typed) <= LONGEST_CORRECTED:
            return set()
        every = [segment.terms.terms for segment in self.plane.segments]
        folded = {other for one in undone(typed) if (other := respelt(one)) != one}
        return {one for one in folded if any(known.find(one) is not None for known in every)}

    def _read(self, terms: frozenset[str]) -> Word:
        found = [
            (at, posting)
            for segment, at in self.plane.placed()
            for term in sorted(terms)
            if (posting := segment.terms.posting(term))
        ]
        return Word(found)


def _moved(numbers: BitMap, by: int) -> BitMap:
    return numbers.shift(by) if by else numbers


def _union(bitmaps: list[BitMap]) -> BitMap:
    return reduce(BitMap.__or__, bitmaps) if bitmaps else BitMap()


def _beginning(segment: Segment, prefix: str) -> list[str]:
    known = segment.terms.terms
    start = known.place(prefix.encode())
    every = (known[at] for at in range(start, min(start + ALIKE_MOST, len(known))))
    return list(takewhile(lambda term: term.startswith(prefix), every))

"""Which words of a text a query found, by the same analysis that found them (A02)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from rapidfuzz.distance import OSA

from directory.kernel.text import WORD, fold
from directory.search.analysis import BOTH, HYPHENATED, Wanted, terms, wanted
from directory.search.vocabulary import small_words
from directory.taxonomy.queries import Term

Span = tuple[int, int]

# As the engine corrects (A03): one error from five letters on, a beginning from four on.
SHORTEST_CORRECTED = 5
SHORTEST_BEGINNING = 4
# A word that shares a term with another one contains the beginning of its stem.
STEM_BEGINS = 3
TEXTS_KEPT = 16_384

_folded = lru_cache(maxsize=TEXTS_KEPT)(fold)


class Marks:
    """Looks for the words of one query.

    corrected: the query was found only with a typing error mended or as a beginning (step 3 of
    DIR-3), so that words count which are that near.
    """

    def __init__(self, query: str, *, corrected: bool = False) -> None:
        self.words = [one for one in wanted(query) if not _is_small(one.word)]
        self.corrected = corrected
        self.sought = frozenset(term for one in self.words for term in _terms(one))
        begins = {_bare(term)[:STEM_BEGINS] for term in self.sought}
        self.begins = re.compile("|".join(map(re.escape, sorted(begins))))
        self.known: dict[tuple[str, tuple[str, ...]], bool] = {}
        # A page shows the same text in several places, and the same places in many results.
        self.found: dict[tuple[str, tuple[str, ...]], list[Span]] = {}

    def __bool__(self) -> bool:
        return bool(self.words)

    def spans(self, text: str, languages: tuple[str, ...] = BOTH) -> list[Span]:
        """Where the words stand in a text, in order; languages: those it is stemmed in."""
        if not self.words:
            return []
        key = (text, languages)
        if key not in self.found:
            self.found[key] = self._spans(text, languages)
        return self.found[key]

    def _spans(self, text: str, languages: tuple[str, ...]) -> list[Span]:
        if not self._may_have(_folded(text)):
            return []
        found = {m.span() for m in WORD.finditer(text) if self.hits(m[0], languages)}
        for joined in HYPHENATED.finditer(text):
            if self.hits(joined[0], languages):
                found.add(joined.span())
        return list(_outermost(found))

    def hits(self, word: str, languages: tuple[str, ...] = BOTH) -> bool:
        """Whether a word as it is written is one that the query found."""
        key = (word, languages)
        if key not in self.known:
            self.known[key] = self._hits(word, languages)
        return self.known[key]

    def names(self, term: Term) -> bool:
        """Whether the query found a name or synonym of a taxonomy's term in either language."""
        return any(
            self.spans(phrase, (language,))
            for language in BOTH
            for phrase in (term.name(language), *term.synonyms.get(language, ()))
        )

    def _hits(self, word: str, languages: tuple[str, ...]) -> bool:
        folded = _folded(word)
        joined = "".join(part for part in folded if part.isalnum())
        if self.corrected and any(self._is_near(one, joined) for one in self.words):
            return True
        if not self.begins.search(joined):
            return False
        return not self.sought.isdisjoint(terms(word, languages))

    def _may_have(self, folded: str) -> bool:
        """Whether it pays to look at each word of a text."""
        return self.corrected or self.begins.search(folded) is not None

    def _is_near(self, one: Wanted, folded: str) -> bool:
        is_last = one is self.words[-1] and len(one.word) >= SHORTEST_BEGINNING
        if is_last and folded.startswith(one.word):
            return True
        long_enough = len(one.word) >= SHORTEST_CORRECTED
        return long_enough and OSA.distance(one.word, folded, score_cutoff=1) <= 1


def _terms(one: Wanted) -> Iterator[str]:
    for way in one.ways:
        for alternatives in way:
            yield from alternatives


def _bare(term: str) -> str:
    return term.partition(":")[2] or term


def _is_small(word: str) -> bool:
    return any(word in small_words(language) for language in BOTH)


def _outermost(spans: Iterable[Span]) -> Iterator[Span]:
    """Those that lie in no other one."""
    every = sorted(spans, key=lambda span: (span[0], -span[1]))
    end = 0
    for span in every:
        if span[1] > end:
            yield span
            end = span[1]

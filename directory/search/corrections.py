"""What a mistyped word of a query was meant to be: a word of a service's or a place's name."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache

from directory.search.engines.arrays import Array, Strings, strings
from directory.search.engines.spelling import SHORTEST_CORRECTED, deletions_of, one_error_away
from directory.search.phrases import phrase_words
from directory.search.vocabulary import no_places, said_of_everyone
from directory.search.whereabouts import place_words

WORDS = "words"
MOST = 4


def corrections(word: str, typed: str, is_said: Callable[[str], bool]) -> tuple[str, ...]:
    """Words that a folded one may have been meant to be, the likeliest first.

    typed: the word before it was folded, which may hide an error (`softwrae`); is_said: whether
    listings have the word just so; then it is no mistake.
    """
    if len(word) < SHORTEST_CORRECTED or not word.isalpha() or word in said_of_everyone():
        return ()
    near = _near(word) or _near(typed)
    return near if near and not is_said(word) else ()


@lru_cache(maxsize=4096)
def _near(word: str) -> tuple[str, ...]:
    """Known words one error away: those of phrases, then of places by their population."""
    table, known = _table()
    found = [one for one in one_error_away(word, table, known) if one[0] == word[0]]
    phrases, people = phrase_words(), place_words()
    found.sort(key=lambda one: (one not in phrases, -people.get(one, 0), one))
    return tuple(found[:MOST])


@cache
def _table() -> tuple[Array, Strings]:
    """Long enough words of phrases, and those of places that could be understood as such."""
    places = (
        word for word in place_words() if word not in no_places() and word not in said_of_everyone()
    )
    long = (word for word in {*phrase_words(), *places} if len(word) >= SHORTEST_CORRECTED)
    words = sorted(word for word in long if word.isascii() and word.isalpha())
    return deletions_of(words), Strings.unpacked(strings(WORDS, words), WORDS)

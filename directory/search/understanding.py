"""Understands a query before it is run: words that name a known thing become filters (DIR-4)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache

from directory.kernel.policy import POLICY
from directory.kernel.text import WORD, fold, unaccented
from directory.search.amounts import Amount, budget_said, distance_said
from directory.search.applying import Applied, Taken, applied
from directory.search.corrections import corrections
from directory.search.meanings import Circle, Meaning, Word, is_free, words_of
from directory.search.phrases import named
from directory.search.request import SearchRequest
from directory.search.results import Understood
from directory.search.spoken import language_of, languages_said
from directory.search.vocabulary import Landscape, function_words, said_of_everyone
from directory.search.whereabouts import (
    INTO,
    called_after,
    landscape_meant,
    people_meant,
    places_meant,
    places_of,
)

LONGEST_PHRASE = 5
JOINS = frozenset("-/&\u2010\u2011")


def understand(
    request: SearchRequest,
    *,
    language: str,
    is_name: Callable[[str], bool],
    ignored: frozenset[str] = frozenset(),
    is_said: Callable[[str], bool] = lambda _word: False,
    taken: Taken = Taken.ANY,
) -> tuple[SearchRequest, tuple[Understood, ...]]:
    """The request with understood words as filters and the rest as text, and what was understood.

    Words of a facet that the request already has narrow nothing. A query that is, as a whole, the
    name of a listing stays text (`is_name`), unless every word of it is understood.
    ignored: folded words that narrow nothing here, such as the vendor's name (OPR-1); is_said:
    whether listings have a folded word, which then is no mistake; taken: see `Taken`.
    """
    if request.text or not request.q:
        return request, ()
    words, budget = words_of(request.q), budget_said(request.q)
    distance = distance_said(request.q)
    counted = _counted(words, budget, distance)
    meanings = _meanings(words, counted, is_said)
    read = {at for one in meanings for at in range(one.first, one.last)} | counted
    if len(read) < len(words) and is_name(request.q):
        return request, ()
    query = Applied(words, meanings, budget, distance, language, taken)
    effective, understood, used = applied(request, query)
    dropped = said_of_everyone() | ignored
    unplaced = query.at(distance) if distance else set()
    rest = [
        word
        for at, word in enumerate(words)
        if at not in used and at not in unplaced and (at in read or word.folded not in dropped)
    ]
    return replace(effective, q=_rejoined(request.q, rest)), understood


def first_words(query: str) -> tuple[str, tuple[str, ...]]:
    """The query up to the last word that is looked for as text, and the words behind it."""
    found = list(WORD.finditer(query))
    most = POLICY.query_words_most
    if len(found) <= most:
        return query, ()
    return query[: found[most - 1].end()], tuple(one.group() for one in found[most:])


def without_words(query: str, words: str) -> str:
    """The query without the words that were understood as something, for a chip's removal."""
    gone = {fold(word) for word in WORD.findall(words)}
    kept = [m.group() for m in WORD.finditer(query) if fold(m.group()) not in gone]
    return " ".join(kept) if set(map(fold, kept)) - said_of_everyone() else ""


def _counted(words: Sequence[Word], *amounts: Amount | None) -> set[int]:
    """The words that say an amount."""
    return {
        at
        for amount in amounts
        if amount
        for at, word in enumerate(words)
        if amount.start <= word.start < amount.end
    }


def _meanings(
    words: Sequence[Word], counted: set[int], is_said: Callable[[str], bool]
) -> list[Meaning]:
    """What the words mean, from left to right; none overlaps another.

    Then again with words in place of mistyped ones, as far as these are understood.
    """
    folded = tuple("" if at in counted else _as_read(word) for at, word in enumerate(words))
    found = _read(folded)
    for at, word in enumerate(folded):
        if not word or not is_free(at, at + 1, found):
            continue
        for other in corrections(word, unaccented(words[at].written), is_said):
            again = (*folded[:at], other, *folded[at + 1 :])
            read = _read(again)
            if not is_free(at, at + 1, read):
                folded, found = again, read
                break
    return [one for one in found if _is_whole(one, words, found)]


def _as_read(word: Word) -> str:
    """A small word that only tells where a place is stays a part of its name."""
    return f"({word.folded}" if word.added and word.folded in function_words() else word.folded


def _is_whole(one: Meaning, words: Sequence[Word], found: Sequence[Meaning]) -> bool:
    """Whether no hyphenated word is understood in part only (`Zen-Architects`)."""
    pairs = [(one.first - 1, one.first), (one.last - 1, one.last)]
    return not any(
        left >= 0
        and right < len(words)
        and words[right].start - words[left].end == 1
        and words[left].joined
        and not _is_told(left if right == one.first else right, words, found)
        for left, right in pairs
    )


def _is_told(at: int, words: Sequence[Word], found: Sequence[Meaning]) -> bool:
    return words[at].folded in said_of_everyone() or not is_free(at, at + 1, found)


@lru_cache(maxsize=4096)
def _read(folded: tuple[str, ...]) -> tuple[Meaning, ...]:
    """Languages, then the longest phrases first, then from left to right."""
    found = languages_said(folded)
    for length in range(min(LONGEST_PHRASE, len(folded)), 0, -1):
        for first in range(len(folded) - length + 1):
            last = first + length
            if is_free(first, last, found) and all(folded[first:last]):
                meaning = _meaning(folded, first, last)
                found += [meaning] if meaning else []
    return tuple(sorted(found, key=lambda one: one.first))


def _meaning(folded: Sequence[str], first: int, last: int) -> Meaning | None:
    phrase = tuple(folded[first:last])
    said = named(phrase, folded[:first], folded[last:])
    if said:
        return Meaning(first, last, said.facet, said.value, said.wider, said.also)
    landscape = landscape_meant(phrase)
    if landscape:
        return _within(landscape, first, last)
    people = people_meant(phrase)
    if people:
        spoken = language_of(phrase)
        return Meaning(first, last, "place", spoken, places=(people,))
    before = folded[first - 1] if first else ""
    places = places_meant(phrase, before if before in INTO else "") or (
        called_after(phrase[0]) if len(phrase) == 1 else ()
    )
    return Meaning(first, last, "place", places=places) if places else None


def _within(landscape: Landscape, first: int, last: int) -> Meaning:
    every, city = places_of(landscape)
    circle = Circle(city, landscape.radius) if city else None
    return Meaning(first, last, "place", all=every, circle=circle)


def _rejoined(query: str, words: Sequence[Word]) -> str:
    """The words as text; what was hyphenated stays so."""
    text = ""
    for before, word in zip([None, *words], words, strict=False):
        if before:
            between = query[before.end : word.start]
            text += between if between in JOINS else " "
        text += word.written
    return text

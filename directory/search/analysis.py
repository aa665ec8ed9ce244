"""Turns text into terms that meet: folded words, German and English stems, parts of compounds.

A term is a folded word, or a stem with its language before it (`d:`, `e:`), so that stems of
different languages never meet by accident. A word of a document and a word of a query meet if
they share a term.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer

from directory.kernel.text import fold, respelt, unaccented, words
from directory.search.vocabulary import compound_parts, small_words

BOTH = ("de", "en")
STEMMERS = {"de": snowballstemmer.stemmer("german"), "en": snowballstemmer.stemmer("english")}
MARKS = {"de": "d:", "en": "e:"}
WORD_OR_HYPHENATED = re.compile(r"[^\W_]+(?:['\-\u2010\u2011/&][^\W_]+)*")
HYPHENATED = re.compile(r"[^\W_]+(?:[-\u2010\u2011/&][^\W_]+)+")
# What stands between the parts of a German compound.
LINKS = ("", "s", "n", "en", "es", "er")
SHORTEST_COMPOUND = 8
SHORTEST_PART = 3
LONGEST_WORD = 60
# As in `Beratungen`.
LONGEST_ENDING = 5
LANGUAGE_SAMPLE = 400
# Texts repeat their words, and listings their phrases: both are analysed once.
WORDS_KEPT, PHRASES_KEPT = 65536, 16384
QUERIES_KEPT = 1024


@dataclass(frozen=True)
class Wanted:
    """One word of a query.

    word: folded, for marking; ways: alternatives to find it, each a conjunction of sets of terms
    of which one is enough: `Webagentur` is that word, or `Web` and `Agentur`; typed: without
    accents only, since folding may hide a typing error (`softwrae` folds to `softwra`).
    """

    word: str
    ways: tuple[tuple[frozenset[str], ...], ...]
    typed: str = ""


@lru_cache(maxsize=QUERIES_KEPT)
def wanted(query: str) -> tuple[Wanted, ...]:
    """The words of a query; hyphenated ones are one word that may be written apart."""
    found: list[Wanted] = []
    for token in WORD_OR_HYPHENATED.findall(query):
        bare = [unaccented(part) for part in words(token)]
        parts = [respelt(part) for part in bare]
        whole = "".join(parts)
        apart = parts if len(parts) > 1 else list(compound(whole))
        ways: list[tuple[frozenset[str], ...]] = [(_terms(whole, BOTH),)]
        if apart:
            ways.append(tuple(_terms(part, BOTH) for part in apart))
        found.append(Wanted(whole, tuple(ways), "".join(bare)))
    return tuple({(one.word, one.ways): one for one in reversed(found)}.values())[::-1]


def terms(text: str, languages: Iterable[str]) -> list[str]:
    """All terms of a text with repetitions, stemmed in the `languages` (of `de` and `en`)."""
    languages = tuple(languages)
    found: list[str] = []
    for word in words(text):
        found += _of_word(word, languages)
    for match in HYPHENATED.finditer(text):
        found += _terms("".join(fold(part) for part in words(match.group())), languages)
    return found


@lru_cache(maxsize=PHRASES_KEPT)
def phrase_terms(phrase: str, languages: tuple[str, ...]) -> tuple[str, ...]:
    """`terms` of what many listings have, as names of services and places."""
    return tuple(terms(phrase, languages))


@lru_cache(maxsize=WORDS_KEPT)
def _of_word(word: str, languages: tuple[str, ...]) -> tuple[str, ...]:
    """The terms of a word as written, and of its parts where it is a German compound."""
    folded = fold(word)
    parts = compound(folded) if "de" in languages else ()
    return tuple(term for one in (folded, *parts) for term in _terms(one, languages))


def near_terms(terms: frozenset[str]) -> frozenset[str]:
    """Of a word's terms those that have nearly all of it: no stems that take much off."""
    bare = max(len(term) for term in terms if ":" not in term)
    return frozenset(
        term for term in terms if ":" not in term or bare - len(term) + 2 <= LONGEST_ENDING
    )


def loosely(words: Iterable[str]) -> set[str]:
    """The terms that folded words have in either language, each way to write them enough."""
    return {term for word in words for term in _terms(word, BOTH)}


def stemmed_in(language: str, text: str) -> tuple[str, ...]:
    """The languages to stem a text in: its own, if German or English; '' is told from its words."""
    if language:
        return (language,) if language in STEMMERS else ()
    sample = [fold(word) for word in words(text)[:LANGUAGE_SAMPLE]]
    counts = {one: sum(word in small_words(one) for word in sample) for one in BOTH}
    if counts["de"] == counts["en"]:
        return BOTH if not counts["de"] else ()
    return ("de",) if counts["de"] > counts["en"] else ("en",)


@lru_cache(maxsize=WORDS_KEPT)
def compound(word: str) -> tuple[str, ...]:
    """The parts of a folded German compound, or none if it is not wholly made of known parts."""
    if len(word) < SHORTEST_COMPOUND or word in compound_parts():
        return ()
    return _split(word)


def _split(rest: str) -> tuple[str, ...]:
    """The longest first part whose rest can be split too."""
    if rest in compound_parts():
        return (rest,)
    for end in range(len(rest) - SHORTEST_PART, SHORTEST_PART - 1, -1):
        head = rest[:end]
        if head not in compound_parts():
            continue
        for link in LINKS:
            tail = rest[end:].removeprefix(link) if rest[end:].startswith(link) else ""
            split = _split(tail) if tail else ()
            if split:
                return (head, *split)
    return ()


@lru_cache(maxsize=WORDS_KEPT)
def _terms(word: str, languages: tuple[str, ...]) -> frozenset[str]:
    # Folding opens some single characters into several words.
    word = "".join(word.split())[:LONGEST_WORD]
    bare = word.replace("'", "")
    stems = {MARKS[one] + STEMMERS[one].stemWord(word) for one in languages}
    pieces = {piece for piece in word.split("'") if len(piece) >= SHORTEST_PART}
    return frozenset({bare, *pieces, *stems})

"""Languages in a query: spoken ones, and adjectives that are a nationality or a language.

`German agency`, `deutsche Agentur`: where it is. `German-speaking`, `speaks German`, `in German`,
`auf Deutsch`, the bare German noun (`CRM Deutsch`), an adjective that nothing follows (`CRM agency
Munich English`) or that contradicts the place (`French agency Berlin`): what is spoken.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from directory.kernel.text import fold, fold_name, folded_words
from directory.search.labels import language_names
from directory.search.meanings import Meaning
from directory.search.vocabulary import demonyms, function_words

# Words after which, or before which, the name of a language is meant as one that is spoken.
VERBS = frozenset(
    map(fold, ("speaks", "speaking", "speak", "spricht", "sprechen", "sprechend", "sprechende"))
)
BEFORE = VERBS | frozenset(
    map(fold, ("auf", "in", "sprache", "sprachen", "language", "languages", "fluent", "fließend"))
)
SPOKEN_ENDINGS = (
    *("sprachige", "sprachigen", "sprachiger", "sprachiges", "sprachig"),
    *("sprechende", "sprechenden", "sprechender", "sprechendes", "sprechend"),
)
AFTER = VERBS | frozenset((*SPOKEN_ENDINGS, "language", "sprache"))
JOINTS = frozenset(("und", "and", "or", "oder", "as", "well", "sowie", "plus"))
ADJECTIVE_ENDINGS = ("er", "en", "em", "e")
# Of all languages these are meant without a word that says so.
COMMON = frozenset(
    (
        *("ar", "bg", "ca", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "he", "hi", "hr"),
        *("hu", "it", "ja", "ko", "lt", "lv", "nl", "no", "pl", "pt", "ro", "ru", "sk", "sl", "sr"),
        *("sv", "tr", "uk", "zh"),
    )
)
LANGUAGES = ("en", "de")


def languages_said(words: Sequence[str]) -> list[Meaning]:
    """The languages that folded words say are spoken, each with the words that say so."""
    found: list[Meaning] = []
    for at in range(len(words)):
        meant = _compound(words[at])
        first, last = at, at + 1
        if not meant:
            meant, first, last = _named(words, at, found)
        if meant and not any(one.overlaps(first, last) for one in found):
            found.append(Meaning(first, last, "language", meant))
    return found


def language_of(words: Sequence[str]) -> str:
    """The common language whose English name folded words are, else an empty text."""
    code = language_words().get(" ".join(words), "")
    return code if code in COMMON else ""


@cache
def language_words() -> dict[str, str]:
    """Code by the folded one-word name in either language."""
    return {
        fold_name(name): code
        for language in LANGUAGES
        for code, name in language_names(language).items()
        if len(folded_words(name)) == 1
    }


def _named(words: Sequence[str], at: int, found: Sequence[Meaning]) -> tuple[str, int, int]:
    """The language named there if it is meant as one, and the words that say so."""
    said = words[at - 1] if at else ""
    following = words[at + 1] if at + 1 < len(words) else ""
    code = language_words().get(words[at], "")
    if not code and said in BEFORE:
        code = _inflected(words[at])
    if not code:
        return "", at, at
    if said in BEFORE or following in AFTER:
        # `speaks German agencies` is no German, so only the nearest word belongs to it.
        return code, at - (said in BEFORE), at + 1 + (following in AFTER)
    told = _goes_on(words, at, found) or any(word in VERBS for word in words[at:])
    bare = words[at] not in _adjectives() or _is_last(words, at)
    return (code, at, at + 1) if told or (bare and code in COMMON) else ("", at, at)


def _goes_on(words: Sequence[str], at: int, found: Sequence[Meaning]) -> bool:
    """Whether it continues a list (`in French and Dutch`)."""
    if not found or not all(word in JOINTS for word in words[found[-1].last : at]):
        return False
    return found[-1].last < at or at + 1 == len(words)


def _is_last(words: Sequence[str], at: int) -> bool:
    """Whether only other languages and small words follow."""
    quiet = function_words() | language_words().keys() | VERBS
    return at > 0 and all(word in quiet for word in words[at + 1 :])


def _compound(word: str) -> str:
    """`franzosischsprachige` → `fr`."""
    for ending in SPOKEN_ENDINGS:
        name = word.removesuffix(ending)
        if name != word and name in language_words():
            return language_words()[name]
    return ""


def _inflected(word: str) -> str:
    """`in deutscher Sprache`."""
    for ending in ADJECTIVE_ENDINGS:
        name = word.removesuffix(ending)
        if name != word and name in language_words():
            return language_words()[name]
    return ""


@cache
def _adjectives() -> frozenset[str]:
    return frozenset(fold(word) for one in demonyms() for word in one.english)

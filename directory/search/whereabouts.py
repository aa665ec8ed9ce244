"""What words of a query name as a place: by name, by adjective (Münchner), by landscape (DACH)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache

from directory.geography import queries as geography
from directory.geography.queries import City, Country, Place, Region
from directory.geography.rules import short_forms
from directory.kernel.text import fold_name
from directory.search.vocabulary import (
    Landscape,
    demonyms,
    function_words,
    landscapes,
    no_places,
    said_of_everyone,
)

SHORTEST_PLACE = 3
LONG_NAME = 3
# An unusual name (in a third language) of a smaller city is more likely something else.
WELL_KNOWN = 100_000
ENDINGS = ("e", "er", "es", "en", "em")
# Of cities outside these countries only the largest have people called after them in queries.
AT_HOME = frozenset(("AT", "CH", "DE", "LI"))
KNOWN_AT_HOME, KNOWN_ABROAD = 40_000, 1_000_000
SHORTEST_CALLED = 5
MOST, LARGE, SMALLEST_MISTYPED = 100_000_000, 1_000_000, 100_000
SERVED = frozenset(("AT", "CH", "DE", "GB", "US", "CA", "IE", "AU", "IT", "ES", "FR", "NL", "BE"))
# Words before a place.
INTO = frozenset(("in", "near", "bei", "um", "from", "aus", "nach", "around"))
# Ending of the adjective, and what the name has in its place.
RULES = (
    ("er", ""),
    ("ner", "en"),
    ("er", "en"),
    ("ler", "el"),
    ("cher", "ich"),
    ("r", ""),
    ("er", "e"),
    ("aner", ""),
    ("enser", "e"),
)


@lru_cache(maxsize=16384)
def places_meant(words: tuple[str, ...], before: str = "") -> tuple[Place, ...]:
    """The places that folded words name, the likeliest first; common words are no places.

    before: the word before, after which a common word may be a large city all the same (`in Nice`).
    """
    if _is_no_place(words):
        # `Des Moines` and `Den Haag` begin with a small word.
        return _cities_of(words) if before in INTO or len(words) > 1 else ()
    name = " ".join(words).replace("(", "")
    found = geography.find_places(name)
    return tuple(one for one in found if _is_usual(one, name, len(words)))


def _cities_of(words: tuple[str, ...]) -> tuple[Place, ...]:
    if words[-1] in function_words() or not all(map(str.isalpha, words)):
        return ()
    name = " ".join(words)
    found = geography.find_places(name, kinds=("city",), limit=1)
    large = (one for one in found if isinstance(one, City) and one.population >= WELL_KNOWN)
    return tuple(one for one in large if _is_shown(one, name))


@lru_cache(maxsize=4096)
def called_after(word: str) -> tuple[Place, ...]:
    """The city that a folded adjective is made of: `munchner` → München, `zurcher` → Zürich."""
    if len(word) < SHORTEST_CALLED or word in said_of_everyone():
        return ()
    stems = [word.removesuffix(end) + put for end, put in RULES if word.endswith(end)]
    for stem in dict.fromkeys(stems):
        if stem in no_places() or len(stem) < SHORTEST_PLACE:
            continue
        for one in geography.find_places(stem, kinds=("city",), limit=1):
            if isinstance(one, City) and _has_people(one) and _is_shown(one, stem):
                return (one,)
    return ()


def _has_people(city: City) -> bool:
    """Whether it is large enough that its people's name is used for it."""
    return city.population >= (KNOWN_AT_HOME if city.country in AT_HOME else KNOWN_ABROAD)


def landscape_meant(words: Sequence[str]) -> Landscape | None:
    """The landscape that folded words name."""
    return _landscapes().get(" ".join(words))


@lru_cache(maxsize=256)
def places_of(landscape: Landscape) -> tuple[tuple[Place, ...], City | None]:
    """The places that a landscape is made of, and the city in its middle."""
    every = tuple(one for key in landscape.keys if (one := geography.place(key)))
    return every, geography.city(int(landscape.centre)) if landscape.centre else None


def people_meant(words: Sequence[str]) -> Place | None:
    """The country or region whose adjective folded words are."""
    key = _adjectives().get(" ".join(words))
    return geography.place(key) if key else None


def lies_in(place: Place, outer: Place) -> bool:
    """Whether a region or city lies in another country or region."""
    if isinstance(place, Country) or isinstance(outer, City) or place == outer:
        return False
    if isinstance(outer, Country):
        return place.country == outer.code
    region = place.code if isinstance(place, Region) else place.region
    return region is not None and outer.code in geography.lineage(region)


@cache
def place_words() -> dict[str, int]:
    """Folded words of the displayed names of places that people look for, with their population.

    As candidates for a mistyped one; countries and regions count as large.
    """
    found: dict[str, int] = {}
    every: list[tuple[Place, int]] = [(one, MOST) for one in geography.countries().values()]
    every += [(one, LARGE) for one in geography.regions().values() if one.country in SERVED]
    for one in geography.cities():
        if one.population < SMALLEST_MISTYPED:
            break
        every.append((one, one.population))
    for place, people in every:
        for name in (place.en, place.de):
            for word in fold_name(name).split():
                found[word] = max(people, found.get(word, 0))
    return found


def _is_no_place(words: tuple[str, ...]) -> bool:
    # `Frankfurt an der Oder` ends with a small word, `Frankfurt oder` is no name.
    ends_small = words[-1] in function_words() and len(words) < LONG_NAME
    if words[0] in function_words() or ends_small or len(words) > 1:
        return words[0] in function_words() or ends_small
    word = words[0]
    short = len(word) < SHORTEST_PLACE and word != "uk"
    return short or word in no_places() or word in said_of_everyone() or not word.isalpha()


def _is_usual(place: Place, name: str, length: int) -> bool:
    if not isinstance(place, City) or length > 1 or place.population >= WELL_KNOWN:
        return True
    return _is_shown(place, name)


def _is_shown(place: Place, name: str) -> bool:
    forms = [form for one in (place.en, place.de) for form in (one, *short_forms(one))]
    return name in map(fold_name, forms)


@cache
def _landscapes() -> dict[str, Landscape]:
    return {fold_name(name): one for one in landscapes() for name in one.names}


@cache
def _adjectives() -> dict[str, str]:
    found: dict[str, str] = {}
    for one in demonyms():
        inflected = [stem + ending for stem in one.german for ending in ENDINGS]
        invariable = [stem for stem in one.german if stem.endswith("er")]
        for form in (*one.english, *inflected, *invariable):
            found.setdefault(fold_name(form), one.key)
    return found

"""What single phrases of a query mean: a service, an area, a tier, a language, or a place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from directory.geography import queries as geography
from directory.geography.queries import City, Country, Place, Region
from directory.geography.rules import short_forms
from directory.kernel.policy import Tier
from directory.kernel.text import fold_name, folded_words
from directory.search.labels import language_names
from directory.search.vocabulary import no_places, said_of_everyone, small_words
from directory.taxonomy import queries as taxonomy
from directory.taxonomy.queries import Term

LANGUAGES = ("en", "de")
TIER_WORDS = {tier.value: tier for tier in Tier} | {
    "platin": Tier.PLATINUM,
    "diamant": Tier.DIAMOND,
}
# Words after which, or before which, the name of a language is meant as one that is spoken.
BEFORE_LANGUAGE = frozenset(
    ("speaks", "speaking", "speak", "spricht", "sprechen", "auf", "in", "sprache", "language")
)
SPOKEN_ENDINGS = (
    *("sprachige", "sprachigen", "sprachiger", "sprachig"),
    *("sprechende", "sprechenden", "sprechend"),
)
AFTER_LANGUAGE = frozenset(("speaking", *SPOKEN_ENDINGS))
SHORTEST_PLACE = 3
# An unusual name (in a third language) of a smaller city is more likely something else.
WELL_KNOWN = 100_000


def service_meant(words: list[str]) -> str | None:
    """The slug of the service, or else the area, that folded words name.

    Small words inside do not count; at the ends they are not part of a name.
    """
    return None if _ends_small(words) else _service_phrases().get(_key(words))


def tier_meant(word: str) -> str | None:
    """The tier that a folded word names."""
    return TIER_WORDS.get(word)


def language_meant(words: list[str], at: int) -> tuple[str, int] | None:
    """The language said as spoken at a place in folded words, and how many words say it."""
    names = _language_words()
    here, following = words[at], words[at + 1] if at + 1 < len(words) else ""
    if here in BEFORE_LANGUAGE and following in names:
        return names[following], 2
    if here in names and following in AFTER_LANGUAGE:
        return names[here], 2
    for ending in SPOKEN_ENDINGS:
        name = here.removesuffix(ending)
        if name != here and name in names:
            return names[name], 1
    return None


def places_meant(words: list[str]) -> list[Place]:
    """The places that folded words name, the likeliest first; common words are no places."""
    if _is_no_place(words):
        return []
    name = " ".join(words)
    return [one for one in geography.find_places(name) if _is_usual(one, name, len(words))]


def _is_no_place(words: list[str]) -> bool:
    if len(words) > 1 or _ends_small(words):
        return _ends_small(words)
    word = words[0]
    short = len(word) < SHORTEST_PLACE and word != "uk"
    return short or word in no_places() or word in said_of_everyone() or not word.isalpha()


def _is_usual(place: Place, name: str, length: int) -> bool:
    if not isinstance(place, City) or length > 1 or place.population >= WELL_KNOWN:
        return True
    shown = [form for one in (place.en, place.de) for form in (one, *short_forms(one))]
    return name in map(fold_name, shown)


def lies_in(place: Place, outer: Place) -> bool:
    """Whether a region or city lies in another country or region."""
    if isinstance(place, Country) or isinstance(outer, City) or place == outer:
        return False
    if isinstance(outer, Country):
        return place.country == outer.code
    region = place.code if isinstance(place, Region) else place.region
    return region is not None and outer.code in geography.lineage(region)


@cache
def _service_phrases() -> dict[tuple[str, ...], str]:
    """Slug by key: names of services, then of areas, then synonyms, in the taxonomy's order.

    An area that shares a name with a service means that service by its other name too.
    """
    found: dict[tuple[str, ...], str] = {}
    services = taxonomy.services().values()
    for term, key in _names(services):
        found.setdefault(key, term.slug)
    for area in taxonomy.areas().values():
        keys = [key for _, key in _names([area])]
        slug = next((found[key] for key in keys if key in found), area.slug)
        found |= {key: slug for key in keys if key not in found}
    for term, key in _synonyms(services):
        found.setdefault(key, term.slug)
    found.pop((), None)
    return found


def _names(terms: Iterable[Term]) -> Iterator[tuple[Term, tuple[str, ...]]]:
    for term in terms:
        for language in LANGUAGES:
            yield term, _key(folded_words(term.name(language)))


def _synonyms(terms: Iterable[Term]) -> Iterator[tuple[Term, tuple[str, ...]]]:
    for term in terms:
        for language in LANGUAGES:
            for synonym in term.synonyms.get(language, ()):
                yield term, _key(folded_words(synonym))


def _ends_small(words: list[str]) -> bool:
    return words[0] in _small() or words[-1] in _small()


def _key(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(word for word in words if word not in _small())


@cache
def _small() -> frozenset[str]:
    return small_words("de") | small_words("en")


@cache
def _language_words() -> dict[str, str]:
    """Code by the folded one-word name in either language."""
    return {
        fold_name(name): code
        for language in LANGUAGES
        for code, name in language_names(language).items()
        if len(folded_words(name)) == 1
    }

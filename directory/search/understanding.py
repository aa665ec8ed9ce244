"""Understands a query before it is run: words that name a known thing become filters (DIR-4)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from directory.geography.queries import City, Place, place_key
from directory.kernel.text import WORD, fold
from directory.search.labels import label, near_label
from directory.search.phrases import (
    language_meant,
    lies_in,
    places_meant,
    service_meant,
    tier_meant,
)
from directory.search.request import Near, SearchRequest
from directory.search.results import Understood
from directory.search.vocabulary import said_of_everyone, small_words

LONGEST_PHRASE = 5
AROUND = frozenset(map(fold, ("near", "nearby", "around", "um", "umkreis", "nahe", "nähe")))
JOINS = frozenset("-/&\u2010\u2011")


@dataclass(frozen=True)
class Word:
    """A word of the query: as written, folded, and where it stands."""

    written: str
    folded: str
    start: int
    end: int


@dataclass(frozen=True)
class Meaning:
    """Words from `first` to before `last` that mean something; `value` or `places` is set."""

    first: int
    last: int
    facet: str
    value: str = ""
    places: tuple[Place, ...] = ()


def understand(
    request: SearchRequest,
    *,
    language: str,
    is_name: Callable[[str], bool],
    ignored: frozenset[str] = frozenset(),
) -> tuple[SearchRequest, tuple[Understood, ...]]:
    """The request with understood words as filters and the rest as text, and what was understood.

    Words are not taken for a facet that the request already has. A query that is, as a whole, the
    name of a listing stays text (`is_name`), unless every word of it is understood.
    ignored: folded words that narrow nothing here, such as the vendor's name (OPR-1).
    """
    if request.text or not request.q:
        return request, ()
    words = [Word(m.group(), fold(m.group()), *m.span()) for m in WORD.finditer(request.q)]
    meanings = _meanings(words, request)
    taken = {at for one in meanings for at in range(one.first, one.last)}
    dropped = said_of_everyone() | ignored
    rest = [at for at, word in enumerate(words) if at not in taken and word.folded not in dropped]
    if (rest or not meanings) and is_name(request.q):
        return request, ()
    effective = replace(request, q=_rejoined(request.q, [words[at] for at in rest]))
    return _applied(effective, meanings, words, language)


def without_words(query: str, words: str) -> str:
    """The query without the words that were understood as something, for a chip's removal."""
    gone = {fold(word) for word in WORD.findall(words)}
    kept = [m.group() for m in WORD.finditer(query) if fold(m.group()) not in gone]
    return " ".join(kept) if set(map(fold, kept)) - said_of_everyone() else ""


def _meanings(words: list[Word], request: SearchRequest) -> list[Meaning]:
    """The longest phrases first, then from left to right; none overlaps another."""
    folded = [word.folded for word in words]
    found: list[Meaning] = _languages(folded) if not request.language else []
    for length in range(min(LONGEST_PHRASE, len(words)), 0, -1):
        for first in range(len(words) - length + 1):
            last = first + length
            if any(one.first < last and first < one.last for one in found):
                continue
            meaning = _meaning(folded, first, last, request)
            if meaning:
                found.append(meaning)
    return sorted(found, key=lambda one: one.first)


def _languages(folded: list[str]) -> list[Meaning]:
    found: list[Meaning] = []
    for at in range(len(folded)):
        meant = language_meant(folded, at)
        if meant and not any(at < one.last for one in found):
            code, length = meant
            found.append(Meaning(at, at + length, "language", code))
    return found


def _meaning(folded: list[str], first: int, last: int, request: SearchRequest) -> Meaning | None:
    phrase = folded[first:last]
    service = None if request.service else service_meant(phrase)
    if service:
        return Meaning(first, last, "service", service)
    tier = tier_meant(phrase[0]) if len(phrase) == 1 and not request.tier else None
    if tier:
        return Meaning(first, last, "tier", tier)
    places = [] if request.has_place else places_meant(phrase)
    return Meaning(first, last, "place", places=tuple(places)) if places else None


def _applied(
    request: SearchRequest, meanings: list[Meaning], words: list[Word], language: str
) -> tuple[SearchRequest, tuple[Understood, ...]]:
    """The request with the meanings as filters; its page stays."""
    page, understood = request.page, []
    chosen, outer = _chosen(meanings)
    for meaning in meanings:
        if meaning in outer:
            continue
        place = chosen.get(meaning)
        said = _said(meaning, [one for one in outer if outer[one] == meaning], words)
        around = _around(meaning, words)
        if isinstance(place, City) and around and not request.near:
            request = replace(request, near=_near(place, said))
            said = f"{around} {said}"
            shown = near_label(_near(place), request.radius, language)
            understood.append(Understood("near", str(place.id), shown, said))
            continue
        facet = type(place).__name__.lower() if place else meaning.facet
        value = place_key(place) if place else meaning.value
        request = request.with_added(facet, value)
        understood.append(Understood(facet, value, label(facet, value, language), said))
    return request.with_page(page), tuple(understood)


def _chosen(meanings: list[Meaning]) -> tuple[dict[Meaning, Place], dict[Meaning, Meaning]]:
    """The place that each meaning names, and which only tell where another one lies.

    In `Cambridge UK` the second word chooses among places of the first one's name, and adds none.
    """
    placed = [one for one in meanings if one.places]
    chosen: dict[Meaning, Place] = {}
    outer: dict[Meaning, Meaning] = {}
    for one in placed:
        if one in outer:
            continue
        others = [other.places[0] for other in placed if other is not one]
        inside = (place for place in one.places if any(lies_in(place, other) for other in others))
        chosen[one] = place = next(inside, one.places[0])
        for other in placed:
            if other is not one and lies_in(place, other.places[0]):
                outer.setdefault(other, one)
    return chosen, outer


def _said(meaning: Meaning, outer: list[Meaning], words: list[Word]) -> str:
    spans = sorted([meaning, *outer], key=lambda one: one.first)
    return " ".join(word.written for one in spans for word in words[one.first : one.last])


def _around(meaning: Meaning, words: list[Word]) -> str:
    """The words before a place that say 'near it' (`in der Nähe von`), else none."""
    small = small_words("de") | small_words("en")
    for at in range(meaning.first - 1, -1, -1):
        if words[at].folded in AROUND:
            return " ".join(word.written for word in words[at : meaning.first])
        if words[at].folded not in small:
            return ""
    return ""


def _near(city: City, text: str = "") -> Near:
    return Near(str(city.id), city.en, city.de, city.lat, city.lon, text)


def _rejoined(query: str, words: list[Word]) -> str:
    """The words as text; what was hyphenated stays so."""
    text = ""
    for before, word in zip([None, *words], words, strict=False):
        if before:
            between = query[before.end : word.start]
            text += between if between in JOINS else " "
        text += word.written
    return text

"""Turns what the words of a query mean into the filters of a request."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

from directory.geography.queries import City, Place, Region, place_key
from directory.kernel.text import fold
from directory.search.amounts import Amount
from directory.search.labels import said_label
from directory.search.meanings import Circle, Meaning, Word
from directory.search.request import PLACE_FACETS, Near, SearchRequest
from directory.search.results import Understood
from directory.search.vocabulary import function_words
from directory.search.whereabouts import lies_in

AROUND = frozenset(
    map(
        fold,
        (
            *("near", "nearby", "around", "close", "greater", "um", "umkreis", "nahe", "nähe"),
            *("bei", "raum", "großraum", "region", "umgebung", "umland", "gegend", "rund"),
        ),
    )
)
# Between services that are alternatives or both wanted.
JOINTS = frozenset(("and", "und", "or", "oder", "sowie", "plus"))
BEHIND = frozenset(map(fold, ("area", "region", "umgebung", "umland", "umkreis", "raum", "nearby")))


class Taken(Enum):
    """How words are taken that may mean more than one thing.

    STRICTLY: of several services that stand side by side (`Kubernetes training`) the first is a
    filter and the others stay text, so that both count; ANY: each is a filter; WIDELY: also, of a
    service and an area with one name the area is meant, of a city and a region the region.
    """

    STRICTLY = 1
    ANY = 2
    WIDELY = 3


@dataclass(frozen=True)
class Applied:
    """A query as it was read; see `understanding.understand`."""

    words: Sequence[Word]
    meanings: Sequence[Meaning]
    budget: Amount | None
    distance: Amount | None
    language: str
    taken: Taken

    def at(self, amount: Amount) -> set[int]:
        """The words that say the amount."""
        return {at for at, word in enumerate(self.words) if amount.start <= word.start < amount.end}

    def said(self, used: set[int]) -> str:
        """Words as written, in their order."""
        return " ".join(self.words[at].written for at in sorted(used))


def applied(
    request: SearchRequest, query: Applied
) -> tuple[SearchRequest, tuple[Understood, ...], set[int]]:
    """The request with the meanings as filters, what was understood, and which words said it.

    Words of a facet that the request has are used up without a filter; its page stays.
    """
    return _Application(request, query).done()


class _Application:
    """Applies one meaning after the other."""

    def __init__(self, request: SearchRequest, query: Applied) -> None:
        self.asked, self.query = request, query
        self.request = request
        self.meanings = _settled(request, query.meanings)
        self.widely = query.taken is Taken.WIDELY
        if query.taken is Taken.STRICTLY:
            self.meanings = _strictly(self.meanings, query.words)
        self.used: set[int] = set()
        self.found: list[tuple[str, str, set[int]]] = []

    def done(self) -> tuple[SearchRequest, tuple[Understood, ...], set[int]]:
        chosen, outer = _chosen(self.meanings, widely=self.widely)
        for meaning in self.meanings:
            if meaning in outer:
                continue
            spans = [meaning, *(one for one in outer if outer[one] == meaning)]
            words = {at for one in spans for at in range(one.first, one.last)}
            self.used |= words
            if meaning.facet == "place":
                self._place(meaning, chosen.get(meaning), words)
            else:
                wide = self.widely and meaning.wider
                for value in (wide or meaning.value, *meaning.also):
                    self._add(meaning.facet, value, words)
        if self.query.budget:
            words = self.query.at(self.query.budget)
            self.used |= words
            self._add("budget", str(self.query.budget.value), words)
        return self.request.with_page(self.asked.page), self._understood(), self.used

    def _understood(self) -> tuple[Understood, ...]:
        language = self.query.language
        return tuple(
            Understood(
                facet, value, said_label(self.request, facet, value, language), self.query.said(at)
            )
            for facet, value, at in self.found
        )

    def _place(self, meaning: Meaning, place: Place | None, words: set[int]) -> None:
        circle = meaning.circle
        if isinstance(place, City):
            distance = self.query.distance
            near = self._words_around(meaning)
            if distance or near:
                words |= near | (self.query.at(distance) if distance else set())
                circle = Circle(place, distance.value if distance else self.request.radius)
        if self.asked.has_place:
            self.used |= words
        elif circle and not self.request.near:
            self._near(circle, words)
        else:
            for one in meaning.all or ((place,) if place else ()):
                self._add(type(one).__name__.lower(), place_key(one), words)

    def _near(self, circle: Circle, words: set[int]) -> None:
        city = circle.city
        text = self.query.said(words)
        near = Near(str(city.id), city.en, city.de, city.lat, city.lon, text)
        self.request = replace(self.request, near=near, radius=circle.radius)
        self.used |= words
        self.found.append(("near", near.key, words))

    def _add(self, facet: str, value: str, words: set[int]) -> None:
        """One more value, unless the address has that facet already."""
        if facet not in PLACE_FACETS and self.asked.values(facet):
            return
        if facet == "accepting":
            self.request = replace(self.request, accepting=True)
        elif facet == "budget":
            self.request = replace(self.request, budget=int(value))
        else:
            self.request = self.request.with_added(facet, value)
        self.found.append((facet, value, words))

    def _words_around(self, meaning: Meaning) -> set[int]:
        """The words before or after a place that say 'near it' (`in der Nähe von`), if any."""
        return self._before(meaning) or self._behind(meaning)

    def _before(self, meaning: Meaning) -> set[int]:
        words = self.query.words
        for at in range(meaning.first - 1, -1, -1):
            if words[at].folded in AROUND:
                return set(range(at, meaning.first))
            if words[at].folded not in function_words():
                return set()
        return set()

    def _behind(self, meaning: Meaning) -> set[int]:
        words = self.query.words
        for at in range(meaning.last, len(words)):
            if words[at].folded in BEHIND:
                return set(range(meaning.last, at + 1))
            if words[at].folded not in function_words():
                return set()
        return set()


def _settled(request: SearchRequest, meanings: Sequence[Meaning]) -> list[Meaning]:
    """Adjectives of a country decided: a language where another place is asked for."""
    places = [one for one in meanings if one.facet == "place" and not one.value]
    return [
        replace(one, facet="language", places=())
        if one.facet == "place" and one.value and _is_elsewhere(one, places, request)
        else one
        for one in meanings
    ]


def _strictly(meanings: Sequence[Meaning], words: Sequence[Word]) -> list[Meaning]:
    """Without services that are not joined to the first one by a word or a sign."""
    kept: list[Meaning] = []
    for one in meanings:
        before = next((other for other in reversed(kept) if other.facet == "service"), None)
        if one.facet != "service" or before is None or _go_together(before, one, words):
            kept.append(one)
    return kept


def _go_together(one: Meaning, other: Meaning, words: Sequence[Word]) -> bool:
    between = {word.folded for word in words[one.last : other.first]}
    return one.value == other.value or not between.isdisjoint(JOINTS)


def _is_elsewhere(one: Meaning, places: Sequence[Meaning], request: SearchRequest) -> bool:
    country = one.places[0]
    named = [place for other in places for place in (*other.places[:1], *other.all)]
    named += [other.circle.city for other in places if other.circle]
    if not named:
        return request.has_place
    return not any(lies_in(place, country) or place == country for place in named)


def _chosen(
    meanings: Sequence[Meaning], *, widely: bool
) -> tuple[dict[Meaning, Place], dict[Meaning, Meaning]]:
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
    if widely:
        chosen = {one: _wider(place, one.places) for one, place in chosen.items()}
    return chosen, outer


def _wider(place: Place, others: Sequence[Place]) -> Place:
    """The region of a city's name in which it lies, if there is one."""
    regions = (one for one in others if isinstance(one, Region) and lies_in(place, one))
    return next(regions, place)

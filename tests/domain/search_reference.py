"""What an engine must answer, found by looking at every document: slow, and plain to read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from math import nan

from rapidfuzz.distance import OSA

from directory.geography import queries as geography
from directory.geography.rules import distance_km
from directory.kernel.policy import Tier
from directory.kernel.text import fold
from directory.search.analysis import BOTH, Wanted, terms
from directory.search.documents import Document, Facts, Field, Spot
from directory.search.engines import Query
from directory.search.places import upward
from directory.search.ranking import Standing, in_order, order_of, rarity, relevance, weight
from directory.search.request import SearchRequest
from directory.taxonomy.queries import services, services_of

FIELDS = tuple(Field)
# An empty way tells that a word was corrected.
CORRECTED: tuple[frozenset[str], ...] = ()
FACETS = ("service", "tier", "industry", "language", "credential", "package")
PLACES = ("country", "region", "city")


def document(
    number: int, name: str = "", *, tagline: str = "", description: str = "", **facts: object
) -> Document:
    """A document with that text in both languages' stems, valid through 2026."""
    name = name or f"Agency {number}"
    texts = zip(FIELDS, (name, tagline, description), strict=True)
    words = {field: tuple(terms(text, BOTH)) for field, text in texts}
    known = {"periods": ((date(2026, 1, 1).toordinal(), date(2026, 12, 31).toordinal()),)}
    length = sum(map(len, words.values()))
    return Document(Facts(number, name, length=length, **(known | facts)), words)  # type: ignore[arg-type]


def spot(city_id: int) -> Spot:
    city = geography.city(city_id)
    assert city is not None
    regions = geography.lineage(city.region) if city.region else ()
    return Spot(city.country, regions, str(city.id), city.lat, city.lon)


class Reference:
    """Finds among documents by looking at each."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self.documents = {one.facts.id: one for one in documents}

    def find(self, query: Query) -> tuple[list[int], dict[str, dict[str, int]]]:
        """The ids of all results in order, and the counts that are not zero."""
        allowed = [one for one in self.documents.values() if self.is_allowed(one, query)]
        words = self.words(query, allowed)
        texted = [one for one in allowed if all(has(one, word, FIELDS) for word in words)]
        found = [one for one in texted if fits(one.facts, query.request)]
        standings = [self.standing(one, words, query) for one in found]
        steps = order_of(query.request.sort, near=query.request.near is not None)
        return [one.id for one in in_order(standings, steps)], self.counts(texted, query.request)

    def is_allowed(self, one: Document, query: Query) -> bool:
        day = query.day.toordinal()
        valid = any(first <= day <= last for first, last in one.facts.periods)
        return valid and one.facts.id not in query.hidden

    def words(self, query: Query, allowed: Sequence[Document]) -> list[Wanted]:
        """The words, those that nobody has corrected; all, if nobody has them together."""
        words = list(query.words)
        gone = [not any(has(one, word, FIELDS) for one in allowed) for word in words]
        if not any(gone):
            if any(all(has(one, word, FIELDS) for word in words) for one in allowed):
                return words
            gone = [True] * len(words)
        return [
            self.loosely(word, is_last=at == len(words) - 1) if gone[at] else word
            for at, word in enumerate(words)
        ]

    def loosely(self, wanted: Wanted, *, is_last: bool) -> Wanted:
        """A word that is also what it may have been meant to be."""
        word = wanted.word
        every = {t for one in self.documents.values() for f in FIELDS for t in one.terms[f]}
        known = {t for t in every if ":" not in t}
        forms = {form for form in (word, wanted.typed) if len(form) >= 5}
        near = {other for other in known for form in forms if OSA.distance(form, other) == 1}
        if len(wanted.typed) >= 5:
            near |= known & set(map(fold, less_an_error(wanted.typed)))
        meant = {term for other in near for term in terms(other, BOTH)}
        if is_last and len(word) >= 4:
            meant |= {term for term in every if term.startswith(word)}
        return Wanted(word, (*wanted.ways, (frozenset(meant),), CORRECTED))

    def standing(self, one: Document, words: list[Wanted], query: Query) -> Standing:
        facts, request = one.facts, query.request
        near = request.near
        known = [s for s in facts.offices if s.lat is not None] if near else []
        distances = [
            distance_km(near.lat, near.lon, s.lat or nan, s.lon or nan) for s in known if near
        ]
        return Standing(
            id=facts.id,
            name=facts.name,
            text=self.step(one, words, query),
            km=min(distances, default=None),
            serves=request.has_place and not is_there(facts, request),
            bound=facts.bound,
            reviews=facts.reviews,
            tier=Tier(facts.tier).rank if facts.tier else 0,
            relevance=self.relevance(one, words) if words else 0,
            first_public=facts.first_public,
        )

    def step(self, one: Document, words: list[Wanted], query: Query) -> int:
        if any(CORRECTED in word.ways for word in words):
            return 3
        steps = (at for at in range(3) if all(has(one, w, FIELDS[: at + 1]) for w in words))
        return next(steps, 0)

    def relevance(self, one: Document, words: list[Wanted]) -> int:
        counted = {field: Counter(one.terms[field]) for field in FIELDS}

        def weigh(term: str) -> int:
            return weight(tuple(counted[f][term] for f in FIELDS), one.facts.length)

        found = []
        for word in words:
            spread = sum(has(other, word, FIELDS) for other in self.documents.values())
            ways = [way for way in word.ways if way]
            best = max(
                min(max(map(weigh, sorted(several)), default=0) for several in way) for way in ways
            )
            found.append((rarity(spread, len(self.documents)), best))
        return relevance(found)

    def counts(self, texted: list[Document], request: SearchRequest) -> dict[str, dict[str, int]]:
        """By facet and value the listings that fit all other facets."""
        counts: dict[str, dict[str, int]] = {}
        for facet in (*FACETS, *PLACES, "accepting"):
            own = PLACES if facet in PLACES else (facet,)
            free = [one.facts for one in texted if fits(one.facts, request, leave_out=own)]
            values = {v for one in self.documents.values() for v in named(one.facts, facet)}
            asked = dict.fromkeys(request.values(facet), 0)
            found = {v: sum(matches(one, facet, v) for one in free) for v in values}
            counts[facet] = asked | {value: count for value, count in found.items() if count}
        return counts


def less_an_error(word: str) -> set[str]:
    """The word without each of its letters, and with each two neighbours swapped."""
    pairs = [(word[:at], word[at:]) for at in range(len(word))]
    without = {head + tail[1:] for head, tail in pairs}
    return without | {head + tail[1:2] + tail[0] + tail[2:] for head, tail in pairs}


def has(one: Document, word: Wanted, fields: Sequence[Field]) -> bool:
    there = {term for field in fields for term in one.terms[field]}
    return any(all(terms & there for terms in way) for way in word.ways if way)


def fits(facts: Facts, request: SearchRequest, leave_out: Sequence[str] = ()) -> bool:
    """Whether a listing fits all facets but those left out."""
    for facet in FACETS:
        asked = getattr(request, facet)
        if asked and facet not in leave_out and not any(matches(facts, facet, v) for v in asked):
            return False
    if request.has_place and "country" not in leave_out and not is_found_in(facts, request):
        return False
    if request.accepting and "accepting" not in leave_out and not facts.accepting:
        return False
    if request.budget is not None and (facts.budget is None or facts.budget > request.budget):
        return False
    return request.rating is None or facts.bound >= round(request.rating * 1000)


def matches(facts: Facts, facet: str, value: str) -> bool:
    if facet == "service":
        return bool(set(services_of(value)) & set(facts.service))
    if facet in ("tier", "package"):
        return value == (getattr(facts, facet) or "none")
    if facet in PLACES:
        return has_office(facts, value) or serves(facts, value)
    if facet == "accepting":
        return facts.accepting
    return value in getattr(facts, facet)


def named(facts: Facts, facet: str) -> set[str]:
    """The values of a facet that the listing makes appear."""
    if facet == "service":
        return set(facts.service) | {services()[one].area for one in facts.service}
    if facet in ("tier", "package"):
        return {getattr(facts, facet) or "none"}
    if facet == "accepting":
        return {"1"}
    if facet not in PLACES:
        return set(getattr(facts, facet))
    offices = {key for s in facts.offices for key in (s.country, *s.regions, s.city) if key}
    keys = offices | {up for key in facts.serves for up in upward(key)}
    return {key for key in keys if kind(key) == facet}


def kind(key: str) -> str:
    return "city" if key.isdigit() else "region" if "-" in key else "country"


def has_office(facts: Facts, key: str) -> bool:
    return any(key in (s.country, *s.regions, s.city) for s in facts.offices)


def serves(facts: Facts, key: str) -> bool:
    """Whether it serves the place, a part of it, or more than it."""
    return any(key in upward(one) or one in upward(key) for one in facts.serves)


def is_there(facts: Facts, request: SearchRequest) -> bool:
    keys = (*request.country, *request.region, *request.city)
    return any(has_office(facts, key) for key in keys) or is_around(facts, request)


def is_around(facts: Facts, request: SearchRequest) -> bool:
    near = request.near
    return near is not None and any(
        distance_km(near.lat, near.lon, s.lat, s.lon) <= request.radius
        for s in facts.offices
        if s.lat is not None and s.lon is not None
    )


def is_found_in(facts: Facts, request: SearchRequest) -> bool:
    keys = [*request.country, *request.region, *request.city]
    keys += [request.near.key] if request.near else []
    return is_there(facts, request) or any(serves(facts, key) for key in keys)

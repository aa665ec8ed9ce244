"""What the search knows of a listing: facts for filters and order, and terms of its words."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from directory.certification.rules import Period
from directory.geography import queries as geography
from directory.listings.models import Listing, Office
from directory.search.analysis import BOTH, phrase_terms, stemmed_in, terms
from directory.search.ranking import NO_REVIEWS_BOUND
from directory.taxonomy import queries as taxonomy
from directory.taxonomy.queries import Term


class Field(StrEnum):
    """Where words of a listing stand, in the order of the relevance steps (DIR-3)."""

    NAME = "name"
    OFFER = "offer"
    DESCRIPTION = "description"


@dataclass(frozen=True)
class Spot:
    """An office as a place: its country, its regions upward, its city's GeoNames id, degrees."""

    country: str
    regions: tuple[str, ...] = ()
    city: str = ""
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True)
class Facts:
    """What filters and order need of a listing.

    Values are slugs and codes; tier and package are empty without one; budget: whole EUR, None if
    unknown; bound: the rating's lower bound in thousandths (REV-6); first_public: the day's
    ordinal, 0 if unknown; periods: first and last day's ordinals of its gate (DIR-2);
    length: how many terms its words have.
    """

    id: int
    name: str
    service: tuple[str, ...] = ()
    industry: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    credential: tuple[str, ...] = ()
    serves: tuple[str, ...] = ()
    tier: str = ""
    package: str = ""
    accepting: bool = False
    budget: int | None = None
    bound: int = NO_REVIEWS_BOUND
    reviews: int = 0
    first_public: int = 0
    offices: tuple[Spot, ...] = ()
    periods: tuple[tuple[int, int], ...] = ()
    length: int = 0

    def as_json(self) -> str:
        data = vars(self) | {"offices": [vars(one) for one in self.offices]}
        return json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> Facts:
        """The facts that `as_json` wrote."""
        data = json.loads(text)
        spots = tuple(
            Spot(**(spot | {"regions": tuple(spot["regions"])})) for spot in data["offices"]
        )
        periods = tuple((first, last) for first, last in data["periods"])
        lists = {name: tuple(value) for name, value in data.items() if isinstance(value, list)}
        return cls(**(data | lists | {"offices": spots, "periods": periods}))


@dataclass(frozen=True)
class Document:
    """A listing for the index: its facts, and its terms with repetitions by field."""

    facts: Facts
    terms: dict[Field, tuple[str, ...]]

    def checksum(self) -> str:
        """A digest of all of it, equal exactly when the index would hold the same."""
        words = json.dumps({field: sorted(self.terms[field]) for field in Field}, sort_keys=True)
        return hashlib.sha256(f"{self.facts.as_json()}\n{words}".encode()).hexdigest()[:32]


def document_of(listing: Listing, gate: Sequence[Period]) -> Document:
    """The document of a listing; gate: the days on which it may be public (DIR-2)."""
    words = _words(listing)
    organisation = listing.organisation
    facts = Facts(
        id=listing.id,
        name=listing.name,
        service=tuple(listing.services),
        industry=tuple(listing.industries),
        language=tuple(listing.languages),
        credential=tuple(listing.credentials),
        serves=tuple(listing.serves),
        tier=organisation.tier.value if organisation.tier else "",
        package=organisation.package.value if organisation.package else "",
        accepting=listing.accepting is True,
        budget=listing.budget_min,
        first_public=_ordinal(listing.first_public),
        offices=tuple(_spot(office) for office in listing.offices),
        periods=tuple((one.first.toordinal(), one.last.toordinal()) for one in gate),
        length=sum(map(len, words.values())),
    )
    return Document(facts, words)


def _ordinal(day: date | None) -> int:
    return day.toordinal() if day else 0


def _spot(office: Office) -> Spot:
    city = geography.city(office.city_id) if office.city_id is not None else None
    known = [code for code in (office.region, city.region if city else None) if code]
    regions = dict.fromkeys(one for code in known for one in geography.lineage(code))
    if city is None:
        return Spot(office.country, tuple(regions))
    return Spot(office.country, tuple(regions), str(city.id), city.lat, city.lon)


def _words(listing: Listing) -> dict[Field, tuple[str, ...]]:
    offer = _of_terms(_services(listing.services))
    description = _of_terms(_others(listing))
    for text in listing.texts:
        languages = stemmed_in(text.language, f"{text.tagline} {text.description}")
        offer += terms(text.tagline, languages)
        description += terms(text.description, languages)
    for name in _place_names(listing.offices):
        description += phrase_terms(name, ())
    return {
        Field.NAME: tuple(terms(listing.name, BOTH)),
        Field.OFFER: tuple(offer),
        Field.DESCRIPTION: tuple(description),
    }


def _services(slugs: Iterable[str]) -> list[Term]:
    """The services and, once each, their areas."""
    services = [term for slug in slugs if (term := taxonomy.services().get(slug))]
    areas = dict.fromkeys(term.area for term in services)
    return services + [taxonomy.areas()[area] for area in areas]


def _others(listing: Listing) -> list[Term]:
    found = [taxonomy.industries().get(slug) for slug in listing.industries]
    found += [taxonomy.credentials().get(slug) for slug in listing.credentials]
    return [term for term in found if term]


def _of_terms(named: Iterable[Term]) -> list[str]:
    """Terms of the names and synonyms of taxonomy terms, in both languages."""
    return [
        one
        for term in named
        for language in BOTH
        for phrase in (term.name(language), *term.synonyms.get(language, ()))
        for one in phrase_terms(phrase, (language,))
    ]


def _place_names(offices: Iterable[Office]) -> list[str]:
    """Names of the offices' cities, regions and countries in both languages, each once."""
    names: list[str] = []
    for office in offices:
        city = geography.city(office.city_id) if office.city_id is not None else None
        region = geography.region(office.region) if office.region else None
        places = [place for place in (city, region, geography.country(office.country)) if place]
        names += [place.name(language) for place in places for language in BOTH]
        names += [office.city_name] if office.city_name else []
    return list(dict.fromkeys(names))

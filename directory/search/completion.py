"""What a visitor may mean while still typing: services, places, providers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import chain, zip_longest

from directory.geography import queries as geography
from directory.geography.queries import City, Country, Place, place_key
from directory.kernel.policy import POLICY
from directory.kernel.text import fold_name
from directory.search.vocabulary import said_of_everyone
from directory.taxonomy import queries as taxonomy
from directory.taxonomy.queries import Term

OF_A_KIND = 3


@dataclass(frozen=True)
class ServiceHint:
    """A service or an area."""

    slug: str
    name: str


@dataclass(frozen=True)
class PlaceHint:
    """A city (GeoNames id), region (ISO 3166-2) or country (ISO 3166-1).

    region, country: codes of what it lies in; label: a name that tells namesakes apart.
    """

    id: str
    name: str
    region: str | None
    country: str
    label: str


@dataclass(frozen=True)
class ProviderHint:
    """A public listing."""

    slug: str
    name: str


@dataclass(frozen=True)
class Suggestions:
    """At most eight in all, the likeliest of each kind first."""

    services: tuple[ServiceHint, ...] = ()
    places: tuple[PlaceHint, ...] = ()
    providers: tuple[ProviderHint, ...] = ()

    def cut(self) -> Suggestions:
        """The first of each kind in turn, until there are eight; at most three of a kind."""
        kinds = (self.services[:OF_A_KIND], self.places[:OF_A_KIND], self.providers[:OF_A_KIND])
        turns = chain.from_iterable(zip_longest(*kinds))
        kept = [hint for hint in turns if hint is not None][: POLICY.suggestions_most]
        return replace(
            self,
            services=tuple(one for one in kept if isinstance(one, ServiceHint)),
            places=tuple(one for one in kept if isinstance(one, PlaceHint)),
            providers=tuple(one for one in kept if isinstance(one, ProviderHint)),
        )


def services_beginning(text: str, language: str) -> tuple[ServiceHint, ...]:
    """Services and areas with a name or synonym in which words begin so, in either language.

    Words that are said of everyone (`CRM agency`) do not count where nothing begins with all.
    """
    prefix = fold_name(text)
    return _beginning(prefix, language) or _beginning(_telling(prefix), language)


def _telling(prefix: str) -> str:
    """The words but for those that are said of everyone."""
    return " ".join(word for word in prefix.split() if word not in said_of_everyone())


def _beginning(prefix: str, language: str) -> tuple[ServiceHint, ...]:
    if not prefix:
        return ()
    terms = [*taxonomy.areas().values(), *taxonomy.services().values()]
    ranked = [
        (rank, at) for at, term in enumerate(terms) if (rank := _rank(term, prefix, language))
    ]
    found = (terms[at] for _, at in sorted(ranked))
    return tuple(ServiceHint(term.slug, term.name(language)) for term in found)


def places_beginning(text: str, language: str, counted: Iterable[str]) -> tuple[PlaceHint, ...]:
    """Places with a name in which words begin so, those among `counted` first."""
    known = set(counted)
    places = geography.complete_places(text, language, limit=2 * POLICY.suggestions_most)
    places.sort(key=lambda place: place_key(place) not in known)
    return tuple(_place_hint(place, language) for place in places)


def _rank(term: Term, prefix: str, language: str) -> int:
    """1 for the name in the page's language, more for what is less likely, 0 for none."""
    names = [term.name(language), term.en, term.de, *chain.from_iterable(term.synonyms.values())]
    folded = [fold_name(name) for name in names]
    if folded[0].startswith(prefix):
        return 1
    if any(name.startswith(prefix) for name in folded):
        return 2
    return 3 if any(f" {prefix}" in name for name in folded) else 0


def _place_hint(place: Place, language: str) -> PlaceHint:
    region = place.region if isinstance(place, City) else None
    country = place.code if isinstance(place, Country) else place.country
    name, label = place.name(language), geography.label(place, language)
    return PlaceHint(place_key(place), name, region, country, label)

"""Names of places in both languages, by themselves, beside a service, and by `near`."""

from __future__ import annotations

from itertools import islice

import pytest
from werkzeug.datastructures import MultiDict

from directory.geography import queries as geography
from directory.geography.queries import City
from directory.kernel.text import fold_name
from directory.search.request import SearchRequest
from directory.search.understanding import understand

pytestmark = pytest.mark.rule("DIR-4")

SERVED = frozenset(
    (
        *("AT", "AU", "BE", "CA", "CH", "DE", "DK", "ES", "FI", "FR", "GB", "IE", "IT", "LI"),
        *("LU", "NL", "NO", "NZ", "PL", "PT", "SE", "US"),
    )
)
CITIES = 500
ENOUGH = 0.98
EXONYMS = [
    ("Cologne", "Köln"),
    ("Munich", "München"),
    ("Vienna", "Wien"),
    ("Nuremberg", "Nürnberg"),
    ("Zurich", "Zürich"),
    ("Geneva", "Genf"),
    ("Lucerne", "Luzern"),
    ("Basel", "Basel"),
    ("Brussels", "Brüssel"),
    ("Antwerp", "Antwerpen"),
    ("Ghent", "Gent"),
    ("Bruges", "Brügge"),
    ("The Hague", "Den Haag"),
    ("Copenhagen", "Kopenhagen"),
    ("Gothenburg", "Göteborg"),
    ("Lisbon", "Lissabon"),
    ("Milan", "Mailand"),
    ("Rome", "Rom"),
    ("Naples", "Neapel"),
    ("Venice", "Venedig"),
    ("Florence", "Florenz"),
    ("Turin", "Turin"),
    ("Genoa", "Genua"),
    ("Seville", "Sevilla"),
    ("Warsaw", "Warschau"),
    ("Cracow", "Krakau"),
    ("Wroclaw", "Breslau"),
    ("Gdansk", "Danzig"),
    ("Prague", "Prag"),
    ("Strasbourg", "Straßburg"),
    ("Hanover", "Hannover"),
]
REGIONS = [
    ("Bavaria", "Bayern", "DE-BY"),
    ("Lower Saxony", "Niedersachsen", "DE-NI"),
    ("North Rhine-Westphalia", "NRW", "DE-NW"),
    ("Hesse", "Hessen", "DE-HE"),
    ("Saxony", "Sachsen", "DE-SN"),
    ("Tuscany", "Toskana", "IT-52"),
    ("Catalonia", "Katalonien", "ES-CT"),
    ("Scotland", "Schottland", "GB-SCT"),
    ("Brittany", "Bretagne", "FR-BRE"),
    ("California", "Kalifornien", "US-CA"),
    ("Tyrol", "Tirol", "AT-7"),
]


def biggest() -> list[City]:
    here = (one for one in geography.cities() if one.country in SERVED)
    return list(islice(here, CITIES))


def places(q: str) -> set[str]:
    """Keys of the places that a query is understood as."""
    request, _ = SearchRequest.from_args(MultiDict({"q": q}))
    effective, _ = understand(request, language="en", is_name=lambda _name: False)
    near = {effective.near.key} if effective.near else set()
    return {*effective.country, *effective.region, *effective.city, *near}


def near(text: str) -> str | None:
    """Key of the place that `near` names."""
    request, _ = SearchRequest.from_args(MultiDict({"near": text, "radius": "50"}))
    return request.near.key if request.near else None


def meant(city: City, name: str) -> set[str]:
    """Keys of the cities that are called so: of namesakes the likelier one may be meant."""
    found = geography.find_places(name, kinds=("city",), limit=1)
    called = (one for one in found if fold_name(name) == fold_name(one.en))
    return {str(city.id), *(str(one.id) for one in called)}


@pytest.mark.parametrize("pattern", ["{}", "SEO {}", "Webdesign in {}", "{} CRM agency"])
def test_the_biggest_cities_are_understood_in_both_languages(pattern: str) -> None:
    wrong = [
        name
        for city in biggest()
        for name in sorted({city.en, city.de})
        if places(pattern.format(name)).isdisjoint(meant(city, name))
    ]
    assert 1 - len(wrong) / (2 * CITIES) >= ENOUGH, wrong


def test_the_biggest_cities_are_found_by_near_in_both_languages() -> None:
    wrong = [
        name
        for city in biggest()
        for name in sorted({city.en, city.de})
        if near(name) not in meant(city, name)
    ]
    assert 1 - len(wrong) / (2 * CITIES) >= ENOUGH, wrong


@pytest.mark.parametrize(("english", "german"), EXONYMS)
def test_an_exonym_means_the_same_city(english: str, german: str) -> None:
    assert places(f"SEO {english}") == places(f"SEO {german}") != set()
    assert near(english) == near(german) is not None


@pytest.mark.parametrize(("english", "german", "code"), REGIONS)
def test_a_region_is_understood_by_both_names(english: str, german: str, code: str) -> None:
    assert places(f"CRM {english}") == places(f"CRM {german}") == {code}


def test_a_common_word_is_a_city_after_a_preposition() -> None:
    assert places("SEO in Nice") == places("SEO Nizza") == {"2990440"}
    assert places("nice website") == set()

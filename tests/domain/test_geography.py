"""What lies in what, which of several namesakes is meant, and how a typed start is completed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.geography.queries import (
    City,
    city,
    city_by_name,
    complete_places,
    country,
    find_places,
    label,
    lineage,
    place,
    place_key,
    region,
    regions,
    within,
)


def keys_of(name: str, **limits: object) -> list[str]:
    return [place_key(one) for one in find_places(name, **limits)]  # type: ignore[arg-type]


@pytest.mark.rule("DIR-4")
def test_a_region_includes_what_lies_below_it() -> None:
    assert "GB-LND" in within("GB-ENG")
    assert "GB-ENG" in within("GB-ENG")
    assert "GB-GLG" not in within("GB-ENG")
    assert {"ES-B", "ES-GI"} < within("ES-CT")
    assert "IT-FI" in within("IT-52")


def test_a_country_includes_all_its_regions_and_itself() -> None:
    assert within("AT") == {"AT", *(f"AT-{number}" for number in range(1, 10))}
    assert {"GB", "GB-ENG", "GB-LND"} < within("GB")
    assert within("GB") == {"GB", *regions("GB")}


def test_an_unknown_code_includes_nothing() -> None:
    assert within("XX") == frozenset()
    assert lineage("XX-1") == ()


def test_lineage_goes_upward_from_the_region_itself() -> None:
    assert lineage("GB-LND") == ("GB-LND", "GB-ENG")
    assert lineage("DE-BY") == ("DE-BY",)


@pytest.mark.parametrize("key", ["DE", "DE-BW", "2886242"])
def test_a_key_leads_back_to_its_place(key: str) -> None:
    found = place(key)
    assert found is not None
    assert place_key(found) == key


@pytest.mark.parametrize("key", ["", "XX", "DE-XX", "1", "999999999", "9" * 40, "²", "-1", "de"])
def test_what_is_no_key_leads_nowhere(key: str) -> None:
    assert place(key) is None


@pytest.mark.parametrize(
    ("key", "german", "english"),
    [
        ("US-GA", "Georgia", "Georgia"),
        ("GE", "Georgien", "Georgia"),
        ("CH-GE", "Genf", "Geneva"),
        ("DE-NI", "Niedersachsen", "Lower Saxony"),
        ("AT-9", "Wien", "Vienna"),
        ("IR-23", "Teheran", "Tehran"),
        ("PL-28", "Ermland-Masuren", "Warmia-Masuria"),
        ("2657896", "Zürich", "Zurich"),
        ("3067696", "Prag", "Prague"),
    ],
)
def test_a_place_has_a_name_in_each_language(key: str, german: str, english: str) -> None:
    found = place(key)
    assert found is not None
    assert found.name("de") == german
    assert found.name("en") == english
    assert found.name("fr") == english


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("Georgia", ["GE", "US-GA"]),
        ("Luxembourg", ["LU", "BE-WLX", "2960316"]),
        ("Berlin", ["2950159", "DE-BE"]),
        ("Hamburg", ["2911298", "DE-HH"]),
        ("Wien", ["2761369", "AT-9"]),
        ("Zürich", ["2657896", "CH-ZH"]),
        ("New York", ["5128581", "US-NY"]),
        ("Paris", ["2988507"]),
        ("Washington", ["US-WA", "4140963"]),
        ("Frankfurt", ["2925533", "2925535"]),
        ("Neustadt", ["2864054"]),
    ],
)
def test_the_likeliest_of_several_namesakes_comes_first(name: str, keys: list[str]) -> None:
    assert keys_of(name)[: len(keys)] == keys


def test_namesakes_are_told_apart_by_country_and_region() -> None:
    assert keys_of("Paris", country="US", kinds=("city",))[0] == "4717560"
    assert keys_of("Frankfurt", region="DE-BB") == ["2925535"]
    assert keys_of("Georgia", kinds=("region",)) == ["US-GA"]
    assert keys_of("Hamburg", country="AT") == []


def test_no_more_places_are_given_than_asked_for() -> None:
    assert len(find_places("Neustadt", limit=3)) == 3
    assert len(find_places("Neustadt", limit=100)) > 8


@pytest.mark.parametrize(
    ("name", "home", "area", "key"),
    [
        ("München", "DE", None, "2867714"),
        ("Munich", "DE", "DE-BY", "2867714"),
        ("Frankfurt", "DE", None, "2925533"),
        ("Frankfurt", "DE", "DE-BB", "2925535"),
        ("Münster", "DE", None, "2867543"),
        ("Biel", "CH", None, "2661513"),
        ("Paris", "FR", "FR-75C", "2988507"),
        ("Portland", "US", "US-ME", "4975802"),
        ("Bordeaux", "FR", None, "3031582"),
        ("London", "GB", "GB-ENG", "2643743"),
    ],
)
def test_a_city_is_known_by_a_name_that_leaves_no_doubt(
    name: str, home: str, area: str | None, key: str
) -> None:
    found = city_by_name(name, country=home, region=area)
    assert found is not None
    assert place_key(found) == key


@pytest.mark.parametrize(
    ("name", "home", "area"),
    [
        ("Neustadt", "DE", None),
        ("Springfield", "US", None),
        ("Portland", "US", None),
        ("München", "AT", None),
        ("München", "DE", "DE-BE"),
        ("Bayern", "DE", None),
        ("", "DE", None),
    ],
)
def test_a_name_that_leaves_a_doubt_is_no_city(name: str, home: str, area: str | None) -> None:
    assert city_by_name(name, country=home, region=area) is None


def test_a_city_whose_region_is_unknown_is_found_in_any_region_of_its_country() -> None:
    found = city_by_name("Taipei", country="TW", region="TW-TPE")
    assert found is not None
    assert found.region is None
    assert city_by_name("Taipei", country="TW") == found
    assert city_by_name("Taipei", country="TW", region="DE-BY") is None


@pytest.mark.parametrize(
    ("key", "german", "english"),
    [
        ("2925533", "Frankfurt am Main, Hessen, Deutschland", "Frankfurt am Main, Hesse, Germany"),
        ("2950159", "Berlin, Deutschland", "Berlin, Germany"),
        ("DE-BE", "Berlin (Region), Deutschland", "Berlin (region), Germany"),
        ("DE-BY", "Bayern, Deutschland", "Bavaria, Germany"),
        ("DE", "Deutschland", "Germany"),
        ("1880252", "Singapur", "Singapore"),
        ("4717560", "Paris, Texas, Vereinigte Staaten", "Paris, Texas, United States"),
    ],
)
def test_a_label_tells_namesakes_apart(key: str, german: str, english: str) -> None:
    found = place(key)
    assert found is not None
    assert label(found, "de") == german
    assert label(found, "en") == english


@pytest.mark.parametrize(
    ("typed", "language", "key"),
    [
        ("mün", "de", "2867714"),
        ("Muni", "en", "2867714"),
        ("muen", "de", "2867714"),
        ("köln", "de", "2886242"),
        ("Colog", "en", "2886242"),
        ("berl", "en", "2950159"),
        ("ham", "de", "2911298"),
        ("stutt", "de", "2825297"),
        ("deut", "de", "DE"),
        ("germ", "en", "DE"),
        ("öster", "de", "AT"),
        ("baden-w", "de", "DE-BW"),
        ("lower s", "en", "DE-NI"),
        ("NRW", "de", "DE-NW"),
        ("york", "en", "2633352"),
        ("hof", "de", "2902768"),
    ],
)
def test_a_typed_start_is_completed_to_the_likeliest_place(
    typed: str, language: str, key: str
) -> None:
    assert place_key(complete_places(typed, language)[0]) == key


def test_a_later_word_of_a_name_may_be_typed() -> None:
    assert "2925533" in [place_key(one) for one in complete_places("main", "de", limit=20)]
    assert "5128581" in [place_key(one) for one in complete_places("york", "en")]


def test_names_of_the_other_language_complete_too() -> None:
    assert "2761369" in [place_key(one) for one in complete_places("vienn", "de")]
    assert "DE" in [place_key(one) for one in complete_places("deutschl", "en")]


@given(st.text(max_size=6), st.sampled_from(["de", "en"]), st.integers(1, 12))
def test_completions_never_repeat_a_place(typed: str, language: str, limit: int) -> None:
    found = [place_key(one) for one in complete_places(typed, language, limit)]
    assert len(found) == len(set(found)) <= limit


@pytest.mark.parametrize("typed", ["", " ", "?", "\n", "qqqq", "zzzzzz"])
def test_what_starts_no_name_is_not_completed(typed: str) -> None:
    assert complete_places(typed, "de") == []


def test_questions_for_single_places_are_answered_by_code() -> None:
    found = city(2886242)
    assert isinstance(found, City)
    assert (found.country, found.region) == ("DE", "DE-NW")
    assert (found.lat, found.lon) == (50.9333, 6.95)
    assert country("DE") is not None
    assert country("de") is None
    assert region("DE-BW") is not None
    assert city(-1) is None
    assert city(2**40) is None

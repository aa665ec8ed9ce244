"""Words of queries and listings meet, however they are spelt."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.search.analysis import BOTH, compound, stemmed_in, terms, wanted


def meet(query: str, text: str, *languages: str) -> bool:
    """Whether every word of the query is in the text."""
    there = set(terms(text, languages or BOTH))
    return all(
        any(all(word & there for word in way) for way in asked.ways) for asked in wanted(query)
    )


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("München", "Agentur in Muenchen"),
        ("munchen", "Agentur in MÜNCHEN"),
        ("Strasse", "Straße"),
        ("Lösung", "Loesungen für den Vertrieb"),
        ("Malmo", "Malmö"),
        ("women's", "a network for women"),
        ("Web-Agentur", "Ihre Webagentur"),
        ("Webagentur", "Ihre Web-Agentur"),
        ("webagentur", "eine Agentur für das Web"),
        ("e-commerce", "ecommerce"),
        ("ecommerce", "E-Commerce"),
    ],
)
def test_spellings_of_a_word_meet(query: str, text: str) -> None:
    assert meet(query, text)


@pytest.mark.parametrize(
    ("query", "text", "language"),
    [
        ("Entwickler", "Entwicklung von Portalen", "de"),
        ("Berater", "Beratung", "de"),
        ("migrations", "migration of data", "en"),
        ("hosted", "hosting", "en"),
    ],
)
def test_a_word_is_found_by_its_other_forms(query: str, text: str, language: str) -> None:
    assert meet(query, text, language)


def test_stems_of_different_languages_do_not_meet_by_accident() -> None:
    # The German stem of the one has the letters of the English stem of the other.
    assert not meet("guten", "guts", "en")
    assert meet("guten", "gute", "de")


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("suchmaschinenoptimierung", ("suchmaschinen", "optimierung")),
        ("webentwicklung", ("web", "entwicklung")),
        ("beratungsunternehmen", ("beratung", "unternehmen")),
        ("prozessberatung", ("prozess", "beratung")),
        ("beratung", ()),
        ("suchmaschinenxyz", ()),
    ],
)
def test_compounds_are_split_only_into_known_parts(word: str, parts: tuple[str, ...]) -> None:
    assert compound(word) == parts


@pytest.mark.parametrize("query", ["Suchmaschine Optimierung", "Optimierung", "Suchmaschinen"])
def test_a_german_compound_is_found_by_its_parts(query: str) -> None:
    assert meet(query, "Suchmaschinenoptimierung", "de")


@pytest.mark.parametrize(
    ("said", "text", "expected"),
    [
        ("de", "whatever", ("de",)),
        ("fr", "whatever", ()),
        ("", "Wir sind eine Agentur aus Köln und beraten Sie.", ("de",)),
        ("", "We are an agency in Lisbon and build what you need.", ("en",)),
        ("", "Webflow Studio", BOTH),
    ],
)
def test_a_text_is_stemmed_in_its_language(said: str, text: str, expected: tuple[str, ...]) -> None:
    assert stemmed_in(said, text) == expected


@given(st.text(max_size=200))
def test_any_text_gives_terms_without_spaces(text: str) -> None:
    assert not any(set(term) & set(" \t\n\u00a0") for term in terms(text, BOTH))


@given(st.text(alphabet="aäbeköüßs '-&/", max_size=40))
def test_a_text_is_found_by_its_own_words(text: str) -> None:
    assert meet(text, text)

"""What is marked in a result is what the search found (A02)."""

from __future__ import annotations

import pytest

from directory.search.marking import Marks
from directory.taxonomy import queries as taxonomy


def marked(query: str, text: str, *, corrected: bool = False) -> list[str]:
    spans = Marks(query, corrected=corrected).spans(text)
    return [text[start:end] for start, end in spans]


@pytest.mark.parametrize(
    ("query", "text", "found"),
    [
        ("munchen", "Agentur in München", ["München"]),
        ("Muenchen", "Agentur in München", ["München"]),
        ("mueller", "Müller & Söhne", ["Müller"]),
        ("webdesign", "Webdesigner aus Ulm", ["Webdesigner"]),
        ("optimisation", "We optimise and do optimisations", ["optimise", "optimisations"]),
        ("Marketing", "Die Marketingagentur", ["Marketingagentur"]),
        ("Marketingagentur", "Agentur für Marketing", ["Agentur", "Marketing"]),
        ("CRM-Einführung", "Die CRM-Einführung", ["CRM-Einführung"]),
        ("design", "Reden ist Silber", []),
        ("strasse", "Straße", ["Straße"]),
        ("agency for the best", "the best agency", ["best", "agency"]),
    ],
)
def test_a_word_is_marked_if_it_was_found(query: str, text: str, found: list[str]) -> None:
    assert marked(query, text) == found


def test_a_mended_typing_error_marks_what_was_meant() -> None:
    assert marked("marketnig", "Gutes Marketing", corrected=True) == ["Marketing"]
    assert marked("marketnig", "Gutes Marketing") == []


def test_a_beginning_marks_the_last_word_only() -> None:
    assert marked("desi mark", "Design und Marketing", corrected=True) == ["Marketing"]


def test_a_service_is_found_by_its_synonyms() -> None:
    seo = taxonomy.services()["seo"]
    assert Marks("Suchmaschinenoptimierung").names(seo)
    assert Marks("SEO").names(seo)
    assert not Marks("logistics").names(seo)


def test_without_words_nothing_is_marked() -> None:
    assert marked("", "Anything at all") == []

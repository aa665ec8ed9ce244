"""A search said as a sentence in German and English."""

from __future__ import annotations

from urllib.parse import parse_qsl

import pytest
from werkzeug.datastructures import MultiDict

from directory.geography import queries as geography
from directory.search.prepositions import ENGLISH_ARTICLE, GERMAN
from directory.search.request import SearchRequest
from directory.search.sentence import sentence

SAID = [
    ("", "Alle Anbieter", "All providers"),
    ("sort=name&page=1", "Alle Anbieter", "All providers"),
    (
        "service=crm&near=Stuttgart&radius=100",
        "CRM-Anbieter bis 100 km um Stuttgart",
        "CRM providers within 100 km of Stuttgart",
    ),
    (
        "service=website-development&city=2886242",
        "Anbieter für Webentwicklung in Köln",
        "Website development providers in Cologne",
    ),
    (
        "tier=platinum&tier=gold&country=CH",
        "Gold- und Platinum-Partner in der Schweiz",
        "Gold and Platinum partners in Switzerland",
    ),
    (
        "service=it&country=US",
        "IT-Anbieter in den USA",
        "IT providers in the United States",
    ),
    (
        "service=seo&service=crm&country=DE&country=AT&country=CH",
        (
            "Anbieter für Suchmaschinenoptimierung oder CRM "
            "in Deutschland, in Österreich oder in der Schweiz"
        ),
        "Providers for search engine optimisation or CRM in Germany, Austria or Switzerland",
    ),
    (
        "service=paid-advertising&region=DE-NW&region=DE-BY",
        "Anbieter für bezahlte Werbung in Nordrhein-Westfalen oder Bayern",
        "Paid advertising providers in North Rhine-Westphalia or Bavaria",
    ),
    (
        "country=GB&language=de&accepting=1",
        "Anbieter im Vereinigten Königreich, die Deutsch sprechen und neue Kunden annehmen",
        "Providers in the United Kingdom speaking German and accepting new clients",
    ),
    ("q=waterdog", "Anbieter zu „waterdog“", "Providers matching “waterdog”"),
    (
        "budget=5000&rating=4.5",
        "Anbieter für ein Budget von 5.000\N{NO-BREAK SPACE}€ ab 4,5 Sternen",
        "Providers for a budget of €5,000 rated 4.5 or higher",
    ),
    ("tier=none", "Anbieter ohne Stufe", "Providers without a tier"),
    ("tier=none&tier=gold", "Anbieter (Gold oder ohne Stufe)", "Providers (Gold or no tier)"),
    (
        "package=partner&package=provider",
        "Solutions Partner oder Solutions Provider",
        "Solutions Partners or Solutions Providers",
    ),
    ("package=none", "Anbieter ohne Paket", "Providers without a package"),
    (
        "package=none&package=partner",
        "Anbieter mit oder ohne Paket",
        "Providers of any package",
    ),
    (
        "industry=education&industry=energy&credential=inbound",
        "Anbieter für die Branchen Bildung oder Energie und Versorgung mit dem Nachweis Inbound",
        "Providers for education or energy and utilities with the credential Inbound",
    ),
    (
        "industry=education&credential=inbound&credential=onboarding",
        "Anbieter für die Branche Bildung mit den Nachweisen Inbound oder Onboarding",
        "Providers for education with the credentials Inbound or Onboarding",
    ),
    (
        "service=seo&service=crm&service=branding&service=training&service=onboarding",
        "Anbieter für Suchmaschinenoptimierung, CRM, Markenentwicklung oder 2 weitere",
        "Providers for search engine optimisation, CRM, branding or 2 more",
    ),
    (
        "country=NL&near=Bonn",
        "Anbieter in den Niederlanden oder bis 50 km um Bonn",
        "Providers in the Netherlands or within 50 km of Bonn",
    ),
    (
        "tier=gold&service=ai-agents",
        "Gold-Partner für KI-Strategie und Agenten",
        "Gold partners for AI strategy and agents",
    ),
]


@pytest.mark.rule("DIR-4")
@pytest.mark.parametrize(("address", "german", "english"), SAID)
def test_a_search_says_itself(address: str, german: str, english: str) -> None:
    request, notices = SearchRequest.from_args(MultiDict(parse_qsl(address)))
    assert notices == ()
    assert sentence(request, "de") == german
    assert sentence(request, "en") == english


@pytest.mark.parametrize("key", sorted(set(GERMAN) | ENGLISH_ARTICLE))
def test_every_place_with_an_article_exists(key: str) -> None:
    assert geography.place(key) is not None


@pytest.mark.parametrize("code", sorted(geography.countries()))
def test_a_german_phrase_holds_the_countrys_name(code: str) -> None:
    """What follows the preposition is the name, in another case at most."""
    if code in GERMAN and code not in ("US", "CG", "CD"):
        first = geography.countries()[code].de.split()[0][:5]
        assert first in GERMAN[code]
